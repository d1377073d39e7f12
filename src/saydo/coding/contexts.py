"""PLOVER contexts: what an event is about beside its type, from the words of its sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from saydo.codebook.entries import Codebook
from saydo.model.linked import LinkedReading
from saydo.model.reading import Token

_NOUNS = frozenset({"NOUN", "PROPN"})
_WORD = re.compile(r"[’']s\b|[’'](?=\s|$)|-|(?:(?![’']s\b|[’'](?:\s|$))[^\s-])+")
"""The words of a phrase as the tokenizer gives them: ``women 's rights``, ``pro - democracy``."""


class _Phrase(NamedTuple):
    words: tuple[str, ...]
    noun: bool
    """Whether the last word must be a noun."""
    context: str


class Contexts(NamedTuple):
    """The vocabulary of all contexts by the first word of each phrase."""

    by_first: Mapping[str, tuple[_Phrase, ...]]

    @classmethod
    def of(cls, codebook: Codebook) -> Contexts:
        """The contexts of a codebook, made ready once."""
        return _ready(codebook)

    def at(self, linked: LinkedReading, trigger: int) -> tuple[str, ...]:
        """Ids of the contexts whose words stand in the trigger's sentence, in the order of the alphabet."""
        reading = linked.reading
        sentence = reading.sentences[reading.tokens[trigger].sentence]
        return tuple(sorted(set(self._found(reading.tokens[sentence.first : sentence.last]))))

    def _found(self, tokens: Sequence[Token]) -> Iterator[str]:
        forms = [(t.lemma.lower(), t.text.lower()) for t in tokens]
        for i, here in enumerate(forms):
            for first in dict.fromkeys(here):
                for phrase in self.by_first.get(first, ()):
                    end = i + len(phrase.words)
                    if end > len(tokens) or (phrase.noun and tokens[end - 1].upos not in _NOUNS):
                        continue
                    if all(word in forms[i + k] for k, word in enumerate(phrase.words)):
                        yield phrase.context


@lru_cache(maxsize=4)
def _ready(codebook: Codebook) -> Contexts:
    found: dict[str, list[_Phrase]] = {}
    for id, entry in codebook.contexts.items():
        for noun, phrases in ((False, entry.phrases), (True, entry.nouns)):
            for phrase in phrases:
                words = tuple(_WORD.findall(phrase.lower()))
                found.setdefault(words[0], []).append(_Phrase(words, noun, id))
    return Contexts({first: tuple(phrases) for first, phrases in found.items()})
