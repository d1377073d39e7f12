"""Paragraphs and sentences of news text, by rule.

A paragraph ends at a blank line, and at a single line end unless the text is hard-wrapped there. A
sentence never crosses a paragraph, so headlines, bylines and list items stand alone.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from saydo.reading.abbreviations import (
    BEFORE_NUMBER,
    CALENDAR,
    MAY_END,
    MONTHS_AND_DAYS,
    NEVER_END,
    STARTERS,
    TITLES,
)
from saydo.reading.tokens import Word

LONGEST = 150
"""Words in the longest sentence; a longer one is cut, so that the model can see it whole."""

_DATELINE = 14
"""Words within which a dateline must have ended."""
_DASHES = frozenset(["—", "–", "--", "-"])
_STOPS = frozenset(
    [".", "!", "?", "…", "...", "....", "?!", "!!", "!?", "??", "..", "。", "？", "！", "؟", "।"]
)
_CLOSERS = frozenset("”’»\"')]}″")
_OPENERS = frozenset("“‘«\"'([{")
_FIRST_MARKS = "-–—•@#$£€"
_LINE = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_BULLET = re.compile(r"\s*(?:[•·▪◦*–—-]\s|\d{1,2}[.)]\s)")
_ENDS_CLAUSE = re.compile(r"[.!?:;…][\"'”’)\]]*\s*$")
_ABBREVIATED = NEVER_END | TITLES | BEFORE_NUMBER | MONTHS_AND_DAYS | MAY_END
_CLEAR_STARTERS = frozenset("the he she they it we meanwhile however".split())
"""Words that in small letters, too, seldom go on with a sentence after ``u.s.`` or ``p.m.``."""
_INITIAL = re.compile(r"^(?:[^\W\d_]\.)+$")


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Code-point ranges of the paragraphs, each with something other than space in it."""
    lines = [(m.start(), m.end()) for m in _LINE.finditer(text) if not m.group().isspace()]
    width = max((end - start for start, end in lines), default=0)
    wrapped = _is_wrapped(text, lines)
    found: list[tuple[int, int]] = []
    for start, end in lines:
        if found and _continues(text, found[-1], (start, end), width if wrapped else 0):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def split(text: str, words: Sequence[Word]) -> Iterator[tuple[int, list[Word]]]:
    """The sentences of a text as words, each with the number of its paragraph."""
    starts = [word.start for word in words]
    for number, (start, end) in enumerate(paragraphs(text)):
        here = list(words[bisect_left(starts, start) : bisect_left(starts, end)])
        for first, last in sentences(here):
            yield number, here[first:last]


def _is_wrapped(text: str, lines: Sequence[tuple[int, int]]) -> bool:
    """Whether line ends seem to fall anywhere in a sentence: lines are short, many go on in lower case."""
    joined = [(a, b) for a, b in pairwise(lines) if len(text[a[1] : b[0]].splitlines()) < 2]
    if len(joined) < 3 or max(end - start for start, end in lines) > 140:
        return False
    lower = sum(text[b[0] : b[1]].lstrip()[0].islower() for _, b in joined)
    return lower * 4 >= len(joined)


def _continues(text: str, before: tuple[int, int], line: tuple[int, int], width: int) -> bool:
    """Whether the line goes on with the sentence of the line before; ``width`` is 0 in unwrapped text."""
    gap = text[before[1] : line[0]]
    if len(gap.replace("\r\n", "\n").strip(" \t")) > 1 or _BULLET.match(text, line[0], line[1]):
        return False
    last = text[max(before[0], text.rfind("\n", before[0], before[1]) + 1) : before[1]]
    if _ENDS_CLAUSE.search(last):
        return bool(width) and len(last) > 0.75 * width
    starts_lower = text[line[0] : line[1]].lstrip()[0].islower()
    return starts_lower or (bool(width) and len(last) > 0.6 * width)


def sentences(words: Sequence[Word]) -> list[tuple[int, int]]:
    """Ranges of words ``[first, last)``, one for each sentence of a paragraph's words."""
    first = index = _dateline(words)
    begins = _begins if any(word.text[0].isupper() for word in words) else _begins_small
    found: list[tuple[int, int]] = [(0, first)] if first else []
    while index < len(words):
        after = _end_after(words, index)
        if after and begins(words, index, after):
            found.append((first, after))
            first = after
        index = max(index + 1, after)
    if first < len(words):
        found.append((first, len(words)))
    return [piece for whole in found for piece in _cut(words, *whole)]


def _dateline(words: Sequence[Word]) -> int:
    """Where a dateline ends ("KHOROG, 3 May (Asia-Plus) — ", "Lomé, Togo - "), behind its dash; 0 where there
    is none.

    A dateline is no part of the sentence: left there, parsers take the town for its subject.
    """
    if not words or not words[0].text[0].isupper():
        return 0
    capitals = len(words[0].text) > 2 and words[0].text.isupper()
    parted = False
    for i, word in enumerate(words[:_DATELINE]):
        if word.text in _DASHES and i:
            if words[i - 1].end == word.start:
                continue  # the hyphen of a name
            spaced = i + 1 < len(words) and word.end < words[i + 1].start
            return i + 1 if spaced and (capitals or parted) else 0
        parted = parted or word.text in ("(", ",")
        if word.text[0].islower() and word.text not in ("al", "and", "of", "de", "el"):
            return 0
    return 0


