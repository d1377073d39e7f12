"""Findings on which nobody decided: see :class:`saydo.model.waiting.WaitingLookups`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from saydo.model.errors import InputError
from saydo.model.lookups import Cursor, Slice
from saydo.model.standing import What
from saydo.model.waiting import Progress, QueueFilter, Waiting
from saydo.store.asking import Asking, marks
from saydo.store.columns import NO_DAY
from saydo.store.found_rows import POSITION_BITS
from saydo.store.schema_findings import ABOUT
from saydo.store.taking import taking_part

_RANK: dict[What, int] = {"event": 0, "tie": 1, "statement": 2}
MOST_COUNTED = 10_000
"""Findings counted for the progress of a review; beyond it is said that there are more."""
_RULES_OF = 2_000
_SCREENFUL, _SHARE = 10, 8
_NUMBER = 0x3FFFF
"""The bits of a key in which a finding's number stands."""
_OPEN = "NOT EXISTS (SELECT 1 FROM found_decided x WHERE x.key = f.key)"


class _Asked(NamedTuple):
    """The findings of one sort that pass a filter, as ``f``: all of them, or those of an actor. Everything
    that narrows them stands in one row."""

    source: str
    conditions: tuple[str, ...]
    values: tuple[Any, ...]

    def but(self, *more: str, values: tuple[Any, ...] = ()) -> _Asked:
        """With further conditions."""
        return self._replace(conditions=(*self.conditions, *more), values=(*self.values, *values))

    def sql(self, columns: str) -> str:
        """A query for some columns; takes the values."""
        return f"SELECT {columns} FROM {self.source} WHERE {' AND '.join(self.conditions)}"


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
        """The first of one sort, picked by what is known of them without reading them."""
        asked = self._of_sort(what, where).but(_OPEN)
        one, key = ("-w.weight", "w.key") if where.order == "weight" else ("f.score", "f.key")
        place, last = f"{key} >> {POSITION_BITS}", f"{key} & {_NUMBER}"
        if cursor is not None:
            behind = f"({one}, {_RANK[what]}, {place}, {last}) > (?, ?, ?, ?)"
            asked = asked.but(f"{one} >= ?", behind, values=(cursor.values[0], *cursor.values))
        picked = asked.sql(f"{one} AS one, {key} AS key")
        found = self._all(
            f"SELECT q.one, q.key >> {POSITION_BITS}, q.key & {_NUMBER}, d.id, n.id, n.kind, n.score, "
            f"COALESCE(w.weight, 0) FROM ({picked} ORDER BY {one}, {key} LIMIT ?) AS q "
            "CROSS JOIN found n ON n.key = q.key JOIN documents d ON d.position = n.document "
            "LEFT JOIN weights w ON w.key = q.key ORDER BY q.one, q.key",
            (*asked.values, limit),
        )
        return [
            Waiting(document, what, id, kind, score, weight, (first, _RANK[what], place, number))
            for first, place, number, document, id, kind, score, weight in found
        ]

    def _of_sort(self, what: What, where: QueueFilter, *, first: bool = True) -> _Asked:
        """What passes a filter. Of many within some days the ``first`` are come to by their order, and very
        many are counted in any."""
        source, values = taking_part(self, (where.actor,)) if where.actor else ("found f", ())
        sort, day = "f.what", "f.day"
        if where.order == "weight":
            # only that on which something rests, which is few
            if where.actor:
                source += " CROSS JOIN weights w ON w.key = f.key"
            else:
                source, sort = "weights w CROSS JOIN found f ON f.key = w.key", "w.what"
        elif not where.actor and (where.since or where.until):
            inside, every = self._share(what, where)
            if inside * inside > _SCREENFUL * every if first else _SHARE * inside > every:
                day = "+f.day"
        document = "(SELECT position FROM documents WHERE id = ?)"
        if where.actor or where.order == "weight":
            document = f"f.key >> {POSITION_BITS} = {document}"
        else:
            document, sort = f"f.document = {document}", "+f.what" if where.document else sort
        given = (
            (f"{sort} = ?", (what,)),
            (f"f.kind IN ({marks(where.kinds)})", where.kinds),
            ("f.rule = ?", (where.rule,) if where.rule else ()),
            (f"{day} >= ?", (where.since,) if where.since else ()),
            (f"{day} <= ?", (where.until,) if where.until else ()),
            (document, (where.document,) if where.document else ()),
        )
        held = [(test, bound) for test, bound in given if bound]
        return _Asked(
            source, tuple(test for test, _ in held), (*values, *(each for _, bound in held for each in bound))
        )

    def _share(self, what: What, where: QueueFilter) -> tuple[int, int]:
        """How many findings there are in the months of a filter, and in all."""
        kinds = f" AND kind IN ({marks(where.kinds)})" if where.kinds else ""
        inside, every = self._one(
            "SELECT COALESCE(sum(n) FILTER (WHERE month BETWEEN ? AND ?), 0), COALESCE(sum(n), 0) "
            f"FROM found_counts WHERE what = ?{kinds}",
            ((where.since or "")[:7], (where.until or NO_DAY)[:7], what, *where.kinds),
        ) or (0, 0)
        return int(inside), int(every)

    def queue_progress(self, where: QueueFilter) -> Progress:
        """How many of the findings that pass a filter are decided on."""
        decided = total = 0
        for what in where.what:
            asked = self._of_sort(what, where, first=False)
            counted = f"SELECT count(*) FROM ({asked.sql('1')} LIMIT {MOST_COUNTED + 1}) AS q"
            total += (self._one(counted, asked.values) or (0,))[0]
            decided += self._decided(asked, where)
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
            given = (*where.what, *where.kinds, *((where.document,) if where.document else ()))
            rejected = (self._one(gone, given) or (0,))[0]
            decided, total = decided + rejected, total + rejected
        return Progress(decided, min(total, MOST_COUNTED), total > MOST_COUNTED)

    def _decided(self, asked: _Asked, where: QueueFilter) -> int:
        """How many are decided on: from what is fewer, the findings of an actor or what was decided."""
        if where.actor:
            held = asked.but("EXISTS (SELECT 1 FROM found_decided x WHERE x.key = f.key)")
        else:
            key = "w.key" if where.order == "weight" else "f.key"
            # ``+`` keeps the sort from leading: the key does
            tests = tuple(test.replace("w.what", "+w.what") for test in asked.conditions)
            source = f"found_decided x CROSS JOIN {asked.source}"
            held = _Asked(source, tests, asked.values).but(f"{key} = x.key")
        return int((self._one(held.sql("count(*)"), held.values) or (0,))[0])

    def rules(self, where: QueueFilter) -> tuple[tuple[str, int], ...]:
        """Rules of the findings that wait first."""
        counted: dict[str, int] = {}
        for what in where.what:
            asked = self._of_sort(what, where._replace(rule=None)).but(_OPEN)
            found = self._all(
                f"SELECT rule, count(*) FROM ({asked.sql('f.rule AS rule')} LIMIT {_RULES_OF}) AS q "
                "GROUP BY rule",
                asked.values,
            )
            for rule, count in found:
                counted[rule] = counted.get(rule, 0) + count
        return tuple(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))
