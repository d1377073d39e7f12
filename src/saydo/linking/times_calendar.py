"""Calendar arithmetic on stretches of days, and their EDTF strings (level 1)."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import NamedTuple

from saydo.model.dates import Interval, month, year

SEASONS = {"spring": (3, 21), "summer": (6, 22), "autumn": (9, 23), "winter": (12, 24)}
"""First month (northern hemisphere, whole months) and EDTF code of each season."""


class Stretch(NamedTuple):
    """A resolved stretch of days, how finely it is told, and its EDTF string ("" where none fits)."""

    days: Interval
    precision: str
    edtf: str


def day(value: date) -> Stretch:
    """One day."""
    return Stretch(Interval(value, value), "day", value.isoformat())


def week(value: date) -> Stretch:
    """The week, Monday to Sunday, that the day lies in."""
    monday = value - timedelta(days=value.weekday())
    return between(monday, monday + timedelta(days=6), "week")


def month_of(year_: int, number: int) -> Stretch:
    """A calendar month; ``number`` may run over the year's ends."""
    year_, number = year_ + (number - 1) // 12, (number - 1) % 12 + 1
    return Stretch(month(year_, number), "month", f"{year_:04}-{number:02}")


def year_of(number: int) -> Stretch:
    """A calendar year."""
    return Stretch(year(number), "year", f"{number:04}")


def decade_of(number: int) -> Stretch:
    """The ten years that begin with the year ``number``."""
    days = Interval(date(number, 1, 1), date(number + 9, 12, 31))
    return Stretch(days, "decade", f"{number // 10:03}X")


def century_of(number: int) -> Stretch:
    """The hundred years counted from 1: the 20th century is 1901 to 2000."""
    days = Interval(date(number * 100 - 99, 1, 1), date(number * 100, 12, 31))
    return Stretch(days, "interval", f"{number * 100 - 99:04}/{number * 100:04}")


def season_of(year_: int, name: str) -> Stretch:
    """A northern season; winter begins in December of the year."""
    first, code = SEASONS[name]
    start = month_of(year_, first).days.start
    return Stretch(Interval(start, month_of(year_, first + 2).days.end), "season", f"{year_:04}-{code}")


def between(start: date | None, end: date | None, precision: str = "interval") -> Stretch:
    """The days from ``start`` to ``end``; None leaves an end open."""
    return Stretch(Interval(start, end), precision, f"{_edge(start)}/{_edge(end)}")


def _edge(value: date | None) -> str:
    return value.isoformat() if value else ".."


def months_after(value: date, count: int) -> date:
    """The same day ``count`` months later (or earlier), or the last day of a shorter month."""
    index = value.year * 12 + value.month - 1 + count
    year_, number = index // 12, index % 12 + 1
    return date(year_, number, min(value.day, calendar.monthrange(year_, number)[1]))


def shifted(value: date, unit: str, count: int) -> date:
    """The day ``count`` units after the day; a quarter is three months."""
    days = {"day": 1, "week": 7, "fortnight": 14}.get(unit)
    if days is not None:
        return value + timedelta(days=days * count)
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}[unit]
    return months_after(value, months * count)


def unit_of(value: date, unit: str) -> Stretch:
    """The calendar unit that the day lies in."""
    if unit in ("day", "hour", "minute"):
        return day(value)
    if unit in ("week", "fortnight"):
        return week(value)
    if unit == "month":
        return month_of(value.year, value.month)
    if unit == "quarter":
        return quarter_of(value.year, (value.month - 1) // 3 + 1)
    if unit == "year":
        return year_of(value.year)
    if unit == "decade":
        return decade_of(value.year - value.year % 10)
    return century_of((value.year - 1) // 100 + 1)


def quarter_of(year_: int, number: int) -> Stretch:
    """A calendar quarter, 1 to 4."""
    first, last = month_of(year_, number * 3 - 2), month_of(year_, number * 3)
    return Stretch(Interval(first.days.start, last.days.end), "interval", f"{first.edtf}/{last.edtf}")


def shortest(days: Interval) -> str:
    """The EDTF string of a stretch: of whole years or months where its ends allow it."""
    start, end = days
    if start is None or end is None:
        return f"{_edge(start)}/{_edge(end)}"
    last = calendar.monthrange(end.year, end.month)[1] == end.day
    if start.day == 1 and last:
        whole = start.month == 1 and end.month == 12
        width = 4 if whole else 7
        first, second = start.isoformat()[:width], end.isoformat()[:width]
    else:
        first, second = start.isoformat(), end.isoformat()
    return first if first == second else f"{first}/{second}"
