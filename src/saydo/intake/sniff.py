"""What kind of source bytes are: magic numbers first, then the declared type, then the file name."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from saydo.intake.decode import mark, wide
from saydo.model.errors import InputError

TEXT = "text/plain"
MARKDOWN = "text/markdown"
HTML = "text/html"
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SRT = "application/x-subrip"
VTT = "text/vtt"
JSONL = "application/jsonl"
CSV = "text/csv"
WARC = "application/warc"
FEED = "application/feed+xml"
GZIP = "application/gzip"

_SUFFIXES = {
    ".txt": TEXT,
    ".text": TEXT,
    "": TEXT,
    ".md": MARKDOWN,
    ".markdown": MARKDOWN,
    ".html": HTML,
    ".htm": HTML,
    ".xhtml": HTML,
    ".pdf": PDF,
    ".docx": DOCX,
    ".srt": SRT,
    ".vtt": VTT,
    ".jsonl": JSONL,
    ".ndjson": JSONL,
    ".csv": CSV,
    ".tsv": CSV,
    ".warc": WARC,
    ".gz": GZIP,
    ".xml": FEED,
    ".rss": FEED,
    ".atom": FEED,
}
_DECLARED = {
    "text/html": HTML,
    "application/xhtml+xml": HTML,
    "application/pdf": PDF,
    DOCX: DOCX,
    "text/vtt": VTT,
    "text/markdown": MARKDOWN,
    "text/csv": CSV,
    "application/rss+xml": FEED,
    "application/atom+xml": FEED,
    "application/rdf+xml": FEED,
    "text/xml": FEED,
    "application/xml": FEED,
    "application/warc": WARC,
    "application/jsonl": JSONL,
    "application/x-ndjson": JSONL,
    "application/x-subrip": SRT,
}
_FOREIGN = (
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"ID3", "an audio file"),
    (b"OggS", "an audio or video file"),
    (b"\x1aE\xdf\xa3", "a video file"),
    (b"Rar!", "a RAR archive; unpack it first"),
    (b"7z\xbc\xaf", "a 7z archive; unpack it first"),
    (b"BZh", "a bzip2 file; unpack it first"),
    (b"\xfd7zXZ", "an xz file; unpack it first"),
    (b"(\xb5/\xfd", "a zstd file; unpack it first"),
    (b"SQLite format 3", "a SQLite database"),
    (b"{\\rtf", "a rich text file; save it as .docx or .txt"),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "an old Office file or a password-protected one; save it as .docx without a password",
    ),
)
_TWO_LETTER = {b"MZ", b"BZh", b"ID3", b"GIF8"}
"""Marks that prose may begin with too: they count only where the bytes are not text."""
_HTML_START = re.compile(rb"<(?:!doctype\s+html|html[\s>])", re.I)
_FEED_START = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]")
_SRT_START = re.compile(rb"\s{0,80}\d{1,9}[ \t]{0,80}\r?\n\s{0,80}\d{1,4}:\d\d:\d\d[,.]\d{1,4}[ \t]{0,80}-->")
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b"))


def identify(head: bytes, name: str, declared: str | None = None) -> str:
    """The media type of a source that begins with ``head`` (some 64 KB of it, or all).

    Raises InputError where it is nothing that can be read, or not what its name says.
    """
    kind = _by_magic(head)
    if kind is None:
        claimed = _claimed(name, declared)
        _refuse_foreign(head, name, claimed)
        kind = _by_start(head, claimed)
    return kind


def suffix(name: str) -> str:
    """The last suffix of a file name in lower case; only short ones count (``report.May 3`` has none)."""
    last = PurePosixPath(name).suffix.lower()
    return last if re.fullmatch(r"\.[a-z0-9]{1,8}", last) else ""


def _by_magic(head: bytes) -> str | None:
    if head.startswith(b"\x1f\x8b"):
        return GZIP
    if b"%PDF-" in head[:1024] and head.lstrip()[:1] != b"<":
        return PDF
    if head.startswith(b"WARC/"):
        return WARC
    if head.startswith(b"PK\x03\x04"):
        return _zipped(head)
    return None


def _zipped(head: bytes) -> str:
    for part, what in (
        (b"xl/", "an Excel file; save it as .csv with a column named text"),
        (b"ppt/", "a PowerPoint file; save it as .pdf"),
        (b"mimetypeapplication/epub", "an e-book; save it as .html or .txt"),
        (b"mimetypeapplication/vnd.oasis", "an OpenDocument file; save it as .docx"),
    ):
        if part in head:
            raise InputError(f"is {what}")
    if b"word/" in head or b"[Content_Types].xml" in head:
        return DOCX
    raise InputError("is a zip archive; unpack it first")


def _claimed(name: str, declared: str | None) -> str:
    """What the server, the archive or the name say it is."""
    ending = suffix(name)
    if declared in _DECLARED:
        return _DECLARED[declared]
    if declared is not None and declared.split("/")[0] in ("image", "audio", "video", "font"):
        raise InputError(f"is declared as {declared}, which is no text")
    if ending in (".doc", ".odt", ".xlsx", ".xls", ".pptx", ".epub", ".rtf"):
        raise InputError(f"there is no reader for {ending} files; save it as .docx, .pdf or .txt")
    if ending == ".json":
        raise InputError("JSON is read one document per line; save it as .jsonl")
    if ending not in _SUFFIXES and declared is None:
        raise InputError(f"there is no reader for {ending} files; rename it to .txt if it is plain text")
    return _SUFFIXES.get(ending, TEXT)


def _refuse_foreign(head: bytes, name: str, claimed: str) -> None:
    text = _is_text(head)
    named = f"is named {suffix(name)} but " if suffix(name) else ""
    for magic, what in _FOREIGN:
        if head.startswith(magic) and not (text and magic in _TWO_LETTER):
            raise InputError(f"{named}is {what}" if named else f"is {what}")
    if not text:
        raise InputError(f"{named}holds binary data, not text; give the original file or export it as text")
    if claimed in (PDF, DOCX, WARC, GZIP):
        label = {PDF: "a PDF", DOCX: "a Word file", WARC: "a web archive", GZIP: "a gzip file"}[claimed]
        raise InputError(
            f"{named or 'is declared so but '}is not {label}; it may be damaged or an error page"
        )


def _is_text(head: bytes) -> bool:
    """Whether bytes read as text in some encoding: control characters are rare in every text."""
    if mark(head) or wide(head):
        return True
    controls = len(head) - len(head.translate(None, _CONTROLS))
    try:
        # A few stray zero bytes are no reason to refuse what is otherwise UTF-8.
        head[: max(0, len(head) - 4)].decode("utf-8", "surrogatepass")
    except UnicodeDecodeError as err:
        cut = err.start >= len(head) - 8
        return controls <= (0.3 if cut else 0.01) * len(head)
    return controls <= 0.3 * len(head)


def _by_start(head: bytes, claimed: str) -> str:
    """Text kinds that announce themselves in their first line."""
    start = head[3:] if head.startswith(b"\xef\xbb\xbf") else head
    root = _past_prologue(start[:16_384])
    if _FEED_START.match(root):
        return FEED
    if _HTML_START.match(root):
        return HTML
    if claimed == FEED:
        raise InputError("is XML but neither a feed nor a web page; there is no reader for it")
    if claimed == TEXT and start.startswith(b"WEBVTT"):
        return VTT
    if claimed == TEXT and _SRT_START.match(start):
        return SRT
    return claimed


def _past_prologue(markup: bytes) -> bytes:
    """Markup from its first element on: past the XML declaration, comments and foreign doctypes."""
    while True:
        markup = markup.lstrip()
        for opening, closing in ((b"<!--", b"-->"), (b"<?", b"?>"), (b"<!", b">")):
            if markup.startswith(opening) and not _HTML_START.match(markup):
                end = markup.find(closing)
                if end < 0:
                    return b""
                markup = markup[end + len(closing) :]
                break
        else:
            return markup
