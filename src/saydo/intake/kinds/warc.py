"""Web archives: each page or document captured, with its address and the day of capture."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, BinaryIO

from saydo.intake.results import Intaken, Skipped
from saydo.intake.sniff import DOCX, HTML, MARKDOWN, PDF, TEXT
from saydo.intake.source import Facts, Source
from saydo.intake.streams import ShortReads, read_all
from saydo.model.capture import Capture
from saydo.model.errors import InputError

TakeBytes = Callable[[bytes, Source], Iterator[Intaken | Skipped]]
_HEADERS = 1_000_000
"""Bytes that the headers of one record may have."""
_CHUNK_LINE = 64
"""Longest line, in bytes, that the library asks for between the chunks of a body."""
_KEPT_HEADERS = 200
"""HTTP headers of a capture that are kept."""
_READ = {HTML, "application/xhtml+xml", PDF, DOCX, TEXT, MARKDOWN}


def read(stream: BinaryIO, source: Source, take: TakeBytes) -> Iterator[Intaken | Skipped]:
    """The reports in a web archive (``.warc``, gzipped or not).

    Captured pages, PDFs, Word and text files are read; what a browser fetches beside them (pictures, styles)
    and answers other than 200 are counted in one harmless line at the end.
    """
    from warcio.exceptions import ArchiveLoadFailed

    passed: Counter[str] = Counter()
    found = 0
    try:
        for number, record in enumerate(_records(stream), start=1):
            if record.rec_type not in ("response", "resource"):
                continue
            what = _passed_over(record)
            if what:
                passed[what] += 1
                continue
            found += 1
            yield from _taken(record, source, number, take)
    except (ArchiveLoadFailed, EOFError, OSError, UnicodeError) as err:
        reason = f"the web archive is cut short or damaged after {found} report(s) ({err})"
        yield Skipped(source.origin, " ".join(reason.split()) + "; what came before was read")
    if passed:
        listed = ", ".join(f"{count} × {what}" for what, count in sorted(passed.items()))
        yield Skipped(source.origin, f"captures that are no reports: {listed}", harmless=True)
    elif not found:
        yield Skipped(source.origin, "holds no captured page")


def _records(stream: BinaryIO) -> Iterator[Any]:
    """The records of an archive; raises ArchiveLoadFailed where one has headers without end."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.bufferedreaders import DecompressingBufferedReader
    from warcio.exceptions import ArchiveLoadFailed

    class Reader(DecompressingBufferedReader):  # type: ignore[misc]
        """Counts what is read as lines; the library would hold any length of them."""

        left = _HEADERS

        def readline(self, length: int | None = None) -> bytes:
            if length is not None and length <= _CHUNK_LINE:
                return bytes(super().readline(length))
            line = bytes(super().readline(min(length or self.left, self.left)))
            self.left -= len(line)
            if self.left <= 0:
                raise ArchiveLoadFailed(f"a record has headers of over {_HEADERS:,} bytes")
            return line

    archive = ArchiveIterator(ShortReads(stream))
    reader = archive.reader = Reader(archive.fh)
    for record in archive:
        yield record
        reader.left = _HEADERS


def _passed_over(record: Any) -> str | None:
    """Why a capture is no report, or None if it may be one."""
    if record.rec_type == "response":
        status = record.http_headers.get_statuscode() if record.http_headers else None
        if status != "200":
            return f"status {status}"
    declared = _content_type(record)[0]
    return None if declared is None or declared in _READ else declared


def _content_type(record: Any) -> tuple[str | None, str | None]:
    headers = record.http_headers if record.rec_type == "response" else record.rec_headers
    value = headers.get_header("Content-Type") if headers else None
    if not value:
        return None, None
    kind, _, rest = value.partition(";")
    charset = rest.partition("charset=")[2].split(";")[0].strip(" \"'")
    return kind.strip().lower() or None, charset or None


def _taken(record: Any, source: Source, number: int, take: TakeBytes) -> Iterator[Intaken | Skipped]:
    url = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>") or None
    captured = record.rec_headers.get_header("WARC-Date")
    declared, charset = _content_type(record)
    origin = f"{source.origin}:{url or number}"
    extra = (("captured", captured),) if captured else ()
    part = Source(
        origin=origin,
        name=(url or "").partition("?")[0].rsplit("/", 1)[-1],
        limits=source.limits,
        fetcher=source.fetcher,
        parser=source.parser,
        media_type=declared,
        charset=charset,
        facts=Facts(url=url, extra=extra),
    )
    try:
        data = read_all(record.content_stream(), source.limits.max_unpacked_bytes, "for one capture")
        _check_whole(record)
    except InputError as err:
        yield Skipped(origin, str(err))
        return
    yield from take(data, replace(part, capture=_capture(record, url, data, source.origin)))


def _capture(record: Any, url: str | None, data: bytes, archive: str) -> Capture | None:
    """What the archive says of the capture; None where it holds no answer of a server."""
    captured = record.rec_headers.get_header("WARC-Date")
    if record.rec_type != "response" or not url or not captured or record.http_headers is None:
        return None
    # the library hands bytes that are no ASCII on as they are
    head = tuple(
        (str(name), str(value).encode("utf-8", "replace").decode())
        for name, value in record.http_headers.headers[:_KEPT_HEADERS]
    )
    payload = hashlib.sha256(data).hexdigest()
    return Capture(captured, url, url, 200, head, payload, f"taken from {archive}")


def _check_whole(record: Any) -> None:
    """Raises InputError where the archive ends inside a capture, which the library lets pass."""
    while record.raw_stream.read(65_536):
        pass
    if getattr(record.raw_stream, "limit", 0) > 0:
        raise InputError("the web archive is cut short inside this capture; get a complete copy")
