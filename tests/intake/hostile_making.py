"""Files made to harm whoever parses them, at a size to choose, and small well-formed ones to grow others from."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import Any

from intake_making import pdf

from saydo.intake.parsers import serve as serve_well

ARTICLE = "The council of Osh met on Sunday. Nobody spoke of the bridge, and the mayor left early."
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def serve(messages: Iterator[Any], tell: Callable[[Any], None]) -> None:
    """The parser's child, which some words in a file kill or hold up, as a fault of a library would."""
    import os
    import signal
    import time

    def harmed() -> Iterator[Any]:
        for kind, data, source in messages:
            if b"SEGFAULT" in data:
                os.kill(os.getpid(), signal.SIGSEGV)
            if b"NEVER ENDS" in data:
                time.sleep(600)
            yield kind, data, source

    serve_well(harmed(), tell)


def docx(document: bytes, more: dict[str, bytes] | None = None) -> bytes:
    """A Word file around the given ``document.xml``."""
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override '
        f'PartName="/word/document.xml" ContentType="{main}"/></Types>'.encode(),
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'.encode(),
        "word/document.xml": document,
        **(more or {}),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return out.getvalue()


def word_xml(inner: bytes, prologue: bytes = b"") -> bytes:
    """A ``document.xml`` with something in its one paragraph."""
    return (
        prologue
        + f'<w:document xmlns:w="{_WORD}"><w:body><w:p><w:r><w:t>'.encode()
        + inner
        + b"</w:t></w:r></w:p></w:body></w:document>"
    )


def laughs(depth: int = 9) -> bytes:
    """Entities that each stand for ten of the one before: ten to the power of ``depth`` words in the end."""
    lines = [b"<!DOCTYPE x [", b'<!ENTITY e0 "ha">']
    lines += [b'<!ENTITY e%d "%s">' % (n, b"&e%d;" % (n - 1) * 10) for n in range(1, depth + 1)]
    return b"\n".join([*lines, b"]>\n"])


def stranger(path: str) -> bytes:
    """An entity that stands for a file of this machine."""
    return f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{path}">]>\n'.encode()


def feed(title: bytes, prologue: bytes = b"") -> bytes:
    """A feed of one entry."""
    return (
        b'<?xml version="1.0"?>\n' + prologue + b"<rss version='2.0'><channel><title>" + title + b"</title>"
        b"<item><title>Bridge</title><description>"
        + ARTICLE.encode()
        + b"</description></item></channel></rss>"
    )


def page(body: bytes) -> bytes:
    """A web page."""
    return b"<html><head><title>Bridge</title></head><body>" + body + b"</body></html>"


def packed_page(size: int) -> bytes:
    """A PDF whose one page is drawn by so many bytes, packed to next to nothing."""
    packed = zlib.compress(b"BT /F1 11 Tf 72 700 Td (Bridge) Tj ET\n" + b" " * size, 9)
    whole = pdf([[(72, 700, "Bridge")]])
    begin = whole.index(b"4 0 obj")
    end = whole.index(b"endobj", begin)
    drawn = b"4 0 obj\n<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream\n" % (len(packed), packed)
    return whole[:begin] + drawn + whole[end:]


def warc(*bodies: bytes, headers: bytes = b"") -> bytes:
    """A web archive of pages; the first record has the further headers."""
    out = b""
    for number, body in enumerate(bodies):
        answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
        out += (
            b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:%036d>\r\n" % number
            + b"WARC-Target-URI: http://post.example/%d\r\nWARC-Date: 2021-03-04T05:06:07Z\r\n" % number
            + b"Content-Type: application/http; msgtype=response\r\n"
            + (headers if not number else b"")
            + b"Content-Length: %d\r\n\r\n" % len(answer)
            + answer
            + b"\r\n\r\n"
        )
    return out


def corpus() -> dict[str, bytes]:
    """A small file of every kind that is read; what is fuzzed is grown from these."""
    line = json.dumps({"id": "a", "text": ARTICLE, "date": "2021-03-04", "title": "Bridge"}).encode() + b"\n"
    return {
        "plain.txt": b"Title: Bridge\nDate: 2021-03-04\n\n" + ARTICLE.encode(),
        "notes.md": b"# Bridge\n\n" + ARTICLE.encode() + b"\n\n| a | b |\n|---|---|\n| [x](y) | `z` |\n",
        "page.html": page(b"<p>" + ARTICLE.encode() + b"</p><table><tr><td>1</td></tr></table>"),
        "paper.pdf": pdf([[(72, 700, "The council met."), (72, 686, "Nobody spoke.")]], title="Bridge"),
        "letter.docx": docx(word_xml(ARTICLE.encode())),
        "talk.srt": b"1\n00:00:01,000 --> 00:00:03,500\nThe council met.\n\n2\n00:00:04,000 --> 00:00:06,000\nYes.\n",
        "talk.vtt": b"WEBVTT\n\n00:01.000 --> 00:03.500\n<v Ann>The council met.\n\n00:04.000 --> 00:06.000\nYes.\n",
        "wire.jsonl": line + b'{"text": "Second."}\n',
        "table.csv": b'id,text,date\n1,"The council, met.",2021-03-04\n2,Second.,\n',
        "capture.warc": warc(page(b"<p>" + ARTICLE.encode() + b"</p>")),
        "feed.xml": feed(b"Post"),
        "wire.jsonl.gz": gzip.compress(line, mtime=0),
    }
