"""What coding needs before the first document: a reader and a codebook."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from saydo import codebook
from saydo.codebook.entries import Codebook
from saydo.model.errors import ReaderError
from saydo.model.reading import Reader

_PIPELINE = "spacy:"


def load_reader(name: str = "en", threads: int = 1, codebook: Codebook | None = None) -> Reader:
    """The reader that comes with saydo for a language; with ``spacy:NAME`` one made from a spaCy pipeline, an
    installed one or a folder; with ``MODULE:NAME`` one of your own: a class or function of an installed
    module that gives a :class:`saydo.model.reading.Reader` when called.

    ``codebook`` tells a spaCy pipeline's reader the verbs of saying; the shipped one if None. Raises
    ReaderError where there is no such reader.
    """
    if name.startswith(_PIPELINE):
        from saydo.reading.spacy_reader import load_pipeline

        return load_pipeline(name.removeprefix(_PIPELINE), codebook)
    if ":" in name:
        return _own(name)
    from saydo import reading

    return reading.load_reader(name, threads, pairs=True)


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
