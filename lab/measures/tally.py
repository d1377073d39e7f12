"""Counts, and the figures that follow from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence

Figures = dict[str, float]


class Tally:
    """Counts of right, found and wanted things, and what follows from them."""

    def __init__(self) -> None:
        self.right = self.found = self.wanted = 0

    def add(self, found: Iterable[Hashable], wanted: Iterable[Hashable]) -> None:
        have, want = Counter(found), Counter(wanted)
        self.right += sum((have & want).values())
        self.found += sum(have.values())
        self.wanted += sum(want.values())

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.found + self.wanted) if self.found + self.wanted else 0.0

    def figures(self, name: str) -> Figures:
        return {
            f"{name} precision": self.right / self.found if self.found else 0.0,
            f"{name} recall": self.right / self.wanted if self.wanted else 0.0,
            f"{name} F1": self.f1,
        }


def classes(found: Sequence[str], wanted: Sequence[str], name: str) -> Figures:
    """Accuracy, and the mean F1 of the classes that the gold holds (macro-F1)."""
    if not wanted:
        return {f"{name} items": 0.0}
    each = []
    for kind in sorted(set(wanted)):
        right = sum(f == w == kind for f, w in zip(found, wanted, strict=True))
        each.append(2 * right / (found.count(kind) + wanted.count(kind)))
    right = sum(f == w for f, w in zip(found, wanted, strict=True))
    return {
        f"{name} items": float(len(wanted)),
        f"{name} accuracy": right / len(wanted),
        f"{name} macro-F1": sum(each) / len(each),
    }
