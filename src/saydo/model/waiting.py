"""What review, actors and audit ask of a case: what waits for a person, what was decided, who an actor is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple, Protocol

from saydo.model.case import CaseActor, Spell
from saydo.model.choices import Decision, Version
from saydo.model.identity import Merge, Question, Sight
from saydo.model.lookups import Cursor, Slice
from saydo.model.standing import State, What

Order = Literal["doubt", "weight"]
STATES: tuple[State, ...] = ("accepted", "rejected", "corrected", "flagged", "added")


class QueueFilter(NamedTuple):
    """Which findings wait; every condition must hold, an empty one always does."""

    what: tuple[What, ...] = ("event", "tie", "statement")
    kinds: tuple[str, ...] = ()
    actor: str | None = None
    """Id of an actor of the case that takes part."""
    since: str | None = None
    until: str | None = None
    rule: str | None = None
    document: str | None = None
    order: Order = "doubt"
    """The least sure first, or those on which most rests (and only those)."""


class Waiting(NamedTuple):
    """A finding on which nobody decided yet."""

    document: str
    what: What
    finding: str
    kind: str
    score: float
    weight: int
    """How many discrepancies and ties over time rest on it."""
    key: tuple[str | int | float, ...]
    """Where it stands in the list."""


class Settled(NamedTuple):
    """A finding on which somebody decided."""

    document: str
    what: What
    finding: str
    state: State
    decision: Decision
    proposal: tuple[tuple[str, str, str], ...] = ()
    now: Version | None = None


class Progress(NamedTuple):
    """How far a review is. ``more`` says that there are more than were counted."""

    decided: int
    total: int
    more: bool


class LogFilter(NamedTuple):
    """Which decisions to list."""

    who: str | None = None
    kinds: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    document: str | None = None
    undone: bool | None = None


class Logged(NamedTuple):
    """A decision in the log."""

    decision: Decision
    undone_by: int | None
    """Number of the decision that cancels it, where that holds."""
    lost: bool
    """Whether it matches nothing in the case any more."""


class Sighting(NamedTuple):
    """A name by which reports call an actor."""

    words: str
    times: int
    reports: int
    first: Sight
    """Where it is first seen."""


class WaitingLookups(Protocol):
    """Questions of review, actors and audit. All raise StoreError with a line for a person."""

    def queue(self, where: QueueFilter, cursor: Cursor | None, limit: int) -> Slice[Waiting]:
        """Findings on which nobody decided."""
        ...

    def queue_progress(self, where: QueueFilter) -> Progress:
        """How many of the findings that pass a filter are decided on."""
        ...

    def rules(self, where: QueueFilter) -> tuple[tuple[str, int], ...]:
        """Rules of the findings that wait first, most used first."""
        ...

    def settled(
        self, states: tuple[State, ...], document: str | None, cursor: Cursor | None, limit: int
    ) -> Slice[Settled]:
        """Findings on which somebody decided, the latest decision first; without states those of which the
        coder changed its mind since."""
        ...

    def settled_counts(self) -> dict[str, int]:
        """State → how many findings are in it; ``proposal`` → of how many the coder changed its mind."""
        ...

    def stances_in(self, document: str) -> tuple[Settled, ...]:
        """What was decided about findings of a report."""
        ...

    def log(self, where: LogFilter, cursor: Cursor | None, limit: int) -> Slice[Logged]:
        """Decisions, the latest first."""
        ...

    def deciders(self) -> tuple[tuple[str, int], ...]:
        """Who decided how often."""
        ...

    def step(self, together: str) -> tuple[int, ...]:
        """Numbers of the decisions made in one step that still hold."""
        ...

    def actors_called(
        self, name: str, kind: str | None, cursor: Cursor | None, limit: int
    ) -> Slice[CaseActor]:
        """Actors one of whose names has a word that begins so, those named in most reports first; all of
        them where no name is given."""
        ...

    def actor_kinds(self) -> tuple[tuple[str, int], ...]:
        """Kinds of actors, the most frequent first."""
        ...

    def actor(self, id: str) -> CaseActor | None:
        """An actor by its id in the case, or by one that was merged into it; None where there is none."""
        ...

    def spells_of(self, actor: str, limit: int) -> tuple[Spell, ...]:
        """Ties over time of an actor, by type and beginning."""
        ...

    def doings_of(self, actor: str, what: What, limit: int) -> tuple[tuple[str, str], ...]:
        """``(report, finding)`` of the latest findings in which an actor takes part."""
        ...

    def places_of(self, actor: str, limit: int) -> tuple[tuple[str, int], ...]:
        """Where events in which an actor takes part happened, most first."""
        ...

    def sightings(self, actor: str, limit: int) -> tuple[Sighting, ...]:
        """By what words reports call an actor of the case, most used first."""
        ...

    def own_names(self, actors: Iterable[str]) -> Mapping[str, str]:
        """Id of an actor in the records, merged or not → a name that a record gives it."""
        ...

    def merges_of(self, actor: str) -> tuple[Merge, ...]:
        """The merges that made an actor of the case what it is."""
        ...

    def questions_of(self, actor: str | None, limit: int, skip: int = 0) -> tuple[Question, ...]:
        """Open questions that an actor is in; of all actors where none is given, those that touch most
        reports first."""
        ...

    def questions_count(self) -> int:
        """How many questions are open."""
        ...
