"""Tables, timeline and search: see :class:`saydo.model.tables.Tables`."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Literal, NamedTuple

from saydo.model.found import Filter
from saydo.model.lookups import Cursor, Heading, Slice
from saydo.model.records import Discrepancy
from saydo.model.tables import Bin, Facets, Line, Sort, TableFilter, Taking
from saydo.store.asking import Asking
from saydo.store.columns import NO_DAY
from saydo.store.queries import discrepancy_conditions
from saydo.store.schema_speed import BITS
from saydo.store.slices import Listing, cut
from saydo.store.taking import taking_part

FEW = 10_000
"""So many hits of a search are gone through one by one; of more the table is scanned in its order until a
screenful is found, and nothing is counted."""
MANY = 300_000
"""Up to so many hits are gathered before a table is scanned; where there are more, each row is looked up."""
_PIECE = re.compile(r'"([^"]*)"|(\S+)')
_TABLE = {"event": "events", "tie": "ties", "statement": "statements"}
_ORDER: dict[str, tuple[str, bool]] = {
    "oldest": ("f.day", False), "newest": ("f.day", True),
    "surest": ("f.score", True), "doubtful": ("f.score", False),
}  # fmt: skip
_LINE = "f.key, d.id, f.id, f.kind, f.day, f.score, f.quote, f.place, d.title, d.origin, d.publisher, d.date"


class Asked(NamedTuple):
    """A filter as SQL over ``found f``."""

    source: str
    conditions: tuple[str, ...]
    values: tuple[Any, ...]
    few: bool
    """Whether the rows are picked by key out of at most :data:`FEW`."""
    counted: bool
    """Whether they may be gone through one by one to be counted."""


def matching(words: str) -> str:
    """What a person typed as a query of FTS5: every word must occur; empty where there is no word."""
    pieces = []
    for phrase, word in _PIECE.findall(words):
        text = (phrase or word).replace('"', " ").strip()
        if re.search(r"\w", text):
            pieces.append(f'"{text.rstrip("*")}"' + ("*" if word.endswith("*") else ""))
    return " ".join(pieces)


class SqliteTables(Asking):
    """Rows, counts and bins."""

    def lines(self, where: TableFilter, cursor: Cursor | None, limit: int) -> Slice[Line]:
        """Rows in the order asked for."""
        asked = self._asked(where)
        column, descending = _ORDER[where.order]
        listing = Listing(
            "f.key", asked.source, asked.conditions, asked.values, (column, "f.key"), descending
        )
        found = cut(self._all, listing, cursor, limit, lambda row: int(row[0]))
        return Slice(self._lines(where.sort, found.items), found.next, found.previous)

    def located(self, where: TableFilter) -> Iterator[tuple[str, str]]:
        """``(report, finding)`` of all rows."""
        asked = self._asked(where)
        column, descending = _ORDER[where.order]
        way = "DESC" if descending else "ASC"
        conditions = ("d.position = f.document", *asked.conditions)
        return iter(
            self._all(
                f"SELECT d.id, f.id FROM {asked.source}, documents d{all_of(conditions)} "
                f"ORDER BY {column} {way}, f.key {way}",
                asked.values,
            )
        )

    def facets(self, where: TableFilter) -> Facets:
        """Counts for the same rows: of each kind whatever kinds are chosen, and so with facets."""
        free = self._asked(where._replace(kinds=(), facet=None))
        if matching(where.words) and not free.counted:
            return Facets(None, (), ())
        if free.counted:
            rows = self._all(
                f"SELECT f.kind, f.facet, count(*) FROM {free.source}{all_of(free.conditions)} GROUP BY 1, 2",
                free.values,
            )
        else:
            return self._counted(where)
        return _gathered(where, rows)

    def _counted(self, where: TableFilter) -> Facets:
        """Counts where no search and no actor narrows the rows: kept ones, or from an index alone."""
        if not (where.since or where.until):
            rows = self._all(
                "SELECT kind, NULLIF(facet, ''), n FROM found_facets WHERE what = ? AND n > 0", (where.sort,)
            )
            return _gathered(where, rows)
        kinds = self._kinds(where)
        if where.facet is None:
            source = "found f INDEXED BY found_by_kind"
            asked = asked_for(self, where._replace(kinds=kinds))
        else:
            source = "found f INDEXED BY found_by_facet"
            asked = asked_for(self, where._replace(kinds=()))
        sql = f"SELECT f.kind, count(*) FROM {source}{all_of(asked.conditions)} GROUP BY 1"
        counted = Counter(dict(self._all(sql, asked.values)))
        asked = asked_for(self, where._replace(facet=None))
        facets = self._all(
            "SELECT f.facet, count(*) FROM found f INDEXED BY found_by_facet"
            f"{all_of(asked.conditions)} GROUP BY 1",
            asked.values,
        )
        total = sum(n for kind, n in counted.items() if not where.kinds or kind in where.kinds)
        return Facets(
            total, _most(counted), _most(Counter({name: n for name, n in facets if name is not None}))
        )

    def _kinds(self, where: TableFilter) -> tuple[str, ...]:
        """The kinds that there are, so that an index by kind and day can be asked for a stretch of days."""
        rows = self._all("SELECT DISTINCT kind FROM found_facets WHERE what = ? AND n > 0", (where.sort,))
        return tuple(kind for (kind,) in rows)

    def bins(self, where: TableFilter, by: Literal["day", "month"]) -> tuple[Bin, ...]:
        """Counts over time, by bin and kind."""
        plain = not (where.words.strip() or where.actors or where.facet)
        if by == "month" and plain:
            sql = "SELECT f.month, f.kind, sum(f.n) FROM found_months f"
            conditions, values = _bounds(where, "f.month", 7)
            conditions.append("f.n > 0")
        else:
            asked = self._asked(where)
            source = asked.source
            if plain:
                source = "found f INDEXED BY found_by_kind"
                asked = asked_for(self, where._replace(kinds=where.kinds or self._kinds(where)))
            start = "f.day" if by == "day" else "substr(f.day, 1, 7)"
            sql = f"SELECT {start}, f.kind, count(*) FROM {source}"
            conditions, values = list(asked.conditions), list(asked.values)
        none = NO_DAY if by == "day" else NO_DAY[:7]
        rows = self._all(f"{sql}{all_of(conditions)} GROUP BY 1, 2 ORDER BY 1, 2", values)
        return tuple(Bin(*row) for row in rows if row[0] != none)

    def extent(self, sort: Sort) -> tuple[str, str] | None:
        """The first and the last month with a finding."""
        row = self._one(
            "SELECT min(month), max(month) FROM found_months WHERE what = ? AND n > 0 AND month < ?",
            (sort, NO_DAY[:7]),
        )
        return (row[0], row[1]) if row and row[0] else None

    def discrepancies_like(
        self, where: Filter, words: str, cursor: Cursor | None, limit: int
    ) -> Slice[Discrepancy]:
        """Discrepancies with these words in one of their passages."""
        conditions, values = _like(where, words)
        listing = Listing("f.json", "discrepancies f", tuple(conditions), tuple(values), ("f.rank",))
        return cut(self._all, listing, cursor, limit, lambda row: Discrepancy.model_validate_json(row[0]))

    def discrepancy_kinds(self, where: Filter, words: str) -> tuple[tuple[str, int], ...]:
        """How many of each kind."""
        conditions, values = _like(where._replace(kinds=()), words)
        rows = self._all(
            f"SELECT f.kind, count(*) FROM discrepancies f{all_of(conditions)} GROUP BY 1", values
        )
        return _most(Counter(dict(rows)))

    def _asked(self, where: TableFilter) -> Asked:
        return asked_for(self, where)

    def _lines(self, sort: Sort, keys: Sequence[int]) -> tuple[Line, ...]:
        rows = self._all(
            f"SELECT {_LINE}, x.json FROM json_each(?) k CROSS JOIN found f ON f.key = k.value "
            f"JOIN documents d ON d.position = f.document JOIN {_TABLE[sort]} x ON x.document = f.document "
            "AND x.id = f.id ORDER BY k.key",
            (json.dumps(keys),),
        )
        taking: dict[int, list[Taking]] = {}
        for key, role, actor, name in self._all(_TAKING, (json.dumps(keys), sort)):
            taking.setdefault(key, []).append(Taking(role, actor, name))
        return tuple(
            Line(
                document=r[1], id=r[2], kind=r[3], day=None if r[4] == NO_DAY else r[4], score=r[5],
                quote=r[6], json=r[12], place=r[7], heading=Heading(r[1], *r[8:12]),
                taking=tuple(taking.get(r[0], ())),
            )
            for r in rows
        )  # fmt: skip


def asked_for(ask: Asking, where: TableFilter) -> Asked:
    """A filter as SQL; actors lead to what they take part in, a search with few hits to their keys."""
    conditions, values = _bounds(where, "f.day", 10)
    if where.facet is not None:
        conditions.append("f.facet = ?")
        values.append(where.facet)
    source, taking = taking_part(ask, where.actors) if where.actors else ("found f", ())
    match = matching(where.words)
    if not match:
        return Asked(source, tuple(conditions), (*taking, *values), False, bool(where.actors))
    hits = ask._all("SELECT rowid FROM found_words WHERE found_words MATCH ? LIMIT ?", (match, FEW + 1))
    if len(hits) > FEW:
        conditions.append(_has_words(ask, match))
        if where.order in ("surest", "doubtful") and not where.actors and _so_many_days(ask, where):
            # one comes to a screenful sooner by certainty than by sorting all of these days
            conditions = [each.replace("f.day", "+f.day") for each in conditions]
        return Asked(source, tuple(conditions), (*taking, *values, match), False, False)
    if where.actors:
        conditions.append(f"f.key IN (SELECT f.key FROM {source} WHERE f.what = ?)")
        values += (*taking, where.sort)
    conditions.insert(0, "f.key = k.value")
    # the keys lead; the planner cannot know that they are few
    keys = json.dumps([key for (key,) in hits])
    return Asked("json_each(?) k CROSS JOIN found f", tuple(conditions), (keys, *values), True, True)


def _so_many_days(ask: Asking, where: TableFilter) -> bool:
    months = ((where.since or "")[:7], (where.until or NO_DAY)[:7])
    counted = "SELECT COALESCE(sum(n), 0) FROM found_months WHERE what = ? AND month BETWEEN ? AND ?"
    (inside,) = ask._one(counted, (where.sort, *months)) or (0,)
    return bool(inside > 2 * FEW)


def _has_words(ask: Asking, match: str) -> str:
    """That a row is a hit of a search with many hits; takes the search. All hits are gathered once, unless
    they are so many that of any few rows one is a hit."""
    counted = "SELECT count(*) FROM (SELECT 1 FROM found_words WHERE found_words MATCH ? LIMIT ?)"
    (hits,) = ask._one(counted, (match, MANY + 1)) or (0,)
    if hits <= MANY or "*" in match:
        return "f.key IN (SELECT rowid FROM found_words WHERE found_words MATCH ?)"
    return "EXISTS (SELECT 1 FROM found_words WHERE found_words MATCH ? AND rowid = f.key)"


def _like(where: Filter, words: str) -> tuple[list[str], list[Any]]:
    conditions, values = discrepancy_conditions(where)
    match = matching(words)
    if match:
        hits = f"SELECT rowid >> {BITS} FROM pole_words WHERE pole_words MATCH ?"
        conditions.append(f"f.rank IN ({hits})")
        values.append(match)
    return conditions, values


_TAKING = """SELECT f.key, p.role, COALESCE(h.in_case, w.in_case, p.actor),
        COALESCE(c.name, a.name, m.text, '')
    FROM json_each(?) k CROSS JOIN found f ON f.key = k.value
    JOIN participants p ON p.document = f.document AND p.what = ? AND p.finding = f.id
    JOIN documents d ON d.position = f.document
    LEFT JOIN mentions m ON m.document = p.document AND m.id = p.mention
    LEFT JOIN document_actors a ON a.document = p.document AND a.id = p.actor
    LEFT JOIN identities h ON h.actor = p.actor AND h.document = d.id
    LEFT JOIN identities w ON w.actor = p.actor AND w.document IS NULL
    LEFT JOIN actors c ON c.id = COALESCE(h.in_case, w.in_case, p.actor)
    ORDER BY f.key, p.role, p.number"""


def _bounds(where: TableFilter, day: str, length: int) -> tuple[list[str], list[Any]]:
    conditions = ["f.what = ?"]
    values: list[Any] = [where.sort]
    if where.kinds:
        conditions.append(f"f.kind IN ({', '.join('?' * len(where.kinds))})")
        values += where.kinds
    if where.since:
        conditions.append(f"{day} >= ?")
        values.append(where.since[:length])
    if where.until:
        conditions.append(f"{day} <= ?")
        values.append(where.until[:length])
    if where.since or where.until:
        conditions.append(f"{day} < ?")
        values.append(NO_DAY[:length])
    return conditions, values


def all_of(conditions: Sequence[str]) -> str:
    """Conditions as the WHERE of a query."""
    return f" WHERE {' AND '.join(conditions)}" if conditions else ""


def _gathered(where: TableFilter, rows: Sequence[tuple[Any, ...]]) -> Facets:
    """Counts by kind and facet together as the counts of each, neither cut down by its own choice."""
    kinds: Counter[str] = Counter()
    facets: Counter[str] = Counter()
    total = 0
    for kind, facet, count in rows:
        chosen = not where.kinds or kind in where.kinds
        if where.facet is None or facet == where.facet:
            kinds[kind] += count
            total += count if chosen else 0
        if chosen and facet is not None:
            facets[facet] += count
    return Facets(total, _most(kinds), _most(facets))


def _most(counted: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counted.items(), key=lambda item: (-item[1], item[0])))
