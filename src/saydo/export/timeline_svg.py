"""The events of a case as a picture: a lane per event type on one time axis."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from markupsafe import Markup

from saydo.export.svg import element, number, picture
from saydo.export.timeline_scale import Scale, scale
from saydo.export.words import plural

WIDTH = 1120.0
GUTTER = 168.0
"""Room for the lanes' names."""
RIGHT = 14.0
ROW = 20.0
MOST_ROWS = 12
AXIS = 26.0


class Lane(NamedTuple):
    """A row of the picture: its name, and the class that colours it (``quad1`` … ``quad4``, ``words``)."""

    key: str
    name: str
    style: str


class Item(NamedTuple):
    """Something that happened, from its first to its last possible day."""

    lane: str
    first: date
    last: date
    label: str
    """What the picture says when pointed at."""
    number: int | None = None
    """Number in the list beside the picture; None where the list leaves it out."""


def draw(items: Sequence[Item], lanes: Sequence[Lane], published: Iterable[date] = ()) -> Markup | None:
    """The picture; None where no item is given. ``published`` are the days on which reports came out."""
    if not items:
        return None
    axis = scale([day for item in items for day in (item.first, item.last)], GUTTER, WIDTH - RIGHT)
    used = [lane for lane in lanes if any(item.lane == lane.key for item in items)]
    parts: list[Markup] = []
    top = AXIS + 6
    for lane in used:
        rows = _rows([item for item in items if item.lane == lane.key], axis)
        height = ROW * (1 + max(row for _, row in rows)) + 8
        parts.append(_lane(lane, rows, axis, top, height))
        top += height
    reports = [day for day in sorted(set(published)) if _within(day, axis)]
    if reports:
        parts.append(_reports(reports, axis, top))
        top += 24
    first, last = min(item.first for item in items), max(item.last for item in items)
    about = (
        f"{plural(len(items), 'dated finding')} in {plural(len(used), 'lane')} between {first} and {last}. "
        "The list after the picture says the same in words."
    )
    return picture(WIDTH, top + AXIS, "timeline", "Events over time", about, *_axis(axis, AXIS, top), *parts)


def _within(day: date, axis: Scale) -> bool:
    return any(s.first <= day.toordinal() < s.after for s in axis.stretches)


def _extent(item: Item, axis: Scale) -> tuple[float, float]:
    """Left and right end of an item's mark; never narrower than a dot with a number."""
    left, right = axis.x(item.first), axis.x_after(item.last)
    least = 17.0 if item.number is not None else 9.0
    if right - left < least:
        middle = (left + right) / 2
        return middle - least / 2, middle + least / 2
    return left, right


def _rows(items: Sequence[Item], axis: Scale) -> list[tuple[Item, int]]:
    """Each item with the first row where it touches no other; where all are taken, the last one.

    Numbered items choose first: a number that another mark hides is of no use.
    """
    taken: list[list[tuple[float, float]]] = []
    placed = []
    for item in sorted(items, key=lambda i: (i.number is None, i.first, i.last, i.number or 0, i.label)):
        left, right = _extent(item, axis)
        free = (n for n, marks in enumerate(taken) if all(b + 2 <= left or right + 2 <= a for a, b in marks))
        row = next(free, min(len(taken), MOST_ROWS - 1))
        if row == len(taken):
            taken.append([])
        taken[row].append((left, right))
        placed.append((item, row))
    return placed


def _lane(lane: Lane, rows: Sequence[tuple[Item, int]], axis: Scale, top: float, height: float) -> Markup:
    return element(
        "g",
        element("rect", x=0.0, y=top, width=WIDTH, height=height, class_="band"),
        element("text", lane.name, x=8.0, y=top + 18, class_="lane-name"),
        *(_mark(item, axis, top + 4 + ROW * row + ROW / 2) for item, row in rows),
        class_=f"lane {lane.style}",
    )


def _mark(item: Item, axis: Scale, y: float) -> Markup:
    left, right = _extent(item, axis)
    size = 15.0 if item.number is not None else 8.0
    parts = [
        element("title", item.label),
        element(
            "rect",
            x=left + 1,
            y=y - size / 2,
            width=right - left - 2,
            height=size,
            rx=size / 2,
            class_="mark",
        ),
    ]
    if item.number is not None:
        x = (left + right) / 2 if right - left < 20 else left + 9
        parts.append(
            element("text", str(item.number), x=x, y=y + 3.6, text_anchor="middle", class_="mark-number")
        )
    return element("g", *parts)


def _reports(days: Sequence[date], axis: Scale, top: float) -> Markup:
    """A stroke for every day on which a report came out; several on one pixel are one stroke."""
    at = sorted({number((axis.x(day) + axis.x_after(day)) / 2) for day in days}, key=float)
    strokes = "".join(f"M{x} {number(top + 6)}v12" for x in at)
    return element(
        "g",
        element("text", "reports published", x=8.0, y=top + 16, class_="lane-name"),
        element("path", d=strokes, class_="stroke"),
        class_="lane published",
    )


def _axis(axis: Scale, top: float, bottom: float) -> list[Markup]:
    parts = []
    last = -100.0
    for tick in axis.ticks():
        parts.append(element("path", d=f"M{number(tick.x)} {number(top)}V{number(bottom)}", class_="grid"))
        if tick.x - last < 40:
            continue
        last = tick.x
        anchor = "end" if tick.x > WIDTH - 40 else "start"
        parts += [
            element("text", tick.label, x=tick.x + 3, y=y, text_anchor=anchor, class_="tick")
            for y in (top - 8, bottom + 18)
        ]
    if axis.broken_at is not None:
        x = axis.broken_at - 13
        parts.append(
            element(
                "path",
                element("title", "The scale of the time axis changes here"),
                d=f"M{number(x)} {number(top)}V{number(bottom)}",
                class_="break",
            )
        )
        signs = "".join(
            f"M{number(x + dx - 3)} {number(y + 6)}L{number(x + dx + 3)} {number(y - 6)}"
            for y in (top - 8, bottom + 10)
            for dx in (-3, 3)
        )
        parts.append(element("path", d=signs, class_="break-sign"))
    return parts
