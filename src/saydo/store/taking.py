"""Who takes part in which finding, as a source of queries."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from saydo.store.asking import Asking
from saydo.store.found_rows import POSITION_BITS


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
    odd = sorted(here | ({f"{actor} {place}" for actor, place in away} - kept))
    ids = sorted(own | {actor for actor, whole, _ in merged if not whole})
    columns = "f.what, f.day, f.key, f.kind, f.facet, f.score, f.spot"
    of = f"SELECT DISTINCT {columns} FROM found_actors f WHERE f.actor IN (SELECT value FROM json_each(?))"
    if odd:
        counts = "f.actor IN (SELECT value FROM json_each(?))"
        at = f"(f.actor || ' ' || (f.key >> {POSITION_BITS})) IN (SELECT value FROM json_each(?))"
        return f"({of} AND ({counts}) <> ({at})) f", (json.dumps(ids), listed, json.dumps(odd))
    if len(ids) > 1:
        return f"({of}) f", (json.dumps(ids),)
    return f"(SELECT {columns} FROM found_actors f WHERE f.actor = ?) f", (ids[0],)
