"""Kinds of error that readers of records have seen, each with what must hold now. The real reader reads."""

from __future__ import annotations

import pytest

from saydo.model.records import Event, Record, Statement

pytestmark = pytest.mark.model


def event(text: str, record: Record, word: str) -> Event:
    """The event that a word tells of."""
    return next(e for e in record.events if text[e.trigger[0] : e.trigger[1]].startswith(word))


def names(text: str, record: Record, ids: tuple[str, ...]) -> list[str]:
    spans = {m.id: text[m.start : m.end] for m in record.mentions}
    return [spans[i] for i in ids]


@pytest.mark.parametrize(
    "text",
    [
        "He was holding the little boy in his arms when the ferry docked.",
        "Deep snow has closed the pass between Andermatt and Airolo.",
        "All lanes of the coast highway were closed after a lorry overturned near Sines.",
        "The cannery closed its plant in Walvis Bay last year.",
        "Rovers seized the lead in the league on Saturday.",
    ],
)
def test_embraces_weather_and_games_coerce_nobody(text, record) -> None:
    assert [e.type for e in record(text).events if e.type == "COERCE"] == []


def test_who_closes_a_way_to_others_still_coerces(record) -> None:
    text = "The rebels blocked the road to Bangui."
    found = record(text)
    assert names(text, found, event(text, found, "blocked").actors) == ["The rebels"]


def test_who_is_called_on_to_act_is_the_one_who_acts(record) -> None:
    text = "The opposition leader called on the prime minister to resign."
    found = record(text)
    assert names(text, found, event(text, found, "resign").actors) == ["the prime minister"]


def test_a_lone_participle_tells_of_one_who_suffers(record) -> None:
    text = "The general, though not wounded, was captured by the rebels."
    found = record(text)
    wounded = event(text, found, "wounded")
    assert (wounded.polarity, names(text, found, wounded.recipients)) == ("negative", ["The general"])
    assert not wounded.actors


def test_not_only_is_no_negation(record) -> None:
    text = "Not only did the police arrest the students, they beat them."
    assert event(text, record(text), "arrest").polarity == "positive"


def test_a_deed_that_is_protested_has_been_done_though_the_protest_is_to_come(record) -> None:
    text = "Thousands are expected to march against the arrest of the mayor."
    found = record(text)
    assert event(text, found, "march").realis == "future"
    assert event(text, found, "arrest").realis == "actual"


def test_what_has_happened_has_no_time_after_the_report(record) -> None:
    text = "The court will hear the case of the massacre of the villagers by the militia next week."
    assert event(text, record(text), "massacre").time is None


def test_the_time_of_a_deed_is_not_the_time_of_the_accusation(record) -> None:
    text = "The priest is accused of hiding nine rebels in June 2010."
    assert event(text, record(text), "accused").time is None


def test_who_is_forced_to_leave_has_left(record) -> None:
    text = "The students picked up stones and forced the guard to withdraw."
    assert event(text, record(text), "withdraw").realis == "actual"


@pytest.mark.parametrize("who", ["Rebels", "Gunmen", "Militants"])
def test_who_bears_arms_attacks_with_them(who, record) -> None:
    text = f"{who} attacked the ferry post at Lerna on Monday."
    assert event(text, record(text), "attacked").type == "ASSAULT"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Nomads attacked a village in Darfur.", "attacked"),
        ("Police in Ohrid arrested a Danish sailor.", "arrested"),
    ],
)
def test_a_place_or_adjective_beside_the_recipient_suffers_nothing(text, word, record) -> None:
    found = record(text)
    assert len(event(text, found, word).recipients) == 1


def test_those_who_fight_each_other_are_both_told(record) -> None:
    text = "Herders and farmers fought over a well near Maradi."
    found = record(text)
    fight = event(text, found, "fought")
    assert names(text, found, (*fight.actors, *fight.recipients)) == ["Herders", "farmers"]


def test_the_victims_of_what_is_condemned_are_not_blamed(record) -> None:
    text = "Chile condemned the murder of two nuns."
    found = record(text)
    assert not event(text, found, "condemned").recipients


def test_a_branch_in_a_state_is_no_office_of_that_state(record) -> None:
    text = "The chairman of the Kenyan branch of the charity, Peter Otieno, praised the president."
    assert [t for t in record(text).ties if t.type == "office"] == []


def speaker(text: str, record: Record, said: Statement) -> str | None:
    spans = {m.id: text[m.start : m.end] for m in record.mentions}
    return spans.get(said.source_mention or "")


def test_a_relative_pronoun_speaks_for_the_name_before_it(record) -> None:
    text = "The scheme was born in the office of Ousmane Diallo, who claimed that it would pay for itself."
    found = record(text)
    assert "Ousmane Diallo" in [speaker(text, found, s) for s in found.statements]


@pytest.mark.parametrize("label", ["WATCH", "VIDEO", "PHOTOS"])
def test_a_label_takes_no_turn_to_speak(label, record) -> None:
    text = f"{label}: The bridge fell into the river at noon and nobody was hurt."
    assert not record(text).statements


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("The ministry rebutted Oxfam's accusation that grain for the camp, sent in May, was sold.", "Oxfam"),
        (
            "Helsinki contradicted Ana Lopes's remarks, made at a dinner, that the treaty was dead.",
            "Ana Lopes",
        ),
    ],
)
def test_what_is_contradicted_is_told_as_a_claim_of_its_own(text, owner, record) -> None:
    found = record(text)
    claims = [s for s in found.statements if speaker(text, found, s) == owner]
    assert claims and text[claims[0].content[0][0] :].startswith("that")


def test_claims_that_are_only_named_hold_no_words(record) -> None:
    text = "Contrary to Petrov's claims, the guards say that he never entered the vault."
    assert all(text[a:b] != "Petrov's" for s in record(text).statements for a, b in s.content)


def test_those_addressed_are_not_the_speaker(record) -> None:
    text = "The dean told the students they would not pay for the repairs."
    assert [s.kind for s in record(text).statements] != ["pledge"]


def test_an_end_that_is_not_wanted_leaves_the_deed_open(record) -> None:
    text = "The president did not send foreign pilots to the valley to bomb the rebels."
    assert event(text, record(text), "bomb").realis == "hypothetical"


def test_a_quotation_cut_off_from_its_speaker_goes_to_nobody_else(record) -> None:
    text = (
        "“The harvest was good this year,” farmer Idris Bello said in Kano.\n\n“That is nonsense!” Hauwa Sani "
        "replied. She left."
    )
    found = record(text)
    [farmer] = [
        s for s in found.statements if speaker(text, found, s) in ("Idris Bello", "farmer Idris Bello")
    ]
    assert not any("nonsense" in text[a:b] for a, b in farmer.content)
