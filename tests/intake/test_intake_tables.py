"""JSONL and CSV: many reports in one file, each used exactly as given."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from intake_making import LOCAL, one, refused, take

from saydo.intake import Intaken, Limits, Skipped, read_inputs

TEXTS = st.text(min_size=1).filter(lambda text: text.strip() != "")


def jsonl(*records: object) -> bytes:
    return b"".join(json.dumps(record).encode() + b"\n" for record in records)


def test_the_fields_of_a_line_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "reports.jsonl"
    record = {
        "id": "amu-12",
        "text": "  Exactly\tthis.\r\n",
        "date": "2015-06-01T04:00:00Z",
        "title": "Exactly",
        "publisher": "Amu Wire",
        "url": "https://amu.example/12",
        "language": "en",
        "author": "M. Tursun",
        "pages": 3,
        "nested": {"kept": "in the original only"},
    }
    path.write_bytes(jsonl(record))
    item = one(path)
    document = item.document
    assert document.text == "  Exactly\tthis.\r\n"
    assert (document.id, document.date, document.title) == ("amu-12", "2015-06-01", "Exactly")
    assert (document.publisher, document.url) == ("Amu Wire", "https://amu.example/12")
    assert (document.language, document.author) == ("en", "M. Tursun")
    assert document.metadata == (("pages", "3"),)
    assert item.original == jsonl(record).rstrip(b"\n")
    assert item.origin.endswith("reports.jsonl:1")


@given(st.lists(TEXTS, min_size=1, max_size=5, unique=True))
def test_any_text_comes_back_from_jsonl(texts: list[str]) -> None:
    """Offsets of users' gold data must fit: lone surrogates, zero bytes and all line ends survive."""
    stream = io.BytesIO(jsonl(*({"id": str(number), "text": text} for number, text in enumerate(texts))))
    items = list(read_inputs(["-"], limits=LOCAL, stdin=stream))
    assert [item.document.text for item in items if isinstance(item, Intaken)] == texts


def test_a_broken_line_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    path = tmp_path / "mixed.jsonl"
    path.write_bytes(
        b"\xef\xbb\xbf"
        + jsonl({"id": "a", "text": "One."})
        + b'{"id": "b", "text": "Two.\n'
        + b"\n"
        + jsonl(["no object"], {"id": "d"}, {"id": ["x"], "text": "x"}, {"id": "e", "text": ""})
        + b'{"text": "\xff"}\n'
        + b"[" * 200_000
        + b"\n"
        + b'{"id": "z", "text": "Last, without a line end."}'
    )
    taken, skipped = take(path)
    assert [item.document.id for item in taken] == ["a", "z"]
    lines = [item.origin.rpartition(":")[2] for item in skipped]
    assert lines == ["2", "4", "5", "6", "7", "8", "9"]
    told = ("broken JSON", "no JSON object", '"text"', '"id"', "empty", "not UTF-8", "cannot be read")
    assert all(word in item.reason for word, item in zip(told, skipped, strict=True)), skipped
    assert not any(item.harmless for item in skipped)


def test_a_line_beyond_the_limit_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "long.jsonl"
    path.write_bytes(jsonl({"text": "x" * 500_000}, {"id": "after", "text": "Still read."}))
    taken, skipped = take(path, limits=Limits(max_bytes=100_000))
    assert [item.document.id for item in taken] == ["after"]
    assert "longer than 100,000 bytes" in skipped[0].reason


def test_an_id_given_twice_is_refused_unless_the_text_is_the_same(tmp_path: Path) -> None:
    path = tmp_path / "ids.jsonl"
    path.write_bytes(
        jsonl(
            {"id": "a", "text": "One."},
            {"id": "a", "text": "Other."},
            {"id": "a", "text": "One.", "title": "t"},
        )
    )
    taken, skipped = take(path)
    assert [item.document.text for item in taken] == ["One."]
    assert [item.harmless for item in skipped] == [False, True]
    assert "'a'" in skipped[0].reason


def test_the_same_text_under_two_ids_is_two_reports(tmp_path: Path) -> None:
    path = tmp_path / "two.jsonl"
    path.write_bytes(jsonl({"id": "a", "text": "One."}, {"id": "b", "text": "One."}))
    taken, _ = take(path)
    assert [item.document.id for item in taken] == ["a", "b"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8-sig"])
def test_jsonl_from_a_shell_that_writes_utf16_is_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "wide.jsonl"
    path.write_bytes('{"id": "a", "text": "Тишина в Оше."}\n{"id": "b", "text": "Two."}\n'.encode(encoding))
    taken, skipped = take(path)
    assert not skipped
    assert [item.document.text for item in taken] == ["Тишина в Оше.", "Two."]


def test_an_empty_standard_input_is_said_so() -> None:
    items = list(read_inputs(["-"], stdin=io.BytesIO(b"\n\n")))
    assert isinstance(items[0], Skipped)
    assert "no JSON lines" in items[0].reason


def test_json_that_is_not_by_line_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "all.json"
    path.write_text('[{"text": "x"}]')
    assert ".jsonl" in refused(path).reason


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_table_gives_a_report_per_row(tmp_path: Path, delimiter: str) -> None:
    path = tmp_path / "table.csv"
    rows = [
        ("id", "Date", "publisher", "text", "desk"),
        ("c1", "1 May 2014", "Amu Wire", '"A line,\r\nand ""another"" line; with | and \t."', "north"),
        ("c2", "", "", "Second.", ""),
    ]
    data = "".join(delimiter.join(row) + "\r\n" for row in rows)
    path.write_bytes(data.encode("utf-8-sig"))
    taken, skipped = take(path)
    assert not skipped
    first, second = taken
    assert first.document.text == 'A line,\r\nand "another" line; with | and \t.'
    assert (first.document.id, first.document.date, first.document.publisher) == (
        "c1",
        "2014-05-01",
        "Amu Wire",
    )
    assert first.document.metadata == (("desk", "north"),)
    assert second.document.text == "Second."
    assert second.origin.endswith("table.csv:4")
    assert second.original.decode().splitlines()[0] == delimiter.join(rows[0])
    assert b"Amu Wire" not in second.original


def test_a_table_in_a_windows_encoding_is_read(tmp_path: Path) -> None:
    path = tmp_path / "excel.csv"
    sentence = "Вчера вечером жители села вышли на дорогу. " * 5
    path.write_bytes(f"id;text\r\na;{sentence}\r\n".encode("cp1251"))
    item = one(path)
    assert item.document.text == sentence
    assert item.original == path.read_bytes()


def test_broken_rows_are_named_and_the_others_are_read(tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_bytes(
        b'id,text\na,One.\nb,"Two."x\nc,Three.,extra\nd\ne,Five.\nf,"never closed\ng,swallowed\n'
    )
    taken, skipped = take(path)
    assert [item.document.id for item in taken] == ["a", "e"]
    assert [item.origin.rpartition(":")[2] for item in skipped] == ["3", "4", "5", "7"]


def test_a_table_without_a_text_column_says_so(tmp_path: Path) -> None:
    path = tmp_path / "no.csv"
    path.write_text("a,b\n1,2\n")
    assert '"text"' in refused(path).reason
    path.write_text("\n")
    assert "no rows" in refused(path).reason


def test_a_long_cell_is_read(tmp_path: Path) -> None:
    """Far beyond the csv module's own bound of 128 KB."""
    path = tmp_path / "long.csv"
    path.write_text("text\n" + "word " * 100_000 + "\n")
    assert len(one(path).document.text) == 500_000
