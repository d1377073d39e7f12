"""Bytes to text: byte order marks, the declared encoding, UTF-8, and only then a guess."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from saydo.model.errors import InputError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 65_536
_WESTERN_SHARE = 0.1
"""Up to this share of non-ASCII bytes a single-byte text is taken for Western European: English text with a
few accents or curly quotes, for which a statistical guess has too little to go on."""


class Decoded(NamedTuple):
    """The text without its byte order mark, the encoding it was in, and what was lost, if anything."""

    text: str
    encoding: str
    damage: str | None = None


def mark(data: bytes) -> tuple[str, int] | None:
    """The encoding that a leading byte order mark names, and the mark's length in bytes."""
    for prefix, encoding in _MARKS:
        if data.startswith(prefix):
            return encoding, len(prefix)
    return None


def wide(data: bytes) -> str | None:
    """UTF-16 without a mark, told by where the zero bytes of its ASCII characters stand."""
    head = data[:4096]
    half = len(head) // 2
    if half < 4:
        return None
    even, odd = head[0::2].count(0) / half, head[1::2].count(0) / half
    if odd > 0.4 and even < 0.05:
        return "utf-16-le"
    if even > 0.4 and odd < 0.05:
        return "utf-16-be"
    return None


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """The text of ``data``; raises InputError where no encoding gives text.

    ``declared`` is what a header or the page itself names; it is believed only if the bytes bear it out.
    UTF-8 may hold encoded lone surrogates: they survive.
    """
    if marked := mark(data):
        encoding, length = marked
        return _exactly(data[length:], encoding)
    for candidate in (declared, wide(data), "utf-8"):
        if candidate is None:
            continue
        text = _strictly(data, candidate)
        if text is not None:
            return Decoded(text, codecs.lookup(candidate).name)
    return _damaged_utf8(data) or _guess(data)


def encoding_of(head: bytes) -> str:
    """The encoding of a stream told from its first bytes (which may end inside a character)."""
    if marked := mark(head):
        return marked[0]
    whole = head.rsplit(b"\n", 1)[0] if b"\n" in head else head
    return decode(whole).encoding


def _exactly(data: bytes, encoding: str) -> Decoded:
    text = _strictly(data, encoding)
    if text is not None:
        return Decoded(text, encoding)
    text = data.decode(encoding, "replace")
    return Decoded(text, encoding, _loss(text))


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        if codecs.lookup(encoding).name == "utf-8":
            return data.decode("utf-8", "surrogatepass")
        text = data.decode(encoding)
    except (UnicodeError, LookupError):
        return None
    # Codecs such as "hex" or "rot13" can be named too, but do not give text from bytes.
    return text if isinstance(text, str) else None


def _loss(text: str) -> str:
    return f"{text.count(chr(0xFFFD))} undecodable places replaced by U+FFFD"


def _damaged_utf8(data: bytes) -> Decoded | None:
    """UTF-8 with a few broken bytes: far more whole multi-byte characters than broken ones."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = len(re.findall("[^\x00-\x7f\ufffd]", text))
    return Decoded(text, "utf-8", _loss(text)) if whole >= 10 * broken else None


def _guess(data: bytes) -> Decoded:
    high = len(re.findall(rb"[\x80-\xff]", data))
    if high <= len(data) * _WESTERN_SHARE:
        text = _strictly(data, "cp1252")
        if text is not None:
            return Decoded(text, "cp1252")
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE]).best()
    if best is not None:
        text = _strictly(data, best.encoding)
        if text is not None:
            return Decoded(text, best.encoding)
    raise InputError("the encoding cannot be told; save the file as UTF-8")
