"""The network: a tie is there on exactly the days on which the reports have it hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from hypothesis import assume, given
from hypothesis import strategies as st
from web_case import put_case

from saydo.desk.network import TieSpan, intervals
from saydo.desk.spells import CURRENCY_DAYS
from saydo.model.case import Bound, Spell
from saydo.model.store import Derived
from saydo.store import SqliteStore
from saydo.web import create_app
from saydo.weighing.spells import holds_on

DAYS = st.dates(date(2015, 1, 1), date(2022, 12, 31))
TOLD = st.one_of(
    DAYS.map(lambda d: d.isoformat()), DAYS.map(lambda d: d.isoformat()[:7]), DAYS.map(lambda d: str(d.year))
)
BOUNDS = st.none() | st.builds(Bound, TOLD, st.booleans(), st.just(()))


@given(since=BOUNDS, until=BOUNDS, last=st.none() | DAYS.map(lambda d: d.isoformat()), day=DAYS)
def test_intervals_say_what_weighing_says_of_each_day(
    since: Bound | None, until: Bound | None, last: str | None, day: date
) -> None:
    """The picture moves by two intervals; they may never say other than the rule they are made from. (A tie
    is never told of before it began.)"""
    assume(last is None or since is None or since.day <= last[: len(since.day)])
    spell = Spell("command", "a", "b", "A", "B", None, since, until, last, ())
    tie = TieSpan(0, "command", "a", "b", None, *intervals(spell), 1, False)
    assert tie.on(day.isoformat()) == holds_on(spell, day, timedelta(days=CURRENCY_DAYS))


@pytest.fixture(scope="module")
def tied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The delta with a tie that ends and a group that came out of another, both on a tie of its reports."""
    folder = put_case(tmp_path_factory.mktemp("tied") / "delta")
    with SqliteStore.for_writing(folder) as store:
        view = store.view()
        document, tie = next((r.id, r.ties[0].id) for r in view.records if r.ties)
        ids = [found.actor.id for found in view.actors][:3]
        refs = ((document, tie),)
        ended = Spell(
            "command", ids[0], ids[1], ids[0], ids[1], None, Bound("2018-01-01", True, refs),
            Bound("2018-12-31", True, refs), "2018-12-31", refs,
        )  # fmt: skip
        split = Spell(
            "succession", ids[2], ids[1], ids[2], ids[1], "splinter", Bound("2018-06-01", True, refs), None,
            "2019-05-01", refs,
        )  # fmt: skip
        store.put_derived(
            Derived(view.actors, view.discrepancies, view.commitments, spells=(ended, split)), "tied"
        )
    return folder


@pytest.fixture
def client(tied: Path) -> Iterator[TestClient]:
    with TestClient(create_app(tied), base_url="http://127.0.0.1") as made:
        yield made


def listed(page: str) -> list[int]:
    return [int(n) for n in re.findall(r'<li data-number="(\d+)"', page)]


def test_a_tie_is_listed_until_its_last_day(client: TestClient) -> None:
    assert len(listed(client.get("/network?on=2018-12-31").text)) == 2
    assert len(listed(client.get("/network?on=2019-01-01").text)) == 1
    assert len(listed(client.get("/network?on=2018-12-31&kind=command").text)) == 1
    assert listed(client.get("/network?on=2018-12-31&state=likely").text) == []
    assert client.get("/network").status_code == 200


def test_a_tie_opens_with_the_words_it_rests_on(client: TestClient) -> None:
    for number in listed(client.get("/network?on=2018-12-31").text):
        page = client.get("/network/tie", params={"number": number}).text
        assert "<mark>" in page and "/reader?report=" in page
    assert client.get("/network/tie?number=99").status_code == 404


def test_lanes_say_who_came_out_of_whom(client: TestClient) -> None:
    page = client.get("/network?view=lanes").text
    assert page.count('<path class="arc"') == 1 and "splinter" in page
    assert page.count('<line class="lane"') == 2


def test_the_api_has_what_the_picture_is_drawn_from(client: TestClient) -> None:
    answer = client.get("/api/v1/network").json()
    assert len(answer["ties"]) == 2
    assert {end for t in answer["ties"] for end in (t["from_actor"], t["to_actor"])} == {
        a["id"] for a in answer["actors"]
    }


def test_places_are_counted_by_kind(client: TestClient) -> None:
    spots = client.get("/api/v1/map").json()
    events = client.get("/api/v1/events?limit=500").json()["items"]
    placed = 0
    for item in events:
        record = client.get("/api/v1/record", params={"id": item["document"]}).json()
        at = item["event"]["place"]
        placed += at is not None and record["places"][at]["lat"] is not None
    assert sum(n for spot in spots for n in spot["counts"].values()) == placed > 0
    assert client.get("/api/v1/map", params={"since": "2031"}).json() == []
