"""Who is spoken of on the two sides of a contrast: one and the same, a part of it, or perhaps it.

Names are rarely repeated: "it", "its gunners", "the guards", "soldiers". Strength 1 where the actor is the
same, less the more is guessed, 0 where somebody else is meant.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from saydo.codebook.entries import Codebook
from saydo.coding.clauses import Clauses
from saydo.coding.flagged_poles import Poles
from saydo.model.linked import LinkedMention

_CONTENT = frozenset({"NOUN", "PROPN"})
_PERSONAL = frozenset({"he", "she", "him", "her", "his", "i", "me", "my"})
LOOSELY = 0.8
"""How surely a thing that is somebody's is told of in its place."""
_MANY = frozenset({"they", "their", "them"})
_PLAIN = {"his": "he", "him": "he", "her": "she", "its": "it", "their": "they", "them": "they"}
_ACTING = frozenset({"person", "group", "government", "military", "organisation", "igo", "media"})
_STEPS = 4
_TITLES = frozenset({"spokesman", "spokeswoman", "spokesperson", "official", "source", "statement"})


class Who(NamedTuple):
    """Somebody as the text speaks of it."""

    actors: frozenset[str]
    nouns: frozenset[str]
    owners: frozenset[str]
    """Actors whose it is: "*its* gunners"."""
    owner_nouns: frozenset[str]
    pronoun: str
    """The pronoun, where nothing is known that it stands for."""
    kinds: frozenset[str]


NOBODY = Who(frozenset(), frozenset(), frozenset(), frozenset(), "", frozenset())


@dataclass(frozen=True, slots=True)
class Doers:
    """The people of a document, by the words that name them."""

    poles: Poles
    clauses: Clauses
    heads: dict[int, LinkedMention]
    bodies: frozenset[str]
    """Nouns for people under somebody's command: soldiers, officers, guards."""
    rivals: frozenset[str]
    """Nouns for people who are somebody's and do not act for it: its rival, its victims."""

    @classmethod
    def of(cls, poles: Poles, clauses: Clauses, codebook: Codebook) -> Doers:
        heads: dict[int, LinkedMention] = {}
        for m in poles.linked.mentions:
            if m.head not in heads or m.actor is not None:
                heads[m.head] = m
        bodies, rivals = (frozenset(codebook.phrases(f"contrast-{name}")) for name in ("bodies", "rivals"))
        return cls(poles, clauses, heads, bodies, rivals)

    def noun(self, head: int) -> int:
        """The noun that a pronoun or a description stands for, as linking and the reader know it."""
        reading = self.poles.linked.reading
        for _ in range(_STEPS):
            if self.clauses.tokens[head].upos in _CONTENT:
                return head
            mention = self.heads.get(head)
            if mention is not None and mention.stands_for in self.poles.mentions:
                after = self.poles.mentions[mention.stands_for or ""].head
            else:
                k = next((k for k, m in enumerate(reading.mentions) if m.head == head), None)
                link = next((x for x in reading.links if x.mention == k), None) if k is not None else None
                if link is None or link.antecedent < 0:
                    return head
                after = reading.mentions[link.antecedent].head
            if after == head:
                return head
            head = after
        return head

    def who(self, heads: Iterable[int]) -> Who:
        """All of those that some heads name."""
        found = [self._one(h) for h in heads]
        if not found:
            return NOBODY
        return Who(
            frozenset().union(*(f.actors for f in found)),
            frozenset().union(*(f.nouns for f in found)),
            frozenset().union(*(f.owners for f in found)),
            frozenset().union(*(f.owner_nouns for f in found)),
            next((f.pronoun for f in found if f.pronoun), ""),
            frozenset().union(*(f.kinds for f in found)),
        )

    def _one(self, head: int) -> Who:
        noun = self.noun(head)
        mentions = [m for m in (self.heads.get(head), self.heads.get(noun)) if m is not None]
        actors = self.poles.bases(m.id for m in mentions)
        token = self.clauses.tokens[noun]
        named = token.upos in _CONTENT
        owners: frozenset[str] = frozenset()
        owner_nouns: frozenset[str] = frozenset()
        for c in self.clauses.children[noun] if named else ():
            relation = self.clauses.tokens[c].deprel
            if relation == "nmod:poss" or (relation == "nmod" and self.clauses.preposition(c) == "of"):
                owner = self._owner(c)
                owners |= owner.actors
                owner_nouns |= owner.nouns
        kinds = frozenset(m.type for m in mentions)
        nouns = frozenset({token.lemma.lower()} if named else ())
        return Who(actors, nouns, owners, owner_nouns, "" if named or actors else token.text.lower(), kinds)

    def _owner(self, c: int) -> Who:
        noun = self.noun(c)
        mentions = [m.id for i in (c, noun) if (m := self.heads.get(i)) is not None]
        token = self.clauses.tokens[noun]
        nouns = frozenset({token.lemma.lower()}) if token.upos in _CONTENT else frozenset()
        return Who(self.poles.bases(mentions), nouns, frozenset(), frozenset(), "", frozenset())

    # --- asking -------------------------------------------------------------------------------------------

    def same(self, mine: Who, its: Who, ahead: bool = False) -> float:
        """How surely ``its``, who is told of, is ``mine``, who is spoken of, or a part of it. ``ahead``: the
        name comes after the pronoun ("despite *its* pledge, the yard …")."""
        if mine.actors and its.actors:
            if (ties := self.poles.linked_by(mine.actors, its.actors)) is not None:
                return 0.9 if ties else 1.0
            return 0.0
        if its.nouns & self.rivals:
            return 0.9 if mine.nouns & its.nouns else 0.0
        if mine.owners & its.actors:
            return 0.95
        if (mine.actors & its.owners) or (mine.nouns & its.owner_nouns):
            # its gunners act for it, its jails perhaps, its case or its growth do nothing
            return 0.95 if its.kinds & _ACTING or its.nouns & self.bodies else LOOSELY
        shared = (mine.nouns & its.nouns) - _TITLES
        if shared and not (mine.owners and its.owners and not mine.owners & its.owners):
            return 0.9
        if its.owners or its.owner_nouns - _TITLES:
            return 0.8 if mine.owners & its.owners or mine.owner_nouns & its.owner_nouns else 0.0
        if its.pronoun:
            return self._pronoun(mine, its.pronoun)
        if mine.pronoun:
            return 0.85 if ahead and self._fits(mine.pronoun, its) else 0.0
        if its.nouns and its.nouns <= self.bodies and not its.actors and not mine.pronoun:
            commands = bool(mine.kinds & {"government", "military", "nationality", "place"})
            return 0.8 if commands or mine.nouns & self.bodies else 0.0
        return 0.0

    def _pronoun(self, mine: Who, pronoun: str) -> float:
        if mine.pronoun:
            return 0.85 if _PLAIN.get(mine.pronoun, mine.pronoun) == _PLAIN.get(pronoun, pronoun) else 0.0
        return 0.8 if self._fits(pronoun, mine) else 0.0

    def _fits(self, pronoun: str, who: Who) -> bool:
        if pronoun in _PERSONAL:
            return "person" in who.kinds or not who.kinds
        return who.kinds != {"person"} or pronoun in _MANY
