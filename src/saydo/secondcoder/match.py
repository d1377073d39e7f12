"""Which events of a case are which of a data set: each has at most one partner, and the whole fits best.

Pairs are looked for only within the limits of days and kilometres, or within a state where a place is told no
finer. Of all ways to pair events off, the one is taken whose scores above the threshold sum to most (maximum
weight matching; Edmonds 1965, as networkx has it), group by group of events that could be partners.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from saydo.model.compared import CodedEvent, Evidence, Limits, Match
from saydo.secondcoder.fit import fit, score

_LARGEST = 200
"""Events of a group that are paired off at best; matching takes the cube of their number in time. Of larger
groups the best pair is taken first, then the next."""


class Pair(NamedTuple):
    """Two events that may be one, by their places in the lists."""

    ours: int
    theirs: int
    evidence: Evidence


class Matched(NamedTuple):
    """Who was paired with whom."""

    matches: tuple[Match, ...]
    beside_ours: frozenset[int]
    """Those that fit an event which is matched better with another."""
    beside_theirs: frozenset[int]
    greedy: int
    """Events in groups that were too large for the best assignment."""


def candidates(ours: Sequence[CodedEvent], theirs: Sequence[CodedEvent], limits: Limits) -> list[Pair]:
    """Every pair within the limits; events are looked up by their days, not compared with all others."""
    by_day: dict[int, list[int]] = defaultdict(list)
    for j, event in enumerate(theirs):
        for day in range(
            event.first.toordinal(), min(event.last.toordinal(), event.first.toordinal() + 366) + 1
        ):
            by_day[day].append(j)
    found = []
    for i, event in enumerate(ours):
        first, last = event.first.toordinal() - limits.days, event.last.toordinal() + limits.days
        near = {j for day in range(first, min(last, first + 366) + 1) for j in by_day.get(day, ())}
        for j in sorted(near):
            evidence = fit(event, theirs[j], limits)
            if evidence is not None:
                found.append(Pair(i, j, evidence))
    return found


def paired(
    ours: Sequence[CodedEvent],
    theirs: Sequence[CodedEvent],
    pairs: Iterable[Pair],
    limits: Limits,
    *,
    blind: bool = False,
) -> Matched:
    """The assignment; ``blind`` does not look at types."""
    scored = {}
    for pair in pairs:
        value = score(pair.evidence, blind=blind)
        if value >= limits.least:
            scored[pair.ours, pair.theirs] = (value, pair.evidence)
    chosen: list[tuple[int, int]] = []
    greedy = 0
    for group in _groups(scored):
        size = len({i for i, _ in group}) + len({j for _, j in group})
        if size > _LARGEST:
            greedy += size
            chosen += _best_first(group, scored)
        else:
            chosen += _best(group, scored, limits.least)
    taken_ours, taken_theirs = {i for i, _ in chosen}, {j for _, j in chosen}
    matches = tuple(
        Match(ours[i], theirs[j], round(scored[i, j][0], 4), scored[i, j][1]) for i, j in sorted(chosen)
    )
    return Matched(
        matches,
        frozenset(i for i, j in scored if i not in taken_ours),
        frozenset(j for i, j in scored if j not in taken_theirs),
        greedy,
    )


_Scored = Mapping[tuple[int, int], tuple[float, Evidence]]


def _groups(scored: _Scored) -> Iterator[list[tuple[int, int]]]:
    """The pairs in groups that share no event."""
    parent: dict[tuple[str, int], tuple[str, int]] = {}

    def root(node: tuple[str, int]) -> tuple[str, int]:
        parent.setdefault(node, node)
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for i, j in scored:
        parent[root(("o", i))] = root(("t", j))
    groups: dict[tuple[str, int], list[tuple[int, int]]] = defaultdict(list)
    for i, j in scored:
        groups[root(("o", i))].append((i, j))
    yield from groups.values()


def _best(group: list[tuple[int, int]], scored: _Scored, least: float) -> list[tuple[int, int]]:
    if len(group) == 1:
        return group
    import networkx

    graph = networkx.Graph()
    for i, j in sorted(group):
        # whole numbers, so that no rounding decides; a pair at the threshold is still better than none
        graph.add_edge(("o", i), ("t", j), weight=1 + round((scored[i, j][0] - least) * 1_000_000))
    found = networkx.max_weight_matching(graph)
    return [(a[1], b[1]) if a[0] == "o" else (b[1], a[1]) for a, b in found]


def _best_first(group: list[tuple[int, int]], scored: _Scored) -> list[tuple[int, int]]:
    ours: set[int] = set()
    theirs: set[int] = set()
    found = []
    for i, j in sorted(group, key=lambda pair: (-scored[pair][0], pair)):
        if i not in ours and j not in theirs:
            ours.add(i)
            theirs.add(j)
            found.append((i, j))
    return found
