"""What people decided, brought to bear on weighing, and the merges that an explanation must name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from saydo.codebook import Codebook
from saydo.model.choices import (
    VERDICTS,
    Choices,
    Decision,
    DiscrepancyAnchor,
    FindingAnchor,
    Spots,
    covers,
    findings_of,
    found_again,
)
from saydo.model.citations import Ref, cite, cited, plain
from saydo.model.identity import NOBODY, Identities
from saydo.model.records import Discrepancy, Record, Statement, Tie
from saydo.weighing.finding import Found
from saydo.weighing.identity import identities
from saydo.weighing.incidents import Cluster
from saydo.weighing.sightings import Lore, roll
from saydo.weighing.types import WeighedReport


@lru_cache(maxsize=4)
def lore(codebook: Codebook) -> Lore:
    """What the codebook tells of names; made once for a codebook."""
    return Lore.of(codebook)


def identify(reports: Iterable[WeighedReport], codebook: Codebook, choices: Choices) -> Identities:
    """Who is who over all reports; in one alone everybody is what it takes them for."""
    reports = tuple(reports)
    if len(reports) < 2:
        return NOBODY
    known = lore(codebook)
    return identities((roll(r.record, r.text, known) for r in reports), known, choices)


def applied(reports: Iterable[WeighedReport], who: Identities) -> tuple[WeighedReport, ...]:
    """The reports with the actors of the case in place of their own."""
    return tuple(WeighedReport(who.applied(r.record), r.text) for r in reports)


@dataclass(frozen=True, slots=True)
class Decided:
    """Decisions on events and discrepancies, in ids of the present records."""

    apart: frozenset[frozenset[Ref]] = frozenset()
    """Pairs of events that are not one."""
    joined: tuple[tuple[Ref, Ref, Decision], ...] = ()
    rejected: tuple[tuple[DiscrepancyAnchor, int], ...] = ()
    """Each with the number of the decision."""
    spots: Spots | None = None
    lost: frozenset[int] = frozenset()
    """Numbers of decisions on events that match nothing any more."""

    @classmethod
    def of(cls, choices: Choices, known: Mapping[str, Record]) -> Decided:
        """Matches the decisions to the records, given by report."""
        wanted = {a.document for d in choices.decisions for a in anchors(d)}
        records = {document: known[document] for document in wanted if document in known}
        spots = Spots(records.values())
        apart: set[frozenset[Ref]] = set()
        joined: dict[frozenset[Ref], tuple[Ref, Ref, Decision]] = {}
        lost: set[int] = set()
        for decision in choices.in_force("same-event", "not-same-event"):
            refs = [_again(records, anchor) for anchor in decision.events]
            found = [ref for ref in refs if ref is not None]
            pair = frozenset(found)
            if len(pair) != 2 or len(found) != len(decision.events):
                lost.add(decision.number)
            elif decision.kind == "same-event":
                apart.discard(pair)
                joined[pair] = found[0], found[1], decision
            else:
                joined.pop(pair, None)
                apart.add(pair)
        rejected = tuple(
            (d.discrepancy, d.number)
            for d in last_verdicts(choices)
            if d.kind == "reject" and d.discrepancy is not None
        )
        return cls(frozenset(apart), tuple(joined.values()), rejected, spots, frozenset(lost))

    def rejecting(self, kind: str, field: str | None, statement: Ref, against: Ref) -> int | None:
        """Number of the decision that rejects that the one stands against the other; None where none does."""
        spots = self.spots
        if spots is None:
            return None
        return next(
            (
                number
                for a, number in self.rejected
                if (a.kind, a.field) == (kind, field)
                and spots.matches(a.statement, *statement)
                and any(spots.matches(one, *against) for one in a.against)
            ),
            None,
        )

    def rejects(self, kind: str, field: str | None, statement: Ref, against: Ref) -> bool:
        """Whether a decision rejects that the one stands against the other."""
        return bool(self.rejected) and self.rejecting(kind, field, statement, against) is not None

    def split(self, found: Iterable[Found]) -> tuple[list[Found], frozenset[int]]:
        """The findings that nobody rejected, and the numbers of the decisions by which others were."""
        left: list[Found] = []
        used: set[int] = set()
        for f in found:
            number = None
            if self.rejected:
                number = self.rejecting(f.kind, f.field, f.statement.ref, f.against.ref)
            if number is None:
                left.append(f)
            else:
                used.add(number)
        return left, frozenset(used)

    def united(self, made: list[Cluster]) -> list[Cluster]:
        """The clusters with those made one that somebody said are one incident."""
        for one, other, decision in self.joined:
            first, second = (next((c for c in made if _in(c, ref)), None) for ref in (one, other))
            if first is None or second is None or first is second:
                continue
            reason = f"{decision.who} decided so (decision {decision.number})"
            both = sorted((*first.members, *second.members), key=lambda i: (str(i.when.start), i.ref))
            made = [c for c in made if c is not first and c is not second]
            made.append(Cluster(both, [*first.reasons, *second.reasons, reason]))
        return made


def anchors(decision: Decision) -> Iterable[FindingAnchor]:
    """The findings that a decision names."""
    yield from decision.events
    if decision.discrepancy is not None:
        yield decision.discrepancy.statement
        yield from decision.discrepancy.against


def _again(records: Mapping[str, Record], anchor: FindingAnchor) -> Ref | None:
    record = records.get(anchor.document)
    ids = found_again(record, anchor) if record is not None else ()
    return (anchor.document, ids[0]) if ids else None


def last_verdicts(choices: Choices) -> list[Decision]:
    """The verdict that was last given on each discrepancy, of those that hold."""
    last: dict[str, Decision] = {}
    for decision in choices.in_force(*VERDICTS):
        if decision.discrepancy is not None:
            last[decision.discrepancy.model_dump_json()] = decision
    return sorted(last.values(), key=lambda d: d.number)


def _in(cluster: Cluster, ref: Ref) -> bool:
    return any(act.ref == ref for incident in cluster.members for act in incident.acts)


def verdicts(
    choices: Choices, found: Iterable[Discrepancy], records: Callable[[str], Record | None]
) -> tuple[dict[str, Decision], frozenset[int]]:
    """Id of a discrepancy → the verdict that holds of it, and the numbers of verdicts that match none.
    ``records`` gives the record of a report."""
    last: dict[str, Decision] = {}
    decisions = last_verdicts(choices)
    wanted = {a.document for d in decisions for a in anchors(d)}
    spots = Spots(r for document in sorted(wanted) if (r := records(document)) is not None)
    listed = [d for d in found if d.statement.document in wanted]
    lost: set[int] = set()
    for decision in decisions:
        assert decision.discrepancy is not None
        met = [d for d in listed if covers(decision.discrepancy, d, spots)]
        last |= {d.id: decision for d in met}
        if not met:
            lost.add(decision.number)
    return last, frozenset(lost)


def with_steps(found: Discrepancy, who: Identities, records: Callable[[str], Record | None]) -> Discrepancy:
    """The discrepancy with the merges in its explanation without which its passages would not meet: those of
    actors that take part in its records under several ids."""
    if not who.merges:
        return found
    names: dict[str, dict[tuple[str, str], None]] = {}
    for document, id in cited(found.explanation):
        record = records(document)
        for actor in _parties(record, id) if record is not None else ():
            names.setdefault(who.of(document, actor), {})[document, actor] = None
    told: dict[str, None] = {}
    for spots in names.values():
        if len({actor for _, actor in spots}) < 2:
            continue
        for document, actor in spots:
            for step in who.steps(document, actor):
                refs = cite((s.document, s.mention) for s in step.evidence)
                told[f"{plain(step.reason)}{refs}"] = None
    if not told:
        return found
    return found.model_copy(update={"explanation": f"{found.explanation[:-1]}; {'; '.join(told)}."})


def _parties(record: Record, id: str) -> set[str]:
    """Ids, as the record has them, of those who take part in one of its findings."""
    mentions: list[str] = []
    for finding in findings_of(record):
        if finding.id != id:
            continue
        if isinstance(finding, Statement):
            mentions += [*((finding.source_mention,) if finding.source_mention else ()), *finding.addressees]
        elif isinstance(finding, Tie):
            mentions += [finding.from_, finding.to]
        else:
            mentions += [*finding.actors, *finding.recipients]
    actors = {m.id: m.actor for m in record.mentions}
    return {actor for m in mentions if (actor := actors.get(m)) is not None}
