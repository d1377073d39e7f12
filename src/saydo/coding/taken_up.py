"""Deeds that take up what the sentence before told: "there", "in the raid", "had bombed the market"."""

from __future__ import annotations

from saydo.coding.clauses import Frame
from saydo.coding.match import Scene

TAKEN_UP = "of what the sentence before told, which this one takes up"
_POINTING = frozenset({"the", "that", "this", "those", "these"})
_INCIDENTS = frozenset(
    "raid attack assault strike airstrike bombing explosion blast shooting ambush clash incident massacre "
    "violence killing fighting shelling bombardment operation".split()
)
_VIOLENT = _INCIDENTS | frozenset("bomb shell shoot fire kill storm explode clash fight hit".split())


def taken_up(scene: Scene, frame: Frame, within: frozenset[int] | None) -> int | None:
    """The sentence before, of the same paragraph, where the clause of a deed points back into it: by "there",
    by a noun with "the" that stood in it, or that names an incident where it told of violence. ``within``:
    the tokens of the statement content that the deed stands in."""
    clauses, tokens = scene.clauses, scene.clauses.tokens
    sentences = scene.linked.reading.sentences
    sentence = tokens[frame.trigger].sentence
    if sentence == 0 or sentences[sentence - 1].paragraph != sentences[sentence].paragraph:
        return None
    before = tokens[sentences[sentence - 1].first : sentences[sentence - 1].last]
    nouns = {t.lemma.lower() for t in before if t.upos in ("NOUN", "PROPN")}
    if any(t.lemma.lower() in _VIOLENT for t in before):
        nouns |= _INCIDENTS
    cleft = [tokens[frame.trigger].head] if tokens[frame.trigger].deprel == "acl:relcl" else []
    for i in (*clauses.subtree(frame.trigger), *cleft):  # "it was *the guards* who fired"
        if within is not None and i not in within:
            continue
        token = tokens[i]
        if token.text.lower() == "there" and token.deprel == "advmod":
            return sentence - 1
        pointing = any(tokens[c].text.lower() in _POINTING for c in clauses.with_rel(i, "det"))
        if token.upos == "NOUN" and pointing and token.lemma.lower() in nouns:
            return sentence - 1
    return None
