"""Dependency trees from arc scores: the best head of every word, made a tree where that is none."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]

_NEVER = -1e9
_TOGETHER = 16
"""Sentences of like length whose trees are looked for together."""


def heads(arcs: NDArray[np.float32]) -> list[int]:
    """The head of every word, counted from 1, 0 for the one root; ``arcs`` is ``[words, words + 1]``.

    Where the words' likeliest heads make no tree, or one with crossing arcs, the likeliest tree without. In
    English treebanks one or two trees in a hundred have crossing arcs, in what a network likes best three
    times as many.
    """
    return heads_of_all([arcs])[0]


def heads_of_all(arcs: Sequence[NDArray[np.float32]]) -> list[list[int]]:
    """The same for many sentences, each as by itself."""
    chosen: list[list[int]] = []
    doubtful: list[tuple[int, Matrix]] = []
    for i, scored in enumerate(arcs):
        n = scored.shape[0]
        scores = np.array(scored, dtype=np.float64)
        scores[np.arange(n), np.arange(1, n + 1)] = _NEVER
        greedy: list[int] = scores.argmax(axis=1).tolist()
        chosen.append(greedy)
        if not is_tree(greedy) or crossing(greedy):
            doubtful.append((i, scores))
    doubtful.sort(key=lambda found: len(found[1]))
    for start in range(0, len(doubtful), _TOGETHER):
        group = doubtful[start : start + _TOGETHER]
        for (i, _), found in zip(group, _projective([scores for _, scores in group]), strict=True):
            chosen[i] = found
    return chosen


def crossing(chosen: list[int]) -> bool:
    """Whether two arcs cross, the root's own arc from the left end among them."""
    ends = sorted((min(word, head), -max(word, head)) for word, head in enumerate(chosen, start=1))
    open_: list[int] = []
    for left, right in ends:
        while open_ and open_[-1] <= left:
            open_.pop()
        if open_ and -right > open_[-1]:
            return True
        open_.append(-right)
    return False


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


def _projective(sentences: Sequence[Matrix]) -> list[list[int]]:
    """The likeliest tree with one root and no crossing arcs of each sentence.

    Source: Eisner, "Three New Probabilistic Models for Dependency Parsing" (COLING 1996). A span is open
    where its ends are joined by an arc, closed where one end governs all of it. Spans are kept by length, and
    then by their first or their last word, so that all of a length are made of slices, those of several
    sentences together: a span knows nothing of what lies outside of it.
    """
    n = max(map(len, sentences))
    log = np.zeros((len(sentences), n, n + 1))
    for row, scores in zip(log, sentences, strict=True):
        shifted = scores - scores.max(axis=1, keepdims=True)
        size = len(scores)
        row[:size, : size + 1] = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    under = log[:, :, 1:]
    shape = (len(sentences), n, n)
    by_first, by_last = _Closed(shape), _Closed(shape)
    open_right, open_left = np.zeros(shape), np.zeros(shape)
    """Open spans whose first word governs, by their first word; whose last word governs, by their last."""
    for k in range(1, n):
        best = (by_first.right[:, :k, : n - k] + by_last.left[:, k - 1 :: -1, k:]).max(axis=1)
        open_right[:, k, : n - k] = best + under.diagonal(-k, 1, 2)
        open_left[:, k, k:] = best + under.diagonal(k, 1, 2)
        best = (open_right[:, 1 : k + 1, : n - k] + by_last.right[:, k - 1 :: -1, k:]).max(axis=1)
        by_first.right[:, k, : n - k] = by_last.right[:, k, k:] = best
        best = (by_first.left[:, :k, : n - k] + open_left[:, k:0:-1, k:]).max(axis=1)
        by_first.left[:, k, : n - k] = by_last.left[:, k, k:] = best
    return [
        _traced(log[b, : len(scores), 0], by_first.of(b), by_last.of(b), open_right[b], open_left[b])
        for b, scores in enumerate(sentences)
    ]


class _Closed:
    """Closed spans ``[sentence, length, word]``: governed by their first word (and reaching right), by their
    last."""

    def __init__(self, shape: tuple[int, int, int]) -> None:
        self.right, self.left = np.zeros(shape), np.zeros(shape)

    def of(self, sentence: int) -> tuple[Matrix, Matrix]:
        return self.right[sentence], self.left[sentence]


def _traced(
    rooted: Matrix,
    by_first: tuple[Matrix, Matrix],
    by_last: tuple[Matrix, Matrix],
    open_right: Matrix,
    open_left: Matrix,
) -> list[int]:
    """The heads; where a span was cut is asked again for the few spans that the tree is made of."""
    (right, left), (right_by_last, left_by_last) = by_first, by_last
    n = len(rooted)
    words = np.arange(n)
    root = int((rooted + left_by_last[words, words] + right[words[::-1], words]).argmax())
    chosen = [0] * n
    closed = [(0, root, False), (root, n - 1, True)]
    while closed:
        first, last, rightward = closed.pop()
        k = last - first
        if not k:
            continue
        if rightward:
            cuts = open_right[1 : k + 1, first] + right_by_last[k - 1 :: -1, last]
            word = first + 1 + int(cuts.argmax())
            chosen[word] = first + 1
            closed.append((word, last, True))
            low, high = first, word
        else:
            cuts = left[:k, first] + open_left[k:0:-1, last]
            word = first + int(cuts.argmax())
            chosen[word] = last + 1
            closed.append((first, word, False))
            low, high = word, last
        k = high - low
        middle = low + int((right[:k, low] + left_by_last[k - 1 :: -1, high]).argmax())
        closed += [(low, middle, True), (middle + 1, high, False)]
    return chosen
