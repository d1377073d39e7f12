"""Sentence ends in news: where they are, and where a full stop is none."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from saydo.reading.sentences import LONGEST, SURE, inner_sentences, sentences, split, sure_of
from saydo.reading.tokens import Tokenizer, Word

TOKENIZER = Tokenizer()


def parts_of(text: str) -> list[str]:
    return [text[words[0].start : words[-1].end] for _, words in split(text, TOKENIZER.words(text))]


@pytest.mark.parametrize(
    "parts",
    [
        ["The talks failed.", "Shelling went on."],
        ["Gen. Omar R. Haddad met Sgt. Lane at 5 p.m. Monday.", "Both left."],
        ["He flew to the U.S. on Friday.", "Two aides came along."],
        ["The envoy left the U.S.", "The talks went on."],
        ["The U.S. Army denied it."],
        ["Item No. 5 was dropped.", "Was it?", "Nobody knew!"],
        ['"We will not stop," he said.', '"They know that."', "He left."],
        ["“We will not stop!” he said.", "“They know.”", "He left."],
        ["(The ministry did not reply.)", "Later it did."],
        ["It rose by 3.5 percent to 1,200.75 dinars.", "Nobody cheered."],
        ["She waited ... and left.", "Then she came back."],
        ["The firm, Haddad Bros. Inc., closed.", "It owed millions."],
        ["Lived from Jan. 3 to Sept. 9 in Dr. Aziz's house."],
        ["The report cites the study.[17]", "Others doubt it."],
        ["What now?", '"Nothing," she said.'],
    ],
)
def test_sentences_of_a_paragraph(parts: list[str]) -> None:
    assert parts_of(" ".join(parts)) == parts


def test_sentences_without_a_space_between_them() -> None:
    assert parts_of("They are in need.And nobody helps.") == ["They are in need.", "And nobody helps."]


def test_headline_byline_and_list_items_stand_alone() -> None:
    text = "Rebels seize town\nBy Ana Sol\n\nThe town fell.\n- first point\n- second point"
    assert parts_of(text) == [
        "Rebels seize town",
        "By Ana Sol",
        "The town fell.",
        "- first point",
        "- second point",
    ]


def test_hard_wrapped_lines_are_one_sentence() -> None:
    text = (
        "The militia that holds the northern hills said on Monday that it\n"
        "would release all of the drivers whom it had taken in March, and\n"
        "would open the road again to lorries. The provincial council, in\n"
        "a short reply, thanked the elders.\n"
    )
    assert [part[-8:] for part in parts_of(text)] == ["lorries.", " elders."]


def test_a_line_that_goes_on_in_lower_case_is_joined() -> None:
    assert parts_of("The council met in\nthe old fort.") == ["The council met in\nthe old fort."]


def test_a_sentence_without_end_is_cut() -> None:
    """The model sees a bounded window, so a sentence has a bounded number of words."""
    text = "and then " * 5000
    words = TOKENIZER.words(text)
    assert max(b - a for a, b in sentences(words)) <= LONGEST


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("LIMA — Guards closed the gate.", "LIMA —"),
        ("PORT-AU-PRINCE — Guards closed the gate.", "PORT-AU-PRINCE —"),
        ("DILI, East Timor, 3 May (Lusa) -- The ferry sank.", "DILI, East Timor, 3 May (Lusa) --"),
        ("Baidoa, Somalia (Shabelle) – Elders met on Friday.", "Baidoa, Somalia (Shabelle) –"),
        ("Ministers – and there were many – left early.", "Ministers – and there were many – left early."),
        ("NATO-led troops left.", "NATO-led troops left."),
    ],
)
def test_a_dateline_stands_apart_from_the_sentence(text: str, first: str) -> None:
    assert parts_of(text)[0] == first


def ends(words: int, *sure: int, probability: float = 0.999) -> NDArray[np.float32]:
    """``[word, 2]``: the words behind which a sentence is said to end, and how surely."""
    made = np.full(words, 0.02, dtype=np.float32)
    made[list(sure)] = probability
    return np.stack([1 - made, made], axis=1)


def test_a_sentence_is_cut_behind_words_that_surely_end_one() -> None:
    assert inner_sentences(ends(12, 3, 7)) == [(0, 4), (4, 8), (8, 12)]


@pytest.mark.parametrize("probability", [0.5, 0.8, 0.9])
def test_a_sentence_in_which_no_end_is_sure_stays_whole(probability: float) -> None:
    """The rules of punctuation found none there; a guess does not outweigh them."""
    assert inner_sentences(ends(12, 3, 7, probability=probability)) == [(0, 12)]


@pytest.mark.parametrize("words", [1, 2, 3, 5])
def test_a_sentence_too_short_for_two_stays_whole(words: int) -> None:
    assert inner_sentences(ends(words, *range(words))) == [(0, words)]


@pytest.mark.parametrize(
    ("sure", "expected"),
    [
        ((0, 1), [(0, 9)]),
        ((2,), [(0, 3), (3, 9)]),
        ((5,), [(0, 6), (6, 9)]),
        ((6, 7), [(0, 9)]),
        ((2, 4), [(0, 3), (3, 9)]),
        ((8,), [(0, 9)]),
    ],
)
def test_no_piece_has_fewer_than_three_words(sure: tuple[int, ...], expected: list[tuple[int, int]]) -> None:
    """Neither before a cut nor behind it nor between two."""
    assert inner_sentences(ends(9, *sure)) == expected


@given(sure=st.lists(st.floats(0, 1, width=32), min_size=1, max_size=60))
def test_inner_sentences_hold_every_word_in_order(sure: list[float]) -> None:
    made = np.array([[1 - p, p] for p in sure], dtype=np.float32)
    pieces = inner_sentences(made)
    assert [i for a, b in pieces for i in range(a, b)] == list(range(len(sure)))
    assert len(pieces) == 1 or all(b - a >= 3 for a, b in pieces)
    assert all(sure[b - 1] > SURE - 1e-6 for _, b in pieces[:-1])


def test_text_without_capitals_is_cut_at_less_sure_ends() -> None:
    """There the rules of punctuation find next to nothing."""
    unsure = ends(12, 3, 7, probability=0.5)
    lower = sure_of("the ferry sank off batam nobody was hurt port police said".split())
    assert inner_sentences(unsure, lower) == [(0, 4), (4, 8), (8, 12)]
    assert inner_sentences(unsure, sure_of(["The", "ferry", "sank"])) == [(0, 12)]


@pytest.mark.parametrize(
    "parts",
    [
        ["the talks failed.", "shelling went on near tarma.", "nobody was hurt."],
        ["gen. omar r. haddad met sgt. lane at 5 p.m. monday.", "both left."],
        ["item no. 5 was dropped.", "was it?", "nobody knew!"],
        ["the envoy left the u.s.", "the talks went on."],
        ["the u.s. army denied it."],
        ['"we will not stop!" he said.', '"they know that."', "he left."],
        ["the mayor ... did not reply, www.tarma.org wrote."],
    ],
)
def test_text_without_capitals_ends_sentences_at_its_stops(parts: list[str]) -> None:
    """But not at those of abbreviations, of what is shouted, of words left out."""
    assert parts_of(" ".join(parts)) == parts


WORDS = st.sampled_from(
    [
        *"Rain fell . ! ? ... Gen. U.S. a.m. ” “ \" ' ( ) ] ; : , - — Dr. 5 No. and Tarma LIMA [ 17 х 政府 。 ؟".split()
    ]
)


@given(
    words=st.lists(WORDS | st.text(st.characters(exclude_categories=["Z", "C"]), min_size=1), max_size=400)
)
def test_sentences_of_any_words_hold_every_word_in_order(words: list[str]) -> None:
    """Whether the words touch each other or not; none is empty, and none longer than the model can see."""
    for space in (0, 1):
        at, placed = 0, []
        for word in words:
            placed.append(Word(at, at + len(word), word))
            at += len(word) + space
        found = sentences(placed)
        assert [i for a, b in found for i in range(a, b)] == list(range(len(words)))
        assert all(0 < b - a <= LONGEST for a, b in found)


def test_a_long_sentence_is_cut_behind_a_mark() -> None:
    """The last one that the model can still see, and behind the word where there is none in the second half."""
    marked = TOKENIZER.words(" ".join(["salt ,"] * 70 + ["salt"] * 30))
    assert sentences(marked) == [(0, 140), (140, 170)]
    bare = TOKENIZER.words(" ".join(["salt ,"] * 20 + ["salt"] * 200))
    assert sentences(bare) == [(0, LONGEST), (LONGEST, 240)]
