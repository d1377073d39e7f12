"""Words of temporal expressions, each with a one-letter class and a value.

The grammar (``times_grammar``) matches regular expressions over strings of these letters, one letter a piece,
so that a whole sentence is searched at the speed of ``re``. A word that is no part of any temporal expression
has the class ``.``.

====== ============================================ =====================================
class  words                                        value
====== ============================================ =====================================
``M``  month names                                  1-12
``W``  weekdays                                     0 (Monday) - 6
``Y``  four-digit numbers 1000-2100                 the number
``y``  '98, 90                                      the two digits
``D``  numbers 1-31                                 the number
``d``  ordinals: 28th, first                        the number
``n``  other numbers                                the number
``a``  a, an                                        1
``q``  several, few, couple                         how many at least
``K``  1990s, nineties                              first year of the decade
``U``  day … century                                the unit, with ``+`` for a plural
``S``  seasons                                      ``spring`` …
``P``  morning, night                               -
``e``  early, mid, late, beginning, end             ``early``, ``mid``, ``late``
``L``  last, past                                   -1
``l``  previous, preceding                          -1
``X``  next, coming                                 1
``v``  following, ensuing                           1
``T``  this, current                                0
``A``  ago                                          -
``R``  earlier, before                              -1
``F``  later, after                                 1
``N``  yesterday, today, tomorrow                   days from the anchor
``V``  recently; now; (the) future                  ``past``, ``present``, ``future``
``r``  recent                                       ``past``
``C``  current, past: of time, or a noun            ``present``, ``past``
``E``  every, each                                  -
``I``  these, those                                 ``these``, ``those``
``1``  daily, annual                                the unit
``Q``  9:30, 8pm                                    -
``m``  a.m., p.m.                                   -
``G``  Christmas, Ramadan                           the name
``g``  Fitr, Adha (after Eid)                       the name
``x``  fiscal, financial                            -
``H``  half                                         -
``w``  weekend                                      -
``Z``  28/03/2017                                   the digits
``J``  same                                         0
``k``  that                                         0
``j``  Q1                                           the quarter
====== ============================================ =====================================

Function words have the classes ``c`` (comma), ``h`` (hyphen, dash), ``o`` (of), ``t`` (the), ``s`` ('s),
``i`` (in), ``O`` (on), ``f`` (from), ``2`` (to), ``u`` (until), ``b`` (between), ``&`` (and, or), ``z``
(since), ``p`` (other prepositions), ``B`` (opening bracket), ``'`` (apostrophe), ``/``.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from saydo.linking.times_holidays import NAMES

Value = int | str
MONTHS = "january february march april may june july august september october november december".split()
WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
TRIGGERS = frozenset("MWYKUSPNVZGwjrC1Qm")
"""A sentence with none of these classes holds no temporal expression."""

COUNTED = frozenset(
    """acres aircraft barrels bodies bombs books bottles buildings bullets calories candidates cars cases
    casualties cattle cents children civilians companies copies countries cows customers dead deaths
    degrees delegates detainees dollars employees euros families fans farmers feet fighters firms
    gallons grams guests guns hectares homes homicides hospitals hostages houses households inches
    inmates islands jobs kg kilograms kilometers kilometres km killed letters lives lbs locations
    members men meters metres migrants miles militants missiles missions mph names observers officers
    officials pages passengers patients people persons pesos points police policemen pounds prisoners
    protesters pupils rebels refugees residents rockets rounds rubles rupees schools seats settlers
    shares shops soldiers sorties square stores students supporters tanks teachers terrorists tonnes
    tons troops trucks units vehicles victims villages villagers visitors voters votes warheads women
    words workers wounded yards yen yuan""".split()
)
"""Nouns before which a four-digit number is a count."""

STREETS = frozenset(
    "st st. street ave ave. avenue road rd rd. drive dr. blvd boulevard lane court pike highway".split()
)

_NUMBERS = """one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen twenty""".split()
_TENS = {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_ORDINALS = """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth
    fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth""".split()
_UNITS = "minute hour day week fortnight month quarter year decade".split()
_QUANTITIES = {"several": 3, "few": 3, "couple": 2, "many": 5, "dozen": 12, "some": 3}
_PARTS = {
    "early": "early", "mid": "mid", "late": "late", "beginning": "early", "start": "early",
    "outset": "early", "middle": "mid", "end": "late", "close": "late", "midway": "mid",
}  # fmt: skip
_DECADES = {
    "twenties": 1920, "thirties": 1930, "forties": 1940, "fifties": 1950, "sixties": 1960,
    "seventies": 1970, "eighties": 1980, "nineties": 1990,
}  # fmt: skip
_FUNCTION = {
    ",": "c", "-": "h", "–": "h", "—": "h", "‑": "h", "of": "o", "the": "t", "'s": "s", "’s": "s", "in": "i",
    "on": "O", "from": "f", "to": "2", "until": "u", "till": "u", "til": "u", "through": "u", "between": "b",
    "and": "&", "or": "&", "&": "&", "since": "z", "(": "B", "[": "B",
    "'": "'", "’": "'", "‘": "'", "/": "/",
}  # fmt: skip
_PREPOSITIONS = (
    "above below during by around about over at within for throughout circa as into near than per".split()
)
_REFERENCES = {
    "recently": "past", "lately": "past", "now": "present", "currently": "present", "presently": "present",
    "nowadays": "present", "future": "future",
}  # fmt: skip
_REGULAR = {
    "hourly": "hour", "daily": "day", "nightly": "day", "weekly": "week", "monthly": "month",
    "quarterly": "quarter", "annual": "year", "annually": "year", "yearly": "year",
}  # fmt: skip
_LONG = ("hour", "day", "week", "month", "year")


class Word(NamedTuple):
    """Class letter and value of a word."""

    letter: str
    value: Value


OTHER = Word(".", 0)


@cache
def words() -> dict[str, Word]:
    """Every known word in lower case."""
    table: dict[str, Word] = {}
    for number, name in enumerate(MONTHS, 1):
        for form in (name, name[:3], name[:3] + ".", name + "."):
            table[form] = Word("M", number)
    table["sept"] = table["sept."] = Word("M", 9)
    for number, name in enumerate(WEEKDAYS):
        for form in (name, name + "s", name[:3], name[:3] + "."):
            table[form] = Word("W", number)
    for form in ("wed", "sat", "sun", "mon", "fri", "sun.", "mon."):
        table.pop(form, None)
    for form, number in (("tues", 1), ("thurs", 3), ("weds", 2)):
        table[form] = table[form + "."] = Word("W", number)
    table |= {w: Word("n", i) for i, w in enumerate(_NUMBERS, 1)}
    table |= {w: Word("n", v) for w, v in _TENS.items()}
    table |= {w: Word("d", i) for i, w in enumerate(_ORDINALS, 1)}
    table |= {"final": Word("d", -1), "opening": Word("d", 1), "closing": Word("d", -1)}
    for unit, forms in (*((u, (u, u + "s")) for u in _UNITS), ("century", ("century", "centuries"))):
        table[forms[0]], table[forms[1]] = Word("U", unit), Word("U", unit + "+")
    table |= {w: Word("q", v) for w, v in _QUANTITIES.items()}
    table |= {w: Word("e", v) for w, v in _PARTS.items()} | {w: Word("K", v) for w, v in _DECADES.items()}
    table |= {w: Word(v, w) for w, v in _FUNCTION.items()} | {w: Word("p", w) for w in _PREPOSITIONS}
    table |= {w: Word("G", w) for w in NAMES - {"fitr", "adha"} if w.isalpha()} | {
        w: Word("g", w) for w in ("fitr", "adha")
    }
    table |= {w: Word("V", v) for w, v in _REFERENCES.items()} | {
        w: Word("1", v) for w, v in _REGULAR.items()
    }
    table |= {"seconds": Word("U", "second+")}
    table |= {unit + "long": Word("U", unit + "long") for unit in _LONG}
    table |= {"every": Word("E", ""), "each": Word("E", ""), "these": Word("I", "these")}
    table |= {"those": Word("I", "those"), "recent": Word("r", "past")}
    table |= {w: Word("m", w) for w in ("am", "pm", "a.m.", "p.m.", "a.m", "p.m", "o'clock", "o’clock")}
    table |= {w: Word("S", w) for w in ("spring", "summer", "autumn", "winter")}
    table |= {w: Word("P", w) for w in "morning afternoon evening night dawn noon midnight overnight".split()}
    table |= {"last": Word("L", -1), "past": Word("C", "past"), "current": Word("C", "present")}
    table |= {w: Word("X", 1) for w in ("next", "coming", "upcoming")}
    table |= {"previous": Word("l", -1), "preceding": Word("l", -1)}
    table |= {w: Word("v", 1) for w in ("following", "ensuing", "subsequent")}
    table |= {"this": Word("T", 0), "same": Word("J", 0), "that": Word("k", 0)}
    table |= {w: Word("R", -1) for w in ("earlier", "before", "previously")}
    table |= {w: Word("F", 1) for w in ("later", "after", "afterwards", "afterward")}
    table |= {"yesterday": Word("N", -1), "today": Word("N", 0), "tonight": Word("N", 0)}
    table |= {"tomorrow": Word("N", 1)}
    table |= {w: Word("x", w) for w in ("fiscal", "financial")}
    table |= {"half": Word("H", "half"), "weekend": Word("w", "weekend"), "ago": Word("A", "ago")}
    table |= {"fall": Word("S", "autumn"), "a": Word("a", 1), "an": Word("a", 1)}
    return table


@cache
def trigger_words() -> frozenset[str]:
    """The runs of letters in words of a class that ``TRIGGERS`` holds."""
    triggers = (form for form, word in words().items() if word.letter in TRIGGERS)
    return frozenset(run for form in triggers for run in re.findall("[a-z]+", form) if len(run) > 1)


_FISCAL = re.compile(r"fy['’]?\d{2,4}")
_QUARTER = re.compile(r"q([1-4])")
_DIGITS = re.compile(r"\d+")
_ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th)")
_DECADE = re.compile(r"['’‘]?(\d{2}|\d{4})['’]?s")
_SHORT_YEAR = re.compile(r"['’‘](\d\d)")
_CLOCK = re.compile(r"(?:[01]?\d|2[0-4])(?:[:.][0-5]\d)?[ap]\.?m|(?:[01]?\d|2[0-4]):[0-5]\d")
_NUMERIC_DATE = re.compile(r"\d{1,4}([/.-])\d{1,2}\1\d{2,4}|9/11")


def number_word(text: str) -> Word:
    """Class and value of a word that begins with a digit or an apostrophe (any word may be given)."""
    if text[0] in "fq":
        quarter = _QUARTER.fullmatch(text)
        if quarter:
            return Word("j", int(quarter.group(1)))
        return Word("Z", text) if _FISCAL.fullmatch(text) else OTHER
    if not (text[0].isdigit() or text[0] in "'’‘"):
        return OTHER
    text = text[:-1] if text.endswith(".") and len(text) > 1 else text
    if _DIGITS.fullmatch(text) and text.isascii() and len(text) <= 9:
        value = int(text)
        if len(text) == 4 and 1000 <= value <= 2100:
            return Word("Y", value)
        if 1 <= value <= 31 and len(text) <= 2:
            return Word("D", value)
        return Word("y" if len(text) == 2 and value >= 32 else "n", value)
    if not text.isascii() and not text.startswith(("’", "‘")):
        return OTHER
    if match := _ORDINAL.fullmatch(text):
        return Word("d", int(match.group(1)))
    if match := _DECADE.fullmatch(text):
        digits = match.group(1)
        year = int(digits) if len(digits) == 4 else 1900 + int(digits)
        return Word("K", year) if year % 10 == 0 and 1000 <= year <= 2090 else OTHER
    if match := _SHORT_YEAR.fullmatch(text):
        return Word("y", int(match.group(1)))
    if _NUMERIC_DATE.fullmatch(text):
        return Word("Z", text)
    if _CLOCK.fullmatch(text):
        return Word("Q", text)
    return OTHER
