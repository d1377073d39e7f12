"""What was taken in already: files, bytes and ids, on the disk, so that memory does not grow with them."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from saydo.intake.results import Intaken, Skipped
from saydo.model.errors import InputError

_TABLES = """
CREATE TABLE files (device TEXT, number TEXT, origin BLOB, PRIMARY KEY (device, number)) WITHOUT ROWID;
CREATE TABLE bytes (digest BLOB PRIMARY KEY, origin BLOB) WITHOUT ROWID;
CREATE TABLE ids (id BLOB PRIMARY KEY, digest BLOB, origin BLOB) WITHOUT ROWID;
"""


class Known:
    """A private database without a name, which SQLite keeps in the folder for temporary files (set TMPDIR for
    another) and which goes away when it is closed. Some 200 bytes a report."""

    def __init__(self) -> None:
        self._db = sqlite3.connect("", isolation_level=None)
        self._db.executescript("PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF; BEGIN;" + _TABLES)

    def close(self) -> None:
        """Forgets all."""
        self._db.close()

    def file(self, identity: tuple[int, int], origin: str) -> str | None:
        """The origin under which this very file was already read, if it was."""
        device, number = map(str, identity)  # beyond what SQLite's integers hold, on some systems
        row = self._one("SELECT origin FROM files WHERE device = ? AND number = ?", device, number)
        if row is not None:
            return _text(row[0])
        self._put("INSERT INTO files VALUES (?, ?, ?)", device, number, _blob(origin))
        return None

    def judged(self, item: Intaken | Skipped) -> Intaken | Skipped:
        """The item, or in its place why it is not taken a second time."""
        if isinstance(item, Skipped):
            return item
        document = item.document
        digest = bytes.fromhex(document.source_sha256 or document.text_sha256)
        row = self._one("SELECT origin FROM bytes WHERE digest = ?", digest)
        if row is not None:
            return Skipped(item.origin, f"the same bytes as {_text(row[0])}", harmless=True)
        text, id = bytes.fromhex(document.text_sha256), _blob(document.id)
        held = self._one("SELECT digest, origin FROM ids WHERE id = ?", id)
        if held is not None and held[0] != text:
            other = _text(held[1])
            return Skipped(
                item.origin,
                f"its id {document.id!r} is already that of another report ({other}); give it its own",
            )
        self._put("INSERT INTO bytes VALUES (?, ?)", digest, _blob(item.origin))
        if held is not None:
            return Skipped(item.origin, f"the same text as {_text(held[1])}", harmless=True)
        self._put("INSERT INTO ids VALUES (?, ?, ?)", id, text, _blob(item.origin))
        return item

    def _one(self, query: str, *values: object) -> tuple[bytes, ...] | None:
        with closing(self._db.execute(query, values)) as rows:
            found: tuple[bytes, ...] | None = rows.fetchone()
            return found

    def _put(self, query: str, *values: object) -> None:
        try:
            self._db.execute(query, values)
        except sqlite3.OperationalError as error:
            raise InputError(
                f"the folder for temporary files cannot be written ({error}); make room, or set TMPDIR"
            ) from error


def _blob(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _text(blob: bytes) -> str:
    return blob.decode("utf-8", "surrogatepass")
