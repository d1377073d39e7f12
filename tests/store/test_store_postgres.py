"""What is true of cases in PostgreSQL only."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from store_cases import TEXT, add, derived, document, record
from store_raw import raw
from throwaway_postgres import Server

from saydo import store as cases
from saydo.model.choices import Decision, anchor_of
from saydo.model.errors import CaseBusy, Changed, InputError, StoreError
from saydo.model.standing import finding_in, seen_as, version_of
from saydo.store import place as places
from saydo.store.opening import verify
from saydo.store.postgres import functions, speech
from saydo.store.postgres.schema import statements
from saydo.store.schema import MIGRATIONS

AT = "2026-01-02T03:04:05Z"


@pytest.fixture
def folder(server: Server, tmp_path: Path) -> Iterator[Path]:
    schema = server.beside(tmp_path / "case")
    yield tmp_path / "case"
    server.execute(f"DROP SCHEMA IF EXISTS {schema} CASCADE")


def filled(folder: Path) -> Path:
    with cases.for_writing(folder) as store:
        add(store, document())
        store.put_record(record())
        store.put_derived(derived(), "weighed")
    return folder


def on_event(who: str, kind: str = "accept-finding") -> Decision:
    of = record()
    finding = finding_in(of, "e0")
    assert finding is not None
    version = version_of(of, finding, TEXT)
    return Decision.model_validate(
        {"number": 0, "at": AT, "who": who, "kind": kind, "finding": anchor_of(of, finding, TEXT),
         "version": version, "seen": seen_as(version)}
    )  # fmt: skip


# --- addresses ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "url"),
    [
        ("postgresql://ann@db.example/news", "postgresql://ann@db.example/news?schema=saydo"),
        ("postgres://db/news?schema=spring", "postgresql://db/news?schema=spring"),
        ("postgresql://ann:secret@db:5433/news?sslmode=require",
         "postgresql://ann@db:5433/news?schema=saydo&sslmode=require"),
        ("postgresql:///news?host=/run/pg&password=secret", "postgresql:///news?schema=saydo&host=/run/pg"),
        ("postgresql://ann@[::1]/news", "postgresql://ann@[::1]/news?schema=saydo"),
    ],
)  # fmt: skip
def test_an_address_is_shown_without_its_password(address: str, url: str) -> None:
    database, _ = places.parse(address)
    assert database.url == url
    assert "schema" not in database.conninfo and "secret" not in repr(database)


@pytest.mark.parametrize(
    "address",
    ["postgresql://ann:secret@db/", "postgresql://ann:secret@db/x?schema=A;b", "postgresql://ann:secret@db:x/y",
     "postgresql://ann:secret@db/x?options=-cfsync%3Doff"],
)  # fmt: skip
def test_a_wrong_address_is_told_in_one_line_without_its_password(address: str) -> None:
    with pytest.raises(InputError, match="write postgresql://USER@HOST") as wrong:
        places.parse(address)
    assert "secret" not in str(wrong.value) and "\n" not in str(wrong.value)


def test_a_case_in_a_database_has_a_folder_that_keeps_no_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same folder whoever asks for it and however the address is written."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.delenv("PGPASSWORD", raising=False)
    folder = places.case_folder("postgresql://ann:secret@db/news?schema=spring")
    assert folder == places.case_folder("postgresql://bob@db/news?schema=spring")
    assert folder != places.case_folder("postgresql://bob@db/news?schema=autumn")
    assert folder.is_relative_to(tmp_path) and folder.name.startswith("news-spring-")
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and "secret" in path.read_text()]


def test_a_server_that_is_not_there_is_told_without_the_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("PGPASSWORD", "secret")
    folder = places.case_folder("postgresql://ann@127.0.0.1:1/news?connect_timeout=2")
    with pytest.raises(StoreError, match="cannot be reached") as wrong:
        cases.for_reading(folder)
    assert "secret" not in str(wrong.value) and "\n" not in str(wrong.value)


def test_a_schema_without_a_case_says_how_to_make_one(folder: Path) -> None:
    with pytest.raises(StoreError, match="holds no case; make one with: saydo run INPUT"):
        cases.for_reading(folder)


def test_another_programs_schema_is_left_alone(server: Server, folder: Path) -> None:
    schema = places.parse((folder / places.POINTER).read_text().strip())[0].schema
    server.execute(f"CREATE SCHEMA {schema}; CREATE TABLE {schema}.bookmarks (url text)")
    with pytest.raises(StoreError, match="belongs to another program"):
        cases.for_writing(folder)


# --- its SQL -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sqlite", "postgres"),
    [
        ("SELECT '?' FROM t WHERE a = ? AND b = ?", "SELECT '?' FROM t WHERE a = $1 AND b = $2"),
        ("a = ?2 OR b = ?1 OR c = ?2", "a = $2 OR b = $1 OR c = $2"),
        ("SELECT 'it''s ?' WHERE x = ?", "SELECT 'it''s ?' WHERE x = $1"),
        ("x CROSS JOIN found f ON f.key = 1", "x JOIN found f ON f.key = 1"),
        ("s CROSS JOIN events f LEFT JOIN w ON 1 = 1", "s CROSS JOIN events f LEFT JOIN w ON 1 = 1"),
    ],
)
def test_marks_and_joins_are_put_into_its_words(sqlite: str, postgres: str) -> None:
    assert speech.postgres(sqlite) == postgres


def test_every_trigger_of_the_migrations_has_one_that_does_its_work() -> None:
    """A migration that brings a trigger has to bring it for both databases."""
    made: set[str] = set()
    for migration in MIGRATIONS:
        for statement in migration.statements:
            words = statement.split()
            if words[:2] == ["CREATE", "TRIGGER"]:
                made.add(words[2])
            elif words[:2] == ["DROP", "TRIGGER"]:
                made.discard(words[2])
    assert made == (set(functions.in_step()) | functions.ELSEWHERE | set(functions.guards("s"))) - {
        name for name in functions.guards("s") if name.endswith("_stay_whole")
    }


def test_no_statement_of_a_migration_speaks_to_sqlite() -> None:
    for migration in MIGRATIONS:
        for statement in statements(migration):
            assert not any(word in statement for word in ("PRAGMA", "fts5", "WITHOUT ROWID", "RAISE(")), (
                statement
            )


def test_words_are_found_as_fts_finds_them(folder: Path) -> None:
    """Case and accents do not count, phrases do, and a beginning is one with a star."""
    with cases.for_writing(filled(folder)) as store:

        def hits(words: str) -> bool:
            return bool(store._one("SELECT 1 FROM found_words WHERE found_words MATCH ?", (words,)))

        assert hits('"reef" "battalion"') and hits('"REEF battalion"') and hits('"battal"*')
        assert hits('"réef"') and not hits('"gunners tal"') and not hits('"battal"')


def test_a_misspelt_name_is_found_by_its_letters(folder: Path) -> None:
    """Only where nothing begins as it was typed; without the extension, nothing is found."""
    filled(folder)
    with cases.for_reading(folder) as store:

        def called(name: str, kind: str | None = None) -> list[str]:
            return [found.actor.id for found in store.actors_called(name, kind, None, 5).items]

        assert called("batt") == called("Reef Batalion") == ["reef-battalion"]
        assert called("Reef Batalion", "state") == called("Zzyzx Qworp") == []
    with raw(folder) as db:
        db.raw("DROP INDEX actor_words_alike")
    with cases.for_reading(folder) as store:
        assert called("Reef Batalion") == [] and called("batt") == ["reef-battalion"]


# --- several at once -----------------------------------------------------------------------------------


def test_people_decide_side_by_side_and_a_run_has_the_case_to_itself(folder: Path) -> None:
    filled(folder)
    with cases.for_deciding(folder) as one, cases.for_deciding(folder) as other:
        assert (one.put_decision(on_event("Noor")), other.put_decision(on_event("Ilir"))) == (1, 2)
        with pytest.raises(CaseBusy, match="another run is at work"):
            cases.for_writing(folder)
        assert not cases.is_held(folder)
    with cases.for_writing(folder):
        assert cases.is_held(folder)
        with pytest.raises(CaseBusy, match="another run is at work"):
            cases.for_deciding(folder)
    assert verify(folder).faults == ()


def test_who_decides_on_what_somebody_just_decided_on_is_told_and_nothing_is_written(folder: Path) -> None:
    """The second looked at the finding before the first had decided."""
    filled(folder)
    with cases.for_deciding(folder) as one, cases.for_deciding(folder) as other:
        seen = other.latest_decision()
        one.put_decision(on_event("Noor", "reject-finding"), one.latest_decision())
        with pytest.raises(Changed, match="Noor decided about the same just now") as told:
            other.put_decision(on_event("Ilir"), seen)
        assert "\n" not in str(told.value)
        assert [d.who for d in other.decisions()] == ["Noor"]
        other.put_decision(on_event("Ilir"), other.latest_decision())


def test_a_decision_about_something_else_is_no_conflict(folder: Path) -> None:
    filled(folder)
    with cases.for_deciding(folder) as store:
        seen = store.latest_decision()
        store.put_decision(on_event("Noor"), seen)
        other = on_event("Ilir")
        assert other.finding is not None
        elsewhere = other.model_copy(update={"finding": other.finding.model_copy(update={"start": 3})})
        assert store.put_decision(elsewhere, seen) == 2


# --- guards --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", ["audit", "documents", "decisions", "runs", "sources CASCADE"])
def test_nothing_can_be_emptied_at_once(folder: Path, table: str) -> None:
    filled(folder)
    with raw(folder) as db, pytest.raises(StoreError, match=r"never|foreign key"):
        db.raw(f"TRUNCATE {table}")


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("DROP TRIGGER audit_stays ON audit", "audit_stays"),
        ("ALTER TABLE runs DISABLE TRIGGER runs_stay", "runs_stay"),
        ("CREATE OR REPLACE FUNCTION never() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'", "never"),
        ("CREATE OR REPLACE TRIGGER audit_stays BEFORE DELETE ON audit FOR EACH ROW WHEN (OLD.number < 0) "
         "EXECUTE FUNCTION never('x')", "audit_stays"),
    ],
)  # fmt: skip
def test_a_guard_that_was_taken_away_switched_off_or_weakened_is_found(
    folder: Path, statement: str, what: str
) -> None:
    filled(folder)
    with raw(folder) as db:
        db.raw(statement)
    assert [fault.what for fault in verify(folder).faults] == [what]


# --- connections ---------------------------------------------------------------------------------------


def test_a_connection_that_the_server_dropped_is_replaced(server: Server, folder: Path) -> None:
    """What one process keeps open between two uses may be gone when it is used again."""
    filled(folder)
    cases.for_reading(folder).close()
    server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'saydo'")
    with cases.for_reading(folder) as store:
        assert store.tally().documents == 1


def test_a_server_that_goes_away_in_mid_step_is_one_line_and_nothing_half_written(
    server: Server, folder: Path
) -> None:
    def strike(step: str) -> None:
        if step == "record before commit":
            server.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'saydo'"
            )

    with cases.for_writing(folder, strike) as store:
        add(store, document())
        with pytest.raises(StoreError, match="cannot be reached") as told:
            store.put_record(record())
        assert "\n" not in str(told.value)
    with cases.for_writing(folder) as store:
        assert [d.id for d in store.pending(record().coder)] == ["d1"]


def test_nobody_keeps_a_right_by_a_connection_that_is_kept(folder: Path) -> None:
    filled(folder)
    cases.for_deciding(folder).close()
    cases.for_writing(folder).close()
    assert not cases.is_held(folder)
    cases.for_writing(folder).close()