def _end_after(words: Sequence[Word], index: int) -> int:
    """Where the sentence ends if a stop stands at ``index``: after the closing marks; else 0."""
    text = words[index].text
    if text not in _STOPS and not (len(text) > 1 and text[-1] in ".!?…"):
        return 0
    after = index + 1
    while after < len(words) and (
        words[after].text in _STOPS or (words[after].text in _CLOSERS and _closes(words, after))
    ):
        after += 1
    return _past_note(words, after)


def _past_note(words: Sequence[Word], after: int) -> int:
    """Behind a note's number in square brackets, ``[17]``, which belongs to the sentence before it."""
    marks = [word.text for word in words[after : after + 3]]
    if len(marks) == 3 and marks[0] == "[" and marks[1].isdigit() and marks[2] == "]":
        return _past_note(words, after + 3)
    return after


def _closes(words: Sequence[Word], index: int) -> bool:
    """Whether a mark that can open and close closes here: it touches the word before it."""
    text = words[index].text
    if text not in _OPENERS:
        return True
    if words[index - 1].end != words[index].start:
        return False
    return index + 1 == len(words) or words[index + 1].start > words[index].end or text in ")]}"


def _begins(words: Sequence[Word], stop: int, after: int) -> bool:
    """Whether a new sentence begins at word ``after``, the stop being at ``stop``."""
    if after >= len(words):
        return True
    following = words[after].text
    head = following
    if following in _OPENERS and after + 1 < len(words):
        head = words[after + 1].text
    if head[0].islower() or not (head[0].isalnum() or following in _OPENERS or head[0] in _FIRST_MARKS):
        return False
    text = words[stop].text
    if text in _STOPS:
        # "3 . 5" and "U . N" without spaces are one expression, "need.And" is two sentences.
        touching = words[stop].end == words[after].start
        return not (touching and (head[0].isdigit() or len(words[stop - 1].text) == 1)) if stop else False
    return _abbreviation_ends(text, following, head, after > stop + 1)


def _begins_small(words: Sequence[Word], stop: int, after: int) -> bool:
    """The same in a paragraph without a capital, where the next word cannot show it: the stop alone does,
    unless it belongs to an abbreviation, to what somebody asks or shouts, or to words left out."""
    if after >= len(words):
        return True
    text, head, closed = words[stop].text, words[after].text, after > stop + 1
    if not (head[0].isalnum() or head in _OPENERS or head[0] in _FIRST_MARKS):
        return False
    if text == ".":
        if not stop or words[stop].end == words[after].start:
            return False
        before = words[stop - 1].text if words[stop - 1].end == words[stop].start else ""
        written = _written(before + text)
        if len(before) != 1 and written not in _ABBREVIATED:
            return True
    elif text in _STOPS:
        return text in "!?" and not closed
    else:
        written = _written(text)
    if written in MAY_END or _INITIAL.match(written):
        return closed or head in _CLEAR_STARTERS
    return _abbreviation_ends(written, head, head.capitalize(), closed)


def _written(abbreviation: str) -> str:
    """An abbreviation with the capitals that it has where there are any."""
    return abbreviation.upper() if "." in abbreviation[:-1] else abbreviation.capitalize()


def _abbreviation_ends(text: str, following: str, head: str, closed: bool) -> bool:
    """Whether a word that ends in a full stop of its own also ends the sentence."""
    if text in NEVER_END or text in TITLES:
        return False
    if text in BEFORE_NUMBER or text in MONTHS_AND_DAYS:
        return not head[0].isdigit() and (closed or head in STARTERS)
    if text in ("a.m.", "p.m.", "A.M.", "P.M."):
        return following not in CALENDAR
    if text in MAY_END or _INITIAL.match(text):
        return closed or head in STARTERS or (following in _OPENERS and following not in "([{")
    return True


SURE = 0.995
"""Probability from which on the network is believed that a sentence ends where no mark shows it: the rules
know better nearly always."""
SURE_IN_LOWER_CASE = 0.35
"""The same in text without capitals, where the rules find next to no end."""
_SHORTEST = 3
"""Words in the shortest sentence that is cut out of a longer one."""


def sure_of(words: Iterable[str]) -> float:
    """How sure the network has to be of an end inside of these words, which the rules take for one
    sentence."""
    return SURE if any(word[0].isupper() for word in words) else SURE_IN_LOWER_CASE


def inner_sentences(ends: NDArray[np.float32], sure: float = SURE) -> list[tuple[int, int]]:
    """Ranges ``[first, last)`` of a sentence's words, cut behind words that the network takes for the last of
    a sentence; ``ends`` is ``[word, 2]``."""
    size = len(ends)
    cuts = [0]
    for i in np.flatnonzero(ends[:, 1] > sure).tolist():
        if i + 1 - cuts[-1] >= _SHORTEST and i + 1 <= size - _SHORTEST:
            cuts.append(i + 1)
    return list(pairwise([*cuts, size]))


def _cut(words: Sequence[Word], first: int, last: int) -> list[tuple[int, int]]:
    """The sentence, or where it is too long its pieces, cut after the last mark that allows it."""
    pieces: list[tuple[int, int]] = []
    while last - first > LONGEST:
        window = range(first + LONGEST - 1, first + LONGEST // 2, -1)
        cut = next(
            (i + 1 for i in window if words[i].text in (";", ":", ",", "-", "–", "|")), first + LONGEST
        )
        pieces.append((first, cut))
        first = cut
    pieces.append((first, last))
    return pieces
