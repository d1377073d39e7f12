"""``saydo run``, ``show`` and ``export``: a case on the command line."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
from pathlib import Path

import pytest
from cli_reader import DEED, VOW

from saydo.store import SqliteStore


def test_a_run_ends_with_a_summary(saydo, inbox: Path, tmp_path: Path) -> None:
    """Counts, the strongest discrepancy as a sentence with both passages and their sources, the report."""
    result = saydo("run", inbox, "--case", tmp_path / "case")
    assert result.exit_code == 0, result.output
    out = result.stdout
    for line in ("3  reports", "2  actors", "1  statements", "1  discrepancies", "1 broken"):
        assert line in out
    assert f"“{VOW}”" in out
    assert "— Harbour Post, wire.jsonl:1, 2019-05-03" in out
    assert f"“{DEED}”" in out
    assert "— Attack at the border, 2019-05-10" in out
    assert str(tmp_path / "case" / "report.html") in out
    assert (tmp_path / "case" / "report.html").read_text().startswith("<!")
    assert "(vow/" not in out  # ids of records are for machines


def test_a_second_run_says_that_there_is_nothing_new(saydo, made: Path, case: Path) -> None:
    result = saydo("run", made / "inbox", "--case", case)
    assert result.exit_code == 0
    assert "nothing new to code" in result.stdout


def test_what_was_skipped_is_listed_with_its_reason(saydo, inbox: Path, tmp_path: Path) -> None:
    (inbox / "lost.pdf").write_bytes(b"%PDF-1.4 cut")
    result = saydo("run", inbox, tmp_path / "gone.txt", "--case", tmp_path / "case")
    assert result.exit_code == 3
    assert "skipped 2:" in result.stderr
    assert "lost.pdf: " in result.stderr
    assert "gone.txt: is not there" in result.stderr
    assert "3  reports" in result.stdout


def test_a_run_with_nothing_to_take_in_is_an_error(saydo, tmp_path: Path) -> None:
    result = saydo("run", tmp_path / "gone.txt", "--case", tmp_path / "case")
    assert result.exit_code == 1
    assert result.stderr.splitlines()[-1] == "saydo: nothing could be taken in; the case is empty"


def test_a_case_inside_its_input_is_refused(saydo, inbox: Path) -> None:
    result = saydo("run", inbox, "--case", inbox / "case")
    assert result.exit_code == 1
    assert "choose a place outside of it" in result.stderr


def shown(saydo, case: Path, *arguments: str) -> list[dict[str, object]]:
    result = saydo("show", "--case", case, *arguments, "--json")
    assert result.exit_code == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_every_table_is_shown_as_json_lines(saydo, case: Path) -> None:
    assert {row["id"] for row in shown(saydo, case, "actors")} == {"taliban", "TJK"}
    assert "ASSAULT" in {row["type"] for row in shown(saydo, case, "events")}
    (tie,) = shown(saydo, case, "ties")
    assert (tie["type"], tie["rule"]) == ("rivalry", "rivalry/assault"), "who attacks is at odds with whom"
    (statement,) = shown(saydo, case, "statements")
    assert statement["speaker"]["name"] == "Taliban"  # type: ignore[index]
    (discrepancy,) = shown(saydo, case, "discrepancies")
    assert (discrepancy["statement"]["quote"], discrepancy["against"][0]["quote"]) == (VOW, DEED)  # type: ignore[index]


@pytest.mark.parametrize(
    ("arguments", "count"),
    [
        (["statements", "--actor", "taliban"], 1),
        (["statements", "--actor", "THE Taliban"], 1),
        (["statements", "--actor", "Tajikistan"], 0),
        (["statements", "--type", "Pledge"], 1),
        (["statements", "--kind", "denial", "--kind", "threat"], 0),
        (["statements", "--kind", "denial,pledge"], 1),
        (["statements", "--since", "2019-05", "--until", "2019"], 1),
        (["statements", "--until", "2019-05-02"], 0),
        (["statements", "--document", "vow"], 1),
        (["statements", "--document", "Attack at the border"], 0),
        (["discrepancies", "--actor", "taliban", "--kind", "commitment"], 1),
        (["discrepancies", "--since", "2020"], 0),
        (["actors", "--kind", "state"], 1),
        (["actors", "--limit", "1"], 1),
    ],
)
def test_filters(saydo, case: Path, arguments: list[str], count: int) -> None:
    """Names in any case, several types at once, dates as year, month or day, reports by id or title."""
    assert len(shown(saydo, case, *arguments)) == count


def test_events_come_by_date_with_their_words(saydo, case: Path) -> None:
    rows = shown(saydo, case, "events", "--type", "assault")
    assert [row["citation"]["quote"] for row in rows] == [VOW, DEED]  # type: ignore[index]
    assert [row["realis"] for row in rows][-1] == "actual"


@pytest.mark.parametrize("what", ["actors", "events", "ties", "statements", "discrepancies"])
def test_tables_name_things_and_count_them(saydo, case: Path, what: str) -> None:
    """On standard output only the table, so that it can be piped; the count goes beside it."""
    result = saydo("show", what, "--case", case)
    assert result.exit_code == 0
    assert result.stderr.rstrip().endswith(what)
    assert "Taliban" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["events", "--actor", "Atlantis"], "no actor 'Atlantis'"),
        (["events", "--type", "DANCE"], "events have no type 'DANCE'; there are: AGREE"),
        (["events", "--since", "soon"], "'soon' is no date; write a year, a month or a day"),
        (["events", "--document", "nothing"], "no report matches 'nothing'"),
        (["weather"], "a case has no table 'weather'; there are: actors"),
    ],
)
def test_filters_that_mean_nothing_are_told(saydo, case: Path, arguments: list[str], line: str) -> None:
    result = saydo("show", "--case", case, *arguments)
    assert result.exit_code == 1
    assert line in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_folder_without_a_case_is_told(saydo, tmp_path: Path) -> None:
    result = saydo("show", "events", "--case", tmp_path)
    assert result.exit_code == 1
    assert "holds no case; make one with: saydo run" in result.stderr


@pytest.mark.parametrize("what", ["actors", "events", "ties", "statements", "discrepancies"])
@pytest.mark.parametrize("format", ["jsonl", "csv"])
def test_every_table_is_exported(saydo, case: Path, tmp_path: Path, what: str, format: str) -> None:
    out = tmp_path / f"out.{format}"
    result = saydo("export", "--case", case, "--what", what, "--format", format, "-o", out)
    assert result.exit_code == 0, result.stderr
    assert f"wrote {out}" in result.stderr
    count = len(shown(saydo, case, what))
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file)) if format == "csv" else [json.loads(line) for line in file]
    assert len(rows) == count


def test_an_exported_discrepancy_carries_both_sentences_and_the_speaker(
    saydo, case: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.jsonl"
    saydo("export", "--case", case, "--what", "discrepancies", "--format", "jsonl", "-o", out)
    (row,) = [json.loads(line) for line in out.read_text().splitlines()]
    assert (row["statement"]["quote"], [pole["quote"] for pole in row["against"]]) == (VOW, [DEED])
    assert (row["speaker_name"], row["kind"], row["basis"]) == ("Taliban", "commitment", "inferred")
    assert row["explanation"]


@pytest.mark.parametrize(
    ("what", "format", "line"),
    [("weather", "csv", "a case has no table 'weather'"), ("events", "tea", "no export format 'tea'")],
)
def test_exports_that_there_are_not(
    saydo, case: Path, tmp_path: Path, what: str, format: str, line: str
) -> None:
    result = saydo("export", "--case", case, "--what", what, "--format", format, "-o", tmp_path / "x")
    assert result.exit_code == 1
    assert line in result.stderr
    assert not (tmp_path / "x").exists()


def test_a_format_that_holds_one_thing_needs_no_table(saydo, case: Path, tmp_path: Path) -> None:
    """And what it has no place for is told."""
    out = tmp_path / "x.tsv"
    result = saydo("export", "--case", case, "--format", "polecat", "-o", out)
    assert result.exit_code == 0, result.stderr
    assert f"wrote {out}\n" in result.stderr and f"wrote {out}-metadata.json" in result.stderr
    left = sum(int(n) for n in re.findall(r"left out (\d+): ", result.stderr))
    assert len(out.read_text("utf-8").splitlines()) - 1 + left == len(shown(saydo, case, "events"))


def test_the_report_and_the_dossier_are_exports_too(saydo, case: Path, tmp_path: Path) -> None:
    """Through the same door, with the same words as from their own."""
    for format, start in (("html", "<!doctype html>"), ("markdown", "# Where words and conduct part")):
        out = tmp_path / format
        result = saydo("export", "--case", case, "--format", format, "-o", out)
        assert result.exit_code == 0, result.stderr
        assert out.read_text("utf-8").lower().startswith(start.lower())
        assert VOW in out.read_text("utf-8") or format == "html"
    refused = saydo(
        "export", "--case", case, "--what", "events", "--format", "markdown", "-o", tmp_path / "x"
    )
    assert refused.exit_code == 1 and "cannot hold 'events'" in refused.stderr


def test_a_format_of_tables_asks_which(saydo, case: Path, tmp_path: Path) -> None:
    result = saydo("export", "--case", case, "--format", "csv", "-o", tmp_path / "x")
    assert result.exit_code == 1 and "name it with --what, one of actors, events" in result.stderr


def test_a_package_that_is_missing_is_told_with_its_remedy(
    saydo, case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("saydo.export.tables.find_spec", lambda name: None)
    asked = ["--case", case, "--what", "events", "--format", "parquet", "-o", tmp_path / "x"]
    result = saydo("export", *asked)
    assert result.exit_code == 1 and result.stderr.count("\n") == 1
    assert "parquet needs pyarrow: pip install 'saydo[parquet]'" in result.stderr
    assert not list(tmp_path.glob("x*"))


def test_help_names_every_format() -> None:
    from saydo.cli.main import FORMAT_HELP
    from saydo.export.tables import DOSSIER, FORMATS

    assert set(re.findall(r"[a-z]+", FORMAT_HELP)) >= {*FORMATS, DOSSIER}


def test_a_case_whose_run_was_cut_short_says_so_when_shown(saydo, case: Path) -> None:
    """Its actors and discrepancies are missing until the run is repeated."""
    from saydo.store import SqliteStore

    with SqliteStore.for_writing(case) as store:
        store.put_record(store.record("vow"))
    result = saydo("show", "events", "--case", case)
    assert result.exit_code == 0
    assert "run it again" in result.stderr


def test_a_case_is_weighed_by_itself(saydo, case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By one process or several: what was due is weighed, and nothing else is changed."""
    from saydo.desk import byreport

    monkeypatch.setattr(byreport, "WORTH", 1)
    with SqliteStore.for_reading(case) as store:
        before = store.dump()
    for workers in ("1", "2"):
        with sqlite3.connect(case / "case.db") as db:
            db.execute("DELETE FROM marks WHERE stage = 'derived'")
            db.execute("UPDATE weighing_marks SET value = 'somebody else' WHERE name = 'by'")
        (case / "report.html").unlink()
        result = saydo("weigh", "--case", case, "--workers", workers)
        assert result.exit_code == 0, result.output
        assert "1  discrepancies" in result.stdout
        assert (case / "report.html").is_file()
        with SqliteStore.for_reading(case) as store:
            assert store.dump() == before
            assert store.due() == ()


def test_weighing_what_is_no_case_makes_none(saydo, tmp_path: Path) -> None:
    result = saydo("weigh", "--case", tmp_path / "none")
    assert result.exit_code == 1 and "holds no case" in result.output
    assert not (tmp_path / "none").exists()


def test_an_engine_that_there_is_not_is_told(saydo, case: Path) -> None:
    result = saydo("weigh", "--case", case, "--engine", "steam")
    assert result.exit_code == 1 and "'steam' is no engine; say local or ray" in result.output
