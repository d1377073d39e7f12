"""Documents in, records out: the stateless half of saydo."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple, Protocol

from saydo import __version__
from saydo.codebook.entries import Codebook
from saydo.desk.corridor import Corridor, corridor
from saydo.desk.gazetteer import further_edition
from saydo.desk.language import look
from saydo.desk.record import assemble
from saydo.model.case import WHOLE_TEXT
from saydo.model.choices import NO_CHOICES
from saydo.model.document import Document
from saydo.model.errors import CodingError, ReaderError, SaydoError
from saydo.model.reading import Reader, Reading
from saydo.model.records import CoderInfo, Note, Record

_log = logging.getLogger("saydo.desk")
TOGETHER = 16
"""Documents handed to the reader at once; bounds what is in memory, and changes no result."""


class Failure(NamedTuple):
    """A document that could not be coded, and one line that says why."""

    document: str
    reason: str


class Line(NamedTuple):
    """A record as it is written, without the end of the line."""

    json: str
    unread: tuple[str, ...]
    """Why nothing was found in it, where the text could not be read."""


class Coding(Protocol):
    """Who codes: a :class:`Coder` in this process, or a crew of others."""

    @property
    def info(self) -> CoderInfo:
        """By whom the records will say they were coded."""
        ...

    def records(self, documents: Iterable[Document]) -> Iterator[Record | Failure]:
        """One record or failure for each document, in order; documents are drawn lazily, a few at a time."""
        ...

    def lines(self, documents: Iterable[Document]) -> Iterator[Line | Failure]:
        """The same, as lines of JSON."""
        ...


def coder_info(reader: Reader, codebook: Codebook) -> CoderInfo:
    """Who codes: enough to reproduce a record, and to see that a record was made by another version. A
    gazetteer of the user's is part of the version."""
    return CoderInfo(version=coder_version(), reader=reader.version, codebook=codebook.version)


def coder_version() -> str:
    """The version by which records say that they were coded here."""
    places = further_edition()
    return f"{__version__}+places.{places}" if places else __version__


def code_documents(
    documents: Iterable[Document],
    reader: Reader,
    codebook: Codebook,
    *,
    rooms: Corridor | None = None,
    strict: bool = False,
) -> Iterator[Record | Failure]:
    """One record for each document, in the order given; documents are drawn lazily, a few at a time.

    A document that cannot be coded gives a Failure in its place and stops nothing. With ``strict`` its
    error is raised instead, for whoever wants to see where it comes from.
    """
    return Coder(reader, codebook, rooms or corridor(), strict).records(documents)


class Coder:
    """Reader, codebook and rooms, made ready to code."""

    def __init__(self, reader: Reader, codebook: Codebook, rooms: Corridor, strict: bool = False) -> None:
        self._reader = reader
        self._codebook = codebook
        self._rooms = rooms
        self._strict = strict
        self.info = coder_info(reader, codebook)

    def records(self, documents: Iterable[Document]) -> Iterator[Record | Failure]:
        """One record or failure for each document, in order; documents are drawn lazily, a few at a time."""
        source = iter(documents)
        while together := list(islice(source, TOGETHER)):
            yield from self.code(together)

    def lines(self, documents: Iterable[Document]) -> Iterator[Line | Failure]:
        """The same, as lines of JSON."""
        for made in self.records(documents):
            yield made if isinstance(made, Failure) else line(made)

    def code(self, documents: Sequence[Document]) -> Iterator[Record | Failure]:
        """One record or failure for each document."""
        for document, reading in zip(documents, self._readings(documents), strict=True):
            if isinstance(reading, Failure):
                yield reading
                continue
            try:
                yield self.record(document, reading)
            except Exception as error:
                yield self._failure(document, error)

    def _readings(self, documents: Sequence[Document]) -> Iterator[Reading | Failure]:
        """Readings together up to the first document that fails; the rest are then read one by one, so that
        only the one at fault fails. An error that comes only when they are read together is logged."""
        done, together = 0, None
        try:
            for reading in self._reader.read_all(documents):
                done += 1
                yield reading
        except Exception as error:
            together = error
        for document in documents[done:]:
            try:
                yield self._reader.read(document)
            except Exception as error:
                together = None  # told with the document
                yield self._failure(document, error)
        if together is not None:
            _log.warning(
                "%d reports were read one by one, because reading them together failed (%s: %s); "
                "report this line",
                len(documents) - done,
                type(together).__name__,
                " ".join(str(together).split())[:200],
            )

    def record(self, document: Document, reading: Reading) -> Record:
        """The record of a document from its reading; every error is raised."""
        if reading.document.id != document.id:
            raise ReaderError(
                f"the reader gave a reading of {reading.document.id!r} for {document.id!r}; report this line"
            )
        check_text(document)
        seen = look(document.text)
        notes = (Note(about=WHOLE_TEXT, reason=seen.remark),) if seen.remark else ()
        linked = self._rooms.link(reading, self._codebook)
        coded = self._rooms.code(linked, self._codebook)
        record = assemble(linked, coded, self.info, language=seen.language, notes=notes)
        return self._weighed(record, document.text)

    def _weighed(self, record: Record, text: str) -> Record:
        """The record with the discrepancies between its own findings; numbered on from those flagged."""
        from saydo.weighing import WeighedReport

        found = self._rooms.weigh([WeighedReport(record, text)], self._codebook, NO_CHOICES).discrepancies
        if not found:
            return record
        first = len(record.discrepancies)
        numbered = tuple(d.model_copy(update={"id": f"d{first + n}"}) for n, d in enumerate(found))
        return record.model_copy(update={"discrepancies": (*record.discrepancies, *numbered)})

    def _failure(self, document: Document, error: Exception) -> Failure:
        if self._strict:
            raise error
        if isinstance(error, SaydoError):
            return Failure(document.id, str(error))
        told = " ".join(str(error).split())[:200]
        return Failure(
            document.id,
            f"could not be coded ({type(error).__name__}: {told}); report this line together with the text",
        )


def line(record: Record) -> Line:
    """A record as it is written."""
    unread = tuple(note.reason for note in record.notes if note.about == WHOLE_TEXT)
    return Line(record.model_dump_json(by_alias=True), unread)


def check_text(document: Document) -> None:
    """Raises CodingError for a document with characters that no file can hold (halves of a UTF-16 pair)."""
    for name in ("text", "id", "title", "publisher", "url", "date", "language", "author"):
        try:
            (getattr(document, name) or "").encode("utf-8")
        except UnicodeEncodeError as error:
            raise CodingError(
                f"its {name} has half of a surrogate pair at character {error.start}, which no file can "
                "hold; save it anew as UTF-8"
            ) from error
