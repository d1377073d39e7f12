"""Words in the style of Universal Dependencies, with exact code-point offsets.

spaCy's English tokenizer rules do the work (no pipeline, no model): they split clitics and hyphens nearly
as the English treebanks do. Whitespace is never a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from spacy.attrs import IDX, IS_SPACE, LENGTH
from spacy.lang.en import English
from spacy.symbols import ORTH
from spacy.util import compile_infix_regex

from saydo.reading.abbreviations import ABBREVIATIONS

_SPACE = re.compile(r"\s")
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

    _MOST_STRINGS = 300_000

    def __init__(self) -> None:
        self._begin()

    def _begin(self) -> None:
        language: Any = English()
        self._vocabulary = language.vocab
        self._split = language.tokenizer
        infixes = [*language.Defaults.infixes, r"(?<=\w)\.(?=\[)", r"\[", r"\]"]
        self._split.infix_finditer = compile_infix_regex(infixes).finditer
        for abbreviation in ABBREVIATIONS:
            self._split.add_special_case(abbreviation, [{ORTH: abbreviation}])

    def words(self, text: str) -> list[Word]:
        """The words of the text, in order; every character that is no space lies in exactly one."""
        if len(self._vocabulary) > self._MOST_STRINGS:
            # The vocabulary keeps every word that it ever saw: in a long run it is begun anew.
            self._begin()
        found: list[Word] = []
        for first, last in _chunks(text):
            told = self._split(printable(text[first:last])).to_array([IDX, LENGTH, IS_SPACE])
            for begin, length, space in told.astype(np.int64).tolist():
                if not space:
                    begin += first
                    quote = text[begin : begin + length]
                    if length == 1 or not _SPACE.search(quote):
                        found.append(Word(begin, begin + length, quote))
                    else:
                        found.extend(_without_space(text, begin, begin + length))
        return found


def _without_space(text: str, start: int, end: int) -> list[Word]:
    """The parts of a word in which the tokenizer left a space character."""
    return [Word(start + m.start(), start + m.end(), m.group()) for m in re.finditer(r"\S+", text[start:end])]


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
