"""What one report tells side by side without any gap: the whole corridor, with the model that ships."""

from __future__ import annotations

import pytest
from weighing_read import weighed

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("why", "text"),
    [
        (
            "a report's own number beside somebody's is of something else",
            "WINDHOEK - More than 17% of eligible Swapo voters turned out in the primaries, the Kalahari Research "
            "Centre said on Sunday. Nearly 12% of eligible DTA voters also turned out in the primaries, the highest "
            "percentage in years.",
        ),
        (
            "who left a post has given no word",
            "TIRANA - Arben Hoxha left the Democratic Alliance in 2012 and founded a consultancy. Hoxha and Luan "
            "Prifti worked together at the Democratic Alliance on its register of voters.",
        ),
        (
            "what is beyond all others is no denial",
            'GDANSK - "No great man has done more for this city than Lech Zielinski," said Charles Nowak, a baker. '
            "Hanna Karim can barely believe that she lives in the city of the great Lech Zielinski.",
        ),
        (
            "the day's new cases are not all cases so far",
            "BEIRA - About 35,000 people have been infected with cholera in Beira, the World Health Organization said. "
            "The health ministry said 546 people were infected with cholera in Beira in the last 24 hours.",
        ),
        (
            "a denial is no claim that it denies",
            "LEIDEN - Pieter Vandel denied that he had carried papers across the border, as the prosecution "
            "maintains.",
        ),
        (
            "that no one else died is no toll",
            "GOMRA - Nine people died when the train left the rails, Dr Sen Mahat said. No one else has died, the "
            "railway hospital at Gomra said.",
        ),
        (
            "that it is one thing is not gainsaid by the other things about it",
            "OSLO - Ingrid Dahl says his private meeting with Bishop Halvorsen is not an endorsement. Ingrid Dahl "
            "met privately with Bishop Halvorsen on Saturday.",
        ),
    ],
)
def test_nothing_stands_against_anything(why: str, text: str) -> None:
    found = weighed(("2016-06-05", text)).discrepancies
    assert not found, f"{why}: {found[0].explanation}"
