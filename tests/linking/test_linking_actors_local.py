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
