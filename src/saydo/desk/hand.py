"""What a process of a crew does: makes its coder, then codes what it is given, a document after the other."""

from __future__ import annotations

import pickle
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from saydo.desk.coder import Coder, Failure, Line, line
from saydo.desk.corridor import corridor
from saydo.desk.gazetteer import check_gazetteer
from saydo.desk.load import load_codebook, load_reader
from saydo.model.records import CoderInfo

MakeCoder = Callable[[], Coder]
"""Makes a coder; pickled, so a function of a module, or a ``partial`` of one."""


class Ready(NamedTuple):
    """The coder is made."""

    info: CoderInfo


class Raised(NamedTuple):
    """An error that is to be raised where the crew is asked."""

    error: bytes | None
    """The error, where it can travel."""
    told: str
    """Where it comes from."""


class Done(NamedTuple):
    """The next document of the task at work is coded, or cannot be."""

    made: Line | Failure


def make_coder(reader: str = "en", threads: int = 1, book: Path | None = None, strict: bool = False) -> Coder:
    """A coder from names, as a process of a crew makes it. Raises ReaderError and CodebookError."""
    codebook = load_codebook(book)
    check_gazetteer()
    return Coder(load_reader(reader, threads, codebook), codebook, corridor(), strict)


def work(messages: Iterator[Any], tell: Callable[[Any], None]) -> None:
    """The whole life of the process: first how to make the coder, then lists of documents."""
    try:
        make: MakeCoder = next(messages)
        coder = make()
        tell(Ready(coder.info))
        for documents in messages:
            for made in coder.code(documents):
                tell(Done(made if isinstance(made, Failure) else line(made)))
    except Exception as error:
        tell(Raised(_packed(error), traceback.format_exc()))


def _packed(error: Exception) -> bytes | None:
    try:
        packed = pickle.dumps(error)
        pickle.loads(packed)
    except Exception:  # an error may hold anything; its traceback stands for it then
        return None
    return packed
