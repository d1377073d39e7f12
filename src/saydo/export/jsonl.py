"""JSONL: one row a line, everything a row holds, passages exactly as in the report."""

from __future__ import annotations

import json
from collections.abc import Iterator

from saydo.export.contract import Sidecar
from saydo.export.findings import TABLES, Table
from saydo.model.case import CaseView


class Jsonl:
    """Field names are those of the record contract; what is resolved stands beside them."""

    name = "jsonl"
    extension = ".jsonl"
    tables = tuple(TABLES)

    def limits(self, table: Table) -> tuple[str, ...]:
        """Nothing of a row is lost."""
        return ()

    def chunks(self, view: CaseView, table: Table) -> Iterator[str]:
        """One line per row; a lone surrogate is written as its JSON escape when the file is encoded."""
        for row in TABLES[table](view):
            yield json.dumps(row.model_dump(), ensure_ascii=False, separators=(",", ":")) + "\n"

    def sidecar(self, table: Table, file_name: str) -> Sidecar | None:
        """None: the lines say it all."""
        return None
