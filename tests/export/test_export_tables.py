"""The tables hold every finding of a case, with its words and names, and are safe to open."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from export_case import Report, build_case
from hypothesis import given
from hypothesis import strategies as st

from saydo.export.columns import COLUMNS
from saydo.export.csv_table import FORMULA_STARTS, guarded
from saydo.export.findings import TABLES, Table
from saydo.export.passages import Passages, hms
from saydo.export.tables import FORMATS, write
from saydo.model.errors import SaydoError
from saydo.model.records import Discrepancy

VIEW = build_case()


def rows_of(table: Table) -> list[dict[str, str]]:
    text = "".join(FORMATS["csv"].chunks(VIEW, table))
    return list(csv.DictReader(io.StringIO(text, newline="")))


def lines_of(table: Table) -> list[dict[str, object]]:
    return [json.loads(line) for line in FORMATS["jsonl"].chunks(VIEW, table)]


@pytest.mark.parametrize("table", list(TABLES))
def test_both_formats_hold_the_same_findings(table: Table) -> None:
    assert [row["id"] for row in rows_of(table)] == [line["id"] for line in lines_of(table)]
    assert rows_of(table), "the case has none: the test would show nothing"


def test_every_finding_of_every_record_is_exported() -> None:
    for table in ("events", "ties", "statements"):
        expected = [(record.id, found.id) for record in VIEW.records for found in getattr(record, table)]
        assert [(row["document"], row["id"]) for row in rows_of(table)] == expected  # type: ignore[arg-type]


def test_a_line_keeps_the_record_fields_unchanged() -> None:
    for line, event in zip(lines_of("events"), (e for r in VIEW.records for e in r.events), strict=True):
        plain = json.loads(event.model_dump_json())
        assert {key: line[key] for key in plain} == plain


@pytest.mark.parametrize("table", ["events", "ties", "statements"])
def test_quotes_are_the_very_words_at_their_offsets(table: Table) -> None:
    for line in lines_of(table):
        cited = line["citation"]
        assert isinstance(cited, dict)
        text = VIEW.document(cited["document"]).text
        assert text[cited["start"] : cited["end"]] == cited["quote"]


def test_names_stand_beside_ids() -> None:
    shelling = next(row for row in rows_of("events") if row["trigger"] == "shelled")
    assert (shelling["actors"], shelling["actor_ids"]) == ("Reed Company", "reed-company")
    assert (shelling["place"], shelling["country"], shelling["killed_low"]) == ("Atyrau", "KAZ", "3")
    assert shelling["said_by"] == "port staff", "the report does not assert it itself"
    assert shelling["quote"].endswith("killing three dockers, port staff said.")


def test_a_tie_has_its_direction_state_and_dates() -> None:
    paid = next(row for row in rows_of("ties") if row["trigger"] == "paid")
    assert (paid["from"], paid["to"]) == ("Salt Road Front", "Delta Guard")
    assert (paid["state"], paid["since"], paid["until"]) == ("ended", "2018-01-01", "2018-12-31")


def test_an_end_without_actor_is_called_by_its_words() -> None:
    presence = next(row for row in rows_of("ties") if row["type"] == "presence")
    assert (presence["to"], presence["to_id"]) == ("Aktau", "")


def test_a_statement_names_its_speaker_and_words() -> None:
    pledge = rows_of("statements")[0]
    assert (pledge["kind"], pledge["speaker"], pledge["addressees"]) == (
        "pledge",
        "Ilya Marsh",
        "Harbour Council",
    )
    assert pledge["content"].startswith("The Delta Guard will not fire")
    assert (pledge["from"], pledge["quoted"]) == ("2019-05-03", "false")


def test_an_exported_discrepancy_can_be_read_on_its_own() -> None:
    breach, denial, _ = lines_of("discrepancies")
    assert breach["speaker_name"] == "Ilya Marsh"
    assert breach["kind"] == "commitment" and breach["basis"] == "inferred" and breach["explanation"]
    statement, against = breach["statement"], breach["against"]
    assert isinstance(statement, dict) and isinstance(against, list)
    assert statement["quote"].startswith("The Delta Guard will not fire")
    assert statement["record"] == "statement" and against[0]["record"] == "event"
    assert "shelled the grain silos" in against[0]["quote"]
    assert (against[0]["publisher"], against[0]["published"]) == ("Caspian Wire", "2019-05-10")
    assert denial["speaker_name"] == "Ilya Marsh", "taken from the case where the record leaves it out"


def test_several_passages_against_one_statement_stay_in_one_row() -> None:
    denial = rows_of("discrepancies")[1]
    assert denial["against.id"] == "e0; t0"
    assert denial["against.quote"].count(" | ") == 1


def test_words_of_a_recording_have_their_time_code() -> None:
    assert [line["statement"]["timecode"] for line in lines_of("discrepancies")] == [None, None, "00:01:00"]  # type: ignore[index]
    told = [row["timecode"] for row in rows_of("statements") if row["document"] == "radio"]
    assert told == ["00:01:00", "00:01:23"]


@pytest.mark.parametrize(
    ("seconds", "shown"), [(0, "00:00:00"), (59.999, "00:00:59"), (83.4, "00:01:23"), (36061, "10:01:01")]
)
def test_time_codes_are_cut_not_rounded(seconds: float, shown: str) -> None:
    assert hms(seconds) == shown


def test_a_quote_takes_whole_sentences_even_across_a_boundary() -> None:
    report = Report("r", "One came. Two went. Three stayed.", title=None, publisher=None, date=None)
    of = Passages(report.document(), report.record(), {})
    assert of.text(of.sentences([report.at("came"), report.at("Two")])) == "One came. Two went."
    assert of.text(of.sentences([report.at("stayed")])) == "Three stayed."


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), min_size=1))
def test_a_quote_always_holds_what_it_is_the_quote_of(spans: list[tuple[int, int]]) -> None:
    report = Report("r", "Ab cd ef. " * 9, title=None, publisher=None, date=None)
    of = Passages(report.document(), report.record(), {})
    ranges = [(start, start + length) for start, length in spans]
    start, end = of.sentences(ranges)
    assert start <= min(s for s, _ in ranges) and end >= max(e for _, e in ranges)


@given(st.text())
def test_no_text_cell_can_start_a_formula(cell: str) -> None:
    safe = guarded(cell)
    assert isinstance(safe, str) and not safe.startswith(FORMULA_STARTS)
    assert safe in (cell, "'" + cell)


def test_numbers_are_not_quoted_as_formulas() -> None:
    assert guarded(-12.5) == -12.5


def hostile(words: str) -> Report:
    report = Report("h", f"{words} said no. They left.", title=words, publisher='a "b", c', date=None)
    report.statement("denial", report.mention(words, None), "said", "no")
    return report


def test_formulas_quotes_commas_and_line_breaks_survive_csv(tmp_path: Path) -> None:
    view = build_case([hostile("=HYPERLINK(1)\nx,y")])
    path = tmp_path / "s.csv"
    write(view, "statements", "csv", path)
    (row,) = csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8"), newline=""))
    assert row["title"] == "'=HYPERLINK(1) x,y" and row["publisher"] == 'a "b", c'
    assert path.read_bytes().endswith(b"\r\n") and not path.read_bytes().startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("format", ["csv", "jsonl"])
def test_a_lone_surrogate_does_not_break_an_export(format: str, tmp_path: Path) -> None:
    path = tmp_path / "out"
    write(build_case([hostile("\ud800x")]), "statements", format, path)
    assert b"\\ud800x" in path.read_bytes()


def test_csv_describes_its_columns_in_a_file_beside_it(tmp_path: Path) -> None:
    files = write(VIEW, "events", "csv", tmp_path / "events.csv").files
    assert [file.name for file in files] == ["events.csv", "events.csv-metadata.json"]
    described = json.loads(files[1].read_text(encoding="utf-8"))
    assert described["url"] == "events.csv"
    columns = [column["titles"] for column in described["tableSchema"]["columns"]]
    with files[0].open(encoding="utf-8", newline="") as file:
        assert next(csv.reader(file)) == columns
    assert described["notes"], "what CSV cannot express must be said"


@pytest.mark.parametrize("table", list(COLUMNS))
def test_cells_have_the_type_their_column_declares(table: Table) -> None:
    types: dict[str, type | tuple[type, ...]] = {
        "string": str,
        "integer": int,
        "number": (int, float),
        "boolean": bool,
    }
    for row in TABLES[table](VIEW):
        for column in COLUMNS[table]:
            cell = column.cell(row)
            assert cell is None or isinstance(cell, types[column.datatype]), (column.name, cell)


@pytest.mark.parametrize("table", list(COLUMNS))
def test_column_names_are_distinct_and_explained(table: Table) -> None:
    names = [column.name for column in COLUMNS[table]]
    assert len(set(names)) == len(names)
    assert all(column.about for column in COLUMNS[table])


@pytest.mark.parametrize("format", ["csv", "jsonl"])
def test_a_case_without_findings_gives_a_valid_empty_table(format: str, tmp_path: Path) -> None:
    view = build_case([])
    for table in TABLES:
        write(view, table, format, tmp_path / table)
        lines = (tmp_path / table).read_text(encoding="utf-8").splitlines()
        assert len(lines) == (1 if format == "csv" else 0)


def test_an_unknown_format_says_which_there_are(tmp_path: Path) -> None:
    with pytest.raises(SaydoError, match="choose one of csv, jsonl"):
        write(VIEW, "events", "xls", tmp_path / "x")


def test_a_failed_export_leaves_no_half_file_and_keeps_the_old_one(tmp_path: Path) -> None:
    found = VIEW.discrepancies[0]
    gone = found.statement.model_copy(update={"id": "s9"})
    lost = Discrepancy(**{**dict(found), "statement": gone})
    path = tmp_path / "d.jsonl"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(KeyError, match="s9"):
        write(replace(VIEW, discrepancies=(lost,)), "discrepancies", "jsonl", path)
    assert [file.name for file in tmp_path.iterdir()] == ["d.jsonl"] and path.read_text(
        encoding="utf-8"
    ) == "old"


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(SaydoError, match=r"could not write .*nowhere"):
        write(VIEW, "ties", "csv", tmp_path / "nowhere" / "ties.csv")
