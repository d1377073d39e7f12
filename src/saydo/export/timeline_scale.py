"""From days to places on a time axis, and where its ticks stand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from saydo.export.words import MONTHS

NARROWEST_TICK = 84.0
"""Pixels that a tick's label needs."""
EARLIER_SHARE = 0.2
"""Part of the axis that a compressed earlier period gets."""


class Tick(NamedTuple):
    x: float
    label: str


class Stretch(NamedTuple):
    """A run of days drawn at one scale: ordinals of the first day and of the day after the last."""

    first: int
    after: int
    left: float
    right: float

    def x(self, ordinal: float) -> float:
        """Where a day begins; days outside are drawn at the ends."""
        share = (ordinal - self.first) / (self.after - self.first)
        return self.left + min(max(share, 0.0), 1.0) * (self.right - self.left)


class Scale(NamedTuple):
    """One stretch; or two, where few findings lie so far before the rest that one scale would hide it."""

    stretches: tuple[Stretch, ...]

    def x(self, day: date) -> float:
        """Where the day begins."""
        return self._stretch(day.toordinal()).x(day.toordinal())

    def x_after(self, day: date) -> float:
        """Where the day ends."""
        return self._stretch(day.toordinal()).x(day.toordinal() + 1)

    def _stretch(self, ordinal: int) -> Stretch:
        return next((s for s in self.stretches if ordinal < s.after), self.stretches[-1])

    @property
    def broken_at(self) -> float | None:
        """Where the axis changes its scale; None where it does not."""
        return self.stretches[1].left if len(self.stretches) > 1 else None

    def ticks(self) -> list[Tick]:
        """Ticks of all stretches, from left to right, with labels that do not touch."""
        return [tick for stretch in self.stretches for tick in _ticks(stretch)]


def scale(days: Sequence[date], left: float, right: float, gap: float = 26.0) -> Scale:
    """The scale on which ``days`` (at least one) fill the axis from ``left`` to ``right``."""
    ordinals = sorted(day.toordinal() for day in days)
    cut = _cut(ordinals)
    if cut is None:
        return Scale((_stretch(ordinals[0], ordinals[-1], left, right),))
    middle = left + (right - left) * EARLIER_SHARE
    return Scale(
        (
            _stretch(ordinals[0], ordinals[cut - 1], left, middle - gap),
            _stretch(ordinals[cut], ordinals[-1], middle, right),
        )
    )


def _cut(ordinals: Sequence[int]) -> int | None:
    """Index of the first later day, where at most a quarter lies before a gap of over four times the rest."""
    span = ordinals[-1] - ordinals[0]
    for index, (before, after) in enumerate(pairwise(ordinals), start=1):
        rest = max(ordinals[-1] - after, 21)
        if index <= len(ordinals) / 4 and span > 5 * rest and after - before > rest:
            return index
    return None


def _stretch(first: int, last: int, left: float, right: float) -> Stretch:
    """With a little room at both ends, never less than a week in all."""
    room = max((last - first) // 40, (7 - (last - first)) // 2, 1)
    return Stretch(max(first - room, 1), min(last + 1 + room, date.max.toordinal()), left, right)


def _ticks(stretch: Stretch) -> list[Tick]:
    most = max(int((stretch.right - stretch.left) / NARROWEST_TICK), 1)
    for starts in _steps(stretch):
        inside = [day for day in starts if stretch.first <= day.toordinal() < stretch.after]
        if 0 < len(inside) <= most:
            return _labelled(stretch, inside)
    return _labelled(stretch, [date.fromordinal(stretch.first)])


def _steps(stretch: Stretch) -> list[list[date]]:
    """Candidates from the finest to the coarsest: every day, week, month, …, century."""
    first, last = date.fromordinal(stretch.first), date.fromordinal(stretch.after - 1)
    candidates: list[list[date]] = []
    days = stretch.after - stretch.first
    if days <= 120:
        candidates += [
            [date.fromordinal(o) for o in range(stretch.first, stretch.after, step)] for step in (1, 2, 7, 14)
        ]
    if days <= 366 * 12:
        candidates += [
            [date(y, m, 1) for y in range(first.year, last.year + 1) for m in range(1, 13, step)]
            for step in (1, 3, 6)
        ]
    for step in (1, 2, 5, 10, 20, 50, 100, 500, 1000):
        start = max(first.year - first.year % step, 1)
        candidates.append([date(y, 1, 1) for y in range(start, last.year + 1, step)])
    return candidates


def _labelled(stretch: Stretch, days: Sequence[date]) -> list[Tick]:
    """Years where all are New Year's days; months with the year where it changes; else days likewise."""
    ticks, year = [], None
    yearly = all((day.month, day.day) == (1, 1) for day in days)
    monthly = all(day.day == 1 for day in days)
    for day in days:
        if yearly:
            label = str(day.year)
        else:
            name = MONTHS[day.month - 1][:3]
            label = name if monthly else f"{day.day} {name}"
            label += f" {day.year}" if day.year != year else ""
        year = day.year
        ticks.append(Tick(stretch.x(day.toordinal()), label))
    return ticks
