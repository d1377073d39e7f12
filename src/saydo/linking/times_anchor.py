"""What relative expressions hang on, and what an expression resolves to."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from saydo.linking.times_calendar import Stretch
from saydo.linking.times_patterns import Expression


class Anchor(NamedTuple):
    """What relative expressions hang on."""

    published: date | None
    """Publication date, or a dateline's date."""
    narrative: Stretch | None
    """The last stretch of days that the text named before."""
    narrated_year: int | None
    """The year of the last date with a year in the same paragraph."""
    ahead: bool
    """Whether the governing verb looks into the future."""
    past: bool = False
    """Whether it looks back."""
    deadline: bool = False
    """Whether "by" or "until" stands before the expression."""
    present: bool = False
    """Whether it stands in the present ("leaves office on 20 January")."""


class Resolved(NamedTuple):
    """A stretch, or None where the expression could not be resolved; ``reason`` says why or how."""

    stretch: Stretch | None
    precision: str
    approximate: bool
    reason: str


NO_DATE = "needs the publication date, which is unknown"
COUNTED = "counted from the publication date"
LOOKS_AHEAD = "next from the publication date; the verb looks ahead"
NO_NARRATIVE = "hangs on an earlier date in the text, and none was found"
_FINENESS = {
    "day": "day", "deictic": "day", "weekday": "day", "numeric": "day", "week": "week", "month": "month",
    "season": "season", "year": "year", "decade": "decade", "open": "open", "fiscal": "year",
    "holiday": "day", "quarter": "interval", "clock": "day", "part": "day", "length": "duration",
    "event": "duration", "recent": "duration", "beside": "month", "rate": "set", "reference": "vague",
}  # fmt: skip


def unresolved(expression: Expression, reason: str) -> Resolved:
    """No stretch, and why; the precision is that of the words."""
    fineness = _FINENESS.get(expression.kind) or _FINENESS.get(expression.unit, "interval")
    return Resolved(None, fineness, False, reason)


def found(stretch: Stretch, reason: str, approximate: bool = False) -> Resolved:
    """A stretch, and how it was found."""
    return Resolved(stretch, stretch.precision, approximate, reason)


def year_for(month: int, day: int, a: Anchor) -> tuple[int | None, str]:
    """The year of a month and day (0: the whole month) given without one, with the reason."""
    told = a.narrated_year
    if told is not None and not a.ahead and (a.published is None or told < a.published.year):
        return told, "year of the date named before in the paragraph"
    if a.published is None:
        return None, NO_DATE
    here = a.published
    this_year = (month, day or 1) <= (here.month, here.day)
    past = here.year if this_year else here.year - 1
    if a.ahead:
        same = (month, day or 31) >= (here.month, here.day)
        return (here.year if same else here.year + 1), LOOKS_AHEAD
    try:
        since = (here - date(past, month, min(day or 1, 28))).days
    except ValueError:
        return past, "nearest in the past of the publication date"
    if not a.past and 365 - since <= (182 if a.deadline or a.present else 45):
        return past + 1, "nearest to the publication date"
    return past, "nearest in the past of the publication date"
