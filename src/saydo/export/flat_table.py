"""Tables in the columns of somebody else's data set: what each column holds is written beside its name."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from saydo.export.columns import Cell
from saydo.export.contract import Left, Sidecar, told
from saydo.export.csv_table import guarded
from saydo.export.findings import Part
from saydo.export.passages import flat
from saydo.model.case import CaseView

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Field(Generic[R]):
    """A column. Without ``of`` it is always empty: saydo cannot know what belongs there."""

    name: str
    datatype: str
    """A base type of CSV on the Web: ``string``, ``integer``, ``number``, ``date``."""
    about: str
    of: Callable[[R], Cell] | None = None

    def cell(self, row: R) -> Cell:
        """The value for one row; None for an empty cell."""
        value = self.of(row) if self.of else None
        return flat(value) if isinstance(value, str) else value


class FlatTable(Generic[R]):
    """The exporter of such a table; a subclass gives the columns and the rows."""

    name: str
    extension: str
    media_type: str
    delimiter: str
    line_end: str
    tables: tuple[Part, ...] = ("events",)
    fields: tuple[Field[R], ...]
    own_limits: tuple[str, ...]
    source: str
    """Where the columns are from."""

    def rows(self, view: CaseView, left: Left) -> Iterable[R]:
        """What the rows are made from, drawn lazily; what is left out is counted."""
        raise AssertionError("a subclass gives the rows")

    def limits(self, table: Part) -> tuple[str, ...]:
        """What the columns have no place for."""
        empty = ", ".join(field.name for field in self.fields if field.of is None)
        return (
            *self.own_limits,
            "A text cell that starts with = + - or @ has an apostrophe before it, so that no spreadsheet "
            "runs it; line breaks and tabs are spaces.",
            *((f"Always empty, since saydo does not know it: {empty}.",) if empty else ()),
        )

    def chunks(self, view: CaseView, table: Part, left: Left | None = None) -> Iterator[str]:
        """Header and rows."""
        yield self._line([field.name for field in self.fields])
        for row in self.rows(view, Left() if left is None else left):
            yield self._line([guarded(field.cell(row)) for field in self.fields])

    def sidecar(self, table: Part, file_name: str, left: Mapping[str, int] | None = None) -> Sidecar:
        """``FILE-metadata.json``: the columns as CSV on the Web metadata, and what is not in the file."""
        described = {
            "@context": "http://www.w3.org/ns/csvw",
            "url": file_name,
            "dc:description": f"saydo events in the columns of {self.source}",
            "dialect": {
                "header": True,
                "encoding": "utf-8",
                "delimiter": self.delimiter,
                "lineTerminators": [self.line_end],
            },
            "notes": list(self.limits(table)),
            "leftOut": told(left),
            "tableSchema": {
                "columns": [
                    {"titles": field.name, "datatype": field.datatype, "dc:description": field.about}
                    for field in self.fields
                ]
            },
        }
        return Sidecar("-metadata.json", json.dumps(described, ensure_ascii=False, indent=2) + "\n")

    def _line(self, cells: list[Cell] | list[str]) -> str:
        out = io.StringIO()
        csv.writer(out, delimiter=self.delimiter, lineterminator=self.line_end).writerow(cells)
        return out.getvalue()
