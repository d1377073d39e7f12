"""What is asked of a case and found in it: filters, findings with the report they are from, counts."""

from __future__ import annotations

from typing import NamedTuple

from saydo.model.records import Event, Statement, Tie


class Filter(NamedTuple):
    """Which findings to give; every condition must hold, an empty one always does.

    ``actors`` are actor ids, any of which must take part. ``since`` and ``until`` are ISO dates; a finding
    without a time of its own counts as of the publication date of its report, and one whose report has no
    date either is given only where no bound is set.
    """

    actors: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    """Event types, tie types, statement kinds, discrepancy kinds or actor kinds."""
    since: str | None = None
    until: str | None = None
    document: str | None = None
    limit: int | None = None


class FoundEvent(NamedTuple):
    """An event and the report it was coded from."""

    document: str
    event: Event


class FoundTie(NamedTuple):
    """A tie and the report it was coded from."""

    document: str
    tie: Tie


class FoundStatement(NamedTuple):
    """A statement and the report it was coded from."""

    document: str
    statement: Statement


class Tally(NamedTuple):
    """How much a case holds."""

    documents: int
    words: int
    coded: int
    failed: int
    actors: int
    events: int
    ties: int
    statements: int
    discrepancies: int
