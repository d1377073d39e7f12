"""Who takes part in which finding, as a source of queries."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from saydo.store.asking import Asking
from saydo.store.found_rows import POSITION_BITS

_COLUMNS = "f.what, f.day, f.key, f.kind, f.facet, f.score, f.spot, f.rule, f.begins, f.ends"


def taking_part(ask: Asking, actors: Sequence[str]) -> tuple[str, tuple[Any, ...]]:
    """The findings in which actors of the case take part, by their own ids or by ones that were merged into
    them, as a source ``f`` with what narrows a table, and the values in it."""
    asked = json.dumps(list(actors))
    merged = ask._all(
        "SELECT i.actor, i.document IS NULL, d.position FROM json_each(?) j "
        "CROSS JOIN identities i ON i.in_case = j.value LEFT JOIN documents d ON d.id = i.document",
        (asked,),
    )
    own = {*actors, *(actor for actor, whole, _ in merged if whole)}
    # in some reports an id that counts means another actor, or one counts that else does not
    here = {f"{actor} {place}" for actor, whole, place in merged if not whole and actor not in own}
    kept = {f"{actor} {place}" for actor, whole, place in merged if not whole and actor in own}
    listed = json.dumps(sorted(own))
    away = ask._all(
        "SELECT i.actor, d.position FROM json_each(?) j CROSS JOIN identities i ON i.actor = j.value "
        "JOIN documents d ON d.id = i.document",
        (listed,),
    )
    elsewhere = {f"{actor} {place}" for actor, place in away} - kept
    others = sorted((own | {actor for actor, whole, _ in merged if not whole}) - {actors[0]})
    first = f"SELECT {_COLUMNS} FROM found_actors f WHERE f.actor = ?{_unless('f', elsewhere)}"
    values: list[Any] = [actors[0], *_pairs(elsewhere)]
    if not others:
        return f"({first}) f", tuple(values)
    # what the first id has already is not given again
    rest = (
        f"SELECT DISTINCT {_COLUMNS} FROM found_actors f WHERE f.actor IN (SELECT value FROM json_each(?))"
        f"{_unless('f', elsewhere)} AND NOT EXISTS (SELECT 1 FROM found_actors m WHERE m.actor = ? "
        f"AND m.what = f.what AND m.day = f.day AND m.key = f.key{_unless('m', elsewhere)})"
    )
    values += [json.dumps(others), *_pairs(elsewhere), actors[0], *_pairs(elsewhere)]
    if here:
        rest += (
            f" AND (f.actor IN (SELECT value FROM json_each(?)) OR {_at('f')})"
        )  # fmt: skip
        values += [listed, *_pairs(here)]
    return f"({first} UNION ALL {rest}) f", tuple(values)


def _at(row: str) -> str:
    """That a row is of one of some pairs of actor and report; takes them twice. Numbers tell most apart."""
    place = f"{row}.key >> {POSITION_BITS}"
    return (
        f"({place} IN (SELECT CAST(value AS BIGINT) FROM json_each(?)) "
        f"AND {row}.actor || ' ' || ({place}) IN (SELECT value FROM json_each(?)))"
    )


def _unless(row: str, pairs: set[str]) -> str:
    return f" AND NOT {_at(row)}" if pairs else ""


def _pairs(pairs: set[str]) -> tuple[str, ...]:
    """The values of :func:`_at`."""
    if not pairs:
        return ()
    places = sorted({int(pair.rpartition(" ")[2]) for pair in pairs})
    return json.dumps(places), json.dumps(sorted(pairs))
