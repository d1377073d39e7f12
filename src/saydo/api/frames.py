"""Findings as tables of pandas, polars and Arrow: the columns of ``saydo export --format csv``, with types.

A day is a date, a word out of a fixed list is a category, a count may be missing. What can be less than a day
(``since`` and ``until`` of a tie) or several days (``against.published``) stays text, ISO 8601.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from saydo import desk
from saydo.api.extras import needed
from saydo.model.errors import InputError

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

DAYS = frozenset({"published", "statement.published", "from", "to"})
"""Columns that hold a whole day in every table where they are no actors' names."""
CATEGORIES = frozenset(
    "kind type mode realis polarity state basis field record country sector time_precision place_precision "
    "resolved_by rule statement.record".split()
)


def kind_of(table: desk.Table, column: desk.Column) -> str:
    """``date``, ``category``, ``string``, ``integer``, ``number`` or ``boolean``."""
    if column.name in DAYS and not (table == "ties" and column.name in ("from", "to")):
        return "date"
    return "category" if column.name in CATEGORIES else column.datatype


def cells(table: desk.Table, rows: Iterable[desk.Row]) -> dict[str, list[Any]]:
    """Column → its values in the order of the rows; None where a cell is empty."""
    columns = desk.columns_of(table)
    dates = [kind_of(table, column) == "date" for column in columns]
    filled: list[list[Any]] = [[] for _ in columns]
    for row in rows:
        for column, values, dated in zip(columns, filled, dates, strict=True):
            cell = column.cell(row)
            if isinstance(cell, str):
                cell = cell.encode("utf-8", "backslashreplace").decode()
            values.append(_day(cell) if dated else cell)
    return {column.name: values for column, values in zip(columns, filled, strict=True)}


def _day(cell: object) -> date | None:
    try:
        return date.fromisoformat(str(cell)[:10]) if cell is not None else None
    except ValueError:
        return None  # a date of a year that no calendar of these libraries has


def pandas_frame(table: desk.Table, rows: Iterable[desk.Row]) -> pd.DataFrame:
    """The table for pandas: ``datetime64[s]``, ``category``, ``string``, ``Int64``, ``Float64``, ``boolean``.
    Raises MissingExtra."""
    pandas = needed("pandas", "to_pandas()")
    numpy = needed("numpy", "to_pandas()")
    types = {"integer": "Int64", "number": "Float64", "boolean": "boolean", "string": "string"}
    made: dict[str, Any] = {}
    filled = cells(table, rows)
    for column in desk.columns_of(table):
        kind, values = kind_of(table, column), filled[column.name]
        if kind == "date":
            days = numpy.array([value or "NaT" for value in values], dtype="datetime64[s]")
            made[column.name] = pandas.Series(days)
        elif kind == "category":
            made[column.name] = pandas.Series(
                pandas.Categorical(values, categories=pandas.Index(_met(values), dtype=str))
            )
        else:
            made[column.name] = pandas.Series(values, dtype=types[kind])
    frame: pd.DataFrame = pandas.DataFrame(made)
    return frame


def polars_frame(table: desk.Table, rows: Iterable[desk.Row]) -> pl.DataFrame:
    """The table for polars: ``Date``, ``Categorical``, ``String``, ``Int64``, ``Float64``, ``Boolean``.
    Raises MissingExtra."""
    polars = needed("polars", "to_polars()")
    types = {
        "date": polars.Date, "category": polars.Categorical, "string": polars.String,
        "integer": polars.Int64, "number": polars.Float64, "boolean": polars.Boolean,
    }  # fmt: skip
    schema = {column.name: types[kind_of(table, column)] for column in desk.columns_of(table)}
    frame: pl.DataFrame = polars.DataFrame(cells(table, rows), schema=schema)
    return frame


def arrow_table(table: desk.Table, rows: Iterable[desk.Row]) -> pa.Table:
    """The table for Arrow: ``date32``, ``dictionary<string>``, ``string``, ``int64``, ``double``, ``bool``;
    what a column holds stands in its metadata. Raises MissingExtra."""
    pyarrow = needed("pyarrow", "to_arrow()")
    types = {
        "date": pyarrow.date32(), "category": pyarrow.dictionary(pyarrow.int32(), pyarrow.string()),
        "string": pyarrow.string(), "integer": pyarrow.int64(), "number": pyarrow.float64(),
        "boolean": pyarrow.bool_(),
    }  # fmt: skip
    filled = cells(table, rows)
    fields, arrays = [], []
    for column in desk.columns_of(table):
        of = types[kind_of(table, column)]
        fields.append(pyarrow.field(column.name, of, metadata={"description": column.about}))
        arrays.append(pyarrow.array(filled[column.name], type=of))
    made: pa.Table = pyarrow.Table.from_arrays(arrays, schema=pyarrow.schema(fields))
    return made


def _met(values: Iterable[Any]) -> list[str]:
    return sorted({value for value in values if value is not None})


def iso_day(given: object) -> str | None:
    """An ISO day from what people have dates in: text, a ``date``, a ``datetime``, a Timestamp of pandas;
    None where it is empty. Raises InputError for anything else."""
    if given is None or given != given or given == "":  # a missing value of pandas is not equal to itself
        return None
    if isinstance(given, datetime):
        return given.date().isoformat()
    if isinstance(given, date):
        return given.isoformat()
    try:
        return date.fromisoformat(str(given)[:10]).isoformat()
    except ValueError:
        told = str(given)[:40]
        raise InputError(f"{told!r} is no date; write it as YYYY-MM-DD, such as 2019-05-09") from None
