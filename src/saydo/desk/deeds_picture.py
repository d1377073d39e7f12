"""The picture of words and deeds: where each mark stands on a common time axis, and the lines between them.

Words stand above the axis, conduct below it. Only places are worked out here; the page draws them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from saydo.export.timeline_scale import Tick, scale
from saydo.model.citations import Ref

WIDTH = 1080.0
LEFT, RIGHT = 84.0, 1048.0
"""Pixels left of the first day (for the names of the lanes) and where the last one ends."""
ROW = 26.0
APART = 22.0
"""Pixels between two marks of a row."""
LETTER = 6.9
"""Pixels that a letter of a label takes."""
MOST_ROWS = 7
AXIS = 40.0
"""Height of the band in which the axis stands."""


class Spot(NamedTuple):
    """What is to be drawn: a finding on its side and day."""

    ref: Ref
    side: str
    shape: str
    kind: str
    day: str | None
    words: str
    joined: bool
    outcome: str


class Join(NamedTuple):
    """A discrepancy: a line from its statement to each passage against it."""

    number: int
    id: str
    said: Ref
    against: tuple[Ref, ...]
    standing: str
    """``uphold``, ``reject``, ``unclear`` or ``undecided``."""
    title: str


class Mark(NamedTuple):
    """A finding in the picture."""

    spot: Spot
    x: float
    y: float
    label: str
    """Its kind, where there is room for the word; else empty."""


class Line(NamedTuple):
    """A line between two poles, as an SVG path, with a place for its number."""

    join: Join
    path: str
    x: float
    y: float
    first: bool
    """Whether the number stands on this line; a discrepancy with several passages has it once."""


@dataclass(frozen=True, slots=True)
class Picture:
    """Places in pixels, from the upper left corner."""

    width: float
    height: float
    axis: float
    left: float
    right: float
    broken_at: float | None
    """Where the axis changes its scale."""
    ticks: tuple[Tick, ...]
    marks: tuple[Mark, ...]
    lines: tuple[Line, ...]

    @property
    def begins(self) -> float:
        """Where there is something to see, as a share of the width: the first pole that is joined to another,
        else the first mark."""
        joined = [m.x for m in self.marks if m.spot.joined]
        return min(joined or [m.x for m in self.marks]) / self.width


def draw(spots: Sequence[Spot], joins: Sequence[Join]) -> Picture | None:
    """Places everything that has a day; None where nothing has one."""
    dated = [(day, s) for s in spots if (day := _day(s.day)) is not None]
    if not dated:
        return None
    axis_scale = scale([day for day, _ in dated], LEFT, RIGHT)
    placed = [(axis_scale.x(day) + 6.0, s) for day, s in dated]
    above = _rows([p for p in placed if p[1].side == "said"])
    below = _rows([p for p in placed if p[1].side != "said"])
    axis = ROW * (_deepest(above) + 1) + AXIS / 2 + 6
    marks = [Mark(s, x, axis - AXIS / 2 - ROW * (row + 0.6), label) for x, s, row, label in above]
    marks += [Mark(s, x, axis + AXIS / 2 + ROW * (row + 0.6), label) for x, s, row, label in below]
    where = {m.spot.ref: (m.x, m.y) for m in marks}
    return Picture(
        width=WIDTH,
        height=axis + AXIS / 2 + ROW * (_deepest(below) + 1) + 6,
        axis=axis,
        left=LEFT,
        right=RIGHT,
        broken_at=axis_scale.broken_at,
        ticks=tuple(axis_scale.ticks()),
        marks=tuple(marks),
        lines=tuple(line for n, join in enumerate(joins) for line in _lines(join, where, n)),
    )


class _Placed(NamedTuple):
    x: float
    spot: Spot
    row: int
    label: str


def _rows(placed: Sequence[tuple[float, Spot]]) -> list[_Placed]:
    """Marks in rows away from the axis, so that none hides another as long as there is room; those that are
    joined come first, nearest to the axis, and have their word beside them."""
    ends: list[list[tuple[float, float]]] = []
    found: list[_Placed] = []
    for x, spot in sorted(placed, key=lambda p: (not p[1].joined, p[0])):
        word = spot.kind if spot.joined else ""
        for label in dict.fromkeys((word, "")):
            span = (x - APART / 2, x + APART / 2 + LETTER * len(label) + (4 if label else 0))
            row = next(
                (n for n in range(len(ends)) if all(span[1] <= a or b <= span[0] for a, b in ends[n])),
                len(ends),
            )
            fits = row < MOST_ROWS and (not label or span[1] <= WIDTH)
            if fits or not label:
                break
        row = min(row, MOST_ROWS - 1)
        while len(ends) <= row:
            ends.append([])
        ends[row].append(span)
        found.append(_Placed(x, spot, row, label))
    return found


def _deepest(rows: Sequence[_Placed]) -> int:
    return max((p.row for p in rows), default=0)


def _lines(join: Join, where: Mapping[Ref, tuple[float, float]], number: int) -> list[Line]:
    start = where.get(join.said)
    ends = [where[ref] for ref in join.against if ref in where]
    if start is None:
        return []
    made: list[Line] = []
    share = (0.5, 0.38, 0.62)[number % 3]
    for x, y in ends:
        x0, y0 = start
        middle = (y0 + y) / 2
        path = f"M{x0:.1f} {y0:.1f}C{x0:.1f} {middle:.1f} {x:.1f} {middle:.1f} {x:.1f} {y:.1f}"
        made.append(Line(join, path, *_on_curve(x0, y0, x, y, share), not made))
    return made


def _on_curve(x0: float, y0: float, x1: float, y1: float, t: float) -> tuple[float, float]:
    """A point of the cubic curve of :func:`_lines` at the share ``t`` of its way."""
    s, middle = 1 - t, (y0 + y1) / 2
    a, b, c, d = s**3, 3 * s * s * t, 3 * s * t * t, t**3
    return a * x0 + b * x0 + c * x1 + d * x1, a * y0 + b * middle + c * middle + d * y1


def _day(iso: str | None) -> date | None:
    try:
        return date.fromisoformat(iso) if iso else None
    except ValueError:
        return None
