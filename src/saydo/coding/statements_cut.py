"""Speakers that a comma cuts off from what they say, and that the parser hung elsewhere."""

from __future__ import annotations

from saydo.coding.match import Scene

_HUNG = ("acl:relcl", "acl", "conj", "advcl", "appos", "ccomp")
_HOLDING = ("ccomp", "xcomp", "obj", "mark", "cc", "aux")
"""What a verb of saying has that holds its own content, or is not cut off."""
_LINKING = frozenset({"who", "which", "that", "whose", "whom", "where", "when", "and", "but", "or"})


def cut_off(scene: Scene, i: int) -> int | None:
    """The main clause before a comma, a subject and a verb of saying (``i``) that end the sentence, wherever
    the parser hung them: "they would be paid by 30 June, the company undertook"."""
    clauses, tokens = scene.clauses, scene.clauses.tokens
    subjects = clauses.with_rel(i, "nsubj")
    if tokens[i].deprel not in _HUNG or not subjects or subjects[0] > i or clauses.with_rel(i, *_HOLDING):
        return None
    first = min(clauses.subtree(subjects[0]))
    if first == 0 or tokens[first - 1].text not in (",", "”", '"') or tokens[first].text.lower() in _LINKING:
        return None
    below = set(clauses.subtree(i))
    last = scene.linked.reading.sentences[tokens[i].sentence].last
    if any(k not in below and tokens[k].upos != "PUNCT" for k in range(i, last)):
        return None
    top = i
    for above in clauses.ancestors(i):
        top = above
    return top if top < first else None
