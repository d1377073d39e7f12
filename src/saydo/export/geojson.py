"""GeoJSON (RFC 7946): events as points."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from saydo.export.case_parts import headline, json_array
from saydo.export.contract import Left, Sidecar, notes
from saydo.export.findings import Part
from saydo.export.placed import LIMITS, Placed, placed_events
from saydo.export.words import QUAD
from saydo.model.case import CaseView
from saydo.model.records import Count


class GeoJson:
    """For QGIS, Leaflet, Kepler and other maps: a point for each event of each report."""

    name = "geojson"
    extension = ".geojson"
    media_type = "application/geo+json"
    tables: tuple[Part, ...] = ("events",)

    def limits(self, table: Part) -> tuple[str, ...]:
        """What a map has no place for."""
        return LIMITS

    def chunks(self, view: CaseView, table: Part, left: Left | None = None) -> Iterator[str]:
        """The file, a feature a line."""
        points = placed_events(view, Left() if left is None else left)
        return json_array(map(_feature, points), '{"type":"FeatureCollection","features":[', "]}\n")

    def sidecar(self, table: Part, file_name: str, left: Mapping[str, int] | None = None) -> Sidecar:
        """``FILE-notes.txt``."""
        return notes("the events of a saydo case as GeoJSON", file_name, self.limits(table), left)


def _feature(placed: Placed) -> dict[str, Any]:
    told = placed.told
    event, time, place = told.event, told.event.time, told.place
    assert place is not None, "it has a point"
    return {
        "type": "Feature",
        "id": told.id,
        "geometry": {"type": "Point", "coordinates": [placed.lon, placed.lat]},
        "properties": {
            "label": headline(told),
            "type": event.type,
            "mode": event.mode,
            "quad": QUAD[event.type],
            "contexts": list(event.contexts),
            "actors": [side.name for side in told.actors],
            "recipients": [side.name for side in told.recipients],
            "from": time.from_ if time else None,
            "to": time.to if time else None,
            "place": place.name or place.text,
            "place_precision": place.precision,
            "country": place.country,
            **_counts("killed", event.killed),
            **_counts("injured", event.injured),
            "said_by": told.said_by,
            "quote": told.quote,
            "report": told.document,
            "title": told.title,
            "publisher": told.publisher,
            "published": told.published,
            "url": told.url,
            "score": event.score,
        },
    }


def _counts(name: str, count: Count | None) -> dict[str, int | None]:
    return {f"{name}_low": count.low if count else None, f"{name}_high": count.high if count else None}
