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

from saydo.linking import times_calendar as cal
from saydo.linking import times_relative as relative
from saydo.linking.times_anchor import (
    COUNTED,
    LOOKS_AHEAD,
    NO_DATE,
    Anchor,
    Resolved,
    found,
    unresolved,
    year_for,
)
from saydo.linking.times_calendar import Stretch
from saydo.linking.times_holidays import UNCOMPUTED, is_rough, occurrences
from saydo.linking.times_lengths import counted
from saydo.linking.times_patterns import Expression
from saydo.model.dates import Interval


def resolve(expression: Expression, anchor: Anchor) -> Resolved:
    """The stretch of days an expression stands for; never raises, whatever it says."""
    try:
        resolved = _RULES[expression.kind](expression, anchor)
    except (ValueError, OverflowError):
        return unresolved(expression, "names no day of the calendar")
    if expression.part and resolved.stretch:
        return resolved._replace(
            approximate=True, reason=f"{resolved.reason}; the {expression.part} part of it, kept whole"
        )
    return resolved


def _days_between(year: int, e: Expression) -> Stretch:
    first = date(year, e.month or 1, e.day or 1)
    if e.day2 is None:
        return cal.day(first)
    second = date(year, e.month2 or e.month or 1, e.day2)
    if second < first:
        first = date(year - 1, first.month, first.day)
    return cal.between(first, second)


def _of_year(e: Expression, a: Anchor) -> Resolved:
    """July last year, 5 May this year: what the inner expression tells is the year."""
    inner = resolve(e.inner[0], a)
    if inner.stretch is None or inner.stretch.days.start is None:
        return unresolved(e, inner.reason)
    year = inner.stretch.days.start.year
    return resolve(replace(e, year=year, inner=(), part=""), a)._replace(reason=inner.reason)


def _day(e: Expression, a: Anchor) -> Resolved:
    if e.inner:
        return _of_year(e, a)
    if e.year is not None:
        return found(_days_between(e.year, e), "full date")
    year, reason = year_for(e.month or 1, e.day or 1, a)
    return unresolved(e, reason) if year is None else found(_days_between(year, e), reason)


def _month(e: Expression, a: Anchor) -> Resolved:
    if e.inner:
        return _of_year(e, a)
    number = e.month or 1
    if e.year is not None:
        if e.month2:
            first, last = cal.month_of(e.year - (e.month2 < number), number), cal.month_of(e.year, e.month2)
            days = Interval(first.days.start, last.days.end)
            return found(Stretch(days, "interval", f"{first.edtf}/{last.edtf}"), "months of a year")
        return found(cal.month_of(e.year, number), "month and year")
    if e.month2:
        year, reason = year_for(e.month2, 0, a)
        return unresolved(e, reason) if year is None else _month(replace(e, year=year), a)
    if e.shift is None:
        year, reason = year_for(number, 0, a)
        return unresolved(e, reason) if year is None else found(cal.month_of(year, number), reason)
    if a.published is None:
        return unresolved(e, NO_DATE)
    here = a.published
    year = here.year
    if e.shift < 0 and number >= here.month:
        year -= 1
    elif e.shift > 0 and number <= here.month:
        year += 1
    return found(cal.month_of(year, number), COUNTED)


def _year(e: Expression, _: Anchor) -> Resolved:
    return found(cal.year_of(e.year or 0), "year")


def _decade(e: Expression, _: Anchor) -> Resolved:
    return found(cal.decade_of(e.year or 0), "decade")


def _century(e: Expression, _: Anchor) -> Resolved:
    return found(cal.century_of(e.number), "century")


def _season(e: Expression, a: Anchor) -> Resolved:
    northern = "season of the northern hemisphere"
    if e.year is not None:
        return found(cal.season_of(e.year, e.name), northern, approximate=True)
    if e.inner:
        inner = resolve(e.inner[0], a)
        if inner.stretch is None or inner.stretch.days.start is None:
            return unresolved(e, inner.reason)
        return found(cal.season_of(inner.stretch.days.start.year, e.name), northern, approximate=True)
    if a.published is None:
        return unresolved(e, NO_DATE)
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
    return found(chosen, f"{northern}, counted from the publication date", approximate=True)


def _fraction(e: Expression, a: Anchor) -> Resolved:
    inner = resolve(e.inner[0], a)
    if inner.stretch is None or inner.stretch.days.start is None or inner.stretch.days.end is None:
        return unresolved(e, inner.reason)
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
    return found(Stretch(days, "interval", cal.shortest(days)), reason)


def _piece(e: Expression, a: Anchor) -> Resolved:
    """The first or last N units of a stretch; a bare plural stands for three."""
    inner = resolve(e.inner[0], a)
    if inner.stretch is None or inner.stretch.days.start is None or inner.stretch.days.end is None:
        return unresolved(e, inner.reason)
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
        return unresolved(e, "is longer than what it is a part of")
    precision = e.unit if count == 1 and e.unit in ("day", "week", "month", "year") else "interval"
    stretch = Stretch(days, precision, cal.shortest(days))
    return found(stretch, f"part of {inner.stretch.edtf}", rough or e.unit == "week")


def _numeric(e: Expression, _: Anchor) -> Resolved:
    if e.name == "9/11":
        return found(cal.day(date(2001, 9, 11)), "name of the attacks of that day")
    if e.name.startswith("fy"):
        return unresolved(replace(e, kind="fiscal"), _FISCAL)
    first, second, third = (int(part) for part in re.split(r"[/.-]", e.name))
    if first > 31:
        return found(cal.day(date(first, second, third)), "numeric date, year first")
    year = third if third >= 100 else third + (1900 if third >= 40 else 2000)
    if first > 12 or first == second:
        return found(cal.day(date(year, second, first)), "numeric date, day first")
    if second > 12:
        return found(cal.day(date(year, first, second)), "numeric date, month first")
    return unresolved(e, "day and month could be either way round")


