"""Tables as pages show them: which columns there are, what stands in them, and the same rows as a file."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar, get_args, overload

from saydo.desk.grades import NO_GRADES, Grades, graded_view
from saydo.export.contract import Exporter, Left
from saydo.export.findings import Table
from saydo.export.tables import FORMATS, encoded, graded, ready
from saydo.export.words import DISCREPANCY, STATEMENT, day, period
from saydo.model.case import CaseDocument
from saydo.model.errors import InputError
from saydo.model.grading import Graded
from saydo.model.lookups import Heading
from saydo.model.records import Discrepancy, EventType, Record, StatementKind, TieType
from saydo.model.store import CaseStore, Filter
from saydo.model.tables import Line, Sort, TableFilter, Taking

T = TypeVar("T")
SORTS: Mapping[str, Sort] = MappingProxyType({"events": "event", "ties": "tie", "statements": "statement"})
"""Name of a table → the findings in it."""
KINDS: Mapping[Sort, tuple[str, ...]] = MappingProxyType(
    {"event": get_args(EventType), "tie": get_args(TieType), "statement": get_args(StatementKind)}
)


@dataclass(frozen=True, slots=True)
class TableRow:
    """A finding in a row; ``cells`` are those of all columns of its table, by name."""

    document: str
    id: str
    quote: str
    heading: Heading
    cells: Mapping[str, str]
    taking: Mapping[str, tuple[Taking, ...]]
    """Role → who has it."""


class TableColumn(NamedTuple):
    """A column. ``roles`` are those of the actors in it, for links; empty for plain text."""

    name: str
    title: str
    usual: bool
    """Whether it is shown where nobody chose columns."""
    cell: Callable[[Line, Mapping[str, Any]], str]
    roles: tuple[str, ...] = ()
    number: bool = False


def kind_words(sort: Sort, kind: str) -> str:
    """A kind as a person says it."""
    if sort == "statement":
        return STATEMENT[kind][0]  # type: ignore[index]
    return kind.lower().replace("_", " ")


_HEDGES = MappingProxyType({"future": "to come", "hypothetical": "possible"})


def _asserted(sort: Sort) -> Callable[[Line, Mapping[str, Any]], str]:
    """The kind, and beside it what keeps it from being a deed: nobody may take "agreed to stop all attacks"
    for an attack."""

    def cell(line: Line, found: Mapping[str, Any]) -> str:
        hedge = _HEDGES.get(str(found.get("realis")), "")
        negated = "not so" if found.get("polarity") == "negative" else ""
        return ", ".join(part for part in (kind_words(sort, line.kind), negated, hedge) if part)

    return cell


def _who(*roles: str) -> Callable[[Line, Mapping[str, Any]], str]:
    return lambda line, _: ", ".join(" ".join(t.name.split()) for t in line.taking if t.role in roles)


def _count(name: str) -> Callable[[Line, Mapping[str, Any]], str]:
    def cell(_: Line, found: Mapping[str, Any]) -> str:
        count = found.get(name)
        if count is None:
            return ""
        low, high = count["low"], count["high"]
        return f"{low}" if low == high else f"{low} or more" if high is None else f"{low}–{high}"

    return cell


def _field(name: str) -> Callable[[Line, Mapping[str, Any]], str]:
    return lambda _, found: str(found.get(name) or "")


def _date(line: Line, found: Mapping[str, Any]) -> str:
    time = found.get("time")
    told = period(time["from"], time["to"]) if time else ""
    return told or (f"reported {day(line.day)}" if line.day else "")


_QUOTE = TableColumn("quote", "Words", True, lambda line, _: line.quote)
_SURE = TableColumn("score", "Certainty", False, lambda line, _: f"{line.score:.2f}", number=True)
_RULE = TableColumn("rule", "Rule", False, _field("rule"))
_REALIS = TableColumn("realis", "Told as", False, _field("realis"))
_POLARITY = TableColumn("polarity", "Polarity", False, _field("polarity"))
COLUMNS: Mapping[Sort, tuple[TableColumn, ...]] = MappingProxyType(
    {
        "event": (
            TableColumn("date", "Date", True, _date),
            TableColumn("kind", "Event", True, _asserted("event")),
            TableColumn("mode", "Mode", False, _field("mode")),
            TableColumn("actor", "Who", True, _who("actor"), ("actor",)),
            TableColumn("recipient", "To whom", True, _who("recipient"), ("recipient",)),
            TableColumn("place", "Where", True, lambda line, _: line.place or ""),
            TableColumn("killed", "Killed", False, _count("killed"), number=True),
            TableColumn("injured", "Injured", False, _count("injured"), number=True),
            _QUOTE, _REALIS, _POLARITY, _RULE, _SURE,
        ),
        "tie": (
            TableColumn("from", "From", True, _who("from"), ("from",)),
            TableColumn("kind", "Tie", True, _asserted("tie")),
            TableColumn("to", "To", True, _who("to"), ("to",)),
            TableColumn("state", "State", True, _field("state")),
            TableColumn("since", "Since", True, lambda _, found: day(found.get("since"))),
            TableColumn("until", "Until", True, lambda _, found: day(found.get("until"))),
            TableColumn("role", "Role", False, _field("role")),
            TableColumn("day", "Day it counts by", False, lambda line, _: day(line.day)),
            _QUOTE, _REALIS, _POLARITY, _RULE, _SURE,
        ),
        "statement": (
            TableColumn("date", "Date", True, _date),
            TableColumn("source", "Who", True, _who("source"), ("source",)),
            TableColumn("kind", "Statement", True, lambda line, _: kind_words("statement", line.kind)),
            _QUOTE,
            TableColumn("addressee", "To whom", False, _who("addressee"), ("addressee",)),
            TableColumn("quoted", "Quoted", False, lambda _, found: "yes" if found["quoted"] else "no"),
            TableColumn("medium", "Medium", False, _field("medium")),
            _RULE, _SURE,
        ),
    }
)  # fmt: skip


GRADES = (
    TableColumn("source_grade", "Source", True, lambda *_: ""),
    TableColumn("claim_grade", "Claim", True, lambda *_: ""),
)
"""Shown where the case uses grades; what stands in them is asked of the case for the rows of a page."""


def held_columns(sort: Sort, grading: bool = False) -> tuple[TableColumn, ...]:
    """All columns of a table."""
    return (*COLUMNS[sort], *GRADES) if grading else COLUMNS[sort]


def columns(sort: Sort, chosen: Sequence[str], grading: bool = False) -> tuple[TableColumn, ...]:
    """The columns of these names in the order of the table; the usual ones where none is named. Raises
    InputError for one that the table has not."""
    held = held_columns(sort, grading)
    unknown = set(chosen) - {column.name for column in held}
    if unknown:
        raise InputError(
            f"no column {sorted(unknown)[0]!r} here; there are: {', '.join(c.name for c in held)}"
        )
    return tuple(c for c in held if (c.name in chosen if chosen else c.usual))


def _grade(graded: Graded | None) -> str:
    return f"{graded.grade}, {graded.words}" if graded else ""


def table_rows(sort: Sort, lines: Sequence[Line], grades: Grades = NO_GRADES) -> tuple[TableRow, ...]:
    """Rows of the store as rows of a page."""
    made = []
    for line in lines:
        found = json.loads(line.json)
        taking: dict[str, tuple[Taking, ...]] = {}
        for each in line.taking:
            if each not in taking.get(each.role, ()):  # two mentions of one are one
                taking[each.role] = (*taking.get(each.role, ()), each)
        cells = {column.name: column.cell(line, found) for column in COLUMNS[sort]}
        if grades.on:
            cells["source_grade"] = _grade(grades.source(line.document))
            cells["claim_grade"] = _grade(grades.claim(line.document, line.id))
        made.append(TableRow(line.document, line.id, line.quote, line.heading, cells, taking))
    return tuple(made)


def formats(table: Table) -> tuple[Exporter, ...]:
    """The formats that can hold a table: all that saydo can write as it is installed, by name."""
    return tuple(FORMATS[name] for name in sorted(FORMATS) if table in FORMATS[name].tables and ready(name))


def _exporter(table: Table, format: str) -> Exporter:
    for exporter in formats(table):
        if exporter.name == format:
            return exporter
    raise InputError(
        f"no format {format!r} for {table}; there are: {', '.join(f.name for f in formats(table))}"
    )


def export_rows(
    store: CaseStore, table: Table, where: TableFilter, format: str, left: Left | None = None
) -> Iterator[bytes]:
    """The rows that pass a filter as pieces of a file, in the order of the table, each read as it is written;
    what the format has no place for is counted in ``left``. Raises InputError where the format cannot hold
    them, before anything is written."""
    exporter = _exporter(table, format)
    found = tuple(store.located(where))
    cut = _Cut(store, table, found)
    view = replace(
        graded_view(store),
        documents=_Lazy(cut, cut.document),
        records=_Lazy(cut, cut.record),
        document_index={},
        record_index={},
    )
    return map(encoded, graded(exporter, view.grades is not None).chunks(view, table, left))


def export_discrepancies(
    store: CaseStore, where: Filter, words: str, format: str, left: Left | None = None
) -> Iterator[bytes]:
    """Discrepancies that pass a filter and have these words in a passage, as pieces of a file."""
    exporter = _exporter("discrepancies", format)
    found: list[Discrepancy] = []
    part = store.discrepancies_like(where, words, None, 1000)
    found += part.items
    while part.next is not None:
        part = store.discrepancies_like(where, words, part.next, 1000)
        found += part.items
    view = replace(graded_view(store), discrepancies=tuple(found))
    return map(encoded, graded(exporter, view.grades is not None).chunks(view, "discrepancies", left))


def described_in(
    table: Table, format: str, file_name: str, left: Left | None = None, *, grades: bool = False
) -> tuple[str, Iterator[bytes]] | None:
    """Name and content of the file that tells what stands in the columns of an export; None where the format
    tells it itself. With ``left`` it says what was left out, so that it has to be drawn after the export."""
    exporter = graded(_exporter(table, format), grades)
    first = exporter.sidecar(table, file_name)
    if first is None:
        return None

    def content() -> Iterator[bytes]:
        sidecar = exporter.sidecar(table, file_name, left)
        yield encoded(sidecar.content if sidecar else "")

    return file_name + first.suffix, content()


class _Cut:
    """Reports, each with a record that holds one of the findings asked for and no other."""

    def __init__(self, store: CaseStore, table: Table, found: Sequence[tuple[str, str]]) -> None:
        self.found, self._table = found, table
        self._read = lru_cache(maxsize=256)(lambda id: (store.report(id), store.record(id)))

    def document(self, n: int) -> CaseDocument:
        held, _ = self._read(self.found[n][0])
        assert held is not None, "the report of a finding is kept by the store"
        return held.document

    def record(self, n: int) -> Record:
        document, id = self.found[n]
        _, record = self._read(document)
        kept = tuple(each for each in getattr(record, self._table) if each.id == id)
        return record.model_copy(update={self._table: kept})


class _Lazy(Sequence[T]):
    def __init__(self, cut: _Cut, make: Callable[[int], T]) -> None:
        self._cut, self._make = cut, make

    def __len__(self) -> int:
        return len(self._cut.found)

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...
    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        if isinstance(index, slice):
            return [self._make(n) for n in range(*index.indices(len(self)))]
        if not -len(self) <= index < len(self):
            raise IndexError(index)
        return self._make(index % len(self))


def discrepancy_kind(kind: str) -> str:
    """A kind of discrepancy in words."""
    return DISCREPANCY[kind][0]  # type: ignore[index]
