"""Findings on which nobody decided: see :class:`saydo.model.waiting.WaitingLookups`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from saydo.model.errors import InputError
from saydo.model.lookups import Cursor, Slice
from saydo.model.standing import What
from saydo.model.waiting import Progress, QueueFilter, Waiting
from saydo.store.asking import Asking, marks
from saydo.store.columns import NO_DAY
from saydo.store.found_rows import POSITION_BITS
from saydo.store.schema_findings import ABOUT
from saydo.store.taking import taking_part

TABLES: dict[What, str] = {"event": "events", "tie": "ties", "statement": "statements"}
_RANK: dict[What, int] = {"event": 0, "tie": 1, "statement": 2}
_KIND: dict[What, str] = {"event": "type", "tie": "type", "statement": "kind"}
MOST_COUNTED = 10_000
"""Findings counted for the progress of a review; beyond it is said that there are more."""
_RULES_OF = 2_000
_SCREENFUL = 10
_PART = """SELECT p.document, p.finding FROM participants p WHERE p.what = '{what}' AND p.actor = ?
    UNION SELECT p.document, p.finding FROM identities i
    JOIN participants p ON p.actor = i.actor AND p.what = '{what}'
    WHERE i.in_case = ? AND (i.document IS NULL
        OR i.document = (SELECT id FROM documents WHERE position = p.document))"""
"""The findings in which an actor takes part, by its own id or by one that was merged into it."""
_OPEN = (
    "NOT EXISTS (SELECT 1 FROM stances s WHERE s.document = f.document AND s.what = '{what}' "
    "AND s.finding = f.id)"
)
_DECIDED = """SELECT n.key FROM stances s CROSS JOIN found n ON n.document = s.document AND n.id = s.finding
    WHERE s.what = ?"""
_NUMBER = 0x3FFFF
"""The bits of a key in which a finding's number stands."""


