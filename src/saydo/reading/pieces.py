"""From words to what the model takes in: wordpiece ids, letter case, and where each word begins and
ends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tokenizers import Tokenizer

from saydo.reading.tokens import printable

MOST_PIECES = 500
"""Wordpieces of the longest sentence (the encoder has 512 positions)."""

_MOST_PER_WORD = 8
_CLS, _SEP, _UNK = 101, 102, 100


class Pieces(NamedTuple):
    """One sentence as the model sees it. ``first`` and ``last`` index ``ids``, one pair a word."""

    ids: list[int]
    shapes: list[int]
    first: list[int]
    last: list[int]


def shape(word: str) -> int:
    """Letter case of a word: 1 lower, 2 Title, 3 UPPER, 4 anything else; 0 is kept for padding."""
    if word.islower():
        return 1
    if word.isupper():
        return 3 if len(word) > 1 else 2
    if word[:1].isupper() and word[1:].islower():
        return 2
    return 4


class PieceMaker:
    """Wraps the wordpiece tokenizer; remembers the pieces of the words it has seen, up to a limit."""

    _LIMIT = 200_000

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._known: dict[str, tuple[tuple[int, ...], int]] = {}
        """Pieces and letter case of each word."""

    def encode(self, sentences: Sequence[Sequence[str]]) -> list[Pieces]:
        """The sentences, each a sequence of words, as wordpieces; no word is without a piece."""
        self._learn({word for words in sentences for word in words if word not in self._known})
        return [self._one(words) for words in sentences]

    def _learn(self, words: set[str]) -> None:
        if len(self._known) + len(words) > self._LIMIT:
            self._known.clear()
        ordered = sorted(words)
        encoded = self._tokenizer.encode_batch(
            [printable(word) for word in ordered], add_special_tokens=False
        )
        for word, encoding in zip(ordered, encoded, strict=True):
            self._known[word] = (tuple(encoding.ids[:_MOST_PER_WORD]) or (_UNK,), shape(word))

    def _one(self, words: Sequence[str]) -> Pieces:
        known = [self._known.get(word) or self._fresh(word) for word in words]
        most = _MOST_PER_WORD
        if sum(len(pieces) for pieces, _ in known) > MOST_PIECES:
            most = max(1, MOST_PIECES // max(1, len(words)))
        ids, shapes = [_CLS], [0]
        first, last = [], []
        at = 1
        for pieces, case in known:
            first.append(at)
            if len(pieces) == 1:
                ids.append(pieces[0])
                shapes.append(case)
            else:
                ids += pieces[:most]
                shapes += [case] * min(len(pieces), most)
            at = len(ids)
            last.append(at - 1)
        ids.append(_SEP)
        shapes.append(0)
        return Pieces(ids, shapes, first, last)

    def _fresh(self, word: str) -> tuple[tuple[int, ...], int]:
        """Pieces of a word that was forgotten between learning and use."""
        ids = self._tokenizer.encode(printable(word), add_special_tokens=False).ids
        return tuple(ids[:_MOST_PER_WORD]) or (_UNK,), shape(word)
