"""Gaps and lookalikes in the plain words of agencies, each with what must hold: the whole corridor, with the model
that ships."""

from __future__ import annotations

import pytest
from weighing_read import weighed

pytestmark = pytest.mark.model


def kinds(*dated: tuple[str, str]) -> list[str]:
    """The kinds of discrepancies that some reports yield, each a date and a text."""
    return [d.kind for d in weighed(*dated).discrepancies]


# --- what stands against nothing -------------------------------------------------------------------------------


def test_who_is_still_within_the_deadline_has_broken_nothing() -> None:
    assert not kinds(
        (
            "2005-03-02",
            "Gabon has promised to withdraw its gendarmes from Mbanie by 30 June, its envoy said.",
        ),
        ("2005-05-10", "Gabon's gendarmes remain in Mbanie, fishermen said."),
    )


@pytest.mark.parametrize(("day", "broken"), [("2005-09-10", False), ("2006-03-10", True)])
def test_within_so_many_days_ends_after_them(day: str, broken: bool) -> None:
    assert (
        bool(
            kinds(
                (
                    "2005-03-02",
                    "Gabon has promised to withdraw its gendarmes from Mbanie within three hundred days, its envoy said.",
                ),
                (day, "Gabon's gendarmes remain in Mbanie, fishermen said."),
            )
        )
        is broken
    )


def test_a_pledge_for_some_weeks_says_nothing_of_the_weeks_after() -> None:
    assert not kinds(
        (
            "1989-06-02",
            "The pilots' union has pledged not to strike at Porto airport between 10 June and 20 July.",
        ),
        ("1989-09-12", "The pilots' union struck at Porto airport on Monday."),
    )


def test_words_that_hold_until_something_ends_on_a_day_end_with_it() -> None:
    assert not kinds(
        (
            "2003-05-06",
            "The Falcon Brigade said it would not attack police on the coast road until the fair ends on 30 May.",
        ),
        ("2003-07-01", "Fighters of the Falcon Brigade attacked police on the coast road on Sunday."),
    )


def test_a_promise_up_to_the_end_of_something_in_a_month_ends_with_that_month() -> None:
    pledge = (
        "1998-07-31",
        "The Teachers' League said it would not strike before the end of the school year in December.",
    )
    deed = "Members of the Teachers' League struck on Monday, the first day of the school year."
    assert kinds(pledge, ("1998-10-14", deed)) == ["commitment"]
    assert not kinds(pledge, ("1999-02-10", deed))


def test_the_lorry_that_struck_a_mine_is_nobody_who_did_it() -> None:
    assert not kinds(
        (
            "1996-07-15",
            "A lorry struck a mine west of Lubumba on Friday; four traders died. The Luvua Front said its sappers "
            "had laid it.",
        ),
    )


def test_a_unit_of_like_name_in_another_army_keeps_nobodys_promise() -> None:
    assert not kinds(
        (
            "2001-03-05",
            "The 9th Battalion of the Zambian army will not enter the town of Chavuma, its commander, Major Paul "
            "Tembo, told elders on Sunday.",
        ),
        (
            "2001-03-20",
            "The 9th Battalion of the Angolan army entered the town of Chavuma on Monday, traders said.",
        ),
    )


def test_what_a_pledge_leaves_out_may_be_done() -> None:
    assert not kinds(
        (
            "1993-02-02",
            "The customs of Georgia said nothing would be let through the checkpoint at Larsi apart from flour.",
        ),
        (
            "1993-02-20",
            "Nine lorries with flour were let through the checkpoint at Larsi on Friday, drivers said.",
        ),
    )


def test_what_a_speaker_says_that_others_say_is_told_by_nobody() -> None:
    assert not kinds(
        (
            "2015-04-03",
            "The Burundian defence ministry said that no Burundian troops had crossed into Rwanda.",
        ),
        (
            "2015-04-05",
            '"They write that Burundian troops have crossed into Rwanda. It is a fairy tale," said Jean Bosco Ndayi, '
            "a spokesman, on Saturday.",
        ),
    )


def test_a_charge_that_could_not_be_confirmed_gainsays_nothing() -> None:
    assert not kinds(
        ("2017-05-02", "Lukaya Timber denies having bought logs from the Mayi rebels."),
        (
            "2017-08-02",
            "The inspectors heard allegations that Lukaya Timber bought logs from the Mayi rebels, but were unable "
            "to verify them.",
        ),
    )


