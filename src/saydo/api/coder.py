"""Texts in, reports with their findings out."""

from __future__ import annotations

import warnings
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, Literal, NamedTuple

from saydo import desk
from saydo.api.frames import iso_day
from saydo.api.report import Report, coded
from saydo.model.document import Document, text_sha256
from saydo.model.errors import CodingError, InputError, ReaderError
from saydo.model.reading import Reader
from saydo.model.records import CoderInfo, Record

Text = str | tuple[str, Mapping[str, Any]] | Mapping[str, Any]
"""A text; a text with what is known of it; or a mapping with ``text`` and what is known of it."""
KNOWN = ("id", "date", "title", "publisher", "url", "language", "author")
"""What is read of what is known of a text; anything else is kept in ``Report.meta``."""


class NotCoded(UserWarning):
    """A text of many could not be coded; the line says which and why."""


def load(reader: str | Reader = "en", *, codebook: str | Path | None = None, threads: int = 1) -> Coder:
    """A coder, ready to code: the first text takes no longer than the second.

    ``reader``: ``en``, the reader that comes with saydo; ``spacy:NAME`` for a pipeline of spaCy;
    ``MODULE:NAME`` or a :class:`saydo.model.reading.Reader` of your own. ``codebook``: a folder that extends
    or replaces entries of the shipped one. ``threads``: processor threads of the reader; the findings are the
    same with any number. Nothing is fetched, and nothing but memory (about 700 MB) is used.

    Raises ReaderError where there is no such reader, CodebookError where the codebook has faults.
    """
    book = Path(codebook) if codebook is not None else None
    if book is None and isinstance(reader, str) and not reader.startswith("spacy:"):
        # what the reader does outside of Python (unpacking, ONNX Runtime) goes on beside the imports
        with ThreadPoolExecutor(1) as beside:
            reading = beside.submit(desk.load_reader, reader, threads)
            rooms = desk.corridor()
            vocabulary = desk.load_codebook()
            desk.check_gazetteer()
            loaded: Reader = reading.result()
    else:
        rooms = desk.corridor()
        vocabulary = desk.load_codebook(book)
        desk.check_gazetteer()
        loaded = desk.load_reader(reader, threads, vocabulary) if isinstance(reader, str) else reader
    made = desk.Coder(loaded, vocabulary, rooms)
    if isinstance(reader, str):
        _warm(made)
    name = reader if isinstance(reader, str) else None
    return Coder(made, partial(desk.make_coder, name, threads, book) if name is not None else None)


def _warm(made: desk.Coder) -> None:
    """Codes a line once, so that what is made ready when it is first needed is ready."""
    line = "On Monday the ministry denied that its soldiers had attacked the town of Gao."
    for _ in made.records([Document("warm", line, date="2019-05-09")]):
        pass


class _Taken(NamedTuple):
    """A text as it was given: as a document, or why it is none."""

    document: Document
    meta: dict[str, Any]
    fault: str | None


