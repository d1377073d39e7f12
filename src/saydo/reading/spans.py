"""Spans from tag scores."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

_NEVER = -1e6


class TypedSpan(NamedTuple):
    """Words ``[first, last)`` of a sentence under one label, and how sure the network is of them."""

    first: int
    last: int
    label: int
    score: float


def typed_spans(probabilities: Floats, none: float = 1.0) -> list[TypedSpan]:
    """Spans from the likeliest sequence of BIO tags, which are in the order O, B-0, I-0, B-1, I-1, …

    ``none`` weighs O against the rest: below 1 more is found, above 1 what is found is more often right.
    """
    tags = _tags(probabilities if none == 1.0 else probabilities * _weights(probabilities.shape[1], none))
    spans: list[TypedSpan] = []
    begins = [i for i, tag in enumerate(tags) if tag % 2]
    for first in begins:
        label, last = tags[first] // 2, first + 1
        while last < len(tags) and tags[last] == 2 * label + 2:
            last += 1
        spans.append(TypedSpan(first, last, label, _certainty(probabilities, first, last, label)))
    return spans


def _weights(tags: int, none: float) -> Floats:
    weights = np.ones(tags, dtype=np.float32)
    weights[0] = none
    return weights


def _tags(probabilities: Floats) -> list[int]:
    """The likeliest sequence: word by word where that is one, else under the rule that I-x follows B-x or
    I-x."""
    tags = probabilities.argmax(axis=1)
    inside = (tags > 0) & (tags % 2 == 0)
    before = np.concatenate([[0], tags[:-1]])
    if not (inside & (before != tags) & (before != tags - 1)).any():
        return [int(tag) for tag in tags]
    return best_path(np.log(probabilities + 1e-9).tolist())


def _certainty(probabilities: Floats, first: int, last: int, label: int) -> float:
    """Mean probability that the words carry the label, begun or continued."""
    columns = probabilities[first:last, 2 * label + 1 : 2 * label + 3]
    return float(columns.sum(axis=1).mean())


def best_path(scores: Sequence[Sequence[float]]) -> list[int]:
    """The best tag sequence under the rule that I-x follows B-x or I-x only.

    ``scores`` is ``[word, tag]`` in logarithms, tags in the order O, B-0, I-0, … With few tags plain numbers
    are quicker than arrays.
    """
    total = [_NEVER if _inside(tag) else score for tag, score in enumerate(scores[0])]
    begins = range(1, len(total), 2)
    back: list[list[int]] = []
    for row in scores[1:]:
        best = max(total)
        top = total.index(best)
        came, fresh = [top], [best + row[0]]
        for tag in begins:
            begun, went_on = total[tag], total[tag + 1]
            came += (top, tag if begun >= went_on else tag + 1)
            fresh += (best + row[tag], (begun if begun >= went_on else went_on) + row[tag + 1])
        total = fresh
        back.append(came)
    tags = [total.index(max(total))]
    for came in reversed(back):
        tags.append(came[tags[-1]])
    return tags[::-1]


def _inside(tag: int) -> bool:
    return tag > 0 and tag % 2 == 0


def softmax(scores: Floats, axis: int = -1) -> Floats:
    """Probabilities along an axis."""
    shifted = np.exp(scores - scores.max(axis=axis, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=axis, keepdims=True), dtype=np.float32)
