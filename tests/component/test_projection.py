"""A reading laid over the words of another tokenizer."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from saydo.component.projection import Annotation, Word, project
from saydo.model.document import Document
from saydo.model.reading import Reading
from saydo.reading.scripted import scripted_reading

TEXT = "Al-Nur's men won. They left."
READING = scripted_reading(
    Document("d", TEXT),
    """
    1 Al Al PROPN 3 compound
    2 - - PUNCT 1 punct
    3 Nur Nur PROPN 5 nmod:poss
    4 's 's PART 3 case
    5 men man NOUN 6 nsubj
    6 won win VERB 0 root
    7 . . PUNCT 6 punct

    1 They they PRON 2 nsubj
    2 left leave VERB 0 root
    3 . . PUNCT 2 punct
    """,
)


def words(*texts: str, text: str = TEXT) -> list[Word]:
    found, at = [], 0
    for part in texts:
        at = text.index(part, at)
        found.append(Word(at, at + len(part), part))
        at += len(part)
    return found


def laid(*texts: str) -> list[Annotation]:
    given = project(words(*texts), READING)
    assert given is not None
    return given


def test_equal_words_are_annotated_as_they_were_read() -> None:
    given = laid(*(token.text for token in READING.tokens))
    assert [(a.upos, a.lemma, a.head) for a in given] == [(t.upos, t.lemma, t.head) for t in READING.tokens]
    assert [a.deprel for a in given] == [t.deprel.replace("root", "ROOT") for t in READING.tokens]


def test_a_longer_word_takes_the_place_of_the_one_that_governs_in_it() -> None:
    name, men, *_ = laid("Al-Nur's", "men", "won", ".", "They", "left", ".")
    assert name == Annotation("PROPN", "Al-Nur's", 1, "nmod:poss")
    assert men == Annotation("NOUN", "man", 2, "nsubj")


def test_the_parts_of_a_word_hang_on_its_first() -> None:
    given = laid("Al", "-", "Nur", "'s", "men", "w", "on", ".", "The", "y", "left", ".")
    assert given[5] == Annotation("VERB", "win", 5, "ROOT")
    assert given[6] == Annotation("VERB", "on", 5, "goeswith")
    assert given[4].head == 5 and given[7].head == 5


def test_a_word_over_the_end_of_a_sentence_leaves_two_trees() -> None:
    given = laid("Al-Nur's", "men", "won", ". They", "left", ".")
    assert [i for i, a in enumerate(given) if a.head == i] == [2, 4]


def test_white_space_hangs_on_the_word_before_it() -> None:
    given = laid("Al-Nur's", "men", "won", ".", " ", "They", "left", ".")
    assert given[4] == Annotation("SPACE", " ", 3, "dep")


def test_without_words_nothing_is_laid() -> None:
    assert project([], READING) is None
    assert project([Word(0, 1, " ")], Reading(Document("e", " "), (), (), (), (), "none")) is None


@given(st.sets(st.integers(1, len(TEXT) - 1)))
def test_however_the_text_is_cut_each_sentence_is_one_tree(cuts: set[int]) -> None:
    """Heads stay within the words of one sentence, without circles."""
    edges = [0, *sorted(cuts), len(TEXT)]
    cut = [Word(a, b, TEXT[a:b]) for a, b in pairwise(edges)]
    given = project(cut, READING)
    assert given is not None and len(given) == len(cut)
    assert 1 <= sum(a.head == i for i, a in enumerate(given)) <= len(READING.sentences)
    assert all((a.deprel == "ROOT") == (a.head == i) for i, a in enumerate(given))
    for i in range(len(given)):
        for _ in given:
            i = given[i].head
        assert given[i].head == i
