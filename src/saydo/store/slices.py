"""Cutting a list into slices by the values of the row at their edge (keyset paging)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, TypeVar

from saydo.model.errors import InputError
from saydo.model.lookups import Cursor, Slice

T = TypeVar("T")
LARGEST_LIMIT = 1000


class Listing(NamedTuple):
    """A list to be cut: ``SELECT {columns} FROM {source} WHERE … ORDER BY {order}``.

    ``order`` are expressions that together tell every row from every other; all ascend, or with
    ``descending`` all descend. Everything but ``values`` is fixed text of the store, never a user's.
    """

    columns: str
    source: str
    conditions: tuple[str, ...]
    values: tuple[Any, ...]
    order: tuple[str, ...]
    descending: bool = False


def cut(
    run: Callable[[str, Sequence[Any]], list[tuple[Any, ...]]],
    listing: Listing,
    cursor: Cursor | None,
    limit: int,
    make: Callable[[tuple[Any, ...]], T],
) -> Slice[T]:
    """One slice, at most ``limit`` rows (1 to 1,000). Raises InputError for a cursor of another list."""
    limit = max(1, min(limit, LARGEST_LIMIT))
    back = cursor is not None and cursor.back
    conditions, values = list(listing.conditions), list(listing.values)
    if cursor is not None:
        if len(cursor.values) != len(listing.order):
            raise InputError("this link leads into another list; start the list from its beginning")
        less = listing.descending != back
        marks = ", ".join("?" * len(listing.order))
        conditions.append(f"({', '.join(listing.order)}) {'<' if less else '>'} ({marks})")
        values += cursor.values
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    way = "DESC" if listing.descending != back else "ASC"
    order = ", ".join(f"{each} {way}" for each in listing.order)
    keys = ", ".join(listing.order)
    found = run(
        f"SELECT {keys}, {listing.columns} FROM {listing.source}{where} ORDER BY {order} LIMIT ?",
        (*values, limit + 1),
    )
    more, rows = len(found) > limit, found[:limit]
    if back:
        rows.reverse()
    return _slice(rows, more, cursor, back, len(listing.order), make)


def _slice(
    rows: list[tuple[Any, ...]],
    more: bool,
    cursor: Cursor | None,
    back: bool,
    keys: int,
    make: Callable[[tuple[Any, ...]], T],
) -> Slice[T]:
    if not rows:
        return Slice((), None, None)
    first, last = tuple(rows[0][:keys]), tuple(rows[-1][:keys])
    # going back, something follows for sure: the slice that one came from
    follows = more if not back else True
    precedes = more if back else cursor is not None
    return Slice(
        tuple(make(row[keys:]) for row in rows),
        Cursor(last) if follows else None,
        Cursor(first, back=True) if precedes else None,
    )
