"""The audit log of a case: entries that each name the hash of the one before, and what a check tells."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple, Protocol

from saydo.model.capture import Capture

START = "0" * 64
"""What the first entry names as the hash before it."""

Where = Literal["log", "guard", "decision", "run", "report", "original", "stamp"]


class Head(NamedTuple):
    """The last entry of a log: whoever keeps it can tell later whether what it stands on was changed."""

    number: int
    hash: str
    """SHA-256 (hex) over the entry's line."""
    at: str = ""
    """When the entry was written by the clock of that machine, UTC, ISO 8601; empty where nobody kept it."""


class Entry(NamedTuple):
    """An entry as it was written."""

    number: int
    line: str
    """Canonical JSON: ``at``, ``kind``, ``number``, ``of`` (what happened) and ``previous`` (a hash)."""
    hash: str


class Fault(NamedTuple):
    """Something that does not hold."""

    where: Where
    what: str
    """Number of an entry, a decision or a run, id of a report, digest of an original."""
    line: str
    """What is wrong, for a person."""


class Checked(NamedTuple):
    """What a check found."""

    head: Head | None
    entries: int
    decisions: int
    runs: int
    reports: int
    originals: int
    """How many originals were read and found to be what they were; 0 where they were not asked for."""
    adopted: int
    """How many of the first entries were written at once, for what an older saydo had kept without a log."""
    since: str
    """When the log began."""
    faults: tuple[Fault, ...]


def canonical(value: Mapping[str, Any]) -> str:
    """JSON in one way only: keys sorted, no blanks, ASCII. The same value is the same line everywhere."""
    return json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"), allow_nan=False)


def line_hash(line: str) -> str:
    """SHA-256 (hex) of an entry's line, as ``printf %s LINE | sha256sum`` gives it."""
    return hashlib.sha256(line.encode("utf-8", "surrogateescape")).hexdigest()


def make_entry(before: Head | None, at: str, kind: str, of: Mapping[str, Any]) -> Entry:
    """The entry behind ``before``; the first of all where that is None."""
    number, previous = (before.number + 1, before.hash) if before else (1, START)
    line = canonical({"at": at, "kind": kind, "number": number, "of": of, "previous": previous})
    return Entry(number, line, line_hash(line))


class AuditLog(Protocol):
    """What a store tells of its log. All raise StoreError with a line for a person."""

    def audit_head(self) -> Head | None:
        """The last entry; None only where a case lost its log."""
        ...

    def audit_at(self, number: int) -> Entry | None:
        """One entry."""
        ...

    def audit_entries(self) -> Iterator[Entry]:
        """All entries in order, one at a time."""
        ...

    def audit_after(self, number: int, limit: int) -> tuple[Entry, ...]:
        """Entries behind the one with this number, in order."""
        ...

    def audit_sizes(self) -> tuple[int, int]:
        """How many entries there are, and how many bytes of originals."""
        ...

    def capture(self, document: str) -> Capture | None:
        """How a report, by its id, was captured from the web; None where it was not, or nobody kept that."""
        ...

    def captures(self) -> Mapping[str, Capture]:
        """Id of a report that was captured from the web → how, in the order of the reports."""
        ...

    def captured(self) -> Iterator[str]:
        """Ids of the reports with a record of capture whose body is kept whole, in order."""
        ...

    def audit_of_decisions(self, numbers: tuple[int, ...]) -> Mapping[int, int]:
        """Number of a decision → number of its entry."""
        ...
