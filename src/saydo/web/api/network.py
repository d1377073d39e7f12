"""Actors and ties over time, and places of events."""

from __future__ import annotations

import json
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel

from saydo.desk import network as made
from saydo.web.api.tables import Narrowed
from saydo.web.room import Room

router = APIRouter(tags=["network and map"])


class EndOf(BaseModel):
    """An end of a tie."""

    id: str
    name: str
    kind: str
    reports: int


class SpanOf(BaseModel):
    """A tie over time. `held` and `likely` are closed intervals of ISO days; a day in both counts as held."""

    number: int
    type: str
    from_actor: str
    to_actor: str
    role: str | None
    held: tuple[str, str] | None
    likely: tuple[str, str] | None
    findings: int
    only_said: bool


class NetworkOf(BaseModel):
    """Ties over time and their ends; `cut` where the case has more ties than are given."""

    actors: list[EndOf]
    ties: list[SpanOf]
    cut: bool


class SpotOf(BaseModel):
    """A place and how many events there are of each kind. A `country` or `admin1` is an area, not a point."""

    lat: float
    lon: float
    precision: str
    country: str
    name: str
    counts: dict[str, int]


_drawn: list[tuple[made.Network, bytes]] = []
"""The last network that was asked for, as it was sent."""


@router.get("/network", name="network_data", response_model=NetworkOf)
def network(request: Request) -> Response:
    """The ties of the case over time, of very many those that most findings tell of."""
    with Room.of(request).open() as store:
        found = made.network(store)
    held = next((sent for network, sent in _drawn if network is found), None)
    if held is None:
        held = _sent(found)
        _drawn[:] = [(found, held)]
    return Response(held, media_type="application/json")


def _sent(found: made.Network) -> bytes:
    whole = NetworkOf(
        actors=[EndOf(id=a.id, name=a.name, kind=a.kind, reports=a.reports) for a in found.actors],
        ties=[
            SpanOf(
                number=t.number, type=t.type, from_actor=t.from_actor, to_actor=t.to_actor, role=t.role,
                held=t.held, likely=t.likely, findings=t.reports, only_said=t.only_said,
            )
            for t in found.ties
        ],
        cut=found.cut,
    )  # fmt: skip
    return whole.model_dump_json().encode()


@router.get("/map", name="map_data", response_model=list[SpotOf])
def spots(request: Request, asked: Annotated[Narrowed, Query()]) -> Response:
    """Where events happened, by place; `sort` does not count."""
    with Room.of(request).open() as store:
        found = store.spots(asked.where()._replace(sort="event"))
    # thousands of places, made by the store: written as they are
    places = [
        {"lat": s.lat, "lon": s.lon, "precision": s.precision, "country": s.country, "name": s.name,
         "counts": dict(s.counts)}
        for s in found
    ]  # fmt: skip
    return Response(json.dumps(places, separators=(",", ":")), media_type="application/json")
