"""``saydo show`` and ``saydo export``: what a case holds."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from saydo import desk
from saydo.cli.told import say
from saydo.model.case import CaseView
from saydo.model.errors import InputError


class Asked(NamedTuple):
    """The filters as written."""

    actor: str | None
    kinds: tuple[str, ...]
    since: str | None
    until: str | None
    document: str | None
    limit: int | None


class Column(NamedTuple):
    """A column of a table: its heading, what stands in it, how wide it may grow against the others."""

    title: str
    cell: Callable[[Any], object]
    ratio: int = 1
    source: bool = False
    """Whether the cell is the id of a report, which is printed by its name."""


def _names(parties: Sequence[Any]) -> str:
    return "; ".join(party.name for party in parties)


def _day(row: Any) -> str:
    time = getattr(row, "time", None)
    first, last = (time.from_, time.to) if time else (None, None)
    if first or last:
        return str(first) if first == last else f"{first or '…'} – {last or '…'}"
    return f"[{row.citation.published}]" if row.citation.published else ""


def _validity(row: Any) -> str:
    if row.since or row.until:
        return f"{row.since or '…'} – {row.until or '…'}"
    return f"[{row.citation.published}]" if row.citation.published else ""


def _toll(row: Any) -> str:
    told = [
        f"{count.text} {name}" for count, name in ((row.killed, "killed"), (row.injured, "injured")) if count
    ]
    return ", ".join(told)


def _type(row: Any) -> str:
    marks = [row.mode] if getattr(row, "mode", None) else []
    if row.polarity == "negative":
        marks.append("not")
    if row.realis != "actual":
        marks.append(row.realis)
    return " ".join([row.type, *marks])


def _said(row: Any) -> str:
    return f"{_quote(row)}" + (f" (said by {row.said_by.name})" if row.said_by else "")


def _quote(row: Any) -> str:
    return " ".join(row.citation.quote.split())


def _pole(pole: Any) -> str:
    return f"“{' '.join(pole.quote.split())}”"


COLUMNS: dict[str, tuple[Column, ...]] = {
    "actors": (
        Column("id", lambda row: row.id, 2),
        Column("name", lambda row: row.name, 2),
        Column("kind", lambda row: row.kind),
        Column("country", lambda row: row.country or ""),
        Column("sector", lambda row: row.sector or ""),
        Column("reports", lambda row: len(row.documents)),
        Column("mentions", lambda row: row.mentions),
        Column("events", lambda row: row.events),
        Column("ties", lambda row: row.ties),
        Column("statements", lambda row: row.statements),
    ),
    "events": (
        Column("date", _day),
        Column("type", _type),
        Column("actor", lambda row: _names(row.actor_parties)),
        Column("recipient", lambda row: _names(row.recipient_parties)),
        Column("place", lambda row: (row.where.name or row.where.text) if row.where else ""),
        Column("toll", _toll),
        Column("passage", _said, 3),
        Column("source", lambda row: row.citation.document, source=True),
    ),
    "ties": (
        Column("time", _validity),
        Column("type", lambda row: " ".join(filter(None, [_type(row), row.role and f"({row.role})"]))),
        Column("from", lambda row: row.from_party.name),
        Column("to", lambda row: row.to_party.name),
        Column("state", lambda row: row.state),
        Column("passage", _said, 3),
        Column("source", lambda row: row.citation.document, source=True),
    ),
    "statements": (
        Column("date", _day),
        Column("kind", lambda row: row.kind),
        Column("speaker", lambda row: row.speaker.name if row.speaker else row.source_words),
        Column("to", lambda row: _names(row.addressee_parties)),
        Column("content", lambda row: " ".join(row.content_words.split()), 3),
        Column("source", lambda row: row.citation.document, source=True),
    ),
    "discrepancies": (
        Column("kind", lambda row: " ".join(filter(None, [row.kind, row.field and f"({row.field})"]))),
        Column("speaker", lambda row: row.speaker_name or row.speaker or ""),
        Column("statement", lambda row: _pole(row.statement), 2),
        Column("against", lambda row: " ".join(_pole(pole) for pole in row.against), 2),
        Column("said in", lambda row: row.statement.document, source=True),
        Column("against in", lambda row: row.against[0].document, source=True),
        Column("basis", lambda row: row.basis),
        Column("score", lambda row: f"{row.score:.2f}" + (" needs review" if row.needs_review else "")),
        Column("id", lambda row: row.id),
    ),
}


def known(what: str) -> desk.What:
    """The table of that name. Raises InputError where there is none."""
    for name in desk.WHAT:
        if what == name:
            return name
    raise InputError(f"a case has no table {what!r}; there are: {', '.join(desk.WHAT)}")


def show(case: Path, what: str, asked: Asked, as_json: bool) -> None:
    """Prints what passes the filters."""
    table = known(what)
    with closing(desk.open_case(case)) as store:
        if store.derived_by() is None:
            say(f"the last run of {case} has not ended: actors and discrepancies are missing; run it again")
        where = desk.make_filter(
            store.view(),
            actor=asked.actor,
            kinds=desk.known_kinds(table, asked.kinds),
            since=asked.since,
            until=asked.until,
            document=asked.document,
            limit=asked.limit,
        )
        rows = desk.rows(store, table, where)
        if as_json:
            for row in rows:
                typer.echo(
                    json.dumps(row.model_dump(mode="json"), ensure_ascii=False).encode() + b"\n", nl=False
                )
        else:
            _print(table, rows, store.view())


def _print(table: desk.What, rows: Iterator[Any], view: CaseView) -> None:
    console = Console(highlight=False)
    if not console.is_terminal:
        # Into a file or a pipe: as wide as it takes, so that nothing is folded away.
        console = Console(highlight=False, width=200)
    columns = COLUMNS[table]
    drawn = Table(box=None, header_style="bold", pad_edge=False, expand=False)
    for column in columns:
        drawn.add_column(
            column.title,
            ratio=column.ratio,
            justify="right" if column.title in _NUMBERS else "left",
            overflow="fold",
        )
    count = 0
    name = cache(lambda id: desk.source_name(view.document(id)))
    for row in rows:
        count += 1
        cells = ((column, str(column.cell(row))) for column in columns)
        drawn.add_row(*(Text(name(cell) if column.source else cell) for column, cell in cells))
    if count:
        console.print(drawn)
    say(f"{count:,} {table}")


_NUMBERS = frozenset({"reports", "mentions", "events", "ties", "statements", "score"})


def export(case: Path, what: str | None, format: str, output: Path) -> None:
    """Writes a table of a case, or the case, to a file, and says what was left out of it."""
    part = None if what is None else "case" if what == "case" else known(what)
    with closing(desk.open_case(case)) as store:
        written = desk.export(store, part, format, output)
    for path in written.files:
        say(f"wrote {path}")
    for reason, count in sorted(written.left.items()):
        say(f"left out {count:,}: {reason}")
