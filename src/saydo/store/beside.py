"""Small databases beside that of a case, for what is not of the case itself: where a watch stands, what a
language model proposed. Each is a file of its own in the case's folder, so that the case never waits for it,
and what stands in it can be thrown away without harm to the case."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from saydo.model.errors import StoreError
from saydo.store.guard import guard

WAIT_SECONDS = 10.0


class Beside:
    """A database in a case's folder, opened to read and write; close it after use."""

    def __init__(self, case: Path, name: str, tables: Sequence[str]) -> None:
        """``tables`` are steps: those that the file has not had are taken, in order. Raises StoreError where
        the case has no folder, or the file was made by a later saydo."""
        self.path = case / name
        if not case.is_dir():
            raise StoreError(f"{case} holds no case; make one with: saydo run INPUT… --case {case}")
        with guard(case):
            self._db = sqlite3.connect(self.path, timeout=WAIT_SECONDS, isolation_level=None)
        try:
            self._bring_up(tables)
        except BaseException:
            self._db.close()
            raise

    def _bring_up(self, tables: Sequence[str]) -> None:
        try:
            self._db.execute("PRAGMA schema_version").fetchone()
        except sqlite3.DatabaseError as error:
            raise StoreError(
                f"{self.path}: is damaged or no database ({error}); move it away and run again: the case "
                "is whole without it"
            ) from error
        with self.step() as db:
            (had,) = db.execute("PRAGMA user_version").fetchone()
            if had > len(tables):
                raise StoreError(f"{self.path}: was made by a later saydo; install that, or move it away")
            for statements in tables[had:]:
                for statement in filter(str.strip, statements.split(";")):
                    db.execute(statement)
            db.execute(f"PRAGMA user_version = {len(tables)}")

    def close(self) -> None:
        """Lets go of it."""
        self._db.close()

    @contextmanager
    def step(self) -> Iterator[sqlite3.Connection]:
        """All of the block's writes, or none."""
        with guard(self.path.parent):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise

    def rows(self, sql: str, values: Iterable[Any] = ()) -> list[tuple[Any, ...]]:
        """The rows of a question."""
        with guard(self.path.parent):
            return self._db.execute(sql, tuple(values)).fetchall()

    def one(self, sql: str, values: Iterable[Any] = ()) -> tuple[Any, ...] | None:
        """The first row of a question; None where there is none."""
        found = self.rows(sql, values)
        return found[0] if found else None
