"""The inference that weighing asks, loaded when it is first asked something: most that is opened, shown or
coded by itself needs none."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from saydo.model.inference import Inference, Labelled


class LateInference:
    """A :class:`saydo.model.inference.Inference` by the model that comes with saydo."""

    def labels(self, pairs: Sequence[tuple[str, str]]) -> list[Labelled]:
        """What each passage is to what was said, pair by pair."""
        return _loaded().labels(pairs) if pairs else []


@lru_cache(maxsize=1)
def _loaded() -> Inference:
    from saydo.reading.inference import PassageInference

    return PassageInference()
