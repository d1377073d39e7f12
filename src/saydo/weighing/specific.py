"""What two passages share in a large case: words that few of its reports use.

In two reports "took action" may be one action; among hundreds, that both say so says nothing. Pairs
that rest on clauses in their own words alone, from different reports, must share words that only few
reports of the case use.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from saydo.weighing.acts import content_words
from saydo.weighing.contests import LIGHT
from saydo.weighing.finding import Found, Place
from saydo.weighing.world import World

_MANY_REPORTS = 50
"""Reports from which on a case has a talk of the day."""
_FEW = 50
"""One report in so many may use a word that still tells a matter."""
_NEEDED = 2
_CLAUSE = re.compile(r"/p\d+\b")


def specific(world: World, found: Iterable[Found]) -> list[Found]:
    """The findings without those that only share what many reports speak of."""
    listed = list(found)
    loose = [f for f in listed if _in_words(f)] if len(world.reports) >= _MANY_REPORTS else []
    if not loose:
        return listed
    shared = {f: _shared(world, f) for f in loose}
    counts = _reports_that_use(world, frozenset(w for words in shared.values() for w in words))
    few = max(2, len(world.reports) // _FEW)
    weak = {f for f, words in shared.items() if sum(counts[w] <= few for w in words) < _NEEDED}
    return [f for f in listed if f not in weak]


def _in_words(found: Found) -> bool:
    apart = found.statement.ref[0] != found.against.ref[0]
    return apart and _CLAUSE.search(found.opening + found.against_words) is not None


def _shared(world: World, found: Found) -> frozenset[str]:
    a, b = (_words(world, place) for place in (found.statement, found.against))
    return (a & b) - LIGHT - content_words(found.speaker_name)


def _words(world: World, place: Place) -> frozenset[str]:
    return content_words(world.report(place.ref).quote(place.sentence))


def _reports_that_use(world: World, wanted: frozenset[str]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for report in world.reports:
        counts.update({w for said in report.said for w in said.words & wanted})
    return counts
