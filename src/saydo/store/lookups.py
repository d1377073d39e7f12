"""The questions that every page asks of a case: see :class:`saydo.model.lookups.Lookups`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from saydo.model.case import WHOLE_TEXT, CaseActor, SkippedInput
from saydo.model.choices import Decision
from saydo.model.found import Filter, FoundEvent, FoundStatement, FoundTie, Tally
from saydo.model.lookups import (
    Cursor,
    Heading,
    Intake,
    Named,
    News,
    Overview,
    ReportFilter,
    ReportHeld,
    ReportLine,
    RunLine,
    Slice,
)
from saydo.model.records import CoderInfo, Discrepancy, Event, Statement, Tie
from saydo.store import decisions, queries, rows
from saydo.store.asking import Asking, marks
from saydo.store.guard import guard
from saydo.store.schema_pages import PUBLISHER, REPORT_DAY
from saydo.store.slices import Listing, cut
from saydo.store.taking import taking_part

_TALLY = """SELECT (SELECT count(*) FROM documents), (SELECT COALESCE(sum(words), 0) FROM documents),
    (SELECT count(*) FROM records), (SELECT count(*) FROM documents WHERE failure IS NOT NULL),
    (SELECT COALESCE(NULLIF((SELECT count(*) FROM actors), 0),
        (SELECT count(DISTINCT id) FROM document_actors))), (SELECT count(*) FROM events),
    (SELECT count(*) FROM ties), (SELECT count(*) FROM statements), (SELECT count(*) FROM discrepancies)"""
_SKIPPED = """(SELECT origin, reason, harmless FROM skipped UNION ALL
    SELECT origin, failure, 0 FROM documents WHERE failure IS NOT NULL UNION ALL
    SELECT d.origin, n.reason, 0 FROM notes n JOIN documents d ON d.position = n.document
    WHERE n.about = ?) AS s"""
_REPORT = """id, position, title, origin, publisher, date, words, failure,
    (SELECT count(*) FROM events e WHERE e.document = position),
    (SELECT count(*) FROM ties t WHERE t.document = position),
    (SELECT count(*) FROM statements s WHERE s.document = position)"""
T = TypeVar("T")
MOST_PUBLISHERS = 12
MOST_SKIPPED = 20
MOST_RUNS = 5


class SqliteLookups(Asking):
    """Answers from indexes, a screenful at a time."""

    def tally(self) -> Tally:
        """How much the case holds."""
        return Tally(*(self._one(_TALLY) or (0,) * 9))

    def overview(self) -> Overview:
        """The case at a glance."""
        dated = f"FROM documents WHERE {REPORT_DAY} > ''"
        since, until = self._one(f"SELECT min({REPORT_DAY}), max({REPORT_DAY}) {dated}") or (None, None)
        skipped = self._all(
            f"SELECT * FROM {_SKIPPED} ORDER BY harmless, 1, 2 LIMIT ?", (WHOLE_TEXT, MOST_SKIPPED)
        )
        (total,) = self._one(f"SELECT count(*) FROM {_SKIPPED}", (WHOLE_TEXT,)) or (0,)
        runs = self._all(
            "SELECT number, started, ended, outcome FROM runs ORDER BY number DESC LIMIT ?", (MOST_RUNS,)
        )
        latest = "SELECT COALESCE((SELECT max(position) FROM documents), 0), "
        report, decision = self._one(latest + "COALESCE((SELECT max(number) FROM decisions), 0)") or (0, 0)
        coder = self._one("SELECT coder FROM records ORDER BY document DESC LIMIT 1")
        return Overview(
            tally=self.tally(),
            since=since,
            until=until,
            publishers=self._publishers(),
            skipped=tuple(SkippedInput(o, reason, bool(harmless)) for o, reason, harmless in skipped),
            skipped_total=total,
            runs=tuple(RunLine(*run) for run in runs),
            latest_report=report,
            latest_decision=decision,
            coder=CoderInfo.model_validate_json(coder[0]).version if coder else "",
        )

    def intake(self) -> Intake:
        """How much came in, and from whom."""
        counted = "SELECT count(*), (SELECT count(*) FROM documents WHERE failure IS NOT NULL) FROM documents"
        reports, failed = self._one(counted) or (0, 0)
        return Intake(reports, failed, self._publishers())

    def _publishers(self) -> tuple[tuple[str | None, int], ...]:
        found = self._all(
            f"SELECT {PUBLISHER}, count(*) FROM documents GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ?",
            (MOST_PUBLISHERS,),
        )
        return tuple((name or None, count) for name, count in found)

    def news(self, report: int, decision: int) -> News:
        """What was added behind a report and behind a decision."""
        found = self._one(
            "SELECT (SELECT count(*) FROM documents WHERE position > ?), "
            "(SELECT count(DISTINCT o.discrepancy) FROM documents d JOIN poles o ON o.document = d.id "
            "WHERE d.position > ?), "
            "(SELECT count(*) FROM decisions WHERE number > ?)",
            (report, report, decision),
        )
        return News(*(found or (0, 0, 0)))

    def reports(self, where: ReportFilter, cursor: Cursor | None, limit: int) -> Slice[ReportLine]:
        """Reports by date."""
        conditions: list[str] = []
        values: list[Any] = []
        if where.publisher is not None:
            conditions.append(f"{PUBLISHER} = ?")
            values.append(where.publisher)
        if where.since:
            conditions.append(f"{REPORT_DAY} >= ?")
            values.append(where.since)
        if where.until:
            conditions.append(f"{REPORT_DAY} <= ? AND {REPORT_DAY} > ''")
            values.append(where.until)
        if where.failed:
            conditions.append("failure IS NOT NULL")
        listing = Listing(
            _REPORT,
            "documents",
            tuple(conditions),
            tuple(values),
            (REPORT_DAY, "position"),
            where.newest_first,
        )
        return cut(self._all, listing, cursor, limit, lambda row: ReportLine(*row))

    def report(self, id: str) -> ReportHeld | None:
        """One report."""
        row = self._one(
            f"SELECT position, failure, EXISTS (SELECT 1 FROM records r WHERE r.document = position), "
            f"{rows.DOCUMENT} FROM documents WHERE id = ?",
            (id,),
        )
        if row is None:
            return None
        return ReportHeld(rows.case_document(row[3:]), row[0], row[1], bool(row[2]))

    def headings(self, documents: Iterable[str]) -> Mapping[str, Heading]:
        """What to cite some reports by."""
        asked = tuple(dict.fromkeys(documents))
        found = self._all(
            f"SELECT id, title, origin, publisher, date FROM documents WHERE id IN ({marks(asked)})", asked
        )
        return {row[0]: Heading(*row) for row in found}

    def names_in(self, document: str) -> Mapping[str, Named]:
        """Id of an actor in a record → who that is in the case."""
        found = self._all(
            "SELECT a.id, a.name, COALESCE(h.in_case, w.in_case, a.id), c.name FROM documents d "
            "JOIN document_actors a ON a.document = d.position "
            "LEFT JOIN identities h ON h.actor = a.id AND h.document = d.id "
            "LEFT JOIN identities w ON w.actor = a.id AND w.document IS NULL "
            "LEFT JOIN actors c ON c.id = COALESCE(h.in_case, w.in_case, a.id) WHERE d.id = ?",
            (document,),
        )
        return {id: Named(in_case, name or own) for id, own, in_case, name in found}

    def names_of(self, actors: Iterable[str]) -> Mapping[str, str]:
        """Names of actors of the case."""
        asked = tuple(dict.fromkeys(actors))
        return dict(self._all(f"SELECT id, name FROM actors WHERE id IN ({marks(asked)})", asked))

    def _found(
        self, table: str, where: Filter, cursor: Cursor | None, limit: int, make: Callable[[str, str], T]
    ) -> Slice[T]:
        """Findings by day, made from their report and their JSON."""
        if not where.actors:
            listing = queries.listing(table, where)
            return cut(self._all, listing, cursor, limit, lambda row: make(row[0], row[1]))
        # picked by what is known of them, and only then read
        listing = queries.keys_of(table, where, taking_part(self, where.actors))
        keys = cut(self._all, listing, cursor, limit, lambda row: int(row[0]))
        held = self._all(
            f"SELECT d.id, f.json FROM json_each(?) k CROSS JOIN found n ON n.key = CAST(k.value AS BIGINT) "
            f"CROSS JOIN {table} f ON f.document = n.document AND f.id = n.id "
            "CROSS JOIN documents d ON d.position = f.document ORDER BY k.key",
            (json.dumps(keys.items),),
        )
        return Slice(tuple(make(*row) for row in held), keys.next, keys.previous)

    def events_page(self, where: Filter, cursor: Cursor | None, limit: int) -> Slice[FoundEvent]:
        """Events by day."""
        return self._found(
            "events", where, cursor, limit, lambda id, text: FoundEvent(id, Event.model_validate_json(text))
        )

    def ties_page(self, where: Filter, cursor: Cursor | None, limit: int) -> Slice[FoundTie]:
        """Ties by day."""
        return self._found(
            "ties", where, cursor, limit, lambda id, text: FoundTie(id, Tie.model_validate_json(text))
        )

    def statements_page(self, where: Filter, cursor: Cursor | None, limit: int) -> Slice[FoundStatement]:
        """Statements by day."""
        return self._found(
            "statements", where, cursor, limit,
            lambda id, text: FoundStatement(id, Statement.model_validate_json(text)),
        )  # fmt: skip

    def discrepancies_page(self, where: Filter, cursor: Cursor | None, limit: int) -> Slice[Discrepancy]:
        """Discrepancies, strongest first."""
        conditions, values = queries.discrepancy_conditions(where)
        listing = Listing("f.json", "discrepancies f", tuple(conditions), tuple(values), ("f.rank",))
        return cut(self._all, listing, cursor, limit, lambda row: Discrepancy.model_validate_json(row[0]))

    def actors_page(self, where: Filter, cursor: Cursor | None, limit: int) -> Slice[CaseActor]:
        """Actors, those named in most reports first."""
        conditions, values = queries.actor_conditions(where)
        listing = Listing(
            "f.json, f.documents, f.mentions, f.events, f.ties, f.statements", "actors f", tuple(conditions),
            tuple(values), ("-f.reports", "-f.mentions", "f.id"),
        )  # fmt: skip
        return cut(self._all, listing, cursor, limit, rows.case_actor)

    def discrepancy(self, id: str) -> Discrepancy | None:
        """One discrepancy; None where the case has none of that id."""
        row = self._one("SELECT json FROM discrepancies WHERE id = ?", (id,))
        return Discrepancy.model_validate_json(row[0]) if row else None

    def discrepancies_of(self, document: str, limit: int) -> tuple[Discrepancy, ...]:
        """Discrepancies with a passage in a report."""
        found = self._all(
            "SELECT DISTINCT f.rank, f.json FROM poles o JOIN discrepancies f ON f.rank = o.discrepancy "
            "WHERE o.document = ? ORDER BY f.rank LIMIT ?",
            (document, limit),
        )
        return tuple(Discrepancy.model_validate_json(text) for _, text in found)

    def verdicts(self, discrepancies: Iterable[str]) -> Mapping[str, Decision]:
        """The decisions that hold of some discrepancies."""
        asked = json.dumps(list(discrepancies))
        held = (
            "SELECT discrepancy, decision FROM verdicts WHERE discrepancy IN (SELECT value FROM json_each(?))"
        )
        by_id = dict(self._all(held, (asked,)))
        with guard(self.folder):
            made = {d.number: d for d in decisions.some(self._db, by_id.values())}
        return {id: made[number] for id, number in by_id.items() if number in made}
