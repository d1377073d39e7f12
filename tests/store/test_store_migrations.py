"""A case made with an older schema is brought up to date with nothing lost."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from store_cases import add, derived, document, original, record
from store_raw import raw

from saydo import store as cases
from saydo.model.errors import StoreError
from saydo.store import connect, migrate
from saydo.store.place import database_of
from saydo.store.schema import MIGRATIONS, Migration


def version(folder: Path) -> int:
    """How many migrations a case has seen."""
    with raw(folder) as db:
        if database_of(folder) is None:
            return migrate.version(db)
        from saydo.store.postgres import schema

        return schema.version(db)


def nothing(step: str) -> None:
    """No hook."""


def old_case(folder: Path, version: int) -> None:
    """A case as the first ``version`` migrations left it, with one coded report in it."""
    folder.mkdir()
    db = connect.for_writing(folder)
    migrate.migrate(db, folder, nothing, MIGRATIONS[:version])
    data = original(document())
    with cases.for_writing(folder.with_name("new")) as new:
        add(new, document())
        new.put_record(record())
        (held,) = new.documents()
        target = folder / "sources" / (held.source_sha256 or "")[:2] / (held.source_sha256 or "")
    target.parent.mkdir(parents=True)
    target.write_bytes(data)
    db.execute("ATTACH ? AS new", (str(folder.with_name("new") / "case.db"),))
    for table in ("sources", "documents", "records"):
        held = ", ".join(f'"{row[1]}"' for row in db.execute(f"PRAGMA main.table_info({table})"))
        db.execute(f"INSERT INTO main.{table} ({held}) SELECT {held} FROM new.{table}")
    if version > 1:
        migrate.reindex(db, folder)
    db.close()


@pytest.mark.parametrize("version", range(1, len(MIGRATIONS)))
def test_an_older_case_is_brought_up_to_date(file_case: Path, version: int) -> None:
    """From every earlier schema, the case then equals one made new: the index is built from the records."""
    old_case(file_case, version)
    with cases.for_writing(file_case) as store, cases.for_reading(file_case.with_name("new")) as new:
        assert store.dump() == new.dump()
        store.put_derived(derived(), "after")
        assert store.view().discrepancies == derived().discrepancies


def test_an_older_case_is_brought_up_to_date_by_reading_it(file_case: Path) -> None:
    """``saydo show`` on a case of last year works without a run."""
    old_case(file_case, 1)
    with cases.for_reading(file_case) as store:
        assert store.tally().events == 1


@pytest.mark.parametrize("number", [migration.number for migration in MIGRATIONS])
def test_a_migration_that_is_cut_short_leaves_the_schema_before_it(folder: Path, number: int) -> None:
    """And the next opening finishes it."""

    class Killed(BaseException):
        pass

    def kill(step: str) -> None:
        if step == f"migration {number} before commit":
            raise Killed

    with pytest.raises(Killed):
        cases.for_writing(folder, kill)
    assert version(folder) == number - 1
    with cases.for_writing(folder) as store:
        assert store.tally().documents == 0


def test_a_migration_that_would_break_references_changes_nothing(file_case: Path) -> None:
    old_case(file_case, len(MIGRATIONS))
    worse = Migration(
        len(MIGRATIONS) + 1,
        "worse",
        (
            "CREATE TABLE wrong (document INTEGER REFERENCES documents (position) "
            "DEFERRABLE INITIALLY DEFERRED)",
            "INSERT INTO wrong VALUES (99)",
        ),
    )
    db = connect.for_writing(file_case)
    with pytest.raises(StoreError, match="would break 1 references"):
        migrate.migrate(db, file_case, nothing, (*MIGRATIONS, worse))
    assert migrate.version(db) == len(MIGRATIONS)
    assert db.execute("SELECT count(*) FROM sqlite_master WHERE name = 'wrong'").fetchone() == (0,)
    db.close()


def test_numbers_run_on_from_one() -> None:
    """The number is what ``user_version`` holds, so it has to be the place in the list."""
    assert [migration.number for migration in MIGRATIONS] == list(range(1, len(MIGRATIONS) + 1))


def test_a_case_of_a_newer_saydo_is_refused(folder: Path) -> None:
    cases.for_writing(folder).close()
    with raw(folder) as db:
        db.execute(f"INSERT INTO migrations VALUES ({len(MIGRATIONS) + 1}, 'of next year', '')")
        if database_of(folder) is None:
            db.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    for opening in (cases.for_writing, cases.for_reading):
        with pytest.raises(StoreError, match="newer saydo"):
            opening(folder)


def test_a_case_whose_schema_was_made_otherwise_is_refused(folder: Path) -> None:
    """Better one clear line than a query that fails in the middle of a run."""
    cases.for_writing(folder).close()
    with raw(folder) as db:
        db.execute("UPDATE migrations SET digest = 'x' WHERE number = 2")
    with pytest.raises(StoreError, match="schema step 2"):
        cases.for_writing(folder)


def test_another_programs_database_is_left_alone(file_case: Path) -> None:
    file_case.mkdir()
    with sqlite3.connect(file_case / "case.db") as db:
        db.execute("CREATE TABLE bookmarks (url TEXT)")
    with pytest.raises(StoreError, match="belongs to another program"):
        cases.for_writing(file_case)
    with sqlite3.connect(file_case / "case.db") as db:
        assert [name for (name,) in db.execute("SELECT name FROM sqlite_master")] == ["bookmarks"]


def test_steps_are_recorded_in_the_case(folder: Path) -> None:
    cases.for_writing(folder).close()
    with raw(folder) as db:
        rows = db.execute("SELECT number, name FROM migrations ORDER BY number").fetchall()
        assert rows == [(migration.number, migration.name) for migration in MIGRATIONS]
        if database_of(folder) is None:
            assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
