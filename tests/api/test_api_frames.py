"""Findings as tables: one row for each, the columns of the CSV export, with types."""

from __future__ import annotations

import csv
import sys
from datetime import date
from pathlib import Path

import polars
import pyarrow
import pytest
from api_reader import CALM, DEED

import saydo
from saydo.export.columns import COLUMNS

TABLES = ("actors", "events", "ties", "statements", "discrepancies")


@pytest.mark.parametrize("table", TABLES)
def test_the_columns_are_those_of_the_csv_export(case: saydo.Case, tmp_path: Path, table: str) -> None:
    found = getattr(case, table)
    (file, _) = case.export(tmp_path / "out.csv", "csv", table)
    with file.open(encoding="utf-8", newline="") as lines:
        header, *rows = csv.reader(lines)
    assert (
        header
        == list(found.to_pandas().columns)
        == found.to_polars().columns
        == found.to_arrow().column_names
    )
    assert header == list(found.columns) and all(found.columns.values())
    assert (
        len(found.to_pandas()) == len(found.to_polars()) == len(found.to_arrow()) == len(found) == len(rows)
    )
    texts = [column.name for column in COLUMNS[table] if column.datatype == "string"]
    frame = found.to_polars()
    for name in texts:
        told = [row[header.index(name)] for row in rows]
        assert [str(value) if value is not None else "" for value in frame[name].to_list()] == told


def test_days_are_dates_fixed_words_categories_and_counts_may_be_missing(case: saydo.Case) -> None:
    frame = case.events.to_pandas()
    assert frame["from"].dtype == frame["published"].dtype == "datetime64[s]"
    assert frame["type"].dtype == "category" and set(frame["type"].cat.categories) == {"AGREE", "ASSAULT"}
    assert [str(frame[name].dtype) for name in ("killed_low", "score", "quote")] == [
        "Int64",
        "Float64",
        "string",
    ]
    assert str(case.statements.to_pandas()["quoted"].dtype) == "boolean"
    assert frame["killed_low"].isna().all()
    weekly = frame.groupby([frame["from"].dt.to_period("W"), "type"], observed=True).size()
    assert weekly.sum() == frame["from"].notna().sum() == 2


def test_polars_and_arrow_have_the_same_types(case: saydo.Case) -> None:
    frame = case.events.to_polars()
    assert frame.schema["from"] == polars.Date and frame.schema["type"] == polars.Categorical
    assert frame["from"].drop_nulls().unique().to_list() == [date(2013, 6, 4)]
    table = case.events.to_arrow()
    assert table.schema.field("from").type == pyarrow.date32()
    assert pyarrow.types.is_dictionary(table.schema.field("type").type)
    assert table.schema.field("score").metadata[b"description"].startswith(b"0 to 1")
    assert table["from"].to_pylist() == frame["from"].to_list()


@pytest.mark.parametrize("table", TABLES)
def test_a_table_without_rows_has_the_same_types(coder: saydo.Coder, table: str) -> None:
    empty = getattr(coder(CALM), table)
    full = getattr(coder(DEED, date="2013-06-05"), table)
    assert len(empty) == len(empty.to_pandas()) == 0
    assert empty.to_polars().schema == full.to_polars().schema
    assert empty.to_arrow().schema == full.to_arrow().schema
    kinds = [str(kind) for kind in empty.to_pandas().dtypes]
    assert kinds == [str(kind) for kind in full.to_pandas().dtypes]


@pytest.mark.parametrize(
    ("call", "package", "extra"),
    [
        ("to_pandas", "pandas", "pandas"),
        ("to_polars", "polars", "polars"),
        ("to_arrow", "pyarrow", "parquet"),
    ],
)
def test_a_missing_package_is_named_with_the_extra_that_installs_it(
    coder: saydo.Coder, monkeypatch: pytest.MonkeyPatch, call: str, package: str, extra: str
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(saydo.MissingExtra) as told:
        getattr(coder(DEED).events, call)()
    assert str(told.value) == f"{call}() needs {package}: pip install 'saydo[{extra}]'"
    assert isinstance(told.value, ImportError) and isinstance(told.value, saydo.SaydoError)
