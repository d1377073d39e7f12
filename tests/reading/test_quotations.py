"""Quotations that outgrow their sentence: whose words they are, and where they end."""

from saydo.model.document import Document
from saydo.model.reading import Attribution
from saydo.reading.quotations import extended, quotations
from saydo.reading.scripted import scripted_reading


def script(text: str) -> str:
    """A flat script of a text whose words stand apart by spaces; a bar ends a sentence, two a paragraph."""
    lines: list[str] = []
    number = 0
    for word in text.split():
        if word in ("|", "||"):
            lines += ["", *(["# newpar"] if word == "||" else [])]
            number = 0
            continue
        number += 1
        lines.append(f"{number} {word} {word} X {number - 1} {'dep' if number > 1 else 'root'}")
    return "\n".join(lines)


def contents(text: str, source: tuple[int, int], cue: tuple[int, int], content: tuple[int, int]) -> list[str]:
    plain = " ".join(word for word in text.split() if word not in ("|", "||"))
    reading = scripted_reading(Document("d", plain), script(text))
    told = Attribution((source,), (cue,), (content,), 0.9)
    (grown,) = extended([told], reading.tokens, reading.sentences)
    words = [t.text for t in reading.tokens]
    assert grown.source == told.source and grown.cue == told.cue
    return [" ".join(words[a:b]) for a, b in grown.content]


def test_an_open_quotation_goes_on_to_its_closing_mark() -> None:
    found = contents("Sol said : “ We left . | Nobody stayed . ” | It rained .", (0, 1), (1, 2), (3, 7))
    assert found == ["“ We left . Nobody stayed . ”"]


def test_a_quotation_that_began_earlier_belongs_to_the_cue_at_its_end() -> None:
    found = contents("“ We left . | Nobody stayed , ” Sol said .", (8, 9), (9, 10), (4, 8))
    assert found == ["“ We left . Nobody stayed , ”"]


def test_a_quoted_sentence_after_an_attributed_quotation_has_the_same_speaker() -> None:
    found = contents('" Good , " Sol said . | " Very good . " | It rained .', (4, 5), (5, 6), (0, 4))
    assert found == ['" Good , "', '" Very good . "']


def test_a_quoted_sentence_in_another_paragraph_is_left_alone() -> None:
    found = contents('" Good , " Sol said . || " Very good . "', (4, 5), (5, 6), (0, 4))
    assert found == ['" Good , "']


def test_a_quotation_over_paragraphs_that_open_anew() -> None:
    found = contents("Sol said : “ We left . || “ Nobody stayed . ” | It rained .", (0, 1), (1, 2), (3, 7))
    assert found == ["“ We left . “ Nobody stayed . ”"]


def test_a_mark_that_never_closes_ends_with_its_paragraph() -> None:
    found = contents("Sol said : “ We left . || It rained . | Nobody stayed .", (0, 1), (1, 2), (3, 7))
    assert found == ["“ We left ."]


def test_a_speaker_inside_the_quotation_keeps_his_own_words() -> None:
    found = contents("“ Ana thinks it rains . | Nobody knows . ”", (1, 2), (2, 3), (3, 5))
    assert found == ["it rains"]


def test_straight_marks_are_paired_within_a_paragraph() -> None:
    text = '" a " b " c || " d "'
    reading = scripted_reading(Document("d", '" a " b " c " d "'), script(text))
    assert quotations(reading.tokens, reading.sentences) == [(0, 3), (4, 9)]
