"""Stances without a word for them: what one calls a matter ("hanging is barbaric"), and what one wants done
with it ("called for its abolition", "the dam must be kept", "there will be no talks with them")."""

from __future__ import annotations

from saydo.coding.clauses import Frame
from saydo.coding.match import Scene
from saydo.coding.propositions_deeds import Clause
from saydo.coding.propositions_sides import Side, Sides

_OUGHT = frozenset({"must", "should", "ought", "shall"})
_TO_COME = frozenset({"will", "would", "can", "could", "shall", "must", "'ll"})
_ASKING = frozenset({"demand", "urge", "propose", "advocate", "recommend"})
_CALLING = frozenset({"call", "press", "appeal", "plead"})
"""Verbs that ask for the thing named behind them: as their object, or behind "for"."""
_NAMING = frozenset({"call", "label", "brand", "deem", "term", "consider", "declare", "pronounce", "think"})
"""Verbs behind which stands what one says of their object."""
_NOBODY = frozenset({"person", "organization", "organisation", "nationality", "money", "quantity", "time"})


def judged(scene: Scene, sides: Sides, i: int) -> Clause | None:
    """A clause that calls a matter good or bad, or says what must become of it; None for any other word."""
    token = scene.clauses.tokens[i]
    lemma = token.lemma.lower()
    side = sides.lists.words.get(lemma) or sides.lists.words.get(token.text.lower())
    if side is not None and token.upos in ("ADJ", "NOUN", "VERB"):
        return _called(scene, sides, i, side)
    side = sides.lists.doings.get(lemma)
    if token.upos == "VERB":
        return None if side is None else _to_be_done(scene, sides, i, side)
    if token.upos not in ("NOUN", "PROPN"):
        return None
    if token.upos == "NOUN" and side is not None and _head(scene, i) in sides.lists.wants:
        frame = scene.clauses.frame(i)
        matter = frame.get("obl:of") or frame.get("obl:to") or frame.get("poss")
        if matter:
            return _clause(sides, i, Side(side, (), matter))
    return _asked_for(scene, sides, i) or _ruled_out(scene, sides, i)


def _called(scene: Scene, sides: Sides, i: int, side: str) -> Clause | None:
    """ "Hanging is barbaric", "selling the works would be folly", "described it as a blunder"."""
    clauses = scene.clauses
    over = clauses.tokens[clauses.tokens[i].head]
    matter = tuple(clauses.with_rel(i, "nsubj")) if clauses.with_rel(i, "cop") else ()
    if clauses.with_rel(i, "cop"):
        for verb in clauses.with_rel(i, "csubj"):
            matter += clauses.frame(verb).get("obj")
    if not matter and clauses.preposition(i) == "as" and over.upos == "VERB":
        matter = clauses.frame(over.i).get("obj")
    if not matter and clauses.tokens[i].deprel == "xcomp" and over.lemma.lower() in _NAMING:
        matter = clauses.frame(over.i).get("obj")  # "called the levy a disgrace"
    if matter and not any(clauses.tokens[m].upos == "PRON" for m in matter):
        return _clause(sides, i, Side(side, (), matter))
    return None


def _to_be_done(scene: Scene, sides: Sides, i: int, side: str) -> Clause | None:
    """ "The dam must be kept", "asked the utility to reopen the plant"."""
    clauses = scene.clauses
    token = clauses.tokens[i]
    ought = {clauses.tokens[c].lemma.lower() for c in clauses.with_rel(i, "aux")} & _OUGHT
    above = _head(scene, i) if token.deprel == "xcomp" else ""
    asked = token.deprel in ("xcomp", "ccomp", "advcl", "acl") and clauses.marked(i, "to")
    if (
        not ought
        and above not in ("ought", "need", "have")
        and not (asked and _head(scene, i) in sides.lists.wants)
    ):
        return None
    matter = clauses.frame(i).get("obj")
    return _clause(sides, i, Side(side, (), matter), clauses.frame(i)) if matter else None


def _asked_for(scene: Scene, sides: Sides, i: int) -> Clause | None:
    """ "Called for talks with the front", "urged a ceasefire": for what one asks."""
    clauses = scene.clauses
    token = clauses.tokens[i]
    mention = scene.mention_of(i)
    if (mention is not None and mention.type in _NOBODY) or i in scene.timed:
        return None
    asked = token.deprel == "obj" and _head(scene, i) in _ASKING
    called = token.deprel == "obl" and _head(scene, i) in _CALLING
    if not asked and not (called and clauses.preposition(i) in ("for", "out for")):
        return None
    if clauses.with_rel(token.head, "xcomp", "ccomp"):  # "urged the government to …"
        return None
    return _clause(sides, i, Side("support", (), (i,)))


def _ruled_out(scene: Scene, sides: Sides, i: int) -> Clause | None:
    """ "There will be no talks with them": who says so is against it."""
    clauses = scene.clauses
    token = clauses.tokens[i]
    none = any(clauses.tokens[d].text.lower() == "no" for d in clauses.with_rel(i, "det"))
    over = token.i if clauses.with_rel(i, "expl") else token.head
    to_come = {clauses.tokens[a].text.lower() for a in clauses.with_rel(over, "aux")} & _TO_COME
    if not none or not to_come or not clauses.with_rel(over, "expl"):
        return None
    return _clause(sides, i, Side("support", (), (i,)), scene.clauses.frame(i))


def _clause(sides: Sides, i: int, side: Side, frame: Frame | None = None) -> Clause:
    side = sides.about(side)
    frame = frame or Frame(i, {"obj": side.matter}, None)
    return Clause(i, side.verb, frame, (), side.matter, (), stance=True)


def _head(scene: Scene, i: int) -> str:
    tokens = scene.clauses.tokens
    return tokens[tokens[i].head].lemma.lower()
