"""Tells independent reports from reprints: near-identical texts, found without comparing all pairs."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from zlib import crc32

from saydo.model.ids import fold

_SHINGLE = 4
_SKETCH = 64
_KEYS = 8
_ALIKE = 0.7


def sketch(text: str) -> tuple[int, ...]:
    """The smallest hashes of a text's word shingles, ascending: a sample by which texts are compared."""
    found = fold(text).split()
    if len(found) < _SHINGLE:
        return (crc32(" ".join(found).encode()),) if found else ()
    hashes = {crc32(" ".join(found[i : i + _SHINGLE]).encode()) for i in range(len(found) - _SHINGLE + 1)}
    return tuple(heapq.nsmallest(_SKETCH, hashes))


def likeness(a: tuple[int, ...], b: tuple[int, ...]) -> float:
    """The estimated share of shingles that two texts have in common (Jaccard), from their sketches."""
    if not a or not b:
        return 0.0
    # the smallest hashes of the union are a fair sample of it; ask how many of them both texts have
    union = heapq.nsmallest(_SKETCH, set(a) | set(b))
    both = set(a) & set(b)
    return sum(h in both for h in union) / len(union)


def reprints(texts: Sequence[str]) -> dict[int, int]:
    """Index of each text that repeats an earlier one almost word for word → index of that one.

    Give the texts in the order in which the first of its kind is to count as the source.
    """
    seen: dict[int, list[int]] = {}
    sketches: list[tuple[int, ...]] = []
    found: dict[int, int] = {}
    for i, text in enumerate(texts):
        mine = sketch(text)
        sketches.append(mine)
        candidates = {j for key in mine[:_KEYS] for j in seen.get(key, ())}
        source = next((j for j in sorted(candidates) if likeness(mine, sketches[j]) >= _ALIKE), None)
        if source is not None:
            found[i] = source
            continue
        for key in mine[:_KEYS]:
            seen.setdefault(key, []).append(i)
    return found
