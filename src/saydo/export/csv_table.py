"""CSV (RFC 4180, UTF-8), with its columns described beside it as CSV on the Web metadata."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from saydo.export.columns import COLUMNS, Cell, Column
from saydo.export.contract import Left, Sidecar
from saydo.export.findings import TABLES, Part
from saydo.export.grades import GRADE_COLUMNS, grade_cells
from saydo.model.case import CaseView

FORMULA_STARTS = tuple("=+-@＝＋－＠\t\r")
"""A cell that starts so is run as a formula by spreadsheets."""

_LIMITS = (
    "A text cell that starts with = + - or @ has an apostrophe before it, so that no spreadsheet runs it.",
    "Line breaks and runs of spaces in a passage are one space; the offsets tell where the exact words are.",
    "Lists are joined by '; ' and the members' own semicolons are kept: JSONL has them apart.",
)
_LIMITS_OF: dict[Part, tuple[str, ...]] = {
    "actors": (),
    "events": ("Of an event's place only the resolved one is given, without the reason for it.",),
    "ties": (),
    "statements": ("Source, cue and content have one pair of offsets together, that of the quote.",),
    "discrepancies": ("Where several passages stand against a statement they are joined by ' | '.",),
}


@dataclass(frozen=True, slots=True)
class Csv:
    """One row per finding, readable in a spreadsheet; JSONL is the format that loses nothing."""

    grades: bool = False
    """Whether grades stand in the last columns."""
    name: ClassVar = "csv"
    extension: ClassVar = ".csv"
    media_type: ClassVar = "text/csv; charset=utf-8"
    tables: ClassVar = tuple(TABLES)

    def graded(self) -> Csv:
        """The same with grades."""
        return Csv(grades=True)

    def limits(self, table: Part) -> tuple[str, ...]:
        """What the flat form changes."""
        return _LIMITS + _LIMITS_OF[table]

    def chunks(self, view: CaseView, table: Part, left: Left | None = None) -> Iterator[str]:
        """Header and rows, each ended by CR LF; there is no byte order mark."""
        columns, grades = COLUMNS[table], view.grades if self.grades else None
        yield _line([column.name for column in self._columns(table)])
        for row in TABLES[table](view):
            cells = [guarded(column.cell(row)) for column in columns]
            yield _line([*cells, *(grade_cells(row, grades) if grades is not None else ())])

    def _columns(self, table: Part) -> tuple[Column, ...]:
        return (*COLUMNS[table], *(GRADE_COLUMNS[table] if self.grades else ()))

    def sidecar(self, table: Part, file_name: str, left: Mapping[str, int] | None = None) -> Sidecar:
        """``FILE-metadata.json``, where tools for CSV on the Web look for it."""
        described = {
            "@context": "http://www.w3.org/ns/csvw",
            "url": file_name,
            "dc:description": f"saydo {table}",
            "dialect": {"header": True, "encoding": "utf-8", "lineTerminators": ["\r\n"]},
            "notes": list(self.limits(table)),
            "tableSchema": {
                "columns": [
                    {"titles": column.name, "datatype": column.datatype, "dc:description": column.about}
                    for column in self._columns(table)
                ]
            },
        }
        return Sidecar("-metadata.json", json.dumps(described, ensure_ascii=False, indent=2) + "\n")


def guarded(cell: Cell) -> Cell:
    """A cell that no spreadsheet takes for a formula; numbers are left alone."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return "'" + cell if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell


def _line(cells: list[Cell] | list[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue()
