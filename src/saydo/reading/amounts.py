"""Sums of money and quantities: by rule, since their form tells them better than any training."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

_SIGNS = frozenset(["$", "£", "€", "¥", "₹", "₽", "US$", "C$", "A$"])
_CURRENCIES = frozenset(
    """dollar dollars euro euros pound pounds rupee rupees dinar dinars rial rials riyal riyals lira liras
    ruble rubles rouble roubles yen yuan peso pesos franc francs afghani afghanis shekel shekels dirham
    dirhams cents usd eur gbp""".split()
)
_SCALES = frozenset("million billion trillion thousand hundred m bn mn k".split())
_VAGUE = frozenset("dozens hundreds thousands scores millions tens".split())
_UNITS = frozenset(
    """km kilometers kilometres kilometer kilometre miles mile meters metres metre meter feet foot ft yards
    tons tonnes ton tonne kg kilograms kilos pounds acres hectares percent % barrels liters litres mw
    square degrees""".split()
)
_MONTHS = frozenset(
    """january february march april may june july august september october november december jan feb mar apr
    jun jul aug sept sep oct nov dec jan. feb. mar. apr. aug. sept. sep. oct. nov. dec.""".split()
)


class Amount(NamedTuple):
    """Words ``[first, last)`` that tell an amount; ``type`` is ``money`` or ``quantity``."""

    first: int
    last: int
    type: str


def amounts(
    words: Sequence[str], upos: Sequence[str], heads: Sequence[int], deprels: Sequence[str]
) -> list[Amount]:
    """The amounts of a sentence, in order, none overlapping another."""
    low = [word.lower() for word in words]
    found: list[Amount] = []
    i = 0
    while i < len(words):
        last = _number(low, upos, i)
        if low[i].upper() in _SIGNS and _number(low, upos, i + 1) > i + 1:
            found.append(Amount(i, _number(low, upos, i + 1), "money"))
        elif last > i and last < len(words) and low[last] in _CURRENCIES:
            found.append(Amount(i, last + 1, "money"))
        elif last > i and _counts(low, heads, deprels, i, last):
            found.append(Amount(i, _with_unit(low, last), "quantity"))
        elif low[i] in _VAGUE:
            found.append(Amount(i, i + 1, "quantity"))
        i = max(i + 1, found[-1].last if found else 0, last)
    return found


def _number(low: Sequence[str], upos: Sequence[str], i: int) -> int:
    """Where a number that begins at ``i`` ends; ``i`` itself where none begins."""
    last = i
    while last < len(low) and (upos[last] == "NUM" or (last > i and low[last] in _SCALES)):
        last += 1
    return last


def _counts(low: Sequence[str], heads: Sequence[int], deprels: Sequence[str], first: int, last: int) -> bool:
    """Whether the number counts something: it modifies a word that is no month and stands after it."""
    for i in range(first, last):
        head = heads[i]
        if deprels[i] == "nummod" and head >= last and low[head] not in _MONTHS:
            return True
    return last < len(low) and low[last] in _UNITS


def _with_unit(low: Sequence[str], last: int) -> int:
    """Past the unit of measure: ``700 square miles``."""
    while last < len(low) and low[last] in _UNITS:
        last += 1
    return last