class SqliteQueue(Asking):
    """Answers from indexes, a screenful at a time."""

    def queue(self, where: QueueFilter, cursor: Cursor | None, limit: int) -> Slice[Waiting]:
        """Findings on which nobody decided."""
        if cursor is not None and len(cursor.values) != 4:
            raise InputError("this link leads into another list; start the list from its beginning")
        found = [line for what in where.what for line in self._queue(what, where, cursor, limit + 1)]
        found.sort(key=lambda line: line.key)
        items = tuple(found[:limit])
        return Slice(items, Cursor(items[-1].key) if len(found) > limit else None)

    def _queue(self, what: What, where: QueueFilter, cursor: Cursor | None, limit: int) -> Iterable[Waiting]:
        if where.actor and where.order == "doubt" and not where.rule:
            return self._queue_of_actor(what, where, cursor, limit)
        source, conditions, values = _of(what, where)
        if (where.since or where.until) and where.order == "doubt" and self._so_many_days(what, where):
            # so many days that a few steps down the list lead into them
            conditions = [each.replace("f.day", "+f.day") for each in conditions]
        conditions.append(_OPEN.format(what=what))
        rank = _RANK[what]
        if where.order == "weight":
            order, place, last = "-w.weight", "w.document", "w.finding"
        else:
            order, place, last = "f.score", "f.document", "f.number"
        keys = f"{order}, {rank}, {place}, {last}"
        if cursor is not None:
            conditions.append(f"{order} >= ? AND ({keys}) > (?, ?, ?, ?)")
            values += (cursor.values[0], *cursor.values)
        found_rows = self._all(
            f"SELECT {keys}, d.id, f.id, f.{_KIND[what]}, f.score, COALESCE(w.weight, 0) FROM {source} "
            f"JOIN documents d ON d.position = f.document WHERE {' AND '.join(conditions)} "
            f"ORDER BY {order}, {place}, {last} LIMIT ?",
            (*values, limit),
        )
        return [Waiting(r[4], what, r[5], r[6], r[7], r[8], tuple(r[:4])) for r in found_rows]

    def _queue_of_actor(
        self, what: What, where: QueueFilter, cursor: Cursor | None, limit: int
    ) -> Iterable[Waiting]:
        """The findings of an actor, sorted by what is known of them without reading them."""
        source, conditions, values = self._mine(what, where)
        conditions.append(f"f.key NOT IN ({_DECIDED})")
        values.append(what)
        order = f"f.score, {_RANK[what]}, f.key >> {POSITION_BITS}, f.key & {_NUMBER}"
        if cursor is not None:
            conditions.append(f"f.score >= ? AND ({order}) > (?, ?, ?, ?)")
            values += (cursor.values[0], *cursor.values)
        found_rows = self._all(
            f"SELECT q.score, {_RANK[what]}, n.document, n.key & {_NUMBER}, d.id, n.id, n.kind, n.score, "
            f"COALESCE(w.weight, 0) FROM (SELECT f.score, f.key FROM {source} "
            f"WHERE {' AND '.join(conditions)} ORDER BY f.score, f.key LIMIT ?) q "
            "CROSS JOIN found n ON n.key = q.key JOIN documents d ON d.position = n.document "
            "LEFT JOIN weights w ON w.document = n.document AND w.what = n.what AND w.finding = n.id "
            "ORDER BY q.score, q.key",
            (*values, limit),
        )
        return [Waiting(r[4], what, r[5], r[6], r[7], r[8], tuple(r[:4])) for r in found_rows]

    def _mine(self, what: What, where: QueueFilter) -> tuple[str, list[str], list[Any]]:
        """The findings of an actor that pass a filter, as ``f``, with what narrows a table."""
        source, mine = taking_part(self, (where.actor or "",))
        conditions, values = ["f.what = ?"], [*mine, what]
        if where.kinds:
            conditions.append(f"f.kind IN ({marks(where.kinds)})")
            values += where.kinds
        for bound, test in ((where.since, "f.day >= ?"), (where.until, "f.day <= ?")):
            if bound:
                conditions.append(test)
                values.append(bound)
        if where.document:
            place = "SELECT position FROM documents WHERE id = ?"
            conditions.append(f"f.key >> {POSITION_BITS} = ({place})")
            values.append(where.document)
        return source, conditions, values

    def _decided_of_actor(self, what: What, where: QueueFilter) -> tuple[int, int]:
        """How many findings of an actor are decided on, and how many there are."""
        source, conditions, values = self._mine(what, where)
        held = f"FROM {source} WHERE {' AND '.join(conditions)}"
        counted = f"SELECT count(*) FROM (SELECT 1 {held} LIMIT {MOST_COUNTED + 1})"
        (total,) = self._one(counted, values) or (0,)
        (decided,) = self._one(f"SELECT count(*) {held} AND f.key IN ({_DECIDED})", (*values, what)) or (0,)
        return decided, total

    def _so_many_days(self, what: What, where: QueueFilter) -> bool:
        """Whether there are more findings within some days than steps down a list to the first of them."""
        kinds = f" AND kind IN ({marks(where.kinds)})" if where.kinds else ""
        inside, every = self._one(
            "SELECT COALESCE(sum(n) FILTER (WHERE month BETWEEN ? AND ?), 0), COALESCE(sum(n), 0) "
            f"FROM found_months WHERE what = ?{kinds}",
            ((where.since or "")[:7], (where.until or NO_DAY)[:7], what, *where.kinds),
        ) or (0, 0)
        return bool(inside * inside > _SCREENFUL * every)

    def queue_progress(self, where: QueueFilter) -> Progress:
        """How many of the findings that pass a filter are decided on."""
        decided = total = 0
        for what in where.what:
            if where.actor and where.order == "doubt" and not where.rule:
                more = self._decided_of_actor(what, where)
                decided, total = decided + more[0], total + more[1]
                continue
            source, conditions, values = _of(what, where)
            held = f"FROM {source} WHERE {' AND '.join(conditions)}"
            stood = f"s.what = '{what}' AND s.document = f.document AND s.finding = f.id"
            if where.actor:
                counted = f"SELECT count(*), sum(EXISTS (SELECT 1 FROM stances s WHERE {stood})) {held}"
                number, settled = self._one(counted, values) or (0, 0)
                total, decided = total + number, decided + (settled or 0)
                continue
            counted = f"SELECT count(*) FROM (SELECT 1 {held} LIMIT {MOST_COUNTED + 1})"
            total += (self._one(counted, values) or (0,))[0]
            # from what is fewer: what was decided
            counted = f"SELECT count(*) FROM stances s CROSS JOIN {source} WHERE {stood} AND "
            decided += (self._one(counted + " AND ".join(conditions), values) or (0,))[0]
        if not (where.actor or where.since or where.until or where.rule) and where.order == "doubt":
            # what was rejected is in no list of findings any more
            kind = "json_extract(d.payload, '$.finding.type')"
            kinds = f" AND {kind} IN ({marks(where.kinds)})" if where.kinds else ""
            of = " AND d.number IN (SELECT number FROM decisions WHERE " + ABOUT + " = ?)"
            gone = (
                "SELECT count(*) FROM stances s JOIN decisions d ON d.number = s.decision "
                f"WHERE s.state = 'rejected' AND s.what IN ({marks(where.what)}){kinds}"
                f"{of if where.document else ''}"
            )
            asked = (*where.what, *where.kinds, *((where.document,) if where.document else ()))
            rejected = (self._one(gone, asked) or (0,))[0]
            decided, total = decided + rejected, total + rejected
        return Progress(decided, min(total, MOST_COUNTED), total > MOST_COUNTED)

    def rules(self, where: QueueFilter) -> tuple[tuple[str, int], ...]:
        """Rules of the findings that wait first."""
        counted: dict[str, int] = {}
        for what in where.what:
            if where.actor:
                source, conditions, values = self._mine(what, where)
                conditions.append(f"f.key NOT IN ({_DECIDED})")
                values.append(what)
                source += (
                    f" CROSS JOIN found n ON n.key = f.key CROSS JOIN {TABLES[what]} r "
                    "ON r.document = n.document AND r.id = n.id"
                )
            else:
                source, conditions, values = _of(what, where._replace(rule=None))
                conditions.append(_OPEN.format(what=what))
            found_rows = self._all(
                f"SELECT rule, count(*) FROM (SELECT rule FROM {source} WHERE {' AND '.join(conditions)} "
                f"LIMIT {_RULES_OF}) GROUP BY 1",
                values,
            )
            for rule, count in found_rows:
                counted[rule] = counted.get(rule, 0) + count
        return tuple(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))


