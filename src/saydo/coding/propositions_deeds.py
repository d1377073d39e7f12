"""The lists of words for one doing, and a clause as it is read by them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from saydo.codebook.entries import Codebook
from saydo.coding.clauses import Frame

_PREFIX = "deed-"
_NOUNS = "noun-"
_EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Deeds:
    """The lists of words for one doing, by word."""

    of: Mapping[str, str]
    nouns: Mapping[str, str]
    empty: frozenset[str]

    @property
    def listed(self) -> frozenset[str]:
        """The names of all lists."""
        return frozenset(self.of.values())

    def verb(self, lemma: str, particle: str) -> str | None:
        """What a verb is compared as; None for one that says too little."""
        phrase = f"{lemma} {particle}" if particle else lemma
        if phrase in self.of:
            return self.of[phrase]
        if lemma in self.of and not particle:
            return self.of[lemma]
        return None if phrase in self.empty or lemma in self.empty else phrase


@lru_cache(maxsize=4)
def deeds(codebook: Codebook) -> Deeds:
    """The lists of a codebook; built once for each and kept."""
    verbs: dict[str, str] = {}
    nouns: dict[str, str] = {}
    empty: frozenset[str] = frozenset()
    for name, entry in codebook.cues.items():
        if not name.startswith(_PREFIX):
            continue
        doing = name.removeprefix(_PREFIX)
        if doing == _EMPTY:
            empty = frozenset(p.lower() for p in entry.phrases)
            continue
        words = nouns if doing.startswith(_NOUNS) else verbs
        for phrase in entry.phrases:
            words.setdefault(phrase.lower(), doing.removeprefix(_NOUNS))
    return Deeds(MappingProxyType(verbs), MappingProxyType(nouns), empty)


class Clause(NamedTuple):
    """A clause in tokens: its word, the doing it stands for, who does it and to what."""

    trigger: int
    verb: str
    frame: Frame
    doers: tuple[int, ...]
    direct: tuple[int, ...]
    others: tuple[int, ...]
    turned: bool = False
    """Whether the words say that it is not done ("to keep out of the town")."""
    stance: bool = False
    """Whether it is the speaker's own side on a matter, which no word for taking sides tells."""
    rule: bool = False
    """Whether it says what is to be by telling what is ("is off limits")."""


def phrases(frame: Frame, roles: tuple[str, ...], but: tuple[int, ...] = ()) -> tuple[int, ...]:
    """The heads of all phrases on a word."""
    heads = [h for role in roles for h in frame.get(role)]
    heads += [h for role, found in frame.args.items() if role.startswith("obl") for h in found]
    return tuple(dict.fromkeys(h for h in heads if h not in but))
