"""Figures of a comparison: agreement on labels beyond chance, counts by type, place and week."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from math import sqrt

from saydo.model.compared import CodedEvent, Kappa, Line, Match
from saydo.model.ids import fold

_WEEKS = 8
"""Fewest weeks of which a correlation says anything."""


def kappa(pairs: Sequence[tuple[str, str]]) -> Kappa | None:
    """Cohen's kappa with its asymptotic interval (Cohen 1960, eq. 8); None without a pair."""
    size = len(pairs)
    if not size:
        return None
    observed = sum(a == b for a, b in pairs) / size
    mine, theirs = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(mine[label] * theirs[label] for label in mine) / size**2
    if chance >= 1:
        return Kappa(size, observed, None)
    value = (observed - chance) / (1 - chance)
    error = 1.96 * sqrt(observed * (1 - observed) / size) / (1 - chance)
    return Kappa(size, observed, value, max(-1.0, value - error), min(1.0, value + error))


def labels(matches: Iterable[Match], of: Callable[[CodedEvent], str]) -> list[tuple[str, str]]:
    """The labels of the pairs of which both sides give one."""
    return [(of(m.ours), of(m.theirs)) for m in matches if of(m.ours) and of(m.theirs)]


def counted(
    matches: Sequence[Match],
    ours: Sequence[CodedEvent],
    theirs: Sequence[CodedEvent],
    of: Callable[[CodedEvent], str],
) -> tuple[Line, ...]:
    """Counts by a key, the most first; a match counts under the key that the other data set gives it. Keys
    that differ in accents and case only are one."""
    spelled: dict[str, str] = {}
    for event in (*theirs, *(m.theirs for m in matches), *ours):
        spelled.setdefault(fold(of(event)), of(event))

    def key(event: CodedEvent) -> str:
        return spelled[fold(of(event))]

    both = Counter(key(m.theirs) for m in matches)
    mine, other = Counter(map(key, ours)), Counter(map(key, theirs))
    keys = sorted({*both, *mine, *other}, key=lambda k: (-(both[k] + mine[k] + other[k]), k))
    return tuple(Line(each, both[each], mine[each], other[each]) for each in keys)


def week(event: CodedEvent) -> str:
    """Monday of the week in which an event began."""
    return (event.first - timedelta(event.first.weekday())).isoformat()


def by_week(
    matches: Sequence[Match], ours: Sequence[CodedEvent], theirs: Sequence[CodedEvent]
) -> tuple[Line, ...]:
    """Counts by week, weeks without an event too, in the order of time."""
    lines = {line.key: line for line in counted(matches, ours, theirs, week)}
    if not lines:
        return ()
    day, last = date.fromisoformat(min(lines)), date.fromisoformat(max(lines))
    found = []
    while day <= last:
        found.append(lines.get(day.isoformat(), Line(day.isoformat(), 0, 0, 0)))
        day += timedelta(7)
    return tuple(found)


def correlation(weeks: Sequence[Line]) -> float | None:
    """Pearson's correlation of the weekly counts of both sides; None where there is nothing to correlate."""
    if len(weeks) < _WEEKS:
        return None
    mine = [line.matched + line.only_ours for line in weeks]
    theirs = [line.matched + line.only_theirs for line in weeks]
    mean, other = sum(mine) / len(weeks), sum(theirs) / len(weeks)
    shared = sum((a - mean) * (b - other) for a, b in zip(mine, theirs, strict=True))
    spread = sqrt(sum((a - mean) ** 2 for a in mine) * sum((b - other) ** 2 for b in theirs))
    return shared / spread if spread else None


def confusion(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str, int], ...]:
    """How often each label of ours met each of theirs, the most first."""
    found = Counter(pairs)
    return tuple((a, b, n) for (a, b), n in sorted(found.items(), key=lambda each: (-each[1], each[0])))
