"""Search over findings, counts for facets, and counts over time."""

from __future__ import annotations

import json
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field

from saydo import desk
from saydo.model import records
from saydo.model.errors import InputError
from saydo.model.tables import Order, Sort, TableFilter
from saydo.web import paging
from saydo.web.api.answers import At, Limit, Listed, letter, listed
from saydo.web.room import Room

router = APIRouter(tags=["tables"])
MOST_YEARS_BY_DAY = 10
_Finding = records.Event | records.Tie | records.Statement
_RECORD: dict[Sort, type[_Finding]] = {
    "event": records.Event,
    "tie": records.Tie,
    "statement": records.Statement,
}
_TABLE: dict[Sort, desk.What] = {"event": "events", "tie": "ties", "statement": "statements"}


class Narrowed(BaseModel, extra="forbid"):
    """What a table is cut down to; every condition must hold."""

    sort: Sort = Field(default="event", description="Which findings.")
    words: str = Field(
        default="",
        max_length=400,
        description='Words that all stand in the quote or among the names; `shell*`, `"river road"`.',
    )
    kind: list[str] = Field(default=[], description="Only these types or kinds.")
    actor: list[str] = Field(default=[], description="Only with one of these actors: ids in the case.")
    since: str = Field(default="", description="Only from then on: 2019, 2019-05 or 2019-05-09.")
    until: str = Field(default="", description="Only up to then, the whole of it.")
    facet: str | None = Field(
        default=None, description="Country of an event, state of a tie, or how a statement is said."
    )

    def where(self, order: Order = "newest") -> TableFilter:
        """As the store is asked. Raises InputError for a date or a kind that is none."""
        return TableFilter(
            self.sort, self.words, desk.known_kinds(_TABLE[self.sort], self.kind), tuple(self.actor),
            desk.bound(self.since, last=False) if self.since else None,
            desk.bound(self.until, last=True) if self.until else None, self.facet, order,
        )  # fmt: skip


class Table(Narrowed):
    """And which stretch of it."""

    order: Order = "newest"
    at: At = ""
    limit: Limit = 100


class Graph(Narrowed):
    """And by which stretches of time it is counted."""

    by: Literal["day", "month"] = "month"


class TakingOf(BaseModel):
    """Somebody who takes part, by id and name in the case."""

    role: str
    actor: str | None
    name: str


class LineOf(BaseModel):
    """A finding with its words and names."""

    document: str
    day: str | None
    quote: str
    taking: list[TakingOf]
    source_grade: str | None
    """A to F, of its report; null where nobody gave one, or the case does not use grades."""
    claim_grade: str | None
    """1 to 6, of the finding."""
    finding: records.Event | records.Tie | records.Statement


class FacetsOf(BaseModel):
    """Counts by kind and by facet. `total` is null where there are too many hits to count in time."""

    total: int | None
    kinds: dict[str, int]
    facets: dict[str, int]


class BinOf(BaseModel):
    """How many of a kind fall into a day or month."""

    start: str
    kind: str
    count: int


@router.get("/table")
def table(request: Request, asked: Annotated[Table, Query()]) -> Listed[LineOf]:
    """Findings that have some words, with names and quote."""
    with Room.of(request).open() as store:
        found = store.lines(asked.where(asked.order), paging.decode(asked.at), asked.limit)
        refs = [(line.document, line.id) for line in found.items]
        grades = desk.grades(store, (document for document, _ in refs), refs)
    record = _RECORD[asked.sort]
    return listed(
        found,
        lambda line: LineOf(
            document=line.document, day=line.day, quote=line.quote,
            taking=[TakingOf(**t._asdict()) for t in line.taking],
            source_grade=letter(grades.source(line.document)),
            claim_grade=letter(grades.claim(line.document, line.id)),
            finding=record.model_validate(json.loads(line.json)),
        ),
    )  # fmt: skip


@router.get("/table/facets")
def facets(request: Request, asked: Annotated[Narrowed, Query()]) -> FacetsOf:
    """How many there are, by kind and by facet."""
    with Room.of(request).open() as store:
        found = store.facets(asked.where())
    return FacetsOf(total=found.total, kinds=dict(found.kinds), facets=dict(found.facets))


def _too_long(where: TableFilter, extent: tuple[str, str] | None) -> bool:
    if extent is None:
        return False
    first, last = max(where.since or "", extent[0]), min(where.until or "9999", f"{extent[1]}-31")
    return int(last[:4]) - int(first[:4]) > MOST_YEARS_BY_DAY


@router.get("/timeline", name="timeline_bins")
def timeline(request: Request, asked: Annotated[Graph, Query()]) -> list[BinOf]:
    """Counts over time, by kind."""
    where = asked.where()
    with Room.of(request).open() as store:
        if asked.by == "day" and _too_long(where, store.extent(where.sort)):
            raise InputError("so long a time is not counted by day; set since and until, or count by month")
        found = store.bins(where, asked.by)
    return [BinOf(start=b.start, kind=b.kind, count=b.number) for b in found]
