"""Where databases differ in how they are used, and not in what they are asked: writing many rows, and reading
many without holding them all. A connection that has a better way says so by a method of that name."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from saydo.store.columns import Row, insert


def write(
    db: sqlite3.Connection, rows: Iterable[Row], held: Mapping[str, Collection[str]] | None = None
) -> None:
    """Writes rows of the index or of what was derived; ``held`` as in :func:`saydo.store.columns.insert`."""
    load = getattr(db, "load", None)
    if load is not None and held is None:
        load(rows)
        return
    for row in rows:
        db.execute(*insert(row, held[row.table] if held is not None and row.table in held else None))


def each(db: sqlite3.Connection, sql: str, values: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
    """The rows of a question, one at a time; the caller holds a transaction."""
    ask = getattr(db, "each", db.execute)
    yield from ask(sql, values)
