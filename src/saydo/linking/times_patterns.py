"""The grammar of single temporal expressions: regular expressions over class letters, each with its builder.

See ``times_lexicon`` for the letters. A builder gets the match and the values of the sentence's pieces and
returns what the expression says, or None where the values make no expression ("the 40th century").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from saydo.linking.times_lexicon import Value

Match = re.Match[str]


@dataclass(frozen=True, slots=True)
class Expression:
    """What a temporal expression says; ``times_resolve`` documents which fields each ``kind`` has."""

    kind: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    month2: int | None = None
    day2: int | None = None
    number: int = 1
    unit: str = ""
    weekday: int = 0
    shift: int | None = None
    """-1 for last, 0 for this, 1 for next; None where the words do not say."""
    part: str = ""
    """``early``, ``mid`` or ``late``."""
    name: str = ""
    approximate: bool = False
    inner: tuple[Expression, ...] = ()


class Caught:
    """A match with the values of its groups."""

    def __init__(self, match: Match, values: Sequence[Value]) -> None:
        self._match = match
        self._values = values
        self.groups = match.groupdict()

    def value(self, group: str) -> Value | None:
        """Value of the first piece of a group; None where the group is absent or empty."""
        return self._values[self._match.start(group)] if self.groups.get(group) else None

    def number(self, group: str) -> int | None:
        value = self.value(group)
        return value if isinstance(value, int) else None

    def word(self, group: str) -> str:
        value = self.value(group)
        return value if isinstance(value, str) else ""

    def unit(self, group: str = "U") -> str:
        """The unit of time named, in the singular."""
        return self.word(group).rstrip("+")

    def year(self) -> int | None:
        """The year, two digits filled up: 40 to 99 are of the 1900s."""
        short = self.number("y")
        if short is not None:
            return short + (1900 if short >= 40 else 2000)
        return self.number("Y")

    def quantity(self) -> tuple[int, bool]:
        """How many ("a" is one), and whether that is a guess ("several" is at least three)."""
        text, start = self.groups.get("Q") or "", self._match.start("Q")
        vague = "q" in text
        for letters in ("Ddny", "q"):
            for offset, letter in enumerate(text):
                value = self._values[start + offset]
                if letter in letters and isinstance(value, int):
                    return value, vague and value != 2
        return 1, vague


Build = Callable[[Caught], Expression | None]

_Q = r"(?P<Q>aqo?|[qa]?[Ddny](?:q)?|qo?|a)"
_Y = r"(?:c?o?(?:tU)?(?P<Y>Y)|c?'?(?P<y>y))"
_E = r"(?:t?(?P<e>e)(?:o|h)?t?)"
_INNER = (
    r"(?:(?P<M>M)(?:c?o?(?P<Y>Y))?|t?'?(?P<K>K)|t?(?P<x>[LTX])(?P<U2>U)|t?(?P<V>Y)|t?(?P<c>d)h?(?P<U3>U))"
)


def _day(c: Caught) -> Expression | None:
    day, day2 = c.number("D"), c.number("E")
    if day is None or not 1 <= day <= 31 or (day2 is not None and not 1 <= day2 <= 31):
        return None
    return Expression("day", c.year(), c.number("M"), day, c.number("m"), day2)


def _iso(c: Caught) -> Expression | None:
    year, month, day = c.year(), c.number("D"), c.number("E")
    if year is None or month is None or day is None or not (1000 <= year <= 2100 and 1 <= month <= 12):
        return None
    return Expression("day", year, month, day)


def _month(c: Caught) -> Expression:
    return Expression(
        "month", c.year(), c.number("M"), month2=c.number("m"), part=c.word("e"), shift=c.number("x")
    )


def _year(c: Caught) -> Expression:
    return Expression("year", c.year(), part=c.word("e"))


def _years(c: Caught) -> Expression | None:
    """1979-1989, 1979–89."""
    first, second = c.number("Y"), c.number("Z")
    if first is None or second is None:
        return None
    if second < 100:
        second += first - first % 100
    if not first < second <= 2100:
        return None
    return Expression("range", inner=(Expression("year", first), Expression("year", second)))


def _decade(c: Caught) -> Expression:
    return Expression("decade", c.number("K"), part=c.word("e"))


def _old_decade(c: Caught) -> Expression | None:
    """The 1990's."""
    year = c.year()
    return Expression("decade", year, part=c.word("e")) if year is not None and year % 10 == 0 else None


def _century(c: Caught) -> Expression | None:
    return _century_of(c.number("d"), c.unit(), c.word("e"))


def _century_of(number: int | None, unit: str, part: str) -> Expression | None:
    if unit != "century" or number is None or not 1 <= number <= 21:
        return None
    return Expression("century", number=number, part=part)


