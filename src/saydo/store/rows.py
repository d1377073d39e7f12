"""Between database rows and the corridor's types, and sequences that read one row at a time."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar, overload

from saydo.model.case import CaseActor, CaseDocument
from saydo.model.document import Document, TimeCode
from saydo.model.records import Actor, Record
from saydo.store.guard import guard
from saydo.store.migrate import parse

T = TypeVar("T")

DOCUMENT = (
    "id, text, text_sha256, words, origin, date, title, publisher, url, language, author, source, timecodes, "
    "metadata"
)
"""The columns that :func:`case_document` takes, in its order."""
_FIELDS = tuple("source_sha256" if name == "source" else name for name in DOCUMENT.split(", "))


def case_document(row: Sequence[Any]) -> CaseDocument:
    """A report as exports see it."""
    values = dict(zip(_FIELDS, row, strict=True))
    timecodes, metadata = values.pop("timecodes"), values.pop("metadata")
    return CaseDocument(
        **values,
        timecodes=tuple(TimeCode(*cue) for cue in json.loads(timecodes)),
        metadata=tuple((key, value) for key, value in json.loads(metadata)),
    )


def document(row: Sequence[Any]) -> Document:
    """A report as the coder takes it."""
    held = case_document(row)
    return Document(
        id=held.id,
        text=held.text,
        date=held.date,
        title=held.title,
        publisher=held.publisher,
        url=held.url,
        language=held.language,
        author=held.author,
        source_sha256=held.source_sha256,
        timecodes=held.timecodes,
        metadata=held.metadata,
    )


def case_actor(row: Sequence[Any]) -> CaseActor:
    """An actor from ``json, documents, mentions, events, ties, statements``."""
    text, documents, mentions, events, ties, statements = row
    return CaseActor(
        Actor.model_validate_json(text), tuple(json.loads(documents)), mentions, events, ties, statements
    )


class Rows(Sequence[T]):
    """A sequence over rows of a case, each read and made into its type when asked for."""

    def __init__(
        self, db: sqlite3.Connection, folder: Path, keys: Sequence[int], query: str, make: Callable[[Any], T]
    ) -> None:
        self._db = db
        self._folder = folder
        self._keys = keys
        self._query = query
        self._make = make

    def __len__(self) -> int:
        return len(self._keys)

    @overload
    def __getitem__(self, index: int) -> T: ...

    @overload
    def __getitem__(self, index: slice) -> Rows[T]: ...

    def __getitem__(self, index: int | slice) -> T | Rows[T]:
        if isinstance(index, slice):
            return Rows(self._db, self._folder, self._keys[index], self._query, self._make)
        with guard(self._folder):
            row = self._db.execute(self._query, (self._keys[index],)).fetchone()
        return self._make(row)

    def __iter__(self) -> Iterator[T]:
        return (self[n] for n in range(len(self._keys)))


def documents(db: sqlite3.Connection, folder: Path) -> Rows[CaseDocument]:
    """All reports in order."""
    keys = positions(db, "SELECT position FROM documents ORDER BY position")
    return Rows(db, folder, keys, f"SELECT {DOCUMENT} FROM documents WHERE position = ?", case_document)


def records(db: sqlite3.Connection, folder: Path) -> Rows[Record]:
    """All records in the order of their reports."""
    keys = positions(db, "SELECT document FROM records ORDER BY document")
    query = "SELECT json FROM records WHERE document = ?"
    return Rows(db, folder, keys, query, lambda row: parse(row[0], folder))


def positions(db: sqlite3.Connection, query: str, values: Sequence[Any] = ()) -> list[int]:
    """The single integer column of a query."""
    return [position for (position,) in db.execute(query, tuple(values))]
