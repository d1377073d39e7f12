"""A reading laid over words that another tokenizer made, by character offsets.

Where the words agree everything is carried over as it is. A word that holds several of the reading's takes
the place of the one that governs the others; of several words that make up one of the reading's the first
stands for it, and the rest hang on it as ``goeswith``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from saydo.model.reading import Reading, Token

_ROOT = "ROOT"
"""What spaCy calls the relation of a root, in whatever scheme the others are."""


class Word(NamedTuple):
    """A word of the other tokenizer: character offsets and its text, which may be white space."""

    start: int
    end: int
    text: str


class Annotation(NamedTuple):
    """What a word is given; ``head`` is an index into the words, its own for the root of a sentence."""

    upos: str
    lemma: str
    head: int
    deprel: str


def project(words: Sequence[Word], reading: Reading) -> list[Annotation] | None:
    """The annotation of every word, one tree for each sentence; None where the reading has no words."""
    if not reading.tokens or not words:
        return None
    overlay = _overlay(words, reading.tokens)
    given = [overlay.annotation(u) for u in range(len(words))]
    _mend(given, overlay)
    return given


@dataclass(frozen=True)
class _Overlay:
    words: Sequence[Word]
    tokens: Sequence[Token]
    under: Sequence[Sequence[int]]
    """Word → the reading's tokens that it shares a character with."""
    stands_for: Sequence[int]
    """Word → the token that it takes the place of; -1 for white space."""
    home: dict[int, int]
    """Token → the word that stands for it or holds it."""

    def annotation(self, u: int) -> Annotation:
        word, r = self.words[u], self.stands_for[u]
        if r < 0:
            return Annotation("SPACE", word.text, self._neighbour(u), "dep")
        token = self.tokens[r]
        if self.home[r] != u:
            mark = not any(c.isalnum() for c in word.text)
            return Annotation(
                "PUNCT" if mark else token.upos, word.text, self.home[r], "punct" if mark else "goeswith"
            )
        while token.head != token.i and self.home[token.head] == u:
            token = self.tokens[token.head]  # a governor inside of the same word
        if token.head == token.i:
            return Annotation(self.tokens[r].upos, self._lemma(u), u, _ROOT)
        return Annotation(self.tokens[r].upos, self._lemma(u), self.home[token.head], token.deprel)

    def _neighbour(self, u: int) -> int:
        """The word before white space, or at the beginning the word behind it."""
        nearest: tuple[int, ...] = (*range(u - 1, -1, -1), *range(u + 1, len(self.words)))
        for v in nearest:
            if self.stands_for[v] >= 0:
                return v
        return u

    def _lemma(self, u: int) -> str:
        """The lemmas of all that the word holds, joined as the text joins them."""
        inside = [self.tokens[i] for i in self.under[u]]
        told = inside[0].lemma
        for before, token in pairwise(inside):
            told += (" " if token.start > before.end else "") + token.lemma
        return told


def _overlay(words: Sequence[Word], tokens: Sequence[Token]) -> _Overlay:
    under: list[list[int]] = []
    at = 0
    for word in words:
        while at < len(tokens) and tokens[at].end <= word.start:
            at += 1
        here = at
        held: list[int] = []
        while here < len(tokens) and tokens[here].start < word.end:
            held.append(here)
            here += 1
        under.append([] if word.text.isspace() else held)
    stands_for = [_governor(held, tokens) for held in under]
    home: dict[int, int] = {}
    for u, r in enumerate(stands_for):
        if r >= 0:
            home.setdefault(r, u)
    for u, held in enumerate(under):
        for r in held:
            home.setdefault(r, u)
    return _Overlay(words, tokens, under, stands_for, home)


def _governor(held: Sequence[int], tokens: Sequence[Token]) -> int:
    """The token of a word that governs its others, or that none of them governs."""
    inside = set(held)
    for r in held:
        if tokens[r].head == r or tokens[r].head not in inside:
            return r
    return held[0] if held else -1


def _mend(given: list[Annotation], overlay: _Overlay) -> None:
    """Gives each sentence one tree, in place: words that overlap crosswise can make circles or two roots."""
    sentence = [overlay.tokens[r].sentence if r >= 0 else -1 for r in overlay.stands_for]
    roots: dict[int, int] = {}
    for u, number in enumerate(sentence):
        if number >= 0 and given[u].head == u:
            roots.setdefault(number, u)
    for u, number in enumerate(sentence):
        if number >= 0:
            roots.setdefault(number, u)
    reached = set(roots.values())
    for root in reached:
        given[root] = given[root]._replace(head=root, deprel=_ROOT)
    for u, number in enumerate(sentence):
        path: list[int] = []
        here = u
        while number >= 0 and here not in reached:
            path.append(here)
            above = given[here].head
            if above == here or above in path or sentence[above] != number:
                given[here] = given[here]._replace(head=roots[number], deprel="dep")
            here = given[here].head
        reached.update(path)
