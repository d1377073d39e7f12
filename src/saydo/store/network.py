"""Ties over time with their ends, and places of events: see :class:`saydo.model.tables.Tables`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from saydo.model.case import Spell
from saydo.model.tables import Spot, TableFilter
from saydo.store.asking import Asking, marks
from saydo.store.columns import NO_DAY
from saydo.store.connect import DATABASE
from saydo.store.tables import all_of, asked_for, matching
from saydo.store.together import read_spell

_LAST_DAY = "9999-12-30"


class SqliteNetwork(Asking):
    """What network and map are drawn from."""

    def derived_stamp(self) -> tuple[str, str]:
        """Which case this is, and a word that is another one after whatever changes its ties over time."""
        changed = self._one(
            "SELECT (SELECT n FROM spell_changes), (SELECT max(number) FROM runs), (SELECT count(*) FROM spells)"
        )
        return str((self.folder / DATABASE).resolve()), repr(changed)

    def spells_most_told(self, limit: int) -> list[tuple[int, Spell]]:
        """Ties over time with their numbers, those that most findings tell of first."""
        rows = self._all(
            "SELECT number, json FROM spells "
            "ORDER BY json_array_length(json, '$.rests_on') DESC, number LIMIT ?",
            (limit,),
        )
        return [(number, read_spell(text)) for number, text in rows]

    def spell(self, number: int) -> Spell | None:
        """One tie over time; None where the case has none of that number."""
        row = self._one("SELECT json FROM spells WHERE number = ?", (number,))
        return read_spell(row[0]) if row else None

    def ends(self, actors: Iterable[str]) -> Mapping[str, tuple[str, str, int]]:
        """Id → name, kind, number of reports, of the actors that the case has."""
        rows = self._all(
            "SELECT a.id, a.name, a.kind, a.reports "
            "FROM json_each(?) j CROSS JOIN actors a ON a.id = j.value",
            (json.dumps(list(actors)),),
        )
        return {id: (name, kind, reports) for id, name, kind, reports in rows}

    def spots(self, where: TableFilter) -> tuple[Spot, ...]:
        """The places of the events that pass, with how many there are of each kind."""
        where = where._replace(sort="event")
        if where.actors or matching(where.words) or where.facet is not None:
            asked = asked_for(self, where)
            rows = self._spots(asked.source, asked.conditions, asked.values)
        elif where.since or where.until:
            rows = self._spots_in(where)
        else:
            kinds, values = _kinds(where)
            rows = self._all(f"SELECT f.spot, f.kind, f.n FROM found_spots f WHERE f.n > 0{kinds}", values)
        spots: dict[str, list[tuple[str, int]]] = {}
        for spot, kind, count in rows:
            spots.setdefault(spot, []).append((kind, count))
        return tuple(_spot(word, tuple(counts)) for word, counts in spots.items())

    def _spots(self, source: str, conditions: Sequence[str], values: Sequence[Any]) -> list[tuple[Any, ...]]:
        return self._all(
            f"SELECT f.spot, f.kind, count(*) FROM {source}{all_of((*conditions, 'f.spot IS NOT NULL'))} "
            "GROUP BY 1, 2",
            values,
        )

    def _spots_in(self, where: TableFilter) -> list[tuple[Any, ...]]:
        """Counts of some days: gone through day by day, or what lies outside taken off all, whichever is
        less."""
        kinds, values = _kinds(where)
        since, until = where.since or "", where.until or NO_DAY
        month = (since[:7], until[:7])
        (inside, every) = self._one(
            "SELECT COALESCE(sum(n) FILTER (WHERE month BETWEEN ? AND ?), 0), COALESCE(sum(n), 0) "
            "FROM found_months WHERE what = 'event'",
            month,
        ) or (0, 0)
        placed = "found f INDEXED BY found_by_day_and_spot"
        if 2 * inside <= every:
            days = f"f.day BETWEEN ? AND ? AND f.day < ?{kinds}"
            return self._spots(placed, (days,), (since, until, NO_DAY, *values))
        left = {
            (spot, kind): n
            for spot, kind, n in self._all(
                f"SELECT f.spot, f.kind, f.n FROM found_spots f WHERE f.n > 0{kinds}", values
            )
        }
        for test, bound in (("f.day < ?", since), ("f.day > ?", min(until, _LAST_DAY))):
            for spot, kind, n in self._spots(placed, (f"{test}{kinds}",), (bound, *values)):
                left[spot, kind] -= n
        return [(spot, kind, n) for (spot, kind), n in left.items() if n]


def _kinds(where: TableFilter) -> tuple[str, tuple[str, ...]]:
    return (f" AND f.kind IN ({marks(where.kinds)})" if where.kinds else ""), where.kinds


def _spot(word: str, counts: tuple[tuple[str, int], ...]) -> Spot:
    lat, lon, precision, country, name = word.split(",", 4)
    return Spot(float(lat), float(lon), precision, country, name, counts)
