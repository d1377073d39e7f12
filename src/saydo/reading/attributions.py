"""Attributions within sentences: every cue the network tags, with the source and content it assigns to
it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from saydo.reading.network import Scores
from saydo.reading.spans import best_paths, softmax, typed_spans

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


class _Cue(NamedTuple):
    sentence: int
    words: WordRange
    score: float


def attributions(scores: Sequence[Scores]) -> list[Found]:
    """The attributions of a document's sentences, in order of their cues."""
    cues = [
        _Cue(index, (span.first, span.last), span.score)
        for index, sentence in enumerate(scores)
        for span in typed_spans(sentence.cues, _NONE)
    ]
    if not cues:
        return []
    found: list[Found] = []
    # Cues of sentences of like length are walked together, else one long sentence makes all walks long.
    order = sorted(range(len(cues)), key=lambda i: (len(scores[cues[i].sentence].cues), i))
    for start in range(0, len(order), 32):
        group = [cues[i] for i in order[start : start + 32]]
        found.extend(_decode(group, scores))
    return sorted(found, key=lambda f: (f.sentence, f.cue))


def _decode(cues: Sequence[_Cue], scores: Sequence[Scores]) -> list[Found]:
    lengths = [len(scores[cue.sentence].cues) for cue in cues]
    table = np.zeros((len(cues), max(lengths), 5), dtype=np.float32)
    for row, cue in enumerate(cues):
        table[row, : lengths[row], 1:] = scores[cue.sentence].roles[:, cue.words[0], :].T
    log = np.log(softmax(table) + 1e-9)
    paths = best_paths(log, lengths)
    found = []
    for row, cue in enumerate(cues):
        path = paths[row, : lengths[row]]
        certainty = np.take_along_axis(log[row, : lengths[row]], path[:, None], axis=1)[:, 0]
        content = _runs(path, 3)
        if not content:
            continue
        source = sorted(_runs(path, 1), key=lambda r: -float(certainty[r[0] : r[1]].mean()))[:1]
        told = np.concatenate([certainty[a:b] for a, b in content])
        score = cue.score * float(np.exp(told.mean()))
        if score < _LEAST:
            continue
        found.append(Found(cue.sentence, tuple(source), cue.words, tuple(content), score))
    return found


def _runs(path: NDArray[np.int64], begin: int) -> list[WordRange]:
    """Runs of words tagged ``begin`` or ``begin + 1``; parts of one role have other words between them."""
    runs: list[WordRange] = []
    for i in np.flatnonzero((path == begin) | (path == begin + 1)).tolist():
        if runs and runs[-1][1] == i:
            runs[-1] = (runs[-1][0], i + 1)
        else:
            runs.append((i, i + 1))
    return runs
