"""Chooses which of the places of a name is meant, from the whole document."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from saydo.linking.gazetteer import Candidate
from saydo.linking.places_detect import Toponym
from saydo.model.reading import Token


class Choice(NamedTuple):
    """The place meant, how sure that is (0-1), and why."""

    place: Candidate
    score: float
    reason: str


class _Scene(NamedTuple):
    """Where the document plays, by each name's likeliest place: how much speaks for which country and
    first-level area, and points of places."""

    votes: Mapping[str, tuple[str, str, float]]
    """Name → country, first-level area and weight of its likeliest place."""
    countries: Mapping[str, float]
    areas: Mapping[tuple[str, str], float]
    points: tuple[tuple[str, float, float], ...]


_KINDS = {"country": 10.5, "region": 10.0, "water": 9.5, "admin1": 6.0, "district": 4.5}
_CUES = {
    "admin1": {"admin1": 5.0, "district": 2.5, "region": 2.0},
    "district": {"district": 5.0, "city": 1.0, "admin1": 0.5},
    "city": {"city": 4.0, "capital": 4.5},
    "water": {"water": 7.0},
    "region": {"region": 4.0, "admin1": 3.0, "country": 0.0, "water": 2.0},
}
_CAPITAL, _LARGE_STATE, _ALTERNATE = 8.5, 3.5, 2.0
_SAME_COUNTRY, _SAME_AREA, _NEIGHBOURS = 3.0, 4.0, 1.5
_POPULATION = 1.1
_OUTSIDE = -4.0
"""For a candidate that does not lie in what stands behind its comma."""
_NEAR_KM = 250.0
_ALONE = "; no other of that name"
_SAME_PLACE_KM = 60.0
_MOST_POINTS = 16


def resolve(toponyms: Sequence[Toponym], tokens: Sequence[Token]) -> list[Choice | None]:
    """The choice for each place name; None where the gazetteer does not know it.

    Every name is scored by prominence and by the words beside it, then by the countries, areas and neighbours
    that the first round suggests.
    """
    names = [" ".join(t.text.lower() for t in tokens[p.first : p.last]) for p in toponyms]
    containers = _containers(toponyms, tokens)
    scores = [_own_scores(p, containers.get(i)) for i, p in enumerate(toponyms)]
    scene = _scene(toponyms, scores, names)
    for _ in range(2):
        totals = [
            _with_scene(p, own, scene, name) for p, own, name in zip(toponyms, scores, names, strict=True)
        ]
        scene = _scene(toponyms, totals, names)
    agreed = _one_sense(toponyms, totals, names)
    choices = [
        _choice(p, t, containers.get(i)) for i, (p, t) in enumerate(zip(toponyms, agreed, strict=True))
    ]
    return [_doubted(c, scene, name) for c, name in zip(choices, names, strict=True)]


def _containers(toponyms: Sequence[Toponym], tokens: Sequence[Token]) -> dict[int, Toponym]:
    """For each name the one after its comma ("Paris, Texas") or "in"/"of" ("Tripoli in Lebanon")."""
    found: dict[int, Toponym] = {}
    for i, (this, after) in enumerate(pairwise(toponyms)):
        between = tuple(t.text.lower() for t in tokens[this.last : after.first])
        if between in ((",",), ("(",), ("in",), (",", "in"), ("province", ",")):
            wide = [c for c in after.candidates if c.kind in ("country", "admin1", "district", "region")]
            if wide:
                found[i] = after
    for i in sorted(found, reverse=True):
        # "Springfield, Greene County, Ohio": the outermost counts too.
        outer = found.get(i + 1)
        if outer is not None and not any(c.kind == "country" for c in found[i].candidates[:1]):
            merged = (*found[i].candidates, *outer.candidates)
            found[i] = Toponym(found[i].first, outer.last, merged, "", "")
    return found


def _own_scores(toponym: Toponym, container: Toponym | None) -> list[float]:
    """Prominence of each candidate, and what the words beside the name say of it."""
    scores = []
    for c in toponym.candidates:
        score = _KINDS.get(c.kind) or _POPULATION * math.log10(c.population + 100)
        if c.kind == "capital":
            score = max(score, _CAPITAL)
        if c.kind == "admin1":
            score += min(2.5, 1.2 * math.log10(max(c.population, 1) / 200_000 + 1))
            score += _LARGE_STATE if c.country in ("USA", "CAN", "AUS") else 0.0
        if not c.primary:
            score -= _ALTERNATE
        if toponym.cue:
            score += _CUES[toponym.cue].get(c.kind, -1.0)
        if container is not None:
            score += _contained(c, container)
        scores.append(score)
    return _town_before_area(toponym, scores) if not toponym.cue else scores


def _town_before_area(toponym: Toponym, scores: list[float]) -> list[float]:
    """A name that a large town shares with the area around it means the town, if no word says otherwise."""
    towns = [
        (score, c)
        for score, c in zip(scores, toponym.candidates, strict=True)
        if c.kind in ("city", "capital") and c.population > 50_000
    ]
    settled = list(scores)
    for i, area in enumerate(toponym.candidates):
        if area.kind == "admin1":
            for score, town in towns:
                if town.country == area.country and _km(town.lat, town.lon, area) < 150:
                    settled[i] = min(settled[i], score - 0.5)
    return settled


def _contained(candidate: Candidate, container: Toponym) -> float:
    best = 0.0
    for outer in container.candidates:
        if outer.kind == "country" and outer.country == candidate.country and candidate.kind != "country":
            best = max(best, 5.0)
        elif outer.kind in ("admin1", "district", "region") and outer.country == candidate.country:
            same = outer.kind == "admin1" and outer.name == candidate.admin1
            near = _km(outer.lat, outer.lon, candidate) < 100
            # The right country at least: a village's own area is often not told by the gazetteer.
            best = max(best, 7.0 if same else 5.0 if near and candidate.id != outer.id else 0.5)
    return best or _OUTSIDE


def _scene(toponyms: Sequence[Toponym], scores: Sequence[Sequence[float]], names: Sequence[str]) -> _Scene:
    votes: dict[str, tuple[str, str, float]] = {}
    points: dict[str, tuple[str, float, float]] = {}
    for toponym, own, name in zip(toponyms, scores, names, strict=True):
        if not own:
            continue
        place = toponym.candidates[max(range(len(own)), key=own.__getitem__)]
        # A name said often speaks louder, though not in proportion.
        before = votes[name][2] if name in votes else 0.0
        votes[name] = (place.country, place.admin1, before + _margin(own) * (0.4 if before else 1.0))
        if place.kind != "country" and name not in points and len(points) < _MOST_POINTS:
            points[name] = (name, place.lat, place.lon)
    countries: defaultdict[str, float] = defaultdict(float)
    areas: defaultdict[tuple[str, str], float] = defaultdict(float)
    for country, area, weight in votes.values():
        if country:
            countries[country] += weight
        if area:
            areas[country, area] += weight
    return _Scene(votes, countries, areas, tuple(points.values()))


def _shares(candidate: Candidate, scene: _Scene, name: str) -> tuple[float, float]:
    """What part of the other names speaks for the candidate's country, and for its first-level area."""
    country, area, weight = scene.votes.get(name, ("", "", 0.0))
    others = sum(scene.countries.values()) - (weight if country else 0.0)
    for_country = scene.countries.get(candidate.country, 0.0)
    for_area = scene.areas.get((candidate.country, candidate.admin1), 0.0) if candidate.admin1 else 0.0
    for_country -= weight if candidate.country == country else 0.0
    for_area -= weight if area and (candidate.country, candidate.admin1) == (country, area) else 0.0
    total_areas = sum(scene.areas.values()) - (weight if area else 0.0)
    # Half a vote for nowhere: a single other name is not yet the whole world.
    return max(0.0, for_country) / (others + 0.5), max(0.0, for_area) / (total_areas + 0.5)


