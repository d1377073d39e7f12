"""Where events happened, on the outlines of countries that the workbench's map has."""

from __future__ import annotations

import json
import math
import warnings
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

from saydo import desk
from saydo.api.plots_look import DONE, INK, LINE, SOFT, note, plain, plural

if TYPE_CHECKING:
    from matplotlib.axes import Axes

AREAS = frozenset({"country", "admin1", "district", "region", "water"})
"""Precisions of a place whose point stands for an area."""
AROUND = 1.5
"""Degrees of land around the places; a fifth of their extent where that is more."""
LABELLED = 14
"""Places that are named, those with most events first."""
LAND, BORDER, SEA = "#f1eee6", "#c9c4b5", "#ffffff"
Ring = list[tuple[float, float]]


class Spot(NamedTuple):
    """A place with its events."""

    lat: float
    lon: float
    name: str
    area: bool
    number: int


def draw_map(ax: Axes, rows: Sequence[desk.EventRow]) -> Axes:
    """The map of some events."""
    spots, nowhere = _spots(rows)
    west, east, south, north = _window(spots)
    for ring in _outlines():
        if any(west - 5 <= lon <= east + 5 and south - 5 <= lat <= north + 5 for lon, lat in ring):
            xs, ys = [lon for lon, _ in ring], [lat for _, lat in ring]
            ax.fill(xs, ys, facecolor=LAND, edgecolor=BORDER, linewidth=0.7, zorder=1)
    most = max((spot.number for spot in spots), default=1)
    for area, face, label in (
        (False, DONE, "place"),
        (True, "none", "somewhere in a district, province, country"),
    ):
        shown = [spot for spot in spots if spot.area is area]
        if shown:
            ax.scatter(
                [s.lon for s in shown], [s.lat for s in shown], s=[_size(s.number, most) for s in shown],
                facecolor=face, edgecolor=DONE, alpha=0.85, linewidth=1.3, zorder=3, label=label,
                linestyle="dashed" if area else "solid",
            )  # fmt: skip
    _names(ax, spots[:LABELLED], east, most)
    ax.set_xlim(west, east)
    ax.set_ylim(south, north)
    ax.set_aspect(1 / max(math.cos(math.radians((south + north) / 2)), 0.2))
    plain(ax, f"Where {plural(sum(spot.number for spot in spots), 'event')} happened")
    ax.set_xlabel("degrees east")
    ax.set_ylabel("degrees north")
    for spine in ax.spines.values():
        spine.set_visible(True)
        spine.set_color(LINE)
    if spots:
        ax.legend(frameon=False, fontsize=8.5, loc="upper left", bbox_to_anchor=(1.0, 1.0))
    note(ax, f"Not drawn: {plural(nowhere, 'event')} of which no place is known." if nowhere else "")
    return ax


def _spots(rows: Sequence[desk.EventRow]) -> tuple[list[Spot], int]:
    """Places, those with most events first; how many events have none."""
    found: dict[tuple[float, float], tuple[str, bool, int]] = {}
    nowhere = 0
    for row in rows:
        place = row.where
        if place is None or place.lat is None or place.lon is None:
            nowhere += 1
            continue
        name, area, number = found.get(
            (place.lat, place.lon), (place.name or place.text, place.precision in AREAS, 0)
        )
        found[place.lat, place.lon] = name, area, number + 1
    spots = [Spot(lat, lon, name, area, n) for (lat, lon), (name, area, n) in found.items()]
    return sorted(spots, key=lambda spot: (-spot.number, spot.name)), nowhere


def _size(number: int, most: int) -> float:
    """The area of a disc, square points: by the number of events."""
    return 36 + 260 * number / max(most, 6)


def _window(spots: Sequence[Spot]) -> tuple[float, float, float, float]:
    """West, east, south, north: all places with some land around; the world where there is none."""
    if not spots:
        return -180, 180, -60, 85
    lons, lats = [s.lon for s in spots], [s.lat for s in spots]
    wide = max(AROUND, (max(lons) - min(lons)) / 5, (max(lats) - min(lats)) / 8)
    high = max(AROUND, (max(lats) - min(lats)) / 5)
    return (
        max(-180, min(lons) - wide), min(180, max(lons) + wide),
        max(-90, min(lats) - high), min(90, max(lats) + high),
    )  # fmt: skip


def _names(ax: Axes, spots: Sequence[Spot], east: float, most: int) -> None:
    """Names beside the discs, on the side where there is room, and none over another."""
    taken: list[tuple[float, float]] = []
    for spot in spots:
        if any(abs(spot.lat - lat) < 0.16 and abs(spot.lon - lon) < 1.1 for lat, lon in taken):
            continue
        taken.append((spot.lat, spot.lon))
        away = 3 + math.sqrt(_size(spot.number, most)) / 2
        ax.annotate(
            f"{spot.name} ({spot.number})" if spot.number > 1 else spot.name, (spot.lon, spot.lat),
            xytext=(away, 0), textcoords="offset points", va="center", fontsize=8.5, zorder=4,
            color=SOFT if spot.area else INK, style="italic" if spot.area else "normal",
            bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.6, "pad": 0.4},
        )  # fmt: skip


@cache
def _outlines() -> tuple[Ring, ...]:
    """The outlines of all countries, degrees (longitude, latitude); none where they were not built, with a
    warning."""
    folder = files("saydo") / "web" / "built" / "assets"
    found = [f for f in folder.iterdir() if f.name.startswith("countries-")] if folder.is_dir() else []
    if not found:
        warnings.warn(
            "the map has no outlines: they come with a wheel of saydo, or with `make dev`", stacklevel=6
        )
        return ()
    world = json.loads(found[0].read_text(encoding="utf-8"))
    arcs = [list(_unpacked(arc, world["transform"])) for arc in world["arcs"]]
    return tuple(_rings(world["objects"]["countries"]["geometries"], arcs))


def _unpacked(arc: list[list[int]], transform: dict[str, list[float]]) -> Iterator[tuple[float, float]]:
    """The points of an arc of TopoJSON: each is told as its distance from the one before, in whole steps."""
    (wide, high), (west, south) = transform["scale"], transform["translate"]
    x = y = 0
    for dx, dy in arc:
        x, y = x + dx, y + dy
        yield x * wide + west, y * high + south


def _rings(geometries: list[dict[str, Any]], arcs: list[Ring]) -> Iterator[Ring]:
    for geometry in geometries:
        polygons = (
            geometry.get("arcs", []) if geometry.get("type") == "MultiPolygon" else [geometry.get("arcs", [])]
        )
        for polygon in polygons:
            for numbers in polygon:
                ring: Ring = []
                for number in numbers:  # ~n stands for arc n backwards
                    piece = arcs[number] if number >= 0 else arcs[~number][::-1]
                    ring += piece[1:] if ring else piece
                yield ring
