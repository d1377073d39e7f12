"""Whether a text is one that an English reader can read: a plain look at its letters and commonest words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import NamedTuple

_COMMON = frozenset(
    "the of and to in a that is was for on with as by at from his her their it its he she they said which "
    "be has have had were are not but who an this will would been after also".split()
)
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 20_000
"""Characters looked at; a report that changes its language after so many is read on."""
_FEWEST = 40
"""Words below which the commonest words say too little."""
_SHARE = 0.12
"""Common words among all words: running English has 0.3 to 0.5, tables of English names 0.15, other languages
in Latin letters below 0.08 (they share "a", "in", "on", "as" by chance)."""


class Seen(NamedTuple):
    """``language`` is ``en`` or None where it cannot be told; ``remark`` says why nothing will be read."""

    language: str | None
    remark: str | None


def look(text: str) -> Seen:
    """What a text's letters and words say about its language."""
    sample = text[:_SAMPLE]
    words = _WORD.findall(sample)
    if not words:
        return Seen(None, "the text has no words: there is nothing to code")
    scripts: Counter[str] = Counter()
    for letter, count in Counter("".join(words)).items():
        scripts[_script(letter)] += count
    if scripts["LATIN"] < scripts.total() / 2:
        script = scripts.most_common(1)[0][0].lower()
        return Seen(
            None,
            f"most of its letters are {script}: the English reader can read nothing there; "
            "give a translation",
        )
    if len(words) < _FEWEST:
        return Seen(None, None)
    if sum(word.lower() in _COMMON for word in words) < _SHARE * len(words):
        return Seen(
            None,
            "it does not read like English (few of the commonest words): findings would be chance; "
            "give a translation",
        )
    return Seen("en", None)


def _script(letter: str) -> str:
    return unicodedata.name(letter, "UNKNOWN").split(" ")[0]
