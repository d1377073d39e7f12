"""Whose voice asserts a word: the statements of a document as token sets, innermost first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from saydo.model.reading import TokenRange

FUTURE_KINDS = frozenset({"pledge", "threat", "demand", "proposal", "prediction"})
"""Statement kinds whose content has not happened yet, whatever its form ("threatened to attack")."""


class SpokenDraft(Protocol):
    """What is asked of a statement draft here."""

    @property
    def kind(self) -> str: ...
    @property
    def cue(self) -> tuple[TokenRange, ...]: ...
    @property
    def content(self) -> tuple[TokenRange, ...]: ...
    @property
    def stop(self) -> frozenset[int]: ...


@dataclass(frozen=True, slots=True)
class Voices:
    """Statement drafts of one document, asked token by token."""

    drafts: Sequence[SpokenDraft]
    innermost: dict[int, int]
    contents: tuple[frozenset[int], ...]
    cue_tokens: frozenset[int]
    """Words of cues above which nothing says whether what was said is so."""

    @classmethod
    def of(cls, drafts: Sequence[SpokenDraft]) -> Voices:
        contents = tuple(
            frozenset(i for first, last in d.content for i in range(first, last))
            - frozenset(i for first, last in d.cue for i in range(first, last))
            for d in drafts
        )
        innermost: dict[int, int] = {}
        # the larger contents are laid down first, so that a statement inside a statement wins
        for k in sorted(range(len(drafts)), key=lambda k: -len(contents[k])):
            for i in contents[k]:
                innermost[i] = k
        return cls(drafts, innermost, contents, frozenset(i for d in drafts for i in d.stop))

    def of_token(self, i: int) -> int | None:
        return self.innermost.get(i)

    def content(self, voice: int | None) -> frozenset[int] | None:
        """The tokens of a statement's content; None for the document's own voice."""
        return None if voice is None else self.contents[voice]

    def kind(self, voice: int) -> str:
        return self.drafts[voice].kind

    def future(self, voice: int) -> bool:
        return self.drafts[voice].kind in FUTURE_KINDS
