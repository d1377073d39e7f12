"""How far along the tree a word stands from another that tells of an event: as one who may do it, and as one
to whom it may be done.

The distances only order the pairs of a sentence, so that the network is asked of the likeliest first. With
the four nearest pairs of a sure trigger, two of a likely one and one of a doubtful one it is asked of 0.8
pairs a sentence of ordinary news where all would be eleven, and of 94 in 100 of the marked pairs of the
PLOVER dyads (measured on PolNeAR and the training dyads, as were the distances).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from saydo.model.reading import Sentence, Token

_SUBJECTS = frozenset(("nsubj", "nsubj:pass", "nsubj:outer", "csubj", "csubj:pass"))
_OWNERS = frozenset(("nmod:poss", "compound", "amod"))
_OBJECTS = frozenset(("obj", "iobj"))
_COMPLEMENTS = frozenset(("xcomp", "ccomp", "advcl", "acl"))
_NOUNS = frozenset(("NOUN", "PROPN", "PRON"))
_NEXT = 0.1
"""From a verb up to the one that it is joined to or completes, whose subject it shares."""
_UP = 0.5
"""From a word up to the one that governs it otherwise."""
_DOWN = {
    "conj": 0.2, "appos": 0.3, "flat": 0.3, "nmod:poss": 0.6, "compound": 0.6, "amod": 0.6, "nmod": 0.8,
}  # fmt: skip
"""Within a phrase, by relation, from a word to one below it."""
_CLAUSE = 1.2
"""The same where the relation is of a clause or rare."""


class Reach(NamedTuple):
    """Distances of words of one sentence, by token; what is not in it cannot have the part."""

    doing: dict[int, float]
    done_to: dict[int, float]


def below(tokens: Sequence[Token], sentence: Sentence) -> dict[int, list[int]]:
    """The words that hang on each word of a sentence."""
    found: dict[int, list[int]] = {}
    for token in tokens[sentence.first : sentence.last]:
        if token.head != token.i:
            found.setdefault(token.head, []).append(token.i)
    return found


def reach(tokens: Sequence[Token], hanging: dict[int, list[int]], trigger: int) -> Reach:
    """What a word reaches; ``hanging`` as ``below`` gives it."""
    found = Reach({}, {})
    passive = _passive(tokens, hanging, trigger)
    child, word, up = trigger, trigger, 0.0
    while True:
        for c in hanging.get(word, ()):
            if c == child:
                continue
            doing, done_to = (
                _own(tokens, hanging, word, c, passive)
                if word == trigger
                else _over(tokens, hanging, child, c, up)
            )
            for side, start in ((found.doing, doing), (found.done_to, done_to)):
                if start is not None:
                    _spread(tokens, hanging, c, start, side)
        relation = tokens[word].deprel
        if tokens[word].head == word:
            return found
        child, word = word, tokens[word].head
        if tokens[word].upos in _NOUNS:
            described = relation.startswith("acl")
            _put(found.doing, word, (2.0 if passive else 0.3) if described else up + 1)
            _put(found.done_to, word, (0.0 if passive else 1.5) if described else up + 1)
        up += _NEXT if relation in ("conj", "xcomp") else _UP


def _own(
    tokens: Sequence[Token], hanging: dict[int, list[int]], word: int, c: int, passive: bool
) -> tuple[float | None, float | None]:
    """Where the phrase of ``c``, which hangs on the trigger, begins to count as doing, and as done to."""
    relation = tokens[c].deprel
    if _by(tokens, hanging, c):
        return 0.0, None
    if relation in _SUBJECTS:
        return (1.5, 0.0) if passive else (0.0, 2.0)
    if relation in _OWNERS and tokens[word].upos != "VERB":
        return 0.3, 1.0
    if relation in _OBJECTS:
        return None, 0.0
    if relation.startswith(("obl", "nmod")):
        return 1.5, 0.5
    return None, _CLAUSE


def _over(
    tokens: Sequence[Token], hanging: dict[int, list[int]], child: int, c: int, up: float
) -> tuple[float | None, float | None]:
    """The same for what hangs on a word over the trigger, ``up`` away; ``child`` leads to the trigger."""
    relation = tokens[c].deprel
    if _by(tokens, hanging, c):
        return up, None
    if relation in _SUBJECTS:
        return up, up + 1.5
    if relation in _OBJECTS:  # "urged the rebels to disarm": the object does it
        return (0.4 if tokens[child].deprel in _COMPLEMENTS else None), up + 0.7
    if relation.startswith(("obl", "nmod")):
        return up + 1.5, up + 0.5
    return None, up + _CLAUSE


def _passive(tokens: Sequence[Token], hanging: dict[int, list[int]], word: int) -> bool:
    if any(tokens[c].deprel in ("nsubj:pass", "aux:pass") for c in hanging.get(word, ())):
        return True
    token = tokens[word]
    return token.deprel == "acl" and token.upos == "VERB" and not token.text.lower().endswith("ing")


def _by(tokens: Sequence[Token], hanging: dict[int, list[int]], c: int) -> bool:
    return tokens[c].deprel in ("obl", "nmod", "obl:agent") and any(
        tokens[k].text.lower() == "by" for k in hanging.get(c, ())
    )


def _spread(
    tokens: Sequence[Token], hanging: dict[int, list[int]], start: int, cost: float, into: dict[int, float]
) -> None:
    """Puts the distances of a whole phrase."""
    stack = [(start, cost)]
    while stack:
        word, so_far = stack.pop()
        if so_far < into.get(word, 99.0):
            into[word] = so_far
            stack += ((c, so_far + _step(tokens[c].deprel)) for c in hanging.get(word, ()))


def _step(relation: str) -> float:
    return _DOWN.get(relation) or _DOWN.get(relation.partition(":")[0], _CLAUSE)


def _put(into: dict[int, float], word: int, cost: float) -> None:
    into[word] = min(into.get(word, cost), cost)


def nearest(
    of: Reach, heads: Sequence[tuple[int, int]], trigger: int, most: int, never: Collection[tuple[int, int]]
) -> list[tuple[int, int]]:
    """The pairs that stand nearest to a trigger, of mentions given as (number, head word): numbers of who may
    do it and to whom, but those that are ``never`` a pair."""
    doing = [(of.doing[head], n) for n, head in heads if head in of.doing and head != trigger]
    done_to = [(of.done_to[head], n) for n, head in heads if head in of.done_to and head != trigger]
    ranked = sorted((x + y, a, b) for x, a in doing for y, b in done_to if (a, b) not in never)
    return [(a, b) for _, a, b in ranked[:most]]
