"""Resolves expressions that count from the publication date or from the time named before."""

from __future__ import annotations

from datetime import timedelta

from saydo.linking import times_calendar as cal
from saydo.linking.times_anchor import (
    COUNTED,
    LOOKS_AHEAD,
    NO_DATE,
    NO_NARRATIVE,
    Anchor,
    Resolved,
    found,
    unresolved,
)
from saydo.linking.times_calendar import Stretch
from saydo.linking.times_lengths import counted
from saydo.linking.times_lexicon import WEEKDAYS
from saydo.linking.times_patterns import SHORT, Expression
from saydo.model.dates import Interval

_FINENESS = (
    "second",
    "minute",
    "hour",
    "day",
    "week",
    "fortnight",
    "month",
    "quarter",
    "year",
    "decade",
    "century",
)
_COARSENESS = {"week": "week", "month": "month", "season": "quarter", "year": "year", "decade": "decade"}
"""The finest unit that can be counted from a time told so roughly; "the same month" of a day is told too."""


def weekday(e: Expression, a: Anchor) -> Resolved:
    """Thursday; last, this or next Thursday."""
    if a.published is None:
        return unresolved(e, NO_DATE)
    here = a.published
    back = (here.weekday() - e.weekday) % 7
    forward = (e.weekday - here.weekday()) % 7
    if e.shift == 1:
        return found(cal.day(here + timedelta(days=forward or 7)), "next after the publication date")
    if e.shift == -1:
        return found(cal.day(here - timedelta(days=back or 7)), "last before the publication date")
    if e.shift == 0:
        monday = here - timedelta(days=here.weekday())
        return found(cal.day(monday + timedelta(days=e.weekday)), "of the week of the publication date")
    if a.ahead or a.deadline:
        return found(cal.day(here + timedelta(days=forward)), LOOKS_AHEAD)
    name = WEEKDAYS[e.weekday].title()
    return found(cal.day(here - timedelta(days=back)), f"last {name} on or before the publication date")


def deictic(e: Expression, a: Anchor) -> Resolved:
    """Yesterday, this morning, tomorrow."""
    if a.published is None:
        return unresolved(e, NO_DATE)
    return found(cal.day(a.published + timedelta(days=e.number)), COUNTED)


def unit(e: Expression, a: Anchor) -> Resolved:
    """Last month, this week, next year."""
    if a.published is None:
        return unresolved(e, NO_DATE)
    if e.unit == "quarter":
        moved = cal.shifted(a.published, "quarter", e.shift or 0)
    elif e.unit in ("month", "year", "decade", "century"):
        moved = cal.shifted(a.published.replace(day=1), e.unit, e.shift or 0)
    else:
        moved = cal.shifted(a.published, e.unit, e.shift or 0)
    return found(cal.unit_of(moved, e.unit), COUNTED)


