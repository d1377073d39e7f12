"""Stable ids: the same thing gets the same id in every run and on every machine."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache

_MARKS = dict.fromkeys(map(ord, "'’‘`ʼʻʹ´ʿʾ"), None) | dict.fromkeys(map(ord, "“”„«»–—…•"), " ")
"""Apostrophes fall; other marks that are common in texts are blanks, so that most texts are plain by then."""


_SHORT = 48
"""Letters up to which what was folded is kept: names and words come again and again, sentences do not."""


def fold(name: str) -> str:
    """A name without case, accents, apostrophes and punctuation: the key names are compared by."""
    return _kept(name) if len(name) <= _SHORT else _folded(name)


def _folded(name: str) -> str:
    plain = name.translate(_MARKS)
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain)
        plain = "".join(c for c in plain if not unicodedata.combining(c))
    plain = plain.casefold()
    return re.sub(r"[\W_]+", " ", plain).strip()


_kept = lru_cache(maxsize=1 << 16)(_folded)


def slug(name: str) -> str:
    """A readable id from a name: ``Northern Resistance Army`` → ``northern-resistance-army``.

    Names with nothing that folds to a word (only symbols, say) get a hash of the name instead.
    """
    return fold(name).replace(" ", "-")[:80] or "x-" + digest(name)[:12]


def digest(*parts: str) -> str:
    """SHA-256 (hex) over the parts, unambiguous about where one ends."""
    h = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        h.update(str(len(data)).encode() + b":" + data)
    return h.hexdigest()
