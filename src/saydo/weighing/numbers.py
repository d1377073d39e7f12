"""How many: the number that a description of people begins with ("some four thousand marchers")."""

from __future__ import annotations

import re

from saydo.model.ids import fold
from saydo.model.records import Count

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
