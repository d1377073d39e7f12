"""The seam behind which weighing keeps what it knows of a case, so that a new report meets only its like."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple, Protocol

FORM = 7
"""The form in which weighing keeps what it knows, 1 more whenever keys or facts are written otherwise.
A case that was weighed in another form is weighed anew."""


class Card(NamedTuple):
    """What tells a report from its reprints."""

    document: str
    date: str | None
    sketch: tuple[int, ...]
    """A sample of the words of its text."""
    reprint: bool


class NewPair(NamedTuple):
    """A finding to be kept."""

    statement: int
    """Number of the report with the statement."""
    against: int
    tellings: tuple[tuple[int, int], ...]
    """Keys of what it is one of several tellings of, each with how many of these count."""
    incident: str | None
    """The incident whose tellings differ; None for other findings."""
    words: str
    """The finding as JSON."""


class HeldPair(NamedTuple):
    """A finding that joins two reports (or two passages of one)."""

    id: int
    statement: int
    against: int
    stands: bool
    """False where other tellings of the same are clearer."""
    words: str


class Known(NamedTuple):
    """What a report says before anything is merged, beside what is weighed."""

    roll: bytes
    """Who is named in it, see :mod:`saydo.weighing.sightings`."""
    own: str
    """The discrepancies of its record, as JSON."""
    identity: str
    """Which actors of the case its own were when it was weighed; empty where it was not yet."""
    ties: str
    """What it tells of ties, as JSON."""


class LedgerReading(Protocol):
    """What weighing one report reads of a ledger."""

    def number(self, document: str) -> int | None:
        """The number of a report by its id; None where it is not in the ledger."""
        ...

    def facts(self, number: int) -> bytes:
        """What was unfolded from a report."""
        ...

    def text(self, number: int) -> str:
        """The text of a report."""
        ...

    def holders(self, keys: Collection[int]) -> dict[int, list[int]]:
        """Key → the reports that are found under it, of those keys under which there are any."""
        ...

    def count(self, key: int, most: int) -> int:
        """How many reports are found under a key, counted no further than ``most``."""
        ...

    def notes(self, key: int) -> list[tuple[int, str]]:
        """What reports noted under a key, each with its number."""
        ...


class Ledger(LedgerReading, Protocol):
    """What weighing has unfolded and found so far. Reports go by the number that the case gives them; keys
    are 64-bit digests, and two reports are looked at together only where they share one. Everything written
    between two commits of the case happens together or not at all."""

    def know(self, number: int, known: Known | None) -> None:
        """Keeps what a report says, or forgets it."""
        ...

    def known_of(self, number: int) -> Known | None:
        """What one report says; None where that was not kept."""
        ...

    def mark(self, name: str) -> str | None:
        """What was noted of the case as a whole under a name."""
        ...

    def set_mark(self, name: str, value: str) -> None:
        """Notes something of the case as a whole."""
        ...

    def known(self) -> Iterator[tuple[int, bool, Known]]:
        """The number of each report, whether it is weighed and no reprint, and what it says, by number."""
        ...

    def size(self) -> int:
        """How many reports are weighed, reprints not counted."""
        ...

    def card(self, number: int) -> Card | None:
        """What tells a report from its reprints; None where it is not held."""
        ...

    def put_report(self, number: int, card: Card, facts: bytes) -> None:
        """Keeps what was unfolded from a report."""
        ...

    def mark_reprint(self, number: int, reprint: bool) -> None:
        """Notes whether a report counts as a reprint."""
        ...

    def drop_report(self, number: int) -> None:
        """Forgets a report, its keys, notes and outcome; its pairs must have been dropped before."""
        ...

    def keys(self, number: int, group: str) -> frozenset[int]:
        """The keys of one group under which a report is found."""
        ...

    def set_keys(self, number: int, group: str, keys: Collection[int]) -> None:
        """Puts these keys in place of those that the report had in this group."""
        ...

    def set_notes(self, number: int, notes: Iterable[tuple[int, str]]) -> None:
        """Puts these notes in place of those of the report."""
        ...

    def add_pairs(self, pairs: Iterable[NewPair]) -> None:
        """Keeps findings."""
        ...

    def pairs(self, number: int) -> list[HeldPair]:
        """The findings with a pole in a report."""
        ...

    def tellings(self, key: int) -> tuple[int, list[HeldPair]]:
        """How many tellings of one thing count, and all of them."""
        ...

    def choose(self, key: int, chosen: Collection[int]) -> set[int]:
        """Notes which tellings of one thing count; gives the reports of those findings of which this changes
        whether they count."""
        ...

    def tellings_of(self, pair: int) -> list[int]:
        """Keys of what a finding is one of several tellings of."""
        ...

    def accounts(self, incident: str) -> list[HeldPair]:
        """The findings about an incident."""
        ...

    def drop_pairs(self, pairs: Iterable[int]) -> None:
        """Forgets findings."""
        ...

    def put_outcome(self, number: int, outcome: str) -> None:
        """Keeps what holds of a report, as JSON, in place of what held before."""
        ...

    def outcomes(self) -> Iterator[tuple[str, str]]:
        """Ids of all reports and what holds of them, in the order of their numbers."""
        ...

    def drop_clusters(self, events: Iterable[tuple[str, str]]) -> None:
        """Forgets the clusters that any of these events is in."""
        ...

    def put_cluster(self, events: Iterable[tuple[str, str]], cluster: str) -> None:
        """Keeps a cluster of events, as JSON."""
        ...

    def clusters(self) -> Iterator[str]:
        """All clusters."""
        ...
