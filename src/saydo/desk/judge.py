"""Deciding about findings and discrepancies: accept, reject, correct, flag, add, uphold, grade, undo. Each is
written down behind all earlier decisions and followed at once in what it speaks of; the case is weighed
again when somebody asks for it, so that a decision costs no wait."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from secrets import token_hex
from typing import NamedTuple

from saydo import store as cases
from saydo.desk.run import now
from saydo.model.choices import (
    VERDICTS,
    Choices,
    Decision,
    DecisionKind,
    DiscrepancyAnchor,
    FindingAnchor,
    SourceAnchor,
    anchor_of,
    findings_of,
)
from saydo.model.errors import InputError
from saydo.model.grading import CLAIM_GRADES, SOURCE_GRADES
from saydo.model.lookups import ReportFilter
from saydo.model.records import Discrepancy, Offsets, Pole, Proposition, Record, Statement
from saydo.model.standing import Decided, by_hand, finding_in, seen_as, stand, version_of
from saydo.model.store import CaseStore

SIMPLE: Mapping[str, DecisionKind] = {
    "accept": "accept-finding",
    "reject": "reject-finding",
    "flag": "flag-finding",
}
MOST_AT_ONCE = 1_000
"""Findings that one step may decide about."""


class Ref(NamedTuple):
    """A finding: its report and its id there."""

    document: str
    finding: str


class Judge:
    """Somebody who decides about findings. Use it as a context: it holds the right to write to the case.

    Raises StoreError where the case cannot be written, InputError where nobody is named; and with every
    decision Changed where somebody else decided about the same since this was opened.
    """

    def __init__(self, case: Path, who: str, *, clock: Callable[[], str] = now) -> None:
        if not who.strip():
            raise InputError("it is not known who decides; go back and give your name")
        self._who, self._clock = " ".join(who.split())[:200], clock
        self._store: CaseStore = cases.for_deciding(case)
        # whoever decides about the same from here on decided without knowing of this one
        self._since = self._store.latest_decision()

    def __enter__(self) -> Judge:
        return self

    def __exit__(self, *_: object) -> None:
        self._store.close()

    def decide(self, kind: str, refs: Sequence[Ref], why: str = "") -> tuple[int, ...]:
        """``accept``, ``reject`` or ``flag`` findings, all in one step; gives the decisions' numbers."""
        if kind not in SIMPLE:
            raise InputError(f"{kind!r} is no decision; say one of: {', '.join(SIMPLE)}")
        if len(refs) > MOST_AT_ONCE:
            raise InputError(f"at most {MOST_AT_ONCE} findings at once; narrow the filter")
        together = token_hex(8) if len(refs) > 1 else ""
        reports: dict[str, tuple[Record, str]] = {}
        made = []
        for ref in refs:
            if ref.document not in reports:
                reports[ref.document] = self._report(ref.document)
            record, text = reports[ref.document]
            made.append(self._made(SIMPLE[kind], record, text, _found(record, ref), why, together))
        return self._put_all(made)

    def correct(self, ref: Ref, change: Callable[[Record, Decided], Decided], why: str = "") -> int:
        """Puts a changed finding in place of one; ``change`` is given the record and the finding."""
        record, text = self._report(ref.document)
        before = _found(record, ref)
        after = change(record, before)
        if after == before:
            raise InputError("nothing was changed; to agree with it as it is, accept it")
        decision = self._made("correct-finding", record, text, before, why, "")
        return self._put(decision.model_copy(update={"version": version_of(record, after, text)}))

    def add(self, document: str, make: Callable[[Record], Decided], why: str = "") -> int:
        """Adds a finding that the coder did not make; ``make`` is given the record."""
        record, text = self._report(document)
        finding = make(record)
        span = finding.content[0] if isinstance(finding, Statement) else finding.trigger
        _span(text, span)
        return self._put(self._made("add-finding", record, text, finding, why, ""))

    def note(self, document: str, span: Offsets, words: str) -> int:
        """Writes a note on a passage of a report."""
        held_report = self._store.report(document)
        if held_report is None:
            raise InputError(f"the case has no report {document!r}")
        text = held_report.document.text
        if not words.strip():
            raise InputError("the note is empty; write something")
        anchor = FindingAnchor(
            document=document, start=span[0], end=span[1], type="note",
            words=" ".join(_span(text, span).split()),
        )  # fmt: skip
        made = Decision(number=0, at="", who="", kind="note", finding=anchor, why=words.strip()[:4000])
        return self._put(self._signed(made))

    def settle(self, ref: Ref, take: str, why: str = "") -> int:
        """Answers what a later coding proposes: ``theirs`` takes it, ``mine`` keeps what stands."""
        record, text = self._report(ref.document)
        finding = _found(record, ref)
        stance = next((s for s in self._store.stances_in(ref.document) if s.finding == ref.finding), None)
        if stance is None or not stance.proposal or stance.decision.version is None:
            raise InputError("nothing is proposed for this finding any more; reload the page")
        if take == "theirs" and stance.now is None:
            return self.decide("reject", [ref], why)[0]
        if take not in ("theirs", "mine"):
            raise InputError(f"{take!r} is no answer; say mine or theirs")
        decision = self._made("correct-finding", record, text, finding, why, "")
        version = stance.now if take == "theirs" and stance.now else stance.decision.version
        seen = seen_as(stance.now) if stance.now else ""
        return self._put(decision.model_copy(update={"version": version, "seen": seen}))

    def verdict(self, discrepancy: str, kind: str, why: str = "") -> int:
        """What a discrepancy is worth: ``uphold``, ``reject`` or ``unclear``. A rejected one
        may be judged again."""
        verdict = next((v for v in VERDICTS if v == kind.strip().lower()), None)
        if verdict is None:
            raise InputError(f"{kind!r} is no verdict; say one of: {', '.join(VERDICTS)}")
        return self._put(self._on_discrepancy(verdict, discrepancy, why))

    def use_grades(self, on: bool, why: str = "") -> int:
        """Whether grades are shown and given in the case; those that were given are kept."""
        if self._store.grading() == on:
            raise InputError(f"grades are {'shown' if on else 'not shown'} already")
        return self._put(self._plain("show-grades" if on else "hide-grades", why))

    def grade_source(self, report: str, grade: str, why: str = "", *, whole: bool = True) -> int:
        """How far the source of a report is relied on: its publisher with all its reports, or with ``whole``
        false, or where no publisher is known, the one report."""
        self._grade(grade, SOURCE_GRADES)
        held = self._store.report(report)
        if held is None:
            raise InputError(f"the case has no report {report!r}")
        if whole and held.document.publisher:
            return self.grade_publisher(held.document.publisher, grade, why)
        made = self._plain("grade-source", why)
        source = SourceAnchor(report=report)
        return self._put(made.model_copy(update={"source": source, "grade": grade}))

    def grade_publisher(self, publisher: str, grade: str, why: str = "") -> int:
        """How far a publisher is relied on, in all its reports."""
        self._grade(grade, SOURCE_GRADES)
        if not self._store.reports(ReportFilter(publisher=publisher), None, 1).items:
            raise InputError(f"the case has no report of {publisher!r}")
        made = self._plain("grade-source", why)
        source = SourceAnchor(publisher=publisher)
        return self._put(made.model_copy(update={"source": source, "grade": grade}))

    def grade_claim(self, ref: Ref, grade: str, why: str = "") -> int:
        """How far a finding is believed."""
        self._grade(grade, CLAIM_GRADES)
        record, text = self._report(ref.document)
        finding = next((f for f in findings_of(record) if f.id == ref.finding), None)
        if finding is None:
            raise InputError(f"report {ref.document} has no finding {ref.finding} any more; reload the page")
        anchor = anchor_of(record, finding, text)
        version = None if isinstance(finding, Proposition) else version_of(record, finding, text)
        made = self._plain("grade-claim", why)
        return self._put(made.model_copy(update={"finding": anchor, "version": version, "grade": grade}))

    def grade_discrepancy(self, id: str, grade: str, why: str = "") -> int:
        """How far it is believed that words and deeds stand against each other."""
        self._grade(grade, CLAIM_GRADES)
        made = self._on_discrepancy("grade-claim", id, why)
        return self._put(made.model_copy(update={"grade": grade}))

    def _grade(self, grade: str, scale: Mapping[str, str]) -> None:
        if not self._store.grading():
            raise InputError("grades are off in this case; turn them on under Settings first")
        if grade not in scale:
            raise InputError(f"{grade!r} is no grade here; say one of: {', '.join(scale)}")

    def _on_discrepancy(self, kind: DecisionKind, id: str, why: str) -> Decision:
        found = self._store.discrepancy(id)
        before = self._store.rejected(id) if found is None else None
        if found is None and (before is None or before.decision.discrepancy is None):
            raise InputError(f"the case has no discrepancy {id!r} any more; reload the page")
        anchor = anchored(found, self._report) if found else before and before.decision.discrepancy
        judged = found or (before and before.discrepancy)
        return self._plain(kind, why).model_copy(update={"discrepancy": anchor, "judged": judged})

    def _plain(self, kind: DecisionKind, why: str) -> Decision:
        return self._signed(Decision(number=0, at="", who="", kind=kind, why=" ".join(why.split())[:1000]))

    def undo(self, numbers: Sequence[int], why: str = "") -> tuple[int, ...]:
        """Cancels decisions, all in one step: any but those on who is who and on which events are one."""
        every = {d.number: d for d in self._store.decisions()}
        gone = Choices(tuple(every.values())).undone()
        for number in numbers:
            if number not in every:
                raise InputError(f"there is no decision {number}")
            if number in gone:
                raise InputError(f"decision {number} is undone already, by decision {gone[number]}")
        together = token_hex(8) if len(numbers) > 1 else ""
        return self._put_all(
            [self._signed(Decision(number=0, at="", who="", kind="undo", undoes=n, why=why,
                                   together=together)) for n in numbers]
        )  # fmt: skip

    def step(self, together: str) -> tuple[int, ...]:
        """The decisions of one step that still hold."""
        return self._store.step(together)

    def _report(self, document: str) -> tuple[Record, str]:
        held_report = self._store.report(document)
        if held_report is None or not held_report.coded:
            raise InputError(f"the case has no coded report {document!r}")
        return self._store.record(document), held_report.document.text

    def _made(
        self, kind: DecisionKind, record: Record, text: str, finding: Decided, why: str, together: str
    ) -> Decision:
        version = version_of(record, finding, text)
        added = kind == "add-finding"
        return self._signed(
            Decision(
                number=0, at="", who="", kind=kind, finding=anchor_of(record, finding, text), version=version,
                seen="" if added else seen_as(version), together=together, why=" ".join(why.split())[:1000],
            )
        )  # fmt: skip

    def _put(self, decision: Decision) -> int:
        return self._put_all((decision,))[0]

    def _put_all(self, made: Sequence[Decision]) -> tuple[int, ...]:
        numbers = self._store.put_decisions(made, self._since)
        # what is decided next is read anew before
        self._since = max(numbers, default=self._since)
        return numbers

    def _signed(self, decision: Decision) -> Decision:
        return decision.model_copy(update={"at": self._clock(), "who": self._who})


