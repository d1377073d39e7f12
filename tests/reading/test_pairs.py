"""Pairs of mentions: which are looked at, and what is taken from their scores."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reader_making import LABELS

from saydo.model.document import Document
from saydo.model.reading import MENTION_TYPES, PairReading, Reading, Trigger
from saydo.reading import pairs
from saydo.reading.network import PairScores
from saydo.reading.pairs import ACTORS, ASKED, candidates
from saydo.reading.scripted import scripted_reading


def told(*sentences: str) -> Reading:
    """A reading of sentences of ``word/relation/head`` (heads counted from 1, 0 for the root) in which mentions
    stand in brackets with their type behind: ``[Ida/nsubj/2]person met/root/0 [Ola/obj/2]person``. A mention's
    head is its first word whose head lies outside."""
    texts, lines = [], []
    for sentence in sentences:
        words: list[list[str]] = []
        opened: list[int] = []
        closed: list[tuple[int, int, str]] = []
        for piece in sentence.split():
            bare = piece.lstrip("[")
            opened += [len(words)] * (len(piece) - len(bare))
            whole, *kinds = bare.split("]")
            words.append(whole.split("/"))
            closed += [(opened.pop(), len(words), kind) for kind in kinds]
        lines += [
            f"{n} {word} {word} X {head} {relation}" for n, (word, relation, head) in enumerate(words, 1)
        ]
        for first, last, kind in closed:
            inside = range(first + 1, last + 1)
            head = next(n for n in inside if int(words[n - 1][2]) not in inside)
            lines.append(f"# mention {first + 1}-{last} {kind} named head={head}")
        lines.append("")
        texts += [word for word, _, _ in words]
    return scripted_reading(Document("d", " ".join(texts)), "\n".join(lines))


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
        "[The/det/2 monks/nsubj/3]group fed/root/0 [the/det/5 pilgrims/obj/3]group", "fed"
    )


def test_without_a_word_that_may_tell_of_an_event_no_pair_is_looked_at() -> None:
    assert asked("[The/det/2 monks/nsubj/3]group fed/root/0 [the/det/5 pilgrims/obj/3]group") == []


def test_mentions_of_two_sentences_are_no_pair() -> None:
    """Numbers are those of the document's mentions and sentences."""
    reading = told("[Ida/nsubj/2]person slept/root/0", "[Ola/nsubj/2]person met/root/0 [Per/obj/2]person")
    found = candidates(reading.tokens, reading.mentions, reading.sentences, sure(reading, "slept", "met"))
    assert found and {number for number, _, _ in found} == {1} and {a for _, a, _ in found} <= {1, 2}


@pytest.mark.parametrize("kind", MENTION_TYPES)
def test_only_those_who_can_act_are_paired(kind: str) -> None:
    able = kind not in ("weapon", "platform", "money", "quantity")
    assert (kind in ACTORS) is able
    assert bool(asked(f"[Monks/nsubj/2]group saw/root/0 [it/obj/2]{kind}", "saw")) is able


def test_a_doubtful_word_is_asked_of_fewer_pairs_than_a_sure_one() -> None:
    text = "[Ida/nsubj/2]person met/root/0 [Ola/obj/2]person [Per/obl/2]person [Eva/obl/2]person [Jo/obl/2]person"
    assert len(asked(text, "met", score=0.11)) == 1
    assert len(asked(text, "met", score=0.3)) == 2
    assert len(asked(text, "met", score=0.9)) == ASKED[0][1]


def test_a_mention_is_no_pair_with_itself_or_with_one_that_it_overlaps() -> None:
    found = asked(
        "[Abbots/nsubj/4 of/case/3 [Ely/nmod/1]organisation]person met/root/0 [Ida/obj/4]person", "met"
    )
    assert ("Abbots of Ely", "Ida") in found
    assert not {("Abbots of Ely", "Ely"), ("Ely", "Abbots of Ely")} & set(found)
    assert all(a != b for a, b in found)


@given(
    kinds=st.lists(st.sampled_from(["nsubj", "obj", "obl", "nmod", "conj", "appos"]), max_size=7),
    score=st.sampled_from([0.1, 0.25, 0.7]),
)
def test_pairs_of_any_sentence_are_few_and_of_its_own_mentions(kinds: list[str], score: float) -> None:
    words = " ".join(f"[N{n}/{kind}/{len(kinds) + 1}]group" for n, kind in enumerate(kinds))
    reading = told(f"{words} struck/root/0")
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
    # that there is no tie is what both heads of ties say on the mean; of rivalry only one knows here
    assert pairs.told(4, 2, scores, LABELS) == PairReading(4, 2, "ASSAULT", 0.6, 0.2, "rivalry", 0.25, 0.6)


def test_two_heads_tell_of_ties_and_share_out_what_only_one_tells_apart() -> None:
    labels = replace(
        LABELS,
        tie=("none", "command", "leadership", "rivalry"),
        relation=("none", "InChargeOf", "FightingAgainst"),
    )
    scores = PairScores(
        event=np.array([1, 0, 0, 0], dtype=np.float32),
        tie=np.array([0.4, 0.1, 0.3, 0.2], dtype=np.float32),
        relation=np.array([0.2, 0.8, 0.0], dtype=np.float32),
    )
    found = pairs.told(0, 1, scores, labels)
    assert (found.tie, found.tie_score, found.no_tie) == (
        "leadership",
        pytest.approx(0.45),
        pytest.approx(0.3),
    )
