"""Timeline: how much happened when, counted by the server, to be narrowed by drawing over it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from fastapi import APIRouter, Request
from fastapi.responses import Response

from saydo import desk
from saydo.desk import tables as held
from saydo.desk import words
from saydo.model.tables import Bin
from saydo.web.cutting import Cut, CutDown, Options, actor_options, kind_options
from saydo.web.pages import Page
from saydo.web.rendering import render
from saydo.web.room import Room

router = APIRouter()
PAGE = Page("timeline", "Timeline", 70, router)
DAYS_BY_DAY = 1100
"""Up to so many days are counted by day, more by month."""
MOST_ROWS = 130
"""The table counts by year where it would be longer."""
Name = Literal["events", "ties", "statements"]


@dataclass(frozen=True, slots=True)
class BinRow:
    """A stretch of time in the table: what it is called, its bounds for links, counts by group."""

    title: str
    since: str
    until: str
    counts: tuple[int, ...]
    bars: tuple[tuple[float, float], ...]
    """Where the bar of each group begins and how long it is, in 0 to 100."""

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """Counts over time, and what they are cut down to."""

    table: Name
    cut: Cut
    by: str
    groups: tuple[str, ...]
    group_of: str
    """JSON: kind → the number of its group."""
    rows: tuple[BinRow, ...]
    total: int
    kinds: Options
    actors: Options
    tables: tuple[str, ...] = ("events", "ties", "statements")


@router.get("/timeline", name="timeline")
def show(request: Request, cut: CutDown, table: Name = "events") -> Response:
    """The page."""
    cut = cut.known(table)
    where = cut.where(held.SORTS[table])
    with Room.of(request).open() as store:
        by = _grain(where.since, where.until, store.extent(where.sort))
        bins = store.bins(where, by)
        counted = store.facets(where)
        actors = actor_options(store, cut)
    groups, group_of = _groups(table)
    page = TimelinePage(
        table=table,
        cut=cut,
        by=by,
        groups=groups,
        group_of=json.dumps(dict(group_of)),
        rows=_rows(bins, group_of, len(groups)),
        total=sum(b.number for b in bins),
        kinds=kind_options(where.sort, counted, where.kinds),
        actors=actors,
    )
    return render(request, "timeline.html", page, active="timeline")


def _grain(first: str | None, last: str | None, extent: tuple[str, str] | None) -> Literal["day", "month"]:
    """Days where they fit a screen, months else."""
    if extent is None:
        return "month"
    start = date.fromisoformat(max(first or "", f"{extent[0]}-01"))
    end = date.fromisoformat(min(last or "9999-12-31", f"{extent[1]}-28"))
    return "day" if (end - start).days <= DAYS_BY_DAY else "month"


def _groups(table: Name) -> tuple[tuple[str, ...], Mapping[str, int]]:
    """Names of the groups that are told apart, and kind → its group."""
    if table == "events":
        return words.QUAD_NAMES, {kind: quad - 1 for kind, quad in words.QUAD.items()}
    return (table,), dict.fromkeys(held.KINDS[held.SORTS[table]], 0)


def _rows(bins: tuple[Bin, ...], group_of: Mapping[str, int], groups: int) -> tuple[BinRow, ...]:
    starts = {b.start for b in bins}
    length = next((n for n in (10, 7, 4) if len({s[:n] for s in starts}) <= MOST_ROWS), 4)
    counts: dict[str, Counter[int]] = {}
    for b in bins:
        counts.setdefault(b.start[:length], Counter())[group_of[b.kind]] += b.number
    largest = max((sum(c.values()) for c in counts.values()), default=1)
    made = []
    for start, counter in sorted(counts.items()):
        numbers = tuple(counter[g] for g in range(groups))
        bars, at = [], 0.0
        for number in numbers:
            bars.append((round(at, 2), round(100 * number / largest, 2)))
            at += 100 * number / largest
        first, last = desk.bound(start, last=False), desk.bound(start, last=True)
        made.append(BinRow(words.period(first, last), start, start, numbers, tuple(bars)))
    return tuple(made)
