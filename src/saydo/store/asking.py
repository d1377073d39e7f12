"""What every reading part of a store stands on: a case's folder, its database, and guarded questions."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from saydo.store.guard import guard


class Asking:
    """Runs queries; SQLite's errors come as StoreError with a line for a person."""

    folder: Path
    _db: sqlite3.Connection

    def _all(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        with guard(self.folder):
            return self._db.execute(sql, tuple(values)).fetchall()

    def _one(self, sql: str, values: Sequence[Any] = ()) -> tuple[Any, ...] | None:
        with guard(self.folder):
            row: tuple[Any, ...] | None = self._db.execute(sql, tuple(values)).fetchone()
            return row


def marks(values: Iterable[Any]) -> str:
    """``?, ?, ?``: one mark a value; where there is none, what nothing is equal to."""
    return ", ".join("?" for _ in values) or "NULL"
