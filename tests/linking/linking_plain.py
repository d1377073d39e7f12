"""Readings of plain sentences, made by rule: crude tags and flat trees, enough for words that stand by form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from saydo.model.document import Document
from saydo.model.reading import Reading, ReadMention, Sentence, Token
from saydo.reading.sentences import split
from saydo.reading.tokens import Tokenizer

_CLOSED = {
    "ADP": "in on at of from to since until till by during between before after through over near with for across",
    "DET": "the a an this that",
    "CCONJ": "and or but",
    "PRON": "he she it they his her their we our its",
    "AUX": "will would is was were are be been has have had may might can could should",
}
_TAGS = {word: tag for tag, words in _CLOSED.items() for word in words.split()}


def plain_reading(
    text: str,
    date: str | None = None,
    *,
    tags: Mapping[str, str] | None = None,
    mentions: Sequence[tuple[str, str]] = (),
) -> Reading:
    """The reading of a text: capitals are proper nouns, ``mentions`` are (words, type).

    ``tags`` overrides the part of speech of a word, and its lemma where one follows: ``"VERB/meet"``.
    Every word of a sentence hangs on its first verb (or its first word).
    """
    told = dict(tags or {})
    tokens: list[Token] = []
    found: list[Sentence] = []
    for number, words in split(text, _tokenizer().words(text)):
        base = len(tokens)
        here = [_tag(word.text, k == 0, told) for k, word in enumerate(words)]
        root = base + next((k for k, tag in enumerate(here) if tag == "VERB"), 0)
        for word, tag in zip(words, here, strict=True):
            lemma = told.get(word.text, "").partition("/")[2] or word.text.lower()
            lemma = word.text if tag == "PROPN" else lemma
            relation = "root" if len(tokens) == root else "dep"
            tokens.append(
                Token(len(tokens), word.start, word.end, word.text, lemma, tag, root, relation, len(found))
            )
        found.append(Sentence(words[0].start, words[-1].end, base, len(tokens), number))
    named = tuple(_mention(text, tokens, words, kind) for words, kind in mentions)
    return Reading(Document("d", text, date), tuple(tokens), tuple(found), named, (), "plain")


@cache
def _tokenizer() -> Tokenizer:
    return Tokenizer()


def _tag(word: str, first: bool, told: Mapping[str, str]) -> str:
    if word in told:
        return told[word].partition("/")[0]
    if not word[0].isalnum():
        return "PART" if len(word) > 1 else "PUNCT"
    if word[0].isdigit():
        return "NUM"
    if word[0].isupper() and not first:
        return "PROPN"
    return _TAGS.get(word.lower(), "NOUN")


def _mention(text: str, tokens: Sequence[Token], words: str, kind: str) -> ReadMention:
    start = text.index(words)
    inside = [t.i for t in tokens if start <= t.start and t.end <= start + len(words)]
    return ReadMention(inside[0], inside[-1] + 1, inside[-1], kind, True, 0.9)
