"""Publication dates as sources write them, to ISO days; never a guess where two readings are possible."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})"
_MONTH = r"(?P<name>[A-Za-z]{3,9})\.?"
_ISO = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)(?:T?\d{4,6}Z?)?$")
_DAY_FIRST = re.compile(rf"(?:[A-Za-z]+,?\s+)?{_DAY}(?:\s+of)?[\s-]+{_MONTH},?[\s-]+{_YEAR}\b")
_MONTH_FIRST = re.compile(rf"(?:[A-Za-z]+,?\s+)?{_MONTH}\s+{_DAY},?\s+{_YEAR}\b")
_DOTTED = re.compile(rf"(?P<day>\d{{1,2}})\.(?P<month>\d{{1,2}})\.{_YEAR}\b")
_SLASHED = re.compile(rf"(?P<first>\d{{1,2}})[/-](?P<second>\d{{1,2}})[/-]{_YEAR}\b")
_PDF = re.compile(r"D:(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)")
_PARTIAL = re.compile(rf"(?:{_MONTH}\s+)?{_YEAR}|\d{{4}}-\d\d")
_FILE_NAME = re.compile(r"(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)")

_FOREIGN = re.compile(
    r"(?:\D{1,16}[ ,])?\d{1,2}\.?[^\d:]{1,24}\d{4}(?:[ ,]\D{0,8})?(?:[T ,]\s*\d{1,2}:\d\d.{0,12})?"
)
"""A day, a month in words and a year: only what has this shape is worth asking a library about."""
_LANGUAGES = tuple("ar az de es fa fr hi id it kk ky pl pt ru tr uk uz".split())
"""Languages of reports to expect; asking for all that the library knows takes seconds for each odd date."""


class Day(NamedTuple):
    """An ISO day, or None and why the words do not give one."""

    iso: str | None
    reason: str | None = None


def day(words: str) -> Day:
    """The day that a source's date names, in the source's own time zone.

    ISO 8601, RFC 822, PDF dates and the usual written forms are read; so are dates in other languages
    where day, month and year are all there. ``03/04/2021`` is two dates, so it is none.
    """
    words = " ".join(words.split())
    if not words:
        return Day(None, "empty")
    if slashed := _SLASHED.match(words):
        return _slashed(slashed)
    for pattern in (_PDF, _ISO, _COMPACT, _DOTTED, _DAY_FIRST, _MONTH_FIRST):
        match = pattern.match(words)
        if match and (number := _month(match)):
            return _day(int(match["year"]), number, int(match["day"]))
    if _PARTIAL.fullmatch(words):
        return Day(None, "names no single day")
    return _other_language(words)


def day_in_name(name: str) -> str | None:
    """The ISO day that a file name begins with, as archives often name their files."""
    match = _FILE_NAME.match(name)
    return _day(int(match["year"]), int(match["month"]), int(match["day"])).iso if match else None


def _month(match: re.Match[str]) -> int | None:
    groups = match.groupdict()
    return int(groups["month"]) if "month" in groups else _MONTHS.get(groups["name"].casefold())


def _slashed(match: re.Match[str]) -> Day:
    first, second = int(match["first"]), int(match["second"])
    if first <= 12 and second <= 12 and first != second:
        return Day(None, "day and month cannot be told apart; write YYYY-MM-DD")
    month, number = (second, first) if first > 12 else (first, second)
    return _day(int(match["year"]), month, number)


def _day(year: int, month: int, number: int) -> Day:
    try:
        return Day(date(year, month, number).isoformat())
    except ValueError:
        return Day(None, "no such day")


def _other_language(words: str) -> Day:
    if not _FOREIGN.fullmatch(words):
        return Day(None, "not a date that can be read; write YYYY-MM-DD")
    import dateparser

    # Absolute dates with all three parts only: anything less would be completed from today's date.
    settings = {
        "STRICT_PARSING": True,
        "REQUIRE_PARTS": ["day", "month", "year"],
        "PARSERS": ["absolute-time"],
    }
    found = dateparser.parse(words, languages=list(_LANGUAGES), settings=settings)
    if found is None:
        return Day(None, "not a date that can be read; write YYYY-MM-DD")
    return Day(found.date().isoformat())
