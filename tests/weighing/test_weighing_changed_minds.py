"""Positions turned round and ties disowned, told in the words of papers and panels: the whole corridor."""

from __future__ import annotations

import pytest
from weighing_read import weighed

pytestmark = pytest.mark.model


def kinds(*dated: tuple[str, str]) -> list[str]:
    """The kinds of discrepancies that some reports yield, each a date and a text."""
    return [d.kind for d in weighed(*dated).discrepancies]


def test_against_it_then_and_behind_it_now() -> None:
    assert kinds(
        ("1988-03-02", "Governor Ivo Marek spoke out against the canal at Brod."),
        ("1993-06-10", "Governor Ivo Marek has thrown his weight behind the canal at Brod."),
    ) == ["position"]


def test_wanting_a_thing_gone_and_wanting_it_back_are_opposed() -> None:
    assert kinds(
        ("2011-05-19", "Mayor Keiko Tanabe demanded the permanent closure of the Ohara reactor."),
        ("2016-07-04", "Mayor Keiko Tanabe asked the utility to restart the Ohara reactor."),
    ) == ["position"]


def test_opposing_an_abolition_and_backing_the_thing_agree() -> None:
    assert not kinds(
        ("1997-01-14", "Senator Ruth Adeyemi opposes the abolition of the cocoa board."),
        ("1998-02-20", "Senator Ruth Adeyemi supports the cocoa board."),
    )


def test_a_condition_is_no_change_of_mind() -> None:
    assert not kinds(
        ("1998-04-22", "The Seamen's Union opposes layoffs at Hansen Lines."),
        ("1998-06-22", "The Seamen's Union would accept layoffs at Hansen Lines if the owners sold a ship."),
    )


def test_officers_who_train_them_belie_a_state_that_gives_no_support() -> None:
    assert kinds(
        ("2012-06-27", "Rwanda gives no support of any kind to the M27 rebels, its foreign minister said."),
        ("2012-11-21", "The panel established that Rwandan officers trained M27 recruits in July."),
    )


def test_ties_cut_long_ago_are_cut_as_long_as_it_is_told() -> None:
    assert "tie" in kinds(
        ("2003-06-24", "The Bangsa Front severed all ties with the Kestrel Brigade in 2001."),
        (
            "2004-03-15",
            "In January 2004 the Kestrel Brigade trained fighters of the Bangsa Front, a court heard.",
        ),
    )


def test_one_report_may_tell_both_stances_if_one_is_of_another_time() -> None:
    assert kinds(
        (
            "2008-05-01",
            "Senator Paula Reyes, who once opposed the bases treaty, told cadets on Tuesday that she supported the "
            "bases treaty without reservation.",
        ),
    ) == ["position"]
    assert not kinds(
        (
            "2008-05-01",
            "Senator Paula Reyes once opposed the bases treaty. Senator Tom Abara supported the bases treaty.",
        ),
    )


def test_help_that_ended_years_ago_is_none_of_now() -> None:
    assert not kinds(
        ("1993-02-03", "Thailand gives no help to the Khmer Front, its foreign ministry said."),
        ("1994-05-01", "Thailand armed the Khmer Front from 1980 until 1989, a general recalls."),
    )


def test_two_evictions_are_two_matters() -> None:
    assert not kinds(
        ("2014-04-04", "Governor Alice Wanjiru opposes the eviction of hawkers from River Road."),
        ("2015-05-05", "Governor Alice Wanjiru supports the eviction of squatters from the Mau forest."),
    )
