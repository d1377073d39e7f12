"""Drawings (SVG): bars with their spread, and lines over sizes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from math import floor, log10

from lab.bench.rounds import Spread
from lab.curves import Point

_INK = ("#1f5f8b", "#b5542b", "#4d7d3a", "#7a4f9a", "#8a7a1f", "#555555")
_HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" font-family="sans-serif" '
    'font-size="12" role="img" aria-label="{label}">\n<rect width="{wide}" height="{high}" fill="white"/>'
)


def step(most: float) -> float:
    """A round distance between marks of an axis that goes up to ``most``, four to nine of them."""
    power: float = 10 ** floor(log10(most))
    return next(power * part for part in (1, 0.5, 0.2) if most / (power * part) >= 4)


def bars(rows: Mapping[str, Spread], across: str) -> str:
    """A bar to the median of each row, and a line from its lowest to its highest."""
    left, wide, high = 200, 400, 28
    most = max(each.high for each in rows.values())
    bottom = 10 + high * len(rows)
    parts = [_HEAD.format(wide=left + wide + 90, high=bottom + 48, label=escape(across))]
    every = step(most)
    for n in range(int(most / every) + 1):
        x = left + wide * n * every / most
        parts.append(f'<path d="M{x:.1f} 8V{bottom}" stroke="#ddd"/>')
        parts.append(f'<text x="{x:.1f}" y="{bottom + 16}" text-anchor="middle">{n * every:,g}</text>')
    for n, (name, found) in enumerate(rows.items()):
        y = 14 + high * n
        low, middle, top = (wide * value / most for value in (found.low, found.median, found.high))
        parts.append(f'<text x="{left - 8}" y="{y + 13}" text-anchor="end">{escape(name)}</text>')
        parts.append(
            f'<rect x="{left}" y="{y}" width="{middle:.1f}" height="18" fill="{_INK[min(n, 1) * 5]}"/>'
        )
        parts.append(f'<path d="M{left + low:.1f} {y + 9}H{left + top:.1f}" stroke="#c33" stroke-width="2"/>')
        parts.append(f'<text x="{left + top + 6:.1f}" y="{y + 13}">{found.median:,.0f}</text>')
    parts.append(
        f'<text x="{left + wide / 2}" y="{bottom + 38}" text-anchor="middle">{escape(across)}</text>'
    )
    return "\n".join([*parts, "</svg>", ""])


def lines(series: Mapping[str, Sequence[Point]], across: str, up: str) -> str:
    """A line for each series, on axes that begin at nothing."""
    left, top, wide, high = 70, 14, 420, 260
    points = [p for each in series.values() for p in each]
    right, most = max(p.size for p in points), max(p.took for p in points) * 1.05
    bottom = top + high
    parts = [
        _HEAD.format(wide=left + wide + 190, high=bottom + 48, label=escape(f"{up} by {across}")),
    ]

    def at(p: Point) -> tuple[float, float]:
        return left + wide * p.size / right, bottom - high * p.took / most

    for n in range(int(right / step(right)) + 1):
        x = at(Point(n * step(right), 0))[0]
        parts.append(f'<path d="M{x:.1f} {top}V{bottom}" stroke="#ddd"/>')
        parts.append(f'<text x="{x:.1f}" y="{bottom + 16}" text-anchor="middle">{n * step(right):,g}</text>')
    for n in range(int(most / step(most)) + 1):
        y = at(Point(0, n * step(most)))[1]
        parts.append(f'<path d="M{left} {y:.1f}H{left + wide}" stroke="#ddd"/>')
        parts.append(f'<text x="{left - 8}" y="{y + 4:.1f}" text-anchor="end">{n * step(most):,g}</text>')
    for n, (name, found) in enumerate(series.items()):
        ink = _INK[n % len(_INK)]
        path = "L".join(f"{x:.1f} {y:.1f}" for x, y in map(at, found))
        parts.append(f'<path d="M{path}" stroke="{ink}" stroke-width="2" fill="none"/>')
        for p in found:
            x, y = at(p)
            title = f"<title>{p.size:,.0f} {escape(across)}: {p.took:,.2f}</title>"
            parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{ink}">{title}</circle>')
        y = top + 14 + 20 * n
        parts.append(f'<rect x="{left + wide + 16}" y="{y - 9}" width="12" height="12" fill="{ink}"/>')
        parts.append(f'<text x="{left + wide + 34}" y="{y + 1}">{escape(name)}</text>')
    parts.append(
        f'<text x="{left + wide / 2}" y="{bottom + 38}" text-anchor="middle">{escape(across)}</text>'
    )
    middle = top + high / 2
    turned = f'transform="rotate(-90 14 {middle})"'
    parts.append(f'<text x="14" y="{middle}" text-anchor="middle" {turned}>{escape(up)}</text>')
    return "\n".join([*parts, "</svg>", ""])
