"""Whose words they are, through what, to whom, and what stands inside them: with the real reader."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from saydo.codebook import load
from saydo.coding import Coded, code
from saydo.linking import link
from saydo.model.document import Document
from saydo.model.linked import LinkedReading
from saydo.model.records import Event, Statement
from saydo.reading import load_reader

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def coded() -> Callable[[str], tuple[LinkedReading, Coded]]:
    reader, codebook = load_reader(), load()

    def run(text: str) -> tuple[LinkedReading, Coded]:
        reading = link(reader.read(Document(id="d", text=text, date="2012-06-15")), codebook)
        return reading, code(reading, codebook)

    return run


def words(text: str, spans: tuple[tuple[int, int], ...]) -> list[str]:
    return [text[a:b] for a, b in spans]


def by_cue(text: str, found: Coded, cue: str) -> Statement:
    """The statement whose cue holds a word."""
    return next(s for s in found.statements if cue in " ".join(words(text, s.cue)))


def of_type(found: Coded, kind: str) -> list[Event]:
    return [e for e in found.events if e.type == kind]


def mentioned(reading: LinkedReading, ids: tuple[str, ...]) -> list[str]:
    tokens, text = reading.reading.tokens, reading.reading.document.text
    spans = {m.id: text[tokens[m.first].start : tokens[m.last - 1].end] for m in reading.mentions}
    return [spans[i] for i in ids]


# --- what counts ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("A survey shows that most herders have lost their land.", "A survey", "shows", "lost their land"),
        ("Investigators believe the arson was planned in Lyon.", "Investigators", "believe", "was planned"),
        (
            "The tunnel cost the city a decade, in the view of Ingrid Solheim, who leads the tenants.",
            "Ingrid Solheim",
            "view",
            "cost the city a decade",
        ),
        (
            "In the opinion of the harbour pilots, the mole had been badly built.",
            "the harbour pilots",
            "opinion",
            "badly",
        ),
        (
            "The audit found that two ministers had hidden the loans.",
            "The audit",
            "found",
            "hidden the loans",
        ),
        ("Critics have also mocked the plan as a gift to the clan.", "Critics", "also mocked", "the plan"),
    ],
)
def test_what_the_reader_takes_for_somebodys_view_is_a_statement(text, source, cue, content, coded) -> None:
    """Also where the codebook has no such cue, or its source is a paper and no person."""
    _, found = coded(text)
    (statement,) = found.statements
    assert words(text, statement.source) == [source]
    assert cue in words(text, statement.cue)[0]
    assert content in " ".join(words(text, statement.content))


def test_the_cue_has_its_auxiliaries_and_adverbs(coded) -> None:
    text = "The harbour office has repeatedly said that the pier is safe."
    _, found = coded(text)
    assert words(text, by_cue(text, found, "said").cue) == ["has repeatedly said"]


@pytest.mark.parametrize(
    "text",
    [
        "The photograph shows a bridge in ruins.",
        "Villagers hope that the well will be repaired.",
        "The bishop is expected to speak tonight.",
        "It would be wrong for any minister to say that the dam is safe.",
    ],
)
def test_pictures_hopes_expectations_and_mere_possibilities_say_nothing(text, coded) -> None:
    _, found = coded(text)
    assert found.statements == ()


def test_what_is_withheld_has_its_reason_in_the_notes(coded) -> None:
    text = "Nobody has claimed responsibility for the raid on the depot."
    _, found = coded(text)
    assert found.statements == ()
    assert any("nobody" in n.reason.lower() and n.about.startswith("statement") for n in found.notes)


# --- who --------------------------------------------------------------------------------------------------


def test_who_is_quoted_speaks_and_not_who_quotes(coded) -> None:
    text = "The ministry quoted fishermen as saying that soldiers had shelled their village."
    _, found = coded(text)
    assert words(text, by_cue(text, found, "saying").source) == ["fishermen"]
    (shelling,) = of_type(found, "ASSAULT")
    assert shelling.attributed_to == by_cue(text, found, "saying").id


def test_who_stands_for_the_noun_before_it(coded) -> None:
    text = "Governor Hana Osei, who has denied taking bribes, said she would publish the accounts."
    reading, found = coded(text)
    denial, pledge = by_cue(text, found, "denied"), by_cue(text, found, "said")
    assert (denial.kind, pledge.kind) == ("denial", "pledge")
    actors = {m.id: m.actor for m in reading.mentions}
    assert denial.source_mention is not None and pledge.source_mention is not None
    assert actors[denial.source_mention] == actors[pledge.source_mention] is not None


def test_an_officer_means_his_own_side_by_the_army(coded) -> None:
    threat = "General Osman Bey said the army would retaliate."
    other = "Professor Osman Bey said the army would retaliate."
    assert [s.kind for s in coded(threat)[1].statements] == ["threat"]
    assert [s.kind for s in coded(other)[1].statements] == ["prediction"]


def test_a_rebel_spokesman_does_not_speak_for_the_government(coded) -> None:
    text = "“The government has betrayed its promise,” a rebel spokesman said."
    assert [s.kind for s in coded(text)[1].statements] == ["accusation"]


# --- through what and to whom ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "medium"),
    [
        ("The mayor said on local radio that the school was open.", "local radio"),
        ("A caller told a television station that the bomb was theirs.", "television station"),
        ("The party said in a leaflet that the price was too high.", "leaflet"),
        ("The envoy commented on a report that the camp had burned.", None),
        ("The ministry condemned the attack on a petrol station.", None),
    ],
)
def test_a_medium_is_what_words_are_said_in_not_what_they_are_about(text, medium, coded) -> None:
    _, found = coded(text)
    assert {s.medium for s in found.statements} == {medium}


def test_a_letter_goes_to_whom_it_is_directed(coded) -> None:
    text = "In a letter to the bishops, the junta promised that the churches would stay open."
    reading, found = coded(text)
    statement = by_cue(text, found, "promised")
    assert (statement.kind, statement.medium) == ("pledge", "letter")
    assert mentioned(reading, statement.addressees) == ["the bishops"]


# --- quotations -------------------------------------------------------------------------------------------


def test_a_broken_quotation_goes_on_with_its_own_subject(coded) -> None:
    text = "“The raiders stormed the mill,” Captain Luis Prado said, “and killed six workers.”"
    reading, found = coded(text)
    (statement,) = found.statements
    assert words(text, statement.content) == ["“The raiders stormed the mill,”", "“and killed six workers.”"]
    assert statement.kind == "assertion", "the captain tells of somebody else's attack"
    assert all(e.attributed_to == statement.id for e in of_type(found, "ASSAULT"))
    actors = [a for e in of_type(found, "ASSAULT") for a in mentioned(reading, e.actors)]
    assert set(actors) == {"The raiders"}


def test_one_speaker_goes_on_over_paragraphs_each_of_which_opens_anew(coded) -> None:
    text = (
        "Nurse Ada Obi did not sleep.\n\n“The ward was full,” she said. “Nobody slept.\n\n"
        "“We had no water for two days.\n\n“The troops must let the trucks pass.”\n\nThe army was silent."
    )
    _, found = coded(text)
    (statement,) = [s for s in found.statements if s.quoted]
    told = " ".join(words(text, statement.content))
    assert all(part in told for part in ("was full", "Nobody slept", "no water", "let the trucks pass"))
    assert "silent" not in told


# --- nested -----------------------------------------------------------------------------------------------


def test_a_statement_inside_a_statement_owns_what_stands_in_it(coded) -> None:
    """ "X said that Y had denied …": the bombing is Y's word, the denying is X's."""
    text = "The mediator said that Eritrea had denied that its planes bombed the depot."
    _, found = coded(text)
    said, denied = by_cue(text, found, "said"), by_cue(text, found, "denied")
    assert (said.kind, denied.kind) == ("assertion", "denial")
    assert said.content[0][0] <= denied.content[0][0] <= denied.content[-1][1] <= said.content[-1][1]
    (bombing,) = of_type(found, "ASSAULT")
    assert bombing.attributed_to == denied.id
    assert bombing.polarity == "positive", "a denial's content has the polarity of what is denied"
    assert all(e.attributed_to == said.id for e in of_type(found, "REJECT"))
    assert bombing.id in denied.events
    assert bombing.id not in said.events


def test_what_is_believed_is_told_as_a_view_and_what_is_planned_as_yet_to_come(coded) -> None:
    _, believed = coded("Prosecutors believe that the gang murdered the two reporters.")
    _, planned = coded("Prosecutors say the gang plans to murder the two reporters.")
    (murder,) = of_type(believed, "ASSAULT")
    assert (murder.realis, murder.attributed_to) == ("actual", believed.statements[0].id)
    assert {e.realis for e in of_type(planned, "ASSAULT")} == {"future"}


@pytest.mark.parametrize(
    "text",
    [
        "The Olive League vowed not to shell the port.",
        "The militia undertook to kidnap no more engineers.",
        "The governor swore never to bomb the villages again.",
    ],
)
def test_to_vow_that_nobody_will_be_harmed_is_no_threat(
    text: str, coded: Callable[[str], tuple[LinkedReading, Coded]]
) -> None:
    _, found = coded(text)
    assert [s.kind for s in found.statements] == ["pledge"]


def test_what_is_denied_of_somebody_is_a_denial_and_no_meeting(
    coded: Callable[[str], tuple[LinkedReading, Coded]],
) -> None:
    text = "The envoy denied meeting the banker Karl Brandt."
    _, found = coded(text)
    assert by_cue(text, found, "denied").kind == "denial"
