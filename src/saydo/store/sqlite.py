"""A case as a folder: ``case.db`` (SQLite), the archive of originals under ``sources/``."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import TypeVar

from saydo.model.capture import Capture
from saydo.model.case import SkippedInput
from saydo.model.choices import ON_FINDINGS, ON_WHO_IS_WHO, VERDICTS, Decision
from saydo.model.document import Document
from saydo.model.errors import StoreError
from saydo.model.ledger import Ledger
from saydo.model.records import Record
from saydo.model.store import Added, Derived
from saydo.store import audit, connect, decisions, grading, judged, rows, standing
from saydo.store.derived import DERIVED, derived_rows
from saydo.store.guard import guard
from saydo.store.ledger import LEDGER, SqliteLedger
from saydo.store.migrate import check, migrate, parse, write_index
from saydo.store.reading import SqliteReading
from saydo.store.schema import MIGRATIONS
from saydo.store.schema_narrow import REPORTS
from saydo.store.seam import write
from saydo.store.sources import Archive, SourceArchive

T = TypeVar("T")
_DUE = "INSERT INTO weighing_due VALUES (?) ON CONFLICT DO NOTHING"


def _nothing(step: str) -> None:
    """The default of ``on_step``."""


class SqliteStore(SqliteReading):
    """The :class:`saydo.model.store.CaseStore` of a folder; open it with one of the class methods.

    ``on_step`` is told the name of each point at which the process could be killed between two writes;
    tests raise from it or kill the process there.
    """

    def __init__(
        self,
        folder: Path,
        db: sqlite3.Connection,
        lock: sqlite3.Connection | None,
        on_step: Callable[[str], None] = _nothing,
        sources: Archive | None = None,
    ) -> None:
        super().__init__(folder, db, sources or SourceArchive(folder, on_step))
        self._lock = lock
        self._on_step = on_step

    @classmethod
    def for_writing(cls, folder: Path, on_step: Callable[[str], None] = _nothing) -> SqliteStore:
        """Opens a case to write, making it where there is none; one run at a time. Raises StoreError."""
        with guard(folder):
            folder.mkdir(parents=True, exist_ok=True)
        held = connect.lock(folder)
        try:
            db = connect.for_writing(folder)
        except BaseException:
            held.close()
            raise
        store = cls(folder, db, held, on_step)
        try:
            with guard(folder):
                migrate(db, folder, on_step)
            store._sources.sweep()
        except BaseException:
            store.close()
            raise
        return store

    @classmethod
    def for_reading(cls, folder: Path) -> SqliteStore:
        """Opens a case to read. Raises StoreError where there is none, or one of an older schema that
        cannot be brought up to date here."""
        db = connect.for_reading(folder)
        try:
            with guard(folder):
                now = check(db, folder)
        except BaseException:
            db.close()
            raise
        if now < len(MIGRATIONS):
            db.close()
            cls.for_writing(folder).close()
            db = connect.for_reading(folder)
        return cls(folder, db, None)

    def close(self) -> None:
        """Lets go of the case."""
        super().close()
        if self._lock is not None:
            self._lock.close()

    @classmethod
    def for_deciding(cls, folder: Path) -> SqliteStore:
        """Opens a case to decide about it. Raises StoreError where there is none, CaseBusy while somebody
        else writes to it."""
        cls.for_reading(folder).close()
        return cls.for_writing(folder)

    @contextmanager
    def _step(self, name: str) -> Iterator[sqlite3.Connection]:
        """One atomic step: all of the block's writes, or none."""
        with guard(self.folder):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
                self._on_step(f"{name} before commit")
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise
            self._on_step(f"{name} done")

    def begin_run(
        self, started: str, inputs: Sequence[str], version: str, who: str = "", material: int | None = None
    ) -> int:
        """Notes that a run began; gives its number."""
        with self._step("run begun") as db:
            cursor = db.execute(
                "INSERT INTO runs (started, inputs, version, who, material, after) VALUES (?, ?, ?, ?, ?, "
                "(SELECT COALESCE(max(position), 0) FROM documents)) RETURNING number",
                (started, json.dumps(list(inputs), ensure_ascii=True), version, who, material),
            )
            number = int(cursor.fetchone()[0])
            audit.append(db, "run", audit.of_run(db, number) or {})
            return number

    def end_run(self, number: int, ended: str, outcome: str) -> None:
        """Notes how a run ended."""
        self._ended(number, ended, outcome, None)

    def fail_run(self, number: int, ended: str, reason: str) -> None:
        """Notes that a run ended with an error."""
        self._ended(number, ended, "failed", reason)

    def _ended(self, number: int, ended: str, outcome: str, reason: str | None) -> None:
        with self._step("run ended") as db:
            db.execute(
                "UPDATE runs SET ended = ?, outcome = ?, reason = ?, "
                "upto = (SELECT COALESCE(max(position), 0) FROM documents) WHERE number = ?",
                (ended, outcome, reason, number),
            )
            audit.append(db, "run-ended", audit.of_run_ended(db, number) or {})

    def skip_in_run(self, number: int, skipped: SkippedInput) -> None:
        """Remembers for good what a run skipped."""
        with self._step("skip of a run") as db:
            db.execute("INSERT INTO run_skips VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING", (number, *skipped))

    def skip(self, skipped: SkippedInput, inputs: str) -> None:
        """Remembers an input that gave no report."""
        with self._step("skip") as db:
            db.execute(
                "INSERT INTO skipped (origin, reason, harmless, inputs) VALUES (?, ?, ?, ?) "
                "ON CONFLICT (origin, reason) DO UPDATE SET harmless = excluded.harmless, "
                "inputs = excluded.inputs",
                (skipped.origin, skipped.reason, skipped.harmless, inputs),
            )

    def settle_skips(self, inputs: str, seen: Sequence[SkippedInput]) -> None:
        """Forgets what an earlier run over the same inputs skipped and this one did not."""
        keep = {(skipped.origin, skipped.reason) for skipped in seen}
        held = self._all("SELECT origin, reason FROM skipped WHERE inputs = ?", (inputs,))
        gone = [row for row in held if row not in keep]
        if gone:
            with self._step("skips settled") as db:
                db.executemany("DELETE FROM skipped WHERE origin = ? AND reason = ?", gone)

    def add(
        self,
        document: Document,
        original: bytes,
        media_type: str,
        origin: str,
        capture: Capture | None = None,
    ) -> Added:
        """Takes in a report with its original bytes; see the protocol."""
        source = hashlib.sha256(original).hexdigest()
        if document.source_sha256 not in (None, source):
            raise StoreError(
                f"{origin}: its bytes do not have the SHA-256 that was given with them; take it in anew"
            )
        row = self._one(
            "SELECT id, origin FROM documents WHERE source = ? OR (id = ? AND text_sha256 = ?) "
            "ORDER BY source <> ? LIMIT 1",
            (source, document.id, document.text_sha256, source),
        )
        if row:
            return Added(row[0], False, row[1])
        self._sources.put(original, source)
        with self._step("document") as db:
            id = self._free_id(document.id, source)
            db.execute(
                "INSERT INTO sources (sha256, bytes, media_type) VALUES (?, ?, ?)",
                (source, len(original), media_type),
            )
            cursor = db.execute(
                f"INSERT INTO documents ({rows.DOCUMENT}) VALUES ({', '.join('?' * 14)}) RETURNING position",
                (id, document.text, document.text_sha256, len(document.text.split()), origin, document.date,
                 document.title, document.publisher, document.url, document.language, document.author, source,
                 json.dumps(document.timecodes), json.dumps(document.metadata)),
            )  # fmt: skip
            position = int(cursor.fetchone()[0])
            if capture is not None:
                audit.insert_capture(db, position, capture)
            audit.append(db, "report", audit.of_report(db, position) or {})
        return Added(id, True, origin)

    def _free_id(self, id: str, source: str) -> str:
        """The id itself, or with as much of the source's hash as tells it from the report that has it."""
        for candidate in chain([id], (f"{id}~{source[:n]}" for n in range(6, 65))):
            if self._one("SELECT 1 FROM documents WHERE id = ?", (candidate,)) is None:
                return candidate
        raise StoreError(f"case {self.folder}: no id is free for {id!r}; give the report another id")

    def put_record(self, record: Record) -> None:
        """Writes what was coded from one report, in place of what was there."""
        position = self.number(record.id)
        with self._step("record") as db:
            self._fell_derived(db)
            db.execute(_DUE, (position,))
            self._put(db, record, position)
            db.execute("UPDATE documents SET failure = NULL WHERE position = ?", (position,))

    @staticmethod
    def _put(db: sqlite3.Connection, coded: Record, position: int) -> Record:
        """The record as it stands with people's decisions on its findings, and its index."""
        (text,) = db.execute("SELECT text FROM documents WHERE position = ?", (position,)).fetchone()
        db.execute("DELETE FROM records WHERE document = ?", (position,))
        record = standing.write(db, coded, text, position)
        write_index(db, record, position)
        return record

    def begin_weighing(self, fingerprint: str) -> None:
        """Makes ready to weigh report by report; see the protocol."""
        with self._step("weighing begun") as db:
            ledger = SqliteLedger(db)
            if ledger.mark("by") != fingerprint:
                for table in LEDGER:
                    db.execute(f"DELETE FROM {table}")
                db.execute(
                    "INSERT INTO weighing_due SELECT document FROM records WHERE true ON CONFLICT DO NOTHING"
                )
                ledger.set_mark("by", fingerprint)

    def weigh(self, work: Callable[[Ledger], T], done: Sequence[int] = (), more: Sequence[int] = ()) -> T:
        """Does some work on the ledger in one step; see the protocol."""
        with self._step("weighed") as db:
            made = work(SqliteLedger(db))
            db.executemany("DELETE FROM weighing_due WHERE document = ?", [(n,) for n in done])
            db.executemany(_DUE, [(n,) for n in more])
            return made

    def put_failure(self, document: str, reason: str) -> None:
        """Remembers why a report could not be coded; takes away a record that an older coder made."""
        position = self.number(document)
        with self._step("failure") as db:
            if db.execute("DELETE FROM records WHERE document = ?", (position,)).rowcount:
                self._fell_derived(db)
                db.execute(_DUE, (position,))
            db.execute("UPDATE documents SET failure = ? WHERE position = ?", (reason, position))

    def number(self, document: str) -> int:
        """The number of a report; StoreError where the case has none of that id."""
        row = self._one("SELECT position FROM documents WHERE id = ?", (document,))
        if row is None:
            raise StoreError(f"case {self.folder}: no report has the id {document!r}; take it in first")
        return int(row[0])

    @staticmethod
    def _fell_derived(db: sqlite3.Connection) -> None:
        """Nothing derived may outlive the records that it was derived from."""
        if db.execute("DELETE FROM marks WHERE stage IN ('derived', 'behind')").rowcount:
            for table in DERIVED:
                db.execute(f"DELETE FROM {table}")

    def put_derived(self, derived: Derived, fingerprint: str) -> None:
        """Writes what was found across all reports, whole, and who found it."""
        with self._step("derived") as db:
            for table in DERIVED:
                db.execute(f"DELETE FROM {table}")
            write(db, derived_rows(derived))
            db.execute(REPORTS)
            for statement in standing.WEIGH:
                db.execute(statement)
            db.execute("DELETE FROM marks WHERE stage = 'behind'")
            db.execute("DELETE FROM marks WHERE stage = 'derived'")
            db.execute("INSERT INTO marks VALUES ('derived', ?)", (fingerprint,))

    def put_decision(self, decision: Decision, since: int | None = None) -> int:
        """Writes down what a person decided; see the protocol."""
        return self.put_decisions((decision,), since)[0]

    def put_decisions(self, made: Sequence[Decision], since: int | None = None) -> tuple[int, ...]:
        """Writes down several decisions in one step; see the protocol."""
        with self._step("decision") as db:
            roots = [decisions.root(db, each) for each in made]
            if since is not None:
                decisions.refuse_stale(db, roots, since)
            if any(each is None or each.kind in ON_WHO_IS_WHO for each in roots):
                self._fell_derived(db)
            numbers = tuple(decisions.insert(db, each) for each in made)
            about = [each for each in roots if each is not None]
            for document in sorted({_report(each) for each in about if each.kind in ON_FINDINGS}):
                self._stand_anew(db, document)
            for document in sorted({_report(each) for each in about if each.kind == "grade-claim"} - {""}):
                self._grade_anew(db, document)
            for each in about:
                if each.kind in VERDICTS:
                    judged.follow(db, each, self.folder)
            return numbers

    def _grade_anew(self, db: sqlite3.Connection, document: str) -> None:
        """Finds what the grades of a report's claims are of."""
        row = db.execute(
            "SELECT r.document, r.json FROM records r JOIN documents d ON d.position = r.document "
            "WHERE d.id = ?",
            (document,),
        ).fetchone()
        if row is not None:
            grading.grade(db, parse(row[1], self.folder), row[0])

    def _stand_anew(self, db: sqlite3.Connection, document: str) -> None:
        """Puts the decisions on a report's findings into its record; what was derived is then behind."""
        row = db.execute(
            "SELECT r.document, COALESCE(r.coded, r.json), r.json FROM records r "
            "JOIN documents d ON d.position = r.document WHERE d.id = ?",
            (document,),
        ).fetchone()
        if row is None:
            return  # not coded now; the decision waits for the next record
        before = parse(row[2], self.folder)
        after = self._put(db, parse(row[1], self.folder), row[0])
        if after != before:
            standing.fall(db, before, after)
            db.execute(_DUE, (row[0],))
            standing.fall_behind(db)


def _report(decision: Decision) -> str:
    """The report of whose findings a decision speaks; empty where it speaks of none."""
    return decision.finding.document if decision.finding else ""
