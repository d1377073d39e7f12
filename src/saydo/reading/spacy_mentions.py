"""Mentions from the entities of a spaCy pipeline, and from nouns and pronouns that tell what they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from saydo.codebook import Codebook
from saydo.model.reading import MENTION_TYPES, ReadMention, Sentence, Token
from saydo.reading import kinds
from saydo.reading.amounts import amounts

_BY_PIPELINE = 0.9
"""Score of a name: pipelines do not say how sure they are."""
_BY_WORD = 0.8
_NEVER_NAMED = frozenset(["weapon", "platform", "money", "quantity"])
_NO_EDGE = frozenset(["PUNCT", "ADP", "CCONJ"])
_NOMINAL = frozenset(["NOUN", "PROPN", "PRON", "NUM", "SYM"])
_INSIDE_A_NAME = frozenset(["compound", "flat", "det", "amod", "nummod", "expl", "nmod:desc"])
_LEFT_OF_NOUN = frozenset(
    ["det", "amod", "compound", "nummod", "nmod:poss", "flat", "advmod", "det:predet", "nmod:desc"]
)
_INSIDE_PHRASE = frozenset(["case", "punct", "cc", "conj", "obl:unmarked", "nmod:unmarked"])
_NOT_FIRST = frozenset(["PUNCT", "ADP", "CCONJ", "ADV", "SCONJ", "PART"])
_LONGEST_NOUN = 3
"""Words in the longest describing noun of the codebook that is looked for."""


class Entity(NamedTuple):
    """An entity as a pipeline gives it: tokens ``[first, last)`` and its label."""

    first: int
    last: int
    label: str


class Nouns:
    """What common nouns stand for, by the codebook and a few words of this room."""

    def __init__(self, codebook: Codebook) -> None:
        self._types = {
            lemma.lower(): entry.type for entry in codebook.nominals.values() for lemma in entry.lemmas
        }
        titles = (title for office in codebook.offices.values() for title in office.titles)
        for title in titles:
            self._types.setdefault(title.lower(), "person")

    def type(self, tokens: Sequence[Token], i: int) -> str | None:
        """The type of the noun or pronoun at ``i``; None where its words do not tell."""
        token = tokens[i]
        if token.upos == "PRON":
            return kinds.PRONOUNS.get(token.text.lower())
        lemma = token.lemma.lower()
        if lemma in kinds.WEAPONS:
            return "weapon"
        if lemma in kinds.PLATFORMS:
            return "platform"
        for length in range(min(_LONGEST_NOUN, i + 1), 0, -1):
            before = [t.text.lower() for t in tokens[i - length + 1 : i]]
            found = self._types.get(" ".join([*before, lemma]))
            if found is not None:
                singular = token.text.lower() == lemma
                return "person" if singular and lemma in kinds.PERSONS else found
        return None


def mentions(
    tokens: Sequence[Token], sentences: Sequence[Sentence], entities: Iterable[Entity], nouns: Nouns
) -> tuple[ReadMention, ...]:
    """The mentions of a document in text order; one may lie wholly inside another, but none cross."""
    found: list[ReadMention] = []
    for entity in entities:
        _add(found, _name(tokens, sentences, entity, nouns))
    for sentence in sentences:
        for amount in _amounts(tokens, sentence):
            _add(found, amount)
    covered = {i for m in found for i in range(m.first, m.last)}
    for token in tokens:
        if token.i not in covered and token.upos in ("NOUN", "PRON") and token.deprel not in _INSIDE_A_NAME:
            kind = nouns.type(tokens, token.i)
            if kind is not None:
                first = _base(tokens, sentences, token.i)
                phrase = ReadMention(first, token.i + 1, token.i, kind, False, _BY_WORD)
                if not _add(found, phrase):
                    _add(found, phrase._replace(first=token.i))
    return tuple(sorted(found, key=lambda m: (m.first, -m.last)))


def _add(found: list[ReadMention], mention: ReadMention | None) -> bool:
    """Adds a mention unless there is none, its span is taken, or it would cross another."""
    if mention is None:
        return False
    a, b = mention.first, mention.last
    for other in found:
        c, d = other.first, other.last
        if (a, b) == (c, d) or a < c < b < d or c < a < d < b:
            return False
    found.append(mention)
    return True


def _amounts(tokens: Sequence[Token], sentence: Sentence) -> Iterator[ReadMention]:
    """Sums and quantities by their form, for pipelines that do not tag them."""
    own = tokens[sentence.first : sentence.last]
    base = sentence.first
    for amount in amounts(
        [t.text for t in own], [t.upos for t in own], [t.head - base for t in own], [t.deprel for t in own]
    ):
        first, last = base + amount.first, base + amount.last
        yield ReadMention(first, last, _head(tokens, first, last), amount.type, False, _BY_WORD)


def _name(
    tokens: Sequence[Token], sentences: Sequence[Sentence], entity: Entity, nouns: Nouns
) -> ReadMention | None:
    first, last = _trimmed(tokens, entity.first, min(entity.last, _end(tokens, sentences, entity.first)))
    if first >= last:
        return None
    head = _head(tokens, first, last)
    kind = _type(tokens, first, last, head, entity.label, nouns)
    if kind is None:
        return None
    while first > sentences[tokens[head].sentence].first and _goes_before(tokens, first, last, head, kind):
        first -= 1
    return ReadMention(first, last, head, kind, kind not in _NEVER_NAMED, _BY_PIPELINE)


def _end(tokens: Sequence[Token], sentences: Sequence[Sentence], i: int) -> int:
    return sentences[tokens[i].sentence].last


def _trimmed(tokens: Sequence[Token], first: int, last: int) -> tuple[int, int]:
    """The entity without punctuation, prepositions, articles and clitics at its edges."""
    while first < last and (tokens[first].upos in _NO_EDGE or tokens[first].upos == "DET"):
        first += 1
    while first < last and (
        tokens[last - 1].upos in _NO_EDGE or tokens[last - 1].text.lower() in ("'s", "’s", "'", "’")
    ):
        last -= 1
    return first, last


def _goes_before(tokens: Sequence[Token], first: int, last: int, head: int, kind: str) -> bool:
    """Whether the word before the name belongs to its mention: an article, or a person's title."""
    before = tokens[first - 1]
    if before.deprel == "det":
        return before.head == head
    title = before.deprel in ("compound", "flat", "nmod:desc", "amod") and first <= before.head < last
    return kind == "person" and title and before.text[:1].isupper()


