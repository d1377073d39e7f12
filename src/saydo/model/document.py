"""The immutable source: the clean text of one report, with what is known of where it came from."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import NamedTuple


class TimeCode(NamedTuple):
    """A subtitle cue: the text range it covers and the seconds at which it is spoken."""

    start: int
    end: int
    from_seconds: float
    to_seconds: float


@dataclass(frozen=True, slots=True)
class Document:
    """One report. ``text`` is never changed; every offset of every later record points into it.

    ``date`` is the publication date, ISO 8601 (``YYYY-MM-DD``), or None where the source has none.
    ``metadata`` holds further source facts as pairs of strings, in order.
    """

    id: str
    text: str
    date: str | None = None
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    language: str | None = None
    author: str | None = None
    source_sha256: str | None = None
    """SHA-256 of the original bytes, where the document came through intake."""
    timecodes: tuple[TimeCode, ...] = ()
    metadata: tuple[tuple[str, str], ...] = field(default=())

    @property
    def text_sha256(self) -> str:
        """SHA-256 of the UTF-8 text; lone surrogates are hashed as they stand."""
        return text_sha256(self.text)


def text_sha256(text: str) -> str:
    """SHA-256 (hex) of a text's UTF-8 bytes; ``surrogatepass`` so that any Python string has one."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
