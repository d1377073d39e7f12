"""Pairs of mentions: which are looked at, and what is taken from their scores."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reader_making import LABELS, told

from saydo.model.reading import MENTION_TYPES, PairReading, Reading, Trigger
from saydo.reading import pairs
from saydo.reading.network import PairScores
from saydo.reading.pairs import ACTORS, ASKED, candidates


def sure(reading: Reading, *words: str, score: float = 0.9) -> list[Trigger]:
    """The named words as triggers."""
    return [Trigger(t.i, "ASSAULT", "actual", "positive", score) for t in reading.tokens if t.text in words]


def asked(text: str, *triggers: str, score: float = 0.9) -> list[tuple[str, str]]:
    """The pairs of a sentence that are looked at, as the words of their mentions."""
    reading = told(text)
    found = candidates(
        reading.tokens, reading.mentions, reading.sentences, sure(reading, *triggers, score=score)
    )
    names = [" ".join(t.text for t in reading.tokens[m.first : m.last]) for m in reading.mentions]
    return [(names[a], names[b]) for _, a, b in found]


def test_who_stands_before_a_verb_may_do_it_to_who_stands_behind() -> None:
    assert ("The monks", "the pilgrims") in asked(
        "[The monks/nsubj]group fed/root [the pilgrims/obj]group", "fed"
    )


def test_without_a_word_that_may_tell_of_an_event_no_pair_is_looked_at() -> None:
    assert asked("[The monks/nsubj]group fed/root [the pilgrims/obj]group") == []


def test_mentions_of_two_sentences_are_no_pair() -> None:
    """Numbers are those of the document's mentions and sentences."""
    reading = told("[Ida/nsubj]person* slept/root", "[Ola/nsubj]person* met/root [Per/obj]person*")
    found = candidates(reading.tokens, reading.mentions, reading.sentences, sure(reading, "slept", "met"))
    assert found and {number for number, _, _ in found} == {1} and {a for _, a, _ in found} <= {1, 2}


@pytest.mark.parametrize("kind", MENTION_TYPES)
def test_only_those_who_can_act_are_paired(kind: str) -> None:
    able = kind not in ("weapon", "platform", "money", "quantity")
    assert (kind in ACTORS) is able
    assert bool(asked(f"[The monks/nsubj]group saw/root [it/obj]{kind}", "saw")) is able


def test_a_doubtful_word_is_asked_of_fewer_pairs_than_a_sure_one() -> None:
    text = "[Ida/nsubj]person* met/root [Ola/obj]person* [Per/obl]person* [Eva/obl]person*"
    assert len(asked(text, "met", score=0.11)) == 1
    assert len(asked(text, "met", score=0.3)) == 2
    assert len(asked(text, "met", score=0.9)) == ASKED[0][1]


def test_a_mention_is_no_pair_with_itself_or_with_one_that_it_overlaps() -> None:
    found = asked("[the abbot/nsubj of [the abbey/nmod]organisation]person met/root [Ida/obj]person*", "met")
    assert found and all(a != b for a, b in found)
    assert ("the abbot of the abbey", "the abbey") not in found


@given(
    kinds=st.lists(st.sampled_from(["nsubj", "obj", "obl", "nmod", "conj", "appos"]), max_size=7),
    score=st.sampled_from([0.1, 0.25, 0.7]),
)
def test_pairs_of_any_sentence_are_few_and_of_its_own_mentions(kinds: list[str], score: float) -> None:
    words = " ".join(f"[N{n}/{kind}]group*" for n, kind in enumerate(kinds))
    reading = told(f"{words} struck/root")
    found = candidates(
        reading.tokens, reading.mentions, reading.sentences, sure(reading, "struck", score=score)
    )
    assert found == sorted(set(found))
    assert len(found) <= next(most for least, most in ASKED if score >= least)
    assert all(a != b and {a, b} <= set(range(len(reading.mentions))) for _, a, b in found)


def test_the_likeliest_event_and_tie_are_told_with_their_probabilities() -> None:
    scores = PairScores(
        event=np.array([0.2, 0.1, 0.6, 0.1], dtype=np.float32),
        tie=np.array([0.7, 0.05, 0.25], dtype=np.float32),
        relation=np.array([0.5, 0.5], dtype=np.float32),
    )
    assert pairs.told(4, 2, scores, LABELS) == PairReading(4, 2, "ASSAULT", 0.6, 0.2, "rivalry", 0.25, 0.7)
