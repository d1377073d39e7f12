"""Words in capitals that the reader may take for names and that are none."""

from __future__ import annotations

import re

from saydo.codebook.dictionary import dictionary
from saydo.linking.drafts import Drafts
from saydo.linking.lexicon import Lexicon
from saydo.linking.phrases import Phrases
from saydo.model.reading import Token

_PARTY_TAG = re.compile(r"[RD] ?- ?[A-Z][A-Za-z.]*")
"""A party and a state behind a name, as American papers write them."""


def no_person(drafts: Drafts, phrases: Phrases, words: list[Token], first: int, last: int) -> bool:
    """Whether what the reader took for a person's name is none: "Kentucky Republicans", "a Republican",
    "R-Ohio", "Strategists" at the beginning of a sentence."""
    tokens = phrases.tokens
    if _PARTY_TAG.fullmatch(phrases.reading.document.text[tokens[first].start : tokens[last - 1].end]):
        return True
    plural = any(
        d.known and d.known[0].entry.kind in ("party", "community", "state") and d.first > first
        for d in (drafts.at(last - 1) if tokens[last - 1].text.endswith("s") else ())
    )
    if plural or len(words) > 1:
        return plural
    before = tokens[first - 1].text.lower() if first else ""
    only = words[0]
    opens = first == 0 or tokens[first - 1].sentence != only.sentence
    return (
        before in ("a", "an") or tokens[first].text.lower() in ("a", "an") or (opens and only.upos == "NOUN")
    )


def only_opens(phrases: Phrases, words: list[Token], first: int) -> bool:
    """Whether a doubtful name is a plain noun, large only to open a sentence: "Rice was dearer"."""
    tokens = phrases.tokens
    opens = first == 0 or tokens[first - 1].sentence != tokens[first].sentence
    if not opens or len(words) != 1 or words[0].i != first:
        return False
    word = words[0].text
    if not word[1:].islower() or not dictionary().getAllLemmas(word.lower(), upos="NOUN"):
        return False
    return not any(t.text == word and t.i and tokens[t.i - 1].sentence == t.sentence for t in tokens)


def people_in_capitals(t: Token, phrases: Phrases, lexicon: Lexicon) -> bool:
    """Whether a word is a describing plural that the text writes large: "the Maoists", "the Rebels"."""
    if t.upos != "PROPN" or not t.text.endswith("s") or t.i == 0:
        return False
    nominal = lexicon.nominal(t.text.lower().removesuffix("s"), ())
    return nominal is not None and nominal.type == "group" and phrases.tokens[t.i - 1].text.lower() == "the"
