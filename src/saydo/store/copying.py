"""Copies a case, whole as of one moment, into another place: a folder, or a database."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from saydo.model.audit import Head
from saydo.model.errors import InputError
from saydo.store import audit
from saydo.store.guard import guard
from saydo.store.opening import for_reading, for_writing
from saydo.store.place import database_of
from saydo.store.schema_speed import POLE_WORDS
from saydo.store.seam import each
from saydo.store.sqlite import SqliteStore

_OWN = frozenset({"migrations", "originals", "found_words", "pole_words"})
"""Tables that each database fills in its own way."""
_INDEX = ("_data", "_idx", "_content", "_docsize", "_config")


class Copied(NamedTuple):
    """What was copied."""

    head: Head
    rows: int
    originals: int


class Target(Protocol):
    """A database that a case is copied into; within one transaction."""

    def open(self) -> None:
        """Lets everything be written: no trigger fires."""
        ...

    def fill(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Puts rows in place of all that a table holds."""
        ...

    def close(self) -> None:
        """Fills the index of words, and lets triggers fire again."""
        ...


def copy(source: Path, target: Path, tell: Callable[[int], None] = lambda done: None) -> Copied:
    """Copies a case; ``tell`` is told of each row and each original. Raises InputError where the target holds
    a case already, StoreError where an original is not what it was, or the target cannot be written."""
    with for_reading(source) as held, for_writing(target) as made:
        if any(made._one(f"SELECT 1 FROM {table}") for table in ("documents", "runs", "decisions")):
            raise InputError(f"{_shown(target)} holds a case already; copy to a place that holds none")
        with guard(source):
            held._db.execute("BEGIN")
        originals = _originals(held, made, tell)
        rows = 0

        def counted(some: Iterator[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
            nonlocal rows
            for row in some:
                rows += 1
                tell(1)
                yield row

        with made._step("copied") as db:
            into = _target(made)
            into.open()
            for table, columns in _tables(held).items():
                listed = ", ".join(f'"{name}"' for name in columns)
                with guard(source):
                    into.fill(table, columns, counted(each(held._db, _in_order(table, listed, columns))))
            into.close()
            head = audit.head(db)
    assert head is not None, "every case has a log"
    return Copied(head, rows, originals)


def _originals(held: SqliteStore, made: SqliteStore, tell: Callable[[int], None]) -> int:
    digests = [str(sha256) for (sha256,) in held._all("SELECT sha256 FROM sources ORDER BY sha256")]
    for sha256 in digests:
        made._sources.put(held.source(sha256), sha256)
        tell(1)
    return len(digests)


def _in_order(table: str, listed: str, columns: Sequence[str]) -> str:
    """The rows of a table in the order in which they can be written: those of the log one behind the other,
    a decision behind the one it undoes."""
    first = "number" if "number" in columns and table in ("audit", "decisions") else "1"
    return f"SELECT {listed} FROM {table} ORDER BY {first}"


def _tables(store: SqliteStore) -> Mapping[str, tuple[str, ...]]:
    """Table → its columns, each behind the tables that it refers to."""
    if database_of(store.folder) is not None:
        from saydo.store.postgres import copying

        found, refers = copying.tables(store._db)
    else:
        found, refers = _sqlite_tables(store._db)
    order = TopologicalSorter({table: refers.get(table, set()) - {table} for table in sorted(found)})
    return {table: found[table] for table in order.static_order() if table not in _OWN}


def _sqlite_tables(db: sqlite3.Connection) -> tuple[dict[str, tuple[str, ...]], dict[str, set[str]]]:
    listed = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    names = [str(name) for (name,) in db.execute(listed)]
    shadows = {f"{words}{part}" for words in ("found_words", "pole_words") for part in _INDEX}
    kept = [name for name in names if name not in shadows]
    found = {name: tuple(str(row[1]) for row in db.execute(f"PRAGMA table_info({name})")) for name in kept}
    refers = {name: {str(row[2]) for row in db.execute(f"PRAGMA foreign_key_list({name})")} for name in kept}
    return found, refers


def _target(made: SqliteStore) -> Target:
    if database_of(made.folder) is not None:
        from saydo.store.postgres import copying

        return copying.IntoPostgres(made._db)
    return _IntoSqlite(made._db)


class _IntoSqlite:
    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._triggers: dict[str, str] = {}

    def open(self) -> None:
        """Takes the triggers away; they come back in the same transaction."""
        query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        self._triggers = dict(self._db.execute(query).fetchall())
        for name in self._triggers:
            self._db.execute(f"DROP TRIGGER {name}")

    def fill(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Puts rows in place of all that a table holds."""
        listed, marks = ", ".join(f'"{name}"' for name in columns), ", ".join("?" * len(columns))
        self._db.execute(f"DELETE FROM {table}")
        self._db.executemany(f"INSERT INTO {table} ({listed}) VALUES ({marks})", rows)

    def close(self) -> None:
        """Fills the index of words, and puts the triggers back."""
        self._db.execute("INSERT INTO found_words (found_words) VALUES ('rebuild')")
        self._db.execute("DELETE FROM pole_words")
        self._db.execute(POLE_WORDS)
        for statement in self._triggers.values():
            self._db.execute(statement)


def _shown(place: Path) -> str:
    database = database_of(place)
    return database.url if database else str(place)
