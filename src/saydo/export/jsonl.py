"""JSONL: one row a line, everything a row holds, passages exactly as in the report."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from saydo.export.contract import Left
from saydo.export.findings import TABLES, Part
from saydo.model.case import CaseView


class Jsonl:
    """Field names are those of the record contract; what is resolved stands beside them."""

    name = "jsonl"
    extension = ".jsonl"
    media_type = "application/jsonl; charset=utf-8"
    tables = tuple(TABLES)

    def limits(self, table: Part) -> tuple[str, ...]:
        """Nothing of a row is lost."""
        return ()

    def chunks(self, view: CaseView, table: Part, left: Left | None = None) -> Iterator[str]:
        """One line per row; a lone surrogate is written as its JSON escape when the file is encoded."""
        for row in TABLES[table](view):
            yield json.dumps(row.model_dump(), ensure_ascii=False, separators=(",", ":")) + "\n"

    def sidecar(self, table: Part, file_name: str, left: Mapping[str, int] | None = None) -> None:
        """None: the lines say it all."""
