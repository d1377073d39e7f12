"""Opens the database of a case: for one run that writes, or for any number that read."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from saydo.model.errors import CaseBusy, StoreError
from saydo.store.guard import guard

DATABASE = "case.db"
WAIT_SECONDS = 10.0
"""How long to wait for another program's write before giving up."""
PATIENCE_SECONDS = 0.3
"""How long to wait for the right to write."""


def lock(folder: Path) -> sqlite3.Connection:
    """The right to write to a case, held until the connection is closed or the process ends, however it
    ends. Raises StoreError where another run holds it.

    An exclusive transaction on an empty database file: the one lock that every system knows and that no
    killed process leaves behind.
    """
    # a moment's patience: somebody may just be looking whether it is held
    with guard(folder):
        db = sqlite3.connect(folder / "run.lock", timeout=PATIENCE_SECONDS, isolation_level=None)
        try:
            db.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            db.close()
            if error.sqlite_errorname.startswith("SQLITE_BUSY"):
                raise CaseBusy(
                    f"case {folder}: another run is at work on it; wait until that has ended, or stop it"
                ) from error
            raise
    return db


def is_held(folder: Path) -> bool:
    """Whether a run is at work on a case, or a decision is being written. Nothing is kept from beginning."""
    path = folder / "run.lock"
    if not path.is_file():
        return False
    with guard(folder):
        db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=0, isolation_level=None)
        try:
            db.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname.startswith("SQLITE_BUSY"):
                return True
            raise
        finally:
            db.close()
    return False


def for_writing(folder: Path) -> sqlite3.Connection:
    """A connection that may write; makes the database where there is none."""
    with guard(folder):
        db = sqlite3.connect(folder / DATABASE, timeout=WAIT_SECONDS, isolation_level=None)
        try:
            db.execute("PRAGMA journal_mode = WAL").fetchone()
            # A commit survives the process being killed; a power cut may cost the last few documents, which
            # the next run codes again.
            db.execute("PRAGMA synchronous = NORMAL")
            db.execute("PRAGMA foreign_keys = ON")
            db.execute("PRAGMA cache_size = -65536")
        except BaseException:
            db.close()
            raise
    return db


def for_reading(folder: Path) -> sqlite3.Connection:
    """A connection that only reads, also while a run writes and also from a medium that nobody can write."""
    path = folder / DATABASE
    if not path.is_file():
        raise StoreError(f"{folder} holds no case; make one with: saydo run INPUT… --case {folder}")
    with guard(folder):
        uri = path.resolve().as_uri()
        if os.access(folder, os.W_OK) and os.access(path, os.W_OK):
            db = sqlite3.connect(f"{uri}?mode=rw", uri=True, timeout=WAIT_SECONDS, isolation_level=None)
        else:
            # Where no log can be made beside it, SQLite reads the file alone; that is right only if no log
            # with newer pages lies there.
            log = path.with_name(DATABASE + "-wal")
            whole = not log.exists() or log.stat().st_size == 0
            mode = "immutable=1" if whole else "mode=ro"
            db = sqlite3.connect(f"{uri}?{mode}", uri=True, timeout=WAIT_SECONDS, isolation_level=None)
        try:
            db.execute("PRAGMA query_only = ON")
            db.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except BaseException:
            db.close()
            raise
    return db
