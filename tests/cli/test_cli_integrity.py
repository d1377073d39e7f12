"""``saydo verify`` and ``saydo audit``: what a person sees, and what a script can rely on."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from pathlib import Path

import pytest


def test_a_case_that_holds_is_told_so_and_what_that_rests_on(saydo, case: Path, tmp_path: Path) -> None:
    result = saydo("verify", "--case", case)
    assert (result.exit_code, result.stderr) == (0, "")
    assert (
        result.stdout.startswith("Holds: ")
        and " 3 reports, 0 decisions, 1 runs, 3 originals" in result.stdout
    )
    assert "Without a head kept elsewhere" in result.stdout
    saydo("audit", "head", "--case", case, "-o", tmp_path / "head.json")
    result = saydo("verify", "--case", case, "--head", tmp_path / "head.json")
    assert result.exit_code == 0 and "Nothing before the head that was kept was changed." in result.stdout


def test_a_changed_original_and_a_cut_log_are_listed_and_give_exit_code_4(saydo, case: Path) -> None:
    number_and_hash = saydo("audit", "head", "--case", case).stdout.split()[0]
    path = next(path for path in (case / "sources").rglob("*") if path.is_file())
    path.write_bytes(path.read_bytes() + b" ")
    with sqlite3.connect(case / "case.db") as db:
        db.execute("DROP TRIGGER audit_stays")
        db.execute("DELETE FROM audit WHERE number = (SELECT max(number) FROM audit)")
    result = saydo("verify", "--case", case, "--head", number_and_hash)
    assert result.exit_code == 4
    assert f"original {path.name[:12]}…: changed since it was taken in" in result.stdout
    assert "its end was cut off" in result.stdout
    told = json.loads(saydo("verify", "--case", case, "--head", number_and_hash, "--json").stdout)
    assert {fault["where"] for fault in told["faults"]} == {"guard", "log", "original", "run"}
    assert saydo("verify", "--case", case, "--no-originals", "--json").exit_code == 4


def test_the_log_can_be_checked_with_nothing_of_saydo(saydo, case: Path, tmp_path: Path) -> None:
    """Each exported line hashes to what the next one names, and the last to the head."""
    assert saydo("audit", "export", "--case", case, "-o", tmp_path / "log.jsonl").exit_code == 0
    lines = (tmp_path / "log.jsonl").read_bytes().splitlines()
    hashes = [hashlib.sha256(line).hexdigest() for line in lines]
    assert [json.loads(line)["previous"] for line in lines] == ["0" * 64, *hashes[:-1]]
    assert saydo("audit", "head", "--case", case).stdout.split()[0] == f"{len(lines)}:{hashes[-1]}"


@pytest.mark.parametrize(
    "text", ["", "{}", "[1]", '{"entry": 0, "sha256": "x"}', '{"entry": 3, "sha256": "ab"}']
)
def test_what_is_no_head_is_refused_in_one_line(saydo, case: Path, tmp_path: Path, text: str) -> None:
    (tmp_path / "head.json").write_text(text)
    for given in (tmp_path / "head.json", tmp_path / "nowhere"):
        result = saydo("verify", "--case", case, "--head", given)
        assert result.exit_code == 1 and result.stderr.count("\n") == 1
        assert "saydo audit head" in result.stderr


def test_a_case_of_files_has_no_pages_to_export(saydo, case: Path, tmp_path: Path) -> None:
    result = saydo("case", "pages", "--case", case, "-o", tmp_path / "pages.wacz")
    assert result.exit_code == 1 and "none of its 3 reports was captured from the web" in result.stderr


def test_a_backup_restored_elsewhere_verifies_and_a_damaged_one_is_refused_in_one_line(
    saydo, case: Path, tmp_path: Path
) -> None:
    result = saydo("case", "backup", "--case", case, "-o", tmp_path / "case.zip")
    assert result.exit_code == 0 and "head of the log" in result.stderr
    result = saydo("case", "restore", tmp_path / "case.zip", "--case", tmp_path / "other")
    assert result.exit_code == 0 and result.stdout.startswith("Holds: ")
    shown = [
        saydo("show", "events", "--case", folder, "--json").stdout for folder in (case, tmp_path / "other")
    ]
    assert shown[0] == shown[1] != ""
    (tmp_path / "case.zip").write_bytes((tmp_path / "case.zip").read_bytes()[:-30])
    result = saydo("case", "restore", tmp_path / "case.zip", "--case", tmp_path / "third")
    assert result.exit_code == 1 and result.stderr.count("\n") == 1 and not (tmp_path / "third").exists()


def test_a_stamp_is_asked_for_in_one_way_at_a_time(saydo, case: Path, tmp_path: Path) -> None:
    for ways in ([], ["--authority", "http://stamp.example", "--request", str(tmp_path / "q")]):
        result = saydo("audit", "stamp", "--case", case, *ways)
        assert result.exit_code == 1 and "say one of --authority" in result.stderr
    result = saydo("audit", "stamp", "--case", case, "--answer", tmp_path / "nowhere")
    assert result.exit_code == 1 and "cannot be read" in result.stderr


def test_a_head_that_waits_for_its_stamp_is_held_against_the_log(saydo, case: Path) -> None:
    """Whatever lies in stamps/ is a head that was kept; without the library that reads stamps, too."""
    (case / "stamps").mkdir()
    saydo("audit", "head", "--case", case, "-o", case / "stamps" / "000000001-a.json")
    result = saydo("verify", "--case", case)
    assert result.exit_code == 0 and "waits for its stamp" in result.stdout
    text = (case / "stamps" / "000000001-a.json").read_text()
    told = json.loads(text)
    (case / "stamps" / "000000001-a.json").write_text(json.dumps({**told, "sha256": "0" * 64}))
    result = saydo("verify", "--case", case)
    assert result.exit_code == 4 and "written anew" in result.stdout
    (case / "stamps" / "000000001-a.json").write_text("[]")
    result = saydo("verify", "--case", case, "--json")
    assert result.exit_code == 4 and json.loads(result.stdout)["faults"][0]["where"] == "stamp"


def test_a_folder_without_a_case_is_told_so(saydo, tmp_path: Path) -> None:
    result = saydo("verify", "--case", tmp_path)
    assert result.exit_code == 1 and "holds no case" in result.stderr
