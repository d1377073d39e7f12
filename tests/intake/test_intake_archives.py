"""gzip files and web archives."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path

import pytest
from intake_making import one, pdf, refused, take
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from saydo.intake import Limits


def test_a_packed_file_is_read_as_what_it_holds(tmp_path: Path) -> None:
    path = tmp_path / "note.md.gz"
    path.write_bytes(gzip.compress(b"# Heading\n\nWords *here*."))
    item = one(path)
    assert item.document.text == "Heading\n\nWords here."
    assert item.original == b"# Heading\n\nWords *here*."
    assert ("packed", "gzip") in item.document.metadata


def test_packed_members_in_a_row_are_one_stream(tmp_path: Path) -> None:
    path = tmp_path / "note.txt.gz"
    path.write_bytes(gzip.compress(b"One, ") + gzip.compress(b"two.") + b"\0" * 20)
    assert one(path).document.text == "One, two."


def test_a_truncated_gzip_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "cut.txt.gz"
    data = gzip.compress(b"A text that is long enough to be cut. " * 50)
    for keep in (len(data) // 2, len(data) - 4):
        path.write_bytes(data[:keep])
        assert "cut short" in refused(path).reason
    path.write_bytes(data[:20] + b"\xff\xff\xff" + data[23:])
    assert "damaged" in refused(path).reason


def test_whole_lines_before_the_cut_are_not_lost(tmp_path: Path) -> None:
    path = tmp_path / "cut.jsonl.gz"
    records = b"".join(
        json.dumps({"id": str(n), "text": f"Text {n}. " * 9}).encode() + b"\n" for n in range(4000)
    )
    data = gzip.compress(records)
    path.write_bytes(data[: len(data) // 2])
    taken, skipped = take(path)
    assert len(taken) > 1000
    assert [item.document.id for item in taken] == [str(n) for n in range(len(taken))]
    assert len(skipped) == 1
    assert "cut short" in skipped[0].reason


def test_unpacking_stops_at_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "bomb.txt.gz"
    path.write_bytes(gzip.compress(b"0" * 50_000_000))
    assert (
        "over the limit of 1,000,000 bytes after unpacking"
        in refused(path, Limits(max_unpacked_bytes=10**6)).reason
    )


def test_a_file_packed_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "twice.txt.gz"
    path.write_bytes(gzip.compress(gzip.compress(b"words")))
    assert "twice" in refused(path).reason


PAGE = b"<html><head><title>Mill fire</title></head><body><p>A mill burned in Panj on Sunday night.</p></body></html>"


def archive(packed: bool) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)

    def capture(url: str, status: str, kind: str, body: bytes, *extra: tuple[str, str]) -> None:
        headers = StatusAndHeaders(status, [("Content-Type", kind), *extra], protocol="HTTP/1.0")
        record = writer.create_warc_record(
            url,
            "response",
            payload=io.BytesIO(body),
            http_headers=headers,
            warc_headers_dict={"WARC-Date": "2013-04-05T06:07:08Z"},
        )
        writer.write_record(record)

    writer.write_record(writer.create_warcinfo_record("x.warc", {"software": "a test"}))
    capture("https://panj.example/mill", "200 OK", "text/html; charset=utf-8", PAGE)
    packed_body = gzip.compress(PAGE.replace(b"mill", b"granary"))
    capture("https://panj.example/g", "200 OK", "text/html", packed_body, ("Content-Encoding", "gzip"))
    capture(
        "https://panj.example/r.pdf",
        "200 OK",
        "application/pdf",
        pdf([[(72, 700, "A report of two lines.")]]),
    )
    capture("https://panj.example/logo.png", "200 OK", "image/png", b"\x89PNG\r\n\x1a\n")
    capture("https://panj.example/gone", "404 Not Found", "text/html", b"<p>gone</p>")
    capture("https://panj.example/empty", "200 OK", "text/html", b"")
    return out.getvalue()


@pytest.mark.parametrize(
    ("packed", "name"), [(False, "site.warc"), (True, "site.warc.gz"), (True, "renamed.bin")]
)
def test_captured_reports_are_read_with_address_and_day(tmp_path: Path, packed: bool, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(archive(packed))
    taken, skipped = take(path)
    assert [item.document.text for item in taken] == [
        "A mill burned in Panj on Sunday night.",
        "A granary burned in Panj on Sunday night.",
        "A report of two lines.",
    ]
    first = taken[0]
    assert (first.document.title, first.document.url) == ("Mill fire", "https://panj.example/mill")
    assert first.document.date is None
    assert ("captured", "2013-04-05T06:07:08Z") in first.document.metadata
    assert first.original == PAGE
    empty, counted = skipped
    assert empty.origin.endswith("https://panj.example/empty")
    assert counted.harmless
    assert "1 × image/png" in counted.reason
    assert "1 × status 404" in counted.reason


@pytest.mark.parametrize("packed", [False, True])
def test_a_truncated_web_archive_gives_what_came_before(tmp_path: Path, packed: bool) -> None:
    path = tmp_path / "cut.warc"
    whole = archive(packed)
    starts = [
        at for at in range(len(whole)) if whole.startswith(b"\x1f\x8b\x08" if packed else b"WARC/1.0", at)
    ]
    # Inside the second capture: the archive's own description and the first one are whole.
    path.write_bytes(whole[: starts[2] + (250 if packed else 420)])
    taken, skipped = take(path)
    assert [item.document.title for item in taken] == ["Mill fire"]
    assert [item.harmless for item in skipped] == [False]
    assert "cut short" in skipped[0].reason


def test_what_is_named_warc_but_is_none_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "no.warc"
    path.write_text("just words")
    assert "not a web archive" in refused(path).reason
