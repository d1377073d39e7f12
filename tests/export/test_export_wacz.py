"""Captured pages as WACZ: read back with a library for web archives, they are what was captured."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from saydo.export.wacz import CapturedPage, search_key, write_wacz
from saydo.model.capture import Capture

MADE = "2026-01-02T03:04:05Z"


def captured(
    url: str, body: bytes, *headers: tuple[str, str], at: str = "2025-05-06T07:08:09Z"
) -> CapturedPage:
    payload = hashlib.sha256(body).hexdigest()
    capture = Capture(at, url, url, 200, headers, payload, "saydo/0.1.0")
    return CapturedPage(capture, body, "Dam", f"r-{payload[:4]}")


PAGES = (
    captured("https://www.wire.example/b?y=2&x=1", "<p>Плотина держит.</p>".encode(),
             ("content-type", "text/html; charset=utf-8"), ("content-encoding", "gzip"), ("content-length", "7"),
             ("x-twice", "a"), ("x-twice", "b"), ("x-odd", "caf\u00e9 \u2192")),
    captured("http://harbour.example:8080/a", b"%PDF-1.4 \x00\xff", ("Content-Type", "application/pdf"),
             at="2024-01-01T00:00:00Z"),
)  # fmt: skip


def written(pages: tuple[CapturedPage, ...] = PAGES) -> zipfile.ZipFile:
    out = io.BytesIO()
    assert write_wacz(iter(pages), out, title="delta", software="saydo 0.1.0", made=MADE) == len(pages)
    return zipfile.ZipFile(out)


def test_bodies_and_heads_come_back_as_they_were_captured() -> None:
    with written() as archive:
        data = archive.read("archive/data.warc.gz")
    about, *records = [
        (r.rec_type, r.rec_headers, r.http_headers, r.content_stream().read())
        for r in ArchiveIterator(io.BytesIO(data), check_digests="raise")
    ]
    assert about[0] == "warcinfo" and b"saydo 0.1.0" in about[3]
    for page, (kind, record, http, body) in zip(PAGES, records, strict=True):
        assert (kind, body) == ("response", page.body)
        assert record.get_header("WARC-Target-URI") == page.capture.url
        assert record.get_header("WARC-Date") == page.capture.at
        assert record.get_header("WARC-Payload-Digest") == f"sha256:{page.capture.payload}"
        assert http.get_statuscode() == "200"
        assert http.get_header("content-length") == str(len(page.body))
    first = records[0][2]
    assert [v for n, v in first.headers if n == "x-twice"] == ["a", "b"]
    assert first.get_header("content-encoding") is None, "the body lies there unpacked"
    assert first.get_header("x-archive-orig-content-encoding") == "gzip"


def test_every_file_has_its_digest_in_the_package_and_the_package_has_its_own() -> None:
    with written() as archive:
        package = json.loads(archive.read("datapackage.json"))
        assert package["profile"] == "data-package" and package["wacz_version"] == "1.1.1"
        listed = {each["path"] for each in package["resources"]}
        assert listed | {"datapackage.json", "datapackage-digest.json"} == set(archive.namelist())
        for each in package["resources"]:
            data = archive.read(each["path"])
            assert each["bytes"] == len(data) and each["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        digest = json.loads(archive.read("datapackage-digest.json"))
        assert digest["hash"] == f"sha256:{hashlib.sha256(archive.read('datapackage.json')).hexdigest()}"
        assert all(info.compress_type == zipfile.ZIP_STORED for info in archive.infolist())


def test_the_index_is_sorted_and_leads_to_each_capture() -> None:
    with written() as archive:
        data, index = archive.read("archive/data.warc.gz"), archive.read("indexes/index.cdxj").decode()
    lines = index.splitlines()
    assert lines == sorted(lines)
    assert [line.split(" ")[:2] for line in lines] == [
        ["example,harbour:8080)/a", "20240101000000"], ["example,wire)/b?x=1&y=2", "20250506070809"],
    ]  # fmt: skip
    for line in lines:
        told = json.loads(line.split(" ", 2)[2])
        piece = data[int(told["offset"]) : int(told["offset"]) + int(told["length"])]
        (record,) = ArchiveIterator(io.BytesIO(piece))
        assert record.rec_headers.get_header("WARC-Target-URI") == told["url"]


def test_pages_are_listed_with_their_reports() -> None:
    with written() as archive:
        head, *pages = map(json.loads, archive.read("pages/pages.jsonl").decode().splitlines())
    assert head["format"] == "json-pages-1.0"
    assert [(p["url"], p["ts"], p["report"]) for p in pages] == [
        (page.capture.url, page.capture.at, page.report) for page in PAGES
    ]


def test_the_same_pages_make_the_same_archive() -> None:
    with written() as one, written() as other:
        assert all(one.read(name) == other.read(name) for name in one.namelist())


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://www2.Example.org/A/", "org,example)/a"),
        ("http://example.org:80", "org,example)/"),
        ("https://example.org:8443/?b&a", "org,example:8443)/?a&b"),
        ("http://[::bad/x y", "http://[::bad/x%20y"),
    ],
)
def test_keys_of_the_index(url: str, key: str) -> None:
    assert search_key(url) == key


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30))
def test_any_address_and_any_head_can_be_written(odd: str) -> None:
    """An archive that somebody handed over may hold anything; it is written, and read back with its body."""
    page = captured(f"http://odd.example/{odd}", b"body", ("x-odd", odd), ("content-type", odd))
    with written((page,)) as archive:
        records = list(ArchiveIterator(io.BytesIO(archive.read("archive/data.warc.gz"))))
        assert len(archive.read("indexes/index.cdxj").splitlines()) == 1
    assert len(records) == 2
