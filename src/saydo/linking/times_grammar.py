"""Finds temporal expressions in a sentence: what is said, not yet which days it stands for.

A sentence becomes a string of class letters in which the patterns of ``times_patterns`` are searched. The
longest match from the left wins; what is found is then joined to ranges ("from 1979 to 1989") and opened by
prepositions ("since 2014").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from saydo.linking.times_lexicon import TRIGGERS, Value, number_word, words
from saydo.linking.times_patterns import Caught, Expression, table
from saydo.linking.times_settle import settle
from saydo.model.reading import Token


class Pieces(NamedTuple):
    """The words of a sentence, hyphenated ones taken apart; the lists run in parallel with ``letters``."""

    letters: str
    values: list[Value]
    tokens: list[Token]
    offsets: list[tuple[int, int]]


class Found(NamedTuple):
    """An expression at the pieces ``[first, last)``."""

    first: int
    last: int
    expression: Expression


_SPLIT = re.compile(r"[-–—‑]|[^-–—‑]+")
_DASHES = frozenset("-–—‑")
_SIDES = {"since": "since", "until": "until", "till": "until", "til": "until", "through": "until"}
_DATED = frozenset(["day", "month", "year", "decade", "season", "weekday"])
_OPENED = _DATED | {"deictic", "holiday", "ago", "unit", "weekend", "century", "numeric"}


def pieces(tokens: Sequence[Token], people: frozenset[int]) -> Pieces | None:
    """The sentence as pieces, or None where no word can belong to a temporal expression.

    ``people`` are the indices of tokens inside names of persons ("April Jones" is no month).
    """
    known = words()
    letters: list[str] = []
    values: list[Value] = []
    whole: list[Token] = []
    offsets: list[tuple[int, int]] = []
    for token in tokens:
        low = token.text.lower()
        word = known.get(low)
        if word is None and not low.isalpha():
            for part, start, end in _parts(token, low):
                word = known.get(part) or number_word(part)
                letters.append(word.letter)
                values.append(word.value)
                whole.append(token)
                offsets.append((start, end))
            continue
        letters.append("." if word is None or token.i in people else word.letter)
        values.append(0 if word is None else word.value)
        whole.append(token)
        offsets.append((token.start, token.end))
    if TRIGGERS.isdisjoint(letters):
        return None
    return Pieces(settle(letters, values, whole), values, whole, offsets)


def _parts(token: Token, low: str) -> list[tuple[str, int, int]]:
    """The token, or its parts where dashes stand inside it; each with its offsets."""
    if len(low) == 1 or _DASHES.isdisjoint(low) or len(low) != token.end - token.start:
        return [(low, token.start, token.end)]
    return [(m.group(), token.start + m.start(), token.start + m.end()) for m in _SPLIT.finditer(low)]


def find(sentence: Pieces) -> list[Found]:
    """The temporal expressions of a sentence, in order, not overlapping."""
    candidates: list[tuple[int, int, int, Expression]] = []
    for row, (pattern, build) in enumerate(table()):
        for match in pattern.finditer(sentence.letters):
            expression = build(Caught(match, sentence.values))
            if expression is not None:
                candidates.append((match.start(), -match.end(), row, expression))
    found: list[Found] = []
    candidates.sort(key=lambda c: c[:3])
    for first, end, _, expression in candidates:
        if not found or first >= found[-1].last:
            found.append(Found(first, -end, expression))
    found = [_known_day(_anchored_on_event(f, sentence), sentence) for f in found if not _titled(f, sentence)]
    return [_opened(f, sentence) for f in _joined(_shared_year(found, sentence), sentence)]


def _titled(found: Found, sentence: Pieces) -> bool:
    """Whether the words are the name of something: "This Week", "USA Today", "Saturday Night Live"."""
    words = [t.text for t in sentence.tokens[found.first : found.last]]
    if not all(w[0].isupper() for w in words) or any(w.isupper() and len(w) > 2 for w in words):
        return False
    kind, before = found.expression.kind, sentence.tokens[found.first - 1] if found.first else None
    if kind == "weekday" and len(words) > 1 and words[0].lower() not in ("last", "next", "this"):
        return True
    if kind not in ("deictic", "unit"):
        return False
    if len(words) > 1 and (before is not None or words[0] != "Last"):
        return True
    after = sentence.tokens[found.last].text if found.last < len(sentence.tokens) else ""
    return before is not None and (before.upos == "PROPN" or after in ("”", '"', "’", "''"))


def _known_day(found: Found, sentence: Pieces) -> Found:
    """The eleventh of September that needs no year."""
    e = found.expression
    if (e.kind, e.month, e.day, e.year, e.day2) != ("day", 9, 11, None, None):
        return found
    ahead = [t.text.lower() for t in sentence.tokens[found.last : found.last + 2]]
    if "attacks" in ahead or "hijackers" in ahead or "hijackings" in ahead:
        return found._replace(expression=replace(e, year=2001))
    return found


def _anchored_on_event(found: Found, sentence: Pieces) -> Found:
    """ "Two days after the attack" hangs on an event that the text names, not on a day."""
    if found.expression.kind != "moved":
        return found
    word = sentence.tokens[found.last - 1].text.lower()
    if word in ("before", "after") and found.last < len(sentence.tokens):
        following = sentence.tokens[found.last]
        if following.upos not in ("PUNCT", "CCONJ", "SCONJ", "ADP"):
            return found._replace(expression=replace(found.expression, kind="event"))
    return found


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
    """The expression as a half-open stretch where a preposition before it says so."""
    kind = found.expression.kind
    if kind == "range" or found.expression.day2 or found.expression.month2:
        # "from" and "between" belong to the range.
        if found.first and sentence.letters[found.first - 1] in "fb":
            return found._replace(first=found.first - 1)
        return found
    if not found.first or kind not in _OPENED:
        return found
    before = found.first - 1
    word = sentence.tokens[before].text.lower()
    side = _SIDES.get(word, "")
    if not side and word in ("before", "after") and not _modifies(found, sentence):
        side = word
    if word == "to" and before and sentence.tokens[before - 1].text.lower() == "prior":
        before, side = before - 1, "before"
    if word == "from" and found.last < len(sentence.tokens):
        side = "since" if sentence.tokens[found.last].text.lower() in ("on", "onward", "onwards") else ""
    if not side:
        return found
    return Found(before, found.last, Expression("open", name=side, inner=(found.expression,)))


def _modifies(found: Found, sentence: Pieces) -> bool:
    """Whether the expression only describes a noun that follows: "after the 2014 election"."""
    if found.last >= len(sentence.tokens):
        return False
    owner = sentence.letters[found.last] == "s"
    return owner or sentence.tokens[found.last].upos in ("NOUN", "PROPN", "ADJ", "NUM")
