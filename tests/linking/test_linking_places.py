"""Place names: what is found, which place is meant, and where the name stands for a government."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from linking_plain import plain_reading

from saydo.codebook.loader import load
from saydo.linking.places import find_places
from saydo.model.document import Document
from saydo.model.linked import LinkedPlace
from saydo.reading.scripted import scripted_reading


def places(text: str, *mentions: tuple[str, str], **tags: str) -> list[LinkedPlace]:
    return list(find_places(plain_reading(text, tags=tags, mentions=mentions), load()))


def brief(found: list[LinkedPlace]) -> list[tuple[str, str | None, str | None]]:
    """Words, country and precision of each place."""
    return [(p.place.text, p.place.country, p.place.precision) for p in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Shells fell in Mali.", [("Mali", "MLI", "country")]),
        ("Troops crossed the Euphrates near Raqqa.",
         [("Euphrates", None, "water"), ("Raqqa", "SYR", "city")]),
        ("They fought in the provinces of Faryab and Helmand.",
         [("Faryab", "AFG", "admin1"), ("Helmand", "AFG", "admin1")]),
        ("They fought in Kunduz province.", [("Kunduz", "AFG", "admin1")]),
        ("They marched through the city of Kunduz.", [("Kunduz", "AFG", "city")]),
        ("A camp stood in the Sangin district of Helmand.",
         [("Sangin", "AFG", "district"), ("Helmand", "AFG", "admin1")]),
        ("A boat sank on Lake Victoria off Uganda.",
         [("Lake Victoria", None, "water"), ("Uganda", "UGA", "country")]),
        ("Herders left the Horn of Africa.", [("Horn of Africa", None, "region")]),
        ("Fire broke out in Springfield, Ohio.",
         [("Springfield", "USA", "city"), ("Ohio", "USA", "admin1")]),
        ("Fire broke out in Alexandria, La., at noon.",
         [("Alexandria", "USA", "city"), ("La.", "USA", "admin1")]),
        ("A mine blew up in Tripoli, Lebanon.",
         [("Tripoli", "LBN", "city"), ("Lebanon", "LBN", "country")]),
    ],
)  # fmt: skip
def test_places_of_a_sentence(text: str, expected: list[tuple[str, str | None, str | None]]) -> None:
    """Words, country and precision of all the places of a sentence."""
    assert brief(places(text)) == expected


def test_the_document_decides_between_namesakes() -> None:
    """The same name means the place nearest to the others of the document."""
    texas = places("Crews from Dallas, Texas, drove on to Fort Worth and to Paris.", ("Paris", "place"))
    france = places("Crews from Lyon and Marseille in France drove on to Paris.", ("Paris", "place"))
    assert texas[-1].place.admin1 == "Texas"
    assert france[-1].place.country == "FRA"


def test_container_after_the_comma_decides() -> None:
    """ "Georgia" is the state where a city of it stands before the comma, else the country."""
    state = places("Police in Augusta, Georgia, made arrests.", ("Augusta", "place"))
    assert (state[0].place.admin1, state[1].place.precision) == ("Georgia", "admin1")
    assert brief(places("Tanks rolled from Russia into Georgia.")) == [
        ("Russia", "RUS", "country"),
        ("Georgia", "GEO", "country"),
    ]


def test_persons_are_no_places() -> None:
    """A name inside that of a person is skipped, and so is the last name alone later on."""
    found = places(
        "Mr. Jackson Paris spoke. Then Paris left Chad.", ("Jackson Paris", "person"),
    )  # fmt: skip
    assert [p.place.text for p in found] == ["Chad"]


def test_streets_and_peoples_are_no_places() -> None:
    """A road and an adjective name no town."""
    found = places("A man of Memphis Street met Afghan and Russian doctors in Kenya.")
    assert [p.place.text for p in found] == ["Kenya"]


def test_a_name_is_a_place_throughout_the_document() -> None:
    """Where the reader saw a place once, the same name is one again, but not inside a person's name."""
    text = "Crews worked in Torrington. Later Torrington residents left with Ann Torrington Smith."
    found = places(text, ("Torrington", "place"), ("Ann Torrington Smith", "person"))
    assert [p.place.start for p in found] == [text.index("Torrington"), text.index("Torrington residents")]


def test_bodies_of_a_town() -> None:
    """The police of a town tell of the town; a firm that only shares its name does not."""
    text = "The Kandahar Police Department hired Florence Holdings."
    found = places(
        text, ("The Kandahar Police Department", "government"), ("Florence Holdings", "organisation")
    )
    assert [p.place.text for p in found] == ["Kandahar"]


def test_named_groups_of_the_codebook_are_no_places() -> None:
    """A group that the codebook knows is not taken for a town of that name."""
    assert places("Fighters of Hamas and Hezbollah met.", ("Hamas", "place"), ("Hezbollah", "place")) == []


