"""How many, and who did it, told by two: accidents, crowds, prisoners, and harms to one person or thing."""

from __future__ import annotations

import pytest
from weighing_read import weighed

pytestmark = pytest.mark.model


def fields(*dated: tuple[str, str]) -> list[str | None]:
    """In what some reports differ, each a date and a text."""
    return [d.field for d in weighed(*dated).discrepancies if d.kind == "account"]


FERRY = (
    "1999-11-25",
    "The ferry Dalian sank off Yantai on Wednesday night. The harbour office said on Thursday that 40 passengers "
    "had drowned.",
)


def test_two_voices_may_count_the_dead_of_an_accident_differently() -> None:
    doubled = (
        "1999-11-26",
        "Relatives say that 280 people perished when the Dalian sank off Yantai on Wednesday.",
    )
    assert fields(FERRY, doubled) == ["killed"]


def test_a_toll_that_rises_disputes_nothing() -> None:
    risen = (
        "1999-11-27",
        "The toll of Wednesday's sinking off Yantai has risen to 280, the coastguard said.",
    )
    assert not fields(FERRY, risen)


def test_another_ferry_off_another_port_is_another_accident() -> None:
    other = ("1999-11-26", "Nine people drowned when a ferry sank off Davao on Wednesday, a bishop said.")
    assert not fields(FERRY, other)


def test_a_round_number_and_the_exact_one_agree() -> None:
    exact = (
        "1999-11-27",
        "A list kept by survivors says that 43 people died when the Dalian sank off Yantai.",
    )
    assert not fields(("1999-11-25", FERRY[1].replace("40", "about 40")), exact)


def test_at_least_so_many_leaves_room_for_more() -> None:
    more = (
        "1999-11-26",
        "Relatives say that 280 people perished when the Dalian sank off Yantai on Wednesday.",
    )
    assert not fields(("1999-11-25", FERRY[1].replace("40", "at least 40")), more)


def test_an_organiser_and_the_police_count_a_crowd_differently() -> None:
    assert fields(
        ("2011-02-20", "Police said that 600 people marched against the quarry in Brno on Saturday."),
        (
            "2011-02-20",
            "A crowd of 5,000 marched against the quarry in Brno on Saturday, said Petra Novotna.",
        ),
    ) == ["turnout"]


def test_shares_of_those_who_strike_are_compared_as_shares() -> None:
    assert fields(
        (
            "1984-10-04",
            "Fewer than one in ten dockers at Durban joined the strike on Wednesday, the harbour board said.",
        ),
        ("1984-10-05", "The union said that 80 percent of dockers at Durban joined the strike on Wednesday."),
    ) == ["turnout"]


def test_children_may_be_some_of_all_the_dead() -> None:
    assert not fields(
        (
            "2019-03-05",
            "Twenty-six people were killed when a school collapsed in Lagos on Monday, police said.",
        ),
        (
            "2019-03-05",
            "Eight children were killed when the school collapsed in Lagos on Monday, a doctor said.",
        ),
    )


def test_a_person_is_killed_by_one_side_or_the_other() -> None:
    assert fields(
        ("1986-05-14", "Guerrillas murdered the teacher Ana Quispe, an army spokesman said."),
        ("1986-07-02", "Two nuns testified that soldiers killed Ana Quispe in her house."),
    ) == ["actor"]


def test_those_of_whom_nobody_knows_whose_they_are_may_be_anybody() -> None:
    assert not fields(
        ("1986-05-14", "Gunmen murdered the teacher Ana Quispe, a mayor said."),
        ("1986-07-02", "Two nuns testified that soldiers killed Ana Quispe in her house."),
    )


def test_a_thing_burns_once_on_a_day() -> None:
    burnt = "Rebels set the cotton mill of Bouake alight on Monday, the prefect said."
    assert fields(
        ("2002-10-09", burnt),
        ("2002-10-20", "Workers told us that soldiers burned the cotton mill of Bouake on 7 October."),
    ) == ["actor"]
    assert not fields(
        ("2002-10-09", burnt),
        ("2002-10-20", "Workers told us that soldiers burned the cotton mill of Korhogo on 7 October."),
    )