def _margin(scores: Sequence[float]) -> float:
    """How far the best stands out, 0.2 to 1."""
    if len(scores) < 2:
        return 1.0
    first, second = sorted(scores, reverse=True)[:2]
    return 0.2 + 0.8 / (1 + math.exp(-(first - second - 1)))


def _with_scene(toponym: Toponym, own: Sequence[float], scene: _Scene, name: str) -> list[float]:
    if len(own) < 2:
        return list(own)
    best = max(own)
    totals = []
    for score, c in zip(own, toponym.candidates, strict=True):
        if score > best - 9:
            in_country, in_area = _shares(c, scene, name)
            score += _SAME_COUNTRY * in_country + _SAME_AREA * in_area
            score += _neighbours(c, scene, name)
        totals.append(score)
    return totals


def _neighbours(candidate: Candidate, scene: _Scene, name: str) -> float:
    if candidate.kind == "country":
        return 0.0
    total = 0.0
    for other, lat, lon in scene.points:
        if other != name and abs(lat - candidate.lat) < 6:
            total += math.exp(-_km(lat, lon, candidate) / _NEAR_KM)
    return min(2.0, total) * _NEIGHBOURS


def _km(lat: float, lon: float, place: Candidate) -> float:
    """Distance on the flat map, good enough for neighbours."""
    dx = (lon - place.lon) * math.cos(math.radians((lat + place.lat) / 2))
    return 111.2 * math.hypot(lat - place.lat, dx)


