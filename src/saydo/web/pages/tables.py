"""Tables: events, ties, statements and discrepancies to search, cut down, sort and take away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Literal, get_args

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response, StreamingResponse

from saydo import desk
from saydo.desk import tables as held
from saydo.model.errors import InputError
from saydo.model.lookups import Slice
from saydo.model.store import Filter
from saydo.model.tables import Line, Order, Sort, TableFilter
from saydo.web import paging
from saydo.web.cutting import Cut, CutDown, Options, actor_options, kind_options
from saydo.web.packing import zipped
from saydo.web.pages import Page
from saydo.web.rendering import render
from saydo.web.room import Room

router = APIRouter()
PAGE = Page("tables", "Tables", 80, router)
PER_PAGE = 50
Name = Literal["events", "ties", "statements", "discrepancies"]
FACETS: dict[Sort, str] = {"event": "Country", "tie": "State", "statement": "Said"}
ORDERS: tuple[tuple[Order, str, None], ...] = (
    ("newest", "newest first", None), ("oldest", "oldest first", None), ("surest", "surest first", None),
    ("doubtful", "most doubtful first", None),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Choice:
    """What the address asks for."""

    cut: Cut
    table: Name
    facet: str | None
    order: Order
    col: tuple[str, ...]

    @property
    def filter(self) -> TableFilter:
        """As the store is asked. Raises InputError for a date or a kind that is none."""
        return self.cut.where(held.SORTS[self.table], self.facet, self.order)

    @property
    def plain(self) -> Filter:
        """The same for discrepancies."""
        return Filter(self.cut.actor, self.cut.kind, *self.cut.days)

    @property
    def also(self) -> tuple[tuple[str, str | tuple[str, ...]], ...]:
        """What the address holds besides."""
        return ("table", self.table), ("facet", self.facet or ""), ("order", self.order), ("col", self.col)


@dataclass(frozen=True, slots=True)
class TablesPage:
    """A stretch of a table with what it can be cut down to."""

    choice: Choice
    grades: desk.Grades
    slice: Slice[Line] | Slice[desk.DiscrepancyView]
    rows: tuple[held.TableRow, ...]
    discrepancies: tuple[desk.DiscrepancyView, ...]
    columns: tuple[held.TableColumn, ...]
    all_columns: tuple[held.TableColumn, ...]
    total: int | None
    kinds: Options
    facet_title: str
    facets: Options
    actors: Options
    formats: tuple[str, ...]
    packed: tuple[str, ...]
    """Of these, those that come with a file that tells what stands in the columns."""
    orders: tuple[tuple[Order, str, None], ...]
    tables: tuple[str, ...] = get_args(Name)


def _choice(
    cut: CutDown,
    table: Name = "events",
    facet: str | None = None,
    order: Order = "newest",
    col: Annotated[list[str], Query()] = [],  # noqa: B006
) -> Choice:
    return Choice(cut.known(table), table, facet, order, tuple(col))


Chosen = Annotated[Choice, Depends(_choice)]


@router.get("/tables", name="tables")
def show(request: Request, choice: Chosen, at: str | None = None) -> Response:
    """The page; everything chosen stands in its address."""
    made = _discrepancies if choice.table == "discrepancies" else _findings
    return render(request, "tables.html", made(request, choice, at), active="tables")


@router.get("/tables/export", name="tables_export")
def export(request: Request, choice: Chosen, format: str = "csv", pack: bool = False) -> Response:
    """All rows of the table as the address cuts it down, as a file; with ``pack`` as a ZIP together with the
    file that tells what stands in the columns, where the format has one."""
    exporters = {exporter.name: exporter for exporter in held.formats(choice.table)}
    if format not in exporters:
        raise InputError(f"no format {format!r} for {choice.table}; there are: {', '.join(exporters)}")
    room = Room.of(request)
    with room.open() as store:
        # errors come before the answer begins
        choice.plain if choice.table == "discrepancies" else choice.filter  # noqa: B018
        store.tally()
    exporter = exporters[format]
    left: Counter[str] = Counter()
    kind, name = exporter.media_type, f"saydo-{choice.table}{exporter.extension}"
    pieces = _pieces(room, choice, format, left)
    if pack:
        with room.open() as store:
            beside = held.described_in(choice.table, format, name, left, grades=store.grading())
        pieces = zipped(((name, pieces), *([beside] if beside else [])))
        kind, name = "application/zip", f"saydo-{choice.table}.zip"
    return StreamingResponse(
        pieces, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _pieces(room: Room, choice: Choice, format: str, left: Counter[str]) -> Iterator[bytes]:
    with room.open() as store:
        if choice.table == "discrepancies":
            pieces = held.export_discrepancies(store, choice.plain, choice.cut.q, format, left)
        else:
            pieces = held.export_rows(store, choice.table, choice.filter, format, left)
        yield from pieces


def _findings(request: Request, choice: Choice, at: str | None) -> TablesPage:
    where = choice.filter
    with Room.of(request).open() as store:
        columns = held.columns(where.sort, choice.col, store.grading())
        lines = store.lines(where, paging.decode(at), PER_PAGE)
        counted = store.facets(where)
        actors = actor_options(store, choice.cut)
        refs = tuple((line.document, line.id) for line in lines.items)
        grades = desk.grades(store, (document for document, _ in refs), refs)
    return TablesPage(
        choice=choice,
        grades=grades,
        slice=lines,
        rows=held.table_rows(where.sort, lines.items, grades),
        discrepancies=(),
        columns=columns,
        all_columns=held.held_columns(where.sort, grades.on),
        total=counted.total,
        kinds=kind_options(where.sort, counted, where.kinds),
        facet_title=FACETS[where.sort],
        facets=_with_chosen(counted.facets, where.facet),
        actors=actors,
        formats=tuple(f.name for f in held.formats(choice.table)),
        packed=_packed(choice.table),
        orders=ORDERS,
    )


def _discrepancies(request: Request, choice: Choice, at: str | None) -> TablesPage:
    where = choice.plain
    with Room.of(request).open() as store:
        found = store.discrepancies_like(where, choice.cut.q, paging.decode(at), PER_PAGE)
        views = desk.discrepancy_views(store, found.items, most_against=1)
        kinds = store.discrepancy_kinds(where, choice.cut.q)
        actors = actor_options(store, choice.cut)
        grades = desk.grades(store, (v.statement.heading.id for v in views), (), found.items)
    total = sum(n for kind, n in kinds if not where.kinds or kind in where.kinds)
    return TablesPage(
        choice=choice,
        grades=grades,
        slice=Slice(views, found.next, found.previous),
        rows=(),
        discrepancies=views,
        columns=(),
        all_columns=(),
        total=total,
        kinds=tuple((kind, held.discrepancy_kind(kind), n) for kind, n in kinds),
        facet_title="",
        facets=(),
        actors=actors,
        formats=tuple(f.name for f in held.formats("discrepancies")),
        packed=_packed("discrepancies"),
        orders=(),
    )


def _packed(table: Name) -> tuple[str, ...]:
    names = (f.name for f in held.formats(table))
    return tuple(name for name in names if held.described_in(table, name, "") is not None)


def _with_chosen(
    facets: tuple[tuple[str, int], ...], chosen: str | None, most: int = 12
) -> tuple[tuple[str, str, int | None], ...]:
    shown: list[tuple[str, str, int | None]] = [(name, name, n) for name, n in facets[:most]]
    if chosen is not None and chosen not in [name for name, *_ in shown]:
        shown.append((chosen, chosen, dict(facets).get(chosen)))
    return tuple(shown)
