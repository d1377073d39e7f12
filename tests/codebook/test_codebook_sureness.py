"""How sure a discrepancy is: a probability from facts of the pair, and a mark where a person should look."""

from __future__ import annotations

import pytest

from saydo.codebook import load
from saydo.codebook.sureness import facts, judged, kept
from saydo.model.records import Discrepancy, Pole

BOOK = load()
PUBLISHERS = {"a": "Gulf Courier", "b": "Hill Radio"}


def pair(score: float = 0.8, **more: object) -> Discrepancy:
    given: dict[str, object] = {
        "id": "d-1",
        "kind": "denial",
        "speaker": "navy",
        "statement": Pole(document="a", id="s0", quote="The navy denied firing on the trawler."),
        "against": (Pole(document="b", id="e0", quote="The navy fired on the trawler, its skipper said."),),
        "basis": "inferred",
        "explanation": "The navy denied it (a/s0, a/e1); it did so (b/e0).",
        "rule": "denial.denied",
        "score": score,
    }
    return Discrepancy(**{**given, **more})


def test_the_score_becomes_a_probability_that_rises_with_the_match() -> None:
    weak, strong = judged(pair(0.5), BOOK, PUBLISHERS), judged(pair(0.95), BOOK, PUBLISHERS)
    assert 0 < weak.score < strong.score < 1


def test_what_is_unsure_needs_review_and_what_is_hopeless_is_left_out() -> None:
    entry = BOOK.weights["discrepancies"]
    assert entry.threshold is not None and entry.least is not None and entry.least < entry.threshold

    def with_total(total: float) -> Discrepancy:
        weights = entry.model_copy(update={"weights": {"any": total}})
        book = BOOK.model_copy(update={"weights": {**BOOK.weights, "discrepancies": weights}})
        return judged(pair(), book, PUBLISHERS)

    assert not with_total(3.0).needs_review
    assert with_total(-0.5).needs_review and kept(with_total(-0.5), BOOK)
    assert not kept(with_total(-4.0), BOOK)


def test_without_weights_the_strength_of_the_match_stays() -> None:
    bare = BOOK.model_copy(update={"weights": {}})
    assert judged(pair(), bare, PUBLISHERS) == pair()
    assert kept(pair(0.01), bare)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("other publisher", {"a": "Gulf Courier", "b": "Gulf Courier"}),
        ("other publisher", {}),
    ],
)
def test_independence_is_known_publishers_that_differ(name: str, other: dict[str, str | None]) -> None:
    assert facts(pair(), PUBLISHERS)[name] == 1.0
    assert name not in facts(pair(), other)


def test_each_further_tie_between_the_actors_is_a_step() -> None:
    far = pair(explanation="The navy denied it (a/s0, a/e1); its flotilla (a/t1, b/t2) did so (b/e0).")
    assert "steps between actors" not in facts(pair(), PUBLISHERS)
    assert facts(far, PUBLISHERS)["steps between actors"] == 2.0
