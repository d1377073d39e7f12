"""The gazetteer: names folded alike, places found under them, areas with centres."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saydo.linking.gazetteer import Candidate, Gazetteer, cache_folders, gazetteer
from saydo.linking.gazetteer_names import is_latin, key, without_article


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Deir ez-Zor", "Deir Ez Zor"),
        ("São Paulo", "Sao Paulo"),
        ("the Panj River", "Panj river"),
        ("St. Louis", "Saint Louis"),
        ("Xi'an", "Xian"),
        ("Łódź", "Lodz"),
        ("Côte d’Ivoire", "Cote d'Ivoire"),
        ("U.S.", "US"),
    ],
)
def test_spellings_of_one_name_share_a_key(one: str, other: str) -> None:
    """Accents, hyphens, apostrophes, full stops and "the" make no difference."""
    assert key(one) == key(other) != ""


@given(st.text(max_size=40))
def test_key_is_idempotent(text: str) -> None:
    """Folding never raises, and folding twice changes nothing more."""
    folded = key(text)
    assert key(folded) in (folded, key(key(folded)))
    assert "  " not in folded


def test_which_names_stand_in_english_text() -> None:
    """Codes, other scripts and transliterations in lower case are left out."""
    assert is_latin("Kunduz")
    assert not any(is_latin(name) for name in ("KDZ", "Кундуз", "kndwz", "قندوز", "", "K2"))
    assert without_article("al anbar") == "anbar"
    assert without_article("anbar") == ""


def kinds(name: str) -> dict[str, Candidate]:
    """The most populous place of each kind under a name."""
    found: dict[str, Candidate] = {}
    for candidate in gazetteer().find(name):
        found.setdefault(candidate.kind, candidate)
    return found


@pytest.mark.parametrize(
    ("name", "kind", "country", "lat", "lon"),
    [
        ("Niger", "country", "NER", 17, 9),
        ("Burma", "country", "MMR", 22, 97),
        ("Congo", "country", "COD", -3, 23),
        ("Ouagadougou", "capital", "BFA", 12.4, -1.5),
        ("Maiduguri", "city", "NGA", 11.8, 13.2),
        ("Homs", "city", "SYR", 34.7, 36.7),
        ("Deir ez-Zor", "city", "SYR", 35.3, 40.1),
        ("Borno", "admin1", "NGA", 11.8, 13),
        ("Jawzjan", "admin1", "AFG", 36.5, 66),
        ("Jozjan", "admin1", "AFG", 36.5, 66),
        ("Kachin State", "admin1", "MMR", 26, 97.5),
        ("Donetsk", "admin1", "UKR", 48, 37.8),
        ("Bavaria", "admin1", "DEU", 49, 11.5),
        ("Maricopa County", "district", "USA", 33.4, -112),
        ("Sahel", "region", "", 15, 3),
        ("Amu Darya", "water", "", 38.5, 64.5),
        ("Lake Chad", "water", "", 13, 14),
    ],
)
def test_known_places(name: str, kind: str, country: str, lat: float, lon: float) -> None:
    """A place of that kind and country is found, and its centre lies where atlases have it."""
    place = kinds(name)[kind]
    assert place.country == country
    assert abs(place.lat - lat) < 1.6
    assert abs(place.lon - lon) < 1.6


def test_towns_know_their_area() -> None:
    """GeoNames' area codes are turned into names of first-level areas."""
    expected = {
        "Mazar-e Sharif": "Balkh",
        "Mosul": "Nineveh",
        "Omdurman": "Khartoum",
        "Fargo": "North Dakota",
    }
    assert {name: gazetteer().find(name)[0].admin1 for name in expected} == expected


def test_unknown_name() -> None:
    """A name that no place has gives nothing; neither does an empty one."""
    assert gazetteer().find("Qwertyuiopgrad") == ()
    assert gazetteer().find("") == ()


def test_most_populous_first() -> None:
    """Candidates come in order of population, so that the order never depends on chance."""
    populations = [c.population for c in gazetteer().find("San José")]
    assert len(populations) > 3
    assert populations == sorted(populations, reverse=True)


def test_any_database_of_the_form_will_do() -> None:
    """The look-up needs nothing but the two tables."""
    connection = sqlite3.connect(":memory:")
    connection.executescript(
        """create table place (id integer primary key, name text, kind text, lat real, lon real, country text,
             admin1 text, population integer, geonames_id integer);
           create table name (key text, place integer, main integer, primary key (key, place)) without rowid;
           insert into place values (7, 'Little Wells', 'city', 1.5, 2.5, 'TCD', 'Borkou', 40, null);
           insert into name values ('little wells', 7, 1);"""
    )
    (place,) = Gazetteer(connection).find("Little-Wells")
    assert place == Candidate(7, "Little Wells", "city", 1.5, 2.5, "TCD", "Borkou", 40, None, True)


def test_cache_folder_can_be_chosen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """``SAYDO_CACHE`` wins over the cache folder of the system."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "system"))
    assert cache_folders() == [tmp_path / "system" / "saydo"]
    monkeypatch.setenv("SAYDO_CACHE", str(tmp_path / "own"))
    assert cache_folders() == [tmp_path / "own"]
