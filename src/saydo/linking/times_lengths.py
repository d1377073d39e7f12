"""Times without a place in the calendar: lengths ("three days"), rates ("every week"), and words that point
at the past, the present or the future. The grammar has the form of ``times_patterns``."""

from __future__ import annotations

from dataclasses import replace

from saydo.linking.times_patterns import SHORT, Build, Caught, Expression

_LETTERS = {
    "second": "S", "minute": "M", "hour": "H", "day": "D", "week": "W", "fortnight": "W", "month": "M",
    "quarter": "Q", "year": "Y", "decade": "DE", "century": "CE",
}  # fmt: skip
_HALVES = {"hour": (30, "minute"), "day": (12, "hour"), "year": (6, "month"), "decade": (5, "year"),
           "century": (50, "year")}  # fmt: skip
"""Half of a unit in the next smaller one."""
_COUNT = r"(?P<Q>nhn|[Dn][2h&][Dn]|aqo?|[qa]?[Dny]q?|qo?|a)"


def code(number: int, unit: str) -> str:
    """The ISO 8601 duration of so many units, X for an unknown number; decades and centuries are DE and CE
    (TIMEX3)."""
    count = str(number * (2 if unit == "fortnight" else 1)) if number else "X"
    return f"P{'T' if unit in SHORT else ''}{count}{_LETTERS[unit]}"


def counted(e: Expression) -> str:
    """The code of an expression that counts units; a guess ("several") is X."""
    return code(0 if e.approximate else e.number, e.unit)


def _length(c: Caught) -> Expression | None:
    """Three days; a few weeks; some 20 years; four-year."""
    number, _ = c.quantity()
    told = any(letter in "Dny" for letter in c.groups["Q"] or "")
    vague = "q" in (c.groups["Q"] or "") and not told and c.word("Q") != "couple" and number != 2
    unit = c.unit()
    if unit.endswith("long") or (unit == "quarter" and (number == 1 or c.groups.get("o"))):
        return None
    return Expression("length", number=0 if vague else number, unit=unit)


def _and_a_half(c: Caught) -> Expression | None:
    """Half an hour; a year and a half; two-and-a-half years."""
    half = _HALVES.get(c.unit())
    if half is None:
        return None
    whole = 0 if not c.groups.get("n") else c.number("n") or 0
    return Expression("length", number=half[0] * (2 * whole + 1), unit=half[1])


def _several(c: Caught) -> Expression | None:
    """Years; the months; those few days; week-long."""
    word = c.word("U")
    if word.endswith("long"):
        return Expression("length", number=1, unit=word.removesuffix("long"))
    if not word.endswith("+") or c.unit() == "quarter":
        return None
    if c.word("I") == "these" and word == "day+" and not c.groups.get("q"):
        return Expression("reference", name="present")
    return Expression("length", number=0, unit=c.unit())


def _recent(c: Caught) -> Expression:
    """Recent weeks; recent weeks and months."""
    return Expression("recent", number=0, unit=c.unit())


def _rate(c: Caught) -> Expression | None:
    """Every day; each year; every two weeks."""
    number = c.quantity()[0] if c.groups.get("Q") else 1
    return Expression("rate", number=number, unit=c.unit())


def _rate_of(unit: str) -> Build:
    return lambda _: Expression("rate", unit=unit)


def _regular(c: Caught) -> Expression:
    """Daily; annual."""
    return Expression("rate", unit=c.word("I"))


def _per(c: Caught) -> Expression | None:
    """Per year."""
    plural = c.word("U").endswith("+")
    return Expression("rate", unit=c.unit()) if c.word("p") == "per" and not plural else None


def _repeated(c: Caught) -> Expression | None:
    """Week after week; day by day; day-to-day."""
    between = c.word("p") in ("by", "") or c.number("p") == 1
    return Expression("rate", unit=c.unit()) if between and c.word("U") == c.word("u") else None


def _hence(c: Caught) -> Expression | None:
    """Two years from now; years from now."""
    if c.word("V") != "present":
        return None
    if not c.groups.get("Q"):
        return Expression("reference", name="future") if c.word("U").endswith("+") else None
    number, vague = c.quantity()
    return Expression("ago", number=-number, unit=c.unit(), approximate=vague)


def _reference(c: Caught) -> Expression:
    """Now; recently; the future."""
    return Expression("reference", name=c.word("V"))


def _long_ago(c: Caught) -> Expression | None:
    """Years ago."""
    return Expression("reference", name="past") if c.word("U").endswith("+") else None


def _day_part(_: Caught) -> Expression:
    """At night; in the morning."""
    return Expression("part")


def _overnight(c: Caught) -> Expression | None:
    return Expression("part") if c.word("P") == "overnight" else None


def rate(e: Expression) -> Expression:
    """A length that turns out to be a rate: "60 hours a week"."""
    return replace(e, kind="rate")


LENGTHS: tuple[tuple[str, str, Build], ...] = (
    (rf"{_COUNT}h?(?P<U>U)(?=(?P<o>o)?)", "U", _length),
    (r"Ha(?P<U>U)", "H", _and_a_half),
    (r"(?P<n>[aDn])(?P<U>U)&aH", "H", _and_a_half),
    (r"(?P<n>[Dn])h?&h?ah?Hh?(?P<U>U)", "H", _and_a_half),
    (r"(?:t|(?P<I>I))?(?P<q>q)?(?P<U>U)", "U", _several),
    (r"t?rq?(?P<U>U)(?:&U)?", "r", _recent),
    (rf"E{_COUNT}?(?P<U>U)", "E", _rate),
    (r"E\.(?P<U>U)", "E", _rate),
    (r"EW", "E", _rate_of("week")),
    (r"EP", "E", _rate_of("day")),
    (r"ES", "E", _rate_of("year")),
    (r"(?P<I>1)", "1", _regular),
    (r"(?P<p>p)(?P<U>U)", "p", _per),
    (r"(?P<U>U)(?:(?P<p>[pF])|h2h)(?P<u>U)", "U", _repeated),
    (rf"{_COUNT}?(?P<U>U)f(?P<V>V)", "V", _hence),
    (r"t?(?P<V>V)", "V", _reference),
    (r"(?P<U>U)A", "A", _long_ago),
    (r"(?:(?<=[piOfub2zFR])[ta]?)e?P", "P", _day_part),
    (r"(?P<P>P)", "P", _overnight),
    (r"t?P(?=O?[WN]|O?M[Dd]|o[MWdD])", "P", _day_part),
)
"""Patterns, each with a letter that it cannot do without and its builder."""
