"""What is asked of a pair of passages: does the second go against what the first has somebody say?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from saydo.model.records import DiscrepancyKind

INFERRED = ".inference"
"""How the names of the rules end whose findings rest on inference alone; a person looks at each of them."""
KINDS: tuple[DiscrepancyKind, ...] = ("commitment", "denial", "account", "position", "tie")
"""The kinds in the order in which the network tells them."""


class Labelled(NamedTuple):
    """The probabilities of what a passage is to something that was said, 1 in all."""

    against: float
    """That, if true, it shows the promise broken, the denial untrue, the position left."""
    kept: float
    """That it is in line with what was said."""
    neither: float
    """That it settles nothing."""
    kind: DiscrepancyKind
    """What a passage against it would make of it, most likely."""


class Inference(Protocol):
    """Natural language inference. The same pair always gives the same answer."""

    def labels(self, pairs: Sequence[tuple[str, str]]) -> list[Labelled]:
        """What each passage is to what was said: pairs of (sentences with what was said, passage)."""
        ...
