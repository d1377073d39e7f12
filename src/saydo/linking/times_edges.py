"""Where a temporal expression begins and ends, and whether it is one at all: what the words beside it say."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from saydo.linking.times_lengths import rate
from saydo.linking.times_lexicon import Value
from saydo.linking.times_patterns import Expression
from saydo.model.reading import Token


class Pieces(NamedTuple):
    """The words of a sentence, hyphenated ones taken apart; the lists run in parallel with ``letters``.
    ``parts`` has the offsets of those pieces that may be less than a token."""

    letters: str
    values: list[Value]
    tokens: list[Token]
    parts: dict[int, tuple[int, int]]

    def offsets(self, i: int) -> tuple[int, int]:
        """Where piece ``i`` begins and ends in the text."""
        token = self.tokens[i]
        return self.parts.get(i) or (token.start, token.end)


class Found(NamedTuple):
    """An expression at the pieces ``[first, last)``."""

    first: int
    last: int
    expression: Expression
    side: str = ""
    """``since``, ``until``, ``before`` or ``after`` where such a preposition stands before it."""


SIDES = {"since": "since", "until": "until", "till": "until", "til": "until", "through": "until"}
_UNPLACED = frozenset(["length", "rate", "recent", "reference", "event"])
_EARLIER = frozenset(["weekday", "deictic", "part", "narrative"])
_ROUGHLY = frozenset("about around almost nearly roughly approximately over under barely".split())
_BOUNDS = {
    ("more", "than"),
    ("less", "than"),
    ("fewer", "than"),
    ("at", "least"),
    ("at", "most"),
    ("up", "to"),
}
_PAPERS = frozenset(
    "Times Post Mail Herald Telegraph Mirror Express Independent Star Sun Tribune Observer News".split()
)
"""What papers of a weekday are called: "the Sunday Times"."""
_SUMS = ("dollars", "euros", "pounds", "francs", "roubles", "rubles", "rupees", "yen", "yuan", "pesos")
_ZONES = frozenset(["gmt", "utc", "et", "est", "edt", "pt", "pst", "pdt", "ct", "cet", "bst"])


def settled(found: Found, sentence: Pieces) -> Found:
    """The expression as the words beside it make it mean: a known day, an event's distance, a rate."""
    e = found.expression
    if e.kind == "day":
        return _known_day(found, sentence)
    if e.kind == "moved":
        return _anchored_on_event(found, sentence)
    if e.kind == "length":
        return _counted(found, sentence)
    if e.kind == "clock":
        return found._replace(last=_zone_end(found.last, sentence))
    if e.kind == "holiday":
        return _eve(found, sentence)
    if e.kind == "unit" and sentence.tokens[found.first].text.lower() in ("before", "after"):
        return found._replace(first=found.first + 1)
    if e.kind == "reference" and sentence.letters[found.first] == "t":
        # "The future", but "the current mission", "the recently adopted law".
        noun = sentence.tokens[found.last - 1].upos == "NOUN"
        return found if noun else found._replace(first=found.first + 1)
    if e.kind == "weekday" and e.shift is None and sentence.tokens[found.last - 1].text.endswith("days"):
        return found._replace(expression=Expression("rate", unit="week"))
    return found


def holds(found: Found, sentence: Pieces) -> bool:
    """Whether the words are a temporal expression, and not an age, the name of something, or a word's other
    sense."""
    if _titled(found, sentence):
        return False
    kind = found.expression.kind
    if kind == "length":
        return not _is_age(found, sentence) and not _described(found, sentence)
    if kind == "clock":
        return _is_clock(found, sentence)
    return True


def widened(found: Found, sentence: Pieces) -> Found:
    """The expression with the words before it that belong to it: "at least five years", "early Friday"."""
    first, kind = found.first, found.expression.kind
    words = [t.text.lower() for t in sentence.tokens[max(0, first - 3) : first]]
    if kind in ("length", "rate", "event", "ago") and sentence.letters[first] not in "tIU":
        while words and (words[-1] in _ROUGHLY or tuple(words[-2:]) in _BOUNDS):
            size = 1 if words[-1] in _ROUGHLY else 2
            words, first = words[:-size], first - size
        first -= bool(words and words[-1] == "just" and first < found.first)
    elif kind in _EARLIER and words and words[-1] in ("early", "late", "earlier", "later"):
        first -= 1
    elif kind in ("weekend", "unit", "span", "weekday") and words and words[-1] == "this":
        first -= 1
    elif kind == "reference" and words and words[-1] == "right" and sentence.tokens[first].text == "now":
        first -= 1
    return found._replace(first=first)


def _zone_end(last: int, sentence: Pieces) -> int:
    """Behind the words for a time zone that follow an hour: "GMT", "local time"."""
    after = [t.text.lower() for t in sentence.tokens[last : last + 2]]
    return last + (2 if after == ["local", "time"] else 1 if after[:1] and after[0] in _ZONES else 0)


