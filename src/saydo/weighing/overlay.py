"""A ledger as it is read while a portion is weighed: as it was written last, and over it what the portion has
changed so far, which only the process that keeps it could see."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

import numpy as np

from saydo.model.ledger import Ledger
from saydo.weighing.portion import Change, Meet
from saydo.weighing.upkeep import GROUPS


class _Index:
    """Reports by keys, in little room."""

    def __init__(self, keys: array[int], numbers: array[int]) -> None:
        all_keys, all_numbers = (np.frombuffer(a, dtype=np.int64) if a else _NONE for a in (keys, numbers))
        order = np.lexsort((all_numbers, all_keys))
        self._keys, self._numbers = all_keys[order], all_numbers[order]

    def under(self, keys: Sequence[int]) -> Iterator[tuple[int, list[int]]]:
        """Those of the keys under which there are reports, and these in order."""
        asked = np.fromiter(keys, dtype=np.int64, count=len(keys))
        first = np.searchsorted(self._keys, asked, "left").tolist()
        last = np.searchsorted(self._keys, asked, "right").tolist()
        for key, a, b in zip(keys, first, last, strict=True):
            if a < b:
                yield key, self._numbers[a:b].tolist()

    def count(self, key: int) -> int:
        """How many reports there are under a key."""
        return int(np.searchsorted(self._keys, key, "right") - np.searchsorted(self._keys, key, "left"))


_NONE = np.zeros(0, dtype=np.int64)
_EMPTY = array("q")


class Overlay:
    """A :class:`saydo.model.ledger.LedgerReading`."""

    def __init__(self, base: Ledger) -> None:
        self._base = base
        self.clear()

    def clear(self) -> None:
        """What was changed is written now."""
        self._gone: frozenset[int] = frozenset()
        self._less: Counter[int] = Counter()
        self._names: dict[str, int] = {}
        self._facts: dict[int, bytes] = {}
        self._notes: dict[int, list[tuple[int, str]]] = {}
        self._entered = self._met = _Index(_EMPTY, _EMPTY)

    def change(self, change: Change) -> None:
        """Reports came and went."""
        self.clear()
        self._gone = change.gone
        for number in change.gone:
            self._less.update(frozenset().union(*(self._base.keys(number, group) for group in GROUPS)))
        self._names, self._facts = dict(change.names), dict(change.facts)
        for key, number, text in change.notes:
            self._notes.setdefault(key, []).append((number, text))
        self._entered = _Index(change.keys, change.numbers)

    def meet(self, meet: Meet) -> None:
        """Reports are found under more keys, or under others than before: who is found under a key that no
        longer is one of it has nothing under it."""
        self._met = _Index(meet.keys, meet.numbers)

    def number(self, document: str) -> int | None:
        """The number of a report by its id."""
        found = self._names.get(document)
        return found if found is not None else self._base.number(document)

    def facts(self, number: int) -> bytes:
        """What was unfolded from a report."""
        found = self._facts.get(number)
        return found if found is not None else self._base.facts(number)

    def text(self, number: int) -> str:
        """The text of a report."""
        return self._base.text(number)

    def notes(self, key: int) -> list[tuple[int, str]]:
        """What reports noted under a key."""
        held = [row for row in self._base.notes(key) if row[0] not in self._gone]
        return held + self._notes.get(key, [])

    def holders(self, keys: Collection[int]) -> dict[int, list[int]]:
        """Key → the reports that are found under it."""
        listed = list(keys)
        found = self._base.holders(listed)
        if self._gone:
            left = ((key, [n for n in numbers if n not in self._gone]) for key, numbers in found.items())
            found = {key: numbers for key, numbers in left if numbers}
        for index in (self._entered, self._met):
            for key, numbers in index.under(listed):
                held = found.get(key)
                found[key] = numbers if held is None else sorted({*held, *numbers})
        return found

    def count(self, key: int, most: int) -> int:
        """How many reports are found under a key of what follows from each by itself."""
        less = self._less[key]
        return min(most, self._base.count(key, most + less) - less + self._entered.count(key))
