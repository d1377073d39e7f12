"""What a case holds, as the rooms behind the store see it: reports, records, actors, discrepancies.

A :class:`CaseView` is read-only. Its ``documents`` and ``records`` are sequences that a store may read
lazily, one at a time, so that a case of many thousand reports is never wholly in memory: iterate over
them, and do not turn them into lists without need. In a test, tuples do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

from saydo.model.capture import Capture
from saydo.model.choices import Decision
from saydo.model.document import TimeCode
from saydo.model.grading import HeldGrades
from saydo.model.identity import NOBODY, Identities
from saydo.model.records import Actor, CoderInfo, Discrepancy, Record

WHOLE_TEXT = "the whole text"
"""What a note of a record is about where nothing in the report could be read; a case lists these reports
among what was skipped."""


@dataclass(frozen=True, slots=True)
class CaseDocument:
    """One report of a case: its clean text, what is known of it, and where its original bytes lie."""

    id: str
    text: str
    text_sha256: str
    words: int
    """Whitespace-separated words of the text."""
    origin: str
    """Where it came from, as the user would name it: a path, a path with a line number, a URL."""
    date: str | None = None
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    language: str | None = None
    author: str | None = None
    source_sha256: str | None = None
    """SHA-256 of the original bytes; they lie in the case under ``sources/``."""
    timecodes: tuple[TimeCode, ...] = ()
    metadata: tuple[tuple[str, str], ...] = ()

    def timecode(self, start: int) -> TimeCode | None:
        """The subtitle cue in which the character at ``start`` is spoken; None for a written report."""
        return next((cue for cue in self.timecodes if cue.start <= start < cue.end), None)


class CaseActor(NamedTuple):
    """An actor as the whole case knows it: one record merged from all reports, and how often it occurs."""

    actor: Actor
    documents: tuple[str, ...]
    """Ids of the reports that name it, in case order."""
    mentions: int
    events: int
    """Events in which it takes part, as actor or recipient."""
    ties: int
    statements: int
    """Statements of which it is the source."""


class SkippedInput(NamedTuple):
    """Something that was given but yielded no report or no record, and why."""

    origin: str
    reason: str
    harmless: bool = False
    """True where nothing is missing from the case (the same bytes once more, say)."""


class Commitment(NamedTuple):
    """What became of a pledge: ``kept``, ``broken``, or ``open`` where the case does not say."""

    document: str
    statement: str
    """Id of the pledge in that document's record."""
    speaker: str
    """Actor id."""
    speaker_name: str
    outcome: str
    against: tuple[tuple[str, str], ...] = ()
    """``(document, id)`` of the conduct that kept or broke it."""


class Incident(NamedTuple):
    """Events of several reports, or several events of one, that were taken for one and the same."""

    id: str
    type: str
    """Event type."""
    members: tuple[tuple[str, str], ...]
    """``(document, id)`` of each event."""
    reason: str


class Bound(NamedTuple):
    """Where a tie begins or ends."""

    day: str
    """ISO date of a day, a month or a year, as precise as it is told."""
    stated: bool
    """Whether a report states it. If not, it follows from the date of a report: the tie began on that day at
    the latest, or had ended by then."""
    refs: tuple[tuple[str, str], ...]
    """``(document, id)`` of the ties on which it rests."""


class Spell(NamedTuple):
    """A tie over time: what all reports tell of the same two actors, put together."""

    type: str
    """Tie type."""
    from_actor: str
    to_actor: str
    from_name: str
    to_name: str
    role: str | None
    """The title of an office; the one most reports give."""
    since: Bound | None
    until: Bound | None
    """None where no report tells of an end."""
    last: str | None
    """The last day for which a report has it hold."""
    rests_on: tuple[tuple[str, str], ...]
    """``(document, id)`` of every tie that it is made from."""
    against: tuple[tuple[str, str], ...] = ()
    """``(document, id)`` of what reports say to the contrary for that time."""
    only_said: bool = False
    """Whether no report tells of it in its own voice."""


@dataclass(frozen=True, slots=True)
class CaseView:
    """Everything in a case, in a fixed order: documents as they came in, actors by id."""

    name: str
    documents: Sequence[CaseDocument]
    records: Sequence[Record]
    """One for each document that could be coded, in the order of the documents."""
    actors: tuple[CaseActor, ...]
    discrepancies: tuple[Discrepancy, ...]
    """All of the case, those within one report included, strongest first."""
    skipped: tuple[SkippedInput, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    incidents: tuple[Incident, ...] = ()
    identities: Identities = NOBODY
    """Which actors of the records are one in the case, why, and what is open."""
    spells: tuple[Spell, ...] = ()
    """Ties over time."""
    decisions: tuple[Decision, ...] = ()
    """What people decided, by number."""
    verdicts: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    """Id of a discrepancy → number of the decision that holds of it."""
    lost: frozenset[int] = frozenset()
    """Numbers of decisions that match nothing in the case any more."""
    coder: CoderInfo | None = None
    """Who coded the records; None where nothing is coded yet."""
    grades: HeldGrades | None = None
    """Admiralty grades, where they were asked for and the case uses them."""
    captures: Mapping[str, Capture] = field(default_factory=lambda: MappingProxyType({}))
    """Id of a report that was fetched from the web → how; where it was asked for."""
    document_index: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    """Position in ``documents`` by id; where empty it is found by going through ``documents``."""
    record_index: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))

    def document(self, id: str) -> CaseDocument:
        """The report with this id; KeyError where the case has none."""
        if self.document_index:
            return self.documents[self.document_index[id]]
        for document in self.documents:
            if document.id == id:
                return document
        raise KeyError(id)

    def record(self, id: str) -> Record:
        """The record of the report with this id; KeyError where it was not coded."""
        if self.record_index:
            return self.records[self.record_index[id]]
        for record in self.records:
            if record.id == id:
                return record
        raise KeyError(id)

    def pairs(self) -> Iterator[tuple[CaseDocument, Record]]:
        """Each coded report with its record, in order, one at a time."""
        records = iter(self.records)
        record = next(records, None)
        for document in self.documents:
            if record is not None and record.id == document.id:
                yield document, record
                record = next(records, None)

    def actor_names(self) -> dict[str, str]:
        """Actor id → name, case-wide; an id of the records that was merged wherever it stands has the name of
        what it was merged into."""
        names = {found.actor.id: found.actor.name for found in self.actors}
        for id, in_case in self.identities.whole.items():
            if in_case in names:
                names.setdefault(id, names[in_case])
        return names
