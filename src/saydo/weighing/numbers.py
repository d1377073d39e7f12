"""How many: the number that a description of people begins with ("some four thousand marchers")."""

from __future__ import annotations

import re
from typing import NamedTuple

from saydo.codebook import Codebook
from saydo.codebook.opposition import number, words
from saydo.model.dates import Interval
from saydo.model.ids import fold
from saydo.model.records import Count
from saydo.weighing.times import gap

_SMALL = {
    w: n
    for n, w in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen eighteen nineteen".split()
    )
}
_TENS = {w: 10 * n for n, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
_POWERS = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
_VAGUE = {"dozens": (24, 99), "scores": (40, 99), "hundreds": (200, 999), "thousands": (2000, 9999)}
_BEFORE = frozenset(
    "at least more than over some about around nearly almost up to the only just as many roughly well a "
    "an".split()
)


def how_many(description: str) -> Count | None:
    """The number at the head of a description; None where it names none. Open above after "at least"."""
    plain = re.sub(r"(?<=\d)[,\u00a0](?=\d{3})", "", description)
    words = fold(plain).split()
    start = next((i for i, w in enumerate(words) if w not in _BEFORE), len(words))
    opened = set(words[:start])
    if start < len(words) and words[start] in _VAGUE:
        low, high = _VAGUE[words[start]]
        return Count(low=low, high=high, text=words[start])
    total, current, last = 0, None, start
    for i, word in enumerate(words[start:], start):
        value = int(word) if word.isdigit() and len(word) < 10 else _SMALL.get(word, _TENS.get(word))
        if word in _POWERS:
            value_ = (current or 1) * _POWERS[word]
            total, current = (total + value_, 0) if _POWERS[word] > 100 else (total, value_)
        elif value is not None:
            current = (current or 0) + value
        elif word == "and" and current is not None:
            continue
        else:
            break
        last = i + 1
    if current is None:
        return None
    many = total + current
    least = "least" in opened or {"more", "than"} <= opened or "over" in opened
    most = {"up", "to"} <= opened
    return Count(low=0 if most else many, high=None if least else many, text=" ".join(words[:last]))


class Number(NamedTuple):
    """A number as a report of some day tells it."""

    many: Count
    published: Interval | None
    told: str
    """The words that it stands in."""


def apart(codebook: Codebook, one: Number, two: Number, *, disputed: bool = False) -> float:
    """0 where two numbers of one thing can both be right, or a later one brings the earlier up to date,
    unless it is ``disputed`` who was counted; else how far they part."""
    rule = codebook.rules["account"]
    first, later = (one, two) if one.many.low <= two.many.low else (two, one)
    low, high = first.many, later.many
    if low.high is None or low.high >= high.low:
        return 0.0
    ratio = (high.low + 1) / (low.high + 1)
    if high.low - low.high < 2 and ratio < 1.3:
        return 0.0
    if max(_most(low) or 0, low.high) >= (_least(high) or high.low):
        return 0.0
    days = gap(first.published, later.published) if first.published and later.published else 0
    newer = later if days > 0 else first
    if frozenset(words(rule, "update-words")) & _plain(newer.told):
        return 0.0
    if days > 0 and newer is later and frozenset(words(rule, "open-words")) & _plain(first.told):
        return 0.0
    soon = 0 < days <= number(rule, "update-days")
    if soon and not disputed and ratio < number(rule, "update-ratio"):
        return 0.0
    return 1.0 if ratio >= 1.6 else 0.85


def _plain(told: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", told.lower()))


_ABOUT = frozenset("about around some nearly almost roughly approximately circa estimated".split())
_LOOSE = 0.12
"""The share of a rounded number within which the exact one may lie."""


def _rounded(count: Count) -> bool:
    return bool(_ABOUT & set(fold(count.text).split())) or (count.low >= 100 and not count.low % 100)


def _most(count: Count) -> int | None:
    return round((count.high or 0) * (1 + _LOOSE)) if _rounded(count) else None


def _least(count: Count) -> int | None:
    return round(count.low * (1 - _LOOSE)) if _rounded(count) else None
