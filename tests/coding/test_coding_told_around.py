"""What a sentence leaves to the one before it, and words whose form hides who says or suffers them: with the real
reader."""

from __future__ import annotations

import pytest

from saydo.model.records import Event, Record, Statement

pytestmark = pytest.mark.model


def words(text: str, statement: Statement) -> str:
    return " ".join(text[a:b] for a, b in statement.content)


def speaker(text: str, record: Record, statement: Statement) -> str:
    return " ".join(text[a:b] for a, b in statement.source)


def event(text: str, record: Record, word: str) -> Event:
    return next(e for e in record.events if text[e.trigger[0] : e.trigger[1]].startswith(word))


# --- transcripts --------------------------------------------------------------------------------------------


def test_turns_within_a_paragraph_belong_to_whoever_has_the_floor(record) -> None:
    text = (
        "Moderator: Minister, the road is still shut. Lena Okoro, who leads the works ministry: We will reopen it "
        "before the rains. Moderator: You said so last year. Okoro: This time the money is there."
    )
    told = record(text).statements
    said = {words(text, s): speaker(text, record(text), s) for s in told}
    assert said["We will reopen it before the rains"].startswith("Lena Okoro")
    assert said["You said so last year"] == "Moderator"


def test_a_bracketed_name_opens_a_turn_of_a_broadcast(record) -> None:
    text = (
        "[Announcer] Our correspondent met General Pavel Drobny at the pass. [Drobny, recording] My men will leave the "
        "pass by Sunday. [Announcer] Now the weather over the plain."
    )
    [pledge] = [s for s in record(text).statements if s.kind == "pledge"]
    assert words(text, pledge) == "My men will leave the pass by Sunday"
    assert "Drobny" in speaker(text, record(text), pledge)


# --- who says it --------------------------------------------------------------------------------------------


def test_a_speaker_cut_off_by_a_comma_says_the_clause_before_it(record) -> None:
    text = (
        "The tenants would be repaid in full by 30 April 1998, the housing firm Larkspur undertook on Monday."
    )
    [pledge] = [s for s in record(text).statements if s.kind == "pledge"]
    assert words(text, pledge).startswith("The tenants would be repaid in full")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The pickets had burned nothing, their leader Tomás Rey swore to the judge.", "assertion"),
        ("Four nuns have sworn that gendarmes shot the teacher.", "assertion"),
        ("The guards swore that they would never leave the bridge.", "pledge"),
        ("None of its lorries had carried arms to the border, the Tamba Haulage Company said.", "denial"),
        ("Talk of a secret airfield is pure fiction, the Chadian government's spokesman said.", "denial"),
        (
            "The Rovik Mining Company insisted on local radio that no child had worked in its pits.",
            "assertion",
        ),
    ],
)
def test_the_content_decides_what_an_oath_or_an_assurance_is(record, text: str, kind: str) -> None:
    assert kind in {s.kind for s in record(text).statements}


def test_the_time_of_an_aside_is_not_that_of_the_words(record) -> None:
    text = "The dockers have promised not to strike before June, so as to spare the town last year's losses."
    [pledge] = [s for s in record(text).statements if s.kind == "pledge"]
    assert pledge.time is None


def test_a_time_before_the_comma_is_told_with_the_deed(record) -> None:
    text = (
        "Coalition jets killed nine herders in the Darin valley of Tarkan province on Friday night, a spokesman for "
        "the alliance said on Sunday."
    )
    assert event(text, record(text), "killed").time is not None


# --- tolls --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "killed", "injured"),
    [
        ("Three herders died when a helicopter bombed the well at Tessit.", 3, None),
        ("The assault on the cannery left at least 60 strikers injured.", None, 60),
        ("The blast at the depot left five people dead and 21 others wounded.", 5, 21),
        ("Sunday's bombing of the mill cost sixteen women their lives.", 16, None),
        ("A dispatch reports seven smugglers killed in an ambush near the ford.", 7, None),
        ("Twelve people were hurt, none of them gravely, when police stormed the hall.", None, 12),
    ],
)
def test_a_toll_is_read_in_whatever_way_it_is_told(record, text: str, killed, injured) -> None:
    found = record(text).events
    assert {e.killed.low for e in found if e.killed} == ({killed} if killed else set())
    assert {e.injured.low for e in found if e.injured} == ({injured} if injured else set())


