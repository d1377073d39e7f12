"""What goes between the process that keeps a ledger and those that weigh for it: plain values.

A portion of reports is weighed in four rounds of questions. :class:`Bring`: what is each report by itself?
Then they are entered, and all are told of the :class:`Change`. :class:`Find`: under what keys will others
find it? All are told whom they may :class:`Meet`. :class:`Weigh`: what is found of it, and by what? And when
the findings are ranked, :class:`Settle`: what then holds of it? See docs/decisions/0027-weighing-by-many.md.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from saydo.model.identity import Identities
from saydo.model.ledger import NewPair
from saydo.weighing.decided import Decided
from saydo.weighing.sources import Source
from saydo.weighing.upkeep import Entry, Reach


class Look(NamedTuple):
    """What do these reports say for themselves? Gives (number, :class:`Known`), None for one not coded."""

    numbers: tuple[int, ...]


class Bring(NamedTuple):
    """What is each of these reports by itself? Gives (number, :class:`Brought`)."""

    numbers: tuple[int, ...]


class Find(NamedTuple):
    """Under what keys will others find each of these reports? Gives :class:`Findable`."""

    reports: tuple[tuple[int, tuple[str, ...]], ...]
    """Each with the families of rules to which that matters."""


class Weigh(NamedTuple):
    """What do rules find of each of these reports? Gives :class:`Made`."""

    reports: tuple[tuple[int, tuple[str, ...]], ...]


class Ask(NamedTuple):
    """What do these reports, which are not weighed again, find in the conduct that the others tell? Gives
    :class:`Made`."""

    numbers: tuple[int, ...]


class Settle(NamedTuple):
    """What holds of each of these reports? Gives (number, outcome as JSON)."""

    reports: tuple[tuple[int, tuple[str, ...]], ...]
    """Each with the findings that stand, as JSON."""


Task = Look | Bring | Find | Weigh | Ask | Settle


class Brought(NamedTuple):
    """What a report is by itself, and what it lets others find."""

    source: Source
    entry: Entry
    reach: Reach
    incidents: array[int]
    """Keys under which those are found that may tell of its incidents."""
    several: bool
    """Whether some of its own incidents may be one."""
    identity: str
    """Under which actors of the case it stands."""
    ties: str
    """What it tells of ties, as JSON."""


class Came(NamedTuple):
    """A report that was asked for."""

    number: int
    words: int
    brought: Brought | None
    """None where it has no record any more."""


class Findable(NamedTuple):
    """How a report will be found."""

    number: int
    keys: dict[str, tuple[array[int], array[int]]]
    """Family → the keys under which others find it, and those that what it reads off rests on."""
    told: array[int]
    """Keys of the reports that ask for conduct which it tells."""


class Made(NamedTuple):
    """What was found of a report."""

    number: int
    pairs: tuple[NewPair, ...]
    keys: dict[str, array[int]]
    """Family → the keys on which that rests."""


class Begun(NamedTuple):
    """By whom and by what a case is weighed from now on."""

    who: Identities
    decided: Decided


class Change(NamedTuple):
    """What a portion has changed in the ledger before it is weighed."""

    size: int
    gone: frozenset[int]
    """Reports of which nothing that was written before holds."""
    names: Mapping[str, int]
    """Id of each report that entered → its number."""
    facts: Mapping[int, bytes]
    keys: array[int]
    """Under which those that entered are found."""
    numbers: array[int]
    """Beside each key: by whom."""
    notes: tuple[tuple[int, int, str], ...]
    """(key, number, note)."""
    linked: frozenset[tuple[str, str]]
    """Actors whose ties may be others now, each with a spell of time."""
    named: frozenset[str]
    dirty: Mapping[str, frozenset[int]]
    """Family → the reports that are weighed by its rules."""


class Meet(NamedTuple):
    """Under what keys the reports of a portion are found."""

    keys: array[int]
    numbers: array[int]

    @classmethod
    def none(cls) -> Meet:
        """Nobody is found."""
        return cls(array("q"), array("q"))


class Over(NamedTuple):
    """The portion is written; the ledger has all of it."""


News = Begun | Change | Meet | Over


class Hands(Protocol):
    """Those that weigh."""

    def tell(self, news: News) -> None:
        """Everybody hears this before whatever is asked later."""
        ...

    def ask(self, tasks: Sequence[Task]) -> Iterator[Sequence[Any]]:
        """The answers, in the order of the tasks."""
        ...
