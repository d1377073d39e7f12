"""What somebody with the database of a case in hand can do, whichever database it is."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from saydo.model.errors import StoreError
from saydo.store.place import database_of
from saydo.store.schema_audit import TRIGGERS

REFUSED = (sqlite3.IntegrityError, StoreError)
"""What the database itself says to what it refuses."""


@contextmanager
def raw(folder: Path) -> Iterator[Any]:
    """A connection past saydo's own ways; every statement is kept at once."""
    database = database_of(folder)
    if database is None:
        db: Any = sqlite3.connect(folder / "case.db", isolation_level=None)
    else:
        from saydo.store.postgres.connection import Connection

        db = Connection(database, writing=True)
    try:
        yield db
    finally:
        db.close()


def tamper(folder: Path, *statements: str | tuple[str, tuple[object, ...]]) -> None:
    """The guards go, rows change, the guards come back."""
    listed = [(each, ()) if isinstance(each, str) else each for each in statements]
    with raw(folder) as db:
        if database_of(folder) is not None:
            # as in a replica: no trigger fires and no reference is checked
            db.raw("SET session_replication_role = replica")
            for each in listed:
                db.execute(*each)
            return
        for pragma in ("synchronous = OFF", "ignore_check_constraints = ON", "foreign_keys = OFF"):
            db.execute(f"PRAGMA {pragma}")
        db.execute("BEGIN")
        for name in TRIGGERS:
            db.execute(f"DROP TRIGGER {name}")
        for each in listed:
            db.execute(*each)
        for statement in TRIGGERS.values():
            db.execute(statement)
        db.execute("COMMIT")


def copy_case(whole: Path, target: Path, server: Any = None) -> Path:
    """A second case like the first; ``server`` is where a case in a database is."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(whole, target)
    if database_of(whole) is not None:
        server.copy_database(whole, target)
    return target


def forge_original(folder: Path, sha256: str, data: bytes | None) -> None:
    """Puts other bytes in the place of an original, or takes it away."""
    if database_of(folder) is not None:
        with raw(folder) as db:
            db.execute("DELETE FROM originals WHERE sha256 = ?", (sha256,))
            if data is not None:
                db.execute("INSERT INTO originals VALUES (?, ?)", (sha256, data))
        return
    path = folder / "sources" / sha256[:2] / sha256
    path.unlink(missing_ok=True)
    if data is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
