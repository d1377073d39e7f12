"""Events that have a point on the map, for formats of maps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from saydo.export.contract import Left
from saydo.export.told_events import ONLY_HAPPENED, ToldEvent, happened, told_events
from saydo.model.case import CaseView

NO_POINT = "events that have no place, or one without a point"
LIMITS = (
    ONLY_HAPPENED,
    "Events without a point are left out, and counted.",
    "A point stands for the place that was found: place_precision says whether that is a spot, a town, a "
    "district, a province or a whole country, whose point is somewhere in its middle.",
    "One event told by several reports is a point for each.",
    "Ties, statements and discrepancies have no place in it.",
)


class Placed(NamedTuple):
    """An event and its point; degrees, WGS 84."""

    told: ToldEvent
    lat: float
    lon: float


def placed_events(view: CaseView, left: Left) -> Iterator[Placed]:
    """The events that happened and have a point; the others are counted."""
    for told in happened(told_events(view), left):
        place = told.place
        if place is None or place.lat is None or place.lon is None:
            left[NO_POINT] += 1
        else:
            yield Placed(told, place.lat, place.lon)
