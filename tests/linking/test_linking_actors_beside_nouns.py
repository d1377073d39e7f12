"""Names of which the noun beside them says that they are a body's, as the trained reader sees them."""

from __future__ import annotations

from functools import cache

import pytest

from saydo.codebook import load
from saydo.linking import link
from saydo.model.document import Document
from saydo.model.reading import Reader

pytestmark = pytest.mark.model


@cache
def reader() -> Reader:
    from saydo.reading import load_reader

    return load_reader()


def actors(text: str) -> dict[str, str]:
    """The names of the actors of a text, with their kinds."""
    found = link(reader().read(Document("d", text, date="2009-04-01")), load())
    return {a.name: a.kind for a in found.actors}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Zambia armed the Simba militia.", "Simba"),
        ("Zambia armed the Kestrel movement.", "Kestrel"),
        ("Rwandan officers trained M27 recruits at Kanombe.", "M27"),
        ("The firm has links with the Valdez cartel.", "Valdez"),
        ("The party denies any link with the armed organisation Askatu.", "Askatu"),
    ],
)
def test_a_name_beside_a_noun_for_a_body_is_that_bodys(text: str, name: str) -> None:
    assert name in actors(text)


def test_people_of_a_place_are_no_body_of_its_name() -> None:
    assert "Ndola" not in actors("Zambia armed Ndola rebels.")


def test_the_organ_of_a_body_is_not_its_name() -> None:
    assert "Continuity Brigade" in actors("She sat on the army council of the Continuity Brigade.")


def test_who_is_named_behind_what_a_person_is_is_a_person() -> None:
    text = "Norvik Transit says it has no business connection with the sanctioned banker Gleb Starovoitov."
    assert actors(text)["Gleb Starovoitov"] == "person"


def test_a_bishop_named_beside_his_title_is_one_person() -> None:
    assert set(actors("The Archbishop of Lagos, Malachy Okoro, has urged voters to stay at home.")) == {
        "Malachy Okoro"
    }
