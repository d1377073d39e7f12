"""What a rule reads off one report, found by keys, in little memory: it is held for thousands of reports."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Hashable, Iterable
from typing import Any, NamedTuple


class Listed(NamedTuple):
    """Entries under keys; an entry that stands under a hundred words is held once."""

    entries: tuple[Any, ...]
    hashes: array[int]
    """Of each key, ascending. Two keys of one hash would only make entries be compared for nothing."""
    numbers: array[int]
    """Beside each hash: the number of the entry."""

    @classmethod
    def of(cls, rows: Iterable[tuple[Hashable, Any]]) -> Listed:
        """The entries of (key, entry) in that order."""
        entries: dict[int, tuple[int, Any]] = {}
        found: list[tuple[int, int]] = []
        for key, entry in rows:
            number, _ = entries.setdefault(id(entry), (len(entries), entry))
            found.append((hash(key), number))
        found.sort()
        return cls(
            tuple(entry for _, entry in entries.values()),
            array("q", (h for h, _ in found)),
            array("I", (n for _, n in found)),
        )

    def under(self, key: Hashable) -> list[Any]:
        """The entries under a key, in the order in which they were read."""
        sought = hash(key)
        at = bisect_left(self.hashes, sought)
        found = []
        while at < len(self.hashes) and self.hashes[at] == sought:
            found.append(self.entries[self.numbers[at]])
            at += 1
        return found