_FISCAL = "fiscal years begin in different months in different countries"


def _fiscal(e: Expression, _: Anchor) -> Resolved:
    return unresolved(e, _FISCAL)


def _holiday(e: Expression, a: Anchor) -> Resolved:
    if e.name in UNCOMPUTED:
        return unresolved(e, "moves from year to year, or differs between countries, and is not computed")
    if e.year is not None:
        days = occurrences(e.name, e.year)
    elif a.published is None:
        return unresolved(e, NO_DATE)
    else:
        days = _nearest(e, a, a.published)
    if not days:
        return unresolved(e, "falls in no year that the calendar's tables cover")
    start, end = days[0]
    precision = (
        "day" if start == end else "month" if e.name in ("ramadan", "ramazan", "muharram") else "interval"
    )
    return found(Stretch(days[0], precision, cal.shortest(days[0])), "day of the calendar", is_rough(e.name))


def _nearest(e: Expression, a: Anchor, here: date) -> list[Interval]:
    """The day of that name that an expression without a year means."""
    around = [d for year in (-1, 0, 1) for d in occurrences(e.name, here.year + year)]
    begun = [d for d in around if d.start is not None and d.start <= here]
    later = [d for d in around if d.start is not None and d.start > here]
    if e.shift == 0:
        return [d for d in around if d.start is not None and d.start.year == here.year][:1]
    if e.shift == 1 or (e.shift is None and a.ahead):
        return later[:1]
    if e.shift == -1 or a.past or not later:
        return begun[-1:]
    near = [*begun[-1:], later[0]]
    return sorted(near, key=lambda d: abs((here - (d.start or here)).days))[:1]


def _length(e: Expression, _: Anchor) -> Resolved:
    return unresolved(e, f"a length of time ({counted(e)}) that no date places")


def _rate(e: Expression, _: Anchor) -> Resolved:
    return unresolved(e, f"comes round again and again ({counted(e)})")


def _recent(e: Expression, _: Anchor) -> Resolved:
    return unresolved(e, f"says no definite time ({counted(e)})")


def _reference(e: Expression, _: Anchor) -> Resolved:
    return unresolved(e, f"says no definite time ({e.name.upper()}_REF)")


def _event(e: Expression, _: Anchor) -> Resolved:
    return unresolved(e, f"hangs on an event that the text names, not on a date ({counted(e)})")


def _part(e: Expression, _: Anchor) -> Resolved:
    return unresolved(e, "a part of the day; the words say of no day")


def _clock(e: Expression, a: Anchor) -> Resolved:
    """9 p.m., without a day: of the day named before, if that is near the publication date."""
    named = a.narrative.days.start if a.narrative and a.narrative.precision == "day" else None
    if named is not None and (a.published is None or abs((a.published - named).days) <= 7):
        return found(cal.day(named), "of the day named before")
    if a.published is None:
        return unresolved(e, NO_DATE)
    return found(cal.day(a.published), "no day is named; that of the publication date", approximate=True)


def _quarter(e: Expression, a: Anchor) -> Resolved:
    """The third quarter, without a year: the last that has begun, or the next one."""
    if a.published is None:
        return unresolved(e, NO_DATE)
    here = a.published
    begun = e.number * 3 - 2 <= here.month
    year = here.year - (not begun) if not a.ahead else here.year + (e.number * 3 < here.month)
    return found(cal.quarter_of(year, e.number), LOOKS_AHEAD if a.ahead else "last from the publication date")


def _range(e: Expression, a: Anchor) -> Resolved:
    left, right = resolve(e.inner[0], a), resolve(e.inner[1], a)
    if left.stretch is None or right.stretch is None:
        return unresolved(e, left.reason if left.stretch is None else right.reason)
    start, end = left.stretch.days.start, right.stretch.days.end
    first, last = e.inner
    if start and end and start > end and first.kind == last.kind and last.year is None:
        # "From November to March", "Friday to Monday": the second runs over the end of the cycle.
        end = end + timedelta(days=7) if last.kind == "weekday" else cal.months_after(end, 12)
    if start and end and start > end:
        return unresolved(e, "its end lies before its start")
    edtf = f"{left.stretch.edtf}/{right.stretch.edtf}"
    stretch = Stretch(Interval(start, end), "interval", edtf)
    return found(stretch, "from the one to the other", left.approximate or right.approximate)


def opened(side: str, days: Interval) -> Interval:
    """What a preposition makes of days: "since" and "after" leave no end, "until" and "before" no start."""
    start, end = days
    if side == "since":
        return Interval(start, None)
    if side == "until":
        return Interval(None, end)
    if side == "before":
        return Interval(None, start - timedelta(days=1) if start else None)
    return Interval(end + timedelta(days=1) if end else None, None)


_RULES: dict[str, Callable[[Expression, Anchor], Resolved]] = {
    "day": _day, "month": _month, "year": _year, "decade": _decade, "century": _century, "season": _season,
    "weekday": relative.weekday, "deictic": relative.deictic, "unit": relative.unit,
    "span": relative.span, "ago": relative.ago, "moved": relative.moved,
    "narrative": relative.narrative, "beside": relative.beside, "weekend": relative.weekend,
    "fraction": _fraction, "piece": _piece,
    "numeric": _numeric, "fiscal": _fiscal, "holiday": _holiday, "event": _event,
    "range": _range, "quarter": _quarter, "clock": _clock, "part": _part, "length": _length, "rate": _rate,
    "recent": _recent, "reference": _reference,
}  # fmt: skip
