"""Tells independent reports from reprints: near-identical texts, found without comparing all pairs."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Sequence
from zlib import crc32

from saydo.model.ids import fold

_SHINGLE = 4
_SKETCH = 64
_KEYS = 8
_SHARED = 3
"""How many of the keys a candidate must share: of two texts that are alike far more, by chance hardly any."""
_BUCKET = 64
"""Most texts looked at under one key; boilerplate that thousands share says nothing."""
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


def alike(a: tuple[int, ...], b: tuple[int, ...]) -> bool:
    """Whether two texts are one, almost word for word. Most that are not are told by a count."""
    both = len(set(a) & set(b))
    return both >= _ALIKE * min(_SKETCH, len(a) + len(b) - both) and likeness(a, b) >= _ALIKE


def sketch_keys(sketch: tuple[int, ...]) -> tuple[int, ...]:
    """The hashes of which texts that are alike share some."""
    return sketch[:_KEYS]


def enough(mine: tuple[int, ...], shared: int) -> bool:
    """Whether a text shares so many keys with another that the two may be alike."""
    return shared >= min(_SHARED, len(mine[:_KEYS]))


def may_repeat(a: tuple[int, ...], b: tuple[int, ...]) -> bool:
    """Whether one of two texts can count as a reprint of the other, from their sketches."""
    shared = len(set(a[:_KEYS]) & set(b[:_KEYS]))
    return shared >= min(_SHARED, len(a[:_KEYS]), len(b[:_KEYS])) > 0 and alike(a, b)


def reprints(sketches: Sequence[tuple[int, ...]]) -> dict[int, int]:
    """Index of each text that repeats an earlier one almost word for word → index of that one.

    Give the sketches in the order in which the first text of its kind is to count as the source.
    """
    seen: dict[int, list[int]] = {}
    found: dict[int, int] = {}
    for i, mine in enumerate(sketches):
        met = Counter(j for key in mine[:_KEYS] for j in seen.get(key, [])[-_BUCKET:])
        need = min(_SHARED, len(mine[:_KEYS]))
        candidates = sorted(j for j, shared in met.items() if shared >= need)
        source = next((j for j in candidates if alike(mine, sketches[j])), None)
        if source is not None:
            found[i] = source
            continue
        for key in mine[:_KEYS]:
            seen.setdefault(key, []).append(i)
    return found
