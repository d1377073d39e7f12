"""Names of common words, machines that act for their owners, and what speakers call their own."""

from __future__ import annotations

from functools import cache

import pytest

from saydo.codebook import load
from saydo.linking import link
from saydo.model.document import Document
from saydo.model.linked import LinkedReading
from saydo.model.reading import Reader

pytestmark = pytest.mark.model


@cache
def _reader() -> Reader:
    from saydo.reading import load_reader

    return load_reader()


@cache
def _linked(text: str) -> LinkedReading:
    return link(_reader().read(Document("d", text, date="2011-09-20")), load())


def _who(text: str, words: str) -> str | None:
    linked = _linked(text)
    tokens = linked.reading.tokens
    for m in linked.mentions:
        if text[tokens[m.first].start : tokens[m.last - 1].end] == words:
            return m.actor
    raise AssertionError(f"no mention {words!r}")


@pytest.mark.parametrize(
    ("text", "words", "actor"),
    [
        ("The Western Council promised to reopen the mill.", "The Western Council", "western-council"),
        ("Guards of the Otter Brigade burned the ferry.", "the Otter Brigade", "otter-brigade"),
        ("Kenyan jets bombed the ridge on Monday.", "Kenyan jets", "KEN-MIL"),
        ("Otter Brigade divers blocked the pass.", "Otter Brigade divers", "otter-brigade"),
        (
            '"Our government has armed nobody," said Rosa Quispe, the Bolivian foreign minister.',
            "Our government",
            "BOL-GOV",
        ),
        ("A column of Zambian soldiers crossed the river.", "A column", "ZMB-MIL"),
        (
            "Dozens of Otter Brigade fighters fled the town of Lira.",
            "Otter Brigade fighters",
            "otter-brigade",
        ),
        # eight words in ten are capitals, and yet it is no headline: its verb is not
        ("The Lake Army joined the Reed Front against the Otter Brigade.", "The Lake Army", "lake-army"),
    ],
)
def test_who_is_meant(text: str, words: str, actor: str) -> None:
    assert _who(text, words) == actor


def test_armed_forces_are_no_name_of_one_body() -> None:
    linked = _linked("The Armed Forces denied the report.")
    assert not any(m.named and m.actor == "armed-forces" for m in linked.mentions)


def test_hostages_of_a_body_are_not_its_people() -> None:
    linked = _linked("The Otter Brigade met envoys. Otter Brigade hostages were freed.")
    tokens = linked.reading.tokens
    hostages = [m for m in linked.mentions if tokens[m.head].text == "hostages"]
    assert all(m.actor != "otter-brigade" for m in hostages)


def test_a_battalion_is_not_under_itself() -> None:
    text = "The Harbour Council said that the Otter Battalion was not under its command."
    assert _who(text, "its") == "harbour-council"


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("The council promised on 10 August that it would not mine the bay.", "2011-08-10", "2011-08-10"),
        ("The council agreed to stop the raids from 1 October.", "2011-10-01", None),
        ("The council promised to leave the bay on 10 October.", "2011-10-10", "2011-10-10"),
    ],
)
def test_when_a_word_was_given_and_for_when(text: str, start: str, end: str | None) -> None:
    [time] = _linked(text).times
    told = time.opened or time.time
    assert (told.from_, told.to) == (start, end)


def test_a_raid_on_an_unknown_name_tells_that_it_is_a_place() -> None:
    linked = _linked("Nine herders were killed in the air strike on Wadi Qurna on 12 August.")
    assert [p.place.text for p in linked.places] == ["Wadi Qurna"]
