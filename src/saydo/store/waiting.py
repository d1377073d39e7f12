"""What waits for a person and what was decided: see :class:`saydo.model.waiting.WaitingLookups`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from saydo.model.case import CaseActor, Spell
from saydo.model.choices import Decision, Version
from saydo.model.identity import Merge, Question, Sight
from saydo.model.ids import fold
from saydo.model.lookups import Cursor, Slice
from saydo.model.standing import State, What
from saydo.model.waiting import (
    LogFilter,
    Logged,
    Settled,
    Sighting,
)
from saydo.store import decisions, rows, together
from saydo.store.asking import marks
from saydo.store.columns import NO_DAY
from saydo.store.guard import guard
from saydo.store.queue import SqliteQueue
from saydo.store.slices import Listing, cut
from saydo.store.taking import taking_part

_UNDONE_BY = """(SELECT max(u.number) FROM decisions u WHERE u.undoes = d.number
    AND NOT EXISTS (SELECT 1 FROM decisions v WHERE v.undoes = u.number))"""
_LOST = """(EXISTS (SELECT 1 FROM lost_decisions l WHERE l.decision = d.number)
    OR EXISTS (SELECT 1 FROM lost_stances l WHERE l.decision = d.number))"""


class SqliteWaiting(SqliteQueue):
    """Answers from indexes, a screenful at a time."""

    def settled(
        self, states: tuple[State, ...], document: str | None, cursor: Cursor | None, limit: int
    ) -> Slice[Settled]:
        """Findings on which somebody decided, the latest decision first."""
        conditions = [f"s.state IN ({marks(states)})" if states else "s.proposal IS NOT NULL"]
        values: list[Any] = [*states]
        if document is not None:
            conditions.append("r.id = ?")
            values.append(document)
        listing = Listing(
            "s.decision, r.id, s.what, s.finding, s.state, s.proposal",
            "stances s JOIN documents r ON r.position = s.document",
            tuple(conditions), tuple(values), ("s.decision", "s.document"), descending=True,
        )  # fmt: skip
        found = cut(self._all, listing, cursor, limit, lambda row: row)
        made = self._made(row[0] for row in found.items)
        return Slice(tuple(_settled(row, made) for row in found.items), found.next, found.previous)

    def _made(self, numbers: Iterable[int]) -> dict[int, Decision]:
        with guard(self.folder):
            return {d.number: d for d in decisions.some(self._db, numbers)}

    def settled_counts(self) -> dict[str, int]:
        """How many findings are in each state."""
        counts = dict(self._all("SELECT state, count(*) FROM stances GROUP BY state"))
        (proposed,) = self._one("SELECT count(*) FROM stances WHERE proposal IS NOT NULL") or (0,)
        return {**counts, "proposal": proposed}

    def stances_in(self, document: str) -> tuple[Settled, ...]:
        """What was decided about findings of a report."""
        found_rows = self._all(
            "SELECT s.decision, r.id, s.what, s.finding, s.state, s.proposal FROM documents r "
            "JOIN stances s ON s.document = r.position WHERE r.id = ? ORDER BY s.decision",
            (document,),
        )
        made = self._made(row[0] for row in found_rows)
        return tuple(_settled(row, made) for row in found_rows)

    def log(self, where: LogFilter, cursor: Cursor | None, limit: int) -> Slice[Logged]:
        """Decisions, the latest first."""
        conditions: list[str] = []
        values: list[Any] = []
        for value, test in (
            (where.who, "d.who = ?"),
            (where.since, "d.at >= ?"),
            (where.until and where.until + "T99", "d.at <= ?"),
            (where.document, "json_extract(d.payload, '$.finding.document') = ?"),
        ):
            if value:
                conditions.append(test)
                values.append(value)
        if where.kinds:
            conditions.append(f"d.kind IN ({marks(where.kinds)})")
            values += where.kinds
        if where.undone is not None:
            conditions.append(f"{_UNDONE_BY} IS {'NOT ' if where.undone else ''}NULL")
        listing = Listing(
            f"d.number, {_UNDONE_BY}, {_LOST}", "decisions d", tuple(conditions), tuple(values),
            ("d.number",), descending=True,
        )  # fmt: skip
        found = cut(self._all, listing, cursor, limit, lambda row: row)
        made = self._made(row[0] for row in found.items)
        items = tuple(Logged(made[number], by, bool(lost)) for number, by, lost in found.items)
        return Slice(items, found.next, found.previous)

    def deciders(self) -> tuple[tuple[str, int], ...]:
        """Who decided how often."""
        return tuple(self._all("SELECT who, count(*) FROM decisions GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 50"))

    def step(self, together: str) -> tuple[int, ...]:
        """Numbers of the decisions made in one step that still hold."""
        found_rows = self._all(
            "SELECT d.number FROM decisions d WHERE json_extract(payload, '$.together') = ? "
            f"AND json_extract(payload, '$.together') > '' AND {_UNDONE_BY} IS NULL ORDER BY d.number",
            (together,),
        )
        return tuple(number for (number,) in found_rows)

    def actors_called(
        self, name: str, kind: str | None, cursor: Cursor | None, limit: int
    ) -> Slice[CaseActor]:
        """Actors one of whose names has a word that begins so."""
        conditions: list[str] = []
        values: list[Any] = []
        words = fold(name)
        if name.strip():
            conditions.append("f.id IN (SELECT actor FROM actor_words WHERE words >= ? AND words < ?)")
            values += (words, words + "\U0010ffff")
        if kind:
            conditions.append("f.kind = ?")
            values.append(kind)
        listing = Listing(
            "f.json, f.documents, f.mentions, f.events, f.ties, f.statements", "actors f", tuple(conditions),
            tuple(values), ("-f.reports", "-f.mentions", "f.id"),
        )  # fmt: skip
        return cut(self._all, listing, cursor, limit, rows.case_actor)

    def actor_kinds(self) -> tuple[tuple[str, int], ...]:
        """Kinds of actors, the most frequent first."""
        return tuple(self._all("SELECT kind, count(*) FROM actors GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 16"))

    def actor(self, id: str) -> CaseActor | None:
        """An actor by its id, or by one that was merged into it."""
        row = self._one(
            "SELECT json, documents, mentions, events, ties, statements FROM actors WHERE id = COALESCE("
            "(SELECT id FROM actors WHERE id = ?), "
            "(SELECT in_case FROM identities WHERE actor = ? AND document IS NULL))",
            (id, id),
        )
        return rows.case_actor(row) if row else None

    def spells_of(self, actor: str, limit: int) -> tuple[Spell, ...]:
        """Ties over time of an actor."""
        with guard(self.folder):
            return together.spells_about(self._db, actor, limit)

    def doings_of(self, actor: str, what: What, limit: int) -> tuple[tuple[str, str], ...]:
        """``(report, finding)`` of the latest findings in which an actor takes part."""
        source, mine = taking_part(self, (actor,))
        found: list[tuple[str, str]] = []
        for days in (f"f.day < '{NO_DAY}'", f"f.day = '{NO_DAY}'"):
            found += self._all(
                f"SELECT d.id, n.id FROM (SELECT f.key FROM {source} WHERE f.what = ? AND {days} "
                "ORDER BY f.day DESC, f.key LIMIT ?) q CROSS JOIN found n ON n.key = q.key "
                "CROSS JOIN documents d ON d.position = n.document",
                (*mine, what, limit - len(found)),
            )
        return tuple((document, finding) for document, finding in found)

    def places_of(self, actor: str, limit: int) -> tuple[tuple[str, int], ...]:
        """Where events in which an actor takes part happened."""
        counted: dict[str, int] = {}
        for own, document in self._ids(actor):
            found_rows = self._all(
                "SELECT e.place, count(*) FROM participants p JOIN events e "
                "ON e.document = p.document AND e.id = p.finding WHERE p.actor = ? AND p.what = 'event' "
                "AND e.place IS NOT NULL "
                + ("AND p.document = (SELECT position FROM documents WHERE id = ?) " if document else "")
                + "GROUP BY 1",
                (own, document) if document else (own,),
            )
            for place, count in found_rows:
                counted[place] = counted.get(place, 0) + count
        return tuple(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))[:limit])

    def _ids(self, actor: str) -> tuple[tuple[str, str | None], ...]:
        """Under which ids the records know an actor, each with the one report where that is so."""
        merged = self._all("SELECT actor, document FROM identities WHERE in_case = ?", (actor,))
        return ((actor, None), *((own, document) for own, document in merged))

    def sightings(self, actor: str, limit: int) -> tuple[Sighting, ...]:
        """By what words reports call an actor of the case."""
        found: dict[str, list[Any]] = {}
        for own, document in self._ids(actor):
            found_rows = self._all(
                "SELECT m.text, count(*), count(DISTINCT m.document), min(m.document) FROM mentions m "
                "WHERE m.actor = ? AND m.named "
                f"{'AND m.document = (SELECT position FROM documents WHERE id = ?)' if document else ''} "
                "GROUP BY m.text",
                (own, document) if document else (own,),
            )
            for words, times, reports, first in found_rows:
                held = found.setdefault(words, [0, 0, first, own])
                held[0], held[1] = held[0] + times, held[1] + reports
                if first < held[2]:
                    held[2:] = [first, own]
        best = sorted(found.items(), key=lambda pair: (-pair[1][0], pair[0]))[:limit]
        return tuple(self._sighting(words, *held) for words, held in best)

    def _sighting(self, words: str, times: int, reports: int, position: int, own: str) -> Sighting:
        row = self._one(
            "SELECT d.id, m.id, m.start, m.end, m.text FROM mentions m JOIN documents d "
            "ON d.position = m.document WHERE m.document = ? AND m.actor = ? AND m.text = ? ORDER BY m.start",
            (position, own, words),
        )
        assert row is not None, "it was counted just now"
        return Sighting(words, times, reports, Sight(*row))

    def own_names(self, actors: Iterable[str]) -> Mapping[str, str]:
        """Id of an actor in the records → a name that a record gives it."""
        asked = tuple(dict.fromkeys(actors))
        return dict(
            self._all(
                f"SELECT id, min(name) FROM document_actors WHERE id IN ({marks(asked)}) GROUP BY id", asked
            )
        )

    def merges_of(self, actor: str) -> tuple[Merge, ...]:
        """The merges that made an actor of the case what it is."""
        ids = tuple(dict.fromkeys(own for own, _ in self._ids(actor)))
        with guard(self.folder):
            found = together.merges_with(self._db, ids)
        known = {(own, document) for own, document in self._ids(actor)}
        return tuple(
            m for m in found if (m.merged, m.document) in known or (m.merged, None) in known
            or m.actor == actor
        )  # fmt: skip

    def questions_of(self, actor: str | None, limit: int, skip: int = 0) -> tuple[Question, ...]:
        """Open questions that an actor is in, or all."""
        with guard(self.folder):
            return together.questions_about(self._db, actor, limit, skip)

    def questions_count(self) -> int:
        """How many questions are open."""
        return int((self._one("SELECT count(*) FROM questions") or (0,))[0])


def _settled(row: tuple[Any, ...], made: dict[int, Decision]) -> Settled:
    number, document, what, finding, state, proposal = row
    held = json.loads(proposal) if proposal else {"fields": [], "now": None}
    now = Version.model_validate(held["now"]) if held["now"] else None
    return Settled(
        document, what, finding, state, made[number], tuple((a, b, c) for a, b, c in held["fields"]), now
    )
