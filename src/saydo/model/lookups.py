"""What a page asks of a case: a screenful at a time, answered from an index whatever the size of the case.

Lists come as :class:`Slice` s, cut by the values of the row at their edge (a :class:`Cursor`), so that page
1,000 costs what page 1 does and nothing shifts while a run adds reports. A page of its own may ask for more:
put its questions into a protocol of its own beside this one and let :class:`saydo.model.store.CaseStore`
take it in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Generic, NamedTuple, Protocol, TypeVar

from saydo.model.case import CaseActor, CaseDocument, SkippedInput
from saydo.model.choices import Decision
from saydo.model.found import Filter, FoundEvent, FoundStatement, FoundTie, Tally
from saydo.model.records import Discrepancy

T = TypeVar("T")


class Cursor(NamedTuple):
    """Where a slice begins: behind the row with these values, or with ``back`` before it."""

    values: tuple[str | int | float, ...]
    back: bool = False


class Slice(NamedTuple, Generic[T]):
    """A stretch of a list. ``next`` and ``previous`` are None where nothing follows or precedes."""

    items: tuple[T, ...]
    next: Cursor | None = None
    previous: Cursor | None = None


class ReportFilter(NamedTuple):
    """Which reports to list; every condition must hold, an empty one always does."""

    publisher: str | None = None
    """An empty string asks for those without one."""
    since: str | None = None
    until: str | None = None
    failed: bool = False
    """Only those that could not be coded."""
    newest_first: bool = True


class ReportLine(NamedTuple):
    """A report in a list."""

    id: str
    position: int
    """Where it stands in the order in which reports came in; later ones have higher numbers."""
    title: str | None
    origin: str
    publisher: str | None
    date: str | None
    words: int
    failure: str | None
    events: int
    ties: int
    statements: int


class ReportHeld(NamedTuple):
    """A report of the case, whole."""

    document: CaseDocument
    position: int
    failure: str | None
    """Why it could not be coded."""
    coded: bool


class Heading(NamedTuple):
    """What a passage is cited by."""

    id: str
    title: str | None
    origin: str
    publisher: str | None
    date: str | None


class Named(NamedTuple):
    """An actor of the case."""

    id: str
    name: str


class RunLine(NamedTuple):
    """A run over the case; ``ended`` is None while it is at work, or where it was killed."""

    number: int
    started: str
    ended: str | None
    outcome: str | None


class Overview(NamedTuple):
    """A case at a glance."""

    tally: Tally
    since: str | None
    until: str | None
    """ISO dates of the first and the last report."""
    publishers: tuple[tuple[str | None, int], ...]
    """Who published how many reports, most first; at most twelve."""
    skipped: tuple[SkippedInput, ...]
    """At most twenty."""
    skipped_total: int
    runs: tuple[RunLine, ...]
    """The last five, latest first."""
    latest_report: int
    """Position of the report that came in last; 0 where there is none."""
    latest_decision: int
    coder: str
    """Version of the coder of the record written last; empty where nothing is coded."""


class Intake(NamedTuple):
    """What came in."""

    reports: int
    failed: int
    publishers: tuple[tuple[str | None, int], ...]
    """Who published how many reports, most first; at most twelve."""


class News(NamedTuple):
    """What has been added since a point."""

    reports: int
    discrepancies: int
    """Those with a passage in one of the new reports."""
    decisions: int


class Lookups(Protocol):
    """Questions of the pages that every case can answer. All raise StoreError with a line for a person."""

    def overview(self) -> Overview:
        """The case at a glance."""
        ...

    def intake(self) -> Intake:
        """How much came in, and from whom."""
        ...

    def news(self, report: int, decision: int) -> News:
        """What was added behind the report at a position and behind a decision."""
        ...

    def reports(self, where: ReportFilter, cursor: Cursor | None, limit: int) -> Slice[ReportLine]:
        """Reports by date; those without one count as the oldest."""
        ...

    def report(self, id: str) -> ReportHeld | None:
        """One report; None where the case has none of that id."""
        ...

    def headings(self, documents: Iterable[str]) -> Mapping[str, Heading]:
        """What to cite some reports by; an unknown id is left out."""
        ...

    def names_in(self, document: str) -> Mapping[str, Named]:
        """Id of an actor in the record of a report → who that is in the case."""
        ...

    def names_of(self, actors: Iterable[str]) -> Mapping[str, str]:
        """Names of actors of the case; an unknown id is left out."""
        ...

    def events_page(self, where: Filter, cursor: Cursor | None, limit: int) -> Slice[FoundEvent]:
        """Events by day, those of which no day is known last. ``where.limit`` does not count."""
        ...

    def ties_page(self, where: Filter, cursor: Cursor | None, limit: int) -> Slice[FoundTie]:
        """Ties by day."""
        ...

    def statements_page(self, where: Filter, cursor: Cursor | None, limit: int) -> Slice[FoundStatement]:
        """Statements by day."""
        ...

    def discrepancies_page(self, where: Filter, cursor: Cursor | None, limit: int) -> Slice[Discrepancy]:
        """Discrepancies, strongest first."""
        ...

    def actors_page(self, where: Filter, cursor: Cursor | None, limit: int) -> Slice[CaseActor]:
        """Actors, those named in most reports first."""
        ...

    def discrepancy(self, id: str) -> Discrepancy | None:
        """One discrepancy."""
        ...

    def discrepancies_of(self, document: str, limit: int) -> tuple[Discrepancy, ...]:
        """Discrepancies with a passage in a report, strongest first."""
        ...

    def verdicts(self, discrepancies: Iterable[str]) -> Mapping[str, Decision]:
        """Id of a discrepancy → the decision that holds of it; one on which nobody decided is left out."""
        ...
