"""Tells a place name that stands for a government ("Moscow said") from one that says where."""

from __future__ import annotations

from collections.abc import Sequence

from saydo.linking.places_words import (
    ATTITUDES,
    INSTITUTIONS,
    OBJECTS_OF,
    PARTNERS,
    PARTY_NOUNS,
    PLACELIKE,
    POLICY,
    SPEECH,
)
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
        return _acts(tokens, relation, governor, children)
    if base in ("obj", "iobj"):
        return governor.lemma.lower() in OBJECTS_OF
    if base in ("compound", "amod") or (base == "nmod" and not (preposition or relation.endswith("poss"))):
        # "U.S. policy" is the United States', "Iraq policy" is about Iraq.
        return token.text.isupper() and governor.lemma.lower() in POLICY
    if base == "nmod" and not preposition:
        return governor.lemma.lower() in POLICY
    if base in ("nmod", "obl"):
        return _party(tokens, relation, governor, preposition, children)
    return False


def _acts(tokens: Sequence[Token], relation: str, governor: Token, children: dict[int, list[int]]) -> bool:
    """Whether the subject of the verb or adjective does something that only somebody can do."""
    if relation == "nsubj:pass":
        return governor.lemma.lower() in OBJECTS_OF
    if governor.upos == "ADJ":
        return governor.lemma.lower() in ATTITUDES
    if governor.upos != "VERB":
        return False
    return governor.lemma.lower() not in PLACELIKE or _opens(tokens, governor, children)


def _party(
    tokens: Sequence[Token], relation: str, governor: Token, preposition: str, children: dict[int, list[int]]
) -> bool:
    """Whether the name behind a preposition is a party: "talks with Iran", "condemned by Moscow"."""
    if preposition == "by" or relation == "obl:agent":
        return relation == "obl:agent" or _passive(tokens, governor.i, children)
    if preposition == "of":
        return governor.lemma.lower() in INSTITUTIONS
    if preposition == "to":
        return governor.lemma.lower() in ("accord", "according") or governor.lemma.lower() in ATTITUDES
    if preposition == "on":
        return governor.lemma.lower() in ("sanction", "sanctions", "pressure")
    return preposition in PARTNERS and (
        governor.lemma.lower() in PARTY_NOUNS or governor.lemma.lower() in SPEECH
    )


def _head(tokens: Sequence[Token], first: int, last: int) -> int:
    return next((i for i in range(first, last) if not first <= tokens[i].head < last), last - 1)


def _preposition(tokens: Sequence[Token], head: int, children: dict[int, list[int]]) -> str:
    """The preposition before the name; the possessive mark after it is none."""
    return next(
        (tokens[i].lemma for i in children.get(head, ()) if i < head and tokens[i].deprel == "case"), ""
    )


def _opens(tokens: Sequence[Token], verb: Token, children: dict[int, list[int]]) -> bool:
    """Whether the verb only carries what somebody does: "is ready to attack", "has a strategy"."""
    below = [tokens[i] for i in children.get(verb.i, ())]
    if any(t.deprel == "xcomp" and t.lemma in SPEECH for t in below):
        return True
    return any(t.deprel == "obj" and t.lemma in (POLICY | PARTY_NOUNS) for t in below)


def _passive(tokens: Sequence[Token], verb: int, children: dict[int, list[int]]) -> bool:
    return any(tokens[i].deprel in ("aux:pass", "nsubj:pass") for i in children.get(verb, ()))
