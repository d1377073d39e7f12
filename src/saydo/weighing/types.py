"""What goes into weighing and what comes out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from saydo.model.case import Commitment, Spell
from saydo.model.citations import Ref
from saydo.model.identity import NOBODY, Identities
from saydo.model.records import Discrepancy, Pole, Record


class WeighedReport(NamedTuple):
    """One coded report: its record and the text that the record's offsets point into."""

    record: Record
    text: str


class Kept(NamedTuple):
    """A pledge that a report says, or shows, was kept."""

    speaker: str
    speaker_name: str
    statement: Pole
    by: tuple[Pole, ...]
    explanation: str
    rule: str
    score: float


class EventCluster(NamedTuple):
    """Reports of one incident, from one or more documents, and why they were taken for one."""

    id: str
    type: str
    members: tuple[Ref, ...]
    """Event ids, in the order of date, document and text."""
    reason: str


class Tally(NamedTuple):
    """How many of a speaker's commitments were kept, broken, or neither as far as the reports say."""

    speaker: str
    speaker_name: str
    kept: int
    broken: int
    open: int


@dataclass(frozen=True, slots=True)
class Weighed:
    """Everything found by setting reports against each other; strongest first, then by id."""

    discrepancies: tuple[Discrepancy, ...]
    """Those inferred. What a report's own record holds as flagged is not repeated here."""
    kept: tuple[Kept, ...]
    clusters: tuple[EventCluster, ...]
    """Incidents with more than one report of them."""
    commitments: tuple[Commitment, ...]
    """Every pledge of a known speaker with what became of it, in the order of the reports."""
    tallies: tuple[Tally, ...]
    """Per speaker, by speaker id."""
    identities: Identities = NOBODY
    """Which actors of the reports are one, and which may be."""
    spells: tuple[Spell, ...] = ()
    """Ties of the case with the time for which they held, by their ends."""
    lost: frozenset[int] = frozenset()
    """Numbers of decisions on actors and events that match nothing."""
    rejected: frozenset[int] = frozenset()
    """Numbers of the decisions by which a discrepancy is not among those found."""
