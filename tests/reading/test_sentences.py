"""Sentence ends in news: where they are, and where a full stop is none."""

import pytest

from saydo.reading.sentences import LONGEST, sentences, split
from saydo.reading.tokens import Tokenizer

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
