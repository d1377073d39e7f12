"""The seam behind which a case is kept: what a store must be able to do, and the types it speaks in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple, Protocol, TypeVar

from saydo.model.audit import AuditLog
from saydo.model.capture import Capture
from saydo.model.case import CaseActor, CaseView, Commitment, Incident, SkippedInput, Spell
from saydo.model.choices import Decision
from saydo.model.deeds import DeedsLookups
from saydo.model.document import Document
from saydo.model.found import Filter as Filter
from saydo.model.found import FoundEvent as FoundEvent
from saydo.model.found import FoundStatement as FoundStatement
from saydo.model.found import FoundTie as FoundTie
from saydo.model.found import Tally as Tally
from saydo.model.grading import GradeLookups
from saydo.model.identity import NOBODY, Identities
from saydo.model.ledger import Ledger
from saydo.model.lookups import Lookups
from saydo.model.records import CoderInfo, Discrepancy, Record
from saydo.model.runs import RunLog
from saydo.model.tables import Tables
from saydo.model.waiting import WaitingLookups


class Derived(NamedTuple):
    """What was found across all reports of a case together."""

    actors: tuple[CaseActor, ...]
    discrepancies: tuple[Discrepancy, ...]
    """Strongest first; ids unique in the case."""
    commitments: tuple[Commitment, ...] = ()
    incidents: tuple[Incident, ...] = ()
    identities: Identities = NOBODY
    """Which actors of the records are one; ``actors`` are those of the case, merged."""
    spells: tuple[Spell, ...] = ()
    verdicts: Mapping[str, int] = MappingProxyType({})
    """Id of a discrepancy → number of the decision that holds of it. Rejected ones are not among
    ``discrepancies``."""
    lost: frozenset[int] = frozenset()
    """Numbers of decisions that match nothing any more."""


class Due(NamedTuple):
    """A report to be weighed."""

    number: int
    record: Record | None
    """None where it has none any more."""
    text: str


T = TypeVar("T")


class Added(NamedTuple):
    """What became of a document that was offered to a store."""

    id: str
    """Its id in the case: the one it came with, or that id with a suffix where another report holds it."""
    new: bool
    origin: str
    """Where the case has it from: for a report that was already there, the place it first came from."""


class CaseStore(Lookups, RunLog, DeedsLookups, Tables, WaitingLookups, GradeLookups, AuditLog, Protocol):
    """A case being written and read. Every writing method is one atomic step: it has happened wholly or
    not at all, whatever kills the process. All of them raise StoreError with a line for a person."""

    def add(
        self,
        document: Document,
        original: bytes,
        media_type: str,
        origin: str,
        capture: Capture | None = None,
    ) -> Added:
        """Takes in a report with its original bytes (of a file that holds many reports, those of this one),
        and how it was captured from the web.
        The same bytes are the same report, and so is the same text under the same id: offering it again
        changes nothing."""
        ...

    def begin_run(
        self, started: str, inputs: Sequence[str], version: str, who: str = "", material: int | None = None
    ) -> int:
        """Notes that a run began (``started`` is an ISO time), who asked for it and over which material of
        the browser; gives its number."""
        ...

    def end_run(self, number: int, ended: str, outcome: str) -> None:
        """Notes how a run ended; a run that was killed keeps no end."""
        ...

    def skip(self, skipped: SkippedInput, inputs: str) -> None:
        """Remembers an input that gave no report; ``inputs`` names the list of inputs of this run."""
        ...

    def settle_skips(self, inputs: str, seen: Sequence[SkippedInput]) -> None:
        """Forgets what an earlier run over the same inputs skipped and this one did not."""
        ...

    def pending(self, coder: CoderInfo) -> Iterator[Document]:
        """Reports that this coder has not coded yet, in order, read one at a time."""
        ...

    def pending_size(self, coder: CoderInfo) -> tuple[int, int]:
        """``(reports, words)`` that this coder has not coded yet."""
        ...

    def put_record(self, record: Record) -> None:
        """Writes what was coded from one report, in place of what was there, with people's decisions on its
        findings put into it (see :mod:`saydo.model.standing`); whatever was derived from
        all reports together (actors, discrepancies, commitments, incidents)
        falls with it until it is put again."""
        ...

    def put_failure(self, document: str, reason: str) -> None:
        """Remembers why a report could not be coded; takes away a record that an older coder made."""
        ...

    def put_derived(self, derived: Derived, fingerprint: str) -> None:
        """Writes what was found across all reports, whole, and who found it."""
        ...

    def derived_by(self) -> str | None:
        """The fingerprint given with :meth:`put_derived`; None since a record was last written."""
        ...

    def begin_weighing(self, fingerprint: str) -> None:
        """Makes ready to weigh report by report: where another fingerprint weighed before, or nobody did, all
        that are coded are due, else those whose record changed since they were weighed."""
        ...

    def due(self) -> tuple[int, ...]:
        """Numbers of the reports that are due."""
        ...

    def to_weigh(self, numbers: Sequence[int]) -> Iterator[Due]:
        """Reports by their numbers, one at a time."""
        ...

    def number(self, document: str) -> int:
        """The number of a report; StoreError where the case has none of that id."""
        ...

    def ledger(self) -> Ledger:
        """What weighing has written so far, to read."""
        ...

    def weigh(self, work: Callable[[Ledger], T], done: Sequence[int] = (), more: Sequence[int] = ()) -> T:
        """Does some work on the ledger, takes reports off those that are due and puts others to them, all in
        one step; gives what the work gives."""
        ...

    def put_decision(self, decision: Decision, since: int | None = None) -> int:
        """Writes down what a person decided, behind all earlier decisions, and gives it its number. Decisions
        are never changed or deleted.

        A decision on a finding is put into the record of its report, and only what rested on a finding that
        is gone falls; a verdict takes its discrepancy out of what was derived, or puts it back. The case then
        is :meth:`behind`. Who is who, and which events are one, bears on everything: what was derived
        falls with such a decision until it is put again. A grade changes nothing of what was found.

        ``since`` is the number of the last decision that was known when this one was made; where somebody
        decided about the same later, nothing is written down. Raises Changed."""
        ...

    def put_decisions(self, made: Sequence[Decision], since: int | None = None) -> tuple[int, ...]:
        """Writes down several decisions in one step; gives their numbers."""
        ...

    def latest_decision(self) -> int:
        """The number of the last decision; 0 where there is none."""
        ...

    def behind(self) -> str | None:
        """The fingerprint given with :meth:`put_derived` where decisions on findings or discrepancies
        were made since, so that the case waits to be weighed again; else None."""
        ...

    def decisions(self) -> tuple[Decision, ...]:
        """All decisions, by number."""
        ...

    def documents(self) -> Iterator[Document]:
        """All reports in order, one at a time."""
        ...

    def document(self, id: str) -> Document:
        """One report; StoreError where the case has none of that id."""
        ...

    def records(self) -> Iterator[Record]:
        """All records in the order of the reports, one at a time."""
        ...

    def record(self, document: str) -> Record:
        """One record; StoreError where the case has none for that report."""
        ...

    def coded_record(self, document: str) -> Record:
        """One record as the coder made it, without people's decisions; StoreError where the case has none for
        that report."""
        ...

    def source(self, sha256: str) -> bytes:
        """Original bytes, checked against their hash."""
        ...

    def events(self, where: Filter) -> Iterator[FoundEvent]:
        """Events that pass the filter, by date, then in the order of the reports."""
        ...

    def ties(self, where: Filter) -> Iterator[FoundTie]:
        """Ties that pass the filter, by date, then in the order of the reports."""
        ...

    def statements(self, where: Filter) -> Iterator[FoundStatement]:
        """Statements that pass the filter, by date, then in the order of the reports."""
        ...

    def discrepancies(self, where: Filter) -> Iterator[Discrepancy]:
        """Discrepancies that pass the filter, strongest first."""
        ...

    def actors(self, where: Filter) -> Iterator[CaseActor]:
        """Actors that pass the filter, those named in most reports first."""
        ...

    def tally(self) -> Tally:
        """How much the case holds."""
        ...

    def view(self) -> CaseView:
        """The whole case, read lazily."""
        ...

    def dump(self) -> str:
        """The whole logical content as canonical JSON, without times of runs: two cases are equal exactly
        when their dumps are."""
        ...

    def close(self) -> None:
        """Lets go of the case."""
        ...
