"""Whether two clauses may speak of one matter: things, places, times and numbers in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from saydo.codebook.entries import Codebook
from saydo.coding.clauses import Clauses
from saydo.coding.flagged_doers import Doers
from saydo.coding.flagged_tellings import Telling, Tellings
from saydo.model.linked import LinkedPlace, LinkedReading
from saydo.model.records import Place

LOOSE = frozenset(
    "people person man woman number member group part thing way time day week month year case place side "
    "area end move step matter state lot kind bit sort hand head million thousand hundred dozen percent fact "
    "reality truth ground monday tuesday wednesday thursday friday saturday sunday today yesterday".split()
)
"""Nouns that say nothing of the matter."""
_GENERAL = frozenset(
    {"any", "no", "all", "every", "none", "anybody", "anyone", "anything", "nobody", "nothing"}
)
_WIDE = frozenset({"country", "admin1", "region"})
_MOVES = frozenset({"leave", "stay", "enter"})
"""Doings of which the object is where: a part of it may be named ("left the city")."""


@dataclass(frozen=True, slots=True)
class Matters:
    """What the clauses of one document are about."""

    linked: LinkedReading
    clauses: Clauses
    tellings: Tellings
    doers: Doers
    things: Mapping[str, str]
    """Noun → list of nouns for one thing."""

    @classmethod
    def of(
        cls, linked: LinkedReading, clauses: Clauses, tellings: Tellings, doers: Doers, codebook: Codebook
    ) -> Matters:
        things: dict[str, str] = {}
        for name, entry in codebook.cues.items():
            if name.startswith("thing-"):
                for noun in entry.phrases:
                    things.setdefault(noun.lower(), name)
        return cls(linked, clauses, tellings, doers, MappingProxyType(things))

    # --- things -------------------------------------------------------------------------------------------

    def about(self, said: Telling, told: Telling, lenient: bool) -> float:
        """How surely what is told is of the thing that was spoken of; 0 where of another.

        ``lenient``: after a cue by which the two are set against each other, places may be named by a part.
        """
        if said.trigger == told.trigger or self.apart(said, told):
            return 0.0
        mine, its = self.nouns(said.objects), self.nouns(told.objects)
        others = self.nouns(told.others)
        more = self.nouns(said.others)
        if not mine:
            return 0.9 if not more or self.meet(more, its | others) or not (its | others) else 0.6
        main = self._main(said.objects)
        if self.meet(main, its) or (not its and self.meet(main, others)):
            return 1.0
        if self.meet(mine, its | others):
            return 0.85
        pronoun = any(
            self.clauses.tokens[c].upos == "PRON"
            for h in told.objects
            for c in (h, *self.clauses.with_rel(h, "nmod"))
        )
        if (pronoun or not told.objects) and self.meet(more, others):
            return 0.85
        if pronoun or self._wide(said.objects):
            return 0.7
        if lenient and (said.doing in _MOVES or not told.objects):
            return 0.7
        return 0.0

    def _main(self, heads: Iterable[int]) -> frozenset[str]:
        return (
            frozenset(
                t.lemma.lower()
                for h in heads
                if (t := self.clauses.tokens[self.doers.noun(h)]).upos in ("NOUN", "PROPN")
            )
            - LOOSE
        )

    def nouns(self, heads: Sequence[int]) -> frozenset[str]:
        """The nouns of some phrases, pronouns by what they stand for."""
        found = {w for h in heads for w in self.tellings.words([self.doers.noun(h)])}
        for h in heads:
            for c in self.clauses.with_rel(h, "nmod"):  # "sixty *of them*"
                if self.clauses.tokens[c].upos == "PRON":
                    found.update(self.tellings.words([self.doers.noun(c)]))
        return frozenset(found) - LOOSE

    def meet(self, mine: frozenset[str], its: frozenset[str]) -> bool:
        """Whether two sets of nouns share one, or nouns for one thing."""
        if mine & its:
            return True
        return bool({self.things.get(w) for w in mine} & {self.things.get(w) for w in its} - {None})

    def _wide(self, heads: Iterable[int]) -> bool:
        """ "Any neighbour", "all captives": words that cover whatever is of the kind."""
        return any(
            self.clauses.tokens[c].lemma.lower() in _GENERAL
            for h in heads
            for c in (h, *self.clauses.with_rel(h, "det"))
        )  # fmt: skip

    # --- where and when -----------------------------------------------------------------------------------

    def apart(self, said: Telling, told: Telling) -> bool:
        """Whether place or time are given on both sides and do not agree."""
        first, second = (self._clause(t) for t in (said, told))
        if said.realis != "future" and self._times_apart(first, second):
            return True
        mine, its = self._places(first), self._places(second)
        if mine and its:
            return not any(_within(b.place, a.place) or _within(a.place, b.place) for a in mine for b in its)
        names, others = (self._names(t) for t in (said, told))
        return bool(names and others) and not names & others

    def _names(self, telling: Telling) -> frozenset[str]:
        """Names in its phrases, other than of who did it: another jail is another matter."""
        words = {
            self.clauses.tokens[i].lemma.lower()
            for h in (*telling.objects, *telling.others)
            for i in self.clauses.subtree(self.doers.noun(h))
            if self.clauses.tokens[i].upos == "PROPN" and i not in self.tellings.timed
        }
        return frozenset(words)

    def _clause(self, telling: Telling) -> frozenset[int]:
        heads = (telling.trigger, *telling.doers, *telling.objects, *telling.others)
        sentence = self.clauses.tokens[telling.trigger].sentence
        return frozenset(
            i for h in heads for i in self.clauses.subtree(h) if self.clauses.tokens[i].sentence == sentence
        )

    def _places(self, tokens: frozenset[int]) -> list[LinkedPlace]:
        return [
            p
            for p in self.linked.places
            if not p.metonym and p.tokens[0] in tokens and p.place.precision is not None
        ]

    def _times_apart(self, first: frozenset[int], second: frozenset[int]) -> bool:
        mine, its = (
            [(t.time.from_, t.time.to) for t in self.linked.times if t.head in side and t.opened is None]
            for side in (first, second)
        )
        pairs = [(a, b) for a in mine for b in its if all((*a, *b))]
        return bool(pairs) and all(a[1] < b[0] or b[1] < a[0] for a, b in pairs)  # type: ignore[operator]

    # --- numbers ------------------------------------------------------------------------------------------

    def counts_differ(self, said: Telling, told: Telling) -> bool:
        """Whether both give a number of one thing, and not both can be right."""
        for h, a in said.counts:
            for k, b in told.counts:
                one, other = self._main([h]), self._main([k])
                if (one or other) and not self.meet(one, other):
                    continue
                low, high = (a, b) if a.low <= b.low else (b, a)
                if low.high is not None and low.high < high.low:
                    return self._one_incident(said, told)
        return False

    def _one_incident(self, said: Telling, told: Telling) -> bool:
        if self.meet(self.nouns(said.others), self.nouns(told.others)):
            return True
        first, second = (self._sentence(t.trigger) for t in (said, told))
        here, there = self._places(first), self._places(second)
        if any(a.place.geonames_id == b.place.geonames_id for a in here for b in there):
            return True
        return self._one_day(first, second)

    def _sentence(self, i: int) -> frozenset[int]:
        number = self.clauses.tokens[i].sentence
        return frozenset(t.i for t in self.clauses.tokens if t.sentence == number)

    def _one_day(self, first: frozenset[int], second: frozenset[int]) -> bool:
        mine, its = (
            {
                (t.time.from_, t.time.to)
                for t in self.linked.times
                if t.head in side and t.time.precision == "day"
            }
            for side in (first, second)
        )
        return bool(mine & its)


def _within(a: Place, b: Place) -> bool:
    """Whether one resolved place lies in, or is, another."""
    if a.geonames_id is not None and a.geonames_id == b.geonames_id:
        return True
    if a.country is None or b.country is None:
        return True
    if a.country != b.country:
        return False
    if b.precision == "country":
        return True
    return b.precision in _WIDE and a.admin1 == b.admin1
