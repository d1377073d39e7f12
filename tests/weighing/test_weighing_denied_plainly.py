"""Denials in plain words and what comes to light later, with the lookalikes of each: the whole corridor, with the
model that ships."""

from __future__ import annotations

import pytest
from weighing_read import weighed

pytestmark = pytest.mark.model


def kinds(*dated: tuple[str, str]) -> list[str]:
    """The kinds of discrepancies that some reports yield, each a date and a text."""
    return [d.kind for d in weighed(*dated).discrepancies]


# --- what is told long after ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "told",
    [
        "The Carnock asylum kept children in padded cells, an inquiry under Sir Hugh Vane has found.",
        "The Carnock asylum kept children in padded cells, its former matron testified.",
        "Minutes of its board show that the Carnock asylum kept children in padded cells.",
    ],
)
def test_what_an_inquiry_a_court_or_papers_tell_later_may_have_been_done_before(told: str) -> None:
    denied = "The Carnock asylum denied keeping children in padded cells."
    assert kinds(("1962-02-09", denied), ("1964-10-20", told)) == ["denial"]


def test_what_is_merely_told_years_later_is_another_matter() -> None:
    assert not kinds(
        ("1962-02-09", "The Carnock asylum denied keeping children in padded cells."),
        ("1964-10-20", "The Carnock asylum is keeping children in padded cells this winter, a porter said."),
    )


# --- a part in what others did --------------------------------------------------------------------------------

NO_PART = "Iran had nothing to do with the bombing in Limassol, the Iranian foreign ministry said yesterday."


def test_who_had_nothing_to_do_with_it_is_met_by_who_had_a_part_in_it() -> None:
    assert kinds(
        ("1988-04-12", NO_PART),
        ("1990-03-01", "Iran financed the bombing in Limassol, a judge in Nicosia concluded."),
    ) == ["denial"]


def test_a_part_in_it_is_not_what_was_said_about_it() -> None:
    assert not kinds(
        ("1988-04-12", NO_PART),
        ("1990-03-01", "Iran deplored the bombing in Limassol and closed its consulate, court papers show."),
    )


def test_a_land_is_met_under_its_people_s_name() -> None:
    assert kinds(
        ("1994-05-04", "No smuggled timber has come through Cambodian ports, the trade ministry said."),
        (
            "1996-02-20",
            "Auditors found that smuggled timber had come through three ports of Cambodia in 1993.",
        ),
    ) == ["denial"]


def test_the_words_for_those_it_is_about_are_no_matter() -> None:
    assert not kinds(
        (
            "1997-10-02",
            "Deputy Ramon Ilagan denied that he had taken money from the mining firm Sierra Alta.",
        ),
        ("1997-11-14", "Deputy Ramon Ilagan met owners of the mining firm Sierra Alta, his diary shows."),
    )


# --- presence -------------------------------------------------------------------------------------------------


def test_who_has_no_soldiers_there_is_not_seen_there() -> None:
    assert kinds(
        ("2001-09-12", "Angola has no soldiers in Pointe-Noire, its defence minister said."),
        ("2001-09-30", "Angolan soldiers were stationed in Pointe-Noire in August, dockers said."),
    ) == ["denial"]


def test_soldiers_elsewhere_gainsay_nothing() -> None:
    assert not kinds(
        ("2001-09-12", "Angola has no soldiers in Pointe-Noire, its defence minister said."),
        ("2001-09-30", "Angolan soldiers were stationed in Kinshasa in August, dockers said."),
    )


# --- who speaks -----------------------------------------------------------------------------------------------


def test_a_spokesman_speaks_for_the_body_that_was_just_heard() -> None:
    assert kinds(
        (
            "1988-03-26",
            "Sweden's trade ministry called the story nonsense. Sweden had sold no howitzers to any country in "
            "the Middle East, the spokesman added.",
        ),
        ("1988-09-14", "Sweden sold forty howitzers to Oman in 1986, an Omani general said."),
    ) == ["denial"]


@pytest.mark.parametrize(
    "denied",
    [
        '"There were no such cargoes," Malta\'s harbour minister said when he was asked whether rifles had been '
        "landed at Sabratha.",
        'Asked whether rifles had been landed at Sabratha, Malta\'s harbour minister replied: "No. Nothing of the kind."',
    ],
)
def test_a_bare_no_says_no_to_what_was_asked(denied: str) -> None:
    landed = "Rifles were landed at Sabratha three times in 1985, a parliamentary inquiry found."
    assert kinds(("1986-02-08", denied), ("1989-12-01", landed)) == ["denial"]


def test_a_no_to_another_question_says_nothing() -> None:
    assert not kinds(
        (
            "1986-02-08",
            'Asked whether flour had been landed at Sabratha, Malta\'s harbour minister replied: "No. Nothing of the kind."',
        ),
        (
            "1989-12-01",
            "Rifles were landed at Sabratha three times in 1985, a parliamentary inquiry found.",
        ),
    )


def test_what_another_reports_is_denied_with_his_report() -> None:
    assert kinds(
        (
            "2010-09-14",
            'The drug firm Norvix Labs called "utterly false" a magazine\'s report that it hid the deaths of two '
            "patients.",
        ),
        ("2012-03-21", "Norvix Labs concealed the deaths of two patients, minutes read out in court show."),
    ) == ["denial"]


@pytest.mark.parametrize(
    ("later", "found"),
    [
        (
            "Officers fired live rounds at marchers in El Ejido park on 12 October 2019, the ombudsman's papers show.",
            ["denial"],
        ),
        (
            "Firemen fired flares over marchers in El Ejido park on 12 October 2019, the ombudsman's papers show.",
            [],
        ),
    ],
)
def test_what_the_police_denies_its_officers_may_have_done(later: str, found: list[str]) -> None:
    denied = (
        "The interior minister dismissed as baseless reports that police had used live ammunition against "
        "marchers in El Ejido park."
    )
    assert kinds(("2019-10-20", denied), ("2020-03-02", later)) == found


def test_who_is_cleared_of_it_has_not_done_it() -> None:
    assert not kinds(
        ("2008-11-03", "The Tromsdal hospital denied giving patients expired vaccine."),
        ("2009-05-12", "An inquiry has cleared the Tromsdal hospital of giving patients expired vaccine."),
    )


def test_what_follows_a_denial_borrows_no_names_from_it() -> None:
    assert not kinds(
        (
            "1976-06-18",
            "Police did not shoot at schoolchildren in Pimville, the minister of justice said. They fired in the "
            "air, a sergeant claimed.",
        ),
    )


def test_a_short_word_tells_a_matter_too() -> None:
    assert kinds(
        ("2003-02-25", "No sewage had entered the bay since 1996, the city engineer replied to the council."),
        (
            "2003-06-03",
            "Sewage entered the bay at least forty times in 2001, the logbooks of the plant show.",
        ),
    ) == ["denial"]


def test_what_is_asked_is_not_told() -> None:
    assert not kinds(
        (
            "2013-03-13",
            "Senator Hale: Does the Signals Bureau collect letters of farmers? General Dawes: No, sir. The Signals "
            "Bureau does not collect letters of farmers.",
        ),
    )
