"""Words that news gives to somebody without a verb of saying beside them, and what is meant in them. The real
reader reads."""

from __future__ import annotations

import pytest

from saydo.model.records import Proposition, Record, Statement

pytestmark = pytest.mark.model


def holding(text: str, found: Record, words: str) -> Statement:
    """The statement whose content holds some words."""
    at = text.index(words)
    return next(s for s in found.statements if any(a <= at and at + len(words) <= b for a, b in s.content))


def speaker(found: Record, said: Statement) -> str | None:
    return next((m.actor for m in found.mentions if m.id == said.source_mention), None)


def doing(found: Record, verb: str) -> Proposition:
    return next(p for p in found.propositions if p.verb == verb)


def named(found: Record, ids: tuple[str, ...]) -> list[str | None]:
    return [m.actor for m in found.mentions if m.id in ids]


# --- whose words they are ---------------------------------------------------------------------------------


def test_a_quotation_behind_reported_speech_is_the_same_speakers(record) -> None:
    text = (
        "The firm Delgado Shipping owes nobody anything, its director, Inés Prado, wrote on Tuesday. "
        "“We have never hired a single one of those crews.”"
    )
    found = record(text)
    said = holding(text, found, "We have never hired")
    assert speaker(found, said) == "ines-prado" and said.kind == "denial" and said.quoted


def test_a_turn_lasts_until_the_next_name_and_colon(record) -> None:
    text = (
        "Mrs Okoro (Ikeja): Will the ferries run at night? "
        "The Minister of Transport, Mr Bello: They will not. No ferry is going to sail after dusk. "
        "Mrs Okoro: Then I have nothing to add to this."
    )
    found = record(text)
    said = holding(text, found, "No ferry is going to sail after dusk")
    assert speaker(found, said) == "bello"
    assert "Then I have" not in " ".join(text[a:b] for a, b in said.content)


@pytest.mark.parametrize(
    ("text", "content"),
    [
        (
            "Nobody would be moved from the delta by force. That was the assurance Governor Lena Brandt gave "
            "to the fishermen in May.",
            "Nobody would be moved from the delta by force",
        ),
        (
            "The wells will stay open: this is the pledge which Colonel Amadou Sow made to the herders.",
            "The wells will stay open",
        ),
    ],
)
def test_words_that_a_clause_points_back_at_are_a_pledge(text, content, record) -> None:
    found = record(text)
    said = holding(text, found, content)
    assert said.kind == "pledge" and speaker(found, said) in ("lena-brandt", "amadou-sow")


def test_whom_words_were_told_to_is_not_what_was_said(record) -> None:
    text = "All lamps on the quay will be repaired by Easter, Mayor Ruth Falk assured the pilots’ guild."
    found = record(text)
    said = holding(text, found, "All lamps on the quay will be repaired by Easter")
    assert said.kind == "pledge"
    assert not any("guild" in text[a:b] for a, b in said.content)


def test_a_wish_to_assure_assures(record) -> None:
    text = (
        "“The Hill Council wishes to assure all villagers that it does not want this quarrel nor will it send "
        "anybody across the ford,” the letter said."
    )
    assert holding(text, record(text), "nor will it send").kind == "pledge"


# --- who is meant -----------------------------------------------------------------------------------------


def test_it_may_look_ahead_to_the_one_who_speaks(record) -> None:
    text = "Claims that it hires boys are “wicked lies”, the Free Coast League said in Mbala."
    hired = doing(record(text), "hire")
    assert named(record(text), hired.actors) == ["free-coast-league"]


def test_what_is_called_it_is_no_person(record) -> None:
    text = "Nordasol has called a fairy tale the story that it sold its customers’ letters."
    (actor,) = [a for a in record(text).actors if a.name == "Nordasol"]
    assert actor.kind == "organisation"


@pytest.mark.parametrize("word", ["Barley", "Consulates", "Plumbers"])
def test_a_plain_noun_that_opens_a_sentence_is_nobodys_name(word, record) -> None:
    found = record(f"{word} had been scarce in the valley since the autumn of that year.")
    assert word not in [a.name for a in found.actors]


def test_the_company_is_the_body_just_named(record) -> None:
    text = "Halvorsen Mining was given a licence in Kivalo on Monday. The company promised to hire locally."
    found = record(text)
    assert speaker(found, holding(text, found, "to hire locally")) == "halvorsen-mining"


def test_an_abbreviation_behind_where_a_body_is(record) -> None:
    text = (
        "The United Nations Office in Lower Sela (UNOLS) rejected the charge. UNOLS has forty lorries there."
    )
    found = record(text)
    actors = {m.actor for m in found.mentions if m.text in ("UNOLS", "The United Nations Office")}
    assert len(actors) == 1


def test_a_town_within_another_name_tells_no_state(record) -> None:
    text = "The Savanna Farmers Movement called off its strike. Its spokesman thanked the bishops."
    (actor,) = [a for a in record(text).actors if "Savanna" in a.name]
    assert actor.country is None


# --- what is so, and when ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("Not one of the marines had set foot in Porto Alva, the admiral said.", "enter"),
        ("No family is going to be evicted from the terraces, the mayor said.", "evict"),
        ("The gunners no longer shell the ferry landing, the envoy said.", "shell"),
        ("Patients there are never beaten, the asylum’s director says.", "torture"),
    ],
)
def test_what_nobody_did_is_not_so(text, verb, record) -> None:
    assert doing(record(text), verb).polarity == "negative"


def test_going_to_is_the_future(record) -> None:
    text = "Mr Bello said that no tenant was going to be evicted from the terraces."
    assert doing(record(text), "evict").realis == "future"


@pytest.mark.parametrize(
    ("text", "verb", "object"),
    [
        ("Hanging is barbaric, Bishop Joel Amsel told the synod.", "oppose", "hanging"),
        ("Justice Minister Ana Cruz said that the curfew must be kept.", "support", "curfew"),
        ("Senator Paul Reyes demanded the return of the draft.", "support", "draft"),
        ("Union leader Mara Lind described the toll bridge as a folly.", "oppose", "bridge"),
    ],
)
def test_a_side_taken_without_a_word_for_it(text, verb, object, record) -> None:
    assert object in doing(record(text), verb).objects


@pytest.mark.parametrize(
    "text",
    [
        "The tariffs were designed to hurt Chilean copper, the trader said.",
        "The leaflet has damaged the candidate among older voters, Lund said.",
    ],
)
def test_what_weakens_a_cause_is_no_assault(text, record) -> None:
    assert [e.type for e in record(text).events if e.type == "ASSAULT"] == []


def test_who_is_not_ready_refuses_nothing_yet(record) -> None:
    text = "Deputy Maja Holm said that she was not ready to support Lars Vik."
    assert {e.realis for e in record(text).events if e.type == "SUPPORT"} <= {"hypothetical"}
    assert doing(record(text), "support").realis == "hypothetical"
