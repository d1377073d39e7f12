"""The schema of a case in PostgreSQL: the same migrations, each statement put into PostgreSQL's words."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import cast

from saydo.model.errors import CaseBusy, StoreError
from saydo.store.migrate import fingerprint, known, reindex
from saydo.store.postgres.connection import Connection, NoTable
from saydo.store.postgres.functions import finish, in_step, plain
from saydo.store.postgres.speech import schema_statement
from saydo.store.schema import MIGRATIONS, Migration

_LIKE_NOTHING: Mapping[str, tuple[str, ...]] = {
    # a CHECK cannot be changed in SQLite: there the table is made anew
    "decisions on findings": (
        "ALTER TABLE decisions DROP CONSTRAINT decisions_kind_check, ADD CHECK (kind <> '')",
    ),
}
_NOT_HERE: Mapping[str, tuple[str, ...]] = {
    "decisions on findings": (
        "CREATE TEMP TABLE kept_decisions", "DROP TABLE decisions", "CREATE TABLE decisions",
        "INSERT INTO decisions", "DROP TABLE kept_decisions", "CREATE INDEX decisions_by_undone",
        "CREATE INDEX decisions_by_kind", "CREATE INDEX decisions_by_judged",
    ),
}  # fmt: skip
"""Name of a migration → beginnings of the statements that have no place here, and what stands in theirs."""


def statements(migration: Migration) -> list[str]:
    """A migration for PostgreSQL."""
    left_out = _NOT_HERE.get(migration.name, ())
    made = [schema_statement(each) for each in migration.statements if not each.startswith(left_out)]
    return [each for each in made if each is not None] + list(_LIKE_NOTHING.get(migration.name, ()))


def version(db: Connection) -> int:
    """The number of the last migration; 0 where the schema is not there or empty."""
    asked = (
        "SELECT to_regclass(format('%I.migrations', $1::text)) IS NOT NULL, "
        "EXISTS (SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
        "WHERE n.nspname = $1 AND c.relkind = 'r')"
    )
    ours, anything = db.execute(asked, (db.database.schema,)).fetchone() or (0, 0)
    if ours:
        return int((db.execute("SELECT COALESCE(max(number), 0) FROM migrations").fetchone() or (0,))[0])
    if anything:
        raise StoreError(f"case {db.database.url}: its schema belongs to another program; name another one")
    return 0


def check(db: Connection, migrations: Sequence[Migration] = MIGRATIONS) -> int:
    """The version of a case, after making sure that this saydo knows it. Raises StoreError."""
    try:
        steps = dict(db.execute("SELECT number, digest FROM migrations").fetchall())
    except NoTable:
        return version(db)
    now = max(steps, default=0)
    known(now, steps, f"case {db.database.url}", migrations)
    return now


def migrate(
    db: Connection,
    folder: Path,
    on_step: Callable[[str], None],
    migrations: Sequence[Migration] = MIGRATIONS,
) -> None:
    """Applies what is missing; each step is one transaction."""
    now = check(db, migrations)
    if now == len(migrations):
        return
    schema = db.database.schema
    for migration in migrations[now:]:
        db.execute("BEGIN IMMEDIATE")
        try:
            if migration.number <= version(db):
                db.execute("ROLLBACK")  # somebody else was faster
                continue
            _apply(db, migration)
            if migration.number == len(migrations):
                for statement in finish(schema):
                    db.raw(statement)
                if any(each.reindex for each in migrations[now:]):
                    reindex(cast(sqlite3.Connection, db), folder, _held(db))
            on_step(f"migration {migration.number} before commit")
            db.execute("COMMIT")
        except BaseException:
            if db.in_transaction:
                db.execute("ROLLBACK")
            raise
        on_step(f"migration {migration.number} done")
    _trigrams(db)


def _trigrams(db: Connection) -> None:
    """An index by which misspelt names are found, where the extension is there or may be had."""
    try:
        db.raw("CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public")
        db.raw("CREATE INDEX IF NOT EXISTS actor_words_alike ON actor_words USING gin (words gin_trgm_ops)")
    except CaseBusy:
        raise
    except StoreError:
        return  # names are then found by their beginnings only


def _apply(db: Connection, migration: Migration) -> None:
    schema = db.database.schema
    if migration.number == 1:
        _begin(db)
        db.raw(
            "CREATE TABLE migrations (number BIGINT PRIMARY KEY, name TEXT NOT NULL, digest TEXT NOT NULL)"
        )
    else:
        # made for the schema before; they come back behind the last step
        there = _held(db)
        for name, table in in_step().items():
            if table in there:
                db.raw(f"DROP TRIGGER IF EXISTS {name} ON {table}")
    db.raw(plain(schema, _order(db)))
    for statement in statements(migration):
        db.raw(statement)
    if migration.then:
        migration.then(cast(sqlite3.Connection, db))
    db.execute(
        "INSERT INTO migrations (number, name, digest) VALUES (?, ?, ?)",
        (migration.number, migration.name, fingerprint(migration)),
    )


def _begin(db: Connection) -> None:
    (encoding,) = db.execute("SHOW server_encoding").fetchone() or ("",)
    if encoding != "UTF8":
        raise StoreError(f"case {db.database.url}: its database is in {encoding}; make one in UTF8")
    db.raw(f'CREATE SCHEMA IF NOT EXISTS "{db.database.schema}"')


def _order(db: Connection) -> str:
    """The collation by which letters of every script are told from other signs."""
    found = db.execute("SELECT 1 FROM pg_collation WHERE collname = 'und-x-icu'").fetchone()
    return "und-x-icu" if found else "default"


def _held(db: Connection) -> dict[str, set[str]]:
    """The columns that each table has now."""
    held: dict[str, set[str]] = {}
    for table, column in db.execute(
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = ?",
        (db.database.schema,),
    ).fetchall():
        held.setdefault(table, set()).add(column)
    return held