def test_those_still_trapped_may_be_among_the_dead_later() -> None:
    assert not fields(
        (
            "2006-02-20",
            "Two miners died in the explosion at the Sabinas mine on Sunday, a foreman said; 63 are trapped.",
        ),
        ("2006-02-26", "All 65 miners died in the explosion at Sabinas on 19 February, the minister said."),
    )


def test_who_died_of_an_illness_was_not_killed() -> None:
    illness = "The bookseller Omar Haddad died of a heart attack in the barracks at Tal on Sunday, the ministry said."
    beaten = "Omar Haddad was beaten to death by officers in the barracks at Tal, two guards told us."
    assert fields(("1997-03-04", illness), ("1997-03-20", beaten)) == ["fate"]


def test_who_was_freed_may_be_killed_later_but_not_before() -> None:
    freed = (
        "2001-10-09",
        "A minister said on Tuesday that the nurse Ruth Abaya had been freed by her captors.",
    )
    assert fields(freed, ("2001-10-12", "Ruth Abaya was killed on 6 October, her diocese said.")) == ["fate"]
    assert not fields(freed, ("2001-10-30", "Ruth Abaya was killed on 28 October, her diocese said."))


def test_each_side_names_the_other_as_the_first_to_fire() -> None:
    assert fields(
        (
            "1987-09-14",
            "A frigate of the Greek navy opened fire without warning on a Turkish cutter off Chios on Sunday, the "
            "Turkish navy said.",
        ),
        (
            "1987-09-15",
            "The Greek navy said that Turkish cutters had been the first to shoot off Chios on Sunday.",
        ),
    ) == ["first"]


def test_a_crowd_told_of_before_is_counted_by_two() -> None:
    text = (
        "Troops broke up a rally on Freedom Street in Lome on Sunday. The army command said on Tuesday that one student "
        "had died. A priest who visited the wards counted 19 bodies of people killed on Freedom Street."
    )
    assert fields(("1991-04-10", text)) == ["killed"]


def test_a_town_is_taken_or_held() -> None:
    taken = "The rebels captured the port of Berbera on Tuesday, their envoy in Rome said."
    held = "Berbera remains in government hands, the chief of the general staff said."
    assert fields(("1988-06-02", taken), ("1988-06-03", held)) == ["control"]


def test_who_took_a_town_may_beat_off_the_next_attack_on_it() -> None:
    assert not fields(
        ("1988-06-02", "The Falcon Front captured the port of Berbera on Tuesday, its envoy in Rome said."),
        ("1988-06-05", "The Falcon Front repelled an attack on Berbera on Saturday, its radio said."),
    )


def test_a_boat_overturned_by_itself_or_was_rammed() -> None:
    assert fields(
        (
            "2014-01-22",
            "The boat turned over off Kea on Monday because it was overloaded, the coastguard said.",
        ),
        ("2014-01-25", "Survivors told a lawyer that a patrol vessel rammed their boat off Kea on Monday."),
    ) == ["cause"]
    assert not fields(
        (
            "2014-01-22",
            "The boat turned over off Kea on Monday because it was overloaded, the coastguard said.",
        ),
        ("2014-01-25", "Fishermen told a lawyer that a patrol vessel rammed their boat off Milos on Monday."),
    )


def test_tanks_that_one_army_lost_are_not_those_of_the_other() -> None:
    lost = ("1984-03-05", "Iraq's army lost eleven tanks near Basra on Saturday, a spokesman in Tehran said.")
    own = (
        "1984-03-06",
        "Only one Iraqi tank was destroyed near Basra on Saturday, the Iraqi defence ministry said.",
    )
    assert fields(lost, own) == ["lost"]
    assert not fields(lost, ("1984-03-06", own[1].replace("Iraqi tank", "Iranian tank")))
