"""States that tell what was or is to be done to something: "remains closed", "keep the school open", "off
limits"."""

from __future__ import annotations

from types import MappingProxyType

from saydo.coding.clauses import Clauses, Frame
from saydo.coding.match import Scene
from saydo.coding.propositions_deeds import Clause, Deeds, phrases

_STATES = MappingProxyType({
    "closed": "close", "shut": "close", "sealed": "close", "shuttered": "close", "open": "open",
    "blocked": "block", "barred": "block", "jailed": "hold", "detained": "hold", "imprisoned": "hold",
    "untouched": "protect", "unharmed": "protect", "unmolested": "protect", "undisturbed": "protect",
    "alone": "protect", "intact": "protect", "unscathed": "protect", "inviolable": "protect",
    "sacrosanct": "protect", "untouchable": "protect", "taboo": "protect",
})  # fmt: skip
_BARRED = frozenset({"off limit", "out of bound", "off limits", "out of bounds", "off-limits"})
"""Phrases that say of something that nobody may harm or enter it."""
_RULES = frozenset({"inviolable", "sacrosanct", "untouchable", "taboo"})
"""Words that say what is to be, though they tell what is."""
_PREDICATED = frozenset({"xcomp", "root", "ccomp", "conj", "parataxis", "advcl", "acl:relcl", "advmod"})
_LASTING = frozenset({"remain", "stay", "keep", "be", "stand", "leave", "hold"})


def state(scene: Scene, deeds: Deeds, i: int) -> Clause | None:
    """ "The crossing remains closed", "will keep the school open": what was done to it lasts."""
    clauses = scene.clauses
    token = clauses.tokens[i]
    verb = _STATES.get(token.text.lower())
    if verb is None:
        return _barred(clauses, deeds, i)
    if token.deprel not in _PREDICATED:
        return None
    over = clauses.tokens[token.head]
    lasting = token.deprel in ("xcomp", "advmod") and over.lemma.lower() in _LASTING
    if not lasting and not (token.upos == "ADJ" and clauses.with_rel(i, "cop")):
        return None
    matter = tuple(clauses.with_rel(over.i if lasting else i, "nsubj", "nsubj:pass"))
    doers: tuple[int, ...] = ()
    if lasting and (kept := clauses.frame(over.i).get("obj")):  # "keep the school open"
        matter, doers = kept, clauses.frame(over.i).get("subj")
    if not matter:
        return None
    frame = Frame(i, {"subj": doers, "obj": matter}, None)
    rule = token.text.lower() in _RULES
    return Clause(i, verb, frame, doers, matter, phrases(clauses.frame(i), ()), rule=rule)


def _barred(clauses: Clauses, deeds: Deeds, i: int) -> Clause | None:
    """ "Hospitals are off limits", "clinics are no target": what nobody is to harm."""
    token = clauses.tokens[i]
    matter = tuple(clauses.with_rel(i, "nsubj"))
    if not matter or not clauses.with_rel(i, "cop"):
        return None
    if f"{clauses.preposition(i)} {token.text.lower()}".strip() in _BARRED:
        return Clause(i, "protect", Frame(i, {"obj": matter}, None), (), matter, (), rule=True)
    told = deeds.of.get(f"be {token.lemma.lower()}") if token.upos == "NOUN" else None
    if told is None:
        return None
    if token.lemma.lower() == "target":
        below = {clauses.tokens[c].text.lower() for c in clauses.children[i]}
        if not below & {"no", "not", "never", "n't", "n’t"}:
            return None
        return Clause(i, told, Frame(i, {"obj": matter}, None), (), matter, (), rule=True)
    frame = Frame(i, {"subj": matter}, None)
    return Clause(i, told, frame, matter, phrases(clauses.frame(i), ()), ())


def keeps(clauses: Clauses, i: int) -> bool:
    """Whether a verb only says that a state lasts, a clause of its own ("keep the school open")."""
    if clauses.tokens[i].lemma.lower() not in _LASTING:
        return False
    return any(clauses.tokens[c].text.lower() in _STATES for c in clauses.with_rel(i, "xcomp", "advmod"))
