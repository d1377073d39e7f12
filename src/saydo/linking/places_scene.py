"""What the other names of a document say for each place that a name may mean.

Every two names are held against each other: a pair of their places that lie close by, in one first-level
area, or one in the other, speaks for both. How loudly depends on how likely the other name's place is by
itself, so that two rare places next to each other outdo two famous ones far apart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from saydo.linking.gazetteer import Candidate

# The weights were fitted on the development part of LGL and GeoVirus (lab/score_places.py).
_CLOSE, _CLOSE_KM = 5.8, 60.0
_NEAR, _NEAR_KM = 1.5, 400.0
_AREA, _IN_AREA = 1.4, 1.9
_COUNTRY, _IN_COUNTRY = 0.4, 0.9
_LOUDNESS, _CROWD = 1.5, 0.7
"""Weight of all others together, and the power of their number by which it is divided."""
_SAID_AGAIN = 0.7
_ROUNDS = 2
_MOST_PLACES = 24
"""Places of one name that are weighed, and the points by which they may lie behind its best."""
_BEHIND = 10.0
_MOST_NAMES = 60
_SPREAD = ("country", "region", "water", "admin1")
"""Kinds whose centre says nothing about what is close to them."""

_Floats = NDArray[np.float64]


class Name(NamedTuple):
    """A name of the document: the places it may mean, their own scores, how often it is said."""

    candidates: tuple[Candidate, ...]
    scores: Sequence[float]
    times: int


def support(names: Sequence[Name], countries: Mapping[str, float]) -> list[list[float]]:
    """For each name the points that each of its candidates gets from the other names (those of no account,
    far behind the best, get minus infinity).

    ``countries``: what else speaks for a country (its adjectives, the publisher's address), in points.
    """
    chosen = [_worth_weighing(name) for name in names]
    told: list[list[float]] = [[float("-inf")] * len(name.candidates) for name in names]
    heard = sorted(range(len(names)), key=lambda j: (-names[j].times, j))[:_MOST_NAMES]
    for j in set(range(len(names))) - set(heard):
        for k in chosen[j]:
            told[j][k] = countries.get(names[j].candidates[k].country, 0.0)
    if not heard:
        return told
    heard.sort()
    places = [names[j].candidates[k] for j in heard for k in chosen[j]]
    own = np.array([names[j].scores[k] for j in heard for k in chosen[j]])
    sizes = [len(chosen[j]) for j in heard]
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.intp)
    owner = np.repeat(np.arange(len(heard)), sizes)
    bonds = _bonds(places) * (owner[:, None] != owner)
    loud = np.array([1.0 + _SAID_AGAIN * np.log(names[j].times) for j in heard])
    given = np.array([countries.get(p.country, 0.0) for p in places])
    total = own + given
    for _ in range(_ROUNDS):
        cost = np.maximum.reduceat(total, starts)[owner] - total
        heard_of = np.maximum.reduceat(np.maximum(0.0, bonds - cost), starts, axis=1)
        total = own + given + _LOUDNESS * (heard_of @ loud) / len(heard) ** _CROWD
    points = iter((total - own).tolist())
    for j in heard:
        for k in chosen[j]:
            told[j][k] = next(points)
    return told


def _worth_weighing(name: Name) -> list[int]:
    order = sorted(range(len(name.scores)), key=lambda k: (-name.scores[k], k))[:_MOST_PLACES]
    return [k for k in order if name.scores[k] > name.scores[order[0]] - _BEHIND]


def _bonds(places: Sequence[Candidate]) -> _Floats:
    """How much each two places speak for each other, in points."""
    lat, lon = (np.array([getattr(p, name) for p in places]) for name in ("lat", "lon"))
    across = (lon[:, None] - lon) * np.cos(np.radians((lat[:, None] + lat) / 2))
    apart = 111.2 * np.hypot(lat[:, None] - lat, across)
    spread = np.array([p.kind in _SPREAD for p in places])
    bonds: _Floats = _CLOSE * np.exp(-apart / _CLOSE_KM) + _NEAR * np.exp(-apart / _NEAR_KM)
    bonds[spread[:, None] | spread] = 0.0
    bonds += _shared(
        [p.country for p in places], [p.kind == "country" for p in places], _COUNTRY, _IN_COUNTRY
    )
    areas = [p.admin1 and f"{p.country} {p.admin1}" for p in places]
    bonds += _shared(areas, [p.kind == "admin1" for p in places], _AREA, _IN_AREA)
    return bonds


def _shared(names: Sequence[str], whole: Sequence[bool], beside: float, inside: float) -> _Floats:
    """``beside`` where two places lie in the same area, ``inside`` where one of them is that area."""
    codes: dict[str, int] = {}
    code = np.array([codes.setdefault(n, len(codes)) if n else -1 - i for i, n in enumerate(names)])
    holds = np.array(whole)
    weight = np.where(holds[:, None] | holds, inside, beside)
    shared: _Floats = np.where(code[:, None] == code, weight, 0.0)
    return shared
