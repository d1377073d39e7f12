"""Map: where events happened, as precisely as it is known and no more."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import Response

from saydo.desk import tables as held
from saydo.model.tables import Spot
from saydo.web.cutting import Cut, CutDown, Options, actor_options, kind_options
from saydo.web.pages import Page
from saydo.web.rendering import render
from saydo.web.room import Room

router = APIRouter()
PAGE = Page("map", "Map", 60, router)
MOST_LISTED = 60
KNOWN: dict[str, str] = {
    "exact": "the place", "city": "the town", "district": "the district", "admin1": "the region only",
    "country": "the country only", "region": "a wide area", "water": "a stretch of water",
}  # fmt: skip
"""Precision → what of the place is known."""
VAGUE = frozenset(("admin1", "country", "region", "water"))


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place in the table."""

    name: str
    country: str
    known: str
    number: int
    kinds: str
    """The kinds there are most of, with numbers."""


@dataclass(frozen=True, slots=True)
class MapPage:
    """Places of events, and what they are cut down to."""

    cut: Cut
    places: tuple[PlaceRow, ...]
    total: int
    spots: int
    vague: int
    """Events of which no more than a country or a region is known."""
    kinds: Options
    actors: Options


@router.get("/map", name="map")
def show(request: Request, cut: CutDown) -> Response:
    """The page."""
    cut = cut.known("events")
    where = cut.where("event")
    with Room.of(request).open() as store:
        spots = store.spots(where)
        counted = store.facets(where)
        actors = actor_options(store, cut)
    ordered = sorted(((_number(spot), spot) for spot in spots), key=lambda each: (-each[0], each[1].name))
    page = MapPage(
        cut=cut,
        places=tuple(_row(spot) for _, spot in ordered[:MOST_LISTED]),
        total=sum(number for number, _ in ordered),
        spots=len(spots),
        vague=sum(number for number, spot in ordered if spot.precision in VAGUE),
        kinds=kind_options("event", counted, where.kinds),
        actors=actors,
    )
    return render(request, "map.html", page, active="map")


def _number(spot: Spot) -> int:
    return sum(n for _, n in spot.counts)


def _row(spot: Spot) -> PlaceRow:
    most = sorted(spot.counts, key=lambda counted: (-counted[1], counted[0]))[:3]
    kinds = ", ".join(f"{n} {held.kind_words('event', kind)}" for kind, n in most)
    known = KNOWN.get(spot.precision, "not told")
    return PlaceRow(" ".join(spot.name.split()), spot.country, known, _number(spot), kinds)
