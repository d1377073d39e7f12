"""What two passages share in a large case: words that few of its reports use.

In two reports "took action" may be one action; among hundreds, that both say so says nothing. Pairs
that rest on clauses in their own words alone, from different reports, must share words that only few
reports of the case use.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from saydo.weighing.acts import content_words
from saydo.weighing.finding import Found, Place
from saydo.weighing.rarity import stemmed
from saydo.weighing.world import World

_NEEDED = 2
_CLAUSE = re.compile(r"/p\d+\b")


def specific(world: World, found: Iterable[Found]) -> list[Found]:
    """The findings without those that only share what many reports speak of."""
    listed = list(found)
    if not world.rarity.many():
        return listed
    return [f for f in listed if not _in_words(f) or _telling(world, f)]


def _telling(world: World, found: Found) -> bool:
    """Whether enough of what two passages share is rare."""
    return sum(world.rarity.rare(w) for w in sorted(_shared(world, found))) >= _NEEDED


def _in_words(found: Found) -> bool:
    apart = found.statement.ref[0] != found.against.ref[0]
    return apart and _CLAUSE.search(found.opening + found.against_words) is not None


def _shared(world: World, found: Found) -> frozenset[str]:
    a, b = (_stems(world, place) for place in (found.statement, found.against))
    return (a & b) - stemmed(content_words(found.speaker_name))


def _stems(world: World, place: Place) -> frozenset[str]:
    return stemmed(content_words(world.report(place.ref).quote(place.sentence)))