def test_two_voices_in_one_sentence_have_each_their_number(record) -> None:
    text = (
        "Although the prefect insists that two people were killed when gendarmes fired on the crowd, nurses have "
        "counted nineteen dead from the shooting."
    )
    assert {e.killed.low for e in record(text).events if e.killed} == {2, 19}


# --- what is taken up -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Planes attacked a camp at Gao in Mali on Thursday. The air force said that 80 rebels were killed in the raid.",
        "The market in Gao was hit on Thursday. The movement said the air force had bombed the market.",
    ],
)
def test_a_deed_that_points_back_has_time_and_place_of_the_sentence_before(record, text: str) -> None:
    found = record(text)
    told = next(e for e in reversed(found.events) if e.type == "ASSAULT")
    assert told.time is not None
    assert told.place is not None and found.places[told.place].text == "Gao"


def test_a_deed_that_points_at_nothing_keeps_its_own_silence(record) -> None:
    text = "The ministers met in Gao on Thursday. Rebels had burned a school, a teacher told them later."
    assert event(text, record(text), "burned").place is None


# --- the forms of verbs ---------------------------------------------------------------------------------------


def test_who_is_opposed_to_something_opposes_it(record) -> None:
    found = record("The River Union is opposed to the new dam at Karun.")
    [stance] = [p for p in found.propositions if p.verb == "oppose"]
    assert [m.text for m in found.mentions if m.id in stance.actors] == ["The River Union"]
    assert "dam" in stance.objects


@pytest.mark.parametrize(
    "text",
    [
        "None of the militiamen fired on the village.",
        "Under no circumstances will our troops enter the city, the general said.",
        "Neither of the brothers shot the guard.",
    ],
)
def test_what_none_did_is_negative(record, text: str) -> None:
    assert {p.polarity for p in record(text).propositions} == {"negative"}


def test_fire_was_set_in_the_past(record) -> None:
    text = "Militants of the Delta Front set fire to the customs house in Warri on 2 June."
    deed = event(text, record(text), "set")
    assert deed.realis == "actual"
    assert deed.time is not None and deed.time.from_ == "2010-06-02"


def test_a_perfect_without_be_is_active(record) -> None:
    found = record("Police in Nairobi said they had not fired on students.")
    [deed] = [p for p in found.propositions if p.verb == "fire"]
    assert [m.text for m in found.mentions if m.id in deed.actors] == ["they"]


def test_whom_somebody_shot_dead_is_counted(record) -> None:
    text = "Police shot dead 34 miners at Marikana on Thursday, the commissioner said."
    assert [e.killed.low for e in record(text).events if e.killed] == [34]


def test_a_word_of_one_mode_has_that_mode_whoever_sees_it(record) -> None:
    text = "Serbian and Croatian leaders signed a ceasefire in Zagreb on Monday."
    assert event(text, record(text), "ceasefire").mode == "ceasefire"


def test_an_office_holders_government_is_that_of_the_state(record) -> None:
    text = (
        "Peru's interior minister, Tomas Rios, rejected claims that his government was sheltering smugglers."
    )
    found = record(text)
    [its] = [m for m in found.mentions if m.text == "his government"]
    assert its.actor == "PER-GOV"


def test_what_one_is_set_for_is_to_come(record) -> None:
    found = record("The army is set to attack the town of Gao.")
    assert {e.realis for e in found.events if e.type == "ASSAULT"} == {"future"}


# --- what nobody did, or nobody did yet -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Two shepherds were attacked by wolves near Gabrovo.",
        "A crocodile attacked a fisherman in Malindi.",
        "Forty families were displaced by a fire in the Lermontov building on Sunday.",
        "Flooding drove 300 residents from their homes and displaced villagers in Beira.",
    ],
)
def test_animals_and_nature_do_nothing_to_anybody(record, text: str) -> None:
    assert not [e for e in record(text).events if e.type in ("ASSAULT", "COERCE")]


def test_dogs_that_the_police_sets_on_people_are_the_polices(record) -> None:
    assert [e.type for e in record("Police dogs attacked protesters in Selma.").events] == ["ASSAULT"]


@pytest.mark.parametrize(
    ("text", "realis"),
    [
        ("We hope that the two brothers get a chance to sit down and talk with the mayor.", "hypothetical"),
        ("On Monday the two brothers talked with the mayor.", "actual"),
    ],
)
def test_what_there_is_yet_to_be_a_chance_for_has_not_been_done(record, text: str, realis: str) -> None:
    assert event(text, record(text), "talk").realis == realis
