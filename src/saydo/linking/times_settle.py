"""Settles what an ambiguous word is: "may" and "march", a four-digit number, the fall of a town."""

from __future__ import annotations

from collections.abc import Sequence

from saydo.linking.times_lexicon import COUNTED, STREETS, Value
from saydo.model.reading import Token

_VERBS = frozenset(["may", "march", "mar"])
_BEFORE_MONTH = frozenset("DdeLXTizufbRF2h&/y")
_AFTER_MONTH = frozenset("DdYy")
_BEFORE_YEAR = frozenset("izufbeSRFMGgjx2")
_YEAR_PREPOSITIONS = frozenset("above below during by around for as into past throughout circa near".split())
_NOMINAL = frozenset(["NOUN", "PROPN", "ADJ"])
_TEMPORAL = frozenset(["nmod:tmod", "obl:tmod", "nmod:unmarked", "obl:unmarked"])
_MEASURED = "UMSWxw"
_COUNTING = "nDdyqaP"
_NEARBY_YEARS = range(1900, 2036)


def settle(letters: list[str], values: list[Value], tokens: Sequence[Token]) -> str:
    """The class letters of a sentence as one string, ambiguous words settled by their neighbours; the values
    of settled words are put right in place."""
    for i, letter in enumerate(letters):
        if letter == "M":
            if not _is_month(letters, tokens, i):
                letters[i] = "."
        elif letter == "Y":
            if not _is_year(letters, values, tokens, i):
                letters[i] = "n"
        elif letter == "K":
            if not _is_decade(letters, values, tokens, i):
                letters[i] = "."
        elif letter == "y":
            if i == 0 or letters[i - 1] not in "Mc'oS" or _counts(tokens, i):
                letters[i] = "n"
        elif letter == "G" and tokens[i].upos in ("VERB", "AUX"):
            letters[i] = "."
        elif letter == "W" and tokens[i].text.islower() and not _lower_weekday(letters, tokens, i):
            letters[i] = "."
        elif letter == "U" and i and tokens[i].text == "Year" and tokens[i - 1].text == "New":
            letters[i], values[i] = "G", "new year"
        elif letter in "CrV":
            letters[i], values[i] = _reference(letters, values, tokens, i)
    return "".join(letters)


def _reference(
    letters: Sequence[str], values: Sequence[Value], tokens: Sequence[Token], i: int
) -> tuple[str, Value]:
    """What "current", "past", "recent", "future" and "now" are here: part of an expression ("the past week"),
    one by themselves, or none ("past the mill", "an electric current", "now that")."""
    token, value = tokens[i], values[i]
    after = letters[i + 1] if i + 1 < len(letters) else ""
    if letters[i] == "r":
        return ("r", value) if after in ("q", "U") else ("V" if token.upos == "ADJ" else ".", value)
    if letters[i] == "V":
        that = i + 1 < len(tokens) and tokens[i + 1].text.lower() == "that" and tokens[i + 1].upos == "SCONJ"
        noun = value != "future" or token.upos in ("NOUN", "ADJ")
        return ("V" if noun and not that else "."), value
    if value == "present":
        if after and after in _MEASURED:
            return "T", 0
        return ("V" if token.upos == "ADJ" else "."), value
    if after and after in _MEASURED + _COUNTING:
        return "L", -1
    return ("V" if token.upos == "NOUN" and i > 0 and letters[i - 1] == "t" else "."), value


def _is_month(letters: Sequence[str], tokens: Sequence[Token], i: int) -> bool:
    """Whether a month's name is meant; for an ambiguous one the words beside it decide."""
    token = tokens[i]
    low = token.text.lower()
    before = letters[i - 1] if i else ""
    after = letters[i + 1] if i + 1 < len(letters) else ""
    short = len(low) <= 4 and not low.endswith(".") and low not in ("may", "june", "july", "sept")
    numbered = after in _AFTER_MONTH or (after == "c" and _year_next(letters, i + 2))
    beside_number = numbered or before in _AFTER_MONTH
    if short:
        return beside_number
    if low not in _VERBS:
        return token.text[0].isupper() or beside_number or before in _BEFORE_MONTH or token.upos == "PROPN"
    if token.upos in ("AUX", "VERB"):
        # A reader of lower-cased text takes "may" for the modal even in dates.
        return before in set("Ddizu") or (token.text.istitle() and numbered)
    if beside_number:
        return True
    if before in _BEFORE_MONTH and (token.text[0].isupper() or before not in "TR"):
        return True
    if before == "o" and i > 1 and letters[i - 2] in "DdeU":
        return True
    if not token.text[0].isupper() or i == 0 or token.upos not in ("PROPN", "NOUN"):
        return False
    follower = tokens[i + 1].text.lower() if i + 1 < len(tokens) else ""
    return follower not in ("on", "of", "for", "against", "to")


