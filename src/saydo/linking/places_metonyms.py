"""Tells a place name that stands for a government ("Moscow said") from one that says where."""

from __future__ import annotations

from collections.abc import Sequence

from saydo.linking.places_words import OBJECTS_OF, PARTNERS, PARTY_NOUNS, POLICY, SPEECH
from saydo.model.reading import Token


def is_metonym(tokens: Sequence[Token], first: int, last: int, children: dict[int, list[int]]) -> bool:
    """Whether the name of a country or capital at ``[first, last)`` acts, owns a policy or is a party."""
    head = _head(tokens, first, last)
    for _ in range(4):
        # Of several names in a row the first tells what all of them are.
        if tokens[head].deprel != "conj" or tokens[head].head == head or _preposition(tokens, head, children):
            break
        head = tokens[head].head
    token = tokens[head]
    if token.head == head:
        return False
    relation, governor = token.deprel, tokens[token.head]
    base = relation.partition(":")[0]
    preposition = _preposition(tokens, head, children)
    if base == "nsubj":
        if relation == "nsubj:pass":
            return governor.lemma in OBJECTS_OF
        return governor.lemma in SPEECH or _opens(tokens, governor, children)
    if base in ("obj", "iobj"):
        return governor.lemma in OBJECTS_OF
    if base == "nmod" and relation.endswith("poss"):
        return governor.lemma in POLICY
    if base in ("nmod", "obl"):
        if preposition == "by" or relation == "obl:agent":
            return relation == "obl:agent" or _passive(tokens, token.head, children)
        if preposition in PARTNERS:
            return governor.lemma in PARTY_NOUNS or governor.lemma in SPEECH
        return preposition == "to" and governor.lemma in ("accord", "according")
    return False


def _head(tokens: Sequence[Token], first: int, last: int) -> int:
    return next((i for i in range(first, last) if not first <= tokens[i].head < last), last - 1)


def _preposition(tokens: Sequence[Token], head: int, children: dict[int, list[int]]) -> str:
    return next((tokens[i].lemma for i in children.get(head, ()) if tokens[i].deprel == "case"), "")


def _opens(tokens: Sequence[Token], verb: Token, children: dict[int, list[int]]) -> bool:
    """Whether the verb only carries what somebody does: "is ready to attack", "has a strategy"."""
    below = [tokens[i] for i in children.get(verb.i, ())]
    if any(t.deprel == "xcomp" and t.lemma in SPEECH for t in below):
        return True
    return any(t.deprel == "obj" and t.lemma in (POLICY | PARTY_NOUNS) for t in below)


def _passive(tokens: Sequence[Token], verb: int, children: dict[int, list[int]]) -> bool:
    return any(tokens[i].deprel in ("aux:pass", "nsubj:pass") for i in children.get(verb, ()))
