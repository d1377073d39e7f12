"""People's decisions in a case: a table that only grows."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

from saydo.model.choices import Choices, Decision, DecisionKind
from saydo.model.errors import Changed
from saydo.store import audit

TABLE = (
    """CREATE TABLE decisions (
        number INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        who TEXT NOT NULL CHECK (who <> ''),
        kind TEXT NOT NULL CHECK (kind IN ('same-actor', 'not-same-actor', 'same-event', 'not-same-event',
            'uphold', 'reject', 'unclear', 'undo')),
        payload TEXT NOT NULL,
        why TEXT NOT NULL,
        undoes INTEGER REFERENCES decisions (number),
        CHECK ((kind = 'undo') = (undoes IS NOT NULL))
    )""",
    "CREATE INDEX decisions_by_undone ON decisions (undoes)",
    """CREATE TRIGGER decisions_stay_as_they_are BEFORE UPDATE ON decisions BEGIN
        SELECT RAISE(ABORT, 'a decision is never changed; undo it by another one');
    END""",
    """CREATE TRIGGER decisions_stay BEFORE DELETE ON decisions BEGIN
        SELECT RAISE(ABORT, 'a decision is never deleted; undo it by another one');
    END""",
)
_COLUMNS = "number, at, who, kind, payload, why, undoes"
_PAYLOAD = {
    "actors",
    "events",
    "discrepancy",
    "judged",
    "finding",
    "version",
    "seen",
    "together",
    "source",
    "grade",
}


def insert(db: sqlite3.Connection, decision: Decision) -> int:
    """Writes a decision down behind the others and into the audit log; gives its number. The one it came with
    does not count."""
    cursor = db.execute(
        "INSERT INTO decisions (at, who, kind, payload, why, undoes) VALUES (?, ?, ?, ?, ?, ?) "
        "RETURNING number",
        (decision.at, decision.who, decision.kind, decision.model_dump_json(include=_PAYLOAD), decision.why,
         decision.undoes),
    )  # fmt: skip
    number = int(cursor.fetchone()[0])
    audit.append(db, "decision", audit.of_decision(db, number) or {})
    return number


def every(db: sqlite3.Connection) -> tuple[Decision, ...]:
    """All decisions, by number."""
    return tuple(_decision(row) for row in db.execute(f"SELECT {_COLUMNS} FROM decisions ORDER BY number"))


def some(db: sqlite3.Connection, numbers: Iterable[int]) -> tuple[Decision, ...]:
    """The decisions with these numbers, by number."""
    asked = json.dumps(sorted(set(numbers)))
    query = (
        f"SELECT {_COLUMNS} FROM decisions "
        "WHERE number IN (SELECT CAST(value AS BIGINT) FROM json_each(?)) ORDER BY number"
    )
    return tuple(_decision(row) for row in db.execute(query, (asked,)))


def in_force(
    db: sqlite3.Connection, condition: str, values: Sequence[Any], *kinds: DecisionKind
) -> list[Decision]:
    """The decisions of these kinds that hold and that an SQL condition picks, by number, whatever was undone
    and done again."""
    spoken = (
        f"WITH RECURSIVE spoken (number) AS (SELECT number FROM decisions WHERE {condition} "
        "UNION SELECT d.number FROM decisions d JOIN spoken s ON d.undoes = s.number) "
        "SELECT number FROM spoken"
    )
    numbers = [number for (number,) in db.execute(spoken, tuple(values))]
    return list(Choices(some(db, numbers)).in_force(*kinds)) if numbers else []


def root(db: sqlite3.Connection, decision: Decision) -> Decision | None:
    """What a chain of undoing began with; None where it leads nowhere."""
    while decision.undoes is not None:
        (undone,) = some(db, (decision.undoes,)) or (None,)
        if undone is None:
            return None
        decision = undone
    return decision


def refuse_stale(db: sqlite3.Connection, roots: Iterable[Decision | None], since: int) -> None:
    """Raises Changed where somebody decided after decision ``since`` about what one of these speaks of."""
    later = db.execute("SELECT number FROM decisions WHERE number > ? ORDER BY number", (since,)).fetchall()
    if not later:
        return
    about = {_about(each) for each in roots if each is not None} - {None}
    for decision in some(db, (number for (number,) in later)):
        spoken = root(db, decision)
        if spoken is not None and _about(spoken) in about:
            raise Changed(
                f"{decision.who} decided about the same just now (decision {decision.number}, "
                f"{decision.kind}), so yours was not written down; look at it again and then decide"
            )


def _about(decision: Decision) -> tuple[object, ...] | None:
    """What a decision speaks of, to be compared; None where another one beside it is no contradiction."""
    kind, at = decision.kind, decision.finding
    if kind in ("note", "add-finding"):
        return None
    if at is not None:
        return ("grade" if kind == "grade-claim" else "finding", at.document, at.start, at.end)
    if decision.discrepancy is not None:
        on = decision.judged.id if decision.judged else decision.discrepancy.model_dump_json()
        return ("grade of" if kind == "grade-claim" else "discrepancy", on)
    if decision.actors or decision.events:
        return ("who", frozenset(a.id for a in decision.actors), frozenset(decision.events))
    if decision.source is not None:
        return ("source", decision.source.publisher, decision.source.report)
    return ("case", "grades" if kind.endswith("-grades") else kind)


def _decision(row: Sequence[Any]) -> Decision:
    number, at, who, kind, payload, why, undoes = row
    return Decision.model_validate(
        {
            **json.loads(payload),
            "number": number,
            "at": at,
            "who": who,
            "kind": kind,
            "why": why,
            "undoes": undoes,
        }
    )