def _eve(found: Found, sentence: Pieces) -> Found:
    """Christmas Eve, New Year's Eve and Day, whole."""
    name, year = found.expression.name, found.expression.name == "new year"
    first, last = found.first - year, found.last
    ahead = [t.text.lower() for t in sentence.tokens[last : last + 2]]
    size = 1 if ahead[:1] == ["eve"] else 2 if year and ahead in (["'s", "eve"], ["’s", "eve"]) else 0
    if size and name in ("christmas", "new year"):
        last += size
        told = re.match(r"c?o?Y", sentence.letters[last:])
        value = sentence.values[last + told.end() - 1] if told else found.expression.year
        e = replace(found.expression, name=f"{name} eve", year=value if isinstance(value, int) else None)
        return found._replace(first=first, last=last + (told.end() if told else 0), expression=e)
    day = year and ahead in (["'s", "day"], ["’s", "day"])
    return found._replace(first=first, last=last + 2 * day)


def _counted(found: Found, sentence: Pieces) -> Found:
    """A length, without the article that belongs to the noun behind it ("a 20-day truce"); or a rate."""
    letters = sentence.letters[found.first : found.last]
    if _is_rate(found, sentence):
        return found._replace(expression=rate(found.expression))
    behind = [t.text.lower() for t in sentence.tokens[found.last : found.last + 2]]
    if behind == ["-", "long"]:
        return found._replace(first=found.first + (letters[0] == "a"), last=found.last + 2)
    return found._replace(first=found.first + 1) if letters[0] == "a" and letters[-2] == "h" else found


def _is_rate(found: Found, sentence: Pieces) -> bool:
    """Whether "a week" says how often, behind what is counted: "60 hours a week", "twice a month"."""
    if sentence.letters[found.first : found.last] != "aU" or not found.first:
        return False
    before = sentence.tokens[found.first - 1]
    if before.text.lower() in ("once", "twice", "times", *_SUMS):
        return True
    counted = (
        before.upos == "NUM" or sentence.letters[found.first - 1] in "nDYy" or before.text in ("%", "percent")
    )
    return counted or (before.upos == "NOUN" and found.first > 1 and _numbered(sentence, found.first - 2))


def _numbered(sentence: Pieces, i: int) -> bool:
    """Whether a number stands at the piece or just before it: "40 hours", "3 million barrels"."""
    return any(sentence.tokens[k].upos == "NUM" for k in range(max(0, i - 1), i + 1))


def _is_age(found: Found, sentence: Pieces) -> bool:
    after = [t.text.lower() for t in sentence.tokens[found.last : found.last + 2]]
    return after[:1] == ["old"] or after in (["-", "old"], ["of", "age"]) or _hyphened_old(found, sentence)


def _hyphened_old(found: Found, sentence: Pieces) -> bool:
    """The parts of one token: "40-year-old"."""
    _, end = sentence.offsets(found.last - 1)
    token = sentence.tokens[found.last - 1]
    return end < token.end and token.text.lower()[end - token.start :] in ("-old", "-olds")


def _described(found: Found, sentence: Pieces) -> bool:
    """Whether a bare plural has an owner or a describing word before it: "their days", "long hours"."""
    if found.expression.number or not found.first or sentence.letters[found.first : found.last] != "U":
        return False
    before = sentence.tokens[found.first - 1]
    return before.upos in ("ADJ", "NOUN", "PROPN", "NUM", "PRON") and before.text.lower() not in _ROUGHLY


def _is_clock(found: Found, sentence: Pieces) -> bool:
    """Whether figures tell the hour: "9 p.m.", "at 14:30"; not a score."""
    if sentence.letters[found.last - 1] == "m":
        return True
    if sentence.tokens[found.last - 1].text.lower().endswith("m"):
        return True
    after = sentence.tokens[found.last].text.lower() if found.last < len(sentence.tokens) else ""
    before = sentence.tokens[found.first - 1].text.lower() if found.first else ""
    return after in _ZONES or before in (
        "at",
        "around",
        "about",
        "by",
        "until",
        "from",
        "since",
        "after",
        "before",
    )


def _titled(found: Found, sentence: Pieces) -> bool:
    """Whether the words are the name of something: "This Week", "USA Today", "Saturday Night Live"."""
    words = [t.text for t in sentence.tokens[found.first : found.last]]
    if not all(w[0].isupper() for w in words if w[0].isalpha()) or any(
        w.isupper() and len(w) > 2 for w in words
    ):
        return False
    kind, before = found.expression.kind, sentence.tokens[found.first - 1] if found.first else None
    if kind in _UNPLACED:
        if sentence.letters[found.last - 1] == "W":
            return False
        behind = sentence.tokens[found.last] if found.last < len(sentence.tokens) else None
        named = kind == "rate" and behind is not None and behind.upos == "PROPN"
        return before is not None or len(words) > 1 or named
    if kind == "weekday" and len(words) > 1 and words[0].lower() not in ("last", "next", "this"):
        return True
    if kind == "weekday" and found.last < len(sentence.tokens):
        return sentence.tokens[found.last].text in _PAPERS
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
    word = sentence.tokens[found.last - 1].text.lower()
    if word in ("before", "after") and found.last < len(sentence.tokens):
        following = sentence.tokens[found.last]
        if following.upos not in ("PUNCT", "CCONJ", "SCONJ", "ADP"):
            return found._replace(last=found.last - 1, expression=replace(found.expression, kind="event"))
    return found
