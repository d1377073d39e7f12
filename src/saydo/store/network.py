"""Ties over time with their ends, and places of events: see :class:`saydo.model.tables.Tables`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from saydo.model.case import Spell
from saydo.model.tables import Spot, TableFilter
from saydo.store.asking import Asking, marks
from saydo.store.connect import DATABASE
from saydo.store.tables import all_of, asked_for, matching
from saydo.store.together import read_spell

_LAST_DAY = "9999-12-30"
"""The last that is a day; the next stands for none (:data:`saydo.store.columns.NO_DAY`)."""


class SqliteNetwork(Asking):
    """What network and map are drawn from."""

    def derived_stamp(self) -> tuple[str, str]:
        """Which case this is, and a word that is another one after whatever changes its ties over time."""
        changed = self._one(
            "SELECT (SELECT n FROM spell_changes), (SELECT max(number) FROM runs), "
            "(SELECT count(*) FROM spells)"
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
            rows = [row[1:] for row in self._kept_spots(where)]
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

    def _kept_spots(self, where: TableFilter) -> list[tuple[Any, ...]]:
        """Number, place, kind and how many events of it there are whatever their day."""
        kinds = f" AND kind IN ({marks(where.kinds)})" if where.kinds else ""
        return self._all(f"SELECT id, spot, kind, n FROM found_spots WHERE n > 0{kinds}", where.kinds)

    def _spots_in(self, where: TableFilter) -> list[tuple[Any, ...]]:
        """Counts of some days: these gone through, or what lies outside taken off all, whichever is less."""
        since, until = where.since or "", min(where.until or _LAST_DAY, _LAST_DAY)
        inside, every = self._one(
            "SELECT COALESCE(sum(n) FILTER (WHERE month BETWEEN ? AND ?), 0), COALESCE(sum(n), 0) "
            "FROM found_months WHERE what = 'event'",
            (since[:7], until[:7]),
        ) or (0, 0)
        counted = "SELECT spot, count(*) AS n FROM found_placed WHERE {} GROUP BY 1"
        if 2 * inside <= every:
            kinds = f" WHERE s.kind IN ({marks(where.kinds)})" if where.kinds else ""
            return self._all(
                f"SELECT s.spot, s.kind, c.n FROM ({counted.format('day BETWEEN ? AND ?')}) c "
                f"CROSS JOIN found_spots s ON s.id = c.spot{kinds}",
                (since, until, *where.kinds),
            )
        outside = dict(self._all(counted.format("day < ? OR day > ?"), (since, until)))
        return [
            (spot, kind, n - outside.get(id, 0))
            for id, spot, kind, n in self._kept_spots(where)
            if n > outside.get(id, 0)
        ]


def _spot(word: str, counts: tuple[tuple[str, int], ...]) -> Spot:
    lat, lon, precision, country, name = word.split(",", 4)
    return Spot(float(lat), float(lon), precision, country, name, counts)
