"""Checks a case against its audit log: whether entries, decisions, runs, reports and originals are what they
were when they were written. Reads everything as it lies there and trusts none of it."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from saydo.model.audit import START, Checked, Entry, Fault, Head, Where, canonical, line_hash
from saydo.model.errors import StoreError
from saydo.store import audit, connect
from saydo.store.guard import guard
from saydo.store.migrate import check
from saydo.store.originals import check_originals
from saydo.store.schema import MIGRATIONS
from saydo.store.schema_audit import TRIGGERS
from saydo.store.seam import each

Tell = Callable[[int], None]
_KINDS = ("begun", "run", "run-ended", "report", "decision")


class _Told(NamedTuple):
    """An entry whose line could be read."""

    number: int
    kind: str
    of: Mapping[str, Any]
    at: str


def verify(
    folder: Path, heads: Sequence[Head] = (), *, originals: bool = True, tell: Tell = lambda done: None
) -> Checked:
    """Checks a whole case; ``heads`` are what was known of its log before. ``tell`` is told of each entry and
    original that was looked at. Raises StoreError only where the case cannot be read at all."""
    db = connect.for_reading(folder)
    try:
        with guard(folder):
            # bytes that are no text must not stop the check: they differ from what was written, that is all
            db.text_factory = lambda data: data.decode("utf-8", "surrogateescape")
            if check(db, folder) < SINCE:
                raise StoreError(
                    f"case {folder}: an older saydo made it, so it has no audit log yet; begin one with: "
                    f"saydo audit head --case {folder}"
                )
            db.execute("BEGIN")
            return Check(db, folder, tell).all(heads, originals)
    finally:
        db.close()


SINCE = next(m.number for m in MIGRATIONS if m.then is audit.adopt)
_LARGEST = 2**63 - 1


def copy_database(folder: Path, target: Path) -> tuple[Head, frozenset[str]]:
    """Copies a case's database, whole as of one moment, into a new file; gives the head of its log and the
    digests of its originals. Raises StoreError."""
    db = connect.for_reading(folder)
    try:
        with guard(folder):
            copy = sqlite3.connect(target)
            try:
                db.backup(copy, pages=4096)
                copy.execute("PRAGMA journal_mode = DELETE")
                found = audit.head(copy)
                originals = frozenset(str(sha256) for (sha256,) in copy.execute("SELECT sha256 FROM sources"))
            finally:
                copy.close()
    finally:
        db.close()
    if found is None:
        raise StoreError(f"case {folder}: its audit log was deleted; see: saydo verify --case {folder}")
    return found, originals


class Check:
    """One check of one case; see :func:`verify`."""

    def __init__(self, db: sqlite3.Connection, folder: Path, tell: Tell) -> None:
        self._db = db
        self._folder = folder
        self._tell = tell
        self._faults: list[Fault] = []
        self._seen: dict[str, set[int]] = {kind: set() for kind in ("run", "run-ended", "report", "decision")}
        self._last: Head | None = None
        self._count = self._adopted = 0
        self._since = ""

    def all(self, heads: Sequence[Head], originals: bool) -> Checked:
        """Everything in turn."""
        self._guards()
        wanted: dict[int, list[Head]] = {}
        for known in heads:
            wanted.setdefault(known.number, []).append(known)
        for told in self._chain(wanted):
            self._tell(1)
            self._compare(told)
        self._truncated(heads)
        counts = [self._unlogged(*each) for each in _TABLES]
        read = 0
        if originals:
            read = self._originals()
        return Checked(
            self._last, self._count, counts[0], counts[1], counts[2], read, self._adopted, self._since,
            tuple(self._faults),
        )  # fmt: skip

    def _originals(self) -> int:
        return check_originals(self._db, self._folder, self._faults, self._tell)

    def _fault(self, where: Where, what: object, line: str) -> None:
        self._faults.append(Fault(where, str(what), line))

    def _entry_fault(self, number: int, line: str) -> None:
        self._fault("log", number, f"entry {number} of the log {line}")

    def _guards(self) -> None:
        held = dict(self._db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
        self._compare_guards(held, TRIGGERS)

    def _compare_guards(self, held: Mapping[str, str], known: Mapping[str, str]) -> None:
        for name, statement in known.items():
            if held.get(name) != statement:
                done = "was changed" if name in held else "is gone"
                self._fault("guard", name, f"the guard {name} {done}: somebody made room to change the case")

    def _chain(self, heads: Mapping[int, Sequence[Head]]) -> Iterator[_Told]:
        """The entries that can be read, after looking at how each stands in the chain."""
        query = "SELECT number, line, hash, decision FROM audit ORDER BY number"
        previous, due = START, 1
        for number, line, hash, decision in each(self._db, query):
            if number < 1:
                self._entry_fault(number, "was put in before its beginning")
            elif number != due:
                gone = f"entry {due}" if number == due + 1 else f"entries {due} to {number - 1}"
                self._fault("log", due, f"{gone} of the log: deleted")
            due, self._count = max(number, 0) + 1, self._count + 1
            told = self._entry(Entry(number, str(line), str(hash)), previous)
            for known in heads.get(number, ()):
                if known.hash != hash:
                    self._entry_fault(
                        number,
                        f"has the hash {str(hash)[:16]}…, and had {known.hash[:16]}… when that head was "
                        "kept: the log was written anew up to there",
                    )
            previous = str(hash)
            self._last = Head(number, previous, told.at if told else "")
            if told is not None:
                if (told.of.get("number") if told.kind == "decision" else None) != decision:
                    self._entry_fault(number, "is filed under another decision than its own")
                yield told

    def _entry(self, entry: Entry, previous: str) -> _Told | None:
        """What an entry tells, after looking at it alone; None where it cannot be read."""
        number = entry.number
        if line_hash(entry.line) != entry.hash:
            self._entry_fault(number, "was changed: its words no longer have its hash")
        try:
            held = json.loads(entry.line)
            kind, of, before, own, at = (held[k] for k in ("kind", "of", "previous", "number", "at"))
            if not isinstance(of, dict) or canonical(held) != entry.line or kind not in _KINDS:
                raise ValueError
        except (ValueError, KeyError, TypeError, RecursionError):
            self._entry_fault(number, "is none that saydo writes")
            return None
        if before != previous:
            self._entry_fault(
                number,
                "does not follow the one before it: an entry was put in, taken out, exchanged, or changed "
                "and hashed anew",
            )
        if own != number:
            self._entry_fault(number, f"was entry {own}: moved")
        if number == 1:
            adopted = of.get("adopted")
            self._adopted, self._since = adopted if isinstance(adopted, int) else 0, str(at)
        if (kind == "begun") != (number == 1):
            self._entry_fault(number, "begins the log, or does not where it should")
        # that times go up is not asked for: clocks are set back, and the chain gives the order
        return _Told(number, kind, of, str(at))

    def _compare(self, told: _Told) -> None:
        """Whether what an entry tells of is still so."""
        if told.kind not in _LOOK:
            return
        name, key, where, look = _LOOK[told.kind]
        id = told.of.get(key)
        if not isinstance(id, int) or not 0 <= id <= _LARGEST:
            self._entry_fault(told.number, f"names no {name}")
            return
        if id in self._seen[told.kind]:
            self._entry_fault(told.number, f"tells of {name} {id} a second time")
        self._seen[told.kind].add(id)
        held, shown = look(self._db, id), f"{name} {told.of.get('id', id)}"
        if held is None:
            self._fault(where, id, f"{shown}: taken out; entry {told.number} tells of it")
            return
        if differ := sorted(k for k in {*held, *told.of} if held.get(k) != told.of.get(k)):
            self._fault(where, id, f"{shown}: changed since entry {told.number} in {', '.join(differ)}")
        if told.kind == "report":
            self._text(id, told)

    def _text(self, position: int, told: _Told) -> None:
        (text,) = self._db.execute("SELECT text FROM documents WHERE position = ?", (position,)).fetchone()
        found = hashlib.sha256(str(text).encode("utf-8", "surrogateescape")).hexdigest()
        if found != told.of.get("text_sha256"):
            source = str(told.of.get("source"))[:12]
            self._fault(
                "report",
                position,
                f"report {told.of.get('id')}: its text is not the one that was made from the original "
                f"{source}… (entry {told.number})",
            )

    def _truncated(self, heads: Sequence[Head]) -> None:
        end = self._last.number if self._last else 0
        if self._last is None:
            self._fault("log", 1, "the log is empty: it was deleted")
        for known in heads:
            if known.number > end:
                self._fault(
                    "log",
                    end + 1,
                    f"the log ends at entry {end}, and had {known.number} when that head was kept: its end "
                    "was cut off",
                )

    def _unlogged(self, table: str, key: str, kind: str, name: str, where: Where, which: str) -> int:
        """What is there and was never written into the log; gives how many are there at all."""
        count = 0
        for id, shown in each(self._db, f"SELECT {key}, {which} FROM {table} ORDER BY {key}"):
            count += 1
            if id not in self._seen[kind]:
                line = f"{name} {shown}: no entry of the log tells of it; it was put in past saydo"
                self._fault(where, id, line)
        return count


_Look = Callable[[sqlite3.Connection, int], dict[str, Any] | None]
_LOOK: Mapping[str, tuple[str, str, Where, _Look]] = {
    "report": ("report", "position", "report", audit.of_report),
    "decision": ("decision", "number", "decision", audit.of_decision),
    "run": ("run", "number", "run", audit.of_run),
    "run-ended": ("end of run", "number", "run", audit.of_run_ended),
}
_TABLES: tuple[tuple[str, str, str, str, Where, str], ...] = (
    ("decisions", "number", "decision", "decision", "decision", "number"),
    ("runs", "number", "run", "run", "run", "number"),
    ("documents", "position", "report", "report", "report", "id"),
    ("runs WHERE ended IS NOT NULL", "number", "run-ended", "end of run", "run", "number"),
)
