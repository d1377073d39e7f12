"""Dependency trees from arc scores: the best head of every word, made a tree where that is none."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]

_NEVER = -1e9
_ROOTS_TRIED = 3


def heads(arcs: NDArray[np.float32]) -> list[int]:
    """The head of every word, counted from 1, 0 for the one root; ``arcs`` is ``[words, words + 1]``."""
    n = arcs.shape[0]
    scores = np.array(arcs, dtype=np.float64)
    scores[np.arange(n), np.arange(1, n + 1)] = _NEVER
    greedy = [int(h) for h in scores.argmax(axis=1)]
    return greedy if is_tree(greedy) else _best_tree(scores)


def is_tree(chosen: list[int]) -> bool:
    """Whether the heads form one tree with one root."""
    if chosen.count(0) != 1:
        return False
    reaches = [False] * (len(chosen) + 1)
    reaches[0] = True
    for word in range(1, len(chosen) + 1):
        path = []
        seen = set()
        node = word
        while not reaches[node]:
            if node in seen:
                return False
            seen.add(node)
            path.append(node)
            node = chosen[node - 1]
        for passed in path:
            reaches[passed] = True
    return True


def _best_tree(scores: Matrix) -> list[int]:
    """The highest-scoring tree among those with one of the likeliest words as their only root."""
    shifted = scores - scores.max(axis=1, keepdims=True)
    log = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    best: tuple[float, list[int]] | None = None
    for root in np.argsort(-log[:, 0], kind="stable")[:_ROOTS_TRIED]:
        square = log[:, 1:].copy()
        square[root, :] = _NEVER
        chosen = _arborescence(square, int(root))
        total = float(log[root, 0]) + sum(float(square[w, h]) for w, h in enumerate(chosen) if w != root)
        if best is None or total > best[0]:
            best = (total, [0 if w == root else h + 1 for w, h in enumerate(chosen)])
    assert best is not None
    return best[1]


def _arborescence(scores: Matrix, root: int) -> list[int]:
    """Chu, Liu and Edmonds: the best head of every word but ``root``; ``scores[word, head]``, 0-based."""
    n = scores.shape[0]
    scores = scores.copy()
    np.fill_diagonal(scores, -np.inf)
    chosen = [int(h) for h in scores.argmax(axis=1)]
    chosen[root] = root
    cycle = _cycle(chosen, root)
    if not cycle:
        return chosen
    inside = np.zeros(n, dtype=bool)
    inside[cycle] = True
    rest = [w for w in range(n) if not inside[w]]
    members = np.array(cycle)
    # The cycle becomes one node, the last; what enters it must break one of its arcs.
    gain = scores[members] - scores[members, [chosen[w] for w in cycle]][:, None]
    size = len(rest) + 1
    smaller = np.full((size, size), -np.inf)
    smaller[:-1, :-1] = scores[np.ix_(rest, rest)]
    smaller[:-1, -1] = scores[np.ix_(rest, cycle)].max(axis=1)
    smaller[-1, :-1] = gain[:, rest].max(axis=0)
    contracted = _arborescence(smaller, rest.index(root))
    result = list(chosen)
    for i, word in enumerate(rest):
        if word != root:
            head = contracted[i]
            result[word] = rest[head] if head < size - 1 else cycle[int(scores[word, members].argmax())]
    entering = rest[contracted[-1]]
    broken = cycle[int(gain[:, entering].argmax())]
    result[broken] = entering
    return result


def _cycle(chosen: list[int], root: int) -> list[int]:
    """The words of one cycle, or none."""
    state = [0] * len(chosen)
    state[root] = 2
    for start in range(len(chosen)):
        node, path = start, []
        while state[node] == 0:
            state[node] = 1
            path.append(node)
            node = chosen[node]
        if state[node] == 1:
            return path[path.index(node) :]
        for passed in path:
            state[passed] = 2
    return []