def _inner(c: Caught) -> Expression | None:
    """The month, year, decade or relative unit that an expression takes a part of."""
    if c.groups.get("M"):
        return Expression("month", c.year(), c.number("M"))
    if c.groups.get("K"):
        return Expression("decade", c.number("K"))
    if c.groups.get("V"):
        return Expression("year", c.number("V"))
    if c.groups.get("c"):
        return _century_of(c.number("c"), c.unit("U3"), "")
    unit = c.unit("U2")
    return None if unit in ("hour", "minute") else Expression("unit", unit=unit, shift=c.number("x"))


def _fraction(c: Caught) -> Expression | None:
    """The first half of 2016; the third quarter of last year."""
    unit, number, inner = c.unit("H"), c.number("d"), _inner(c)
    parts = {"half": 2, "quarter": 4}.get(unit, 0)
    number = parts if number == -1 else number
    if inner is None or number is None or not 1 <= number <= parts:
        return None
    return Expression("fraction", unit=unit, number=number, inner=(inner,))


def _quarter(c: Caught) -> Expression:
    """Q1 2016."""
    inner = Expression("year", c.number("V"))
    return Expression("fraction", unit="quarter", number=c.number("d") or 1, inner=(inner,))


def _piece(c: Caught) -> Expression | None:
    """The first months of 2017; the last week of March; the final days of last year."""
    inner, unit, edge = _inner(c), c.unit(), c.number("d")
    if inner is None or edge is None or not (edge == -1 or 1 <= edge <= 5) or unit in ("hour", "minute"):
        return None
    count = c.quantity()[0] if c.groups.get("Q") else 0 if c.word("U").endswith("+") else 1
    return Expression("piece", unit=unit, number=count, shift=edge, inner=(inner,))


def _season(c: Caught) -> Expression:
    return Expression("season", c.year(), name=c.word("S"), part=c.word("e"), shift=c.number("x"))


def _season_of(c: Caught) -> Expression:
    """The spring of last year."""
    inner = Expression("unit", unit="year", shift=c.number("x"))
    return Expression("season", name=c.word("S"), part=c.word("e"), inner=(inner,))


def _unit(c: Caught) -> Expression | None:
    """Last week; this year; late last month; earlier in the week."""
    unit, part = c.unit(), c.word("e")
    if unit in ("hour", "minute") or (unit == "day" and part):
        return None
    return Expression("unit", unit=unit, shift=c.number("x") or 0, part=part)


def _span(c: Caught) -> Expression | None:
    """The last five years; the next few days."""
    unit, (number, vague) = c.unit(), c.quantity()
    if unit in ("hour", "minute") or not number:
        return None
    return Expression("span", number=number, unit=unit, shift=c.number("x"), approximate=vague)


def _stretch(c: Caught) -> Expression | None:
    """The past year; the coming days, which are taken for three. "The next day" is no stretch."""
    unit, several = c.unit(), c.word("U").endswith("+")
    if unit in ("hour", "minute") or not (several or "t" not in c.groups or c.groups["t"]):
        return None
    if not several and c.groups.get("t") and c.number("x") == 1:
        return None
    return Expression("span", number=3 if several else 1, unit=unit, shift=c.number("x"), approximate=several)


def _ago(c: Caught) -> Expression:
    number, vague = c.quantity()
    return Expression("ago", number=number, unit=c.unit(), approximate=vague)


def _moved(c: Caught) -> Expression:
    """Three days earlier; the day after."""
    number, vague = c.quantity() if "Q" in c.groups else (1, False)
    return Expression("moved", number=number, unit=c.unit(), shift=c.number("R"), approximate=vague)


def _narrative(c: Caught) -> Expression | None:
    """The previous day; the same month; that year."""
    unit = c.unit() or "day"
    if unit in ("hour", "minute"):
        return None
    return Expression("narrative", unit=unit, shift=c.number("x"))


def _weekday(c: Caught) -> Expression:
    return Expression("weekday", weekday=c.number("W") or 0, shift=c.number("x"))


def _deictic(c: Caught) -> Expression:
    return Expression("deictic", number=c.number("N") or 0)


def _this_part(c: Caught) -> Expression:
    """This morning; last night."""
    return Expression("deictic", number=c.number("x") or 0)


def _weekend(c: Caught) -> Expression:
    return Expression("weekend", shift=c.number("x"))


def _holiday(c: Caught) -> Expression:
    return Expression("holiday", c.year(), name=c.word("g") or c.word("G"), shift=c.number("x"))


def _fiscal(c: Caught) -> Expression:
    return Expression("fiscal", c.year())


def _numeric(c: Caught) -> Expression:
    return Expression("numeric", name=c.word("Z"))


def _vague(c: Caught) -> Expression:
    return Expression("vague", unit=c.unit())


