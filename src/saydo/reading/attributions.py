"""Attributions within sentences: every cue the network tags, with the source and content it assigns to
it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from saydo.reading.network import Scores
from saydo.reading.spans import TypedSpan, best_path, softmax, typed_spans

WordRange = tuple[int, int]

_LEAST = 0.45
"""Score below which an attribution is dropped."""
_NONE = 0.5
"""Weight of a word's being part of no cue; with ``_LEAST`` where held-out news (PolNeAR's development part)
score best."""


class Found(NamedTuple):
    """An attribution in one sentence, in word indices of that sentence."""

    sentence: int
    source: tuple[WordRange, ...]
    cue: WordRange
    content: tuple[WordRange, ...]
    score: float


def attributions(scores: Sequence[Scores]) -> list[Found]:
    """The attributions of a document's sentences, in order of their cues."""
    found = (
        _attribution(index, span, sentence)
        for index, sentence in enumerate(scores)
        for span in typed_spans(sentence.cues, _NONE)
    )
    return [f for f in found if f is not None and f.score >= _LEAST]


def _attribution(index: int, cue: TypedSpan, scores: Scores) -> Found | None:
    """Source and content of one cue; None where no word is content."""
    table = np.zeros((len(scores.cues), 5), dtype=np.float32)
    table[:, 1:] = scores.roles[:, cue.first, :].T
    log = np.log(softmax(table) + 1e-9)
    path = np.array(best_path(log.tolist()))
    content = _runs(path, 3)
    if not content:
        return None
    certainty = np.take_along_axis(log, path[:, None], axis=1)[:, 0]
    source = sorted(_runs(path, 1), key=lambda r: -float(certainty[r[0] : r[1]].mean()))[:1]
    told = np.concatenate([certainty[a:b] for a, b in content])
    score = cue.score * float(np.exp(told.mean()))
    return Found(index, tuple(source), (cue.first, cue.last), tuple(content), score)


def _runs(path: NDArray[np.int64], begin: int) -> list[WordRange]:
    """Runs of words tagged ``begin`` or ``begin + 1``; parts of one role have other words between them."""
    runs: list[WordRange] = []
    for i in np.flatnonzero((path == begin) | (path == begin + 1)).tolist():
        if runs and runs[-1][1] == i:
            runs[-1] = (runs[-1][0], i + 1)
        else:
            runs.append((i, i + 1))
    return runs
