"""Brings a case's database to the present schema, one recorded step at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path

from pydantic import ValidationError

from saydo.model.errors import StoreError
from saydo.model.ids import digest
from saydo.model.records import Record
from saydo.store.columns import COLUMNS, FOUND, index_rows
from saydo.store.found_rows import found_rows
from saydo.store.schema import APPLICATION_ID, MIGRATIONS, Migration
from saydo.store.seam import write


def version(db: sqlite3.Connection) -> int:
    """The number of the last migration applied; 0 for an empty database."""
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def check(db: sqlite3.Connection, folder: Path, migrations: Sequence[Migration] = MIGRATIONS) -> int:
    """The version of a case's database, after making sure that it is one and that this saydo knows it.

    Raises StoreError for another program's database, a newer schema, or one whose steps were others.
    """
    now = version(db)
    tables = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    mark = int(db.execute("PRAGMA application_id").fetchone()[0])
    if mark != APPLICATION_ID and (now or tables):
        raise StoreError(f"case {folder}: case.db belongs to another program; choose another folder")
    if now:
        steps = dict(db.execute("SELECT number, digest FROM migrations")) if now <= len(migrations) else {}
        known(now, steps, f"case {folder}", migrations)
    return now


def known(
    now: int, steps: Mapping[int, str], case: str, migrations: Sequence[Migration] = MIGRATIONS
) -> None:
    """Raises StoreError where a case has a newer schema, or one whose steps (number → digest) were others."""
    if now > len(migrations):
        raise StoreError(
            f"{case}: made by a newer saydo (schema {now}, this one knows {len(migrations)}); "
            "install the newer version"
        )
    for migration in migrations[:now]:
        if steps.get(migration.number) != fingerprint(migration):
            raise StoreError(
                f"{case}: its schema step {migration.number} is not the one of this saydo; it was "
                "made by an unreleased version: run the inputs into a new folder"
            )


def fingerprint(migration: Migration) -> str:
    """What a migration is recognised by: a digest over its name and statements."""
    return digest(migration.name, *migration.statements)[:16]


def migrate(
    db: sqlite3.Connection,
    folder: Path,
    on_step: Callable[[str], None],
    migrations: Sequence[Migration] = MIGRATIONS,
) -> None:
    """Applies what is missing. Each step is one transaction, its index rebuilt and its keys checked in it."""
    for migration in migrations[check(db, folder, migrations) :]:
        db.execute("BEGIN IMMEDIATE")
        try:
            _apply(db, migration)
            if migration.reindex:
                reindex(db, folder)
            faults = db.execute("PRAGMA foreign_key_check").fetchall()
            if faults:
                raise StoreError(
                    f"case {folder}: schema step {migration.number} would break {len(faults)} references; "
                    "nothing was changed: report this line"
                )
            on_step(f"migration {migration.number} before commit")
            db.execute("COMMIT")
        except BaseException:
            if db.in_transaction:
                db.execute("ROLLBACK")
            raise
        on_step(f"migration {migration.number} done")


def _apply(db: sqlite3.Connection, migration: Migration) -> None:
    if migration.number == 1:
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute(
            "CREATE TABLE migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL, digest TEXT NOT NULL)"
        )
    for statement in migration.statements:
        db.execute(statement)
    if migration.then:
        migration.then(db)
    db.execute(
        "INSERT INTO migrations (number, name, digest) VALUES (?, ?, ?)",
        (migration.number, migration.name, fingerprint(migration)),
    )
    db.execute(f"PRAGMA user_version = {migration.number}")


def reindex(db: sqlite3.Connection, folder: Path, held: Mapping[str, Collection[str]] | None = None) -> None:
    """Builds the index of findings anew from the records; the caller holds the transaction. ``held`` are the
    columns that each table has, where that cannot be asked of SQLite."""
    if held is None:
        asked = (*COLUMNS, "found_actors")
        held = {table: {row[1] for row in db.execute(f"PRAGMA table_info({table})")} for table in asked}
    if held.get("found_actors"):
        db.execute("DELETE FROM found_actors")
    held = {table: held.get(table, ()) for table in COLUMNS}
    for table in (table for table in COLUMNS if held[table]):
        db.execute(f"DELETE FROM {table}")
    for (position,) in db.execute("SELECT document FROM records ORDER BY document").fetchall():
        (text,) = db.execute("SELECT json FROM records WHERE document = ?", (position,)).fetchone()
        write_index(db, parse(text, folder), position, held)


def write_index(
    db: sqlite3.Connection, record: Record, position: int, held: Mapping[str, Collection[str]] | None = None
) -> None:
    """Writes a record's rows of the index; ``held`` are the columns of each table where they may be fewer."""
    write(db, index_rows(record, position), held)
    if held is None or held[FOUND]:
        (text,) = db.execute("SELECT text FROM documents WHERE position = ?", (position,)).fetchone()
        write(db, found_rows(record, position, text), held)


def parse(text: str, folder: Path) -> Record:
    """A record from its JSON; StoreError where it is none that this version can read."""
    try:
        return Record.model_validate_json(text)
    except ValidationError as error:
        fault = error.errors()[0]
        where = ".".join(str(step) for step in fault["loc"])
        raise StoreError(
            f"case {folder}: a record cannot be read ({where}: {fault['msg']}); "
            "run the inputs into a new folder"
        ) from error
