"""What coding needs before the first document: a reader and a codebook."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from saydo import codebook
from saydo.codebook.entries import Codebook
from saydo.model.errors import ReaderError
from saydo.model.reading import Reader


def load_reader(name: str = "en", threads: int = 1) -> Reader:
    """The reader that comes with saydo for a language, or with ``MODULE:NAME`` one of your own: a class or
    function of an installed module that gives a :class:`saydo.model.reading.Reader` when called.

    Raises ReaderError where there is none.
    """
    if ":" in name:
        return _own(name)
    from saydo import reading

    return reading.load_reader(name, threads)


def _own(name: str) -> Reader:
    module, _, attribute = name.partition(":")
    try:
        make = getattr(import_module(module), attribute)
    except (ImportError, AttributeError, ValueError) as error:
        raise ReaderError(
            f"there is no reader {name!r} ({error}); write MODULE:NAME of an installed module"
        ) from None
    if not callable(make):
        raise ReaderError(f"{name!r} gives no reader: it cannot be called; name a class or a function")
    reader: Reader = make()
    for needed in ("version", "read", "read_all"):
        if not hasattr(reader, needed):
            raise ReaderError(
                f"{name!r} gives no reader: it has no {needed!r}; see saydo.model.reading.Reader"
            )
    return reader


def load_codebook(folder: Path | None = None) -> Codebook:
    """The codebook that comes with saydo, extended by a folder where one is given. Raises CodebookError."""
    return codebook.load(folder)
