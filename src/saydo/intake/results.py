"""What intake hands on: a document with its original bytes, or what was skipped and why."""

from __future__ import annotations

from dataclasses import dataclass

from saydo.model.capture import Capture
from saydo.model.document import Document


@dataclass(frozen=True, slots=True)
class Intaken:
    """One report taken in.

    ``original`` holds the bytes as the source gave them (``document.source_sha256`` is their SHA-256): the
    file, unpacked where it was gzipped; the line of a JSONL file; the header and the row of a CSV file; the
    payload of a capture; the page. ``origin`` says where it came from, for a person.
    """

    document: Document
    original: bytes
    media_type: str
    origin: str
    capture: Capture | None = None
    """How it came from the web; None for a file."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that did not become a document, with one line saying why and what to do.

    ``harmless`` marks what loses nothing: the same report given twice, images in a web archive.
    """

    origin: str
    reason: str
    harmless: bool = False