def _one_sense(
    toponyms: Sequence[Toponym], totals: Sequence[list[float]], names: Sequence[str]
) -> list[list[float]]:
    """The same name means the same place throughout, unless a word beside it says otherwise."""
    sums: dict[tuple[str, tuple[Candidate, ...]], list[float]] = {}
    counts: Counter[tuple[str, tuple[Candidate, ...]]] = Counter()
    for toponym, scores, name in zip(toponyms, totals, names, strict=True):
        told = sums.setdefault((name, toponym.candidates), [0.0] * len(scores))
        counts[name, toponym.candidates] += 1
        for i, score in enumerate(scores):
            told[i] += score
    agreed = []
    for toponym, scores, name in zip(toponyms, totals, names, strict=True):
        same = (name, toponym.candidates)
        means = [s / counts[same] for s in sums[same]]
        agreed.append([(s + m) / 2 for s, m in zip(scores, means, strict=True)])
    return agreed


def _choice(toponym: Toponym, totals: Sequence[float], container: Toponym | None) -> Choice | None:
    if not totals:
        return None
    order = sorted(range(len(totals)), key=lambda i: (-totals[i], toponym.candidates[i].id))
    place = toponym.candidates[order[0]]
    if len(order) == 1:
        return Choice(place, 0.9 if place.primary else 0.7, _why(place, toponym, container) + _ALONE)
    # Another candidate at the same spot (the province around a town) makes the choice no less sure.
    rivals = [
        i
        for i in order[1:]
        if _km(toponym.candidates[i].lat, toponym.candidates[i].lon, place) > _SAME_PLACE_KM
    ]
    margin = totals[order[0]] - totals[rivals[0]] if rivals else 3.0
    score = round(min(0.98, max(0.05, 1 / (1 + math.exp(-margin)))), 3)
    return Choice(place, score, f"{_why(place, toponym, container)}; chosen of {len(order)}")


def _doubted(choice: Choice | None, scene: _Scene, name: str) -> Choice | None:
    """The choice, held less sure where no other name of the document speaks for a town's country."""
    if choice is None or choice.place.kind not in ("city", "admin1", "district"):
        return choice
    others = sum(weight for other, (_, _, weight) in scene.votes.items() if other != name)
    in_country, _ = _shares(choice.place, scene, name)
    if others < 1.5 or in_country > 0.05 or choice.reason.endswith(_ALONE):
        return choice
    return choice._replace(
        score=round(choice.score * 0.6, 3), reason=f"{choice.reason}; its country is named nowhere else"
    )


def _why(place: Candidate, toponym: Toponym, container: Toponym | None) -> str:
    where = f" of {place.country}" if place.country and place.kind != "country" else ""
    what = {"admin1": "first-level area", "district": "district", "city": "town"}.get(place.kind, place.kind)
    beside = f", called a {toponym.cue} beside it" if toponym.cue and toponym.cue != "admin1" else ""
    inside = ", in the area named after it" if container is not None else ""
    return f"{what}{where}{beside}{inside}"
