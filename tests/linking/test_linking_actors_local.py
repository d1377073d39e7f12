"""Bodies and offices of a place are actors of their own, not their state's government: with the real reader."""

from __future__ import annotations

from functools import cache

import pytest

from saydo.codebook import load
from saydo.linking import link
from saydo.model.document import Document
from saydo.model.linked import LinkedReading
from saydo.model.reading import Reader
from saydo.reading import load_reader

pytestmark = pytest.mark.model


@cache
def _reader() -> Reader:
    return load_reader()


def _linked(text: str) -> LinkedReading:
    return link(_reader().read(Document("d", text, date="2014-03-16")), load())


def _actors(text: str) -> dict[str, tuple[str | None, str | None]]:
    """Name → country and sector of the actors of a text."""
    return {a.name: (a.country, a.sector) for a in _linked(text).actors}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Kampala city council will not demolish the market, it said.", "Kampala city council"),
        (
            "The Konduga municipality assured residents that no hut would be pulled down.",
            "Konduga municipality",
        ),
        ("The governor of North Kivu banned the march on Monday.", "Governor of North Kivu"),
        ("Osaka's mayor refused to meet the strikers.", "Mayor of Osaka"),
    ],
)
def test_a_body_of_a_place_goes_by_the_place(text: str, name: str) -> None:
    assert _actors(text)[name][1] == "GOV"


def test_what_a_municipality_is_called_later_is_the_same_one() -> None:
    linked = _linked("The municipality of Vrlika said it had not been told. The municipality was angry.")
    [body] = [a for a in linked.actors if a.name == "Vrlika municipality"]
    assert sum(m.actor == body.id for m in linked.mentions) >= 2


def test_many_holders_of_an_office_are_nobody_in_particular() -> None:
    assert "Governor of Ohio" not in _actors("Ohio governors have no power to suspend the law.")


def test_a_body_of_the_state_stays_the_states() -> None:
    assert "Government of Uganda" in _actors("Uganda's government will not demolish the market.")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "In a fax, Burundi's rebel Forces for National Renewal declared a truce.",
            "Forces for National Renewal",
        ),
        ("Kenya armed the Mara Freedom Front (MFF) in April, a court heard.", "Mara Freedom Front"),
    ],
)
def test_a_name_ends_where_the_description_begins(text: str, name: str) -> None:
    names = _actors(text)
    assert name in names
    assert not [n for n in names if n != name and name in n]


def test_a_towns_people_of_a_trade_are_no_officials_of_its_state() -> None:
    assert "Government of United States" not in _actors(
        "An Alton funeral director has been charged with robbery."
    )


@pytest.mark.parametrize(
    ("text", "name", "sector"),
    [
        ("Duluth officials in Minnesota closed the pier on Sunday.", "authorities of Duluth", "GOV"),
        ("Leeds police arrested nine men, the BBC said.", "Leeds police", "COP"),
    ],
)
def test_who_serves_a_town_serves_no_state(text: str, name: str, sector: str) -> None:
    actors = _actors(text)
    assert actors[name][1] == sector
    assert not [n for n in actors if n.startswith(("Government of", "Police of"))]


def test_the_police_of_a_town_are_what_the_report_calls_police_later() -> None:
    linked = _linked("Duluth police in Minnesota shot a man on Sunday. The police said that he was armed.")
    assert sum(m.actor == "duluth-police" for m in linked.mentions) == 2


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Tunis officials said that Tunisian troops had left the border.", "Government of Tunisia"),
        ("Kenya was calm, but Nairobi police fired on dockers.", "Police of Kenya"),
    ],
)
def test_a_capital_stands_for_its_state_and_most_police_are_a_states(text: str, name: str) -> None:
    assert name in _actors(text)


@pytest.mark.parametrize(
    "text",
    [
        "In Kansas, the tennis courts will be resurfaced and the first division starts on Sunday, Americans hope.",
        "The American fair queen waved at the fire crews and the film crew.",
        "In Kansas, city officials and state officials quarrelled with the county commission.",
    ],
)
def test_courts_queens_crews_and_officials_of_nobody_knows_where_are_no_states(text: str) -> None:
    assert not [n for n in _actors(text) if " of United States" in n]


def test_commandos_of_a_nation_are_its_soldiers() -> None:
    assert "Armed forces of Peru" in _actors("Peruvian commandos stormed the villa on Tuesday.")


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        (
            "Senator Nadia Okoye was angry. The film mocks her husband, former President Emeka Okoye. "
            "Okoye said it was a slander.",
            "Nadia Okoye",
        ),
        ("The judge heard Maria Lund and Per Lund. Mrs Lund wept.", "Maria Lund"),
    ],
)
def test_a_last_name_that_two_bear_is_hers_of_whom_the_report_tells(text: str, whole: str) -> None:
    linked = _linked(text)
    last = max((m for m in linked.mentions if m.named and m.type == "person"), key=lambda m: m.head)
    assert {a.id: a.name for a in linked.actors}[last.actor or ""] == whole


@pytest.mark.parametrize(
    ("text", "person", "state"),
    [
        (
            "Monica French answered. “We told them,” French said. French troops left.",
            "Monica French",
            2,
        ),
        (
            "Michael Jordan resigned. Jordan said he was ill. The army of Jordan was alert.",
            "Michael Jordan",
            2,
        ),
        ("King Abdullah of Jordan spoke. Jordan closed the border.", "Abdullah", 2),
    ],
)
def test_a_last_name_that_is_a_lands_is_the_persons_whom_the_report_has_named(
    text: str, person: str, state: int
) -> None:
    linked = _linked(text)
    names = {a.id: a.name for a in linked.actors}
    assert person in names.values()
    lands = [m for m in linked.mentions if names.get(m.actor or "", "").endswith(("France", "Jordan"))]
    assert len([m for m in lands if names[m.actor or ""] != person]) == state


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "The Peasant Army of the South (EPS) freed a judge in Peru. The EPS holds two more.",
            "Peasant Army of the South",
        ),
        ("Nicaragua's Sandinist army (EPS) left. The EPS had been there a year.", "Sandinist People's Army"),
    ],
)
def test_an_abbreviation_goes_to_the_body_before_it_unless_its_name_or_land_is_the_known_ones(
    text: str, name: str
) -> None:
    linked = _linked(text)
    [named] = [a for a in linked.actors if a.name == name]
    assert sum(m.actor == named.id for m in linked.mentions) >= 2
