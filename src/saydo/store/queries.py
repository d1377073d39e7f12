"""Findings that pass a filter: the SQL, built from fixed pieces with every value bound."""

from __future__ import annotations

from typing import Any, NamedTuple

from saydo.model.store import Filter
from saydo.store.columns import NO_DAY
from saydo.store.found_rows import POSITION_BITS
from saydo.store.slices import Listing

# Where a finding has no date of its own its day is that of its report, so that no report is read for it.
_DAY = f"NULLIF(f.day, '{NO_DAY}')"
_BEGINS = f"COALESCE(f.date_from, CASE WHEN f.date_to IS NULL THEN {_DAY} ELSE '0001-01-01' END)"
_ENDS = f"COALESCE(f.date_to, CASE WHEN f.date_from IS NULL THEN {_DAY} ELSE '9999-12-31' END)"

_WHAT = {"events": "event", "ties": "tie", "statements": "statement"}


class Query(NamedTuple):
    """A statement and the values bound in it."""

    sql: str
    values: tuple[Any, ...]


def findings(table: str, where: Filter) -> Query:
    """Events, ties or statements as ``(document id, json)``, by date, undated ones last."""
    conditions, values = _finding_conditions(table, where)
    return Query(
        f"SELECT d.id, f.json FROM {table} f JOIN documents d ON d.position = f.document"
        f"{_all(conditions)} ORDER BY f.day, f.document, f.number{_limit(where, values)}",
        tuple(values),
    )


def listing(table: str, where: Filter) -> Listing:
    """The same to be cut into slices; ``where.limit`` does not count."""
    conditions, values = _finding_conditions(table, where)
    source = f"{table} f JOIN documents d ON d.position = f.document"
    order = ("f.day", "f.document", "f.number")
    return Listing("d.id, f.json", source, tuple(conditions), tuple(values), order)


def keys_of(table: str, where: Filter, taking: tuple[str, tuple[Any, ...]]) -> Listing:
    """The same in which actors take part, as keys; ``taking`` is what they take part in
    (:func:`saydo.store.taking.taking_part`), in whose rows all that narrows them stands."""
    source, of = taking
    given: list[tuple[str, tuple[Any, ...]]] = [
        ("f.what = ?", (_WHAT[table],)), (f"f.kind IN ({_marks(where.kinds)})", where.kinds),
        ("COALESCE(f.ends, f.day) >= ?", (where.since,) if where.since else ()),
        ("COALESCE(f.begins, f.day) <= ?", (where.until,) if where.until else ()),
        ("f.day < ?", (NO_DAY,) if where.since or where.until else ()),
        (
            f"f.key >> {POSITION_BITS} = (SELECT position FROM documents WHERE id = ?)",
            (where.document,) if where.document is not None else (),
        ),
    ]  # fmt: skip
    conditions = tuple(test for test, bound in given if bound)
    values = (*of, *(each for _, bound in given for each in bound))
    return Listing("f.key", source, conditions, values, ("f.day", "f.key"))


def _finding_conditions(table: str, where: Filter) -> tuple[list[str], list[Any]]:
    kind = "kind" if table == "statements" else "type"
    what = _WHAT[table]
    conditions: list[str] = []
    values: list[Any] = []
    if where.actors:
        conditions.append(
            "EXISTS (SELECT 1 FROM participants p WHERE p.document = f.document AND p.finding = f.id "
            f"AND p.what = '{what}' AND {_is_one_of('p', where.actors)})"
        )
        values += (*where.actors, *where.actors)
    _kinds(f"f.{kind}", where, conditions, values)
    if where.since:
        conditions.append(f"{_ENDS} >= ?")
        values.append(where.since)
    if where.until:
        conditions.append(f"{_BEGINS} <= ?")
        values.append(where.until)
    if where.document is not None:
        conditions.append("d.id = ?")
        values.append(where.document)
    return conditions, values


def discrepancies(where: Filter) -> Query:
    """Discrepancies as ``(json,)``, strongest first; dates are those of the report of either pole, and the
    actor is the speaker or somebody who takes part in a pole."""
    conditions, values = discrepancy_conditions(where)
    return Query(
        f"SELECT f.json FROM discrepancies f{_all(conditions)} ORDER BY f.rank{_limit(where, values)}",
        tuple(values),
    )


