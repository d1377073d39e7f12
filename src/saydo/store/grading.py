"""Grades of sources and claims in a case's database: see :class:`saydo.model.grading.GradeLookups`."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping

from saydo.model.choices import Decision, found_again
from saydo.model.citations import Ref
from saydo.model.grading import Graded
from saydo.model.records import Record
from saydo.store import decisions
from saydo.store.asking import Asking, marks
from saydo.store.guard import guard
from saydo.store.schema_findings import ABOUT
from saydo.store.schema_grades import OF_PUBLISHER, OF_REPORT, OF_STATEMENT


class SqliteGrading(Asking):
    """Answers from indexes."""

    def grading(self) -> bool:
        """Whether grades are shown: the last of the decisions on it that holds."""
        with guard(self.folder):
            made = decisions.in_force(
                self._db, "kind IN ('show-grades', 'hide-grades')", (), "show-grades", "hide-grades"
            )
        return bool(made) and made[-1].kind == "show-grades"

    def source_grades(self, documents: Iterable[str]) -> Mapping[str, Graded]:
        """The grade of a report, else of its publisher."""
        asked = json.dumps(sorted(set(documents)))
        by = dict(
            self._all(
                "SELECT id, publisher FROM documents WHERE id IN (SELECT value FROM json_each(?))", (asked,)
            )
        )
        with guard(self.folder):
            made = decisions.in_force(
                self._db,
                f"kind = 'grade-source' AND {OF_REPORT} IN (SELECT value FROM json_each(?))",
                (asked,),
                "grade-source",
            )
        own = {d.source.report: Graded(d.grade, d) for d in made if d.source is not None}
        whole = self.publisher_grades(publisher for publisher in by.values() if publisher)
        held = {id: own.get(id) or whole.get(publisher or "") for id, publisher in by.items()}
        return {id: graded for id, graded in held.items() if graded is not None}

    def publisher_grades(self, publishers: Iterable[str]) -> Mapping[str, Graded]:
        """The grades of publishers with all their reports."""
        asked = sorted(set(publishers))
        with guard(self.folder):
            made = decisions.in_force(
                self._db,
                f"kind = 'grade-source' AND {OF_PUBLISHER} IN ({marks(asked)})",
                asked,
                "grade-source",
            )
        return {d.source.publisher: Graded(d.grade, d) for d in made if d.source and d.source.publisher}

    def claim_grades(self, refs: Iterable[Ref] | None) -> Mapping[Ref, Graded]:
        """The grades of findings."""
        if refs is None:
            rows = self._all(
                "SELECT r.id, g.finding, g.decision FROM claim_grades g "
                "JOIN documents r ON r.position = g.document"
            )
        else:
            rows = self._all(
                "SELECT r.id, g.finding, g.decision FROM json_each(?) j "
                "JOIN documents r ON r.id = json_extract(j.value, '$[0]') "
                "JOIN claim_grades g ON g.document = r.position "
                "AND g.finding = json_extract(j.value, '$[1]')",
                (json.dumps(sorted(set(refs))),),
            )
        with guard(self.folder):
            made = {d.number: d for d in decisions.some(self._db, (row[2] for row in rows))} if rows else {}
        return {
            (document, finding): Graded(made[number].grade, made[number])
            for document, finding, number in rows
        }

    def discrepancy_grades(self, documents: Iterable[str]) -> tuple[Decision, ...]:
        """The grades that hold of discrepancies whose statement is in one of these reports."""
        asked = sorted(set(documents))
        with guard(self.folder):
            return tuple(
                decisions.in_force(
                    self._db, f"kind = 'grade-claim' AND {OF_STATEMENT} IN ({marks(asked)})", asked,
                    "grade-claim",
                )
            )  # fmt: skip


def grade(db: sqlite3.Connection, record: Record, position: int) -> None:
    """Finds the grades of a report's claims again in its record, and notes which match nothing any more."""
    db.execute("DELETE FROM claim_grades WHERE document = ?", (position,))
    condition = f"{ABOUT} = ? AND kind = 'grade-claim'"
    for decision in decisions.in_force(db, condition, (record.id,), "grade-claim"):
        assert decision.finding is not None, "it was asked for by its report"
        ids = found_again(record, decision.finding)
        if ids:
            row = (position, ids[0], decision.number)
            db.execute(
                "INSERT INTO claim_grades VALUES (?, ?, ?) ON CONFLICT (document, finding) DO UPDATE SET "
                "decision = excluded.decision",
                row,
            )
        else:
            db.execute(
                "INSERT INTO lost_stances VALUES (?, ?) ON CONFLICT (decision) DO UPDATE SET "
                "document = excluded.document",
                (position, decision.number),
            )
