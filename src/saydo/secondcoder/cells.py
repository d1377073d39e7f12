"""Values of cells: days, numbers, coordinates. What cannot be read is said why."""

from __future__ import annotations

import re
from datetime import date, timedelta

MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?")
_WORDS = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3,9})[ ,-]*(\d{2}|\d{4})")
_SLASHES = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?: .*)?")


class Unreadable(Exception):
    """A row that cannot be taken: the reason."""


def day(cell: str, column: str, *, day_first: bool = True) -> date:
    """A day: ``2019-05-09`` with or without a time behind it, ``9 May 2019``, ``9-May-19``, ``09/05/2019``.
    Raises Unreadable."""
    if not cell:
        raise Unreadable(f"{column} is empty")
    try:
        if found := _ISO.fullmatch(cell):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if (found := _WORDS.fullmatch(cell)) and found[2][:3].lower() in MONTHS:
            year = int(found[3])
            # ACLED begins in 1997, UCDP in 1989
            year += 0 if year > 99 else 1900 if year > 88 else 2000
            return date(year, MONTHS.index(found[2][:3].lower()) + 1, int(found[1]))
        if found := _SLASHES.fullmatch(cell):
            first, second = int(found[1]), int(found[2])
            if not day_first and first <= 12 and second <= 12 and first != second:
                raise Unreadable(f"{column} {cell!r} may be two days; write it as 2019-05-09")
            if first > 12 or (day_first and second <= 12):
                return date(int(found[3]), second, first)
            return date(int(found[3]), first, second)
    except ValueError:
        raise Unreadable(f"{column} {cell!r} is no day of the calendar") from None
    raise Unreadable(f"{column} {cell!r} is no date")


def around(middle: date, days: int) -> tuple[date, date]:
    """So many days to either side."""
    return middle - timedelta(days), middle + timedelta(days)


def whole(cell: str, column: str) -> int | None:
    """A number of people or a code; None for an empty cell. Raises Unreadable."""
    if not cell:
        return None
    try:
        value = float(cell.replace(",", ""))
    except ValueError:
        raise Unreadable(f"{column} {cell!r} is no number") from None
    if value != value or value in (float("inf"), float("-inf")) or value < 0:
        raise Unreadable(f"{column} {cell!r} is no number of people or code")
    return int(value)


def point(lat: str, lon: str) -> tuple[float | None, float | None]:
    """Degrees; (None, None) where one is missing. Raises Unreadable where the globe has no such point."""
    if not lat or not lon:
        return None, None
    try:
        found = float(lat), float(lon)
    except ValueError:
        raise Unreadable(f"latitude {lat!r}, longitude {lon!r} are no degrees") from None
    if not (-90 <= found[0] <= 90 and -180 <= found[1] <= 180):
        raise Unreadable(f"latitude {lat}, longitude {lon} is no point of the globe")
    return found


def names(cell: str) -> list[str]:
    """The names of a list joined by semicolons."""
    return list(dict.fromkeys(name.strip() for name in cell.split(";") if name.strip()))
