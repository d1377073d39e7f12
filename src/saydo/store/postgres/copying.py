"""The side of PostgreSQL where a case is copied; see :mod:`saydo.store.copying`."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any, cast

from saydo.store.postgres.connection import Connection
from saydo.store.schema_speed import BITS

_REFERS = """SELECT c.conrelid::regclass::text, c.confrelid::regclass::text FROM pg_constraint c
    JOIN pg_namespace n ON n.oid = c.connamespace WHERE n.nspname = ? AND c.contype = 'f'"""
_COLUMNS = """SELECT c.table_name, c.column_name FROM information_schema.columns c
    WHERE c.table_schema = ? ORDER BY c.table_name, c.ordinal_position"""


def tables(db: sqlite3.Connection) -> tuple[dict[str, tuple[str, ...]], dict[str, set[str]]]:
    """Table → its columns, and table → the tables it refers to."""
    at = cast(Connection, db)
    found: dict[str, tuple[str, ...]] = {}
    for table, column in at.execute(_COLUMNS, (at.database.schema,)).fetchall():
        found[table] = (*found.get(table, ()), column)
    refers: dict[str, set[str]] = {}
    for table, other in at.execute(_REFERS, (at.database.schema,)).fetchall():
        refers.setdefault(table, set()).add(other)
    return found, refers


class IntoPostgres:
    """A schema that a case is copied into."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = cast(Connection, db)
        self._tables, _ = tables(db)

    def open(self) -> None:
        """Switches the triggers off, and empties what they filled."""
        for table in self._tables:
            self._db.raw(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        self._db.raw("DELETE FROM found_words; DELETE FROM pole_words")

    def fill(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Puts rows in place of all that a table holds."""
        self._db.raw(f"DELETE FROM {table}")
        listed = ", ".join(f'"{name}"' for name in columns)
        self._db.copy(f"{table} ({listed})", rows)

    def close(self) -> None:
        """Fills the index of words, and switches the triggers on."""
        self._db.raw("INSERT INTO found_words SELECT key, fts_words(names, quote) FROM found")
        self._db.raw(
            f"INSERT INTO pole_words SELECT o.discrepancy << {BITS} | o.number, fts_words(n.names, n.quote) "
            "FROM poles o JOIN documents d ON d.id = o.document "
            "JOIN found n ON n.document = d.position AND n.id = o.finding"
        )
        for table in self._tables:
            self._db.raw(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            # what the planner goes by
            self._db.raw(f"ANALYZE {table}")