def span(e: Expression, a: Anchor) -> Resolved:
    """The last N units, up to the present one; or the next N, from the present one."""
    if a.published is None:
        return unresolved(e, NO_DATE)
    if e.shift == 0:
        return unit(e, a)
    here, sign = a.published, e.shift or -1
    if e.unit in SHORT:
        there = here + timedelta(days=sign * (e.number // 24 if e.unit == "hour" else 0))
    else:
        there = cal.shifted(here, e.unit, sign * e.number)
    if e.number > 1 and e.unit in ("month", "year", "decade"):
        whole = "year" if e.unit == "decade" else e.unit
        ends = sorted([cal.unit_of(there, whole).days, cal.unit_of(here, whole).days])
        days = Interval(ends[0].start, ends[1].end)
        reason = f"{counted(e)}, whole {whole}s, counted from the publication date"
    else:
        days = Interval(min(here, there), max(here, there))
        reason = f"{counted(e)}, {COUNTED}"
    return found(Stretch(days, "interval", cal.shortest(days)), reason, approximate=True)


def ago(e: Expression, a: Anchor) -> Resolved:
    """Two weeks ago: the calendar unit so many units back."""
    if a.published is None:
        return unresolved(e, NO_DATE)
    if e.unit in SHORT:
        days = e.number // 24 if e.unit == "hour" else 0
        return found(cal.day(a.published - timedelta(days=days)), COUNTED, True)
    there = cal.shifted(a.published, e.unit, -e.number)
    rough = e.approximate or e.unit != "day"
    way = "back" if e.number > 0 else "on"
    return found(cal.unit_of(there, e.unit), f"counted {way} from the publication date", rough)


def moved(e: Expression, a: Anchor) -> Resolved:
    """Three days earlier: from the time that the text named last."""
    if a.narrative is None:
        return unresolved(e, NO_NARRATIVE)
    reason = f"counted from {a.narrative.edtf or 'the time named before'}"
    if e.unit in SHORT:
        if a.narrative.precision != "day":
            return unresolved(e, f"hangs on an earlier date, and {a.narrative.edtf} is told too roughly")
        return found(a.narrative, f"within hours of {a.narrative.edtf}", True)
    start, end = a.narrative.days
    if _FINENESS.index(e.unit) < _FINENESS.index(_COARSENESS.get(a.narrative.precision, "day")):
        return unresolved(e, f"hangs on an earlier date, and {a.narrative.edtf} is told too roughly")
    sign = (e.shift or 1) * e.number
    if start is None or end is None:
        return unresolved(e, NO_NARRATIVE)
    first, last = cal.shifted(start, e.unit, sign), cal.shifted(end, e.unit, sign)
    if first == last and e.unit in ("day", "week", "fortnight"):
        return found(cal.day(first), reason, e.approximate or e.unit != "day")
    if first == last or (last - first).days < (end - start).days - 3:
        return found(cal.unit_of(first, e.unit), reason, True)
    days = Interval(first, last)
    return found(Stretch(days, a.narrative.precision, cal.shortest(days)), reason, True)


def narrative(e: Expression, a: Anchor) -> Resolved:
    """The previous day, the same month, that year: beside the time that the text named last."""
    if a.narrative is None or a.narrative.days.start is None:
        return unresolved(e, NO_NARRATIVE)
    if _FINENESS.index(e.unit) < _FINENESS.index(_COARSENESS.get(a.narrative.precision, "day")):
        return unresolved(e, f"hangs on an earlier date, and {a.narrative.edtf} is told too roughly")
    moved = cal.shifted(a.narrative.days.start, e.unit, e.shift or 0)
    return found(cal.unit_of(moved, e.unit), f"beside {a.narrative.edtf}, named before")


def beside(e: Expression, a: Anchor) -> Resolved:
    """The following March, the previous Tuesday: the next or the last of that name from the time named."""
    start, end = a.narrative.days if a.narrative else (None, None)
    if a.narrative is None or start is None or end is None:
        return unresolved(e, NO_NARRATIVE)
    name = e.inner[0]
    reason = f"beside {a.narrative.edtf}, named before"
    if name.kind == "month":
        month, edge = name.month or 1, end if e.shift == 1 else start
        later, sooner = edge.year + (month <= edge.month), edge.year - (month >= edge.month)
        year = later if e.shift == 1 else sooner if e.shift == -1 else edge.year
        return found(cal.month_of(year, month), reason)
    if a.narrative.precision not in ("day", "week"):
        return unresolved(e, f"hangs on an earlier date, and {a.narrative.edtf} is told too roughly")
    if e.shift == 1:
        return found(cal.day(end + timedelta(days=(name.weekday - end.weekday() - 1) % 7 + 1)), reason)
    if e.shift == -1:
        return found(cal.day(start - timedelta(days=(start.weekday() - name.weekday - 1) % 7 + 1)), reason)
    return found(cal.day(start + timedelta(days=(name.weekday - start.weekday()) % 7)), reason)


def weekend(e: Expression, a: Anchor) -> Resolved:
    """The weekend, this, last or next weekend: Saturday and Sunday."""
    if a.published is None:
        return unresolved(e, NO_DATE)
    saturday = a.published - timedelta(days=(a.published.weekday() - 5) % 7)
    running = (a.published - saturday).days <= 1
    if e.shift == 1 or (a.ahead and e.shift != -1 and not running):
        saturday += timedelta(days=7)
    elif e.shift == -1 and running:
        saturday -= timedelta(days=7)
    days = Interval(saturday, saturday + timedelta(days=1))
    return found(Stretch(days, "interval", cal.shortest(days)), "weekend counted from the publication date")