_TABLE: tuple[tuple[str, Build], ...] = (
    (r"(?P<Y>[Yn])h(?P<D>D)h(?P<E>D)", _iso),
    (r"(?P<Z>Z)", _numeric),
    # Days, ranges of days first.
    (r"(?:Wc?)?(?P<M>M)(?P<D>[Dd])[h2u](?P<m>M)(?P<E>[Dd])(?:c?(?P<Y>Y))?", _day),
    (rf"t?(?P<D>[Dd])o?(?P<M>M)[h2u](?P<E>[Dd])o?(?P<m>M){_Y}?", _day),
    (r"(?P<M>M)(?P<D>[Dd])[h2&u](?P<E>[Dd])(?:c?(?P<Y>Y))?(?![UM])", _day),
    (rf"t?(?P<D>[Dd])[h2&u]t?(?P<E>[Dd])o?(?P<M>M){_Y}?", _day),
    (rf"(?:Wc?)?(?P<M>M)t?(?P<D>[Dd])(?![UD]){_Y}?", _day),
    (rf"(?:Wc?t?)?(?:t(?=.o))?(?P<D>[Dd])h?o?(?P<M>M)h?{_Y}?(?![Dd])", _day),
    (r"(?:Wc?t?)?(?:t(?=.o))?(?P<D>[Dd])o?(?P<M>M)", _day),
    # Months and parts of longer stretches.
    (rf"{_E}?(?P<M>M)[h/2](?P<m>M){_Y}", _month),
    (rf"{_E}?(?:t?(?P<x>[LTX]))?(?P<M>M){_Y}?", _month),
    (rf"t?(?P<d>[dL])h?(?P<H>H|U)o{_INNER}", _fraction),
    (rf"t?(?P<d>[dLXe])(?P<Q>aqo?|qo?|[qa]?[Ddny])?(?P<U>U)o{_INNER}", _piece),
    (r"(?P<d>j)(?:o|c)?(?P<V>Y)", _quarter),
    # Years.
    (r"(?P<Y>Y)[h/2u](?P<Z>Y|[yn]|D(?![.UM]))", _years),
    (r"b(?P<Y>Y)&(?P<Z>Y)", _years),
    (rf"{_E}?(?:tU)?(?P<Y>Y)", _year),
    (r"t(?:(?P<e>e)h?)?(?P<Y>Y)s(?![.])", _old_decade),
    (rf"{_E}?t?'?(?P<K>K)", _decade),
    (rf"{_E}?t?(?P<d>d)h?(?P<U>U)", _century),
    # Seasons.
    (rf"{_E}?t?(?P<S>S)o?{_Y}", _season),
    (rf"{_E}?(?P<x>[LTX])(?P<S>S)", _season),
    (rf"{_E}?t?(?P<S>S)o(?P<x>[LTX])U", _season_of),
    (r"(?<=[izub])t?(?:(?P<e>e)h?)?(?P<S>S)(?!o)", _season),
    # Fiscal years and moving or vague names.
    (r"(?:t?xU?o?(?P<Y>Y)(?:[h/][YDy])?|Y(?:[h/][YDy])?xU|t?[LTX]xU)", _fiscal),
    (r"(?:t?rq?(?P<U>U)|V)", _vague),
    (r"t?(?P<x>[LTX])?(?P<G>G)(?:.h?(?P<g>g))?(?:c?o?(?P<Y>Y))?", _holiday),
    # Relative to the anchor or to the narrative.
    (rf"t?(?P<x>[LX]){_Q}h?(?P<U>U)", _span),
    (rf"t{_Q}(?P<x>[LX])(?P<U>U)", _span),
    (r"(?:(?P<t>t)|(?<=[ip]))(?P<x>[LX])(?P<U>U)", _stretch),
    (rf"{_Q}h?(?P<U>U)A", _ago),
    (rf"{_Q}(?P<U>U)(?P<R>[RF])", _moved),
    (r"t(?P<U>U)(?P<R>[RF])", _moved),
    (r"(?<=p)t(?P<x>X)(?P<U>U)", _stretch),
    (r"t?(?P<x>[Jlv])(?:(?P<U>U)|P)", _narrative),
    (r"t(?P<x>[X])(?:(?P<U>U)|P)", _narrative),
    (r"(?P<x>k)(?P<U>U)", _narrative),
    (r"[RF](?:[ipO]?t|(?P<x>T))(?P<U>U)", _unit),
    (r"(?P<e>e)(?:[io]?t|o?(?P<x>[TLX]))(?P<U>U)", _unit),
    (r"t(?P<e>e)o(?P<x>[TLX])(?P<U>U)", _unit),
    (r"(?P<x>[LTX])(?P<U>U)", _unit),
    (r"(?P<x>[TL])P", _this_part),
    (r"(?P<N>N)P?", _deictic),
    (r"(?:t?(?P<x>[LTX]))?(?P<W>W)P?", _weekday),
    (r"(?:t?(?P<x>[LTX])|t)w", _weekend),
)  # fmt: skip


@cache
def table() -> tuple[tuple[re.Pattern[str], Build], ...]:
    """The patterns with their builders; of equally long matches the earlier row wins."""
    return tuple((re.compile(pattern), build) for pattern, build in _TABLE)
