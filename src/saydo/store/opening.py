"""Opens a case, wherever it is kept: in its folder, or in the database that its folder names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from saydo.model.audit import Checked, Head
from saydo.model.errors import StoreError
from saydo.store import connect
from saydo.store import verify as folders
from saydo.store.place import database_of
from saydo.store.sqlite import SqliteStore


def for_writing(case: Path, on_step: Callable[[str], None] | None = None) -> SqliteStore:
    """Opens a case to write, making it where there is none; one run at a time. Raises StoreError."""
    return _kind(case).for_writing(case, *((on_step,) if on_step else ()))


def for_deciding(case: Path) -> SqliteStore:
    """Opens a case to decide about it. Raises StoreError, CaseBusy while a run is at work on it."""
    return _kind(case).for_deciding(case)


def for_reading(case: Path) -> SqliteStore:
    """Opens a case to read. Raises StoreError where there is none."""
    return _kind(case).for_reading(case)


def is_held(case: Path) -> bool:
    """Whether a run is at work on a case, or in a folder a decision is being written."""
    database = database_of(case)
    if database is None:
        return connect.is_held(case)
    _kind(case)
    from saydo.store.postgres import store

    return store.is_held(database)


def verify(
    case: Path,
    heads: Sequence[Head] = (),
    *,
    originals: bool = True,
    tell: folders.Tell = lambda done: None,
) -> Checked:
    """Checks a whole case, see :func:`saydo.store.verify.verify`. Raises StoreError only where it cannot be
    read at all."""
    if database_of(case) is None:
        return folders.verify(case, heads, originals=originals, tell=tell)
    _kind(case)
    from saydo.store.postgres import verify as databases

    return databases.verify(case, heads, originals=originals, tell=tell)


def _kind(case: Path) -> type[SqliteStore]:
    database = database_of(case)
    if database is None:
        return SqliteStore
    try:
        from saydo.store.postgres.store import PostgresStore
    except ModuleNotFoundError as error:
        if error.name != "psycopg":
            raise
        raise StoreError(
            f"case {database.url}: PostgreSQL needs a further package; install it with: "
            "pip install 'saydo[postgres]'"
        ) from None
    return PostgresStore
