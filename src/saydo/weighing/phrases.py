"""What a trigger bears on, read off the words behind it or before it."""

from __future__ import annotations

import re

from saydo.model.ids import fold
from saydo.weighing.acts import BREAKS, STOP_WORDS
from saydo.weighing.parties import singular

_NOUN_LINKS = frozenset({"of", "on", "against", "at", "for"})
_BE = frozenset({"was", "were", "been", "being", "is", "are", "be", "got", "get"})
_WORD = re.compile(r"[^\W\d_][\w’'-]*")


def phrase(text: str, start: int, skip: set[int]) -> tuple[frozenset[str], int]:
    """The words of the noun phrase that follows ``start`` and where it ends; empty where another phrase
    begins there."""
    found: set[str] = set()
    end = last = start
    for k, word in enumerate(_WORD.finditer(text, start)):
        if any(c in text[end : word.start()] for c in ',.;:!?()—–"“”'):
            break
        folded = fold(word.group())
        end = word.end()
        if k == 0 and folded in _NOUN_LINKS:
            continue
        if folded in BREAKS or word.start() in skip or k > 6:
            break
        if folded not in STOP_WORDS and folded not in _BE:
            found.add(singular(folded))
            last = end
    return frozenset(found), last


def before_passive(text: str, start: int, trigger: int) -> str | None:
    """The head word before "was …": what a passive trigger bears on."""
    earlier = [fold(w.group()) for w in _WORD.finditer(text, max(start, trigger - 80), trigger)]
    while earlier and (earlier[-1] in _BE or earlier[-1] in ("has", "have", "had", "also", "not", "again")):
        if earlier.pop() in _BE and earlier and earlier[-1] not in _BE | {"has", "have", "had"}:
            return singular(earlier[-1])
    return None
