"""Map: where events happened, as precisely as it is known and no more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from saydo import desk
from saydo.desk import tables as held
from saydo.model.store import Filter
from saydo.model.tables import Spot, TableFilter
from saydo.web.pages import Page
from saydo.web.rendering import render
from saydo.web.room import Room

router = APIRouter()
PAGE = Page("map", "Map", 60, router)
MOST_LISTED = 60
MOST_ACTORS = 8
KNOWN: dict[str, str] = {
    "exact": "the place", "city": "the town", "district": "the district", "admin1": "the region only",
    "country": "the country only", "region": "a wide area", "water": "a stretch of water",
}  # fmt: skip
"""Precision → what of the place is known."""


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

    kind: tuple[str, ...]
    actor: tuple[str, ...]
    since: str
    until: str
    places: tuple[PlaceRow, ...]
    total: int
    spots: int
    vague: int
    """Events of which no more than a country or a region is known."""
    kinds: tuple[tuple[str, str, int | None], ...]
    actors: tuple[tuple[str, str, None], ...]


@router.get("/map", name="map")
def show(
    request: Request,
    kind: Annotated[list[str], Query()] = [],  # noqa: B006
    actor: Annotated[list[str], Query()] = [],  # noqa: B006
    since: str = "",
    until: str = "",
) -> Response:
    """The page. ``since`` and ``until`` may be a year, a month or a day."""
    where = TableFilter(
        "event", kinds=desk.known_kinds("events", kind), actors=tuple(actor),
        since=desk.bound(since, last=False) if since else None,
        until=desk.bound(until, last=True) if until else None,
    )  # fmt: skip
    with Room.of(request).open() as store:
        spots = store.spots(where)
        counted = store.facets(where)
        most = store.actors_page(Filter(), None, MOST_ACTORS).items
        names = store.names_of(actor)
    ordered = sorted(spots, key=lambda spot: (-_number(spot), spot.name))
    chosen = [(id, names.get(id, id)) for id in actor]
    others = [(a.actor.id, a.actor.name) for a in most if a.actor.id not in actor]
    page = MapPage(
        kind=where.kinds,
        actor=tuple(actor),
        since=since,
        until=until,
        places=tuple(_row(spot) for spot in ordered[:MOST_LISTED]),
        total=sum(_number(spot) for spot in spots),
        spots=len(spots),
        vague=sum(
            _number(spot) for spot in spots if spot.precision in ("admin1", "country", "region", "water")
        ),
        kinds=tuple((k, held.kind_words("event", k), n) for k, n in counted.kinds),
        actors=tuple((id, " ".join(name.split()), None) for id, name in (*chosen, *others)),
    )
    return render(request, "map.html", page, active="map")


def _number(spot: Spot) -> int:
    return sum(n for _, n in spot.counts)


def _row(spot: Spot) -> PlaceRow:
    most = sorted(spot.counts, key=lambda counted: (-counted[1], counted[0]))[:3]
    kinds = ", ".join(f"{n} {held.kind_words('event', kind)}" for kind, n in most)
    known = KNOWN.get(spot.precision, "not told")
    return PlaceRow(" ".join(spot.name.split()), spot.country, known, _number(spot), kinds)
