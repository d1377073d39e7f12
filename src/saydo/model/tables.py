"""What tables, the timeline and search ask of a case: findings in rows, with their words and names.

All answers come from indexes. ``facet`` is what a table is cut down by besides the kind: the country of an
event, the state of a tie, whether a statement is quoted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, NamedTuple, Protocol

from saydo.model.case import Spell
from saydo.model.found import Filter
from saydo.model.lookups import Cursor, Heading, Slice
from saydo.model.records import Discrepancy

Sort = Literal["event", "tie", "statement"]
"""Which findings a table lists."""
Order = Literal["oldest", "newest", "surest", "doubtful"]
QUOTED, REPORTED = "quoted", "in other words"
"""The facets of a statement."""


class TableFilter(NamedTuple):
    """Which rows to list; every condition must hold, an empty one always does."""

    sort: Sort
    words: str = ""
    """Words that must all stand in the quote or among the names; ``word*`` takes what begins so, and words
    in quotation marks must follow one another."""
    kinds: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    """Ids in the case; any of them must take part."""
    since: str | None = None
    until: str | None = None
    """ISO days. A finding counts by the day it is sorted by: when it was, else when it was reported."""
    facet: str | None = None
    order: Order = "newest"


class Taking(NamedTuple):
    """Somebody who takes part in a finding."""

    role: str
    actor: str | None
    """Id in the case."""
    name: str


class Line(NamedTuple):
    """A row of a table."""

    document: str
    id: str
    kind: str
    day: str | None
    score: float
    quote: str
    """The words it stands on; of long ones the first 2,000 characters."""
    json: str
    """The finding as the record has it."""
    place: str | None
    heading: Heading
    taking: tuple[Taking, ...]


class Facets(NamedTuple):
    """How many rows there are, and how many there would be with another choice."""

    total: int | None
    """None where there are too many hits to count in time."""
    kinds: tuple[tuple[str, int], ...]
    facets: tuple[tuple[str, int], ...]
    """Most first. Both are empty where there are too many hits to count in time."""


class Bin(NamedTuple):
    """How many findings of a kind fall into a day or a month."""

    start: str
    """ISO day, or ISO month."""
    kind: str
    number: int


class Spot(NamedTuple):
    """A place at which events are known to have happened."""

    lat: float
    lon: float
    """Degrees, WGS 84."""
    precision: str
    """``exact``, ``city``, ``district``, ``admin1``, ``country``, …; empty where it is not known."""
    country: str
    name: str
    counts: tuple[tuple[str, int], ...]
    """Kind, how many."""


class Tables(Protocol):
    """The questions. All raise StoreError, and InputError for a cursor of another list."""

    def lines(self, where: TableFilter, cursor: Cursor | None, limit: int) -> Slice[Line]:
        """Rows in the order asked for."""
        ...

    def located(self, where: TableFilter) -> Iterator[tuple[str, str]]:
        """``(report, finding)`` of all rows, in the order asked for."""
        ...

    def facets(self, where: TableFilter) -> Facets:
        """Counts for the same rows."""
        ...

    def bins(self, where: TableFilter, by: Literal["day", "month"]) -> tuple[Bin, ...]:
        """Counts over time, by bin and kind; those of which no day is known are left out."""
        ...

    def extent(self, sort: Sort) -> tuple[str, str] | None:
        """The first and the last month with a finding; None where there is none."""
        ...

    def derived_stamp(self) -> tuple[str, str]:
        """Which case this is, and a word that is another one after whatever changes its ties over time."""
        ...

    def spells_most_told(self, limit: int) -> list[tuple[int, Spell]]:
        """Ties over time with their numbers, those that most findings tell of first."""
        ...

    def spell(self, number: int) -> Spell | None:
        """One tie over time."""
        ...

    def ends(self, actors: Iterable[str]) -> Mapping[str, tuple[str, str, int]]:
        """Id → name, kind, number of reports, of the actors that the case has."""
        ...

    def spots(self, where: TableFilter) -> tuple[Spot, ...]:
        """The places of the events that pass, with how many there are of each kind."""
        ...

    def discrepancies_like(
        self, where: Filter, words: str, cursor: Cursor | None, limit: int
    ) -> Slice[Discrepancy]:
        """Discrepancies with these words in one of their passages, strongest first."""
        ...

    def discrepancy_kinds(self, where: Filter, words: str) -> tuple[tuple[str, int], ...]:
        """How many there would be of each kind, most first; ``where.kinds`` does not count."""
        ...
