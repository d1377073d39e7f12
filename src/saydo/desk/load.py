"""What coding needs before the first document: a reader and a codebook."""

from __future__ import annotations

from pathlib import Path

from saydo import codebook
from saydo.codebook.entries import Codebook
from saydo.model.reading import Reader


def load_reader(name: str = "en", threads: int = 1) -> Reader:
    """The reader of that name. Raises ReaderError where there is none."""
    from saydo import reading

    return reading.load_reader(name, threads)


def load_codebook(folder: Path | None = None) -> Codebook:
    """The codebook that comes with saydo, extended by a folder where one is given. Raises CodebookError."""
    return codebook.load(folder)