def test_one_lawmaker_is_not_the_parliament() -> None:
    assert not kinds(
        ("2011-03-02", "The Senate of the United States supports Ivan Petrov, it said on Monday."),
        ("2011-03-20", "On Sunday a senator from Vermont in the US blasted Ivan Petrov for his corruption."),
    )


def test_what_was_never_paid_to_one_may_be_paid_to_another() -> None:
    assert not kinds(
        ("2005-11-30", "Tarn Minerals said that it had never paid the governor in cash."),
        (
            "2006-01-21",
            "Tarn Minerals paid 40,000 dollars in licence fees to the provincial treasury in December, its annual "
            "report shows.",
        ),
    )


def test_that_it_is_no_surprise_denies_nothing() -> None:
    assert not kinds(
        (
            "2009-03-19",
            "With hotel bookings down, the council was given a gloomy budget update on Wednesday by Mayor Nuno Reis. "
            "“It is no surprise hotel bookings were down,” Reis said.",
        ),
    )


def test_what_one_does_for_another_reason_than_the_one_denied_is_no_contradiction() -> None:
    assert not kinds(
        (
            "2009-03-19",
            "Ivan Petrov said he was not running for his own glory. He is running for the children of the ward.",
        ),
    )


def test_other_goods_than_those_denied_gainsay_nothing() -> None:
    assert not kinds(
        (
            "1991-02-12",
            "Niger has never sent weapons to the Sahel Liberation Front, its interior minister said on Monday.",
        ),
        (
            "1991-04-03",
            "Niger sent rice and tents to families of the Sahel Liberation Front last month, Oxfam reported.",
        ),
    )


def test_words_about_now_are_not_set_against_what_ended_long_ago() -> None:
    assert not kinds(
        (
            "2015-10-08",
            "The Maltese Workers' League receives no money from Libya, its treasurer said on Wednesday.",
        ),
        (
            "2016-01-20",
            "Files opened in Valletta show that the Maltese Workers' League received money from Libya between 1972 and 1979.",
        ),
    )


def test_spokesmen_of_two_bodies_are_not_one() -> None:
    assert "denial" not in kinds(
        (
            "1996-03-12",
            "A spokesman for the Tyne shipwrights' union said on Monday that it was opposed to the sale of the yard.",
        ),
        (
            "1996-07-18",
            "The chamber of trade supports the sale of the yard, its spokesman said on Wednesday.",
        ),
    )


# --- what stands against something -----------------------------------------------------------------------------


def test_the_dead_of_one_raid_counted_by_two_voices() -> None:
    assert kinds(
        ("1977-05-13", "Zairean planes attacked a camp at Kisenge on Thursday. Army headquarters said in a communique that 120 rebels were killed in the raid."),
        ("1977-05-15", "The governor's office said on Saturday that 28 people were killed in Thursday's raid on Kisenge by the air force."),
    ) == ["account"]  # fmt: skip


def test_a_spot_that_is_named_without_the_word_for_it_is_the_same() -> None:
    assert "account" in kinds(
        (
            "2012-03-11",
            "Government forces killed 12 fighters in an air strike in the Shirin valley on Friday, a spokesman for the army said on Sunday.",
        ),
        (
            "2012-03-20",
            "According to a rights group, the air strike in the Shirin valley on 9 March killed 33 villagers.",
        ),
    )


def test_what_nobody_did_is_gainsaid_by_whoever_it_befell() -> None:
    assert "denial" in kinds(
        (
            "2011-08-15",
            "Nobody has died of measles in the Kowra camp this year, health minister Esi Boateng insisted on Monday.",
        ),
        (
            "2011-08-19",
            "Since July, forty-one children from the Kowra camp have died of measles, the clinic's head nurse said.",
        ),
    )


def test_we_are_whoever_the_report_has_named() -> None:
    assert "denial" in kinds(
        (
            "1995-09-14",
            "The Marlowe Mining Company will pay a dividend of nine ngwee. “We do not pay thugs to beat strikers,” the head of personnel, Ian Foss, wrote to shareholders.",
        ),
        (
            "1996-01-25",
            "A court heard on Monday how the Marlowe Mining Company paid thugs from Luanshya to beat strikers in September.",
        ),
    )


