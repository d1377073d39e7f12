"""What is counted, in whatever words the number comes: with the real reader."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "measure", "low", "high"),
    [
        ("Forty people drowned in the lake.", "killed", 40, 40),
        ("The collapse has claimed nine lives.", "killed", 9, 9),
        ("Sixty miners lost their lives in the pit.", "killed", 60, 60),
        ("The doctor confirmed the deaths of 14 villagers.", "killed", 14, 14),
        ("The bishop has a list of 26 dead.", "killed", 26, 26),
        ("The relief society puts the number of dead at 10,000.", "killed", 10_000, 10_000),
        ("No more than 40 workers perished.", "killed", 0, 40),
        ("The army lost eleven men as prisoners.", "held", 11, 11),
        ("Lawyers spoke of 620 people who were taken into custody.", "held", 620, 620),
        ("There were 45,000 of us on the streets.", "turnout", 45_000, 45_000),
        ("Turnout reached 78 percent.", "turnout percent", 78, 78),
        ("The demolition left 900 families homeless.", "homeless family", 900, 900),
        ("The quake left 40,000 people without a roof.", "homeless", 40_000, 40_000),
        ("Gunners shot down nine planes over the port.", "lost aircraft", 9, 9),
    ],
)
def test_a_number_is_read_with_what_it_measures(record, text, measure, low, high) -> None:
    told = [p for p in record(text).propositions if p.count is not None]
    assert [(p.verb, p.count.low, p.count.high) for p in told] == [(measure, low, high)]


@pytest.mark.parametrize(
    "text",
    [
        "In 1990 police arrested the brothers.",
        "The flood drowned 300 sheep.",
        "A man was killed on the road.",
        "Nine companies were lost to the crisis.",
    ],
)
def test_years_beasts_and_companies_are_no_count_of_people(record, text) -> None:
    assert not [p for p in record(text).propositions if p.count is not None]


def test_a_title_before_the_name_speaks_what_was_said_before(record) -> None:
    text = (
        "FARC rebels murdered the mayor, the commander of the army's Fourth Brigade, General Rafael Duarte, told "
        "journalists."
    )
    assert [" ".join(text[a:b] for a, b in s.content) for s in record(text).statements] == [
        "FARC rebels murdered the mayor"
    ]
