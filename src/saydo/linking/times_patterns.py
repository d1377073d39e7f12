"""The grammar of single temporal expressions: regular expressions over class letters, each with its builder.

See ``times_lexicon`` for the letters. A builder gets the match and the values of the sentence's pieces and
returns what the expression says, or None where the values make no expression ("the 40th century").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from saydo.linking.times_lexicon import Value

Match = re.Match[str]
SHORT = ("second", "minute", "hour")
"""Units shorter than a day."""


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
        if text.startswith("nhn"):
            tens, ones = self._values[start], self._values[start + 2]
            if isinstance(tens, int) and isinstance(ones, int) and tens in range(20, 100, 10) and ones < 10:
                return tens + ones, False
        vague = "q" in text
        for letters in ("Ddny", "q"):
            for offset, letter in enumerate(text):
                value = self._values[start + offset]
                if letter in letters and isinstance(value, int):
                    return value, vague and value != 2
        return 1, vague


Build = Callable[[Caught], Expression | None]

_Q = r"(?P<Q>nhn|[Dn][2h&][Dn]|aqo?|[qa]?[Ddny](?:q)?|qo?|a)"
_Y = r"(?:c?o?(?:tU)?(?P<Y>Y)|c?'?(?P<y>y))"
_E = r"(?:t?(?P<e>e)(?:o|h)?t?)"
_INNER = (
    r"(?:(?P<M>M)(?:c?o?(?P<Y>Y))?|t?'?(?P<K>K)|t?(?P<x>[LTX])(?P<U2>U)|t?(?P<V>Y)|t?(?P<c>d)h?(?P<U3>U)"
    r"|t(?P<U4>U))"
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


def _month_of(c: Caught) -> Expression | None:
    """July last year; March 23 of this year; 5 May next year."""
    if c.unit() != "year":
        return None
    day = c.number("D")
    kind = "month" if day is None else "day"
    inner = Expression("unit", unit="year", shift=c.number("x"))
    return Expression(kind, month=c.number("M"), day=day, part=c.word("e"), inner=(inner,))


def _year(c: Caught) -> Expression:
    return Expression("year", c.year(), part=c.word("e"))


def _years(c: Caught) -> Expression | None:
    """1979-1989, 1979–89."""
    first, second = c.number("Y"), c.number("Z") or c.number("z")
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
    """The 12th century; the third quarter, by itself."""
    if c.unit() == "quarter" and not c.groups.get("e") and 1 <= (c.number("d") or 0) <= 4:
        return Expression("quarter", number=c.number("d") or 1)
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
    unit = c.unit("U2") or c.unit("U4")
    return None if unit in SHORT else Expression("unit", unit=unit, shift=c.number("x") or 0)


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
    if inner is None or edge is None or not (edge == -1 or 1 <= edge <= 5) or unit in SHORT:
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
    if unit in SHORT or (unit == "day" and part):
        return None
    return Expression("unit", unit=unit, shift=c.number("x") or 0, part=part)


def _span(c: Caught) -> Expression | None:
    """The last five years; the next few days."""
    unit, (number, vague) = c.unit(), c.quantity()
    if not number:
        return None
    return Expression("span", number=number, unit=unit, shift=c.number("x"), approximate=vague)


def _stretch(c: Caught) -> Expression | None:
    """The past year; the coming days, which are taken for three. "The next day" is no stretch."""
    unit, several = c.unit(), c.word("U").endswith("+")
    if not (several or "t" not in c.groups or c.groups["t"]):
        return None
    if not several and c.groups.get("t") and c.number("x") == 1:
        return None
    if unit == "quarter" and not several:
        return Expression("unit", unit=unit, shift=c.number("x"))
    return Expression("span", number=3 if several else 1, unit=unit, shift=c.number("x"), approximate=several)


def _ago(c: Caught) -> Expression:
    number, vague = c.quantity() if "Q" in c.groups else (1, False)
    return Expression("ago", number=number, unit=c.unit(), approximate=vague)


def _moved(c: Caught) -> Expression:
    """Three days earlier; the day after."""
    number, vague = c.quantity() if "Q" in c.groups else (1, False)
    return Expression("moved", number=number, unit=c.unit(), shift=c.number("R"), approximate=vague)


def _narrative(c: Caught) -> Expression | None:
    """The previous day; the same month; that year."""
    unit = c.unit() or "day"
    if unit in SHORT:
        return None
    return Expression("narrative", unit=unit, shift=c.number("x"))


def _named_after(c: Caught) -> Expression:
    """The following March; the previous Tuesday; the same May."""
    kind = "month" if c.groups.get("M") else "weekday"
    inner = Expression(kind, month=c.number("M"), weekday=c.number("W") or 0)
    return Expression("beside", shift=c.number("x"), inner=(inner,))


def _weekday(c: Caught) -> Expression:
    return Expression("weekday", weekday=c.number("W") or 0, shift=c.number("x"))


def _clock(c: Caught) -> Expression:
    """9 p.m.; 10:30; the day is that of the words beside it, or is not said."""
    return Expression("clock")


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


TABLE: tuple[tuple[str, str, Build], ...] = (
    (r"(?P<Y>[Yn])h(?P<D>D)h(?P<E>D)", "h", _iso),
    (r"(?P<Z>Z)", "Z", _numeric),
    # Days, ranges of days first.
    (r"(?:Wc?)?(?P<M>M)(?P<D>[Dd])[h2u](?P<m>M)(?P<E>[Dd])(?:c?(?P<Y>Y))?", "M", _day),
    (rf"t?(?P<D>[Dd])o?(?P<M>M)[h2u](?P<E>[Dd])o?(?P<m>M){_Y}?", "M", _day),
    (r"(?P<M>M)(?P<D>[Dd])[h2&u](?P<E>[Dd])(?:c?(?P<Y>Y))?(?![UM])", "M", _day),
    (rf"t?(?P<D>[Dd])[h2&u]t?(?P<E>[Dd])o?(?P<M>M){_Y}?", "M", _day),
    (rf"(?:[LTX]?Wc?)?(?P<M>M)t?(?P<D>[Dd])(?![UD]){_Y}?", "M", _day),
    (rf"(?:[LTX]?Wc?t?)?(?:t(?=.o))?(?P<D>[Dd])h?o?(?P<M>M)h?{_Y}?(?![Dd])", "M", _day),
    (r"(?:[LTX]?Wc?t?)?(?:t(?=.o))?(?P<D>[Dd])o?(?P<M>M)", "M", _day),
    # Months and parts of longer stretches.
    (rf"{_E}?(?P<M>M)(?P<D>[Dd])?c?o?(?P<x>[LTX])(?P<U>U)", "M", _month_of),
    (r"(?:t(?=.o))?(?P<D>[Dd])o?(?P<M>M)c?o?(?P<x>[LTX])(?P<U>U)", "M", _month_of),
    (rf"{_E}?(?P<M>M)(?:[h/2]|h2h)(?P<m>M){_Y}", "M", _month),
    (r"(?P<M>M)h2h(?P<m>M)(?:\.?U)?", "M", _month),
    (rf"{_E}?(?:t?(?P<x>[LTX]))?(?P<M>M){_Y}?", "M", _month),
    (rf"t?(?P<d>[dL])h?(?P<H>H|U)o{_INNER}", "o", _fraction),
    (rf"t?(?P<d>[dLXe])(?P<Q>aqo?|qo?|[qa]?[Ddny])?(?P<U>U)o{_INNER}", "o", _piece),
    (r"(?P<d>j)(?:o|c)?(?P<V>Y)", "j", _quarter),
    # Years.
    (r"(?P<Y>Y)(?:[h/](?P<Z>Y|[yn]|D(?![.UM]))|[2u](?P<z>Y))", "Y", _years),
    (r"b(?P<Y>Y)&(?P<Z>Y)", "b", _years),
    (rf"{_E}?(?:tU)?(?P<Y>Y)", "Y", _year),
    (r"t(?:(?P<e>e)h?)?(?P<Y>Y)s(?![.])", "Y", _old_decade),
    (rf"{_E}?t?'?(?P<K>K)", "K", _decade),
    (rf"{_E}?t?(?P<d>d)h?(?P<U>U)", "d", _century),
    # Seasons.
    (rf"{_E}?t?(?P<S>S)o?{_Y}", "S", _season),
    (rf"{_E}?(?P<x>[LTX])(?P<S>S)", "S", _season),
    (rf"{_E}?t?(?P<S>S)o(?P<x>[LTX])U", "S", _season_of),
    (r"(?<=[izub])t?(?:(?P<e>e)h?)?(?P<S>S)(?!o)", "S", _season),
    # Fiscal years and moving names.
    (r"(?:t?xU?o?(?P<Y>Y)(?:[h/][YDy])?|Y(?:[h/][YDy])?xU|t?[LTX]xU|t?xd[hU]?U?)", "x", _fiscal),
    (r"t?(?P<x>[LTX])?(?P<G>G)(?:.h?(?P<g>g))?(?:c?o?(?P<Y>Y))?", "G", _holiday),
    # Relative to the anchor or to the narrative.
    (rf"t?(?P<x>[LX]){_Q}h?(?P<U>U)", "U", _span),
    (rf"t{_Q}(?P<x>[LX])(?P<U>U)", "U", _span),
    (r"(?:(?P<t>t)|(?<=[ip]))(?P<x>[LX])(?P<U>U)", "U", _stretch),
    (rf"{_Q}h?(?P<U>U)A", "A", _ago),
    (r"(?P<U>U)hA", "A", _ago),
    (r"(?P<U>U)h(?P<R>R)", "h", _moved),
    (rf"{_Q}(?P<U>U)(?P<R>[RF])", "U", _moved),
    (r"t(?P<U>U)(?P<R>[RF])", "U", _moved),
    (r"(?<=p)t(?P<x>X)(?P<U>U)", "X", _stretch),
    (r"t?(?P<x>[Jlv])(?P<U>U)", "U", _narrative),
    (r"t?(?P<x>[Jlv])P", "P", _narrative),
    (r"t?(?P<x>[Jlv])(?P<M>M)(?![Dd])", "M", _named_after),
    (r"t?(?P<x>[Jlv])(?P<W>W)", "W", _named_after),
    (r"t(?P<x>[X])(?:(?P<U>U)|P)", "X", _narrative),
    (r"(?P<x>k)(?:(?P<U>U)|P)", "k", _narrative),
    (r"[RF](?:[ipO]?t|(?P<x>T))(?P<U>U)", "U", _unit),
    (r"t?(?P<e>e)(?:[io]?t|o?(?P<x>[TLX]))(?P<U>U)", "U", _unit),
    (r"t?(?P<U>U)s(?P<e>e)", "U", _unit),
    (r"(?P<x>[LTX])(?P<U>U)", "U", _unit),
    (r"(?P<x>[TL])P", "P", _this_part),
    (r"(?P<N>N)P?", "N", _deictic),
    (r"(?:t?(?P<x>[LTX]))?(?P<W>W)P?", "W", _weekday),
    (r"(?:t?(?P<x>[LTX])|t)w", "w", _weekend),
    (r"[Dn]m", "m", _clock),
    (r"Qm?", "Q", _clock),
)  # fmt: skip
"""Patterns, each with a letter that it cannot do without (so that most are not tried) and its builder."""