def _head(tokens: Sequence[Token], first: int, last: int) -> int:
    """The word of ``[first, last)`` whose head lies outside; a nominal one where there are several."""
    outside = [i for i in range(first, last) if not first <= tokens[i].head < last or tokens[i].head == i]
    nominal = [i for i in outside if tokens[i].upos in _NOMINAL]
    return (nominal or outside or [last - 1])[0]


def _type(tokens: Sequence[Token], first: int, last: int, head: int, label: str, nouns: Nouns) -> str | None:
    """The type of an entity; None for what saydo has no type for (dates, laws, works of art)."""
    if label.lower() in MENTION_TYPES:
        return label.lower()
    if label in kinds.PEOPLES:
        adjective = tokens[head].upos == "ADJ"
        plural = tokens[head].upos == "PROPN" and tokens[head].text.lower().endswith("s")
        return "nationality" if adjective or plural else kinds.LABELS.get(label)
    if label in kinds.LABELS:
        return kinds.LABELS[label]
    if label in kinds.ORGANISATIONS:
        return organisation([t.text for t in tokens[first:last]])
    if label in kinds.PRODUCTS:
        told = nouns.type(tokens, head)
        return told if told in ("weapon", "platform") else None
    return None


def organisation(words: Sequence[str]) -> str:
    """Which type of organisation a name most likely is, by its common words."""
    low = [word.lower() for word in words]
    for kind, telling in kinds.BODIES:
        known = [word for word in low if word in telling]
        if len(known) > 1 or any(word not in kinds.WEAK for word in known):
            return kind
    return "organisation"


def _base(tokens: Sequence[Token], sentences: Sequence[Sentence], head: int) -> int:
    """The first word of the phrase that ends in ``head``: what stands before it and hangs on it."""
    first = head
    begin = sentences[tokens[head].sentence].first
    while first > begin and _belongs(tokens, first - 1, head):
        first -= 1
    while first < head and tokens[first].upos in _NOT_FIRST:
        first += 1
    return first


def _belongs(tokens: Sequence[Token], i: int, head: int) -> bool:
    """Whether the word hangs on the head by what may stand before a noun alone."""
    while i != head:
        token = tokens[i]
        if token.head == i or token.deprel not in _LEFT_OF_NOUN | _INSIDE_PHRASE:
            return False
        if token.head == head and token.deprel in ("case", "punct", "cc"):
            return False
        i = token.head
    return True
