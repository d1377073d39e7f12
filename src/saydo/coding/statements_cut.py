"""Speakers that a comma cuts off from what they say, and that the parser hung elsewhere."""

from __future__ import annotations

from saydo.coding.match import Scene

_HUNG = ("acl:relcl", "acl", "conj", "advcl", "appos", "ccomp")
_HOLDING = ("ccomp", "xcomp", "obj", "mark", "cc", "aux")
"""What a verb of saying has that holds its own content, or is not cut off."""
_NO_NOUN = ("ADP", "SCONJ", "CCONJ", "VERB")
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


def taken_in(scene: Scene, i: int) -> tuple[int, ...]:
    """The noun phrase between a comma and a verb of saying (``i``) without a subject, which the parser hung
    on a noun of what is said: "the party has cut its links with the *Green Shirts*, *its secretary, Jan Ody*,
    assured diplomats". Its head, then its words; empty where there is none."""
    clauses, tokens = scene.clauses, scene.clauses.tokens
    if clauses.with_rel(i, "nsubj", "nsubj:pass", "aux:pass", "mark", "cc") or tokens[i].deprel != "root":
        return ()
    last = i - 1
    while last > 0 and tokens[last].upos == "PUNCT":
        last -= 1
    found: tuple[int, ...] = ()
    for head in (last, *clauses.ancestors(last)):
        words = [t for t in clauses.subtree(head) if tokens[t].upos != "PUNCT"]
        first = min(words)
        if tokens[head].upos not in ("NOUN", "PROPN", "PRON") or max(words) != last:
            break
        if first > 0 and tokens[first - 1].text in (",", "”", '"') and tokens[first].upos not in _NO_NOUN:
            found = (head, *words)
    return found