def test_unknown_place_is_listed_with_the_reason() -> None:
    """What the reader takes for a place and the gazetteer lacks has no coordinates, and says so."""
    (found,) = places("Gunmen rode into Qarabolagh-Tappeh at dawn.", ("Qarabolagh-Tappeh", "place"))
    assert (found.place.lat, found.place.lon, found.place.precision) == (None, None, None)
    assert found.place.reason == "not in the gazetteer"


def test_lower_cased_text() -> None:
    """Without capitals prepositions and part of speech tell places."""
    text = "the army said that rebels fired on a bus in san miguel department of el salvador."
    tags = dict.fromkeys(("san", "miguel", "el", "salvador"), "PROPN")
    found = find_places(plain_reading(text, tags=tags), load())
    assert [(p.place.text, p.place.country) for p in found] == [("san miguel", "SLV"), ("el salvador", "SLV")]


def script(text: str, lines: str) -> list[bool]:
    """Whether each place of a sentence with this tree is a metonym."""
    reading = scripted_reading(Document("d", text), lines)
    return [p.metonym for p in find_places(reading, load())]


def test_capital_that_speaks_is_a_metonym() -> None:
    """ "Ankara accused Athens": both stand for their governments."""
    assert script(
        "Ankara accused Athens yesterday",
        """1 Ankara Ankara PROPN 2 nsubj
           2 accused accuse VERB 0 root
           3 Athens Athens PROPN 2 obj
           4 yesterday yesterday NOUN 2 obl:tmod
           # mention 1-1 place named
           # mention 3-3 place named""",
    ) == [True, True]


def test_place_where_something_happened_is_none() -> None:
    """ "Crowds marched in Ankara": a place; "Rwanda lies there": a place too."""
    assert script(
        "Crowds marched in Ankara",
        """1 Crowds crowd NOUN 2 nsubj
           2 marched march VERB 0 root
           3 in in ADP 4 case
           4 Ankara Ankara PROPN 2 obl""",
    ) == [False]
    assert script(
        "Rwanda borders Burundi",
        """1 Rwanda Rwanda PROPN 2 nsubj
           2 borders border VERB 0 root
           3 Burundi Burundi PROPN 2 obj""",
    ) == [False, False]


def test_owner_of_a_policy_is_a_metonym_owner_of_land_is_none() -> None:
    """ "Kenya's strategy" is the government's, "Kenya's coast" is not."""
    lines = """1 Kenya Kenya PROPN 3 nmod:poss
               2 's 's PART 1 case
               3 {0} {0} NOUN 4 nsubj
               4 changed change VERB 0 root"""
    assert script("Kenya's strategy changed", lines.format("strategy")) == [True]
    assert script("Kenya's coast changed", lines.format("coast")) == [False]


def test_party_of_talks_is_a_metonym() -> None:
    """ "Talks with Iran", "signed by Peru": parties; "a road with views of Iran" would be none."""
    assert script(
        "Talks with Iran failed",
        """1 Talks talk NOUN 4 nsubj
           2 with with ADP 3 case
           3 Iran Iran PROPN 1 nmod
           4 failed fail VERB 0 root""".replace("talk NOUN", "talks NOUN"),
    ) == [True]
    assert script(
        "It was signed by Peru",
        """1 It it PRON 3 nsubj:pass
           2 was be AUX 3 aux:pass
           3 signed sign VERB 0 root
           4 by by ADP 5 case
           5 Peru Peru PROPN 3 obl:agent""",
    ) == [True]


def test_name_within_a_name_says_not_where() -> None:
    """ "The Islamic Emirate of Afghanistan" holds a place name that locates nothing."""
    (found,) = places("They swore by the Islamic Emirate of Afghanistan.")
    assert found.metonym


@settings(max_examples=120, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                "in of the Paris Texas , Georgia U.S. St. Lake Chad New York River province - based Wadi The 's La."
                " Kunduz county al Bab el kunduz Mr. Washington D.C. N. C. Ministry Islamic State".split(" ")
            ),
            st.text(min_size=1, max_size=8),
        ),
        max_size=25,
    )
)
def test_any_words(words: list[str]) -> None:
    """Never raises; quotes are exact, in order and apart; every place has a score and a reason."""
    text = " ".join(words)
    reading = plain_reading(text)
    found = find_places(reading, load())
    at = 0
    for linked in found:
        place = linked.place
        assert at <= place.start < place.end
        at = place.end
        assert text[place.start : place.end] == place.text
        assert place.reason
        assert 0 <= place.score <= 1
        assert (place.lat is None) == (place.precision is None)
        assert linked.tokens[0] < linked.tokens[1] <= len(reading.tokens)
    assert find_places(reading, load()) == found
