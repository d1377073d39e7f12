"""The shared article through the real reader: every expected place and time, and no rule made for it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from saydo.codebook.loader import load
from saydo.linking.places import find_places
from saydo.linking.times import find_times
from saydo.linking.times_calendar import shortest
from saydo.model.dates import Interval, parse
from saydo.model.document import Document
from saydo.model.reading import Reading
from saydo.reading import load_reader

ARTICLES = Path(__file__).resolve().parents[3] / "shared" / "articles"
NAME = "taliban-central-asia-2017"
ALPHA_2 = {"AFG": "AF", "RUS": "RU", "TJK": "TJ", "KGZ": "KG", "SYR": "SY", "UKR": "UA"}

pytestmark = [pytest.mark.model, pytest.mark.shared]


@pytest.fixture(scope="module")
def article() -> tuple[Reading, dict[str, Any]]:
    """The article as read, and its expected findings."""
    text, expected = ARTICLES / f"{NAME}.txt", ARTICLES / f"{NAME}.expected.json"
    if not text.is_file():
        pytest.skip("../shared/articles is absent")
    document = Document(NAME, text.read_text(encoding="utf-8"), "2017-04-01")
    return load_reader().read(document), json.loads(expected.read_text(encoding="utf-8"))


def test_every_expected_place(article: tuple[Reading, dict[str, Any]]) -> None:
    """Each expected name is found, has coordinates and lies in the expected country."""
    reading, expected = article
    found = {
        (p.place.text, ALPHA_2.get(p.place.country or ""))
        for p in find_places(reading, load())
        if p.place.lat is not None
    }
    for place in expected["places"]:
        assert (place["text"], place["country"]) in found, place


def test_every_expected_time(article: tuple[Reading, dict[str, Any]]) -> None:
    """Each expected expression is found, and resolved to the expected interval."""
    reading, expected = article
    found = [
        (p.time.text, shortest(Interval(parse(p.time.from_), parse(p.time.to)))) for p in find_times(reading)
    ]
    for time in expected["times"]:
        assert any(time["text"] in words and time["interval"] == days for words, days in found), time
