"""The captured pages of a case as a web archive, from what the case keeps."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from saydo.desk import export_pages
from saydo.model.capture import Capture
from saydo.model.document import Document
from saydo.model.errors import InputError, StoreError
from saydo.store import SqliteStore

BODY = b"<html><p>The dam held.</p></html>"
URL = "https://wire.example/dam"


def capture(body: bytes) -> Capture:
    payload = hashlib.sha256(body).hexdigest()
    return Capture(
        "2025-05-06T07:08:09Z", URL, URL, 200, (("content-type", "text/html"),), payload, "saydo/0.1.0"
    )


@pytest.fixture
def case(tmp_path: Path) -> Path:
    with SqliteStore.for_writing(tmp_path / "case") as store:
        store.add(
            Document("page", "The dam held.", title="Dam", url=URL), BODY, "text/html", URL, capture(BODY)
        )
        store.add(
            Document("line", "A line."), b"A line.", "text/plain", f"{URL}:1", capture(b"A line.\nMore.")
        )
        store.add(Document("file", "A file."), b"A file.", "text/plain", "a.txt")
    return tmp_path / "case"


def test_what_was_fetched_and_kept_whole_is_in_the_archive_and_nothing_else(
    case: Path, tmp_path: Path
) -> None:
    """A line of a fetched file is a report, but the file as a whole was not kept; a file was never fetched."""
    assert export_pages(case, tmp_path / "pages.wacz") == (1, 3)
    with zipfile.ZipFile(tmp_path / "pages.wacz") as archive:
        records = ArchiveIterator(io.BytesIO(archive.read("archive/data.warc.gz")), check_digests="raise")
        found = [(r.rec_headers.get_header("WARC-Target-URI"), r.content_stream().read()) for r in records]
    assert found[1:] == [(URL, BODY)]
    assert not (tmp_path / "pages.wacz.part").exists()


def test_a_changed_original_is_not_exported_as_if_it_had_been_captured(case: Path, tmp_path: Path) -> None:
    digest = hashlib.sha256(BODY).hexdigest()
    (case / "sources" / digest[:2] / digest).write_bytes(b"forged")
    with pytest.raises(StoreError, match="was changed"):
        export_pages(case, tmp_path / "pages.wacz")
    assert not list(tmp_path.glob("pages.wacz*"))


def test_a_case_without_captures_says_so(tmp_path: Path) -> None:
    SqliteStore.for_writing(tmp_path / "empty").close()
    with pytest.raises(InputError, match="none of its 0 reports"):
        export_pages(tmp_path / "empty", tmp_path / "pages.wacz")
