"""Finds temporal expressions in a sentence: what is said, not yet which days it stands for.

A sentence becomes a string of class letters in which the patterns of ``times_patterns`` are searched. The
longest match from the left wins; what is found is then joined to ranges ("from 1979 to 1989") and opened by
prepositions ("since 2014").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from saydo.linking.times_edges import SIDES, Found, Pieces, holds, settled, widened
from saydo.linking.times_lengths import LENGTHS
from saydo.linking.times_lexicon import TRIGGERS, Value, number_word, trigger_words, words
from saydo.linking.times_patterns import TABLE, Build, Caught, Expression
from saydo.linking.times_settle import settle
from saydo.model.reading import Token

_SPLIT = re.compile(r"[-–—‑]|[^-–—‑]+")
_DASHES = frozenset("-–—‑")
_ENDING = re.compile(r"(\d+)(\.[\"'”’)\]]+)")
_WORDS = re.compile("[a-z]+")
_DIGIT = re.compile(r"\d")
_FIGURES = re.compile(r"\d{4}|\d[/.:-]\d|\d['’]?s|\d[ap]\.?m|q[1-4]|fy['’]?\d")
"""Figures without which no number makes a temporal expression by itself."""
_DATED = frozenset(["day", "month", "year", "decade", "season", "weekday"])
_OF_HOURS = frozenset(["day", "weekday", "deictic"])
_OPENED = _DATED | {"deictic", "holiday", "ago", "unit", "weekend", "century", "numeric"}


def may_hold(text: str) -> bool:
    """Whether a text may hold a temporal expression, judged fast by its words: never False where ``pieces``
    finds one."""
    low = text.lower()
    if not trigger_words().isdisjoint(_WORDS.findall(low)) or ".m" in low:
        return True
    return _DIGIT.search(low) is not None and _FIGURES.search(low) is not None


def pieces(tokens: Sequence[Token], people: frozenset[int]) -> Pieces | None:
    """The sentence as pieces, or None where no word can belong to a temporal expression.

    ``people`` are the indices of tokens inside names of persons ("April Jones" is no month).
    """
    known = words().get
    letters: list[str] = []
    values: list[Value] = []
    whole: list[Token] = []
    parts: dict[int, tuple[int, int]] = {}
    for token in tokens:
        text = token.text
        word = known(text.lower())
        if word is not None:
            masked = token.i in people and text[0].isupper()
            letters.append("." if masked else word.letter)
            values.append(word.value)
        elif text.isalpha():
            letters.append(".")
            values.append(0)
        else:
            for part, start, end in _parts(token, text.lower()):
                word = known(part) or number_word(part)
                parts[len(letters)] = start, end
                letters.append(word.letter)
                values.append(word.value)
                whole.append(token)
            continue
        whole.append(token)
    if TRIGGERS.isdisjoint(letters):
        return None
    return Pieces(settle(letters, values, whole), values, whole, parts)


def _parts(token: Token, low: str) -> list[tuple[str, int, int]]:
    """The token, or its parts where dashes stand inside it, or a full stop and a quotation mark behind a
    number; each with its offsets."""
    if len(low) == 1 or len(low) != token.end - token.start:
        return [(low, token.start, token.end)]
    if low[0].isdigit() and (ending := _ENDING.fullmatch(low)):
        middle = token.start + ending.end(1)
        return [(ending.group(1), token.start, middle), (ending.group(2), middle, token.end)]
    if _DASHES.isdisjoint(low):
        return [(low, token.start, token.end)]
    return [(m.group(), token.start + m.start(), token.start + m.end()) for m in _SPLIT.finditer(low)]


@cache
def _table() -> dict[str, tuple[tuple[int, re.Pattern[str], Build], ...]]:
    """The numbered patterns by the letter that each cannot do without; of equally long matches the earlier
    row wins."""
    rows = list(enumerate((*TABLE, *LENGTHS)))
    letters = dict.fromkeys(letter for _, (_, letter, _) in rows)
    return {
        each: tuple((n, re.compile(pattern), build) for n, (pattern, letter, build) in rows if letter == each)
        for each in letters
    }


def find(sentence: Pieces) -> list[Found]:
    """The temporal expressions of a sentence, in order, not overlapping."""
    candidates: list[tuple[int, int, int, Expression]] = []
    letters, table = sentence.letters, _table()
    for letter in table.keys() & set(letters):
        for row, pattern, build in table[letter]:
            for match in pattern.finditer(letters):
                expression = build(Caught(match, sentence.values))
                if expression is not None:
                    candidates.append((match.start(), -match.end(), row, expression))
    found: list[Found] = []
    candidates.sort(key=lambda c: c[:3])
    for first, end, _, expression in candidates:
        if not found or first >= found[-1].last:
            found.append(settled(Found(first, -end, expression), sentence))
    found = [f for f in found if holds(f, sentence)]
    wide: list[Found] = []
    for item in _joined(_shared_year(_clocked(found, sentence), sentence), sentence):
        item = widened(_opened(item, sentence), sentence)
        wide.append(item._replace(first=max(item.first, wide[-1].last)) if wide else item)
    return wide


def _clocked(found: list[Found], sentence: Pieces) -> list[Found]:
    """An hour or part of the day and its day made one: "9 p.m. on Tuesday", "the night of 5 May"."""
    joined: list[Found] = []
    for item in found:
        before = joined[-1] if joined else None
        if before is not None and before.expression.kind in ("clock", "part"):
            between = sentence.letters[before.last : item.first]
            if item.expression.kind in _OF_HOURS and between in ("", "O", "c", "cO", "o"):
                joined.pop()
                item = item._replace(first=before.first, expression=replace(item.expression, name="hour"))
        joined.append(item)
    return joined


def _shared_year(found: list[Found], sentence: Pieces) -> list[Found]:
    """ "In May and July 2015": the year of the last holds for those before it."""
    shared = list(found)
    for i in range(len(shared) - 2, -1, -1):
        this, after = shared[i].expression, shared[i + 1].expression
        between = sentence.letters[shared[i].last : shared[i + 1].first]
        if (
            between in ("&", "c", "c&", "2", "u", "h", "2t", "&t")
            and this.kind in ("day", "month")
            and after.kind in ("day", "month")
            and this.year is None
            and this.shift is None
            and after.year is not None
        ):
            later = (this.month or 0, this.day or 0) > (after.month or 0, after.day or 0)
            year = after.year - 1 if later and between in ("2", "u", "h", "2t") else after.year
            shared[i] = shared[i]._replace(expression=replace(this, year=year))
    return shared


def _joined(found: list[Found], sentence: Pieces) -> list[Found]:
    """Two expressions made one range where the words between them say so."""
    joined: list[Found] = []
    for item in found:
        if joined and _is_range(joined[-1], item, sentence):
            before = joined.pop()
            expression = Expression("range", inner=(before.expression, item.expression))
            joined.append(Found(before.first, item.last, expression))
        else:
            joined.append(item)
    return joined


def _is_range(a: Found, b: Found, sentence: Pieces) -> bool:
    between = sentence.letters[a.last : b.first]
    introduced = sentence.letters[a.first - 1] if a.first else ""
    kinds = {a.expression.kind, b.expression.kind}
    if "range" in kinds:
        return False
    if introduced == "b":
        return between in ("&", "&t") and kinds <= _OPENED
    if between in ("2", "u", "2t"):
        alike = len(kinds) == 1 and kinds <= _DATED and a.expression.kind != "weekday"
        return (introduced == "f" and kinds <= _OPENED) or alike
    return between == "h" and len(kinds) == 1 and kinds <= _DATED


def _opened(found: Found, sentence: Pieces) -> Found:
    """The expression with the side that a preposition before it opens: "since 2014", "until May"."""
    kind, before = found.expression.kind, found.first - 1
    if kind == "range" or found.expression.day2 or found.expression.month2:
        # "from … to …" and "between … and …" belong to the range; "from 3-5 May" is only said of it.
        if found.first and (
            sentence.letters[before] == "b"
            or (
                sentence.letters[before] == "f"
                and not {"2", "u"}.isdisjoint(sentence.letters[found.first : found.last])
            )
        ):
            return found._replace(first=before)
        return found
    if not found.first or kind not in _OPENED or found.expression.name == "hour":
        return found
    word = sentence.tokens[before].text.lower()
    side = SIDES.get(word, "")
    if not side and word in ("before", "after") and not _modifies(found, sentence):
        side = word
    if word == "to" and before and sentence.tokens[before - 1].text.lower() == "prior":
        side = "before"
    if word == "from" and found.last < len(sentence.tokens):
        side = "since" if sentence.tokens[found.last].text.lower() in ("on", "onward", "onwards") else ""
    return found._replace(side=side)


def _modifies(found: Found, sentence: Pieces) -> bool:
    """Whether the expression only describes a noun that follows: "after the 2014 election"."""
    if found.last >= len(sentence.tokens):
        return False
    owner = sentence.letters[found.last] == "s"
    return owner or sentence.tokens[found.last].upos in ("NOUN", "PROPN", "ADJ", "NUM")
