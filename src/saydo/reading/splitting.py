"""Splitting a run of characters without a space into words: spaCy's way to do it, without spaCy at hand.

spaCy's tokenizer is a handful of rules and one procedure (https://spacy.io/usage/linguistic-features, "How
spaCy's tokenizer works"). The rules are taken from spaCy (:mod:`saydo.reading.token_rules`); the procedure
stands here, since importing spaCy takes longer than all else that saydo needs to begin. A test holds the two
against each other.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class TokenRules:
    """What is cut off in front, behind and within, what never is, and how special words are split."""

    prefix: str
    suffix: str
    infix: str
    """Regular expressions, as are ``prefix``, ``suffix`` and ``whole``."""
    whole: str
    """What this matches is one word: an address on the web."""
    special: Mapping[str, tuple[str, ...]]
    """A run of characters → its words; joined they are the run."""


class Splitter:
    """The procedure with its rules, made ready."""

    def __init__(self, rules: TokenRules) -> None:
        self._prefix = re.compile(rules.prefix).search
        self._suffix = re.compile(rules.suffix).search
        self._infixes = re.compile(rules.infix).finditer
        self._whole = re.compile(rules.whole).match
        self._special = rules.special

    def split(self, run: str) -> tuple[str, ...]:
        """The words of a run of characters in which no space stands; joined they are the run again."""
        if run in self._special:
            return self._special[run]
        words = self._parted(run, self._special)
        return tuple(self._mended(words)) if len(words) > 1 else tuple(words)

    def _parted(self, run: str, special: Mapping[str, tuple[str, ...]]) -> list[str]:
        """Prefixes, what is between, suffixes."""
        before: list[str] = []
        behind: list[str] = []
        left = len(run) + 1
        while run and len(run) != left and run not in special:
            left = len(run)
            front = _length(self._prefix(run))
            if front and run[front:] in special:
                before.append(run[:front])
                run = run[front:]
                break
            back = _length(self._suffix(run[front:]))
            if back and run[:-back] in special:
                behind.append(run[-back:])
                run = run[:-back]
                break
            if front and back and front + back <= len(run):
                before.append(run[:front])
                behind.append(run[-back:])
                run = run[front:-back]
            elif front:
                before.append(run[:front])
                run = run[front:]
            elif back:
                behind.append(run[-back:])
                run = run[:-back]
        return [*before, *self._middle(run, special), *reversed(behind)]

    def _middle(self, run: str, special: Mapping[str, tuple[str, ...]]) -> Sequence[str]:
        if not run:
            return ()
        if run in special:
            return special[run]
        if self._whole(run):
            return (run,)
        found: list[str] = []
        at = 0
        for mark in self._infixes(run):
            first, last = mark.span()
            if first == 0:
                continue
            found += [piece for piece in (run[at:first], run[first:last]) if piece]
            at = last
        return (*found, run[at:]) if at < len(run) else found

    @cached_property
    def _sequences(self) -> dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]]:
        """Special words that the other rules would take apart: by the first of the pieces that would come
        of it, the pieces and what they are to be."""
        found: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
        for run, words in self._special.items():
            if self._prefix(run) or self._suffix(run) or next(self._infixes(run), None):
                pieces = tuple(self._parted(run, {}))
                found.setdefault(pieces[0], []).append((pieces, words))
        return found

    def _mended(self, words: list[str]) -> list[str]:
        """The words, with special ones put in the place of the pieces into which the other rules took them:
        the longest first, and of equal ones the first."""
        found: list[tuple[int, int, tuple[str, ...]]] = []
        for at, word in enumerate(words):
            for pieces, put in self._sequences.get(word, ()):
                if tuple(words[at : at + len(pieces)]) == pieces:
                    found.append((len(pieces), at, put))
        if not found:
            return words
        taken: set[int] = set()
        chosen: dict[int, tuple[int, tuple[str, ...]]] = {}
        for length, at, put in sorted(found, key=lambda f: (f[0], -f[1]), reverse=True):
            if at not in taken and at + length - 1 not in taken:
                chosen[at] = length, put
            taken.update(range(at, at + length))
        mended: list[str] = []
        at = 0
        while at < len(words):
            length, put_there = chosen.get(at, (1, (words[at],)))
            mended += put_there
            at += length
        return mended


def _length(found: re.Match[str] | None) -> int:
    return found.end() - found.start() if found else 0
