"""Whether probabilities hold: a table of bins, and the same as a drawing (SVG)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class Bin(NamedTuple):
    """The events of a range of probabilities: their mean probability, the share that is right, how many."""

    probability: float
    right: float
    count: int


def reliability(
    probabilities: NDArray[np.float64], right: NDArray[np.bool_], bins: int = 10
) -> Iterator[Bin]:
    """One bin for each of some equal ranges that holds any event."""
    where = np.minimum((probabilities * bins).astype(int), bins - 1)
    for n in range(bins):
        here = where == n
        if here.any():
            yield Bin(float(probabilities[here].mean()), float(right[here].mean()), int(here.sum()))


_SIDE, _EDGE = 300, 46


def diagram(bins: Sequence[Bin]) -> str:
    """A reliability diagram: on the diagonal probabilities hold. The area of a dot tells how many events it
    stands for."""
    size = _SIDE + 2 * _EDGE
    most = max(b.count for b in bins)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" font-family="sans-serif" '
        'font-size="12" role="img" aria-label="Reliability diagram of event probabilities">',
        f'<rect width="{size}" height="{size}" fill="white"/>',
    ]
    for tenth in range(0, 11, 2):
        x, y = _x(tenth / 10), _y(tenth / 10)
        parts.append(f'<path d="M{x} {_y(0)}V{_y(1)}M{_x(0)} {y}H{_x(1)}" stroke="#ddd"/>')
        parts.append(f'<text x="{x}" y="{_y(0) + 16}" text-anchor="middle">{tenth / 10:.1f}</text>')
        parts.append(f'<text x="{_x(0) - 8}" y="{y + 4}" text-anchor="end">{tenth / 10:.1f}</text>')
    parts.append(
        f'<path d="M{_x(0)} {_y(0)}L{_x(1)} {_y(1)}" stroke="#888" stroke-dasharray="4 4" fill="none"/>'
    )
    line = "L".join(f"{_x(b.probability)} {_y(b.right)}" for b in bins)
    parts.append(f'<path d="M{line}" stroke="#1f5f8b" fill="none"/>')
    for b in bins:
        radius = 3 + 7 * (b.count / most) ** 0.5
        parts.append(
            f'<circle cx="{_x(b.probability)}" cy="{_y(b.right)}" r="{radius:.1f}" fill="#1f5f8b" '
            f'fill-opacity="0.6"><title>{b.count} events: probability {b.probability:.2f}, '
            f"right {b.right:.2f}</title></circle>"
        )
    middle = _EDGE + _SIDE / 2
    parts.append(f'<text x="{middle}" y="{size - 8}" text-anchor="middle">probability given</text>')
    parts.append(
        f'<text x="14" y="{middle}" text-anchor="middle" '
        f'transform="rotate(-90 14 {middle})">share right</text>'
    )
    return "\n".join([*parts, "</svg>", ""])


def _x(share: float) -> float:
    return round(_EDGE + share * _SIDE, 1)


def _y(share: float) -> float:
    return round(_EDGE + (1 - share) * _SIDE, 1)
