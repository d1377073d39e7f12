"""From a record to the rows of the index: the columns that queries filter on, beside the JSON as written."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from saydo.model.records import Count, Event, Record, Statement, Tie, When

COLUMNS: dict[str, tuple[str, ...]] = {
    "mentions": ("document", "id", "start", "end", "text", "type", "actor", "named"),
    "document_actors": ("document", "id", "name", "kind", "country", "sector", "json"),
    "places": (
        "document", "number", "text", "name", "geonames_id", "lat", "lon", "country", "precision", "score",
    ),
    "events": (
        "document", "number", "id", "type", "mode", "realis", "polarity", "attributed_to", "date_from",
        "date_to", "place", "country", "lat", "lon", "killed_low", "killed_high", "injured_low",
        "injured_high", "rule", "score", "json", "day",
    ),
    "ties": (
        "document", "number", "id", "type", "role", "from_actor", "to_actor", "date_from", "date_to", "state",
        "realis", "polarity", "attributed_to", "rule", "score", "json", "day",
    ),
    "statements": (
        "document", "number", "id", "kind", "source_actor", "quoted", "medium", "date_from", "date_to",
        "rule", "score", "json", "day",
    ),
    "participants": ("document", "what", "finding", "role", "number", "mention", "actor"),
    "notes": ("document", "number", "about", "reason", "start", "end"),
    "found": (
        "key", "document", "what", "id", "kind", "day", "facet", "score", "place", "spot", "names",
        "quote", "rule", "begins", "ends",
    ),
}  # fmt: skip
"""Table → its columns, in the order in which the tables are filled."""

FOUND = "found"
NO_DAY = "9999-12-31"
"""Stands for no day at all, so that what has none comes last."""
_LARGEST = 2**63 - 1
"""SQLite's largest integer; a text may speak of more dead than that."""


class Row(NamedTuple):
    """A row of one table of the index, its values in the order of :data:`COLUMNS`."""

    table: str
    values: tuple[Any, ...]


def index_rows(record: Record, position: int) -> Iterator[Row]:
    """Every row of the index that a record gives; ``position`` is that of its document in the case."""
    actors = {mention.id: mention.actor for mention in record.mentions}
    for m in record.mentions:
        yield Row("mentions", (position, m.id, m.start, m.end, m.text, m.type, m.actor, m.named))
    for a in record.actors:
        yield Row(
            "document_actors", (position, a.id, a.name, a.kind, a.country, a.sector, a.model_dump_json())
        )
    for n, p in enumerate(record.places):
        yield Row(
            "places",
            (position, n, p.text, p.name, p.geonames_id, p.lat, p.lon, p.country, p.precision, p.score),
        )
    for n, event in enumerate(record.events):
        yield Row("events", (position, n, *_event(event, record), _day(_dates(event.time), record)))
    for n, tie in enumerate(record.ties):
        yield Row("ties", (position, n, *_tie(tie, actors), _day((tie.since, tie.until), record)))
    for n, statement in enumerate(record.statements):
        day = _day(_dates(statement.time), record)
        yield Row("statements", (position, n, *_statement(statement, actors), day))
    for what, finding, role, number, mention in _roles(record):
        yield Row("participants", (position, what, finding, role, number, mention, actors.get(mention)))
    for n, note in enumerate(record.notes):
        yield Row("notes", (position, n, note.about, note.reason, note.start, note.end))


def insert(row: Row, held: Collection[str] | None = None) -> tuple[str, tuple[Any, ...]]:
    """The INSERT statement of a row and its values; with ``held`` of these columns only (a schema of before
    lacks those that came later)."""
    if row.table not in COLUMNS:
        return f"INSERT INTO {row.table} VALUES ({', '.join('?' * len(row.values))})", row.values
    pairs = [
        (name, value)
        for name, value in zip(COLUMNS[row.table], row.values, strict=True)
        if held is None or name in held
    ]
    names = ", ".join(f'"{name}"' for name, _ in pairs)
    marks = ", ".join("?" * len(pairs))
    return f"INSERT INTO {row.table} ({names}) VALUES ({marks})", tuple(value for _, value in pairs)


def _day(dates: tuple[str | None, str | None], record: Record) -> str:
    """The day by which a finding is sorted: when it was, else when it was reported, else :data:`NO_DAY`."""
    return dates[0] or dates[1] or (record.date or "")[:10] or NO_DAY


def bounds_of(found: Event | Tie | Statement, record: Record) -> tuple[str | None, str | None]:
    """The first and the last day that a finding may be of; None where that is the day by which it is sorted,
    or none is known."""
    begins, ends = (found.since, found.until) if isinstance(found, Tie) else _dates(found.time)
    if begins is None and ends is None:
        return None, None
    day = day_of(found, record)
    first, last = begins or "0001-01-01", ends or NO_DAY
    return None if first == day else first, None if last == day else last


def day_of(found: Event | Tie | Statement, record: Record) -> str:
    """The same for any finding."""
    if isinstance(found, Tie):
        return _day((found.since, found.until), record)
    return _day(_dates(found.time), record)


def _event(event: Event, record: Record) -> tuple[Any, ...]:
    place = record.places[event.place] if event.place is not None else None
    return (
        event.id, event.type, event.mode, event.realis, event.polarity, event.attributed_to,
        *_dates(event.time), place and (place.name or place.text), place and place.country,
        place and place.lat, place and place.lon,
        *_count(event.killed), *_count(event.injured), event.rule, event.score, event.model_dump_json(),
    )  # fmt: skip


def _tie(tie: Tie, actors: dict[str, str | None]) -> tuple[Any, ...]:
    return (
        tie.id, tie.type, tie.role, actors.get(tie.from_), actors.get(tie.to), tie.since, tie.until,
        tie.state, tie.realis, tie.polarity, tie.attributed_to, tie.rule, tie.score, tie.model_dump_json(),
    )  # fmt: skip


def _statement(statement: Statement, actors: dict[str, str | None]) -> tuple[Any, ...]:
    source = statement.source_mention
    return (
        statement.id, statement.kind, actors.get(source) if source else None, statement.quoted,
        statement.medium, *_dates(statement.time), statement.rule, statement.score,
        statement.model_dump_json(),
    )  # fmt: skip


def _roles(record: Record) -> Iterator[tuple[str, str, str, int, str]]:
    for event in record.events:
        for n, mention in enumerate(event.actors):
            yield "event", event.id, "actor", n, mention
        for n, mention in enumerate(event.recipients):
            yield "event", event.id, "recipient", n, mention
    for tie in record.ties:
        yield "tie", tie.id, "from", 0, tie.from_
        yield "tie", tie.id, "to", 0, tie.to
    for statement in record.statements:
        if statement.source_mention:
            yield "statement", statement.id, "source", 0, statement.source_mention
        for n, mention in enumerate(statement.addressees):
            yield "statement", statement.id, "addressee", n, mention


def _dates(when: When | None) -> tuple[str | None, str | None]:
    return (when.from_, when.to) if when else (None, None)


def _count(count: Count | None) -> tuple[int | None, int | None]:
    if count is None:
        return None, None
    return min(count.low, _LARGEST), None if count.high is None else min(count.high, _LARGEST)
