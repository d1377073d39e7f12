"""Writing the audit log: one entry for each run, report and decision, in the transaction that writes it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from saydo import __version__
from saydo.model.audit import Entry, Head, make_entry
from saydo.model.capture import Capture
from saydo.model.ids import digest
from saydo.store.asking import Asking
from saydo.store.schema_audit import TOLD

DECISION = ("number", "at", "who", "kind", "payload", "why", "undoes")
BEGUN = ("number", "started", "inputs", "version", "who", "material", "after")
ENDED = ("number", "ended", "outcome", "reason", "upto")
_SOURCE = ("bytes", "media_type")
_REPORT = ", ".join((*(f"d.{name}" for name in TOLD), *(f"s.{name}" for name in _SOURCE)))

_CAPTURES = (
    f"SELECT d.id, {', '.join(f'c.{name}' for name in Capture._fields)} FROM captures c "
    "JOIN documents d ON d.position = c.document"
)


def head(db: sqlite3.Connection) -> Head | None:
    """The last entry."""
    row = db.execute("SELECT number, line, hash FROM audit ORDER BY number DESC LIMIT 1").fetchone()
    return Head(row[0], row[2], _at(row[1])) if row else None


def append(db: sqlite3.Connection, kind: str, of: Mapping[str, Any]) -> Entry:
    """Writes an entry behind the last; the caller holds the transaction."""
    row = db.execute("SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1").fetchone()
    at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    entry = make_entry(Head(*row) if row else None, at, kind, of)
    decision = of["number"] if kind == "decision" else None
    db.execute("INSERT INTO audit (number, line, hash, decision) VALUES (?, ?, ?, ?)", (*entry, decision))
    return entry


def of_decision(db: sqlite3.Connection, number: int) -> dict[str, Any] | None:
    """A decision as its entry holds it; None where there is none."""
    return _row(db, f"SELECT {', '.join(DECISION)} FROM decisions WHERE number = ?", number, DECISION)


def of_run(db: sqlite3.Connection, number: int) -> dict[str, Any] | None:
    """What was known of a run when it began."""
    return _row(db, f"SELECT {', '.join(BEGUN)} FROM runs WHERE number = ?", number, BEGUN)


def of_run_ended(db: sqlite3.Connection, number: int) -> dict[str, Any] | None:
    """How a run ended, and a digest over what it skipped."""
    held = _row(db, f"SELECT {', '.join(ENDED)} FROM runs WHERE number = ?", number, ENDED)
    if held is None:
        return None
    query = "SELECT origin, reason, harmless FROM run_skips WHERE run = ? ORDER BY origin, reason"
    skips = [str(value) for row in db.execute(query, (number,)) for value in row]
    return {**held, "skipped": len(skips) // 3, "skips": digest(*skips)}


def of_report(db: sqlite3.Connection, position: int) -> dict[str, Any] | None:
    """A report as it was taken in, with its original and how it was captured, where it was."""
    query = f"SELECT {_REPORT} FROM documents d JOIN sources s ON s.sha256 = d.source WHERE d.position = ?"
    held = _row(db, query, position, (*TOLD, *_SOURCE))
    if held is None:
        return None
    query = f"SELECT {', '.join(Capture._fields)} FROM captures WHERE document = ?"
    capture = _row(db, query, position, Capture._fields)
    return {"position": position, **held, "capture": capture}


def insert_capture(db: sqlite3.Connection, position: int, capture: Capture) -> None:
    """Writes down how a report was captured."""
    names, held = ", ".join(Capture._fields), capture._replace(headers=())
    values = {**held._asdict(), "headers": json.dumps(capture.headers, ensure_ascii=True)}
    db.execute(
        f"INSERT INTO captures (document, {names}) VALUES ({', '.join('?' * (len(values) + 1))})",
        (position, *values.values()),
    )


def adopt(db: sqlite3.Connection) -> None:
    """Begins the log of a case, with an entry for each thing that it holds already."""
    counts = {
        table: int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
        for table in ("documents", "runs", "decisions")
    }
    ended = int(db.execute("SELECT count(*) FROM runs WHERE ended IS NOT NULL").fetchone()[0])
    append(db, "begun", {"version": __version__, "adopted": sum(counts.values()) + ended})
    for (number,) in db.execute("SELECT number FROM runs ORDER BY number").fetchall():
        append(db, "run", of_run(db, number) or {})
    for (position,) in db.execute("SELECT position FROM documents ORDER BY position").fetchall():
        append(db, "report", of_report(db, position) or {})
    for (number,) in db.execute("SELECT number FROM runs WHERE ended IS NOT NULL ORDER BY number").fetchall():
        append(db, "run-ended", of_run_ended(db, number) or {})
    for (number,) in db.execute("SELECT number FROM decisions ORDER BY number").fetchall():
        append(db, "decision", of_decision(db, number) or {})


class SqliteAudit(Asking):
    """See :class:`saydo.model.audit.AuditLog`."""

    def audit_head(self) -> Head | None:
        """The last entry."""
        row = self._one("SELECT number, line, hash FROM audit ORDER BY number DESC LIMIT 1")
        return Head(row[0], row[2], _at(row[1])) if row else None

    def audit_at(self, number: int) -> Entry | None:
        """One entry."""
        row = self._one("SELECT number, line, hash FROM audit WHERE number = ?", (number,))
        return Entry(*row) if row else None

    def audit_entries(self) -> Iterator[Entry]:
        """All entries in order, some hundreds read at once."""
        last = 0
        while some := self.audit_after(last, 500):
            yield from some
            last = some[-1].number

    def audit_after(self, number: int, limit: int) -> tuple[Entry, ...]:
        """Entries behind one."""
        query = "SELECT number, line, hash FROM audit WHERE number > ? ORDER BY number LIMIT ?"
        return tuple(Entry(*row) for row in self._all(query, (number, limit)))

    def audit_sizes(self) -> tuple[int, int]:
        """How many entries there are, and how many bytes of originals."""
        query = "SELECT COALESCE(max(number), 0), (SELECT COALESCE(sum(bytes), 0) FROM sources) FROM audit"
        row = self._one(query)
        return (int(row[0]), int(row[1])) if row else (0, 0)

    def capture(self, document: str) -> Capture | None:
        """How a report was captured from the web."""
        row = self._one(f"{_CAPTURES} WHERE d.id = ?", (document,))
        return _captured(row[1:]) if row else None

    def captures(self) -> Mapping[str, Capture]:
        """Id of a report that was captured from the web → how."""
        rows = self._all(f"{_CAPTURES} ORDER BY d.position")
        return MappingProxyType({str(row[0]): _captured(row[1:]) for row in rows})

    def captured(self) -> Iterator[str]:
        """Ids of the reports whose captured body is kept whole."""
        found = self._all(
            "SELECT d.id FROM captures c JOIN documents d ON d.position = c.document "
            "WHERE c.payload = d.source ORDER BY d.position"
        )
        return iter([str(id) for (id,) in found])

    def audit_of_decisions(self, numbers: tuple[int, ...]) -> Mapping[int, int]:
        """Number of a decision → number of its entry."""
        found = self._all(
            "SELECT decision, number FROM audit "
            "WHERE decision IN (SELECT CAST(value AS BIGINT) FROM json_each(?))",
            (json.dumps(numbers),),
        )
        return dict(found)


def _captured(row: tuple[Any, ...]) -> Capture:
    held = Capture(*row)
    return held._replace(headers=tuple((name, value) for name, value in json.loads(str(held.headers))))


def _row(db: sqlite3.Connection, query: str, key: int, names: tuple[str, ...]) -> dict[str, Any] | None:
    row = db.execute(query, (key,)).fetchone()
    return dict(zip(names, row, strict=True)) if row else None


def _at(line: str) -> str:
    try:
        return str(json.loads(line)["at"])
    except (ValueError, KeyError, TypeError):
        return ""
