"""Doings in their own words: which clauses of two reports speak of one and the same thing.

No type says what "discharge no more waste into the river" is about; the words do: the same list of verbs, the
same things, the same names. What is promised or denied must be found again in what is reported, not the other
way round.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from saydo.codebook import Codebook
from saydo.model.ids import fold
from saydo.weighing.acts import Act
from saydo.weighing.parties import Coverage, Party, possessed, singular

_LOOSE = frozenset(
    "report story claim rumour rumor allegation charge suggestion notion assertion people person man "
    "woman number member group part thing way time day week month year case country place side area work "
    "use end move step plan deal issue matter state lot kind bit sort hand head tonne ton metre cent "
    "penny centime kopek lira franc meter litre kilo pound dollar euro million thousand hundred dozen "
    "percent some any all other more".split()
)
_PRONOUNS = frozenset(
    "nobody none nothing anybody anyone everybody everyone "
    "it they them them he him she her we us i me you this that these those who which itself".split()
)
_PLACES = frozenset("town village city place area quarter district island port camp valley post base".split())
_SKIPPED = _LOOSE | _PRONOUNS


_SOMEBODY = frozenset({"person", "group", "organisation", "government", "military", "igo", "media"})


class Fit(NamedTuple):
    """How well an act lies within what words cover, and on what this rests."""

    strength: float
    on: str


class Things(NamedTuple):
    """Nouns for one and the same thing: noun → the name of its list, or itself."""

    of: Mapping[str, str]

    @classmethod
    def read(cls, codebook: Codebook) -> Things:
        """The lists ``thing-…`` of a codebook."""
        found: dict[str, str] = {}
        for name, entry in codebook.cues.items():
            if name.startswith("thing-"):
                for noun in entry.phrases:
                    found.setdefault(singular(fold(noun)), name)
        return cls(MappingProxyType(found))

    def alike(self, words: Iterable[str]) -> frozenset[str]:
        """Words and the names of their lists."""
        listed = tuple(words)
        return frozenset((*listed, *(self.of[w] for w in listed if w in self.of)))

    def __call__(self, word: str, among: frozenset[str]) -> bool:
        """Whether a word, or another for the same thing, is among words (with the names of their lists)."""
        return word in among or self.of.get(word, "") in among


def worded_fit(scope: Act, conduct: Act, coverage: Coverage, context: str, things: Things) -> Fit | None:
    """Whether conduct is of the thing that words speak of: every known party, every name and the main noun of
    the words must be found again. ``context``: the folded words of the conduct's sentence and the one before.
    """
    own = {p.actor for p in (*scope.actors, *conduct.actors) if p.actor}
    strength = 1.0
    on: list[str] = []
    for party in scope.recipients:
        if party.actor in own or _pronoun(party):
            continue
        if party.actor is None and not party.named:
            continue  # compared as a word
        if not _met(party, conduct, coverage, context):
            return None
        on.append(party.name)
    if scope.site is not None and conduct.site is not None and not scope.site.agrees(conduct.site):
        if not any(coverage.covers_site(p, conduct.site) for p in scope.recipients if p.actor not in own):
            return None
    if scope.site is not None and scope.site.local and conduct.site is None:
        if f" {scope.site.name} " not in context:
            return None
    names = {fold(p.name) for p in (*scope.actors, *conduct.actors)}
    mine = {p.head for p in scope.recipients if p.actor in own or possessed(p)}
    wanted = [
        w
        for w in scope.words
        if w not in _SKIPPED and w not in mine and not any(w in n.split() for n in names)
    ]
    there = things.alike((*conduct.words, *conduct.others))
    more = [w for w in scope.others if w not in _SKIPPED]
    met = [w for w in more if things(w, there) or f" {w}" in context]
    if wanted and _PLACES & set(conduct.words) and f" {wanted[0]} " in context:
        there = there | {wanted[0]}  # "the town", named in the sentence before
    if wanted and not any(things(w, there) for w in wanted):
        if not (_PRONOUNS & {*scope.words, *conduct.words}) or len(met) < 2:
            return None
        strength *= 0.8  # "drove them from the camp across the river"
        on.append(met[0])
    elif wanted:
        main = wanted[0]
        if main in there:
            on.append(main)
        else:
            strength *= 0.9 if things(main, there) else 0.85
            on.append(next(w for w in wanted if things(w, there)))
        missing = [w for w in wanted[1:] if not things(w, there) and f" {w}" not in context]
        if missing and len(conduct.words) > 1:
            # "the closing of ticket offices" is no "closing of level crossings"
            if not any(things(w, there) for w in wanted[1:]):
                return None
            strength *= 0.9
    if not wanted and _to_others(scope, conduct, coverage, there, context):
        return None
    if more and not met:
        if not wanted or conduct.others:
            return None
        strength *= 0.85
    elif met:
        on.append(met[0])
    if not on:
        return Fit(0.6, "any") if not scope.words and not more else None
    if len(on) == 1 and len(wanted) + len(met) < 2 and not scope.recipients:
        strength *= 0.9
    return Fit(strength, " and ".join(dict.fromkeys(on)))


def _met(party: Party, conduct: Act, coverage: Coverage, context: str) -> bool:
    if any(coverage.covers(party, other) >= 0.5 for other in conduct.recipients):
        return True
    if conduct.site is not None and coverage.covers_site(party, conduct.site):
        return True
    # a name that no gazetteer or codebook knows, or that is told in other words beside it
    name = fold(party.name)
    if f" {name} " in context:
        return True
    if party.actor is not None and any(p.actor or p.site for p in conduct.recipients):
        return False
    last = name.rpartition(" ")[2]
    return party.named and len(last) > 3 and f" {last} " in context


def _to_others(scope: Act, conduct: Act, coverage: Coverage, there: frozenset[str], context: str) -> bool:
    """Whether conduct is done to somebody whom the words do not mean: "never paid the *governor* in cash",
    "paid the fees to the *treasury*"."""
    mine, its = (
        [p for p in act.recipients if p.actor is None and p.type in _SOMEBODY and not _pronoun(p)]
        for act in (scope, conduct)
    )
    return (
        bool(mine and its)
        and not any(p.head in there or f" {p.head}" in context for p in mine)
        and not any(coverage.covers(p, other) for p in mine for other in conduct.recipients)
    )


def _pronoun(party: Party) -> bool:
    return party.actor is None and fold(party.name) in _PRONOUNS
