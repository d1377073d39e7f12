"""Words: every one is where it says it is, and nothing that can be seen is lost."""

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
        ]
    ),
    max_size=60,
).map(" ".join)  # fmt: skip


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer()


@settings(deadline=None)
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


@settings(deadline=None)
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
