"""Reading a case from its SQLite database: documents, records, findings that pass a filter, the view."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Any, Self

from saydo.model.case import WHOLE_TEXT, CaseActor, CaseView, SkippedInput
from saydo.model.choices import Decision
from saydo.model.document import Document
from saydo.model.errors import StoreError
from saydo.model.ledger import Ledger
from saydo.model.records import CoderInfo, Discrepancy, Event, Record, Statement, Tie
from saydo.model.store import Due, Filter, FoundEvent, FoundStatement, FoundTie
from saydo.store import decisions, derived, queries, rows, standing, together
from saydo.store.audit import SqliteAudit
from saydo.store.deeds import SqliteDeeds
from saydo.store.dump import dump
from saydo.store.grading import SqliteGrading
from saydo.store.guard import guard
from saydo.store.ledger import SqliteLedger
from saydo.store.lookups import SqliteLookups
from saydo.store.migrate import parse
from saydo.store.network import SqliteNetwork
from saydo.store.runs import SqliteRuns
from saydo.store.sources import Archive
from saydo.store.tables import SqliteTables
from saydo.store.waiting import SqliteWaiting

_PENDING = """FROM documents d LEFT JOIN records r ON r.document = d.position
    WHERE r.coder IS NULL OR r.coder <> ?"""


class SqliteReading(
    SqliteLookups,
    SqliteRuns,
    SqliteDeeds,
    SqliteTables,
    SqliteNetwork,
    SqliteWaiting,
    SqliteGrading,
    SqliteAudit,
):
    """The reading half of a store: everything that changes nothing."""

    def __init__(self, folder: Path, db: sqlite3.Connection, sources: Archive) -> None:
        self.folder = folder
        self._db = db
        self._sources = sources

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the case."""
        self._db.close()

    def decisions(self) -> tuple[Decision, ...]:
        """What people decided, by number."""
        with guard(self.folder):
            return decisions.every(self._db)

    def latest_decision(self) -> int:
        """The number of the last decision; 0 where there is none."""
        row = self._one("SELECT COALESCE(max(number), 0) FROM decisions")
        return int(row[0]) if row else 0

    def documents(self) -> Iterator[Document]:
        """All reports in order, one at a time."""
        return self._documents("SELECT position FROM documents ORDER BY position")

    def document(self, id: str) -> Document:
        """One report."""
        row = self._one(f"SELECT {rows.DOCUMENT} FROM documents WHERE id = ?", (id,))
        if row is None:
            raise StoreError(f"case {self.folder}: no report has the id {id!r}; see: saydo show --help")
        return rows.document(row)

    def due(self) -> tuple[int, ...]:
        """Numbers of the reports that are to be weighed."""
        return tuple(n for (n,) in self._all("SELECT document FROM weighing_due ORDER BY document"))

    def ledger(self) -> Ledger:
        """What weighing has written so far, to read."""
        return SqliteLedger(self._db)

    def to_weigh(self, numbers: Sequence[int]) -> Iterator[Due]:
        """Reports by their numbers, one at a time."""
        query = (
            "SELECT r.json, d.text FROM documents d LEFT JOIN records r ON r.document = d.position "
            "WHERE d.position = ?"
        )
        for number in numbers:
            if (row := self._one(query, (number,))) is not None:
                record = parse(row[0], self.folder) if row[0] is not None else None
                yield Due(number, record, row[1])

    def _documents(self, query: str, values: Sequence[Any] = ()) -> Iterator[Document]:
        with guard(self.folder):
            keys = rows.positions(self._db, query, values)
        one = f"SELECT {rows.DOCUMENT} FROM documents WHERE position = ?"
        return iter(rows.Rows(self._db, self.folder, keys, one, rows.document))

    def source(self, sha256: str) -> bytes:
        """Original bytes, checked against their hash."""
        return self._sources.get(sha256)

    def pending(self, coder: CoderInfo) -> Iterator[Document]:
        """Reports that this coder has not coded yet, in order."""
        return self._documents(
            f"SELECT d.position {_PENDING} ORDER BY d.position", (coder.model_dump_json(),)
        )

    def pending_size(self, coder: CoderInfo) -> tuple[int, int]:
        """``(reports, words)`` that this coder has not coded yet."""
        row = self._one(f"SELECT count(*), COALESCE(sum(d.words), 0) {_PENDING}", (coder.model_dump_json(),))
        return (int(row[0]), int(row[1])) if row else (0, 0)

    def records(self) -> Iterator[Record]:
        """All records in the order of the reports, one at a time."""
        with guard(self.folder):
            return iter(rows.records(self._db, self.folder))

    def record(self, document: str) -> Record:
        """One record."""
        row = self._one(
            "SELECT r.json FROM records r JOIN documents d ON d.position = r.document WHERE d.id = ?",
            (document,),
        )
        if row is None:
            raise StoreError(f"case {self.folder}: {document!r} was not coded; run the inputs again")
        return parse(row[0], self.folder)

    def coded_record(self, document: str) -> Record:
        """One record as the coder made it."""
        row = self._one(
            "SELECT COALESCE(r.coded, r.json) FROM records r JOIN documents d ON d.position = r.document "
            "WHERE d.id = ?",
            (document,),
        )
        if row is None:
            raise StoreError(f"case {self.folder}: {document!r} was not coded; run the inputs again")
        return parse(row[0], self.folder)

    def derived_by(self) -> str | None:
        """The fingerprint given with ``put_derived``; None since a record was last written."""
        row = self._one("SELECT value FROM marks WHERE stage = 'derived'")
        return str(row[0]) if row else None

    def behind(self) -> str | None:
        """The fingerprint of who weighed before decisions on findings changed records; else None."""
        row = self._one("SELECT value FROM marks WHERE stage = 'behind'")
        return str(row[0]) if row else None

    def events(self, where: Filter) -> Iterator[FoundEvent]:
        """Events that pass the filter."""
        for document, text in self._all(*queries.findings("events", where)):
            yield FoundEvent(document, Event.model_validate_json(text))

    def ties(self, where: Filter) -> Iterator[FoundTie]:
        """Ties that pass the filter."""
        for document, text in self._all(*queries.findings("ties", where)):
            yield FoundTie(document, Tie.model_validate_json(text))

    def statements(self, where: Filter) -> Iterator[FoundStatement]:
        """Statements that pass the filter."""
        for document, text in self._all(*queries.findings("statements", where)):
            yield FoundStatement(document, Statement.model_validate_json(text))

    def discrepancies(self, where: Filter) -> Iterator[Discrepancy]:
        """Discrepancies that pass the filter, strongest first."""
        for (text,) in self._all(*queries.discrepancies(where)):
            yield Discrepancy.model_validate_json(text)

    def actors(self, where: Filter) -> Iterator[CaseActor]:
        """Actors that pass the filter, those named in most reports first."""
        for row in self._all(*queries.actors(where)):
            yield rows.case_actor(row)

    def view(self) -> CaseView:
        """The whole case, read lazily."""
        with guard(self.folder):
            documents = rows.documents(self._db, self.folder)
            records = rows.records(self._db, self.folder)
            commitments = derived.commitments(self._db)
            incidents = derived.incidents(self._db)
            who = together.identities(self._db)
            spells = together.spells(self._db)
            verdicts = MappingProxyType(together.verdicts(self._db))
            lost = together.lost(self._db) | standing.lost(self._db)
        ids = [str(id) for (id,) in self._all("SELECT id FROM documents ORDER BY position")]
        coded = self._all(
            "SELECT d.id FROM records r JOIN documents d ON d.position = r.document ORDER BY r.document"
        )
        coder = self._one("SELECT coder FROM records ORDER BY document DESC LIMIT 1")
        columns = "json, documents, mentions, events, ties, statements"
        return CaseView(
            name=self.folder.resolve().name,
            documents=documents,
            records=records,
            actors=tuple(
                rows.case_actor(row) for row in self._all(f"SELECT {columns} FROM actors ORDER BY id")
            ),
            discrepancies=tuple(self.discrepancies(Filter())),
            skipped=self._skipped(),
            commitments=commitments,
            incidents=incidents,
            identities=who,
            spells=spells,
            decisions=self.decisions(),
            verdicts=verdicts,
            lost=lost,
            coder=CoderInfo.model_validate_json(coder[0]) if coder else None,
            document_index=MappingProxyType({id: n for n, id in enumerate(ids)}),
            record_index=MappingProxyType({str(row[0]): n for n, row in enumerate(coded)}),
        )

    def _skipped(self) -> tuple[SkippedInput, ...]:
        held = self._all(
            "SELECT origin, reason, harmless FROM skipped UNION ALL "
            "SELECT origin, failure, 0 FROM documents WHERE failure IS NOT NULL UNION ALL "
            "SELECT d.origin, n.reason, 0 FROM notes n JOIN documents d ON d.position = n.document "
            "WHERE n.about = ? ORDER BY 1, 2",
            (WHOLE_TEXT,),
        )
        return tuple(SkippedInput(origin, reason, bool(harmless)) for origin, reason, harmless in held)

    def dump(self) -> str:
        """The whole logical content as canonical JSON."""
        with guard(self.folder):
            return dump(self._db, self._sources)
