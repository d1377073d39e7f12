"""How sure a discrepancy is: the probability that an analyst would keep it, from facts of the pair.

A logistic function of the weights in ``weights/discrepancies.yaml``, which ``lab/sureness.py`` fits to pairs
that were read one by one. Coding (discrepancies that a report flags) and weighing (those inferred) both ask
here; they may not import each other.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from saydo.codebook.entries import Codebook
from saydo.model.citations import cited
from saydo.model.ids import fold
from saydo.model.inference import INFERRED
from saydo.model.records import Discrepancy, Pole

_ENTRY = "discrepancies"
_STRENGTH_AT = 0.7
"""The strength of a match about which it is told how much more or less another has."""
_SHORT = 4
"""Letters up to which words are left out where the words of both sides are compared."""
_MANY = 6
_OWN = 2.0
"""What the rule counts beside other facts, which are not to be blamed for the rules they mostly come with."""


def judged(found: Discrepancy, codebook: Codebook, publishers: Mapping[str, str | None]) -> Discrepancy:
    """A discrepancy with its probability as score, and marked for review where that is low or only
    inference tells it.

    ``found.score`` is the strength of the match as the rule gives it; ``publishers`` names the publishers of
    reports by document id. Unchanged where the codebook holds no weights.
    """
    entry = codebook.weights.get(_ENTRY)
    if entry is None:
        return found
    total = sum(entry.weights.get(name, 0.0) * value for name, value in facts(found, publishers).items())
    probability = round(1 / (1 + math.exp(-total)), 3)
    review = probability < (entry.threshold or 0.0) or found.rule.endswith(INFERRED)
    return found.model_copy(update={"score": probability, "needs_review": review})


def kept(found: Discrepancy, codebook: Codebook) -> bool:
    """Whether a judged discrepancy is likely enough to be shown at all."""
    entry = codebook.weights.get(_ENTRY)
    return entry is None or found.score >= (entry.least or 0.0)


def facts(found: Discrepancy, publishers: Mapping[str, str | None]) -> dict[str, float]:
    """What speaks for or against a pair, by name; read off the discrepancy itself, so that one rebuilt from
    its explanation gets the same."""
    documents = {found.statement.document, *(p.document for p in found.against)}
    names = {publishers.get(d) for d in documents}
    told = {
        "any": 1.0,
        f"basis {found.basis}": 1.0,
        f"kind {found.kind}": 1.0,
        f"rule {found.rule}": _OWN,
        "words shared": max(_shared(found.statement, p) for p in found.against),
        "more than one against": float(len(found.against) > 1),
        "speaker unknown": float(found.speaker is None),
        "steps between actors": float(min(3, _steps(found))),
        "long passages": float(min(len(found.statement.quote or ""), _longest(found)) > 300),
        "other report": float(len(documents) > 1),
        "other publisher": float(len(documents) > 1 and len(names - {None}) > 1),
    }
    if found.basis == "inferred":
        told["strength"] = 5 * (found.score - _STRENGTH_AT)
    return {name: value for name, value in told.items() if value}


def _longest(found: Discrepancy) -> int:
    return max(len(p.quote or "") for p in found.against)


def _steps(found: Discrepancy) -> int:
    """How many ties the explanation needs beside what the two sides say."""
    poles = {(p.document, p.id) for p in (found.statement, *found.against)}
    return sum(
        id.startswith("t") and (document, id) not in poles for document, id in cited(found.explanation)
    )


def _shared(one: Pole, other: Pole) -> float:
    """The share of the shorter side's words that the other has too, 1 for one and the same sentence."""
    a, b = _words(one), _words(other)
    return min(1.0, len(a & b) / max(1, min(len(a), len(b), _MANY)))


def _words(pole: Pole) -> frozenset[str]:
    return frozenset(w for w in re.split(r"\s+", fold(pole.quote or "")) if len(w) > _SHORT)
