"""Stances without a word for them: what one calls a matter ("hanging is barbaric"), and what one wants done
with it ("called for its abolition", "the dam must be kept")."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from saydo.codebook.entries import Codebook
from saydo.coding.clauses import Frame
from saydo.coding.match import Scene
from saydo.coding.propositions_deeds import Clause

_OUGHT = frozenset({"must", "should", "ought", "shall"})
_SIDES = {"for": "support", "against": "oppose"}


@dataclass(frozen=True, slots=True)
class StanceWords:
    """The lists ``stance-…`` of a codebook, by side."""

    words: dict[str, str]
    doings: dict[str, str]
    wants: frozenset[str]


@lru_cache(maxsize=4)
def stance_words(codebook: Codebook) -> StanceWords:
    """The lists of a codebook; built once for each and kept."""
    words: dict[str, str] = {}
    doings: dict[str, str] = {}
    for side, verb in _SIDES.items():
        words |= dict.fromkeys(codebook.phrases(f"stance-{side}-words"), verb)
        doings |= dict.fromkeys(codebook.phrases(f"stance-{side}-doings"), verb)
    return StanceWords(words, doings, frozenset(codebook.phrases("stance-wants")))


def judged(scene: Scene, lists: StanceWords, i: int) -> Clause | None:
    """A clause that calls a matter good or bad, or says what must become of it; None for any other word."""
    clauses = scene.clauses
    token = clauses.tokens[i]
    lemma = token.lemma.lower()
    side = lists.words.get(lemma) or lists.words.get(token.text.lower())
    if side is not None and token.upos in ("ADJ", "NOUN", "VERB"):
        matter = tuple(clauses.with_rel(i, "nsubj")) if clauses.with_rel(i, "cop") else ()
        for verb in clauses.with_rel(i, "csubj"):  # "selling the works would be folly"
            if clauses.with_rel(i, "cop"):
                matter += clauses.frame(verb).get("obj")
        over = clauses.tokens[token.head]
        if (
            not matter and clauses.preposition(i) == "as" and over.upos == "VERB"
        ):  # "described it as barbaric"
            matter = clauses.frame(over.i).get("obj")
        if matter and not any(clauses.tokens[m].upos == "PRON" for m in matter):
            return Clause(i, side, Frame(i, {"obj": matter}, None), (), matter, (), stance=True)
        return None
    side = lists.doings.get(lemma)
    if side is None:
        return None
    if token.upos == "VERB":
        ought = {clauses.tokens[c].lemma.lower() for c in clauses.with_rel(i, "aux")} & _OUGHT
        above = clauses.tokens[token.head].lemma.lower() if token.deprel == "xcomp" else ""
        asked = token.deprel in ("xcomp", "ccomp", "advcl", "acl") and clauses.marked(i, "to")
        wanted = asked and clauses.tokens[token.head].lemma.lower() in lists.wants
        if ought or wanted or above in ("ought", "need", "have"):
            matter = clauses.frame(i).get("obj")
            return Clause(i, side, clauses.frame(i), (), matter, (), stance=True) if matter else None
    elif token.upos == "NOUN" and clauses.tokens[token.head].lemma.lower() in lists.wants:
        frame = clauses.frame(i)
        matter = frame.get("obj:of") or frame.get("obl:of") or frame.get("poss")
        if matter:
            return Clause(i, side, Frame(i, {"obj": matter}, None), (), matter, (), stance=True)
    return None
