"""Pledges and the deeds that break them, each told in other words: the whole corridor, with the model that ships."""

from __future__ import annotations

import pytest
from weighing_read import weighed

pytestmark = pytest.mark.model


def kinds(*dated: tuple[str, str]) -> list[str]:
    """The kinds of discrepancies that some reports yield, each a date and a text."""
    return [d.kind for d in weighed(*dated).discrepancies]


def test_what_a_pact_lays_down_is_met_by_words_of_the_same_kind() -> None:
    assert kinds(
        (
            "1994-03-02",
            "Under the accord the Northern Cabinda Front is to hand in all its mortars by the end of April.",
        ),
        ("1994-09-09", "The Northern Cabinda Front has kept most of its mortars."),
    ) == ["commitment"]


def test_who_fished_inside_a_zone_did_not_stay_outside_it() -> None:
    assert kinds(
        (
            "2012-04-03",
            "Korean Ocean Foods gave assurances on Monday that its boats would stay outside the lagoon of Nauru.",
        ),
        ("2012-06-19", "Two boats of Korean Ocean Foods were fishing in the lagoon of Nauru on Sunday."),
    ) == ["commitment"]


def test_what_nobody_was_to_do_before_a_day_may_be_done_after_it() -> None:
    pledge = (
        "1978-11-06",
        "There will be no stoppages on the trams before Christmas, the tramway union's secretary, Bill Doyle, "
        "promised on Friday.",
    )
    deed = "Trams stood still on Wednesday as drivers of the tramway union walked off the job at noon."
    assert kinds(pledge, ("1978-12-14", deed)) == ["commitment"]
    assert not kinds(pledge, ("1979-03-14", deed))


def test_a_deed_that_has_lasted_since_a_month_is_dated() -> None:
    assert kinds(
        ("1992-05-02", "Hydro Norte promised that it would not draw water from the canal at Uchiza."),
        ("1994-11-18", "Hydro Norte has been drawing water from the canal at Uchiza since October."),
    ) == ["commitment"]


def test_those_who_were_to_pass_were_seized() -> None:
    assert "commitment" in kinds(
        (
            "1975-09-18",
            "The Chilean junta assured the Dutch ambassador that those who leave the embassy will be allowed to go "
            "abroad.",
        ),
        (
            "1975-10-04",
            "Two men who left the Dutch embassy in Santiago were seized at the airport by the Chilean junta's police.",
        ),
    )


def test_half_a_name_makes_two_states_no_less_two() -> None:
    assert not kinds(
        ("2000-06-20", "North Korea said it would test no more long-range missiles."),
        (
            "2001-01-09",
            "South Korea tested a long-range missile on Monday. North Korea called it a provocation.",
        ),
    )


def test_a_plant_is_not_the_plant() -> None:
    assert not kinds(
        ("2001-05-02", "Shannon Dairies assured staff that its Mallow plant would stay open."),
        (
            "2002-03-11",
            "A meat plant at Mallow closed on Friday. Shannon Dairies took on some of the workers.",
        ),
    )


def test_who_was_to_harm_nobody_killed_somebody() -> None:
    assert "commitment" in kinds(
        (
            "1999-01-12",
            '"We will harm no civilian," said Sam Kallon, commander of the Lado Front, in Kenema.',
        ),
        ("1999-01-19", "Two women were hacked to death in Kenema on Friday by fighters of the Lado Front."),
    )


def test_nobody_in_a_pledge_is_whoever_it_was_done_to() -> None:
    assert "commitment" in kinds(
        (
            "1993-10-06",
            '"Nobody will be driven off the land overnight," Zimbabwe\'s agriculture minister, Joseph Moyo, said.',
        ),
        ("1994-02-21", "Nine families were driven off farms near Marondera by Zimbabwean police last week."),
    )
