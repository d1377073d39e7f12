"""Whether two tellings are of one incident: by hour, day, name, noun, victims and what stands against it."""

from __future__ import annotations

import pytest
from weighing_build import Draft, codebook, count

from saydo.model.records import Count
from saydo.weighing import WeighedReport, weigh

BOOK = codebook()


def told(
    id: str,
    text: str,
    killed: Count,
    *,
    trigger: str,
    day: str = "2024-05-02",
    published: str = "2024-05-04",
    place: str | None = None,
    victims: str | None = None,
    around: str | None = None,
) -> WeighedReport:
    """A report in which an unnamed source gives a number of dead. ``around``: a place named in the sentence
    before; ``victims``: the words for those counted."""
    d = Draft(id, text, published, id)
    if around:
        d.who(around, type="place")
    suffering = (d.who(victims),) if victims else ()
    e = d.event(
        "ASSAULT", trigger, killed=killed, place=d.place(place) if place else None,
        time=d.time("that day", day) if "that day" in text else None, recipients=suffering,
    )  # fmt: skip
    source = d.who("a nurse")
    d.says("assertion", source, text.rpartition(", a nurse")[0].rpartition(". ")[2], events=[e])
    return d.done()


def kinds(*reports: WeighedReport) -> list[str]:
    return [f"{d.kind}.{d.field}" for d in weigh(reports, BOOK).discrepancies]


def riot(id: str, words: str, killed: int, prison: str = "Santa Rita prison", **more: str) -> WeighedReport:
    text = f"Smoke stood over the {prison}. {words} died in the riot of that day, a nurse said."
    return told(id, text, count(killed, text=words.split()[0]), trigger="died", around=prison, **more)


def test_a_riot_is_known_by_its_day_and_the_prison_named_before() -> None:
    assert kinds(riot("r1", "Nine men", 9), riot("r2", "Forty men", 40)) == ["account.killed"]


def test_a_riot_in_another_prison_is_another_riot() -> None:
    assert kinds(riot("r1", "Nine men", 9), riot("r2", "Forty men", 40, "El Cerro prison")) == []


def test_a_riot_of_another_day_is_another_riot() -> None:
    assert kinds(riot("r1", "Nine men", 9), riot("r2", "Forty men", 40, day="2024-05-01")) == []


def ambush(id: str, words: str, killed: int, hour: str, **more: str) -> WeighedReport:
    text = f"{words} died in an ambush near Orle at {hour} that day, a nurse said."
    return told(id, text, count(killed, text=words.split()[0]), trigger="died", place="Orle", **more)


@pytest.mark.parametrize(("one", "other", "same"), [
    ("dawn", "sunset", False),
    ("noon", "night", False),
    ("dawn", "sunrise", True),
    ("midnight", "dusk", True),
])  # fmt: skip
def test_hours_that_exclude_each_other_are_two_incidents(one: str, other: str, same: bool) -> None:
    found = kinds(ambush("r1", "Four people", 4, one), ambush("r2", "Eleven people", 11, other))
    assert found == (["account.killed"] if same else [])


def test_the_night_between_two_days_is_one_night() -> None:
    late = ambush("r1", "Four people", 4, "midnight")
    assert kinds(late, ambush("r2", "Eleven people", 11, "nightfall", day="2024-05-03")) == ["account.killed"]
    assert kinds(late, ambush("r2", "Eleven people", 11, "nightfall", day="2024-05-05")) == []


def fell(id: str, words: str, killed: int, noun: str, **more: str) -> WeighedReport:
    text = f"{words} died in the {noun} of Orle that day, a nurse said."
    head = words.partition(",")[0]
    return told(
        id, text, count(killed, text=words.split()[0]), trigger="died", place="Orle", victims=head, **more
    )


def test_each_side_of_a_battle_has_its_own_dead() -> None:
    assert kinds(fell("r1", "Forty rebels", 40, "battle"), fell("r2", "Nine soldiers", 9, "battle")) == []


def test_who_was_killed_in_a_raid_is_disputed() -> None:
    found = kinds(fell("r1", "Four rebels", 4, "raid"), fell("r2", "Nineteen villagers", 19, "raid"))
    assert found == ["account.killed"]


def test_the_dead_of_one_force_are_some_of_all() -> None:
    assert kinds(fell("r1", "Nine soldiers", 9, "raid"), fell("r2", "Thirty people", 30, "raid")) == []


def test_those_counted_apart_are_some_of_all() -> None:
    all_ = fell("r2", "Thirty people, among them nine pupils,", 30, "raid")
    assert kinds(fell("r1", "Nine pupils", 9, "raid"), all_) == []


def test_a_blast_is_no_riot() -> None:
    assert kinds(fell("r1", "Four people", 4, "blast"), fell("r2", "Nineteen people", 19, "riot")) == []


def test_what_is_told_of_several_attacks_is_no_incident() -> None:
    def attacks(id: str, words: str, killed: int) -> WeighedReport:
        text = f"Six attacks near Orle that day killed {words}, a nurse said."
        return told(id, text, count(killed), trigger="attacks", place="Orle")

    assert kinds(attacks("r1", "four people", 4), attacks("r2", "nineteen people", 19)) == []


def test_a_toll_that_has_risen_is_news() -> None:
    first = fell("r1", "Four people", 4, "raid", published="2024-05-03")
    text = "The toll of the raid of Orle that day has risen to nineteen, a nurse said."
    later = told("r2", text, count(19), trigger="raid", place="Orle", published="2024-05-05")
    assert kinds(first, later) == []
