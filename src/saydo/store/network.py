"""Ties over time with their ends, and places of events: see :class:`saydo.model.tables.Tables`."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from saydo.model.case import Spell
from saydo.model.tables import Spot, TableFilter
from saydo.store.asking import Asking, marks
from saydo.store.connect import DATABASE
from saydo.store.tables import LAST_DAY, all_of, asked_for, matching
from saydo.store.together import read_spell


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
            rows = self._kept_spots(where, "n")
        spots: dict[str, dict[str, int]] = {}
        for spot, counts in rows:
            held = spots.setdefault(spot, {})
            for kind, n in counts.items():
                held[kind] = held.get(kind, 0) + n
        return tuple(_spot(word, tuple(counts.items())) for word, counts in spots.items())

    def _spots(
        self, source: str, conditions: Sequence[str], values: Sequence[Any]
    ) -> Iterable[tuple[str, dict[str, int]]]:
        rows = self._all(
            f"SELECT f.spot, f.kind, count(*) FROM {source}{all_of((*conditions, 'f.spot IS NOT NULL'))} "
            "GROUP BY 1, 2",
            values,
        )
        return ((spot, {kind: n}) for spot, kind, n in rows)

    def _kept_spots(self, where: TableFilter, of: str) -> Iterable[tuple[str, dict[str, Any]]]:
        """Place, and kind → what is kept ``of`` the two: ``id``, by which they are known, or ``n``, how many
        events of it there are whatever their day. One row a place: fifty thousand rows take longer to hand
        over than to find."""
        kinds = f" AND kind IN ({marks(where.kinds)})" if where.kinds else ""
        rows = self._all(
            f"SELECT spot, json_group_object(kind, {of}) FROM found_spots WHERE n > 0{kinds} GROUP BY 1",
            where.kinds,
        )
        return ((spot, json.loads(counts)) for spot, counts in rows)

    def _spots_in(self, where: TableFilter) -> Iterable[tuple[str, dict[str, int]]]:
        """Counts of some days: these gone through, or what lies outside taken off all, whichever is less."""
        since, until = where.since or "", min(where.until or LAST_DAY, LAST_DAY)
        inside, every = self._one(
            "SELECT COALESCE(sum(n) FILTER (WHERE month BETWEEN ? AND ?), 0), COALESCE(sum(n), 0) "
            "FROM found_counts WHERE what = 'event'",
            (since[:7], until[:7]),
        ) or (0, 0)
        few = 2 * inside <= every
        days = "day BETWEEN ? AND ?" if few else "day < ? OR day > ?"
        listed = self._one(f"SELECT json_group_array(spot) FROM found_placed WHERE {days}", (since, until))
        gone_through = Counter[int](json.loads(listed[0]) if listed else ())
        number = gone_through.__getitem__
        for spot, held in self._kept_spots(where, "id" if few else "json_array(id, n)"):
            if few:
                counts = {kind: n for kind, id in held.items() if (n := number(id))}
            else:
                counts = {kind: left for kind, (id, n) in held.items() if (left := n - number(id)) > 0}
            if counts:
                yield spot, counts


def _spot(word: str, counts: tuple[tuple[str, int], ...]) -> Spot:
    lat, lon, precision, country, name = word.split(",", 4)
    return Spot(float(lat), float(lon), precision, country, name, counts)