def _year_next(letters: Sequence[str], i: int) -> bool:
    return i < len(letters) and letters[i] == "Y"


def _lower_weekday(letters: Sequence[str], tokens: Sequence[Token], i: int) -> bool:
    """In lower-cased text a weekday stands by itself; there is nothing it could be confused with."""
    return len(tokens[i].text) > 4


def _counts(tokens: Sequence[Token], i: int) -> bool:
    """Whether the number at ``i`` counts what follows, or is money or a share."""
    if i and tokens[i - 1].text in ("$", "€", "£", "¥", "#", "US$", "No.", "no.", "number", "flight", "room"):
        return True
    if i + 1 >= len(tokens) or tokens[i + 1].i == tokens[i].i:
        return False
    following = tokens[i + 1].text.lower()
    if following in COUNTED or following in ("%", "percent", "per", "hours", "hrs", "gmt"):
        return True
    ahead = tokens[i + 1 : i + 5]
    if ahead and ahead[0].text[:1].isupper():
        return any(t.text.lower() in STREETS for t in ahead[1:] if t.text[:1].isupper())
    after = tokens[i + 2] if i + 2 < len(tokens) else None
    return bool(after and tokens[i + 1].upos in ("ADJ", "VERB") and after.text.lower() in COUNTED)


def _is_year(letters: Sequence[str], values: Sequence[Value], tokens: Sequence[Token], i: int) -> bool:
    value = int(values[i])
    after = letters[i + 1] if i + 1 < len(letters) else ""
    if _counts(tokens, i) or after == "U":
        return False
    before = letters[i - 1] if i else ""
    token, near = tokens[i], value in _NEARBY_YEARS
    nominal = i + 1 < len(tokens) and tokens[i + 1].upos in _NOMINAL
    if i == 0:
        verb = i + 1 < len(tokens) and tokens[i + 1].upos in ("VERB", "AUX")
        return near and (verb or after in ("h", "/", "-"))
    if before in "2h&/":
        if i > 1 and letters[i - 2] in "YeS":
            return near or before != "&"
        if before == "h":
            # "post-2014", "mid-2015": the parts of one word.
            return near and (letters[i - 2] if i > 1 else "") in (".", "e")
        between = before == "&" and "b" in letters[max(0, i - 3) : i]
        return between or (before == "2" and near and _up_to(tokens, i))
    if before == "c":
        # A year after a comma ends a date: "March 28, 2017".
        return i > 1 and letters[i - 2] in "MDdWy" and "M" in letters[max(0, i - 4) : i]
    if before in "Dd":
        return i > 1 and letters[i - 2] == "M" and near
    if before in _BEFORE_YEAR or before == "U":
        return near or not nominal
    if before == "o":
        return near or (value >= 1400 and not nominal)
    if tokens[i - 1].text == "Eve":
        return near
    round_number = value % 1000 == 0
    if before == "p":
        said = tokens[i - 1].text.lower() in _YEAR_PREPOSITIONS
        return near and said and not (round_number and nominal)
    if before == "B":
        return near and (i + 1 == len(tokens) or tokens[i + 1].text in (")", "]", "-", "–", ",", ";"))
    if before in "tsaLXTJk":
        return near and not round_number and (nominal or before == "t")
    owner = tokens[i - 1].upos in ("PRON", "ADJ") and nominal
    named = nominal and tokens[i + 1].upos == "PROPN" and tokens[i - 1].upos != "PROPN"
    if named and near and not round_number:
        return not any(t.text.lower() in COUNTED for t in tokens[i + 2 : i + 5])
    return near and not round_number and (owner or token.deprel in _TEMPORAL)


def _up_to(tokens: Sequence[Token], i: int) -> bool:
    """ "Back to 2014", "prior to 2014"; not "up to 2000"."""
    return i > 1 and tokens[i - 2].text.lower() in ("back", "prior", "dating", "dated", "dates")


def _is_decade(letters: Sequence[str], values: Sequence[Value], tokens: Sequence[Token], i: int) -> bool:
    text = tokens[i].text
    before = letters[i - 1] if i else ""
    letters_of = text.lower().split("-")[-1]
    if letters_of[0].isdigit() and len(letters_of.rstrip("s'’")) == 2:
        # "In his mid-20s" is an age.
        start = i - 1 - (before == "h")
        start -= start >= 0 and letters[start] == "e"
        return before == "'" or (start >= 0 and letters[start] == "t" and start != i)
    if text[0].isalpha() and not text[0].isdigit() and "-" not in text:
        return before in ("t", "e", "h")
    return True
