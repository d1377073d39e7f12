"""By what violence people came to harm: the nouns of incidents, and clauses that tell of them."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from saydo.codebook.entries import Codebook
from saydo.coding.match import Scene

_WHEN = frozenset({"when", "as", "after", "while"})


class TollWords(NamedTuple):
    """The word lists by which tolls are read."""

    dead: frozenset[str]
    hurt: frozenset[str]
    measures: frozenset[str]
    occasions: frozenset[str]
    meant: frozenset[str]
    """Those of the occasions that are no accident."""
    hostile: frozenset[str]
    """Verbs of violence."""


_OPEN = ("occasion-blast", "occasion-any")
"""Families of occasions that may be accidents."""


@lru_cache(maxsize=4)
def toll_words(codebook: Codebook) -> TollWords:
    """The lists of a codebook."""
    occasions = {name: c.phrases for name, c in codebook.cues.items() if name.startswith("occasion-")}
    return TollWords(
        frozenset(codebook.phrases("toll-dead")),
        frozenset(codebook.phrases("toll-hurt")),
        frozenset(codebook.phrases("toll-measures")),
        frozenset(p for phrases in occasions.values() for p in phrases),
        frozenset(p for name, phrases in occasions.items() if name not in _OPEN for p in phrases),
        frozenset(codebook.phrases("statement-hostile-verbs")),
    )


def occasion(scene: Scene, i: int, words: TollWords) -> int | None:
    """The nearest noun of violence in the clause of a token, its own subtree first."""
    clauses = scene.clauses
    tokens = clauses.tokens
    above = (
        a for a in clauses.ancestors(i) if tokens[a].upos in ("VERB", "AUX") or clauses.with_rel(a, "cop")
    )
    for top in (i, next(above, None)):
        if top is None:
            continue
        found = [
            c
            for c in clauses.subtree(top)
            if c != i and _names_incident(scene, c, words) and tokens[c].sentence == tokens[i].sentence
        ]
        if found:
            return min(found, key=lambda c: abs(c - i))
        deeds = [c for c in clauses.with_rel(top, "advcl") if _tells_violence(scene, c, words)]
        if deeds:
            return deeds[0]
    return None


def _tells_violence(scene: Scene, c: int, words: TollWords) -> bool:
    """ "*When* a jet bombed the market", "*as* police broke in": a clause that tells what people came to harm
    by, a violent act or whatever those do who bear arms."""
    clauses = scene.clauses
    marks = {clauses.tokens[m].text.lower() for m in clauses.with_rel(c, "mark", "advmod")}
    if clauses.tokens[c].upos != "VERB" or not marks & _WHEN:
        return False
    if clauses.tokens[c].lemma.lower() in words.hostile:
        return True
    armed = (scene.mention_of(s) for s in clauses.with_rel(c, "nsubj"))
    return any(m is not None and m.type in ("military", "group") for m in armed)


def _names_incident(scene: Scene, c: int, words: TollWords) -> bool:
    """ "In the raid", "during clashes", and, read as a verb, "in fighting"."""
    token = scene.clauses.tokens[c]
    if token.upos == "VERB":
        return token.text.lower() in words.occasions and bool(scene.clauses.with_rel(c, "mark"))
    named = token.upos in ("NOUN", "PROPN") and token.deprel != "compound"
    return named and token.lemma.lower() in words.occasions
