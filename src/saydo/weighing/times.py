"""Days and intervals as weighing needs them: partial ISO dates, windows, gaps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from saydo.model.dates import Interval, month, year
from saydo.model.records import When


def span(iso: str | None) -> Interval | None:
    """The days of ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD…``; None where there is no such date."""
    if not iso:
        return None
    parts = iso[:10].split("-")
    try:
        if len(parts) == 1:
            return year(int(parts[0]))
        if len(parts) == 2:
            return month(int(parts[0]), int(parts[1]))
        day = date.fromisoformat(iso[:10])
    except ValueError:
        return None
    return Interval(day, day)


def interval(when: When | None) -> Interval | None:
    """The closed interval of a record's time; None where neither bound is known."""
    if when is None:
        return None
    start, end = span(when.from_), span(when.to)
    if start is None and end is None:
        return None
    return Interval(start.start if start else None, end.end if end else None)


def shift(day: date, days: int) -> date:
    """A day moved by some days, held within the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def widen(found: Interval, days: int) -> Interval:
    """An interval with some days added at both ends."""
    return Interval(
        shift(found.start, -days) if found.start else None, shift(found.end, days) if found.end else None
    )


def meet(a: Interval, b: Interval) -> Interval:
    """The days that two overlapping intervals share."""
    starts = [d for d in (a.start, b.start) if d]
    ends = [d for d in (a.end, b.end) if d]
    return Interval(max(starts, default=None), min(ends, default=None))


def without(whole: Interval, part: Interval) -> Iterator[Interval]:
    """What is left of an interval where another one is cut out."""
    if not whole.overlaps(part):
        yield whole
        return
    if part.start is not None and (whole.start is None or whole.start < part.start):
        yield Interval(whole.start, shift(part.start, -1))
    if part.end is not None and (whole.end is None or part.end < whole.end):
        yield Interval(shift(part.end, 1), whole.end)


def closed(at: Interval, until: Interval | None) -> Interval:
    """A time without open ends: what goes on is known up to the report that tells of it, what was over by
    some day from that day. Whoever is somebody's leader a century later has no part in it."""
    told = until.end if until is not None else None
    end = at.end or max((d for d in (at.start, told) if d is not None), default=None)
    return Interval(at.start or end, end)


def eras(at: Interval | None, days: int) -> Iterator[int]:
    """Numbers of stretches of so many days, two for a time: any two times that lie no further apart than that
    have one in common. A time of which nothing is known, or no more than where it begins, stands at that."""
    day = (at.start or at.end) if at is not None else None
    first = day.toordinal() // days if day is not None else -1
    yield from (first, first + 1) if day is not None else (first,)


def length(found: Interval) -> int | None:
    """How many days an interval has; None where it is open."""
    if found.start is None or found.end is None:
        return None
    return (found.end - found.start).days + 1


def days_of(found: Interval) -> Iterator[date]:
    """Every day of a closed interval; none of an open one."""
    if found.start is None or found.end is None:
        return
    day = found.start
    while day <= found.end:
        yield day
        if day == date.max:
            return
        day = shift(day, 1)


def gap(earlier: Interval, later: Interval) -> int:
    """Days between two intervals, 0 where they touch, overlap or are open."""
    if earlier.end is None or later.start is None:
        return 0
    return max(0, (later.start - earlier.end).days)


def shown(found: Interval | None) -> str:
    """An interval for an explanation: ``2024-05-03``, ``2016-06``, ``2012/2017``."""
    if found is None:
        return "an unknown date"
    if found.start is None or found.end is None:
        return f"{found.start or '…'}/{found.end or '…'}"
    if found.start == found.end:
        return found.start.isoformat()
    first, last = found.start, found.end
    if found == year(first.year):
        return str(first.year)
    if found == month(first.year, first.month):
        return f"{first:%Y-%m}"
    return f"{first.isoformat()}/{last.isoformat()}"