def discrepancy_conditions(where: Filter) -> tuple[list[str], list[Any]]:
    """Which discrepancies, as conditions on ``f`` and the values bound in them."""
    conditions: list[str] = []
    values: list[Any] = []
    if where.actors:
        listed = _marks(where.actors)
        conditions.append(
            f"f.rank IN (SELECT s.rank FROM discrepancies s WHERE s.speaker IN ({listed}) "
            f"UNION ALL SELECT a.discrepancy FROM pole_actors a WHERE a.actor IN ({listed}) "
            "UNION ALL SELECT a.discrepancy FROM identities i JOIN pole_actors a ON a.actor = i.actor "
            f"AND (i.document IS NULL OR i.document = a.document) WHERE i.in_case IN ({listed}))"
        )
        values += (*where.actors, *where.actors, *where.actors)
    _kinds("f.kind", where, conditions, values)
    for bound, test in ((where.since, ">="), (where.until, "<=")):
        if bound:
            conditions.append(f"f.rank IN (SELECT o.discrepancy FROM pole_days o WHERE o.day {test} ?)")
            values.append(bound)
    if where.document is not None:
        conditions.append("f.rank IN (SELECT o.discrepancy FROM poles o WHERE o.document = ?)")
        values.append(where.document)
    return conditions, values


def actors(where: Filter) -> Query:
    """Actors as the columns of ``rows.case_actor``, those named in most reports first. A document or date
    bound asks for actors that a report passing it names."""
    conditions, values = actor_conditions(where)
    return Query(
        "SELECT f.json, f.documents, f.mentions, f.events, f.ties, f.statements FROM actors f"
        f"{_all(conditions)} ORDER BY f.reports DESC, f.mentions DESC, f.id{_limit(where, values)}",
        tuple(values),
    )


def actor_conditions(where: Filter) -> tuple[list[str], list[Any]]:
    """Which actors, as conditions on ``f`` and the values bound in them."""
    conditions: list[str] = []
    values: list[Any] = []
    if where.actors:
        conditions.append(f"f.id IN ({_marks(where.actors)})")
        values += where.actors
    _kinds("f.kind", where, conditions, values)
    # which reports name whom was settled with the actors
    bounds = [
        (bound, test)
        for bound, test in (
            (where.since, "r.day >= ?"),
            (where.until, "r.day <= ?"),
            (NO_DAY if where.since or where.until else None, "r.day < ?"),
        )
        if bound is not None
    ]
    tests = "".join(f" AND {test}" for _, test in bounds)
    if where.document is not None:
        report = "r.document = (SELECT position FROM documents WHERE id = ?)"
        conditions.append(f"f.id IN (SELECT r.actor FROM actor_reports r WHERE {report}{tests})")
        values.append(where.document)
    elif bounds:
        conditions.append(f"EXISTS (SELECT 1 FROM actor_reports r WHERE r.actor = f.id{tests})")
    values += (bound for bound, _ in bounds)
    return conditions, values


def _is_one_of(table: str, actors: tuple[str, ...], document: str = "d") -> str:
    """That a row's actor is one of these in the case, by its own id or by one that it was merged into; takes
    the ids twice."""
    return (
        f"({table}.actor IN ({_marks(actors)}) OR EXISTS "
        f"(SELECT 1 FROM identities i WHERE i.actor = {table}.actor "
        f"AND i.in_case IN ({_marks(actors)}) AND (i.document IS NULL OR i.document = {document}.id)))"
    )


def _kinds(column: str, where: Filter, conditions: list[str], values: list[Any]) -> None:
    if where.kinds:
        conditions.append(f"{column} IN ({_marks(where.kinds)})")
        values += where.kinds


def _marks(values: tuple[str, ...]) -> str:
    return ", ".join("?" * len(values))


def _all(conditions: list[str]) -> str:
    return f" WHERE {' AND '.join(conditions)}" if conditions else ""


def _limit(where: Filter, values: list[Any]) -> str:
    if where.limit is None:
        return ""
    values.append(where.limit)
    return " LIMIT ?"
