"""JSONL: one row a line, everything a row holds, passages exactly as in the report."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from saydo.export.contract import Left
from saydo.export.findings import TABLES, Part
from saydo.export.grades import graded_line
from saydo.model.case import CaseView


@dataclass(frozen=True, slots=True)
class Jsonl:
    """Field names are those of the record contract; what is resolved stands beside them."""

    grades: bool = False
    """Whether grades stand beside them."""
    name: ClassVar = "jsonl"
    extension: ClassVar = ".jsonl"
    media_type: ClassVar = "application/jsonl; charset=utf-8"
    tables: ClassVar = tuple(TABLES)

    def graded(self) -> Jsonl:
        """The same with grades."""
        return Jsonl(grades=True)

    def limits(self, table: Part) -> tuple[str, ...]:
        """Nothing of a row is lost."""
        return ()

    def chunks(self, view: CaseView, table: Part, left: Left | None = None) -> Iterator[str]:
        """One line per row; a lone surrogate is written as its JSON escape when the file is encoded."""
        for row in TABLES[table](view):
            line = row.model_dump()
            if self.grades and view.grades is not None:
                line = graded_line(line, row, view.grades)
            yield json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n"

    def sidecar(self, table: Part, file_name: str, left: Mapping[str, int] | None = None) -> None:
        """None: the lines say it all."""
