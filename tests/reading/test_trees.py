"""Trees from arc scores: always one tree with one root, and the best one where greed already finds a tree."""

from collections.abc import Iterator
from itertools import permutations, product
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saydo.reading.network import Scores
from saydo.reading.reader import relations
from saydo.reading.trees import crossing, heads, is_tree


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
def test_no_tree_without_crossing_arcs_is_better(seed: int) -> None:
    """Against every tree of four words there is."""
    scores = np.random.default_rng(seed).normal(size=(4, 5)).astype(np.float32)
    chosen = heads(scores)
    assert not crossing(chosen)
    assert _likelihood(scores, chosen) >= max(_likelihood(scores, other) for other in _trees(4)) - 1e-4


def _trees(size: int) -> Iterator[list[int]]:
    for code in product(range(size + 1), repeat=size):
        other = list(code)
        if all(h != w for w, h in enumerate(other, start=1)) and is_tree(other) and not crossing(other):
            yield other


def _likelihood(scores: np.ndarray, chosen: list[int]) -> float:
    others = scores.astype(np.float64)
    others[np.arange(len(chosen)), np.arange(1, len(chosen) + 1)] = -1e9
    return float(sum(others[w, h] - np.log(np.exp(others[w]).sum()) for w, h in enumerate(chosen)))


@given(size=st.integers(1, 9), seed=st.integers(0, 10_000))
def test_arcs_cross_where_one_ends_inside_another(size: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    chosen = [int(rng.integers(0, size + 1)) for _ in range(size)]
    arcs = [(min(w, h), max(w, h)) for w, h in enumerate(chosen, start=1)]
    assert crossing(chosen) == any(a < c < b < d for (a, b), (c, d) in permutations(arcs, 2))


def test_a_long_sentence_takes_no_time() -> None:
    """Five hundred words whose likeliest heads make no tree."""
    scores = np.random.default_rng(3).normal(size=(500, 501)).astype(np.float32)
    assert is_tree(heads(scores))


NAMES = ("root", "nsubj", "nsubj:pass", "aux:pass", "obj", "flat", "nmod", "case", "punct", "advmod")


def _named(*words: tuple[str, int, str], likeliest: dict[int, int] | None = None) -> list[str]:
    """The relations of words given as part of speech, head, and the relations that the network prefers,
    best first; ``likeliest`` are heads that it likes better than the tree's."""
    size = len(words)
    arcs, wanted = np.zeros((size, size + 1), np.float32), np.zeros((size, len(NAMES)), np.float32)
    for i, (_, head, preferred) in enumerate(words):
        arcs[i, (likeliest or {}).get(i, head)] = 1.0
        for rank, relation in enumerate(preferred.split()):
            wanted[i, NAMES.index(relation)] = 9.0 - rank
    scores = SimpleNamespace(arcs=arcs, relations=wanted)
    return relations(
        cast(Scores, scores), [head for _, head, _ in words], NAMES, [upos for upos, _, _ in words]
    )


def test_a_noun_is_no_function_word() -> None:
    """Of the network's favourites the first that the guidelines allow."""
    assert _named(("PROPN", 2, "case nsubj"), ("VERB", 0, "root"), ("PUNCT", 2, "punct"))[0] == "nsubj"
    assert _named(("ADP", 2, "case nsubj"), ("NOUN", 0, "root"))[0] == "case"


def test_a_noun_with_a_preposition_that_the_tree_moved_is_no_part_of_a_name() -> None:
    words = (("NOUN", 0, "root"), ("ADP", 4, "case"), ("ADJ", 4, "advmod"), ("PROPN", 1, "flat nmod"))
    assert _named(*words, likeliest={3: 3})[3] == "nmod"
    assert _named(*words)[3] == "flat", "the network's own choice of head and relation stands"


def test_subjects_agree_with_the_voice_of_their_verb() -> None:
    stop = ("PUNCT", 3, "punct")
    assert _named(("NOUN", 3, "nsubj"), ("AUX", 3, "aux:pass"), ("VERB", 0, "root"), stop)[0] == "nsubj:pass"
    assert _named(("NOUN", 3, "nsubj:pass"), ("ADV", 3, "advmod"), ("VERB", 0, "root"), stop)[0] == "nsubj"
    headline = (("NOUN", 2, "nsubj:pass"), ("VERB", 0, "root"), ("NOUN", 2, "nmod"))
    assert _named(*headline)[0] == "nsubj:pass", "two men shot in Lyon"
    assert _named(*headline[:2], ("NOUN", 2, "obj"))[0] == "nsubj", "two men shot a guard"


@pytest.mark.parametrize("chosen", [[0, 0], [2, 1], [1], [2, 3, 1, 0]])
def test_what_is_no_tree(chosen: list[int]) -> None:
    assert not is_tree(chosen)
