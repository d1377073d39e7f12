"""Words: every one is where it says it is, and nothing that can be seen is lost."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saydo.reading.sentences import split
from saydo.reading.tokens import Tokenizer

ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=()), max_size=200)
NEWSY = st.lists(
    st.sampled_from(
        [
            *("The U.S. Gen. Allen said . don't a.m. al-Qaida 5 % ( ) “ ”".split()),
            *('"', "\n", "\n\n", "\x00", "\ud800", "\u200b", "👩‍🚀", "سلام", " ", "\t", "\r\n", "\u2028"),
            *("\x0b", "\x0c", "\x1c", "\x1f", "\x85", "\xa0", "\u3000", "\u200d\u200c", "\ufeff", "\u2060", "a\u00adb"),
            *("政府宣布。", "กองทัพบก", "наводнение,", "이장군은", "עזה־", "e\u0301t\u0301", "अमन", "\udfff\ud83d", "𝔘𝔫", "\U0010ffff"),
        ]
    ),
    max_size=60,
).map(" ".join)  # fmt: skip


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer()


@given(text=ANY_TEXT | NEWSY)
def test_offsets_hold_for_any_text(tokenizer: Tokenizer, text: str) -> None:
    """A word's offsets give back the word, words are in order, and no character but space is left out."""
    words = tokenizer.words(text)
    at = 0
    for word in words:
        assert text[word.start : word.end] == word.text
        assert word.text and not any(character.isspace() for character in word.text)
        assert text[at : word.start].strip() == ""
        at = word.end
    assert text[at:].strip() == ""


@given(text=ANY_TEXT | NEWSY)
def test_sentences_part_the_words_of_any_text(tokenizer: Tokenizer, text: str) -> None:
    """Sentences hold every word exactly once, in order, and none is empty."""
    words = tokenizer.words(text)
    assert [word for _, part in split(text, words) for word in part] == words
    assert all(part for _, part in split(text, words))


def test_contractions_and_hyphens_are_split_as_the_treebanks_do(tokenizer: Tokenizer) -> None:
    words = [w.text for w in tokenizer.words("They can't name al-Qaida's leader.")]
    assert words == ["They", "ca", "n't", "name", "al", "-", "Qaida", "'s", "leader", "."]


def test_a_very_long_text_without_spaces_is_read(tokenizer: Tokenizer) -> None:
    text = "x" * 250_000
    assert "".join(w.text for w in tokenizer.words(text)) == text


PIECE = st.lists(
    st.sampled_from(
        [
            "Ada's",
            "a.m.",
            "“No”,",
            "x" * 70,
            "\n",
            "\r\n",
            "\u2028",
            "政府",
            "\ud800",
            "co-op",
            "\u200b",
            "5%",
            "(",
            "U.S.",
        ]
    ),
    min_size=20,
    max_size=40,
).map(" ".join)


@settings(max_examples=8)
@given(piece=PIECE, before=st.integers(99_600, 99_999))
def test_where_a_long_text_is_cut_changes_no_word(tokenizer: Tokenizer, piece: str, before: int) -> None:
    """The tokenizer takes 100,000 characters at a time; the piece lies across that border."""
    filler = "salt " * (before // 5)
    words = tokenizer.words(filler + piece + " " + filler)
    whole = [w._replace(start=w.start + len(filler), end=w.end + len(filler)) for w in tokenizer.words(piece)]
    first, last = before // 5, before // 5 + len(whole)
    assert words[first:last] == whole
    assert {w.text for w in (*words[:first], *words[last:])} == {"salt"}
    assert len(words) == len(whole) + 2 * first


@pytest.mark.parametrize("unit", ["\n", "\x1c", "\u2028", "\u3000", "政府", "\ud83d", "\u200b", "é\u0301"])
def test_a_very_long_text_of_any_character_keeps_its_offsets(tokenizer: Tokenizer, unit: str) -> None:
    """Words of seven letters with it between them, and no space at which the text could be cut."""
    text = f"Khartum{unit}" * (120_000 // (7 + len(unit)))
    words = tokenizer.words(text)
    assert all(text[w.start : w.end] == w.text for w in words)
    assert "".join(w.text for w in words) == "".join(text.split())
    assert all(a.end <= b.start for a, b in pairwise(words))
