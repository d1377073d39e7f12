"""``saydo code``: documents in, records out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_reader import DEED, DULL, VOW
from click.testing import Result

from saydo.model.records import Record


def lines(result: Result) -> list[dict[str, object]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_records_go_to_standard_output_in_the_order_of_the_input(saydo, inbox: Path) -> None:
    result = saydo("code", inbox / "wire.jsonl", inbox / "weather.txt")
    assert result.exit_code == 0
    found = lines(result)
    assert [line["id"] for line in found][:2] == ["vow", "deed"]
    records = [Record.model_validate(line) for line in found]
    assert [e.type for e in records[1].events] == ["ASSAULT"]
    assert [s.kind for s in records[0].statements] == ["pledge"]
    assert result.stderr == ""


def test_records_go_to_a_file_byte_for_byte_the_same(saydo, inbox: Path, tmp_path: Path) -> None:
    """And a second run writes the very same bytes."""
    out = tmp_path / "out.jsonl"
    assert saydo("code", inbox, "-o", out).exit_code == 0
    first = out.read_bytes()
    assert saydo("code", inbox, "-o", out).exit_code == 0
    assert out.read_bytes() == first
    assert saydo("code", inbox).stdout.encode() == first
    assert not list(tmp_path.glob("*.part"))


def test_any_number_of_workers_writes_the_same_bytes(saydo, inbox: Path, tmp_path: Path) -> None:
    """To a file and to standard output, with the same list of what was skipped."""
    (inbox / "odd.txt").write_text("A text that the reader does not know.")
    alone = saydo("code", inbox)
    together = saydo("code", inbox, "--workers", "2")
    assert (together.exit_code, together.stdout, together.stderr) == (3, alone.stdout, alone.stderr)
    saydo("code", inbox, "--workers", "3", "-o", tmp_path / "out.jsonl")
    assert (tmp_path / "out.jsonl").read_bytes() == alone.stdout.encode()


def test_a_reader_that_is_not_there_is_told_by_workers_too(inbox: Path) -> None:
    from typer.testing import CliRunner

    from saydo.cli.main import app

    result = CliRunner().invoke(app, ["code", str(inbox), "--reader", "nowhere:reader", "--workers", "2"])
    assert result.exit_code == 1
    assert "there is no reader 'nowhere:reader'" in result.stderr
    assert result.stderr.count("\n") == 1


def test_standard_input_is_jsonl(saydo) -> None:
    given = json.dumps({"id": "é", "text": VOW}) + "\n"
    result = saydo("code", "-", stdin=given)
    assert result.exit_code == 0
    assert [line["id"] for line in lines(result)] == ["é"]
    assert '"id":"é"' in result.stdout


def test_the_date_option_dates_only_reports_without_a_date(saydo, inbox: Path) -> None:
    result = saydo("code", inbox, "--date", "2020-02-29")
    assert [line["date"] for line in lines(result)] == ["2020-02-29", "2019-05-03", "2019-05-10"]


@pytest.mark.parametrize("date", ["2020-02-30", "May", "20200229x", ""])
def test_a_date_that_is_none_is_told(saydo, inbox: Path, date: str) -> None:
    result = saydo("code", inbox, "--date", date)
    assert result.exit_code == 1
    assert "write it as YYYY-MM-DD" in result.stderr


def test_what_cannot_be_coded_is_listed_and_the_rest_is_written(saydo, inbox: Path) -> None:
    """Exit code 3: done, but look at the list."""
    (inbox / "odd.txt").write_text("A text that the reader does not know.")
    (inbox / "empty.txt").write_text("")
    (inbox / "rockets.jsonl").write_text('{"text": \n')
    result = saydo("code", inbox)
    assert result.exit_code == 3
    assert len(lines(result)) == 3
    told = result.stderr.splitlines()
    assert told[0] == "saydo: skipped 3:"
    assert {line.split(": ")[0].rsplit("/", 1)[-1] for line in told[1:]} == {
        "empty.txt", "odd.txt", "rockets.jsonl:1",
    }  # fmt: skip


def test_copies_are_counted_and_lose_nothing(saydo, inbox: Path) -> None:
    (inbox / "weather again.txt").write_text(DULL)
    result = saydo("code", inbox)
    assert result.exit_code == 0
    assert len(lines(result)) == 3
    assert "1 passed over with nothing lost" in result.stderr


def test_nothing_coded_is_an_error(saydo, tmp_path: Path) -> None:
    result = saydo("code", tmp_path / "nowhere.txt")
    assert result.exit_code == 1
    assert "nowhere.txt: is not there" in result.stderr
    assert result.stderr.splitlines()[-1] == "saydo: nothing could be coded"


def test_output_inside_the_input_is_refused(saydo, inbox: Path) -> None:
    """The next run would take it for a report."""
    result = saydo("code", inbox, "-o", inbox / "out.jsonl")
    assert result.exit_code == 1
    assert "lies inside of the input" in result.stderr
    assert saydo("code", inbox / "wire.jsonl", "-o", inbox / "wire.jsonl").exit_code == 1
    assert json.loads((inbox / "wire.jsonl").read_text().splitlines()[0])["text"] == VOW


def test_output_that_cannot_be_written_is_told(saydo, inbox: Path, tmp_path: Path) -> None:
    result = saydo("code", inbox, "-o", tmp_path / "no such folder" / "out.jsonl")
    assert result.exit_code == 1
    assert "cannot be written" in result.stderr
    assert "choose another place" in result.stderr


def test_a_codebook_with_faults_is_told_before_anything_is_read(saydo, inbox: Path, tmp_path: Path) -> None:
    book = tmp_path / "book" / "ties"
    book.mkdir(parents=True)
    (book / "command.yaml").write_text("id: command\nsurprise: 1\n")
    result = saydo("code", inbox, "--codebook", tmp_path / "book")
    assert result.exit_code == 1
    assert "command.yaml" in result.stderr


def test_a_codebook_of_ones_own_changes_what_is_coded(saydo, inbox: Path, tmp_path: Path) -> None:
    """Its version is in every record, so that records of different codebooks are not mixed up."""
    book = tmp_path / "book" / "actors"
    book.mkdir(parents=True)
    (book / "mine.yaml").write_text("- {id: taliban, name: The Talibs, kind: movement, aliases: [Taliban]}\n")
    plain, own = (lines(saydo("code", inbox, *more)) for more in ((), ("--codebook", tmp_path / "book")))
    assert plain[1]["coder"]["codebook"] != own[1]["coder"]["codebook"]  # type: ignore[index]
    names = {actor["id"]: actor["name"] for actor in own[1]["actors"]}  # type: ignore[index, union-attr]
    assert names["taliban"] == "The Talibs"


@pytest.mark.parametrize("name", ["xx", "nowhere:reader", "cli_reader:nothing", "cli_reader:DEED", ":"])
def test_a_reader_that_is_not_there_is_told(inbox: Path, name: str) -> None:
    from typer.testing import CliRunner

    from saydo.cli.main import app

    result = CliRunner().invoke(app, ["code", str(inbox), "--reader", name])
    assert result.exit_code == 1
    assert result.stderr.startswith("saydo: ")
    assert "reader" in result.stderr
    assert result.stderr.count("\n") == 1
    assert DEED not in result.stdout
