"""How long work tells somebody how far it is; what to make of it is theirs."""

from __future__ import annotations

from typing import Literal, Protocol

Stage = Literal[
    "taking in",
    "coding",
    "weighing",
    "writing the report",
    "indexing",
    "checking",
    "backing up",
    "restoring",
    "copying",
]


class Progress(Protocol):
    """Told of each stage in turn; a stage ends where the next begins."""

    def begin(self, stage: Stage, amount: int | None = None) -> None:
        """A stage begins. ``amount`` is how much is to do, in any unit; None where that is not known."""
        ...

    def advance(self, reports: int, words: int, amount: int) -> None:
        """So many more reports, with so many words, are done, and so much of the amount."""
        ...


class Silent:
    """Tells nobody."""

    def begin(self, stage: Stage, amount: int | None = None) -> None:
        """Does nothing."""

    def advance(self, reports: int, words: int, amount: int) -> None:
        """Does nothing."""
