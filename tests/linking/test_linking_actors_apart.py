"""Who must not be taken for somebody else: the worst error of an actor's name is the wrong merge."""

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
def reader() -> Reader:
    from saydo.reading import load_reader

    return load_reader()


@cache
def linked(text: str, date: str = "2016-05-05") -> LinkedReading:
    return link(reader().read(Document("d", text, date=date)), load())


def who(text: str, words: str, date: str = "2016-05-05") -> set[str | None]:
    """Actors of the mentions headed inside the words, at their last place in the text."""
    found = linked(text, date)
    tokens, at = found.reading.tokens, text.rindex(words)
    return {m.actor for m in found.mentions if at <= tokens[m.head].start < at + len(words)}


def test_an_abbreviation_of_few_letters_needs_the_state_of_its_body() -> None:
    """PAC is a South African party, and in Ohio something else."""
    assert "pan-africanist-congress" not in who("In Ohio a PAC spent two million dollars on the race.", "PAC")
    text = "South African police arrested nine members of the PAC in Soweto."
    assert "pan-africanist-congress" in who(text, "the PAC")


@pytest.mark.parametrize(
    ("date", "actor"), [("1993-06-20", "somali-national-alliance"), ("2019-10-20", "syrian-national-army")]
)
def test_of_two_bodies_with_one_abbreviation_the_date_decides(date: str, actor: str) -> None:
    text = "Gunmen of the SNA fired on a convoy, said an envoy who had been to Somalia and Syria."
    assert actor in who(text, "SNA", date)


def test_a_documents_own_abbreviation_goes_before_the_codebooks() -> None:
    text = "The Northern Reed Army (NRA), a rebel group in Chad, freed two nurses. The NRA asked for talks."
    assert who(text, "The NRA") == {"northern-reed-army"}


def test_the_president_is_not_the_president_of_a_fund() -> None:
    text = (
        "Rosa Adler, the president of the Harvest Fund, praised the law in Washington. President Dana Ruiz of the "
        "United States signed it. The president left for Ohio."
    )
    assert who(text, "The president") == {"dana-ruiz"}


def test_a_ministers_state_is_not_that_of_his_counterpart() -> None:
    text = "Foreign Minister Ole Lund met the foreign minister of Iraq in Oslo on Monday."
    lund = next(a for a in linked(text).actors if a.id == "ole-lund")
    assert lund.country != "IRQ"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Senate Republicans said they would wait.", "Senate Republicans"),
        ("Kentucky Republicans said they would vote against it.", "Kentucky Republicans"),
        ("A Republican, she has voted against her party twice.", "Republican"),
    ],
)
def test_partisans_are_nobodys_name(text: str, words: str) -> None:
    assert not [a for a in linked(text).actors if a.kind == "person"], words


def test_a_day_is_no_movement() -> None:
    text = "The envoys will meet in Athens on November 17 with members of the party."
    assert not [a for a in linked(text).actors if "november" in a.id]


def test_a_town_is_not_its_university() -> None:
    text = "Troops entered Mosul University at dawn. By noon they held most of Mosul."
    assert "mosul-university" not in who(text, "Mosul")


def test_spanish_articles_are_no_airline() -> None:
    assert "el-al" not in who("The daily El Faro Viejo printed the letter.", "El Faro Viejo")
    assert "el-al" in who("A jet of El Al landed in Nairobi.", "El Al")


@pytest.mark.parametrize(
    ("text", "words", "actor"),
    [
        ("Kenya's military shelled two camps.", "military", "KEN-MIL"),
        ("The Kenya Defence Forces said they had lost nobody.", "Forces", "KEN-MIL"),
        ("A Nigerian police spokesman denied the report.", "spokesman", "NGA-COP"),
        ("A Nigerian army spokesman denied the report.", "spokesman", "NGA-MIL"),
    ],
)
def test_a_states_forces_are_its_own_and_no_groups(text: str, words: str, actor: str) -> None:
    assert who(text, words) == {actor}
