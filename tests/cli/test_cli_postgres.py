"""The same commands on a case in PostgreSQL."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from throwaway_postgres import Server

from saydo import store as cases
from saydo.desk import case_at

TABLES = ("actors", "events", "ties", "statements", "discrepancies")


@pytest.fixture(scope="module", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where the folders beside such cases are kept."""
    place = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(place))
        yield place


@pytest.fixture(scope="module")
def address(saydo, server: Server, made: Path, home: Path) -> Iterator[str]:
    """The address of a case that a run over the usual reports made."""
    schema = server.new_schema()
    named = server.address(schema)
    result = saydo("run", made / "inbox", "--case", named)
    assert result.exit_code == 0, result.output
    assert "1  discrepancies" in result.stdout
    yield named
    server.execute(f"DROP SCHEMA {schema} CASCADE")


def dump(case: Path) -> str:
    with cases.for_reading(case) as store:
        return store.dump()


def test_a_run_makes_the_same_case_as_in_a_folder(address: str, made: Path) -> None:
    """Taken in, coded and weighed by way of the other database, dump for dump."""
    assert dump(case_at(address)) == dump(made / "case")
    assert (case_at(address) / "report.html").is_file()


def test_several_processes_weigh_it_to_the_same(
    saydo, address: str, made: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They read it over connections of their own, while what a portion brings is not written yet."""
    from saydo.desk import byreport

    schema = server.new_schema()
    copied = server.address(schema)
    assert saydo("case", "copy", address, copied).exit_code == 0
    server.execute(f"DELETE FROM {schema}.marks WHERE stage = 'derived'")
    server.execute(f"UPDATE {schema}.weighing_marks SET value = 'somebody else' WHERE name = 'by'")
    monkeypatch.setattr(byreport, "WORTH", 1)
    monkeypatch.setattr(byreport, "FRESH", 2)
    result = saydo("weigh", "--case", copied, "--workers", "2")
    assert result.exit_code == 0, result.output
    assert dump(case_at(copied)) == dump(made / "case")
    server.execute(f"DROP SCHEMA {schema} CASCADE")


def test_a_second_run_has_nothing_to_code(saydo, address: str, made: Path) -> None:
    result = saydo("run", made / "inbox", "--case", address)
    assert result.exit_code == 0 and "nothing new to code" in result.stdout


@pytest.mark.parametrize("what", TABLES)
def test_show_and_export_give_what_a_folder_gives(
    saydo, address: str, made: Path, tmp_path: Path, what: str
) -> None:
    told = [saydo("show", what, "--case", case, "--json") for case in (address, made / "case")]
    assert told[0].exit_code == 0 and told[0].stdout == told[1].stdout
    for case, name in ((address, "a.csv"), (made / "case", "b.csv")):
        result = saydo("export", "--case", case, "--what", what, "--format", "csv", "-o", tmp_path / name)
        assert result.exit_code == 0, result.output
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()


def test_it_is_verified_and_its_log_exported(saydo, address: str, tmp_path: Path) -> None:
    assert saydo("audit", "head", "--case", address, "-o", tmp_path / "head.json").exit_code == 0
    assert saydo("audit", "export", "--case", address, "-o", tmp_path / "log.jsonl").exit_code == 0
    result = saydo("verify", "--case", address, "--head", tmp_path / "head.json", "--json")
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["faults"] == []


def test_decisions_are_made_undone_and_weighed(saydo, address: str, server: Server, made: Path) -> None:
    schema = server.new_schema()
    copied = server.address(schema)
    assert saydo("case", "copy", address, copied).exit_code == 0
    (found,) = map(json.loads, saydo("show", "discrepancies", "--case", copied, "--json").stdout.splitlines())
    result = saydo("review", "verdict", found["id"], "reject", "--by", "Noor", "--case", copied)
    assert result.exit_code == 0, result.output
    assert saydo("show", "discrepancies", "--case", copied, "--json").stdout == ""
    assert saydo("review", "undo", "1", "--by", "Noor", "--case", copied).exit_code == 0
    assert saydo("show", "discrepancies", "--case", copied, "--json").stdout.count("\n") == 1
    assert saydo("verify", "--case", copied).exit_code == 0
    server.execute(f"DROP SCHEMA {schema} CASCADE")


def test_a_case_is_copied_there_and_back(saydo, server: Server, made: Path, tmp_path: Path) -> None:
    schema = server.new_schema()
    address, back = server.address(schema), tmp_path / "back"
    for pair in ((made / "case", address), (address, back)):
        result = saydo("case", "copy", *pair)
        assert result.exit_code == 0, result.output
    assert dump(back) == dump(made / "case")
    assert (back / "report.html").read_bytes() == (made / "case" / "report.html").read_bytes()
    again = saydo("case", "copy", made / "case", address)
    assert again.exit_code == 1 and "holds a case already" in again.stderr
    server.execute(f"DROP SCHEMA {schema} CASCADE")


def test_a_case_is_backed_up_into_a_file_that_any_machine_restores(
    saydo, address: str, made: Path, tmp_path: Path
) -> None:
    result = saydo("case", "backup", "--case", address, "-o", tmp_path / "case.zip")
    assert result.exit_code == 0, result.output
    result = saydo("case", "restore", tmp_path / "case.zip", "--case", tmp_path / "restored")
    assert result.exit_code == 0, result.output
    assert dump(tmp_path / "restored") == dump(made / "case")


@pytest.mark.parametrize(
    ("address", "code", "line"),
    [
        ("postgresql://ann:secret@127.0.0.1:1/news?connect_timeout=2", 1, "cannot be reached"),
        ("postgresql://ann:secret@127.0.0.1/", 2, "names no database"),
        ("postgresql://ann:secret@127.0.0.1/news?schema=B", 2, "no name of small letters"),
    ],
)
def test_errors_are_one_line_and_never_show_a_password(
    saydo, monkeypatch: pytest.MonkeyPatch, address: str, code: int, line: str
) -> None:
    monkeypatch.delenv("PGPASSWORD", raising=False)
    result = saydo("show", "events", "--case", address)
    monkeypatch.delenv("PGPASSWORD", raising=False)
    assert result.exit_code == code
    assert line in " ".join(result.output.split()) and "secret" not in result.output


def test_help_says_how_a_database_is_named(saydo) -> None:
    for command in ("run", "show", "export", "open", "verify"):
        assert "postgresql://USER@HOST/DATABASE" in "".join(saydo(command, "--help").stdout.split())
