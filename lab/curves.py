"""A curve over sizes as a drawing (SVG), on logarithmic axes, beside n log n."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor, log, log10
from typing import NamedTuple

_WIDE, _HIGH, _EDGE = 420, 300, 64


class Point(NamedTuple):
    """What something of a size took."""

    size: float
    took: float


def curve(points: Sequence[Point], across: str, up: str) -> str:
    """The points joined by a line, and dashed what n log n would take from the first of them on."""
    first = points[0]
    ideal = [
        Point(p.size, first.took * p.size * log(p.size) / (first.size * log(first.size))) for p in points
    ]
    left, right = floor(log10(first.size)), ceil(log10(points[-1].size))
    tooks = [p.took for p in (*points, *ideal)]
    low, high = floor(log10(min(tooks))), ceil(log10(max(tooks)))

    def at(p: Point) -> str:
        x = _EDGE + _WIDE * (log10(p.size) - left) / max(1, right - left)
        y = _EDGE / 2 + _HIGH * (1 - (log10(p.took) - low) / max(1, high - low))
        return f"{x:.1f} {y:.1f}"

    width, height = _WIDE + _EDGE * 2, _HIGH + _EDGE * 1.5
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" '
        f'font-size="12" role="img" aria-label="{up} by {across}">',
        f'<rect width="{width}" height="{height}" fill="white"/>',
    ]
    for power in range(left, right + 1):
        x, y = at(Point(10**power, 10**low)).split()
        parts.append(f'<path d="M{x} {y}V{_EDGE / 2}" stroke="#ddd"/>')
        parts.append(f'<text x="{x}" y="{float(y) + 16:.1f}" text-anchor="middle">{10**power:,}</text>')
    for power in range(low, high + 1):
        x, y = at(Point(10**left, 10.0**power)).split()
        parts.append(f'<path d="M{x} {y}H{_EDGE + _WIDE}" stroke="#ddd"/>')
        label = f"{10**power:,}" if power >= 0 else f"{10.0**power:g}"
        parts.append(f'<text x="{float(x) - 8:.1f}" y="{float(y) + 4:.1f}" text-anchor="end">{label}</text>')
    dashed = "L".join(map(at, ideal))
    parts.append(f'<path d="M{dashed}" stroke="#888" stroke-dasharray="4 4" fill="none"/>')
    x, y = at(ideal[-1]).split()
    parts.append(f'<text x="{float(x) + 6:.1f}" y="{float(y) + 4:.1f}" fill="#666">n log n</text>')
    parts.append(f'<path d="M{"L".join(map(at, points))}" stroke="#1f5f8b" stroke-width="2" fill="none"/>')
    for p in points:
        x, y = at(p).split()
        parts.append(
            f'<circle cx="{x}" cy="{y}" r="4" fill="#1f5f8b"><title>{p.size:,.0f} {across}: {p.took:,.1f}'
            "</title></circle>"
        )
    parts.append(f'<text x="{_EDGE + _WIDE / 2}" y="{height - 10}" text-anchor="middle">{across}</text>')
    middle = _EDGE / 2 + _HIGH / 2
    parts.append(
        f'<text x="16" y="{middle}" text-anchor="middle" transform="rotate(-90 16 {middle})">{up}</text>'
    )
    return "\n".join([*parts, "</svg>", ""])
