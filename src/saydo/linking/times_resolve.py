"""Resolves what a temporal expression says to a stretch of days, with the reason.

Conventions (decision 0005): "early", "mid-" and "late" leave the whole month, year or decade and mark it as
approximate; "the last five years" are the calendar years from five years back to the present one; a month or
weekday without a year is the nearest in the past unless its verb looks ahead.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from saydo.linking import times_calendar as cal
from saydo.linking.times_calendar import Stretch
from saydo.linking.times_lexicon import HOLIDAYS, WEEKDAYS
from saydo.linking.times_patterns import Expression
from saydo.model.dates import Interval


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


class Resolved(NamedTuple):
    """A stretch, or None where the expression could not be resolved; ``reason`` says why or how."""

    stretch: Stretch | None
    precision: str
    approximate: bool
    reason: str


_NO_DATE = "needs the publication date, which is unknown"
_COUNTED = "counted from the publication date"
_LOOKS_AHEAD = "next from the publication date; the verb looks ahead"
_NO_NARRATIVE = "hangs on an earlier date in the text, and none was found"
_FINENESS = {
    "day": "day", "deictic": "day", "weekday": "day", "numeric": "day", "week": "week", "month": "month",
    "season": "season", "year": "year", "decade": "decade", "open": "open", "fiscal": "year",
    "holiday": "day",
}  # fmt: skip


def resolve(expression: Expression, anchor: Anchor) -> Resolved:
    """The stretch of days an expression stands for; never raises, whatever it says."""
    try:
        resolved = _RULES[expression.kind](expression, anchor)
    except (ValueError, OverflowError):
        return _unresolved(expression, "names no day of the calendar")
    if expression.part and resolved.stretch:
        return resolved._replace(
            approximate=True, reason=f"{resolved.reason}; the {expression.part} part of it, kept whole"
        )
    return resolved


def _unresolved(expression: Expression, reason: str) -> Resolved:
    fineness = _FINENESS.get(expression.kind) or _FINENESS.get(expression.unit, "interval")
    return Resolved(None, fineness, False, reason)


def _found(stretch: Stretch, reason: str, approximate: bool = False) -> Resolved:
    return Resolved(stretch, stretch.precision, approximate, reason)


def _days_between(year: int, e: Expression) -> Stretch:
    first = date(year, e.month or 1, e.day or 1)
    if e.day2 is None:
        return cal.day(first)
    second = date(year, e.month2 or e.month or 1, e.day2)
    if second < first:
        first = date(year - 1, first.month, first.day)
    return cal.between(first, second)


def _day(e: Expression, a: Anchor) -> Resolved:
    if e.year is not None:
        return _found(_days_between(e.year, e), "full date")
    year, reason = _year_for(e.month or 1, e.day or 1, a)
    return _unresolved(e, reason) if year is None else _found(_days_between(year, e), reason)


def _year_for(month: int, day: int, a: Anchor) -> tuple[int | None, str]:
    """The year of a month and day (0: the whole month) given without one, with the reason."""
    told = a.narrated_year
    if told is not None and not a.ahead and (a.published is None or told < a.published.year):
        return told, "year of the date named before in the paragraph"
    if a.published is None:
        return None, _NO_DATE
    here = a.published
    this_year = (month, day or 1) <= (here.month, here.day)
    past = here.year if this_year else here.year - 1
    if a.ahead:
        same = (month, day or 31) >= (here.month, here.day)
        return (here.year if same else here.year + 1), _LOOKS_AHEAD
    try:
        since = (here - date(past, month, min(day or 1, 28))).days
    except ValueError:
        return past, "nearest in the past of the publication date"
    if 365 - since <= 45:
        return past + 1, "nearest to the publication date"
    return past, "nearest in the past of the publication date"


def _month(e: Expression, a: Anchor) -> Resolved:
    number = e.month or 1
    if e.year is not None:
        if e.month2:
            first, last = cal.month_of(e.year - (e.month2 < number), number), cal.month_of(e.year, e.month2)
            days = Interval(first.days.start, last.days.end)
            return _found(Stretch(days, "interval", f"{first.edtf}/{last.edtf}"), "months of a year")
        return _found(cal.month_of(e.year, number), "month and year")
    if e.shift is None:
        year, reason = _year_for(number, 0, a)
        return _unresolved(e, reason) if year is None else _found(cal.month_of(year, number), reason)
    if a.published is None:
        return _unresolved(e, _NO_DATE)
    here = a.published
    year = here.year
    if e.shift < 0 and number >= here.month:
        year -= 1
    elif e.shift > 0 and number <= here.month:
        year += 1
    return _found(cal.month_of(year, number), _COUNTED)


def _year(e: Expression, _: Anchor) -> Resolved:
    return _found(cal.year_of(e.year or 0), "year")


def _decade(e: Expression, _: Anchor) -> Resolved:
    return _found(cal.decade_of(e.year or 0), "decade")


def _century(e: Expression, _: Anchor) -> Resolved:
    return _found(cal.century_of(e.number), "century")


def _season(e: Expression, a: Anchor) -> Resolved:
    northern = "season of the northern hemisphere"
    if e.year is not None:
        return _found(cal.season_of(e.year, e.name), northern, approximate=True)
    if e.inner:
        inner = resolve(e.inner[0], a)
        if inner.stretch is None or inner.stretch.days.start is None:
            return _unresolved(e, inner.reason)
        return _found(cal.season_of(inner.stretch.days.start.year, e.name), northern, approximate=True)
    if a.published is None:
        return _unresolved(e, _NO_DATE)
    seasons = [cal.season_of(a.published.year + step, e.name) for step in (-2, -1, 0, 1)]
    begun = [s for s in seasons if s.days.start and s.days.start <= a.published]
    running = begun[-1].days.end is not None and begun[-1].days.end >= a.published
    ahead = e.shift == 1 or (e.shift is None and a.ahead and not running)
    if ahead:
        chosen = seasons[len(begun)] if len(begun) < len(seasons) else seasons[-1]
    elif e.shift == -1:
        chosen = begun[-2] if running else begun[-1]
    elif e.shift == 0 and not running:
        chosen = seasons[2]
    else:
        chosen = begun[-1]
    return _found(chosen, f"{northern}, counted from the publication date", approximate=True)


def _weekday(e: Expression, a: Anchor) -> Resolved:
    if a.published is None:
        return _unresolved(e, _NO_DATE)
    here = a.published
    back = (here.weekday() - e.weekday) % 7
    forward = (e.weekday - here.weekday()) % 7
    if e.shift == 1:
        return _found(cal.day(here + timedelta(days=forward or 7)), "next after the publication date")
    if e.shift == -1:
        return _found(cal.day(here - timedelta(days=back or 7)), "last before the publication date")
    if e.shift == 0:
        monday = here - timedelta(days=here.weekday())
        return _found(cal.day(monday + timedelta(days=e.weekday)), "of the week of the publication date")
    if a.ahead:
        return _found(cal.day(here + timedelta(days=forward)), _LOOKS_AHEAD)
    name = WEEKDAYS[e.weekday].title()
    return _found(cal.day(here - timedelta(days=back)), f"last {name} on or before the publication date")


def _deictic(e: Expression, a: Anchor) -> Resolved:
    if a.published is None:
        return _unresolved(e, _NO_DATE)
    return _found(cal.day(a.published + timedelta(days=e.number)), _COUNTED)


def _unit(e: Expression, a: Anchor) -> Resolved:
    if a.published is None:
        return _unresolved(e, _NO_DATE)
    if e.unit == "quarter":
        moved = cal.shifted(a.published, "quarter", e.shift or 0)
    elif e.unit in ("month", "year", "decade", "century"):
        moved = cal.shifted(a.published.replace(day=1), e.unit, e.shift or 0)
    else:
        moved = cal.shifted(a.published, e.unit, e.shift or 0)
    return _found(cal.unit_of(moved, e.unit), _COUNTED)


def _span(e: Expression, a: Anchor) -> Resolved:
    """The last N units, up to the present one; or the next N, from the present one."""
    if a.published is None:
        return _unresolved(e, _NO_DATE)
    if e.shift == 0:
        return _unit(e, a)
    here, sign = a.published, e.shift or -1
    there = cal.shifted(here, e.unit, sign * e.number)
    if e.number > 1 and e.unit in ("month", "year", "decade"):
        unit = "year" if e.unit == "decade" else e.unit
        ends = sorted([cal.unit_of(there, unit).days, cal.unit_of(here, unit).days])
        days = Interval(ends[0].start, ends[1].end)
        reason = f"whole {unit}s, counted from the publication date"
    else:
        days = Interval(min(here, there), max(here, there))
        reason = _COUNTED
    return _found(Stretch(days, "interval", cal.shortest(days)), reason, approximate=True)


def _ago(e: Expression, a: Anchor) -> Resolved:
    if a.published is None:
        return _unresolved(e, _NO_DATE)
    if e.unit in ("hour", "minute"):
        days = e.number // 24 if e.unit == "hour" else 0
        return _found(cal.day(a.published - timedelta(days=days)), _COUNTED, True)
    there = cal.shifted(a.published, e.unit, -e.number)
    rough = e.approximate or e.unit != "day"
    return _found(cal.unit_of(there, e.unit), "counted back from the publication date", rough)


def _moved(e: Expression, a: Anchor) -> Resolved:
    """Three days earlier: from the time that the text named last."""
    if a.narrative is None:
        return _unresolved(e, _NO_NARRATIVE)
    reason = f"counted from {a.narrative.edtf or 'the time named before'}"
    if e.unit in ("hour", "minute"):
        return _found(a.narrative, f"within hours of {a.narrative.edtf}", True)
    start, end = a.narrative.days
    sign = (e.shift or 1) * e.number
    if start is None or end is None:
        return _unresolved(e, _NO_NARRATIVE)
    first, last = cal.shifted(start, e.unit, sign), cal.shifted(end, e.unit, sign)
    if first == last and e.unit in ("day", "week", "fortnight"):
        return _found(cal.day(first), reason, e.approximate or e.unit != "day")
    if first == last or (last - first).days < (end - start).days - 3:
        return _found(cal.unit_of(first, e.unit), reason, True)
    days = Interval(first, last)
    return _found(Stretch(days, a.narrative.precision, cal.shortest(days)), reason, True)


def _narrative(e: Expression, a: Anchor) -> Resolved:
    """The previous day, the same month, that year: beside the time that the text named last."""
    if a.narrative is None or a.narrative.days.start is None:
        return _unresolved(e, _NO_NARRATIVE)
    if e.unit in ("day", "week") and a.narrative.precision not in ("day", "week"):
        return _unresolved(e, f"hangs on an earlier date, and {a.narrative.edtf} is told too roughly")
    moved = cal.shifted(a.narrative.days.start, e.unit, e.shift or 0)
    return _found(cal.unit_of(moved, e.unit), f"beside {a.narrative.edtf}, named before")


def _weekend(e: Expression, a: Anchor) -> Resolved:
    if a.published is None:
        return _unresolved(e, _NO_DATE)
    saturday = a.published - timedelta(days=(a.published.weekday() - 5) % 7)
    running = (a.published - saturday).days <= 1
    if e.shift == 1 or (a.ahead and e.shift != -1 and not running):
        saturday += timedelta(days=7)
    elif e.shift == -1 and running:
        saturday -= timedelta(days=7)
    days = Interval(saturday, saturday + timedelta(days=1))
    return _found(Stretch(days, "interval", cal.shortest(days)), "weekend counted from the publication date")


def _fraction(e: Expression, a: Anchor) -> Resolved:
    inner = resolve(e.inner[0], a)
    if inner.stretch is None or inner.stretch.days.start is None or inner.stretch.days.end is None:
        return _unresolved(e, inner.reason)
    start, end = inner.stretch.days.start, inner.stretch.days.end
    parts = 2 if e.unit == "half" else 4
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    if months % parts == 0:
        first = cal.months_after(start, months // parts * (e.number - 1))
        last = cal.months_after(start, months // parts * e.number) - timedelta(days=1)
    else:
        length = (end - start).days + 1
        first = start + timedelta(days=length * (e.number - 1) // parts)
        last = start + timedelta(days=length * e.number // parts - 1)
    days = Interval(first, last)
    reason = f"{e.unit} {e.number} of {inner.stretch.edtf}"
    return _found(Stretch(days, "interval", cal.shortest(days)), reason)


def _piece(e: Expression, a: Anchor) -> Resolved:
    """The first or last N units of a stretch; a bare plural stands for three."""
    inner = resolve(e.inner[0], a)
    if inner.stretch is None or inner.stretch.days.start is None or inner.stretch.days.end is None:
        return _unresolved(e, inner.reason)
    start, end = inner.stretch.days.start, inner.stretch.days.end
    count, rough = (e.number, False) if e.number else (3, True)
    if e.shift == -1:
        first, last = cal.shifted(end + timedelta(days=1), e.unit, -count), end
    else:
        skipped = (e.shift or 1) - 1
        first = cal.shifted(start, e.unit, skipped)
        last = cal.shifted(first, e.unit, count) - timedelta(days=1)
    days = Interval(max(first, start), min(last, end))
    if days.start is None or days.end is None or days.start > days.end:
        return _unresolved(e, "is longer than what it is a part of")
    precision = e.unit if count == 1 and e.unit in ("day", "week", "month", "year") else "interval"
    stretch = Stretch(days, precision, cal.shortest(days))
    return _found(stretch, f"part of {inner.stretch.edtf}", rough or e.unit == "week")


def _numeric(e: Expression, _: Anchor) -> Resolved:
    if e.name == "9/11":
        return _found(cal.day(date(2001, 9, 11)), "name of the attacks of that day")
    if e.name.startswith("fy"):
        return _unresolved(replace(e, kind="fiscal"), _FISCAL)
    first, second, third = (int(part) for part in re.split(r"[/.-]", e.name))
    if first > 31:
        return _found(cal.day(date(first, second, third)), "numeric date, year first")
    year = third if third >= 100 else third + (1900 if third >= 40 else 2000)
    if first > 12 or first == second:
        return _found(cal.day(date(year, second, first)), "numeric date, day first")
    if second > 12:
        return _found(cal.day(date(year, first, second)), "numeric date, month first")
    return _unresolved(e, "day and month could be either way round")


_FISCAL = "fiscal years begin in different months in different countries"


def _fiscal(e: Expression, _: Anchor) -> Resolved:
    return _unresolved(e, _FISCAL)


def _holiday(e: Expression, a: Anchor) -> Resolved:
    fixed = HOLIDAYS[e.name]
    if fixed is None and e.name != "easter":
        return _unresolved(e, "moves from year to year in a calendar that is not computed here")
    if e.year is not None:
        year = e.year
    elif a.published is None:
        return _unresolved(e, _NO_DATE)
    else:
        reference = cal.easter(a.published.year) if fixed is None else date(a.published.year, *fixed)
        year = a.published.year
        if e.shift == 1 or (e.shift is None and a.ahead):
            year += reference < a.published
        elif e.shift != 0 and reference > a.published:
            year -= 1
    return _found(cal.day(cal.easter(year) if fixed is None else date(year, *fixed)), "day of the calendar")


def _vague(e: Expression, _: Anchor) -> Resolved:
    return _unresolved(e, "says no definite time")


def _event(e: Expression, _: Anchor) -> Resolved:
    return _unresolved(e, "hangs on an event that the text names, not on a date")


def _range(e: Expression, a: Anchor) -> Resolved:
    left, right = resolve(e.inner[0], a), resolve(e.inner[1], a)
    if left.stretch is None or right.stretch is None:
        return _unresolved(e, left.reason if left.stretch is None else right.reason)
    start, end = left.stretch.days.start, right.stretch.days.end
    first, last = e.inner
    if start and end and start > end and first.kind == last.kind and last.year is None:
        # "From November to March", "Friday to Monday": the second runs over the end of the cycle.
        end = end + timedelta(days=7) if last.kind == "weekday" else cal.months_after(end, 12)
    if start and end and start > end:
        return _unresolved(e, "its end lies before its start")
    edtf = f"{left.stretch.edtf}/{right.stretch.edtf}"
    stretch = Stretch(Interval(start, end), "interval", edtf)
    return _found(stretch, "from the one to the other", left.approximate or right.approximate)


def _open(e: Expression, a: Anchor) -> Resolved:
    inner = resolve(e.inner[0], a)
    if inner.stretch is None:
        return _unresolved(e, inner.reason)
    start, end = inner.stretch.days
    bounds = {
        "since": (start, None),
        "until": (None, end),
        "before": (None, start - timedelta(days=1) if start else None),
        "after": (end + timedelta(days=1) if end else None, None),
    }
    days = Interval(*bounds[e.name])
    told = inner.stretch.edtf
    edtf = f"{told}/.." if e.name == "since" else f"../{told}" if e.name == "until" else cal.shortest(days)
    return Resolved(Stretch(days, "open", edtf), "open", inner.approximate, f"{e.name} {told}")


_RULES: dict[str, Callable[[Expression, Anchor], Resolved]] = {
    "day": _day, "month": _month, "year": _year, "decade": _decade, "century": _century, "season": _season,
    "weekday": _weekday, "deictic": _deictic, "unit": _unit, "span": _span, "ago": _ago, "moved": _moved,
    "narrative": _narrative, "weekend": _weekend, "fraction": _fraction, "piece": _piece,
    "numeric": _numeric, "fiscal": _fiscal, "holiday": _holiday, "vague": _vague, "event": _event,
    "range": _range, "open": _open,
}  # fmt: skip
