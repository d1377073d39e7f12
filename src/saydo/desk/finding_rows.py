"""The rows of a case's tables, cut down to some reports or some findings and drawn one at a time, and the
pictures of the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar, overload

from saydo.desk.marks import Mark
from saydo.export.columns import COLUMNS, Column
from saydo.export.findings import TABLES, Table
from saydo.export.gathered import gather
from saydo.export.page import Figure
from saydo.export.passages import Finding, Passages
from saydo.export.poles import evidence
from saydo.export.report_events import event_entries, events_figure
from saydo.export.report_ties import ties_figure
from saydo.export.rows import Row
from saydo.export.words import STATEMENT
from saydo.model.case import CaseDocument, CaseView
from saydo.model.records import Record

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Chosen:
    """What of a case: None takes all."""

    documents: tuple[str, ...] | None = None
    """Ids of reports, in the order of the case."""
    ids: frozenset[tuple[str, str]] | None = None
    """``(report, finding)``; of an actor or a discrepancy ``("", id)``."""


class _Some(Sequence[T], Generic[T]):
    """Members of a sequence that is read lazily."""

    def __init__(self, of: Sequence[T], places: Sequence[int]) -> None:
        self._of, self._places = of, places

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[T]: ...
    def __getitem__(self, at: int | slice) -> T | Sequence[T]:
        return _Some(self._of, self._places[at]) if isinstance(at, slice) else self._of[self._places[at]]


def part_of(view: CaseView, documents: Sequence[str]) -> CaseView:
    """The case with these reports only; actors and discrepancies stay those of the whole case."""
    at = view.document_index or {document.id: n for n, document in enumerate(view.documents)}
    coded = view.record_index or {record.id: n for n, record in enumerate(view.records)}
    ids = [id for id in documents if id in at]
    return replace(
        view,
        documents=_Some(view.documents, [at[id] for id in ids]),
        records=_Some(view.records, [coded[id] for id in ids if id in coded]),
        document_index={id: n for n, id in enumerate(ids)},
        record_index={id: n for n, id in enumerate(id for id in ids if id in coded)},
    )


def rows_of(view: CaseView, table: Table, chosen: Chosen = Chosen()) -> Iterator[Row]:
    """Rows of a table, in the order of the export; only the reports that are chosen are read."""
    ids = chosen.ids
    if table == "actors":
        actors = view.actors if ids is None else tuple(a for a in view.actors if ("", a.actor.id) in ids)
        yield from TABLES[table](replace(view, actors=actors))
    elif table == "discrepancies":
        found = view.discrepancies
        listed = found if ids is None else tuple(d for d in found if ("", d.id) in ids)
        yield from TABLES[table](replace(view, discrepancies=listed))
    else:
        part = view if chosen.documents is None else part_of(view, chosen.documents)
        for row in TABLES[table](part):
            if ids is None or (row.citation.document, row.id) in ids:  # type: ignore[union-attr]
                yield row


def columns_of(table: Table) -> tuple[Column, ...]:
    """The columns of a table, as ``saydo export --format csv`` and ``parquet`` have them."""
    return COLUMNS[table]


def figures_of(view: CaseView) -> tuple[Figure | None, Figure | None]:
    """The picture of the ties and that of the events; None where there is nothing to draw."""
    gathered = gather(view, {kind: n for n, kind in enumerate(STATEMENT)})
    numbers = {document.id: n for n, document in enumerate(view.documents, start=1)}
    _, plotted = event_entries(view, gathered, numbers)
    return ties_figure(gathered), events_figure(view, gathered, plotted)


def pictures_css() -> str:
    """How the pictures look; the colours are left to whoever shows them."""
    from importlib.resources import files

    return (files("saydo.export") / "templates" / "pictures.css").read_text(encoding="utf-8")


def marks_of(document: CaseDocument, record: Record) -> list[Mark]:
    """Where in the text its statements, events and ties stand, for :func:`saydo.desk.marks.cut_runs`."""
    of = Passages(document, record, {})
    found: list[Finding] = [*record.statements, *record.events, *record.ties]
    return [Mark(start, end, one.id) for one in found for start, end in evidence(of, one)]
