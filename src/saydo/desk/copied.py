"""The copy of a case from which a machine of a cluster weighs: made of the bytes that it is sent, and kept in
step by what it is told, portion by portion."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

from saydo.model.ledger import Card
from saydo.store import SqliteStore, connect
from saydo.store.ledger import SqliteLedger
from saydo.weighing.engine import MET
from saydo.weighing.portion import Change, Meet
from saydo.weighing.upkeep import FIXED, GROUPS

_CHUNK = 16 * 2**20


def chunks(case: Path) -> Iterator[bytes]:
    """The database of a case, as it was written last, in pieces. Raises StoreError."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / connect.DATABASE
        with closing(connect.for_reading(case)) as db, closing(sqlite3.connect(path)) as copy:
            db.backup(copy)
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                yield chunk


class Copied:
    """A copy on the disk of this machine; gone when it is closed."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="saydo-weighing-"))
        self._db: sqlite3.Connection | None = None

    def take(self, chunk: bytes) -> None:
        """The next piece of it."""
        with (self._folder / connect.DATABASE).open("ab") as file:
            file.write(chunk)

    def open(self) -> SqliteStore:
        """The case, to read, when all pieces are there."""
        self._db = sqlite3.connect(self._folder / connect.DATABASE, isolation_level=None)
        # one connection reads and writes, and nobody needs the copy when its process has ended
        for pragma in ("journal_mode = MEMORY", "synchronous = OFF", "cache_size = -65536"):
            self._db.execute(f"PRAGMA {pragma}")
        # who is named in a report that was coded anew since is not known here; it is read off the report
        self._db.execute("DELETE FROM weighing_known")
        # where the system lets go of the name of an open file, nothing is left of it however its process ends
        shutil.rmtree(self._folder, ignore_errors=True)
        return SqliteStore(self._folder, self._db, None)

    def write(self, change: Change, meet: Meet) -> None:
        """Puts into the copy what a portion has written, as far as it is asked for here."""
        assert self._db is not None, "it is not open"
        ledger = SqliteLedger(self._db)
        self._db.execute("BEGIN")
        for number in change.gone:
            for group in GROUPS:
                ledger.set_keys(number, group, ())
            ledger.set_notes(number, ())
        for document, number in change.names.items():
            ledger.put_report(number, Card(document, None, (), False), change.facts[number])
        notes: dict[int, list[tuple[int, str]]] = {}
        for key, number, text in change.notes:
            notes.setdefault(number, []).append((key, text))
        for number, keys in _by_number(change.numbers, change.keys).items():
            ledger.set_keys(number, FIXED, keys)
        for number, noted in notes.items():
            ledger.set_notes(number, noted)
        # who is found under a key that no longer is one of it has nothing under it, so that none need go
        for number, keys in _by_number(meet.numbers, meet.keys).items():
            ledger.set_keys(number, MET, ledger.keys(number, MET).union(keys))
        self._db.execute("COMMIT")

    def close(self) -> None:
        """Takes it away."""
        if self._db is not None:
            self._db.close()
        shutil.rmtree(self._folder, ignore_errors=True)


def _by_number(numbers: Iterable[int], keys: Iterable[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for number, key in zip(numbers, keys, strict=True):
        found.setdefault(number, set()).add(key)
    return found
