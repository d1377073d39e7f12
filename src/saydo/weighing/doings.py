"""What doings known by their words alone are called."""

from __future__ import annotations

from collections.abc import Iterable

from saydo.model.ids import fold
from saydo.weighing.parties import singular

WORDED = "do:"
"""Before the doing of an act that is known by its words alone."""


def folded(words: Iterable[str]) -> tuple[str, ...]:
    """Nouns as they are compared: folded, roughly singular, each once."""
    return tuple(dict.fromkeys(singular(part) for w in words for part in fold(w).split()))
