"""The reporting vocabulary of a codebook, made ready for look-up: speech-act units and cue word lists."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from saydo.codebook.entries import Codebook
from saydo.coding.match import Index, index_units

ACTOR_TYPES = frozenset({
    "person", "group", "government", "military", "organisation", "igo", "media", "place", "nationality",
})  # fmt: skip
"""Mention types that can speak; a place or nationality speaks for its government or people."""


@dataclass(frozen=True, slots=True)
class Reporting:
    """Units by lemma, and the cue lists by id as sets of lower-case words; ``speakers`` are the nouns for
    people and bodies that can speak, from the nominals, the offices and the anonymous nouns."""

    units: Index
    words: dict[str, frozenset[str]]

    def has(self, cue: str, *words: str) -> bool:
        """Whether any of the words stands in the list; KeyError names a list that the codebook lacks."""
        listed = self.words[cue]
        return any(word.lower() in listed for word in words)

    @classmethod
    def of(cls, codebook: Codebook) -> Reporting:
        words = {
            name: _lower(entry.phrases)
            for name, entry in codebook.cues.items()
            if name.startswith(("reporting-", "statement-"))
        }
        described = [
            n for n in codebook.nominals.values() if n.type in ACTOR_TYPES - {"place", "nationality"}
        ]
        titles = [t.split()[-1] for o in codebook.offices.values() for t in o.titles if t.split()]
        words["speakers"] = (
            _lower(lemma for n in described for lemma in n.lemmas)
            | _lower(titles)
            | words["reporting-anonymous-nouns"]
        )
        return cls(index_units(sorted(codebook.statements.items())), words)


def _lower(phrases: Iterable[str]) -> frozenset[str]:
    return frozenset(phrase.lower() for phrase in phrases)


@lru_cache(maxsize=4)
def reporting(codebook: Codebook) -> Reporting:
    """The vocabulary of a codebook; built once for each codebook and kept."""
    return Reporting.of(codebook)
