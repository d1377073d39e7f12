"""Parquet: the columns of the CSV tables with their types, in row groups that are written as they fill."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any

from saydo.export.columns import COLUMNS, Column
from saydo.export.contract import Left, Sidecar, notes
from saydo.export.findings import TABLES, Part
from saydo.model.case import CaseView

if TYPE_CHECKING:
    import pyarrow as pa

GROUP = 5000
"""Rows held at a time, and written as one row group."""


class Parquet:
    """The tables of ``csv`` for pandas, polars, Arrow and DuckDB: the same columns, with types. It needs
    pyarrow: ``pip install 'saydo[parquet]'``."""

    name = "parquet"
    extension = ".parquet"
    media_type = "application/vnd.apache.parquet"
    tables = tuple(TABLES)

    def limits(self, table: Part) -> tuple[str, ...]:
        """What the flat form changes."""
        return (
            "Dates are text, since many are a month, a year or open; ISO 8601 sorts as it is.",
            "Line breaks and runs of spaces in a passage are one space; the offsets tell where they are.",
            "Lists are joined by '; ' and the members' own semicolons are kept: JSONL has them apart.",
            "Grades of sources and claims, where the case uses them, are in csv and jsonl.",
            "A lone surrogate, which no UTF-8 can hold, is written as its escape.",
        )

    def chunks(self, view: CaseView, table: Part, left: Left | None = None) -> Iterator[bytes]:
        """The file in pieces, a row group at a time."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        columns = COLUMNS[table]
        schema = _schema(columns, self.limits(table))
        sink = _Sink()
        rows = iter(TABLES[table](view))
        with pq.ParquetWriter(pa.PythonFile(sink, mode="w"), schema, compression="zstd") as writer:
            while held := list(islice(rows, GROUP)):
                cells = [[_cell(column.cell(row)) for row in held] for column in columns]
                arrays = [pa.array(c, type=f.type) for c, f in zip(cells, schema, strict=True)]
                writer.write_table(pa.Table.from_arrays(arrays, schema=schema))
                yield sink.taken()
        yield sink.taken()

    def sidecar(self, table: Part, file_name: str, left: Mapping[str, int] | None = None) -> Sidecar:
        """``FILE-notes.txt``; what each column holds stands in the file's own schema."""
        return notes(f"saydo {table}", file_name, self.limits(table), left)


def _schema(columns: tuple[Column, ...], limits: tuple[str, ...]) -> pa.Schema:
    import pyarrow as pa

    types = {"string": pa.string(), "integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_()}
    fields = [pa.field(c.name, types[c.datatype], metadata={"description": c.about}) for c in columns]
    return pa.schema(fields, metadata={"saydo:limits": "\n".join(limits)})


def _cell(cell: Any) -> Any:
    return cell.encode("utf-8", "backslashreplace").decode() if isinstance(cell, str) else cell


class _Sink:
    """A file to write to whose content is taken away as it comes."""

    closed = False

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._at = 0

    def write(self, data: Any) -> int:
        piece = bytes(data)
        self._pieces.append(piece)
        self._at += len(piece)
        return len(piece)

    def tell(self) -> int:
        return self._at

    def flush(self) -> None:
        """Nothing waits."""

    def close(self) -> None:
        """What was written is still to be taken."""
        self.closed = True

    def taken(self) -> bytes:
        """What came since it was last asked."""
        piece = b"".join(self._pieces)
        self._pieces.clear()
        return piece
