"""The key under which a place name is found, whatever its accents, hyphens and abbreviations."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ə": "a"}
)
_DROPPED = str.maketrans("", "", "'’‘ʻʼʿʾ`´′.·\"\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")
_GAPS = re.compile(r"[\s\-–—‑_/,]+")
_SHORT = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}
_LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿʻʼʿʾ'’`´.\- ]+")
_ARTICLES = (
    "al ",
    "el ",
    "ad ",
    "ar ",
    "as ",
    "ash ",
    "at ",
    "az ",
    "an ",
    "ul ",
    "ed ",
    "er ",
    "es ",
    "ez ",
    "le ",
    "la ",
)


@lru_cache(maxsize=30_000)
def key(name: str) -> str:
    """Folded form of a name: no accents or apostrophes, "saint" for "St.", no leading "the"."""
    if not name.isascii():
        name = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    folded = name.casefold().translate(_DROPPED)
    if not folded.isascii():
        folded = folded.translate(_LETTERS)
    words = [_SHORT.get(w, w) for w in _GAPS.split(folded) if w]
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    return " ".join(words)


def is_latin(name: str) -> bool:
    """Whether a name is one that stands in English text: Latin letters, a capital first, no code."""
    return bool(_LATIN.fullmatch(name)) and name[0].isupper() and len(name) > 2 and not name.isupper()


def respelt(folded: str) -> tuple[str, ...]:
    """Other spellings of a folded Arabic name: without its article, with or without the last "h"."""
    bare = without_article(folded)
    stems = [folded, bare] if bare else [folded]
    other = [stem[:-1] if stem.endswith("ah") else stem + "h" for stem in stems if stem.endswith(("a", "ah"))]
    return (*other, *stems[1:])


def without_article(folded: str) -> str:
    """A folded name without a leading Arabic or Romance article; "" where there is none."""
    return next(
        (folded[len(a) :] for a in _ARTICLES if folded.startswith(a) and len(folded) > len(a) + 2), ""
    )
