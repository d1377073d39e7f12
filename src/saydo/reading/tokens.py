"""Words in the style of Universal Dependencies, with exact code-point offsets.

spaCy's English tokenizer rules do the work (no pipeline, no model): they split clitics and hyphens nearly
as the English treebanks do. Whitespace is never a word.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from spacy.lang.en import English
from spacy.symbols import ORTH
from spacy.util import compile_infix_regex

from saydo.reading.abbreviations import ABBREVIATIONS

_SURROGATE = re.compile("[\ud800-\udfff]")
_LONGEST_CHUNK = 100_000


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
            for token in self._split(printable(text[first:last])):
                if not token.is_space:
                    begin = first + token.idx
                    found.extend(_without_space(text, begin, begin + len(token)))
        return found


def _without_space(text: str, start: int, end: int) -> list[Word]:
    """The word, or its parts where the tokenizer left a space character inside."""
    quote = text[start:end]
    if quote.split() == [quote]:
        return [Word(start, end, quote)]
    return [Word(start + m.start(), start + m.end(), m.group()) for m in re.finditer(r"\S+", quote)]


def _chunks(text: str) -> list[tuple[int, int]]:
    """Stretches short enough for the tokenizer, cut at spaces where there are any."""
    cuts: list[tuple[int, int]] = []
    start, stop = 0, len(text)
    while stop - start > _LONGEST_CHUNK:
        cut = text.rfind(" ", start + 1, start + _LONGEST_CHUNK)
        cut = cut if cut > start else start + _LONGEST_CHUNK
        cuts.append((start, cut))
        start = cut
    if stop > start:
        cuts.append((start, stop))
    return cuts
