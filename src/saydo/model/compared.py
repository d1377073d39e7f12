"""Events of a case beside those of another data set: one type for both, and what a comparison finds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Literal, NamedTuple

Format = Literal["acled", "ucdp", "polecat", "icews"]
Role = Literal["state", "rebels", "militia", "civilians", "protesters", "rioters", "armed"]
"""What somebody is where two data sets name them differently; ``armed`` is armed and no more is known."""
Fineness = Literal["town", "district", "province", "country"]
"""How exact a place is."""
Standing = Literal["matched", "beside", "only"]
"""``beside``: fits an event of the other side that is matched better with another."""
NAMES: Mapping[Format, str] = MappingProxyType(
    {"acled": "ACLED", "ucdp": "UCDP GED", "polecat": "POLECAT", "icews": "ICEWS"}
)


class Party(NamedTuple):
    """Somebody who takes part in an event."""

    name: str
    country: str | None = None
    """ISO 3166-1 alpha-3."""
    role: Role | None = None
    acts: bool | None = None
    """Whether they did it (True) or suffered it (False); None where the data set does not say."""
    aliases: tuple[str, ...] = ()


class Account(NamedTuple):
    """Where one side has an event from: a sentence of a report, or a row of a file."""

    where: str
    """``report:e3`` of the case; ``FILE:LINE`` of a file."""
    words: str
    publisher: str = ""
    published: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class CodedEvent:
    """An event as one coder has it; in time a closed interval of days, at a place in degrees (WGS 84)."""

    id: str
    first: date
    last: date
    types: tuple[str, ...]
    """PLOVER types, or ``type.mode``, that it may be; empty where PLOVER has none."""
    coarse: str
    """What the data set calls it; of the case, what it would call it. Empty where that is not known."""
    fine: str = ""
    told: bool = True
    """False where no time is told and the days before publication stand for it."""
    country: str | None = None
    """ISO 3166-1 alpha-3 of the place."""
    place: str = ""
    lat: float | None = None
    lon: float | None = None
    fineness: Fineness | None = None
    parties: tuple[Party, ...] = ()
    low: int | None = None
    """Fewest and most killed; None where not told."""
    high: int | None = None
    accounts: tuple[Account, ...] = ()


class BadRow(NamedTuple):
    """A row that could not be taken, and why."""

    file: str
    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """How well two events fit, 0 to 1 each; None where one side does not tell."""

    days: int
    """Days between them; 0 where their times touch."""
    km: float | None
    date: float
    place: float
    actors: float | None
    type: float | None
    reasons: tuple[str, ...]


class Match(NamedTuple):
    """An event of the case and one of the file that are taken for the same."""

    ours: CodedEvent
    theirs: CodedEvent
    score: float
    evidence: Evidence


class Limits(NamedTuple):
    """Within what two events may be the same."""

    days: int = 3
    km: float = 50.0
    least: float = 0.6
    """The lowest score of a match."""


class Kappa(NamedTuple):
    """How far two coders agree on a label beyond chance (Cohen 1960)."""

    pairs: int
    observed: float
    """Share of pairs with the same label."""
    kappa: float | None
    """None where both use one label only, so that chance explains everything."""
    low: float | None = None
    """Bounds of the 95 % interval (asymptotic)."""
    high: float | None = None


class Line(NamedTuple):
    """Counts of one type, place or week."""

    key: str
    matched: int
    only_ours: int
    only_theirs: int


class Variant(NamedTuple):
    """How many matches there are with other limits."""

    days: int
    km: float
    matched: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """A case beside a data set."""

    case: str
    format: Format
    files: tuple[str, ...]
    rows: int
    """Rows of the files, bad ones too."""
    limits: Limits
    matches: tuple[Match, ...]
    only_ours: tuple[CodedEvent, ...]
    only_theirs: tuple[CodedEvent, ...]
    beside_ours: tuple[CodedEvent, ...]
    beside_theirs: tuple[CodedEvent, ...]
    left_ours: Mapping[str, int]
    """What of the case is not compared: reason → how many."""
    left_theirs: Mapping[str, int]
    bad: tuple[BadRow, ...]
    span: tuple[date, date] | None
    """The days that are compared; None where nothing is."""
    by_type: tuple[Line, ...] = ()
    by_place: tuple[Line, ...] = ()
    by_week: tuple[Line, ...] = ()
    types: Kappa | None = None
    """Agreement on the label, of pairs that were matched without looking at it."""
    fine_types: Kappa | None = None
    confusion: tuple[tuple[str, str, int], ...] = ()
    """(ours, theirs, pairs) of those pairs."""
    variants: tuple[Variant, ...] = ()
    chance: float | None = None
    """How many matches there are where the rows' days are moved by four weeks, on average of both ways."""
    weekly: float | None = None
    """Pearson's correlation of the weekly counts of both; None below eight weeks."""
    greedy: int = 0
    """Events in groups too large for the best assignment, matched best pair first."""

    @property
    def specific_agreement(self) -> float | None:
        """Share of events that both have, 2m / (2m + only ours + only theirs): chance-corrected measures need
        a count of what neither has, which nobody knows (Hripcsak and Rothschild 2005)."""
        both = 2 * len(self.matches)
        every = both + len(self.only_ours) + len(self.only_theirs)
        return both / every if every else None