def _of(what: What, where: QueueFilter) -> tuple[str, list[str], list[Any]]:
    """The table of findings that pass a filter, as ``f``, with what rests on each, as ``w``."""
    table = TABLES[what]
    join = f"w.document = f.document AND w.what = '{what}' AND w.finding = f.id"
    source = f"{table} f LEFT JOIN weights w ON {join}"
    conditions, values = ["1"], list[Any]()
    if where.order == "weight":
        source = f"weights w CROSS JOIN {table} f ON f.document = w.document AND f.id = w.finding"
        conditions = [f"w.what = '{what}'"]
    if where.actor:
        # from the actor to its findings: few, whatever the case holds
        source = f"({_PART.format(what=what)}) q CROSS JOIN {source}"
        conditions += ["f.document = q.document", "f.id = q.finding"]
        values += (where.actor, where.actor)
    if where.kinds:
        conditions.append(f"f.{_KIND[what]} IN ({marks(where.kinds)})")
        values += where.kinds
    if where.since:
        conditions.append("f.day >= ?")
        values.append(where.since)
    if where.until:
        conditions.append("f.day <= ?")
        values.append(where.until)
    if where.rule:
        conditions.append("f.rule = ?")
        values.append(where.rule)
    if where.document:
        conditions.append("f.document = (SELECT position FROM documents WHERE id = ?)")
        values.append(where.document)
    return source, conditions, values
