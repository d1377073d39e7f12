"""Chooses which of the places of a name is meant, from the whole document."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from saydo.linking.gazetteer import Candidate
from saydo.linking.places_detect import Toponym
from saydo.linking.places_prior import containers, kilometres, own_scores
from saydo.linking.places_scene import Name, support
from saydo.model.reading import Token


class Choice(NamedTuple):
    """The place meant, how sure that is (0-1), and why."""

    place: Candidate
    score: float
    reason: str


_Key = tuple[str, tuple[Candidate, ...]]
_ALONE = "; no other of that name"
_SAME_PLACE_KM = 60.0


def resolve(
    toponyms: Sequence[Toponym], tokens: Sequence[Token], countries: Mapping[str, float] | None = None
) -> list[Choice | None]:
    """The choice for each place name; None where the gazetteer does not know it.

    Every place of a name is scored by its prominence, by the words beside the name, and by the other names of
    the document. ``countries``: what else speaks for a country, in points. The same name means the same place
    throughout unless what holds it is told beside it.
    """
    held = containers(toponyms, tokens)
    own = [own_scores(toponym, held.get(i)) for i, toponym in enumerate(toponyms)]
    keys = [(" ".join(t.text.lower() for t in tokens[p.first : p.last]), p.candidates) for p in toponyms]
    said: dict[_Key, list[int]] = {}
    for i, key in enumerate(keys):
        if key[1]:
            said.setdefault(key, []).append(i)
    names = [Name(key[1], _mean(own, indices, held), len(indices)) for key, indices in said.items()]
    context = dict(zip(said, support(names, countries or {}), strict=True))
    shared = {key: name.scores for key, name in zip(said, names, strict=True)}
    choices: list[Choice | None] = []
    for i, (toponym, key) in enumerate(zip(toponyms, keys, strict=True)):
        if not toponym.candidates:
            choices.append(None)
            continue
        scores = own[i] if i in held else shared[key]
        totals = [a + b for a, b in zip(scores, context[key], strict=True)]
        choices.append(_choice(toponym, totals, held.get(i)))
    return _doubted(choices, keys)


def _mean(own: Sequence[list[float]], indices: Sequence[int], held: Mapping[int, Toponym]) -> list[float]:
    """The scores of a name's places over its mentions: those that tell what holds it, where any does."""
    telling = [i for i in indices if i in held] or indices
    return [sum(scores) / len(telling) for scores in zip(*(own[i] for i in telling), strict=True)]


def _choice(toponym: Toponym, totals: Sequence[float], container: Toponym | None) -> Choice:
    order = sorted(range(len(totals)), key=lambda i: (-totals[i], toponym.candidates[i].id))
    place = toponym.candidates[order[0]]
    if len(order) == 1:
        return Choice(place, 0.9 if place.primary else 0.7, _why(place, toponym, container) + _ALONE)
    # Another candidate at the same spot (the province around a town) makes the choice no less sure.
    rivals = [
        i
        for i in order[1:]
        if kilometres(toponym.candidates[i].lat, toponym.candidates[i].lon, place) > _SAME_PLACE_KM
    ]
    margin = totals[order[0]] - totals[rivals[0]] if rivals else 3.0
    score = round(min(0.98, max(0.05, 1 / (1 + math.exp(-margin)))), 3)
    return Choice(place, score, f"{_why(place, toponym, container)}; chosen of {len(order)}")


def _doubted(choices: Sequence[Choice | None], keys: Sequence[_Key]) -> list[Choice | None]:
    """The choices, held less sure where no other name of the document is of a town's country."""
    chosen = {key: choice.place.country for key, choice in zip(keys, choices, strict=True) if choice}
    doubted = []
    for key, choice in zip(keys, choices, strict=True):
        if choice is not None and choice.place.kind in ("city", "admin1", "district"):
            others = [country for other, country in chosen.items() if other != key and country]
            if len(others) > 1 and choice.place.country not in others and not choice.reason.endswith(_ALONE):
                choice = choice._replace(
                    score=round(choice.score * 0.6, 3),
                    reason=f"{choice.reason}; its country is named nowhere else",
                )
        doubted.append(choice)
    return doubted


def _why(place: Candidate, toponym: Toponym, container: Toponym | None) -> str:
    where = f" of {place.country}" if place.country and place.kind != "country" else ""
    what = {"admin1": "first-level area", "district": "district", "city": "town"}.get(place.kind, place.kind)
    beside = f", called a {toponym.cue} beside it" if toponym.cue and toponym.cue != "admin1" else ""
    inside = ", in the area named after it" if container is not None else ""
    return f"{what}{where}{beside}{inside}"
