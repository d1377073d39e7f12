"""Partial dates as closed intervals of days."""

from __future__ import annotations

import calendar
from datetime import date
from typing import NamedTuple

PRECISIONS = (
    "day", "week", "month", "season", "year", "decade", "interval", "open", "duration", "set", "vague",
)  # fmt: skip
"""How finely a time is told. The last three have no place in the calendar: lengths ("three days"), what comes
round again ("every week"), and "now" or "recently"."""


class Interval(NamedTuple):
    """A closed interval of days; either end may be None (open)."""

    start: date | None
    end: date | None

    def overlaps(self, other: Interval) -> bool:
        """Whether the two share a day; an open end reaches for ever."""
        lo = max(self.start or date.min, other.start or date.min)
        hi = min(self.end or date.max, other.end or date.max)
        return lo <= hi

    def contains(self, other: Interval) -> bool:
        """Whether every day of ``other`` lies in this interval."""
        return (self.start or date.min) <= (other.start or date.min) and (other.end or date.max) <= (
            self.end or date.max
        )

    def before(self, other: Interval) -> bool:
        """Whether this interval ends before the other begins (False where either bound is open)."""
        return self.end is not None and other.start is not None and self.end < other.start


def month(year: int, number: int) -> Interval:
    """The days of a calendar month."""
    return Interval(date(year, number, 1), date(year, number, calendar.monthrange(year, number)[1]))


def year(number: int) -> Interval:
    """The days of a calendar year."""
    return Interval(date(number, 1, 1), date(number, 12, 31))


def parse(iso: str | None) -> date | None:
    """A date from ``YYYY-MM-DD…`` or None; raises ValueError on anything else."""
    return date.fromisoformat(iso[:10]) if iso else None
