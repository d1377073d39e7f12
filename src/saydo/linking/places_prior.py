"""How likely each place of a name is by itself: its prominence, and the words right beside the name."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from saydo.linking.gazetteer import Candidate
from saydo.linking.places_detect import Toponym
from saydo.model.reading import Token

# The weights were fitted on the development part of LGL and GeoVirus (lab/score_places.py).
_KINDS = {"country": 10.5, "region": 10.0, "water": 9.5, "admin1": 6.0, "district": 4.5}
_CUES = {
    "admin1": {"admin1": 5.0, "district": 2.5, "region": 2.0},
    "district": {"district": 5.0, "city": 1.0, "admin1": 0.5},
    "city": {"city": 4.0, "capital": 4.5},
    "water": {"water": 7.0},
    "region": {"region": 4.0, "admin1": 3.0, "country": 0.0, "water": 2.0},
}
_CAPITAL, _LARGE_STATE = 8.5, 3.5
_ALTERNATE, _BESIDE_PRIMARY = 2.0, 1.0
_POPULATION = 1.1
_OUTSIDE = -4.0
"""For a candidate that does not lie in what stands behind its comma."""
_TOWN_LEADS = 0.5
_LARGE = ("USA", "CAN", "AUS")
_NAMED_LIKE_STATE = 6.0
"""For a town named like a large state ("Oklahoma" in Pennsylvania), unless what holds it is told."""
_LESSER = 3.0
"""Points by which an area may be less prominent than a town of its name, and still hold another."""
_WIDE = ("country", "admin1", "district", "region")


def containers(toponyms: Sequence[Toponym], tokens: Sequence[Token]) -> dict[int, Toponym]:
    """For each name the one after its comma ("Paris, Texas") or "in"/"of" ("Tripoli in Lebanon")."""
    found: dict[int, Toponym] = {}
    for i, (this, after) in enumerate(pairwise(toponyms)):
        between = tuple(t.text.lower() for t in tokens[this.last : after.first])
        if between in ((",",), ("(",), ("in",), (",", "in"), ("province", ",")) and _may_lie_in(this, after):
            found[i] = after
    for i in sorted(found, reverse=True):
        # "Springfield, Greene County, Ohio": the outermost counts too.
        outer = found.get(i + 1)
        if outer is not None and not any(c.kind == "country" for c in found[i].candidates[:1]):
            merged = (*found[i].candidates, *outer.candidates)
            found[i] = Toponym(found[i].first, outer.last, merged, "", "")
    return found


def _may_lie_in(this: Toponym, after: Toponym) -> bool:
    """Whether the second name can hold the first; "Egypt, Jordan" and "Berlin, Paris" are lists."""
    best = max((prominence(c) for c in after.candidates), default=0.0)
    holders = [c for c in after.candidates if c.kind in _WIDE and prominence(c) > best - _LESSER]
    if any(_is_large_state(c) for c in this.candidates):
        # "Texas, New York" is a list, too, though there is a Texas in New York.
        holders = [c for c in holders if c.kind == "country" or c.name == "District of Columbia"]
    return any(within(c, holder) > 1 for c in this.candidates for holder in holders)


def within(candidate: Candidate, outer: Candidate) -> float:
    """Points for a candidate that lies in ``outer``; 0 where it does not."""
    if outer.country != candidate.country or candidate.id == outer.id:
        return 0.0
    if outer.kind == "country":
        return 5.0 if candidate.kind != "country" else 0.0
    if outer.kind not in _WIDE:
        return 0.0
    if outer.kind == "admin1" and outer.name == candidate.admin1:
        return 7.0
    # The right country at least: a village's own area is often not told by the gazetteer.
    return 5.0 if kilometres(outer.lat, outer.lon, candidate) < 100 else 0.5


def own_scores(toponym: Toponym, container: Toponym | None) -> list[float]:
    """Prominence of each candidate, and what the words beside the name say of it."""
    primary = any(c.primary for c in toponym.candidates)
    state = not toponym.cue and container is None and any(_is_large_state(c) for c in toponym.candidates)
    scores = []
    for c in toponym.candidates:
        score = prominence(c)
        if not c.primary:
            score -= _ALTERNATE + (_BESIDE_PRIMARY if primary else 0.0)
        if state and c.kind == "city" and c.population < 100_000:
            score -= _NAMED_LIKE_STATE
        if toponym.cue:
            score += _CUES[toponym.cue].get(c.kind, -1.0)
        if container is not None:
            score += max((within(c, outer) for outer in container.candidates), default=0.0) or _OUTSIDE
        scores.append(score)
    return _town_before_area(toponym, scores) if not toponym.cue else scores


def _is_large_state(place: Candidate) -> bool:
    return place.kind == "admin1" and place.primary and place.country in _LARGE


def prominence(place: Candidate) -> float:
    """How likely a place is to be in the news: by its kind, a town by the logarithm of its population."""
    if place.kind == "admin1":
        large = _LARGE_STATE if place.country in _LARGE else 0.0
        weight = min(2.5, 1.2 * math.log10(max(place.population, 1) / 200_000 + 1))
        return _KINDS["admin1"] + weight + large
    score = _KINDS.get(place.kind)
    if score is None:
        score = _POPULATION * math.log10(place.population + 100)
    return max(score, _CAPITAL) if place.kind == "capital" else score


def _town_before_area(toponym: Toponym, scores: list[float]) -> list[float]:
    """A name that a large town shares with the area around it means the town, if no word says otherwise; one
    that a capital shares with an area of its country ("Washington") means the capital."""
    towns = [
        (score, c)
        for score, c in zip(scores, toponym.candidates, strict=True)
        if c.kind in ("city", "capital") and c.population > 50_000
    ]
    settled = list(scores)
    for i, area in enumerate(toponym.candidates):
        if area.kind == "admin1":
            for score, town in towns:
                near = kilometres(town.lat, town.lon, area) < 150 or (town.kind == "capital" and town.primary)
                if town.country == area.country and near:
                    settled[i] = min(settled[i], score - _TOWN_LEADS)
    return settled


def kilometres(lat: float, lon: float, place: Candidate) -> float:
    """Distance on the flat map, good enough for neighbours."""
    dx = (lon - place.lon) * math.cos(math.radians((lat + place.lat) / 2))
    return 111.2 * math.hypot(lat - place.lat, dx)
