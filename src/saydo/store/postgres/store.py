"""A case in PostgreSQL: everything in one schema, originals too."""

from __future__ import annotations

import hashlib
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import cast

from saydo.model.case import CaseActor
from saydo.model.errors import CaseBusy, StoreError
from saydo.model.ids import fold
from saydo.model.lookups import Cursor, Slice
from saydo.store import rows
from saydo.store.place import Database, database_of
from saydo.store.postgres.connection import Connection
from saydo.store.postgres.schema import check, migrate
from saydo.store.schema import MIGRATIONS
from saydo.store.sqlite import SqliteStore

PATIENCE_SECONDS = 0.3
"""How long to wait for the right to run."""
_SHORT = 4
"""Letters of a name below which nothing is alike."""
_ALIKE = "SELECT 1 FROM pg_class WHERE oid = to_regclass('actor_words_alike')"


def _nothing(step: str) -> None:
    """The default of ``on_step``."""


class Originals:
    """The archive of originals in the database: a row each, named by the SHA-256 of its bytes."""

    def __init__(self, db: Connection, on_step: Callable[[str], None] = _nothing) -> None:
        self._db = db
        self._on_step = on_step

    def put(self, data: bytes, sha256: str) -> None:
        """Keeps the bytes; bytes that are there already are not written again."""
        self._db.execute("INSERT INTO originals VALUES (?, ?) ON CONFLICT DO NOTHING", (sha256, data))
        self._on_step("source written")

    def get(self, sha256: str) -> bytes:
        """The bytes with this hash; StoreError where they are gone or no longer what they were."""
        case = f"case {self._db.database.url}: the source {sha256[:12]}…"
        row = self._db.execute("SELECT data FROM originals WHERE sha256 = ?", (sha256,)).fetchone()
        if row is None:
            raise StoreError(f"{case} is missing from its table originals; put back a copy")
        if hashlib.sha256(row[0]).hexdigest() != sha256:
            raise StoreError(f"{case} was changed since it was taken in; put back a copy")
        return bytes(row[0])

    def sweep(self) -> None:
        """Nothing is ever half written."""


class PostgresStore(SqliteStore):
    """The :class:`saydo.model.store.CaseStore` of a case in PostgreSQL; ``folder`` is this machine's folder
    beside it. Runs have the case to themselves; people decide beside each other, one step at a time."""

    def __init__(self, folder: Path, db: Connection, on_step: Callable[[str], None] = _nothing) -> None:
        super().__init__(folder, cast(sqlite3.Connection, db), None, on_step, Originals(db, on_step))

    @classmethod
    def for_writing(cls, folder: Path, on_step: Callable[[str], None] = _nothing) -> PostgresStore:
        """Opens a case to write, making it where there is none; one run at a time. Raises StoreError."""
        db = Connection(_database(folder), writing=True)
        try:
            _hold(db)
            migrate(db, folder, on_step)
        except BaseException:
            db.close()
            raise
        return cls(folder, db, on_step)

    @classmethod
    def for_deciding(cls, folder: Path) -> PostgresStore:
        """Opens a case to decide about it, beside others who do. Raises CaseBusy while a run is at work."""
        db = Connection(_database(folder), writing=True)
        try:
            _up_to_date(cls, folder, db)
            _hold(db, shared=True)
        except BaseException:
            db.close()
            raise
        return cls(folder, db)

    @classmethod
    def for_reading(cls, folder: Path) -> PostgresStore:
        """Opens a case to read. Raises StoreError where there is none."""
        db = Connection(_database(folder), writing=False)
        try:
            _up_to_date(cls, folder, db)
        except BaseException:
            db.close()
            raise
        return cls(folder, db)

    def actors_called(
        self, name: str, kind: str | None, cursor: Cursor | None, limit: int
    ) -> Slice[CaseActor]:
        """As in a folder; where nothing begins so, those whose names are alike, the most alike first."""
        found = super().actors_called(name, kind, cursor, limit)
        words = fold(name)
        if found.items or cursor is not None or len(words) < _SHORT or not self._one(_ALIKE):
            return found
        rows_alike = self._all(
            "SELECT f.json, f.documents, f.mentions, f.events, f.ties, f.statements FROM "
            "(SELECT actor, min(words <-> ?1) AS apart FROM actor_words WHERE words % ?1 GROUP BY actor) q "
            "JOIN actors f ON f.id = q.actor WHERE ?2 IN ('', f.kind) ORDER BY q.apart, f.id LIMIT ?3",
            (words, kind or "", limit),
        )
        return Slice(tuple(rows.case_actor(row) for row in rows_alike), None, None)


def _up_to_date(cls: type[PostgresStore], folder: Path, db: Connection) -> None:
    now = check(db)
    if now == 0:
        raise StoreError(
            f"{db.database.url} holds no case; make one with: saydo run INPUT… --case '{db.database.url}'"
        )
    if now < len(MIGRATIONS):
        cls.for_writing(folder).close()


def is_held(database: Database) -> bool:
    """Whether a run is at work on a case."""
    db = Connection(database, writing=False)
    try:
        return not _took(db, shared=True)
    finally:
        db.close()


def _database(folder: Path) -> Database:
    database = database_of(folder)
    if database is None:
        raise StoreError(f"{folder} names no database; give the case by its address")
    return database


def _hold(db: Connection, *, shared: bool = False) -> None:
    """The right to run, or with ``shared`` to decide, held until the connection closes, however it ends."""
    until = time.monotonic() + PATIENCE_SECONDS
    while not _took(db, shared):
        if time.monotonic() > until:
            raise CaseBusy(
                f"case {db.database.url}: another run is at work on it; wait until that has ended, or stop it"
            )
        time.sleep(0.02)


def _took(db: Connection, shared: bool) -> bool:
    lock = f"pg_try_advisory_lock{'_shared' if shared else ''}({db.lock_key('run')})"
    return bool((db.execute(f"SELECT {lock}").fetchone() or (0,))[0])