class Coder:
    """Codes texts. Made by :func:`saydo.load`; one serves any number of texts and keeps none."""

    def __init__(self, made: desk.Coder, again: Any = None) -> None:
        self._made, self._again = made, again

    @property
    def info(self) -> CoderInfo:
        """Version, reader and codebook, as they stand in every record."""
        return self._made.info

    def __call__(
        self,
        text: str,
        *,
        date: object = None,
        id: str | None = None,
        title: str | None = None,
        publisher: str | None = None,
        url: str | None = None,
        author: str | None = None,
    ) -> Report:
        """Codes one text. ``date`` is the day of publication (ISO text, ``date``, ``datetime`` or Timestamp):
        without it "on Tuesday" stays undated, with a note that says so.

        Raises CodingError where it cannot be coded, and InputError where text or date are none.
        """
        known = {"id": id, "title": title, "publisher": publisher, "url": url, "author": author}
        taken = _taken((text, {**known, "date": date}))
        if taken.fault is not None:
            raise InputError(taken.fault)
        (outcome,) = self._made.records([taken.document])
        if isinstance(outcome, desk.Failure):
            raise CodingError(outcome.reason)
        return coded(taken.document, outcome, None, taken.meta)

    def pipe(
        self,
        texts: Iterable[Text],
        *,
        workers: int = 1,
        errors: Literal["warn", "raise", "keep"] = "warn",
    ) -> Iterator[Report]:
        """Codes many texts: one report for each, in their order, a few in memory at a time.

        Each of ``texts`` is a text, a pair of a text and a mapping, or a mapping with ``text``; ``id``,
        ``date``, ``title``, ``publisher``, ``url``, ``language`` and ``author`` of the mapping are read, and
        anything else is kept in :attr:`Report.meta`. So rows of a table go in as they are:
        ``coder.pipe(frame.to_dict("records"))``. With ``workers`` that many processes code (each needs about
        700 MB); the findings are the same.

        A text that cannot be coded stops nothing: it gives a report without findings whose
        :attr:`Report.failure` says why, and a warning of the kind NotCoded. ``errors="keep"`` leaves the
        warning out; ``errors="raise"`` raises CodingError instead.
        """
        if errors not in ("warn", "raise", "keep"):
            raise InputError(f"errors={errors!r} is unknown; choose 'warn', 'raise' or 'keep'")
        if workers < 1:
            raise InputError(f"{workers} workers cannot code; give 1 or more")
        if workers > 1 and self._again is None:
            raise ReaderError("workers need a reader that has a name; an object cannot be sent to them")
        return self._piped(texts, workers, errors)

    def _piped(self, texts: Iterable[Text], workers: int, errors: str) -> Iterator[Report]:
        if workers == 1:
            yield from self._reports(texts, self._made, errors)
            return
        with desk.Crew(self._again, workers) as crew:
            yield from self._reports(texts, crew, errors)

    def _reports(self, texts: Iterable[Text], by: desk.Coder | desk.Crew, errors: str) -> Iterator[Report]:
        waiting: deque[tuple[int, _Taken]] = deque()

        def documents() -> Iterator[Document]:
            for number, text in enumerate(texts):
                taken = _taken(text)
                waiting.append((number, taken))
                if taken.fault is None:
                    yield taken.document

        for outcome in by.records(documents()):
            while waiting[0][1].fault is not None:
                yield _report(*waiting.popleft(), None, errors)
            yield _report(*waiting.popleft(), outcome, errors)
        while waiting:
            yield _report(*waiting.popleft(), None, errors)

    def __repr__(self) -> str:
        info = self.info
        return f"<Coder saydo {info.version}, reader {info.reader}, codebook {info.codebook}>"


def _report(number: int, taken: _Taken, outcome: Record | desk.Failure | None, errors: str) -> Report:
    if isinstance(outcome, Record):
        return coded(taken.document, outcome, None, taken.meta)
    reason = outcome.reason if outcome is not None else taken.fault or ""
    if errors == "raise":
        raise CodingError(f"text {number} (from 0): {reason}")
    if errors == "warn":
        warnings.warn(f"text {number} (from 0) was not coded: {reason}", NotCoded, stacklevel=4)
    return coded(taken.document, None, reason, taken.meta)


def _taken(given: Any) -> _Taken:
    """What somebody handed over, as a document."""
    known: dict[str, Any] = {}
    text = given
    if isinstance(given, Mapping):
        known = dict(given)
        text = known.pop("text", None)
    elif isinstance(given, tuple) and len(given) == 2 and isinstance(given[1], Mapping):
        text, known = given[0], dict(given[1])
    fault = None if isinstance(text, str) else f"it is no text but {_named(text)}"
    text = text if isinstance(text, str) else ""
    own = {key: known.pop(key, None) for key in KNOWN}
    day = None
    try:
        day = iso_day(own.pop("date"))
    except InputError as error:
        fault = fault or str(error)
    told: dict[str, Any] = {
        key: str(value) for key, value in own.items() if value is not None and value == value
    }
    id = told.pop("id", None) or text_sha256(text)
    return _Taken(Document(id=id, text=text, date=day, **told), known, fault)


def _named(given: object) -> str:
    """What something is, for a person."""
    return "nothing" if given is None or given != given else f"a {type(given).__name__}"
