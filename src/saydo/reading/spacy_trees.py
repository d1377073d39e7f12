"""The words, sentences and trees of a spaCy Doc as plain values, whatever its components left undone."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Any, NamedTuple

from saydo.reading.penn import PENN, UPOS
from saydo.reading.sentences import paragraphs, split
from saydo.reading.tokens import Word

_DASHES = frozenset(["—", "–", "--", "-"])
_DATELINE = 15
"""Words that a dateline has fewer of."""


class Piece(NamedTuple):
    """A word of a Doc, white space left out: offsets, and what the pipeline says of it.

    ``head`` is an index into the document's pieces, its own for a root."""

    start: int
    end: int
    lemma: str
    """Empty where the pipeline gives none."""
    upos: str
    head: int
    deprel: str
    token: int
    """Index of the spaCy token that it comes from."""


class Stretch(NamedTuple):
    """A sentence: pieces ``[first, last)`` and the number of its paragraph."""

    first: int
    last: int
    paragraph: int


def pieces(doc: Any, text: str) -> list[Piece]:
    """The words of a Doc. A token with white space inside, as components that merge names make them, gives
    several words, each after the first ``flat`` on it; a head that is white space is passed over."""
    parts = [_parts(text, token.idx, token.idx + len(token)) for token in doc]
    first: list[int] = []
    count = 0
    for part in parts:
        first.append(count)
        count += len(part)
    found: list[Piece] = []
    for token, part in zip(doc, parts, strict=True):
        for n, (start, end) in enumerate(part):
            head, deprel = (
                (first[_word_above(token, parts)], token.dep_) if n == 0 else (first[token.i], "flat")
            )
            lemma = token.lemma_ if len(part) == 1 else ""
            found.append(Piece(start, end, lemma, _upos(token), head, deprel, token.i))
    return found


def _parts(text: str, start: int, end: int) -> list[tuple[int, int]]:
    return [(start + m.start(), start + m.end()) for m in re.finditer(r"\S+", text[start:end])]


def _word_above(token: Any, parts: Sequence[list[tuple[int, int]]]) -> int:
    """The nearest governor that is no white space; the token itself where there is none."""
    above, steps = token.head, 0
    while not parts[above.i]:
        if above.head.i == above.i or steps > len(parts):
            return int(token.i)
        above, steps = above.head, steps + 1
    return int(above.i)


def _upos(token: Any) -> str:
    if token.pos_ in UPOS:
        return str(token.pos_)
    return PENN.get(token.tag_, "X")


def stretches(doc: Any, text: str, words: Sequence[Piece]) -> list[Stretch]:
    """The sentences: the pipeline's where it finds any, ours otherwise; none crosses a paragraph."""
    if not words:
        return []
    if not doc.has_annotation("SENT_START", require_complete=True):
        return _by_rule(text, words)
    begins = [start for start, _ in paragraphs(text)]
    found: list[Stretch] = []
    first = 0
    paragraph = max(0, bisect_right(begins, words[0].start) - 1)
    sent_starts = {token.i for token in doc if token.is_sent_start}
    for i, word in enumerate(words):
        here = max(0, bisect_right(begins, word.start) - 1)
        # A sentence may begin with white space: what counts is a beginning since the last word.
        before = words[i - 1].token if i else -1
        opened = any(t in sent_starts for t in range(before + 1, word.token + 1))
        if i and (opened or here != paragraph):
            found.append(Stretch(first, i, paragraph))
            first, paragraph = i, here
    found.append(Stretch(first, len(words), paragraph))
    return _joined(found, words)


def paragraph_starts(text: str, words: Sequence[Piece]) -> list[int]:
    """The words with which paragraphs begin, and those behind a dateline ("KHOROG, 3 May — ")."""
    found: list[int] = []
    last = Stretch(0, 0, -1)
    for part in _by_rule(text, words):
        ends = text[words[part.first - 1].start : words[part.first - 1].end] if part.first else ""
        dateline = ends in _DASHES and last.first in found and last.last - last.first < _DATELINE
        if part.paragraph != last.paragraph or dateline:
            found.append(part.first)
        last = part
    return found


def _joined(found: Sequence[Stretch], words: Sequence[Piece]) -> list[Stretch]:
    """The sentences, a lone mark such as a closing quotation mark with the sentence before it."""
    kept: list[Stretch] = []
    for part in found:
        marks = all(word.upos == "PUNCT" for word in words[part.first : part.last])
        if kept and marks and kept[-1].paragraph == part.paragraph:
            kept[-1] = kept[-1]._replace(last=part.last)
        else:
            kept.append(part)
    return kept


def _by_rule(text: str, words: Sequence[Piece]) -> list[Stretch]:
    found: list[Stretch] = []
    first = 0
    for paragraph, part in split(text, [Word(w.start, w.end, text[w.start : w.end]) for w in words]):
        found.append(Stretch(first, first + len(part), paragraph))
        first += len(part)
    return found


def rooted(heads: Sequence[int], deprels: Sequence[str]) -> tuple[list[int], list[str]]:
    """One tree from the heads of a sentence's words, which may lead outside (any index out of range), have
    several roots or run in circles. What has no place hangs on the root as ``parataxis``."""
    count = len(heads)
    own = [head if 0 <= head < count else i for i, head in enumerate(heads)]
    tops = [i for i in range(count) if own[i] == i]
    told = [i for i in tops if heads[i] == i and deprels[i].lower() == "root"]
    root = (told or tops or [0])[0]
    own[root] = root
    names = ["parataxis" if deprel.lower() == "root" else deprel for deprel in deprels]
    reached = {root}
    for i in range(count):
        path: list[int] = []
        here = i
        while here not in reached and here not in path:
            path.append(here)
            if own[here] == here or own[here] in path:
                own[here], names[here] = root, "parataxis"
            here = own[here]
        reached.update(path)
    names[root] = "root"
    return own, names
