"""Who is who over a whole case: which actors of several reports are one, by which step, and what is open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

from saydo.model.records import Actor, Record


class Sight(NamedTuple):
    """A mention as evidence: where an actor goes by these words. Offsets are code points, half-open."""

    document: str
    mention: str
    start: int
    end: int
    words: str


class Merge(NamedTuple):
    """That ``merged`` is taken for ``actor``, and why."""

    actor: str
    """Id of the actor that it is taken for."""
    merged: str
    """Id that the reports' own records give it."""
    document: str | None
    """The one report in which it is taken so; None where it is so in all of them."""
    rule: str
    """``spelling``, ``shorter name``, ``wording``, ``abbreviation``, ``last name``, ``title``, ``also known
    as`` or ``decision``."""
    reason: str
    evidence: tuple[Sight, ...] = ()
    decision: int | None = None
    """Number of the person's decision that it follows."""


class Candidate(NamedTuple):
    """Whom an open question may mean."""

    actor: str
    name: str
    reason: str
    """What speaks for it."""
    against: str
    """What speaks against it; empty where only the number of candidates does."""
    evidence: tuple[Sight, ...] = ()


class Question(NamedTuple):
    """Actors that may be one, which nobody but a person can tell."""

    id: str
    """The same as long as the same actors are in question."""
    actor: str
    name: str
    documents: tuple[str, ...]
    """The reports in which it is open who is meant; empty where the actor as a whole is in question."""
    candidates: tuple[Candidate, ...]
    evidence: tuple[Sight, ...] = ()


@dataclass(frozen=True, slots=True)
class Identities:
    """Under which id each actor of each report counts in the case."""

    whole: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Id of the records → id in the case, wherever it stands; ids that stay themselves are left out."""
    here: Mapping[tuple[str, str], str] = field(default_factory=lambda: MappingProxyType({}))
    """(report, id of its record) → id in the case; goes before ``whole``."""
    actors: Mapping[str, Actor] = field(default_factory=lambda: MappingProxyType({}))
    """Id in the case → the actor, for those that something was merged into or that were set apart."""
    merges: tuple[Merge, ...] = ()
    questions: tuple[Question, ...] = ()
    lost: frozenset[int] = frozenset()
    """Numbers of decisions on actors that match nothing in the case."""
    _edges: dict[str, list[Merge]] = field(default_factory=dict, repr=False, compare=False)

    def __reduce__(self) -> tuple[object, ...]:
        """How it is pickled: views of mappings cannot be."""
        rest = (self.merges, self.questions, self.lost)
        return Identities, (dict(self.whole), dict(self.here), dict(self.actors), *rest)

    def of(self, document: str, actor: str) -> str:
        """The id under which an actor of a report counts."""
        found = self.here.get((document, actor))
        return found if found is not None else self.whole.get(actor, actor)

    def applied(self, record: Record) -> Record:
        """The record with the ids and actors of the case in place of its own; itself where none differs."""
        changed = {a.id: self.of(record.id, a.id) for a in record.actors}
        if all(old == new and new not in self.actors for old, new in changed.items()):
            return record
        actors: dict[str, Actor] = {}
        for actor in record.actors:
            id = changed[actor.id]
            actors.setdefault(id, self.actors.get(id) or actor)
        mentions = tuple(
            m.model_copy(update={"actor": changed[m.actor]}) if m.actor in changed else m
            for m in record.mentions
        )
        return record.model_copy(update={"actors": tuple(actors.values()), "mentions": mentions})

    def into(self) -> dict[str, tuple[Merge, ...]]:
        """Id in the case → the merges that made it what it is."""
        found: dict[str, tuple[Merge, ...]] = {}
        for merge in self.merges:
            id = self.of(merge.document or "", merge.actor)
            found[id] = (*found.get(id, ()), merge)
        return found

    def steps(self, document: str, actor: str) -> tuple[Merge, ...]:
        """The merges by which an actor of a report came to its id in the case, in order; the shortest way."""
        if not self._edges:
            for merge in self.merges:
                self._edges.setdefault(merge.merged, []).append(merge)
                self._edges.setdefault(merge.actor, []).append(merge)
        goal = self.of(document, actor)
        ways: dict[str, tuple[Merge, ...]] = {actor: ()}
        frontier = [actor]
        while frontier and goal not in ways:
            reached = []
            for at in frontier:
                for merge in self._edges.get(at, []):
                    there = merge.actor if merge.merged == at else merge.merged
                    if there not in ways and merge.document in (None, document):
                        ways[there] = (*ways[at], merge)
                        reached.append(there)
            frontier = reached
        return ways.get(goal, ())


NOBODY = Identities()
"""Nothing merged: every actor is what its report takes it for."""
