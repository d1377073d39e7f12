"""How names are written down: pieces of words without case and accents, and a form that most
transliterations of one name share."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from saydo.model.ids import fold

OF_SENTENCE = "the state that the sentence is set in"
OF_DOCUMENT = "the state that the document is mostly about"
"""Reasons for the country of an actor that rest on no word beside its name."""

ARTICLES = frozenset("al el ul ur ud ad as ash an ar at az e i wal wa".split())
"""Particles between the words of Arabic, Persian and Urdu names, which writers drop and change at will."""

ALWAYS_DROPPED = frozenset(["al", "wal", "wa"])
INNER_ARTICLES = frozenset("al el ul ur ud az ash".split())
"""Those that are dropped wherever they stand inside a name, with hyphens or without."""
JOINERS = frozenset(["-", "–", "/", "‑", ".", "'", "’"])
"""Marks between the words of one name that a name may have or lack."""

_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = str.maketrans("", "", "'’‘`ʼʻʹ´ʿʾ")
_SOUNDS = (
    (re.compile("ee|ei|ai|ay|ey|ae"), "i"),
    (re.compile("oo|ou|o"), "u"),
    (re.compile("(?<!^)y|e"), "i"),
    (re.compile("kh|q"), "k"),
    (re.compile("gh"), "g"),
    (re.compile("dh"), "d"),
    (re.compile("dj|dzh"), "j"),
    (re.compile("w"), "v"),
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile("a[th]$"), "a"),
)
_SAME_WORD = {
    "harka": "haraka", "tihrik": "tahrik", "jima": "jama", "katiiba": "katiba", "jibha": "jabha",
    "hizbala": "hizbula", "muhamid": "muhamad", "ahmid": "ahmad", "hamid": "hamid", "shibab": "shabab",
    "iliva": "liva", "usama": "usama", "bin": "ibn", "yusif": "yusuf", "husin": "husain", "hasain": "husain",
}  # fmt: skip


class Pieces(NamedTuple):
    """One token as names see it: folded pieces, the same in the writer's case, and as they sound."""

    folded: tuple[str, ...]
    cased: tuple[str, ...]
    sound: tuple[str, ...]


@lru_cache(maxsize=1 << 17)
def pieces(word: str) -> Pieces:
    """The pieces of a token; none for punctuation. ``al-Qa'ida`` has two: ``al`` and ``qaida``."""
    cased = tuple(_WORD.findall(word.translate(_APOSTROPHES)))
    folded = tuple(piece if piece.isascii() and piece.islower() else fold(piece) for piece in cased)
    return Pieces(folded, cased, tuple(sound(piece) for piece in folded))


@lru_cache(maxsize=1 << 17)
def sound(piece: str) -> str:
    """A folded piece reduced to what transliterations agree on: ``mujahedeen`` → ``mujahidin``."""
    if len(piece) < 4 or not piece.isalpha():
        return _SAME_WORD.get(piece, piece)
    for pattern, plain in _SOUNDS:
        piece = pattern.sub(plain, piece)
    return _SAME_WORD.get(piece, piece)


def name_key(words: Iterable[str]) -> tuple[str, ...]:
    """The words of a person's name as they sound, without articles; ``Abdulaziz`` is ``Abd al-Aziz``."""
    key: list[str] = []
    for word in words:
        for piece in pieces(word).sound:
            servant = _SERVANT.match(piece)
            if servant is not None:
                key.append("abd")
                piece = sound(servant[1])
            if piece and piece not in ARTICLES and piece not in ("s", "the", "jr", "sr"):
                key.append(piece)
    return tuple(key)


_SERVANT = re.compile(r"abd(?:[iua](?:l|(?=[rnsdz])))?((?:[^aiu].{2,}|[aiu].{3,})?)$")
"""``Abd``, ``Abdel``, ``Abdul`` and the name of God that may be written on to it, as they sound."""


def significant(words: tuple[str, ...] | list[str]) -> tuple[str, ...]:
    """Folded pieces of several tokens without articles and English function words."""
    return tuple(
        piece
        for word in words
        for piece in pieces(word).folded
        if piece not in ARTICLES and piece not in _FUNCTION_WORDS
    )


_FUNCTION_WORDS = frozenset(["the", "of", "for", "and", "in", "to", "a", "s", "de", "del", "la", "los", "y"])
