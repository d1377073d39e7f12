"""Checks a case in PostgreSQL against its audit log: the same check, with its own guards and originals."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import cast

from saydo.model.audit import Checked, Fault, Head
from saydo.model.errors import StoreError
from saydo.store.place import database_of
from saydo.store.postgres.connection import Connection
from saydo.store.postgres.functions import GUARDING, guards
from saydo.store.postgres.schema import check
from saydo.store.verify import SINCE, Check, Tell

_GUARDS = """SELECT t.tgname, pg_get_triggerdef(t.oid), t.tgenabled
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = ? AND NOT t.tgisinternal"""
_BODIES = """SELECT p.proname, p.prosrc FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE n.nspname = ?"""


def verify(folder: Path, heads: Sequence[Head], *, originals: bool, tell: Tell) -> Checked:
    """See :func:`saydo.store.verify.verify`."""
    database = database_of(folder)
    assert database is not None, "whoever calls this knows that it is a case in a database"
    db = Connection(database, writing=False)
    try:
        if check(db) < SINCE:
            raise StoreError(f"{database.url} holds no case; make one with: saydo run INPUT… --case …")
        db.execute("BEGIN")
        return _Check(cast(sqlite3.Connection, db), folder, tell).all(heads, originals)
    finally:
        db.close()


class _Check(Check):
    @property
    def _connection(self) -> Connection:
        return cast(Connection, self._db)

    def _guards(self) -> None:
        schema = self._connection.database.schema
        # with no schema in the path every name is told in full
        self._connection.raw("SET LOCAL search_path = pg_catalog")
        held = {
            # a guard that is switched off, or lets replicas through, is none
            str(name): str(made).replace('"', "") if enabled in ("O", "A") else "off"
            for name, made, enabled in self._connection.execute(_GUARDS, (schema,)).fetchall()
        }
        bodies = dict(self._connection.execute(_BODIES, (schema,)).fetchall())
        self._connection.raw(f'SET LOCAL search_path = "{schema}", pg_catalog, public')
        self._compare_guards(held, guards(schema))
        known: Mapping[str, str] = {name: body.format(s=schema) for name, body in GUARDING.items()}
        self._compare_guards({name: str(bodies[name]) for name in known if name in bodies}, known)

    def _originals(self) -> int:
        """Adds what is wrong with originals to the faults; gives how many are what they were."""
        db, whole = self._connection, 0
        for sha256, size in db.execute("SELECT sha256, bytes FROM sources ORDER BY sha256").fetchall():
            self._tell(1)
            row = db.execute("SELECT data FROM originals WHERE sha256 = ?", (sha256,)).fetchone()
            wrong = "missing" if row is None else _wrong(bytes(row[0]), str(sha256), size)
            if wrong:
                self._original(sha256, wrong)
            else:
                whole += 1
        for (sha256,) in db.execute(
            "SELECT sha256 FROM sources WHERE sha256 NOT IN (SELECT source FROM documents) ORDER BY sha256"
        ).fetchall():
            self._original(sha256, "listed, and no report was made from it; put in past saydo")
        for (sha256,) in db.execute(
            "SELECT sha256 FROM originals WHERE sha256 NOT IN (SELECT sha256 FROM sources) ORDER BY sha256"
        ).fetchall():
            self._original(
                sha256,
                "no report was made from it; somebody put it there, or a run was killed that the next one "
                "goes on with",
            )
        return whole

    def _original(self, sha256: object, wrong: str) -> None:
        self._faults.append(Fault("original", str(sha256), f"original {str(sha256)[:12]}…: {wrong}"))


def _wrong(data: bytes, sha256: str, size: object) -> str:
    if hashlib.sha256(data).hexdigest() != sha256:
        return "changed since it was taken in"
    return "" if len(data) == size else f"has {len(data):,} bytes, and the case says {size}"
