"""The inference that comes with the package, on passages of our own."""

from __future__ import annotations

import pytest

from saydo.reading.inference import MOST_PIECES, PassageInference

pytestmark = pytest.mark.model

SAID = "The harbour board will not raise berth fees before 1990, its chairman promised the crabbers."
PASSAGES = (
    "Crabbers paid forty pounds more for a berth in June 1988, receipts of the harbour board show.",
    "The harbour board left berth fees as they were in 1988 and in 1989, crabbers confirmed.",
    "Crabbers asked the harbour board for a second crane.",
    "A new lighthouse keeper was sworn in at Skerry.",
)


@pytest.fixture(scope="module")
def inference() -> PassageInference:
    return PassageInference()


def test_what_breaks_a_promise_is_told_from_what_keeps_it_and_from_the_rest(
    inference: PassageInference,
) -> None:
    broken, kept, asked, other = inference.labels([(SAID, passage) for passage in PASSAGES])
    assert broken.against > 0.5 > broken.kept
    assert kept.kept > kept.against
    assert asked.neither > 0.5
    assert other.neither > 0.9
    assert broken.against > max(kept.against, asked.against, other.against)


def test_the_labels_are_probabilities(inference: PassageInference) -> None:
    for label in inference.labels([(SAID, passage) for passage in PASSAGES]):
        assert sum(label[:3]) == pytest.approx(1, abs=1e-3)
        assert all(0 <= p <= 1 for p in label[:3])


def test_a_pair_is_read_the_same_in_whatever_company(inference: PassageInference) -> None:
    pairs = [(said, passage) for said in (SAID, *PASSAGES) for passage in (*PASSAGES, SAID * 2)]
    together = inference.labels(pairs)
    assert [inference.labels([pair])[0] for pair in pairs] == together
    assert inference.labels(pairs[::-1]) == together[::-1]


def test_texts_of_any_length_are_read(inference: PassageInference) -> None:
    """The longer one is cut, so that the shorter is read whole."""
    long = "The fees were raised again. " * MOST_PIECES
    whole, empty = inference.labels([(SAID, long), ("", "")])
    assert sum(whole[:3]) == pytest.approx(1, abs=1e-3)
    assert sum(empty[:3]) == pytest.approx(1, abs=1e-3)
    assert inference.labels([]) == []


@pytest.mark.parametrize(
    ("kind", "said", "passage"),
    [
        (
            "commitment",
            "The harbour board promised to dismiss no pilot before May.",
            "Nine pilots were dismissed.",
        ),
        ("denial", "The clinic denied that it had sold vaccines.", "Its nurse sold vaccines at the gate."),
        ("position", "Senator Rhee opposes the canal bill.", "Rhee voted for the canal bill."),
        ("tie", "The Reed Column takes no orders from Minister Obi.", "Obi commands the Reed Column."),
        ("account", "Four miners died in the blast, the owner said.", "Thirty miners died in the blast."),
    ],
)
def test_what_a_passage_would_make_of_it_is_told(
    inference: PassageInference, kind: str, said: str, passage: str
) -> None:
    assert inference.labels([(said, passage)])[0].kind == kind
