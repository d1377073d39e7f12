"""Captured pages as WACZ 1.1.1: a zip with a WARC file, its index (CDXJ), a list of pages, and digests.

https://specs.webrecorder.net/wacz/1.1.1/ and ISO 28500 (WARC 1.1). Everything lies in the zip as it is, so
that a player can read single captures out of it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any, NamedTuple
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from saydo.model.capture import Capture

_WARC = "archive/data.warc.gz"
_INDEX = "indexes/index.cdxj"
_PAGES = "pages/pages.jsonl"
# the body is kept unpacked and whole: what the server said of how it was packed is kept under another name
_OF_PACKING = frozenset(("content-encoding", "transfer-encoding", "content-length"))
_CHUNK = 1 << 20


class CapturedPage(NamedTuple):
    """A page to be put into the archive."""

    capture: Capture
    body: bytes
    title: str | None
    report: str
    """Id of the report that was made from it."""


def write_wacz(pages: Iterable[CapturedPage], out: IO[bytes], *, title: str, software: str, made: str) -> int:
    """Writes an archive of pages, read one at a time; ``made`` is an ISO time. Gives how many there are."""
    with TemporaryDirectory() as place, ZipFile(out, "w", ZIP_STORED, strict_timestamps=False) as archive:
        warc = Path(place) / "data.warc.gz"
        lines, listed = _write_warc(pages, warc, software, made)
        index = "".join(f"{line}\n" for line in sorted(lines)).encode()
        header = {"format": "json-pages-1.0", "id": "pages", "title": title, "hasText": False}
        pages_file = "".join(f"{_json(each)}\n" for each in (header, *listed)).encode()
        resources = [
            _put(archive, _WARC, warc, made),
            _put(archive, _INDEX, index, made),
            _put(archive, _PAGES, pages_file, made),
        ]
        package = _json(
            {
                "profile": "data-package", "wacz_version": "1.1.1", "title": title, "software": software,
                "created": made, "resources": resources,
            }
        ).encode()  # fmt: skip
        _put(archive, "datapackage.json", package, made)
        digest = {"path": "datapackage.json", "hash": f"sha256:{hashlib.sha256(package).hexdigest()}"}
        _put(archive, "datapackage-digest.json", _json(digest).encode(), made)
    return len(listed)


def _write_warc(
    pages: Iterable[CapturedPage], path: Path, software: str, made: str
) -> tuple[list[str], list[dict[str, Any]]]:
    """Writes the WARC file; gives the lines of its index and of the list of pages."""
    from warcio.warcwriter import WARCWriter

    lines: list[str] = []
    listed: list[dict[str, Any]] = []
    with path.open("wb") as out:
        writer = WARCWriter(out, gzip=True, warc_version="WARC/1.1")
        info = {"software": software, "format": "WARC File Format 1.1"}
        about = writer.create_warcinfo_record("data.warc.gz", info)
        about.rec_headers.replace_header("WARC-Date", made)
        about.rec_headers.replace_header("WARC-Record-ID", _record_id("warcinfo", made, path.name))
        writer.write_record(about)
        for page in pages:
            begun = out.tell()
            writer.write_record(_record(writer, page))
            capture = page.capture
            lines.append(_index_line(capture, begun, out.tell() - begun))
            listed.append({"id": f"p{len(listed) + 1}", "url": capture.url, "ts": capture.at,
                           "title": page.title or capture.url, "report": page.report})  # fmt: skip
    return lines, listed


def _record(writer: Any, page: CapturedPage) -> Any:
    from warcio.statusandheaders import StatusAndHeaders

    capture = page.capture
    head = [
        (f"X-Archive-Orig-{name}" if name.lower() in _OF_PACKING else name, re.sub(r"[\r\n]+", " ", value))
        for name, value in capture.headers
    ]
    head.append(("Content-Length", str(len(page.body))))
    phrase = next((s.phrase for s in HTTPStatus if s == capture.status), "")
    return writer.create_warc_record(
        capture.url,
        "response",
        payload=BytesIO(page.body),
        length=len(page.body),
        http_headers=StatusAndHeaders(f"{capture.status} {phrase}".strip(), head, protocol="HTTP/1.1"),
        warc_headers_dict={
            "WARC-Date": capture.at,
            "WARC-Record-ID": _record_id("response", capture.url, capture.at, capture.payload),
            "WARC-Payload-Digest": f"sha256:{capture.payload}",
        },
    )


def _index_line(capture: Capture, offset: int, length: int) -> str:
    declared = next((v for n, v in capture.headers if n.lower() == "content-type"), "")
    told = {
        "url": capture.url,
        "mime": declared.partition(";")[0].strip().lower() or "application/octet-stream",
        "status": str(capture.status),
        "digest": f"sha256:{capture.payload}",
        "length": str(length),
        "offset": str(offset),
        "filename": "data.warc.gz",
    }
    return f"{search_key(capture.url)} {re.sub(r'[^0-9]', '', capture.at)[:14]} {_json(told)}"


def search_key(url: str) -> str:
    """The key that an index of captures is sorted by: host from right to left, then path and sorted query,
    all in small letters (``https://www.Example.org/A?b=2&a=1`` → ``org,example)/a?a=1&b=2``)."""
    try:
        parts = urlsplit(url.strip())
        host, port = re.sub(r"^www\d*\.", "", (parts.hostname or "").lower()), parts.port
    except ValueError:  # an archive may hold any address
        return re.sub(r"\s", "%20", url.strip().lower())
    usual = port in (None, {"http": 80, "https": 443}.get(parts.scheme.lower()))
    key = ",".join(reversed(host.split("."))) + ("" if usual else f":{port}")
    query = "&".join(sorted(parts.query.split("&"))) if parts.query else ""
    path = (parts.path.rstrip("/") or "/").lower()
    return re.sub(r"\s", "%20", f"{key}){path}{f'?{query.lower()}' if query else ''}")


def _put(archive: ZipFile, name: str, data: bytes | Path, made: str) -> dict[str, Any]:
    """Puts a file into the zip; gives its line in the package."""
    year, month, day, hour, minute, second = (int(n) for n in re.findall(r"\d+", made)[:6])
    info = ZipInfo(name, (max(year, 1980), month, day, hour, minute, second))
    found, size = hashlib.sha256(), 0
    with data.open("rb") if isinstance(data, Path) else BytesIO(data) as source:
        with archive.open(info, "w", force_zip64=isinstance(data, Path)) as out:
            while chunk := source.read(_CHUNK):
                found.update(chunk)
                size += len(chunk)
                out.write(chunk)
    return {
        "name": name.rpartition("/")[2],
        "path": name,
        "hash": f"sha256:{found.hexdigest()}",
        "bytes": size,
    }


def _record_id(*parts: str) -> str:
    return f"<urn:uuid:{uuid5(NAMESPACE_URL, ' '.join(parts))}>"


def _json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(", ", ": "))
