"""What the words around a verb make of it, and doings that a clause only implies: with the real reader."""

from __future__ import annotations

import pytest

from saydo.model.records import Proposition, Record

pytestmark = pytest.mark.model


def told(record: Record, verb: str) -> Proposition:
    """The one proposition of a kind of doing."""
    [found] = [p for p in record.propositions if p.verb == verb]
    return found


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("Four nurses were sent back by Chadian guards at the bridge.", "evict"),
        ("The herders were put out of the school at Mopti by the gendarmes.", "evict"),
        ("Two surveyors were taken away at gunpoint by men of the Lado Front.", "abduct"),
        ("Pilots of the Lusaka airline walked off the job at dawn.", "strike"),
        ("The editor was taken into custody by Tunisian police on Friday.", "hold"),
        ("General Rahim has put his name down for the election, officials said.", "run"),
        ("The owners of the quarry released slurry into the brook at night.", "discharge"),
    ],
)
def test_a_verb_is_what_its_words_make_of_it(record, text: str, verb: str) -> None:
    assert verb in {p.verb for p in record(text).propositions}


@pytest.mark.parametrize(
    ("text", "verb", "thing"),
    [
        ("The maternity clinic at Elva closed for good on Friday.", "close", "clinic"),
        ("The price of school meals went up in May.", "raise", "price"),
        ("The tannery at Fez has changed hands.", "give", "tannery"),
    ],
)
def test_what_closes_or_rises_by_itself_is_what_it_is_done_to(
    record, text: str, verb: str, thing: str
) -> None:
    assert thing in told(record(text), verb).objects


def test_a_bank_that_closes_its_doors_is_no_thing(record) -> None:
    found = record("Deutsche Bank closed at noon.").propositions
    assert not any("bank" in p.objects for p in found)


def test_who_keeps_something_open_does_not_hold_it_captive(record) -> None:
    found = record("Vilnius council has pledged to keep both swimming pools open.")
    assert told(found, "open").realis == "future"
    assert "hold" not in {p.verb for p in found.propositions}


def test_what_is_off_limits_is_to_be_spared(record) -> None:
    found = record('"Churches and schools are off limits," General Osei told the elders.')
    assert told(found, "protect").objects == ("church", "school")
    assert told(found, "protect").realis == "future"


def test_who_received_something_was_given_it(record) -> None:
    found = record("The growers of Kisumu have yet to receive a shilling from Lakeside Sugar.")
    given = told(found, "give")
    assert given.polarity == "negative"
    assert "Lakeside Sugar" in (*given.doers, *(m.text for m in found.mentions if m.id in given.actors))


def test_who_has_boys_in_its_ranks_enlisted_them(record) -> None:
    found = record("Girls of 15 have been seen in the ranks of the Lado Front, teachers said.")
    assert told(found, "hire").objects == ("girl",)


def test_never_will_repeats_the_verb_before(record) -> None:
    found = record('"We do not poison wells and never will," the commander said.')
    assert [(p.realis, p.polarity) for p in found.propositions if p.verb == "kill"] == [
        ("actual", "negative"),
        ("future", "negative"),
    ]


def test_whoever_says_that_lorries_will_be_able_to_pass_lets_them(record) -> None:
    found = record("Relief lorries will be able to cross at Bab, the Syrian government told the UN.")
    assert told(found, "let-through").objects[0] == "lorry"


def test_troops_that_arrive_were_sent_by_whose_they_are(record) -> None:
    found = record("Some 300 Kenyan soldiers arrived in Juba on Monday.")
    assert [m.actor for m in found.mentions if m.id in told(found, "deploy").actors] == ["KEN-MIL"]


def test_whoever_has_the_intention_is_to_do_it(record) -> None:
    found = record("Peru has no intention of closing the bridge at Desaguadero.")
    closing = told(found, "close")
    assert closing.polarity == "negative"
    assert [m.text for m in found.mentions if m.id in closing.actors] == ["Peru"]


def test_on_the_orders_of_somebody_is_done_by_him(record) -> None:
    found = record("Six families were evicted from the barracks on the orders of Mayor Ana Prado.")
    assert any("Ana Prado" in m.text for m in found.mentions if m.id in told(found, "evict").actors)


@pytest.mark.parametrize(
    "text",
    [
        "The Lado Front renounced shelling the port of Juba.",
        "Chile forswore testing missiles.",
        "Ghana Timber has sworn off felling teak in Volta.",
    ],
)
def test_what_one_renounces_is_not_to_be(record, text: str) -> None:
    found = record(text)
    assert {p.polarity for p in found.propositions} == {"negative"}
    assert [s.kind for s in found.statements] == ["pledge"]


def test_not_one_thing_reached_them_from_whoever_was_to_give_it(record) -> None:
    found = record("Not one file has reached the court from the Bolivian army.")
    assert told(found, "give").polarity == "negative"


def test_who_is_the_first_to_do_it_does_it(record) -> None:
    found = record("Togo will not be the first to close the border, its envoy said.")
    assert [m.text for m in found.mentions if m.id in told(found, "close").actors] == ["Togo"]
