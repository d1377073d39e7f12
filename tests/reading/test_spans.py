"""Spans from tag probabilities."""

from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from saydo.reading.spans import TypedSpan, typed_spans

NONE, B0, I0, B1, I1 = range(5)


def _sure(*tags: int) -> np.ndarray:
    return (np.eye(5, dtype=np.float32) * 0.9 + 0.02)[list(tags)]


def _ranges(spans: list[TypedSpan]) -> list[tuple[int, int, int]]:
    return [(s.first, s.last, s.label) for s in spans]


def test_spans_begin_with_b_and_go_on_with_i() -> None:
    assert _ranges(typed_spans(_sure(NONE, B0, I0, NONE, B1, B0, I0, I0))) == [
        (1, 3, 0),
        (4, 5, 1),
        (5, 8, 0),
    ]
    assert typed_spans(_sure(NONE, NONE)) == []


def test_a_span_does_not_change_its_label_on_the_way() -> None:
    """Word by word the last would be inside a span of the other label; together one label is likelier."""
    doubtful = np.array([[0.1, 0.6, 0, 0.3, 0], [0.05, 0, 0.45, 0, 0.5]], dtype=np.float32)
    assert _ranges(typed_spans(doubtful)) == [(0, 2, 0)]


def test_the_weight_of_nothing_turns_doubtful_words() -> None:
    doubtful = np.array([[0.5, 0.4, 0.1, 0, 0]], dtype=np.float32)
    assert typed_spans(doubtful) == []
    assert _ranges(typed_spans(doubtful, none=0.5)) == [(0, 1, 0)]
    sure = np.array([[0.4, 0.6, 0, 0, 0]], dtype=np.float32)
    assert _ranges(typed_spans(sure)) == [(0, 1, 0)]
    assert typed_spans(sure, none=2.0) == []


@given(
    scores=arrays(
        np.float32, st.tuples(st.integers(1, 5), st.just(5)), elements=st.floats(0.015625, 1, width=32)
    )
)
def test_no_sequence_of_tags_is_likelier_than_the_one_found(scores: np.ndarray) -> None:
    probabilities = scores / scores.sum(axis=1, keepdims=True)
    spans = typed_spans(probabilities)
    tags = [NONE] * len(scores)
    for span in spans:
        tags[span.first : span.last] = [2 * span.label + 1] + [2 * span.label + 2] * (
            span.last - span.first - 1
        )

    def likelihood(sequence: tuple[int, ...]) -> float:
        return float(np.log(probabilities[np.arange(len(sequence)), sequence]).sum())

    def allowed(sequence: tuple[int, ...]) -> bool:
        return all(
            tag in (NONE, B0, B1) or (i and sequence[i - 1] in (tag, tag - 1))
            for i, tag in enumerate(sequence)
        )

    best = max(likelihood(s) for s in product(range(5), repeat=len(scores)) if allowed(s))
    assert likelihood(tuple(tags)) >= best - 1e-3
