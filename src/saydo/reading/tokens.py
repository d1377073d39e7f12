"""Words in the style of Universal Dependencies, with exact code-point offsets.

spaCy's English tokenizer rules do the work (:mod:`saydo.reading.token_rules`): they split clitics and hyphens
nearly as the English treebanks do. Whitespace is never a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from saydo.reading.splitting import Splitter
from saydo.reading.token_rules import token_rules

_RUN = re.compile(r"\S+")
_SURROGATE = re.compile("[\ud800-\udfff]")
_LONGEST_CHUNK = 100_000
_LONG_RUN = re.compile(r"\S{400,}")
_PIECE = 100


class Word(NamedTuple):
    """A word: its code-point offsets in the text, and the text between them."""

    start: int
    end: int
    text: str


def printable(text: str) -> str:
    """The text with lone surrogates replaced one for one, so that it can be encoded; offsets stay true."""
    return _SURROGATE.sub("\ufffd", text)


class Tokenizer:
    """Splits text into words; one instance may be used for any number of texts."""

    _MOST_KNOWN = 100_000

    def __init__(self) -> None:
        self._splitter = Splitter(token_rules())
        self._known: dict[str, tuple[int, ...]] = {}

    def words(self, text: str) -> list[Word]:
        """The words of the text, in order; every character that is no space lies in exactly one."""
        found: list[Word] = []
        for first, last in _chunks(text):
            for run in _RUN.finditer(text, first, last):
                start = run.start()
                for length in self._lengths(printable(run.group())):
                    found.append(Word(start, start + length, text[start : start + length]))
                    start += length
        return found

    def _lengths(self, run: str) -> tuple[int, ...]:
        """How long the words of a run are; remembered, up to a limit, so that a long run of the program does
        not grow without end."""
        known = self._known.get(run)
        if known is None:
            if len(self._known) >= self._MOST_KNOWN:
                self._known.clear()
            known = self._known[run] = tuple(map(len, self._splitter.split(run)))
        return known


def _chunks(text: str) -> Iterator[tuple[int, int]]:
    """Stretches short enough for the tokenizer, cut at spaces where there are any.

    Its time grows with the square of a run of marks or symbols without a space; no word of a language is as
    long as the runs that are cut here.
    """
    start = 0
    for run in _LONG_RUN.finditer(text):
        yield from _cut_at_spaces(text, start, run.start())
        for piece in range(run.start(), run.end(), _PIECE):
            yield piece, min(piece + _PIECE, run.end())
        start = run.end()
    yield from _cut_at_spaces(text, start, len(text))


def _cut_at_spaces(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    while stop - start > _LONGEST_CHUNK:
        cut = text.rfind(" ", start + 1, start + _LONGEST_CHUNK)
        cut = cut if cut > start else start + _LONGEST_CHUNK
        yield start, cut
        start = cut
    if stop > start:
        yield start, stop
