"""Parquet holds what CSV holds, with the types that its columns declare."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from export_case import Report, build_case

from saydo.export import parquet
from saydo.export.columns import COLUMNS
from saydo.export.findings import TABLES, Part
from saydo.export.tables import FORMATS, write

VIEW = build_case()
ARROW = {"string": pa.string(), "integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_()}


@pytest.mark.parametrize("table", list(TABLES))
def test_arrow_reads_every_column_with_its_type(table: Part, tmp_path: Path) -> None:
    written = write(VIEW, table, "parquet", tmp_path / "x.parquet")
    assert [path.name for path in written.files] == ["x.parquet", "x.parquet-notes.txt"]
    read = pq.read_table(tmp_path / "x.parquet")
    for column, field in zip(COLUMNS[table], read.schema, strict=True):
        assert (field.name, field.type) == (column.name, ARROW[column.datatype])
        assert field.metadata[b"description"].decode() == column.about
    assert "ISO 8601" in read.schema.metadata[b"saydo:limits"].decode()


@pytest.mark.parametrize("table", list(TABLES))
def test_pandas_reads_what_csv_holds(table: Part, tmp_path: Path) -> None:
    write(VIEW, table, "parquet", tmp_path / "x.parquet")
    frame = pd.read_parquet(tmp_path / "x.parquet")
    rows = list(
        csv.DictReader(io.StringIO("".join(map(str, FORMATS["csv"].chunks(VIEW, table))), newline=""))
    )
    assert len(frame) == len(rows) > 0
    for column in COLUMNS[table]:
        for cell, text in zip(frame[column.name], (row[column.name] for row in rows), strict=True):
            if pd.isna(cell):
                assert text == ""
            elif column.datatype in ("integer", "number"):
                assert float(cell) == float(text)
            else:
                assert str(cell).lower() == text.lower().removeprefix("'")


def test_rows_are_written_in_groups_and_none_is_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "GROUP", 3)
    write(VIEW, "events", "parquet", tmp_path / "x.parquet")
    file = pq.ParquetFile(tmp_path / "x.parquet")
    assert file.num_row_groups > 2
    assert file.read()["id"].to_pylist() == [event.id for record in VIEW.records for event in record.events]


def test_an_empty_case_is_an_empty_table(tmp_path: Path) -> None:
    for table in TABLES:
        write(build_case([]), table, "parquet", tmp_path / "x.parquet")
        read = pq.read_table(tmp_path / "x.parquet")
        assert read.num_rows == 0 and read.num_columns == len(COLUMNS[table])


def test_a_lone_surrogate_does_not_break_it(tmp_path: Path) -> None:
    report = Report("r", "\ud800x said no.", title="\ud800", publisher=None, date=None)
    report.statement("denial", report.mention("\ud800x", None), "said", "no")
    write(build_case([report]), "statements", "parquet", tmp_path / "x.parquet")
    assert pq.read_table(tmp_path / "x.parquet")["title"].to_pylist() == ["\\ud800"]


def test_the_same_case_gives_the_same_bytes() -> None:
    one, other = (b"".join(FORMATS["parquet"].chunks(VIEW, "ties")) for _ in range(2))  # type: ignore[arg-type]
    assert one == other
