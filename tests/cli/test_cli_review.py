"""``saydo review`` and ``saydo ties``: what a person sees and types."""

from __future__ import annotations

import json
from pathlib import Path

from cli_reader import DEED


def discrepancies(saydo, case: Path) -> list[dict[str, object]]:
    result = saydo("show", "discrepancies", "--case", case, "--json")
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_rejected_discrepancy_is_gone_until_that_is_undone(saydo, made: Path, case: Path) -> None:
    [found] = discrepancies(saydo, case)
    result = saydo(
        "review", "verdict", found["id"], "reject", "--case", case, "--by", "Noor", "--why", "another group"
    )
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith(
        "decision 1: reject the commitment of “that they would not attack Tajikistan”"
    )
    assert discrepancies(saydo, case) == []
    assert str(found["explanation"]) not in (case / "report.html").read_text()
    assert saydo("run", made / "inbox", "--case", case).exit_code == 0
    assert discrepancies(saydo, case) == []
    assert saydo("review", "undo", "1", "--case", case, "--by", "Noor").exit_code == 0
    assert discrepancies(saydo, case) == [found]


def test_decisions_are_listed_with_who_when_and_why(saydo, case: Path) -> None:
    [found] = discrepancies(saydo, case)
    saydo(
        "review", "verdict", str(found["id"])[:8], "uphold", "--case", case, "--by", "Noor", "--why", "plain"
    )
    saydo("review", "undo", "1", "--case", case, "--by", "Ilir")
    listed = saydo("review", "decisions", "--case", case).stdout.splitlines()
    assert "Noor: uphold the commitment" in listed[0]
    assert listed[0].endswith("(plain) — undone by 2")
    assert "Ilir: undo 1" in listed[1]
    result = saydo("review", "decisions", "--case", case, "--json")
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(r["kind"], r["undone_by"]) for r in rows] == [("uphold", 2), ("undo", None)]


def test_actors_are_joined_and_held_apart_by_name(saydo, case: Path) -> None:
    ids = [json.loads(x)["id"] for x in saydo("show", "actors", "--case", case, "--json").stdout.splitlines()]
    joined = saydo("review", "same", *ids[:2], "--case", case, "--by", "Noor")
    assert "decision 1: " in joined.stdout
    left = saydo("show", "actors", "--case", case, "--json").stdout.splitlines()
    assert len(left) == len(ids) - 1
    saydo("review", "apart", *ids[:2], "--case", case, "--by", "Noor")
    assert len(saydo("show", "actors", "--case", case, "--json").stdout.splitlines()) == len(ids)


def test_an_error_is_one_line(saydo, case: Path) -> None:
    result = saydo("review", "same", "Nobody At All", "Taliban", "--case", case, "--by", "Noor")
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert "no actor 'Nobody At All'" in result.stderr


def test_where_nothing_waits_that_is_said(saydo, case: Path) -> None:
    result = saydo("review", "questions", "--case", case)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "saydo: nothing waits\n")


def test_ties_come_with_the_sentence_and_the_source(saydo, case: Path) -> None:
    result = saydo("ties", "--of", "taliban", "--case", case)
    assert (result.exit_code, result.stderr) == (0, "saydo: 1 ties\n")
    sentence, evidence = result.stdout.splitlines()
    assert "was at odds with" in sentence
    assert evidence.strip() == f"“{DEED}” — Attack at the border, 2019-05-10"
    result = saydo("ties", "--of", "taliban", "--on", "2019-05-10", "--case", case, "--json")
    assert json.loads(result.stdout)["on_the_day"] == "held"


def test_ties_of_another_time_or_type_are_left_out(saydo, case: Path) -> None:
    for asked in (["--on", "1999"], ["--type", "command"]):
        assert saydo("ties", *asked, "--case", case).stdout == ""
    wrong = saydo("ties", "--case", case, "--on", "someday")
    assert (wrong.exit_code, wrong.stderr.count("\n")) == (1, 1)
