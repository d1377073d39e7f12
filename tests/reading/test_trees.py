"""Trees from arc scores: always one tree with one root, and the best one where greed already finds a tree."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saydo.reading.trees import heads, is_tree


@settings(max_examples=150)
@given(size=st.integers(1, 14), seed=st.integers(0, 10_000), scale=st.sampled_from([0.1, 1.0, 30.0]))
def test_any_scores_give_one_tree_with_one_root(size: int, seed: int, scale: float) -> None:
    scores = np.random.default_rng(seed).normal(size=(size, size + 1)) * scale
    assert is_tree(heads(scores.astype(np.float32)))


def test_clear_scores_are_followed() -> None:
    scores = np.full((3, 4), -5.0, dtype=np.float32)
    for word, head in enumerate([2, 0, 2]):
        scores[word, head] = 5.0
    assert heads(scores) == [2, 0, 2]


@settings(max_examples=60)
@given(seed=st.integers(0, 10_000))
def test_a_repaired_tree_is_the_best_of_its_root(seed: int) -> None:
    """Against every tree of four words there is: none that has the same root scores higher."""
    scores = np.random.default_rng(seed).normal(size=(4, 5)).astype(np.float32)
    chosen = heads(scores)
    root = chosen.index(0)
    own = sum(scores[w, h] for w, h in enumerate(chosen))
    for code in range(5**4):
        other = [code // 5**i % 5 for i in range(4)]
        if other[root] == 0 and is_tree(other) and all(h != w + 1 for w, h in enumerate(other)):
            assert sum(scores[w, h] for w, h in enumerate(other)) <= own + 1e-4


@pytest.mark.parametrize("chosen", [[0, 0], [2, 1], [1], [2, 3, 1, 0]])
def test_what_is_no_tree(chosen: list[int]) -> None:
    assert not is_tree(chosen)
