"""Whether a speech act is reported as done: negation, modals, conditions and plans above a cue."""

from __future__ import annotations

from saydo.coding.clauses import Clauses
from saydo.coding.reporting import Reporting

_SUBJECTS = ("nsubj", "nsubj:pass", "csubj")
_LATER = frozenset({"later", "subsequently", "eventually", "then", "afterwards"})


def not_said(clauses: Clauses, lexicon: Reporting, i: int, in_quotes: bool) -> str | None:
    """Why nothing was said with the cue ``i``, or None where it is reported as said."""
    if clauses.tokens[i].upos in ("NOUN", "PROPN"):
        return _noun(clauses, lexicon, i)
    if reason := _own_clause(clauses, lexicon, i, in_quotes):
        return reason
    if _question(clauses, i) and not in_quotes:
        return "the cue stands in a question"
    if clauses.tokens[i].deprel.startswith("csubj"):
        return "saying it is what the sentence is about"
    return _above(clauses, lexicon, i, in_quotes)


def _own_clause(clauses: Clauses, lexicon: Reporting, i: int, in_quotes: bool) -> str | None:
    later = any(clauses.tokens[c].lemma.lower() in _LATER for c in clauses.with_rel(i, "advmod"))
    for c in clauses.children[i]:
        child = clauses.tokens[c]
        word = child.lemma.lower()
        if word == "yet" and (
            child.deprel == "cc" or c == 0 or clauses.tokens[c - 1].sentence != child.sentence
        ):
            continue  # "Yet the army promised …": it joins the sentence to the one before
        if child.deprel in ("advmod", "cc", "cc:preconj") and lexicon.has(
            "reporting-negators", word, child.text
        ):
            return f"the cue is negated ({child.text})"
        if child.deprel in _SUBJECTS and _empty(clauses, lexicon, c):
            return f"nobody said it ({child.text})"
        if child.deprel == "aux" and lexicon.has("reporting-modals", word, child.text):
            if later or (in_quotes and word in ("must", "would", "should", "will")):
                continue
            return f"not reported as said ({child.text})"
        if child.deprel in ("mark", "case") and _unreal_mark(clauses, lexicon, i, c):
            return f"not reported as said ({child.text})"
    return None


def _unreal_mark(clauses: Clauses, lexicon: Reporting, i: int, c: int) -> bool:
    """A condition; or, on a gerund, any preposition but those under which it is done ("by saying")."""
    marker = _marker(clauses, c)
    if lexicon.has("reporting-irrealis-marks", marker):
        return True
    gerund = clauses.tokens[i].text.lower().endswith("ing") and not clauses.with_rel(i, "aux", *_SUBJECTS)
    return gerund and not lexicon.has("reporting-gerund-marks", marker)


def _marker(clauses: Clauses, c: int) -> str:
    words = [clauses.tokens[c].text.lower()]
    words += [clauses.tokens[f].text.lower() for f in clauses.with_rel(c, "fixed")]
    return " ".join(words)


def _empty(clauses: Clauses, lexicon: Reporting, c: int) -> bool:
    token = clauses.tokens[c]
    if token.upos in ("PRON", "NOUN", "DET") and lexicon.has("reporting-negators", token.lemma, token.text):
        return True
    return any(
        lexicon.has("reporting-negators", clauses.tokens[d].lemma) or clauses.tokens[d].lemma == "any"
        for d in clauses.with_rel(c, "det", "advmod")
    )


def _question(clauses: Clauses, i: int) -> bool:
    root = i
    for a in clauses.ancestors(i):
        root = a
    last = max(clauses.subtree(root))
    asked = clauses.tokens[last].text == "?" and root == i
    return asked and not any(clauses.tokens[c].text in ("“", "”", '"') for c in clauses.subtree(i))


def _noun(clauses: Clauses, lexicon: Reporting, i: int) -> str | None:
    for c in clauses.with_rel(i, "det", "advmod"):
        if lexicon.has("reporting-negators", clauses.tokens[c].lemma) or clauses.tokens[c].lemma == "any":
            return f"there was none ({clauses.tokens[c].text})"
    head = clauses.tokens[i].head
    if clauses.tokens[i].deprel in ("obj", "nsubj:pass") and clauses.tokens[head].upos == "VERB":
        return _own_clause(clauses, lexicon, head, False) or _above(clauses, lexicon, head, False)
    return None


def _above(clauses: Clauses, lexicon: Reporting, i: int, in_quotes: bool) -> str | None:
    """Looks at what governs an infinitive or gerund of saying, up through coordination."""
    token = clauses.tokens[i]
    rel = token.deprel
    head = token.head
    own_subject = bool(clauses.with_rel(i, *_SUBJECTS))
    if rel == "conj" and not own_subject:
        verb = clauses.tokens[head].upos in ("VERB", "AUX", "ADJ")
        if verb and _shares_marks(clauses, i, head):
            return _inherited(clauses, lexicon, head, in_quotes)
        return None
    marks = {clauses.tokens[m].text.lower() for m in clauses.with_rel(i, "mark")}
    raised = "to" in marks and not own_subject and head < i and head != i
    if rel == "xcomp" or (raised and lexicon.has("reporting-raising-verbs", clauses.tokens[head].lemma)):
        return _governor(clauses, lexicon, head, in_quotes)
    if "to" in marks and not own_subject:
        if rel == "advcl":  # a purpose: "held a press conference to announce"
            return _own_clause(clauses, lexicon, head, in_quotes)
        return "an infinitive: not reported as said"
    if "to" in marks and own_subject and rel != "conj":  # "for anybody to say", "wants them to admit"
        return "an infinitive: not reported as said"
    if rel == "acl" and not own_subject and _own_clause(clauses, lexicon, head, in_quotes):
        return "the cue stands on something negated"
    if rel == "advcl" and not own_subject:
        return _own_negation(clauses, lexicon, head) if marks & {"by"} else None
    return None


def _own_negation(clauses: Clauses, lexicon: Reporting, head: int) -> str | None:
    reason = _own_clause(clauses, lexicon, head, False)
    return reason if reason and "negated" in reason else None


def _shares_marks(clauses: Clauses, i: int, head: int) -> bool:
    """Whether a coordinated verb without subject has no auxiliary of its own and so shares the first's."""
    if clauses.with_rel(i, "aux", "aux:pass", "mark"):
        return False
    first, second = clauses.tokens[head].text.lower(), clauses.tokens[i].text.lower()
    bare = second == clauses.tokens[i].lemma.lower()
    return bare or (first.endswith("ing") and second.endswith("ing"))


def _inherited(clauses: Clauses, lexicon: Reporting, head: int, in_quotes: bool) -> str | None:
    for c in clauses.with_rel(head, "aux"):
        if lexicon.has("reporting-modals", clauses.tokens[c].lemma):
            return f"not reported as said ({clauses.tokens[c].text})"
    return _above(clauses, lexicon, head, in_quotes)


def _governor(clauses: Clauses, lexicon: Reporting, head: int, in_quotes: bool) -> str | None:
    """Under most governors ("refused to", "plans to", "urged him to") nothing has been said yet."""
    lemma = clauses.tokens[head].lemma.lower()
    if lexicon.has("reporting-raising-verbs", lemma):
        return _own_clause(clauses, lexicon, head, in_quotes) or (
            _above(clauses, lexicon, head, in_quotes) if clauses.tokens[head].head != head else None
        )
    if in_quotes and lexicon.has("reporting-polite-verbs", lemma):
        return None
    return f"not reported as said (under “{clauses.tokens[head].text}”)"
