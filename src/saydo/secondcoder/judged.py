"""What people decided about the findings of a report, held against what the coder finds there now.

A decision is matched to the coder's findings as the store matches it. What a person left standing is compared
with the finding field by field: the same is right, another is corrected. So a case that was coded anew is
judged by what people approved before, and what they approved and the new coder lacks is a miss.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from saydo.model.choices import Choices, Decision, DecisionKind
from saydo.model.evaluated import Judged, Judgment, Miss, Outcome
from saydo.model.records import Record, Statement
from saydo.model.standing import (
    BY_PERSON,
    Decided,
    described,
    finding_in,
    held,
    meant,
    seen_as,
    version_of,
    what_of,
)

LOST = "rejections of findings that the coder does not make any more"
OTHERWISE = "rejections of findings that the coder words otherwise now"
OWN = "decisions on findings that people added"
FLAG = "flags, which decide nothing"
VOICES = "decisions without the finding that they are about"
_JUDGING: tuple[DecisionKind, ...] = ("accept-finding", "reject-finding", "correct-finding")


class InReport(NamedTuple):
    """What is known of one report."""

    judged: tuple[Judged, ...]
    misses: tuple[Miss, ...]
    left: Counter[str]


def judge_report(record: Record, text: str, decisions: Sequence[Decision]) -> InReport:
    """The findings of a record, as the coder made it, in the light of the decisions in force on them."""
    left: Counter[str] = Counter()
    misses: list[Miss] = []
    words: dict[str, list[Judgment]] = defaultdict(list)
    stood: dict[str, set[str]] = defaultdict(set)
    for decision in sorted(decisions, key=lambda d: d.number):
        version = decision.version
        if version is None or decision.finding is None:
            left[VOICES] += 1
        elif decision.kind == "flag-finding":
            left[FLAG] += 1
        elif decision.kind == "add-finding":
            misses.append(_miss(record, decision, added=True))
        elif decision.kind in _JUDGING:
            if held(version).rule == BY_PERSON:
                left[OWN] += 1
                continue
            id = meant(record, text, decision)
            judgment = _judgment(record, text, decision, id, stood[id or ""])
            if isinstance(judgment, str):
                left[judgment] += 1
            elif judgment is None:
                misses.append(_miss(record, decision, added=False))
            elif id is not None:
                words[id].append(judgment)
                stood[id].add(seen_as(version))
    return InReport(
        tuple(_judged(record, id, said) for id, said in words.items()), _once(misses, decisions), left
    )


def _judgment(
    record: Record, text: str, decision: Decision, id: str | None, stood: set[str]
) -> Judgment | str | None:
    """What a decision makes of a finding; a reason where it says nothing of it, None where it is missed.
    ``stood`` are digests of what people left standing there before: who rejects that rejects the finding."""
    finding = finding_in(record, id) if id is not None else None
    if finding is None:
        return LOST if decision.kind == "reject-finding" else None
    version = version_of(record, finding, text)
    assert decision.version is not None
    if decision.kind == "reject-finding":
        same = decision.seen in {seen_as(version), *stood} or described(decision.version) == described(
            version
        )
        return Judgment(decision.who, decision.number, "wrong") if same else OTHERWISE
    now, wanted = described(version), described(decision.version)
    fields = tuple(key for key in wanted if wanted[key] != now.get(key, ""))
    outcome: Outcome = "corrected" if fields else "right"
    return Judgment(decision.who, decision.number, outcome, fields, seen_as(decision.version))


def _judged(record: Record, id: str, said: Sequence[Judgment]) -> Judged:
    finding = finding_in(record, id)
    assert finding is not None
    last: dict[str, Judgment] = {}
    for judgment in said:
        last.pop(judgment.who, None)
        last[judgment.who] = judgment
    by = tuple(last.values())
    return Judged(
        record.id, id, what_of(finding), kind_of(finding), finding.rule, finding.score, by[-1].outcome,
        by[-1].fields, by,
    )  # fmt: skip


def kind_of(finding: Decided) -> str:
    """Its type; the kind of a statement."""
    return finding.kind if isinstance(finding, Statement) else finding.type


def _miss(record: Record, decision: Decision, *, added: bool) -> Miss:
    assert decision.version is not None
    finding = held(decision.version)
    return Miss(record.id, what_of(finding), kind_of(finding), decision.who, decision.number, added)


def _once(misses: Iterable[Miss], decisions: Iterable[Decision]) -> tuple[Miss, ...]:
    """Each stretch of words and sort once, though several people stand by it; without those that somebody
    rejected after they were added."""
    at = {d.number: d for d in decisions}
    gone = {
        (d.finding.start, d.finding.end, what_of(held(d.version)))
        for d in decisions
        if d.kind == "reject-finding" and d.finding and d.version and held(d.version).rule == BY_PERSON
    }
    found: dict[object, Miss] = {}
    for miss in misses:
        anchor = at[miss.number].finding
        assert anchor is not None
        key = (anchor.start, anchor.end, miss.what)
        if key not in gone:
            found[(*key, miss.type)] = miss
    return tuple(found.values())


def judge_discrepancies(
    decisions: Sequence[Decision], lost: frozenset[int]
) -> tuple[tuple[Judged, ...], Counter[str]]:
    """The verdicts in force on discrepancies, those on the same passages together."""
    left: Counter[str] = Counter()
    words: dict[str, list[Decision]] = defaultdict(list)
    for decision in Choices(tuple(decisions)).in_force("uphold", "reject", "unclear"):
        if decision.number in lost or decision.judged is None or decision.discrepancy is None:
            left["verdicts on discrepancies that the case does not have any more"] += 1
        else:
            words[decision.discrepancy.model_dump_json()].append(decision)
    outcomes: dict[str, Outcome] = {"uphold": "right", "reject": "wrong", "unclear": "unclear"}
    found = []
    for said in words.values():
        last: dict[str, Judgment] = {}
        for decision in said:
            last.pop(decision.who, None)
            last[decision.who] = Judgment(decision.who, decision.number, outcomes[decision.kind])
        shown = said[-1].judged
        assert shown is not None
        by = tuple(last.values())
        found.append(
            Judged(shown.statement.document, shown.id, "discrepancy", shown.kind, shown.rule, shown.score,
                   by[-1].outcome, (), by)
        )  # fmt: skip
    return tuple(found), left
