"""Weights rounded to int8: ``python -m pytest lab/tests`` in the lab's environment, which has onnx."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from lab.quantise import rounded

WEIGHTS = arrays(
    np.float32,
    st.tuples(st.integers(1, 9), st.integers(1, 9)),
    elements=st.floats(-4, 4, width=32, allow_subnormal=False),
)


@given(weights=WEIGHTS, axis=st.sampled_from([0, 1]))
def test_a_rounded_weight_is_off_by_half_a_step_at_most(weights: np.ndarray, axis: int) -> None:
    whole, scale = rounded(weights, axis)
    assert whole.dtype == np.int8 and whole.min() >= -127
    assert scale.shape == ((1, weights.shape[1]) if axis == 0 else (weights.shape[0], 1))
    error = np.abs(weights.astype(np.float64) - whole.astype(np.float64) * scale)
    assert (error <= scale * 0.5001).all()


@given(weights=WEIGHTS)
def test_a_column_is_rounded_by_its_own_weights_alone(weights: np.ndarray) -> None:
    """However large those beside it are."""
    whole, scale = rounded(weights, 0)
    beside = np.concatenate([weights, 1000 * np.ones((len(weights), 1), np.float32)], axis=1)
    wider, scales = rounded(beside, 0)
    assert (wider[:, :-1] == whole).all() and (scales[:, :-1] == scale).all()


@pytest.mark.parametrize("axis", [0, 1])
def test_the_largest_weight_of_a_column_or_row_is_exact_and_nought_stays_nought(axis: int) -> None:
    weights = np.array([[0.5, 0.0, -2.0], [-0.25, 0.0, 1.0]], dtype=np.float32)
    whole, scale = rounded(weights, axis)
    largest = np.abs(weights).max(axis=axis)
    assert np.allclose(np.abs(whole * scale).max(axis=axis), largest, rtol=1e-6)
    assert ((weights == 0) == (whole == 0)).all()
