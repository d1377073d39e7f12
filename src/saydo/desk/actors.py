"""The actors of a whole case: what its records say of each, put together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from saydo.model.case import CaseActor
from saydo.model.records import Actor, Record

_TRUST = ("codebook", "office", "person", "name", "introduced", "alias", "coreference")
"""Ways of resolving an actor, most telling first; of several, the first one's name and kind are kept."""


@dataclass
class _Tally:
    """One actor while the records are gone through."""

    best: Actor
    names: dict[str, None] = field(default_factory=dict)
    """Names and aliases in the order in which they were met."""
    country: str | None = None
    sector: str | None = None
    wikidata: str | None = None
    documents: dict[str, None] = field(default_factory=dict)
    mentions: int = 0
    events: int = 0
    ties: int = 0
    statements: int = 0

    def meet(self, actor: Actor, document: str) -> None:
        """Another record that knows this actor."""
        self.documents[document] = None
        for name in (actor.name, *actor.aliases):
            self.names[name] = None
        if _TRUST.index(actor.resolved_by) < _TRUST.index(self.best.resolved_by):
            self.best = actor
        self.country = self.country or actor.country
        self.sector = self.sector or actor.sector
        self.wikidata = self.wikidata or actor.wikidata

    def done(self) -> CaseActor:
        """The merged actor; what the best resolution leaves open is filled from the others."""
        best = self.best
        merged = best.model_copy(
            update={
                "aliases": tuple(name for name in self.names if name != best.name),
                "country": best.country or self.country,
                "sector": best.sector or self.sector,
                "wikidata": best.wikidata or self.wikidata,
            }
        )
        return CaseActor(
            merged, tuple(self.documents), self.mentions, self.events, self.ties, self.statements
        )


def merge_actors(records: Iterable[Record]) -> tuple[CaseActor, ...]:
    """All actors of the records, by id. Goes through the records once and keeps none of them."""
    tallies: dict[str, _Tally] = {}
    for record in records:
        for actor in record.actors:
            tallies.setdefault(actor.id, _Tally(actor)).meet(actor, record.id)
        _count(record, tallies)
    return tuple(tallies[id].done() for id in sorted(tallies))


def _count(record: Record, tallies: dict[str, _Tally]) -> None:
    of = {mention.id: mention.actor for mention in record.mentions if mention.actor in tallies}
    for actor in of.values():
        if actor is not None:
            tallies[actor].mentions += 1
    for event in record.events:
        for actor in _actors(of, (*event.actors, *event.recipients)):
            tallies[actor].events += 1
    for tie in record.ties:
        for actor in _actors(of, (tie.from_, tie.to)):
            tallies[actor].ties += 1
    for statement in record.statements:
        source = statement.source_mention
        for actor in _actors(of, (source,) if source else ()):
            tallies[actor].statements += 1


def _actors(of: Mapping[str, str | None], mentions: Iterable[str]) -> set[str]:
    """The actors behind some mentions, each once."""
    return {actor for mention in mentions if (actor := of.get(mention)) is not None}
