"""Days of the calendar that have names: which days they were in a year."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from saydo.model.dates import Interval

_FIXED = {
    "christmas": (12, 25), "xmas": (12, 25), "halloween": (10, 31), "epiphany": (1, 6), "new year": (1, 1),
    "christmas eve": (12, 24), "new year eve": (12, 31),
}  # fmt: skip
_EASTER = {"easter": 0, "pentecost": 49}
"""Days after Easter Sunday."""
_ISLAMIC = {
    "ramadan": (9, 1, 0), "ramazan": (9, 1, 0), "fitr": (10, 1, 3), "adha": (12, 10, 4), "ashura": (1, 10, 1),
    "arbaeen": (2, 20, 1), "muharram": (1, 1, 0), "mawlid": (3, 12, 1), "hajj": (12, 8, 6),
}  # fmt: skip
"""Month and day of the Islamic year, and for how many days (0: the whole month)."""
_ISLAMIC_YEARS = range(1925, 2077)
"""Gregorian years that the Umm al-Qura tables of ``hijridate`` cover whole."""
_NOWRUZ = ("nowruz", "norouz", "newroz")
UNCOMPUTED = (
    "eid",
    "diwali",
    "passover",
    "hanukkah",
    "tet",
    "thanksgiving",
    "lent",
    "purim",
    "vesak",
    "songkran",
)
"""Names that are recognised and stay unresolved; "Eid" alone is either of two feasts."""
NAMES = frozenset([*_FIXED, *_EASTER, *_ISLAMIC, *_NOWRUZ, *UNCOMPUTED])


def occurrences(name: str, year: int) -> list[Interval]:
    """The stretches of days of that name that begin in the Gregorian year; none where it is not computed."""
    rules: list[tuple[bool, Callable[[], list[Interval]]]] = [
        (name in _FIXED, lambda: [_days(date(year, *_FIXED[name]), 1)]),
        (name in _EASTER, lambda: [_days(easter(year) + timedelta(days=_EASTER[name]), 1)]),
        (name in _NOWRUZ, lambda: [_days(date(year, 3, 20), 2)]),
        (name in _ISLAMIC and year in _ISLAMIC_YEARS, lambda: _islamic(*_ISLAMIC[name], year)),
    ]
    return next((rule() for holds, rule in rules if holds), [])


def is_rough(name: str) -> bool:
    """Whether the days may be off by one: the moon is sighted, the equinox falls on either day."""
    return name in _ISLAMIC or name in _NOWRUZ


def _days(first: date, count: int) -> Interval:
    return Interval(first, first + timedelta(days=count - 1))


def _islamic(month: int, day: int, count: int, year: int) -> list[Interval]:
    from hijridate import Gregorian, Hijri

    begun = Gregorian(year, 1, 1).to_hijri().year
    found = []
    for islamic in (begun, begun + 1):
        here = Hijri(islamic, month, day)
        first = here.to_gregorian()
        if first.year == year:
            found.append(_days(date(first.year, first.month, first.day), count or here.month_length()))
    return found


def easter(year: int) -> date:
    """Easter Sunday of the western churches (Gauss's method for the Gregorian calendar)."""
    golden, century = year % 19, year // 100
    moon = (19 * golden + century - century // 4 - (8 * century + 13) // 25 + 15) % 30
    moon -= (moon // 28) * (1 - (29 // (moon + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + moon + 2 - century + century // 4) % 7
    offset = moon - weekday
    number = 3 + (offset + 40) // 44
    return date(year, number, offset + 28 - 31 * (number // 4))
