"""Pairs of mentions: which are looked at, and what is taken from their scores."""

from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reader_making import LABELS, told

from saydo.model.reading import MENTION_TYPES, PairReading, ReadMention, Sentence
from saydo.reading import pairs
from saydo.reading.network import PairScores
from saydo.reading.pairs import ACTORS, MOST, candidates


def asked(*sentences: str) -> list[tuple[int, int, int]]:
    reading = told(*sentences)
    return list(candidates(reading.mentions, reading.sentences))


def test_two_actors_of_a_sentence_are_a_pair_in_both_orders() -> None:
    assert asked("[The monks]group fed [the pilgrims]group .") == [(0, 0, 1), (0, 1, 0)]


def test_mentions_of_two_sentences_are_no_pair() -> None:
    """Numbers are those of the document's mentions and sentences."""
    found = asked(
        "[Ida]person* slept .", "Rain fell .", "[Ola]person* met [Per]person* .", "[Eva]person* left ."
    )
    assert found == [(2, 1, 2), (2, 2, 1)]


@pytest.mark.parametrize("kind", MENTION_TYPES)
def test_only_those_who_can_act_are_paired(kind: str) -> None:
    able = kind not in ("weapon", "platform", "money", "quantity")
    assert (kind in ACTORS) is able
    assert bool(asked(f"[The monks]group saw [it]{kind} .")) is able


def test_what_cannot_act_keeps_its_number_among_the_mentions() -> None:
    assert asked("[Nine]quantity [monks]group saw [Ida]person* .") == [(0, 1, 2), (0, 2, 1)]


def test_a_mention_is_no_pair_with_one_that_it_overlaps() -> None:
    """Inside of it, or wrapped around it; both are paired with a third."""
    found = asked("[the abbot/nsubj of [the abbey/nmod]organisation]person met [Ida]person*")
    assert found == [(0, 0, 2), (0, 1, 2), (0, 2, 0), (0, 2, 1)]


def test_mentions_that_touch_are_a_pair() -> None:
    assert asked("[Omani]nationality [monks]group sang .") == [(0, 0, 1), (0, 1, 0)]


def test_no_mention_and_one_mention_make_no_pair() -> None:
    assert asked() == [] == asked("Rain fell .") == asked("[Ida]person* slept .")


@given(
    sentences=st.lists(
        st.lists(st.tuples(st.integers(1, 6), st.sampled_from(["person", "place", "money"])), max_size=9),
        max_size=4,
    )
)
def test_pairs_of_any_sentences_are_bounded_and_the_nearest(sentences: list[list[tuple[int, str]]]) -> None:
    """Mentions of one word each, so many words apart from one another."""
    mentions: list[ReadMention] = []
    placed: list[Sentence] = []
    at = 0
    for number, here in enumerate(sentences):
        first = at
        for gap, kind in here:
            at += gap
            mentions.append(ReadMention(at, at + 1, at, kind, True, 1.0))
        at += 2
        placed.append(Sentence(first, at, first, at, number))
    found = list(candidates(mentions, placed))
    assert found == sorted(set(found))
    kept: dict[int, set[tuple[int, int]]] = defaultdict(set)
    for number, a, b in found:
        kept[number].add((a, b))
    for number, sentence in enumerate(placed):
        able = [
            n
            for n, m in enumerate(mentions)
            if sentence.first <= m.first < sentence.last and m.type in ACTORS
        ]
        all_of = {(a, b) for a in able for b in able if a != b}
        far = {p: abs(mentions[p[0]].head - mentions[p[1]].head) for p in all_of}
        assert len(kept[number]) == min(MOST, len(all_of))
        assert kept[number] <= all_of
        left = all_of - kept[number]
        assert not left or max(far[p] for p in kept[number]) <= min(far[p] for p in left)


def test_the_likeliest_event_and_tie_are_told_with_their_probabilities() -> None:
    scores = PairScores(
        event=np.array([0.2, 0.1, 0.6, 0.1], dtype=np.float32),
        tie=np.array([0.7, 0.05, 0.25], dtype=np.float32),
        relation=np.array([0.5, 0.5], dtype=np.float32),
    )
    assert pairs.told(4, 2, scores, LABELS) == PairReading(4, 2, "ASSAULT", 0.6, 0.2, "rivalry", 0.25, 0.7)
