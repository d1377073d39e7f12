"""Whether what a speaker says of a predicate is that it is not so."""

from __future__ import annotations

from saydo.coding.clauses import Clauses
from saydo.coding.clauses_verbs import NEVERS
from saydo.coding.reporting import Reporting

_NEGATING = ("advmod", "cc", "cc:preconj", "nsubj", "nsubj:pass", "obj", "det", "mark")
_OPEN_PRONOUNS = frozenset({"anyone", "anybody", "whoever"})
_MORE = frozenset(["more", "further", "other", "such", "new"])


def negated(clauses: Clauses, lexicon: Reporting, i: int) -> bool:
    """Whether a predicate is negated by its own words: an odd number of times."""
    count = 0
    for c in clauses.with_rel(i, *_NEGATING):
        token = clauses.tokens[c]
        noun = token.deprel.startswith("nsubj") or token.deprel == "obj"
        empty = noun and (_no(clauses, c) or _no_more(clauses, c))
        only = c + 1 < len(clauses.tokens) and clauses.tokens[c + 1].text.lower() == "only"
        negator = lexicon.has("reporting-negators", token.lemma, token.text)
        if empty or (negator and not only and token.lemma.lower() not in _OPEN_PRONOUNS):
            count += token.lemma.lower() != "yet"
    count += sum(_at_no_time(clauses, c) for c in clauses.children[i])
    return count % 2 == 1


def _no(clauses: Clauses, c: int) -> bool:
    return any(clauses.tokens[d].lemma == "no" for d in clauses.with_rel(c, "det"))


def _no_more(clauses: Clauses, c: int) -> bool:
    """Whether a noun has "no more" or "no further" before it."""
    more = (m for m in clauses.with_rel(c, "amod", "det") if clauses.tokens[m].text.lower() in _MORE)
    return any(m > 0 and clauses.tokens[m - 1].text.lower() == "no" for m in more)


def _at_no_time(clauses: Clauses, c: int) -> bool:
    """Whether a phrase negates its verb: "at no time", "under no circumstances", "by no means"."""
    token, before = clauses.tokens[c], clauses.tokens[max(0, c - 1)]
    return token.lemma.lower() in NEVERS and before.text.lower() == "no"
