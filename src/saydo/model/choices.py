"""What people have decided about a case, anchored so that it outlives coding the reports anew.

A decision is never changed. It names actors by id and by name, events by report, offsets and type, and
discrepancies by their kind and both their passages; where the records are made anew, it is matched to them
again. What it cannot be matched to any more is kept and told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from saydo.model.records import (
    Actor,
    Discrepancy,
    Event,
    Frozen,
    Mention,
    Offsets,
    Place,
    Pole,
    Proposition,
    Record,
    Statement,
    Tie,
)

Finding = Statement | Event | Tie | Proposition
"""Whatever a discrepancy may have as a pole."""
DecisionKind = Literal[
    "same-actor", "not-same-actor", "same-event", "not-same-event", "uphold", "reject", "unclear", "undo",
    "accept-finding", "reject-finding", "correct-finding", "flag-finding", "add-finding",
    "note", "grade-source", "grade-claim", "show-grades", "hide-grades",
]  # fmt: skip
ON_FINDINGS: tuple[DecisionKind, ...] = (
    "accept-finding", "reject-finding", "correct-finding", "flag-finding", "add-finding",
)  # fmt: skip
VERDICTS: tuple[DecisionKind, ...] = ("uphold", "reject", "unclear")
ON_WHO_IS_WHO: tuple[DecisionKind, ...] = ("same-actor", "not-same-actor", "same-event", "not-same-event")
"""What was derived from all reports together falls with these, until the case is weighed."""


class ActorAnchor(Frozen):
    """An actor: found again by its id, else by its name."""

    id: str
    name: str
    document: str | None = None
    """Only as this report means it."""


class FindingAnchor(Frozen):
    """A statement, event or tie: found again by its report, its type and the words that it stands on."""

    document: str
    start: int
    end: int
    type: str
    """Type of an event or tie; ``statement`` or ``proposition`` for one of these."""
    words: str


class DiscrepancyAnchor(Frozen):
    """A discrepancy: found again by its kind and by both its passages."""

    kind: str
    field: str | None = None
    statement: FindingAnchor
    against: tuple[FindingAnchor, ...]


class SourceAnchor(Frozen):
    """Whom a report is from: a publisher with all its reports, or one report."""

    publisher: str | None = None
    report: str | None = None


class Version(Frozen):
    """An event, tie or statement as a person left it, with all that it refers to, so that it can be put into
    any record of the same report: mentions and places are found again by their words."""

    event: Event | None = None
    tie: Tie | None = None
    statement: Statement | None = None
    mentions: tuple[Mention, ...] = ()
    actors: tuple[Actor, ...] = ()
    """Whom the mentions were resolved to."""
    place: Place | None = None
    said: FindingAnchor | None = None
    """The statement that it is attributed to."""


class Decision(Frozen):
    """One decision of a person."""

    number: int
    at: str
    """When, UTC, ISO 8601."""
    who: str
    kind: DecisionKind
    actors: tuple[ActorAnchor, ...] = ()
    events: tuple[FindingAnchor, ...] = ()
    discrepancy: DiscrepancyAnchor | None = None
    judged: Discrepancy | None = None
    """The discrepancy as it was shown to whoever decided; a rejected one is nowhere else any more."""
    finding: FindingAnchor | None = None
    version: Version | None = None
    """The finding as it was when it was decided on; of a correction, as corrected."""
    seen: str = ""
    """Digest of what the coder had there when it was decided; empty where the coder had nothing."""
    together: str = ""
    """The same for all decisions made in one step, which are undone in one step."""
    source: SourceAnchor | None = None
    """Whose reliability was graded."""
    grade: str = ""
    """A to F for a source, 1 to 6 for a claim; see :mod:`saydo.model.grading`."""
    undoes: int | None = None
    """Number of the decision that this one cancels."""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Choices:
    """All decisions of a case, by number; the one value in which they reach weighing."""

    decisions: tuple[Decision, ...] = ()

    def undone(self) -> dict[int, int]:
        """Number of a decision that does not hold → number of the one that cancels it."""
        by: dict[int, int] = {}
        for decision in sorted(self.decisions, key=lambda d: -d.number):
            # from the last on: whether an undoing is itself undone is known before what it undoes
            if decision.undoes is not None and decision.number not in by:
                by.setdefault(decision.undoes, decision.number)
        return by

    def in_force(self, *kinds: DecisionKind) -> Iterator[Decision]:
        """The decisions of these kinds that hold, by number; where two speak of the same, the later one is
        the one to follow."""
        gone = self.undone()
        for decision in sorted(self.decisions, key=lambda d: d.number):
            if decision.kind in kinds and decision.number not in gone:
                yield decision


NO_CHOICES = Choices()


def findings_of(record: Record) -> list[Finding]:
    """All that a record found, in no telling order."""
    return [*record.statements, *record.events, *record.ties, *record.propositions]


def anchor_of(record: Record, finding: Finding, text: str) -> FindingAnchor:
    """Where a finding stands: the trigger of an event or tie, the content of a statement."""
    start, end = _stretch(finding)
    return FindingAnchor(
        document=record.id, start=start, end=end, type=_type(finding), words=" ".join(text[start:end].split())
    )


def found_again(record: Record, anchor: FindingAnchor) -> tuple[str, ...]:
    """Ids of the findings of a record that an anchor means, the best match first: same report and type, and
    words that overlap."""
    if record.id != anchor.document:
        return ()
    ranked = []
    for finding in findings_of(record):
        shared = _overlap(_stretch(finding), (anchor.start, anchor.end))
        if shared > 0 and _type(finding) == anchor.type:
            ranked.append((-shared, finding.id))
    return tuple(id for _, id in sorted(ranked))


def covers(anchor: DiscrepancyAnchor, found: Discrepancy, spot: Spots) -> bool:
    """Whether a discrepancy is the one that an anchor means: same kind and field, its statement the same
    passage, and all that stands against it among the passages that stood against it then."""
    if (found.kind, found.field) != (anchor.kind, anchor.field):
        return False
    if not _at(anchor.statement, found.statement, spot):
        return False
    return all(any(_at(one, pole, spot) for one in anchor.against) for pole in found.against)


class Spots:
    """Where the findings of the records stand, looked up by report and id."""

    def __init__(self, records: Iterable[Record]) -> None:
        self._at: dict[tuple[str, str], tuple[Offsets, str]] = {}
        for record in records:
            for finding in findings_of(record):
                self._at[record.id, finding.id] = (_stretch(finding), _type(finding))

    def matches(self, anchor: FindingAnchor, document: str, id: str) -> bool:
        """Whether a finding stands on the words of an anchor, as the same sort of thing."""
        held = self._at.get((document, id))
        if held is None or document != anchor.document:
            return False
        stretch, type = held
        same = type == anchor.type or "statement" not in (type, anchor.type)
        return same and _overlap(stretch, (anchor.start, anchor.end)) > 0


def _at(anchor: FindingAnchor, pole: Pole, spot: Spots) -> bool:
    return spot.matches(anchor, pole.document, pole.id)


def _stretch(finding: Finding) -> Offsets:
    if isinstance(finding, Statement):
        return (min(s for s, _ in finding.content), max(e for _, e in finding.content))
    return finding.trigger


def _type(finding: Finding) -> str:
    if isinstance(finding, Statement):
        return "statement"
    return "proposition" if isinstance(finding, Proposition) else finding.type


def _overlap(a: Offsets, b: Offsets) -> int:
    return min(a[1], b[1]) - max(a[0], b[0])
