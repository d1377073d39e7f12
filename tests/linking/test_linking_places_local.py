"""Place names in local news: namesakes told apart by each other, and names that are no places."""

from __future__ import annotations

from dataclasses import replace

import pytest
from linking_plain import plain_reading

from saydo.codebook.loader import load
from saydo.linking.places import find_places
from saydo.model.linked import LinkedPlace


def places(text: str, *mentions: tuple[str, str], url: str | None = None, **tags: str) -> list[LinkedPlace]:
    reading = plain_reading(text, tags=tags, mentions=mentions)
    return list(find_places(replace(reading, document=replace(reading.document, url=url)), load()))


def words(found: list[LinkedPlace]) -> list[str]:
    return [p.place.text for p in found]


def test_two_small_namesakes_next_to_each_other_outdo_a_famous_one() -> None:
    """Neither Lima nor Allen County says which is meant, but there is one pair of them side by side."""
    found = places("Firefighters from Allen County drove to Lima.", ("Lima", "place"))
    assert [(p.place.country, p.place.admin1) for p in found] == [("USA", "Ohio")] * 2
    assert places("Ministers flew to Lima.", ("Lima", "place"))[0].place.country == "PER"


def test_adjectives_speak_for_a_country() -> None:
    """They are no places themselves."""
    text = "Spanish police and Moroccan doctors, both Spanish by birth, searched houses near Cordoba."
    found = places(text, ("Cordoba", "place"))
    assert [(p.place.text, p.place.country) for p in found] == [("Cordoba", "ARG")]
    read = [("Spanish", "nationality"), ("Spanish", "nationality"), ("Moroccan", "nationality")]
    found = places(text, *read, ("Cordoba", "place"))
    assert [(p.place.text, p.place.country) for p in found] == [("Cordoba", "ESP")]


def test_the_country_of_the_publishers_address_speaks_too() -> None:
    """Where nothing else does; an address that anybody can buy says nothing."""
    text = "A bus left the road near Newcastle."
    at = ("Newcastle", "place")
    countries = [
        places(text, at, url=url)[0].place.country
        for url in ("https://example.co.za/bus", "https://example.com.au/bus", "https://example.tv/bus", None)
    ]
    assert countries[:2] == ["ZAF", "AUS"]
    assert countries[2] == countries[3]


def test_names_in_a_list_do_not_hold_each_other() -> None:
    """ "Egypt, Jordan" are two countries, "Texas, New York" two states; "Paris, Texas" is a town."""
    found = places("Envoys of Egypt, Jordan and the Gulf met crews from Texas, New York and Paris, Texas.")
    told = [(p.place.text, p.place.precision, "named after it" in p.place.reason) for p in found]
    assert told == [
        ("Egypt", "country", False),
        ("Jordan", "country", False),
        ("Gulf", "water", False),
        ("Texas", "admin1", False),
        ("New York", "admin1", False),
        ("Paris", "city", True),
        ("Texas", "admin1", False),
    ]


def test_counties_in_a_row_share_their_generic_word() -> None:
    found = places("Storms hit Gilchrist, Baker and Nassau counties in Florida.", ("Nassau", "place"))
    assert (found[-2].place.text, found[-2].place.precision) == ("Nassau", "district")
    assert found[-2].place.admin1 == "Florida"


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("A van hit a tree where Lincoln and Kampala streets meet.", [("Lincoln", "place")]),
        ("Trucks left by U.S. 54 yesterday.", []),
        ("Doctors treated three cases of Lassa fever.", [("Lassa", "place")]),
        ("She studied at Aberdeen University.", [("Aberdeen University", "organisation")]),
        ("Voters of District 7 chose a mayor.", []),
        ("They shopped at Wal-Mart yesterday.", [("Mart", "place")]),
    ],
)
def test_roads_illnesses_schools_and_firms_are_no_places(text: str, mentions: list[tuple[str, str]]) -> None:
    assert places(text, *mentions) == []


def test_who_is_read_as_somebody_elsewhere_is_no_place() -> None:
    """A name is one and the same throughout: the reader's slip on one mention does not make it a town."""
    text = "A nurse found Hailey. Her father held Hailey. A cousin drove to Hailey."
    reading = plain_reading(text, mentions=[("Hailey", "person")])
    (first,) = reading.mentions
    spots = [t.i for t in reading.tokens if t.text == "Hailey"]
    mentions = [
        first._replace(first=i, last=i + 1, head=i, type=kind, score=score)
        for i, kind, score in zip(spots, ("person", "person", "place"), (0.9, 0.8, 0.6), strict=True)
    ]
    assert find_places(replace(reading, mentions=tuple(mentions)), load()) == ()


@pytest.mark.parametrize(
    ("text", "mention", "expected"),
    [
        ("A Danbury teacher spoke.", ("Danbury teacher", "person"), ["Danbury"]),
        ("He met Danbury Sheriff Tom Hale.", ("Danbury Sheriff Tom Hale", "person"), ["Danbury"]),
        ("He met Rep. Ann Hale, D-Danbury, twice.", ("D", "person"), ["Danbury"]),
        ("TORRINGTON — Schools stayed shut.", ("TORRINGTON", "person"), ["TORRINGTON"]),
        ("Crews of Springfield-Danbury came.", ("Springfield-Danbury", "place"), ["Springfield", "Danbury"]),
        ("An Ill. farmer came.", ("Ill. farmer", "person"), ["Ill."]),
    ],
)
def test_places_before_nouns_titles_and_in_datelines(
    text: str, mention: tuple[str, str], expected: list[str]
) -> None:
    assert words(places(text, mention)) == expected


def test_arabic_names_are_found_in_other_spellings() -> None:
    """Without the last "h"; such a place is less sure than one spelt as in the gazetteer."""
    (plain,) = places("A bomb went off in Samarra.", ("Samarra", "place"))
    found = places("A bomb went off in al-Hilla in Iraq.", ("al-Hilla", "place"))
    assert [(p.place.country, p.place.precision) for p in found] == [("IRQ", "city"), ("IRQ", "country")]
    assert plain.place.country == "IRQ"
