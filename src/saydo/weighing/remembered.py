"""Inference that is asked each question once, while its answer is at hand."""

from __future__ import annotations

from collections.abc import Sequence

from saydo.model.inference import Inference, Labelled
from saydo.weighing.recent import Recent

_ANSWERS = 1 << 14
"""Answers kept, each with its two passages: about 1 KB."""


class Remembered:
    """An :class:`saydo.model.inference.Inference`: a report that is weighed again mostly meets
    what it met."""

    def __init__(self, inference: Inference) -> None:
        self._inference = inference
        self._known: Recent[tuple[str, str], Labelled] = Recent(_ANSWERS)

    def labels(self, pairs: Sequence[tuple[str, str]]) -> list[Labelled]:
        """What each passage is to what was said, pair by pair."""
        held = {pair: label for pair in pairs if (label := self._known.get(pair)) is not None}
        new = [pair for pair in dict.fromkeys(pairs) if pair not in held]
        for pair, label in zip(new, self._inference.labels(new) if new else (), strict=True):
            held[pair] = self._known.put(pair, label)
        return [held[pair] for pair in pairs]
