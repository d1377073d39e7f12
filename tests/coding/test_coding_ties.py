"""Ties that deeds show, ties that the reader alone sees, and who stands at their ends."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from saydo.codebook import load
from saydo.coding import code
from saydo.linking import link
from saydo.model.document import Document
from saydo.model.reading import PairReading, Reader, Reading, Trigger
from saydo.model.records import Tie

pytestmark = pytest.mark.model


@cache
def _reader() -> Reader:
    from saydo.reading import load_reader

    return load_reader()


def _read(text: str) -> Reading:
    return _reader().read(Document("d", text, date="2016-05-01"))


def _ties(reading: Reading) -> list[tuple[Tie, str, str]]:
    """The ties of a reading with the words at their ends."""
    linked = link(reading, load())
    tokens = reading.tokens
    words = {
        m.id: reading.document.text[tokens[m.first].start : tokens[m.last - 1].end] for m in linked.mentions
    }
    return [(t, words[t.from_], words[t.to]) for t in code(linked, load()).ties]


def _told(text: str) -> set[tuple[str, str, str]]:
    return {(t.type, *sorted((a, b))) for t, a, b in _ties(_read(text))}


def _seen(text: str, tie: str, probability: float, word: str, kind: str = "CONSULT") -> list[Tie]:
    """The ties of a sentence of whose first two mentions the reader says that they are tied."""
    reading = _read(text)
    heard = tuple(Trigger(t.i, kind, "actual", "positive", 0.9) for t in reading.tokens if t.text == word)
    pair = PairReading(0, 1, "CONSULT", 0.1, 0.9, tie, probability, 1 - probability)
    return [t for t, _, _ in _ties(replace(reading, triggers=heard, pairs=(pair,)))]


# --- what deeds show --------------------------------------------------------------------------------------


def test_an_attack_of_one_armed_side_on_another_shows_that_they_fight() -> None:
    (tie,) = (t for t, _, _ in _ties(_read("Kenyan soldiers bombed the Otter Front near Lamu on Monday.")))
    assert (tie.type, tie.rule, tie.state) == ("rivalry", "rivalry/assault", "current")


@pytest.mark.parametrize(
    "text",
    [
        "Kenyan soldiers shot a farmer near Lamu.",
        "A farmer stabbed his neighbour in Lamu.",
        "Kenyan soldiers did not bomb the Otter Front.",
        "The senator attacked his rival over taxes.",
    ],
)
def test_violence_against_people_and_attacks_in_words_show_none(text: str) -> None:
    assert not [t for t in _told(text) if t[0] == "rivalry"]


def test_who_takes_a_town_is_there() -> None:
    (found,) = (t for t, _, _ in _ties(_read("The Otter Front captured the town of Garsen.")))
    assert (found.type, found.rule) == ("presence", "presence/seize")


def test_talking_to_the_press_is_no_contact() -> None:
    for text in ("Governor Ines Roca spoke to reporters in Lima.", "Governor Ines Roca briefed the press."):
        assert not [t for t in _told(text) if t[0] == "contact"]
    told = _told("Governor Ines Roca telephoned President Juan Vela in Lima.")
    assert ("contact", "Governor Ines Roca", "President Juan Vela") in told


# --- what the reader sees ---------------------------------------------------------------------------------

CAPS = "The Otter Front wears the same caps as the Delta Front."


def test_a_tie_that_the_reader_is_sure_of_stands_on_the_word_between_the_two() -> None:
    (tie,) = _seen(CAPS, "alliance", 0.9, "wears")
    assert (tie.type, tie.rule, tie.score) == ("alliance", "alliance/reader", 0.9)
    assert CAPS[slice(*tie.trigger)] == "wears"


def test_a_tie_that_the_reader_doubts_or_that_no_word_tells_is_left_out() -> None:
    assert not _seen(CAPS, "alliance", 0.4, "wears")
    assert not _seen(CAPS, "alliance", 0.9, "nowhere")
    assert not _seen(CAPS, "command", 0.9, "wears"), "the reader sees command in any deed"


def test_a_contact_stands_on_words_of_talk() -> None:
    assert _seen(CAPS, "contact", 0.9, "wears")
    assert not _seen(CAPS, "contact", 0.9, "wears", "ACCUSE")


def test_the_reader_adds_nothing_between_two_that_a_rule_has_tied() -> None:
    found = _seen("The Otter Front is an ally of the Delta Front.", "rivalry", 0.99, "ally")
    assert {t.rule for t in found} >= {"alliance/ally"}
    assert "rivalry/reader" not in {t.rule for t in found}


# --- ends -------------------------------------------------------------------------------------------------


def test_a_pronoun_gives_way_to_the_name_before_it_in_the_sentence() -> None:
    text = "Colonel Omar Diallo said that he commanded the Otter Brigade."
    assert ("leadership", "Colonel Omar Diallo", "the Otter Brigade") in _told(text)


def test_a_tie_without_direction_is_told_once() -> None:
    found = [t for t, _, _ in _ties(_read("Chad and Niger met in Lomé, and Niger met Chad again in Accra."))]
    assert len([t for t in found if t.type == "contact"]) == 1


def test_nobody_is_tied_to_anybody() -> None:
    assert not _told("No officer met the Delta Front.")


def test_a_title_tells_of_the_nearest_name() -> None:
    told = _told("The envoy met Ana Duarte and Jon Sand, chairman of the Rivers Board.")
    assert ("leadership", "Jon Sand", "the Rivers Board") in told
    assert ("leadership", "Ana Duarte", "the Rivers Board") not in told


def test_a_leader_inside_a_body_belongs_to_it() -> None:
    told = _told("Jon Sand was a commander in the Otter Brigade.")
    assert {kind for kind, *_ in told} == {"affiliation"}


def test_two_wars_are_not_one_between_those_who_had_them() -> None:
    assert not [t for t in _told("She served in the Chad and Niger wars.") if t[0] == "rivalry"]


def test_what_is_said_of_those_who_is_said_of_whom_they_are() -> None:
    text = "The mutineers, who are part of the Second Regiment, had occupied the airport."
    assert ("affiliation", "The mutineers", "the Second Regiment") in _told(text)


def test_those_who_fight_side_by_side_are_allies_and_no_enemies() -> None:
    for how in ("together", "side by side"):
        told = _told(f"The Reform League and the Otter Front fought {how} in Garsen.")
        assert not [t for t in told if t[0] == "rivalry"], how


def test_who_takes_command_is_not_commanded() -> None:
    told = _ties(_read("Colonel Eva Lund took command of the Otter Brigade."))
    assert {(t.type, a) for t, a, _ in told} == {("leadership", "Colonel Eva Lund")}