def test_a_promise_despite_which_the_police_of_the_same_state_acted() -> None:
    [found] = kinds(
        ("2009-12-03", "Despite a promise by the governor of Kasai not to block aid convoys to Tshikapa, police on Tuesday blocked a convoy of nine lorries there."),
        ("2009-12-04", "Rain fell on Tshikapa for a third day."),
    ) or ["flagged"]  # fmt: skip
    assert found in ("commitment", "flagged")


def test_letters_of_a_name_are_followed_into_another_report() -> None:
    assert "denial" in kinds(
        ("1986-05-23", "Foreign Minister Jan Steyn told Parliament on Thursday that South Africa had supplied no weapons to the Zambezi Freedom Movement (ZFM)."),
        ("1986-06-01", "According to captured diaries, South Africa supplied nine tons of weapons to the ZFM in April."),
    ) or "tie" in kinds(
        ("1986-05-23", "Foreign Minister Jan Steyn told Parliament on Thursday that South Africa had supplied no weapons to the Zambezi Freedom Movement (ZFM)."),
        ("1986-06-01", "According to captured diaries, South Africa supplied nine tons of weapons to the ZFM in April."),
    )  # fmt: skip


def test_a_signed_ceasefire_is_broken_by_shelling_the_other_sides_ground() -> None:
    assert "commitment" in kinds(
        ("1991-09-03", "Serbian and Croatian leaders signed a ceasefire in Zagreb on Monday."),
        (
            "1991-09-10",
            "Serbian artillery shelled the Croatian town of Osijek on Monday, doctors there said.",
        ),
    )


def test_a_truce_that_has_run_out_is_not_broken() -> None:
    assert not kinds(
        ("1992-12-20", "The Ridge Guard declared a truce with the army of Peru over Christmas."),
        (
            "1993-02-04",
            "The Ridge Guard attacked an army post in Puno on Wednesday, a month after the truce ran out.",
        ),
    )


def test_what_was_promised_and_is_told_as_not_done_was_the_promisers_to_do() -> None:
    assert "commitment" in kinds(
        ("2012-02-14", "The Alder Paper Company said it would clean up the Sava river by December 2013."),
        ("2014-08-02", "The Sava river has still not been cleaned up, villagers told a court on Friday."),
    )


def test_who_holds_the_airport_of_a_town_is_in_the_town() -> None:
    assert "denial" in kinds(
        ("2002-06-07", "Rwanda denied on Thursday that its troops were in the Congolese town of Kindu."),
        (
            "2002-06-20",
            "Rwandan troops control the airport at Kindu, a United Nations officer said on Wednesday.",
        ),
    )


def test_nameless_rebels_and_nameless_commandos_are_two_sides() -> None:
    assert "account" in kinds(
        ("2006-09-12", "The attack on the convoy near Galle was carried out by Tamil rebels, the Sri Lankan army said on Monday."),
        ("2006-09-14", "The convoy near Galle was attacked on Sunday by army commandos, the Tamil rebels said."),
    )  # fmt: skip


def test_a_tie_broken_off_lives_on_in_what_the_other_side_does() -> None:
    assert "tie" in kinds(
        ("2014-02-05", "The Banner Front for Mali said it had broken with al-Qaeda."),
        ("2014-09-17", "The Banner Front for Mali still receives orders and money from al-Qaeda, captured letters show."),
    )  # fmt: skip


def test_what_a_paper_takes_back_gainsays_nobody() -> None:
    assert not kinds(
        (
            "1979-03-20",
            "Kenya's defence ministry said that no British aircraft had landed at Wajir airfield.",
        ),
        (
            "1979-04-06",
            "On 14 March we wrote that British aircraft had landed at Wajir airfield. This was wrong.",
        ),
    )


def test_a_tie_told_of_before_it_was_broken_off_is_no_gap() -> None:
    assert "tie" not in kinds(
        ("2014-02-05", "The Banner Front for Mali said it had broken with al-Qaeda."),
        (
            "2013-09-17",
            "The Banner Front for Mali receives orders and money from al-Qaeda, an official said.",
        ),
    )


def test_what_somebody_was_wrong_to_do_was_done() -> None:
    assert "denial" in kinds(
        ("1979-03-20", "Kenya denied on Monday that its soldiers had shelled the town of Moyale."),
        (
            "1979-03-25",
            "Kenyan soldiers shelled the town of Moyale on 15 March. It was wrong, the bishop said.",
        ),
    )
