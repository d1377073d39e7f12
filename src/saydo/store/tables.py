"""Tables, timeline and search: see :class:`saydo.model.tables.Tables`."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
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
LAST_DAY = "9999-12-30"
"""The last that is a day; the next stands for none (:data:`saydo.store.columns.NO_DAY`)."""
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


def months(since: str | None, until: str | None) -> tuple[tuple[str, str], list[tuple[str, str]]]:
    """The first and the last month that lie wholly within two days (the first behind the last where none
    does), and the stretches of days that are then left."""
    first, last = since or "0001-01-01", min(until or LAST_DAY, LAST_DAY)
    one, other = (date.fromisoformat(f"{day[:7]}-01") for day in (first, last))
    if first != one.isoformat():
        one = _month_on(one)
    if (date.fromisoformat(last) + timedelta(days=1)).month == other.month:
        other = (other - timedelta(days=1)).replace(day=1) if other > date.min else other
    if one > other:
        return ("9999-12", "0001-01"), [(first, last)]
    rest = [(first, (one - timedelta(days=1)).isoformat())] if first < one.isoformat() else []
    if last >= _month_on(other).isoformat():
        rest.append((_month_on(other).isoformat(), last))
    return (one.isoformat()[:7], other.isoformat()[:7]), rest


def _month_on(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)


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
        if not (matching(where.words) or where.actors):
            return _gathered(where, self._counted(where))
        free = self._asked(where._replace(kinds=(), facet=None))
        if not free.counted:
            return Facets(None, (), ())
        rows = self._all(
            f"SELECT f.kind, f.facet, count(*) FROM {free.source}{all_of(free.conditions)} GROUP BY 1, 2",
            free.values,
        )
        return _gathered(where, rows)

    def _counted(self, where: TableFilter) -> list[tuple[Any, ...]]:
        """Kind, facet and number where no search and no actor narrows the rows: whole months from what is
        kept, the days before and behind them one by one."""
        if not (where.since or where.until):
            return self._all(
                "SELECT kind, NULLIF(facet, ''), n FROM found_facets WHERE what = ? AND n > 0", (where.sort,)
            )
        whole, rest = months(where.since, where.until)
        rows = self._all(
            "SELECT kind, NULLIF(facet, ''), sum(n) FROM found_counts WHERE what = ? "
            "AND month BETWEEN ? AND ? GROUP BY 1, 2",
            (where.sort, *whole),
        )
        for days in rest:
            rows += self._all(
                "SELECT kind, facet, count(*) FROM found WHERE what = ? AND day BETWEEN ? AND ? "
                "GROUP BY 1, 2",
                (where.sort, *days),
            )
        return rows

    def _kinds(self, where: TableFilter) -> tuple[str, ...]:
        """The kinds that there are, so that an index by kind and day can be asked for a stretch of days."""
        rows = self._all("SELECT DISTINCT kind FROM found_facets WHERE what = ? AND n > 0", (where.sort,))
        return tuple(kind for (kind,) in rows)

    def bins(self, where: TableFilter, by: Literal["day", "month"]) -> tuple[Bin, ...]:
        """Counts over time, by bin and kind."""
        plain = not (where.words.strip() or where.actors)
        if by == "month" and plain:
            return self._months(where)
        asked = self._asked(where)
        source = asked.source
        if plain and where.facet is None:
            source = "found f INDEXED BY found_by_kind"
            asked = asked_for(self, where._replace(kinds=where.kinds or self._kinds(where)))
        start = "f.day" if by == "day" else "substr(f.day, 1, 7)"
        rows = self._all(
            f"SELECT {start}, f.kind, count(*) FROM {source}{all_of(asked.conditions)} GROUP BY 1, 2 "
            "ORDER BY 1, 2",
            asked.values,
        )
        none = NO_DAY if by == "day" else NO_DAY[:7]
        return tuple(Bin(*row) for row in rows if row[0] != none)

    def _months(self, where: TableFilter) -> tuple[Bin, ...]:
        """By month, from what is kept."""
        whole, rest = months(where.since, where.until)
        free = where._replace(since=None, until=None)
        conditions, values = _bounds(free, "f.month", 7)
        counted = Counter[tuple[str, str]]()
        for sql, test, stretch in (
            ("SELECT f.month, f.kind, sum(f.n) FROM found_counts f", "f.month BETWEEN ? AND ?", whole),
            *(
                ("SELECT substr(f.day, 1, 7), f.kind, count(*) FROM found f", "f.day BETWEEN ? AND ?", days)
                for days in rest
            ),
        ):
            tests, bound = [*conditions, test], [*values, *stretch]
            if where.facet is not None:
                tests.append("f.facet = ?")
                bound.append(where.facet)
            for month, kind, n in self._all(f"{sql}{all_of(tests)} GROUP BY 1, 2", bound):
                counted[month, kind] += n
        return tuple(Bin(*key, n) for key, n in sorted(counted.items()) if n and key[0] < NO_DAY[:7])

    def extent(self, sort: Sort) -> tuple[str, str] | None:
        """The first and the last month with a finding."""
        row = self._one(
            "SELECT min(month), max(month) FROM found_counts WHERE what = ? AND n > 0 AND month < ?",
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
            f"SELECT {_LINE}, x.json FROM json_each(?) k "
            "CROSS JOIN found f ON f.key = CAST(k.value AS BIGINT) "
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
    conditions.insert(0, "f.key = CAST(k.value AS BIGINT)")
    # the keys lead; the planner cannot know that they are few
    keys = json.dumps([key for (key,) in hits])
    return Asked("json_each(?) k CROSS JOIN found f", tuple(conditions), (keys, *values), True, True)


def _so_many_days(ask: Asking, where: TableFilter) -> bool:
    months = ((where.since or "")[:7], (where.until or NO_DAY)[:7])
    counted = "SELECT COALESCE(sum(n), 0) FROM found_counts WHERE what = ? AND month BETWEEN ? AND ?"
    (inside,) = ask._one(counted, (where.sort, *months)) or (0,)
    return bool(inside > 2 * FEW)


def _has_words(ask: Asking, match: str) -> str:
    """That a row is a hit of a search with many hits; takes the search. All hits are gathered once, unless
    they are so many that of any few rows one is a hit."""
    counted = "SELECT count(*) FROM (SELECT 1 FROM found_words WHERE found_words MATCH ? LIMIT ?) AS q"
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
    FROM json_each(?) k CROSS JOIN found f ON f.key = CAST(k.value AS BIGINT)
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
