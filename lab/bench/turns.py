"""Which texts are done together; for all peers the same."""

from __future__ import annotations

from itertools import pairwise

WARM = 24
"""Texts that are done before anything is counted, since tables are loaded then."""
FEW = 24
"""Texts that are done together, and after which a peer says how far it is."""


def turns(count: int) -> list[tuple[int, int]]:
    """From which text up to which: the first, the rest of the warm ones, then a few at a time."""
    edges = [0, 1, *range(min(WARM, count), count, FEW), count]
    return [(a, b) for a, b in pairwise(edges) if a < b]


def sizes(count: int) -> list[int]:
    """How many texts a peer is given that takes in a whole file at once: one, the warm ones, half and all."""
    return sorted({1, WARM, (WARM + count) // 2, count})
