"""Ties over time with their ends, and places of events: see :class:`saydo.model.tables.Tables`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from saydo.model.case import Spell
from saydo.model.tables import Spot, TableFilter
from saydo.store.asking import Asking
from saydo.store.connect import DATABASE
from saydo.store.guard import guard
from saydo.store.tables import all_of, asked_for
from saydo.store.together import read_spell


class SqliteNetwork(Asking):
    """What network and map are drawn from."""

    def derived_stamp(self) -> tuple[str, str]:
        """Which case this is, and a word that is another one after any write to it."""
        path = self.folder.resolve() / DATABASE
        parts = []
        with guard(self.folder):
            for name in (path, path.with_name(f"{DATABASE}-wal")):
                if name.exists():
                    held = name.stat()
                    parts.append(f"{held.st_mtime_ns}.{held.st_size}")
        return str(path), "/".join(parts)

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
        asked = asked_for(self, where._replace(sort="event"))
        source, conditions = asked.source, list(asked.conditions)
        if not asked.few:
            # only events have a place, so that the index of places answers alone
            source = "found f INDEXED BY found_by_spot"
            conditions = ["'event' = ?", *conditions[1:]]
        conditions.append("f.spot IS NOT NULL")
        rows = self._all(
            f"SELECT f.spot, f.kind, count(*) FROM {source}{all_of(conditions)} GROUP BY 1, 2", asked.values
        )
        spots: dict[str, list[tuple[str, int]]] = {}
        for spot, kind, count in rows:
            spots.setdefault(spot, []).append((kind, count))
        return tuple(_spot(word, tuple(counts)) for word, counts in spots.items())


def _spot(word: str, counts: tuple[tuple[str, int], ...]) -> Spot:
    lat, lon, precision, country, name = word.split(",", 4)
    return Spot(float(lat), float(lon), precision, country, name, counts)