def anchored(found: Discrepancy, report: Callable[[str], tuple[Record, str]]) -> DiscrepancyAnchor:
    """A discrepancy by the words of its passages; ``report`` gives a record and its text. Raises InputError
    where the latest coding has one of them no more."""

    def at(pole: Pole) -> FindingAnchor:
        record, text = report(pole.document)
        for finding in findings_of(record):
            if finding.id == pole.id:
                return anchor_of(record, finding, text)
        raise InputError(
            f"report {pole.document} has no {pole.id} any more; weigh the case again, then decide"
        )

    return DiscrepancyAnchor(
        kind=found.kind, field=found.field, statement=at(found.statement),
        against=tuple(at(pole) for pole in found.against),
    )  # fmt: skip


def _span(text: str, span: Offsets) -> str:
    """The words there. Raises InputError where there are none."""
    start, end = span
    if not (0 <= start < end <= len(text)) or not text[start:end].strip():
        raise InputError("there are no words at this place of the report; select some")
    return text[start:end]


def with_finding(record: Record, text: str, decision: Decision) -> tuple[Record, str]:
    """A record with the finding of a decision put into it, and its id there; to show what was rejected."""
    added = decision.model_copy(update={"kind": "add-finding"})
    return stand(record, text, (added,)).record, by_hand(decision.number)


def _found(record: Record, ref: Ref) -> Decided:
    finding = finding_in(record, ref.finding)
    if finding is None:
        raise InputError(
            f"report {ref.document} has no finding {ref.finding} any more; it was rejected, or coded anew"
        )
    return finding
