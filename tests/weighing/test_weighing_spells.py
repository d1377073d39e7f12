"""Ties over time: one spell from many reports, its bounds stated or inferred, and what speaks against it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from weighing_build import Draft, codebook

from saydo.model.case import Bound, Spell
from saydo.weighing import WeighedReport, weigh
from saydo.weighing.spells import Beginnings, holds_on, spells, told

BOOK = codebook()
YEAR = timedelta(days=365)


def tells(
    id: str,
    text: str,
    published: str | None,
    trigger: str = "commands",
    type: str = "command",
    **more: object,
) -> WeighedReport:
    """A report on Colonel Dessalegn and the Ridge Guard."""
    d = Draft(id, text, published)
    words = "Dessalegn", "Ridge Guard"
    one = d.who(words[0], "dessalegn", kind="person", sector=None, type="person")
    other = d.who(words[1], "ridge-guard")
    ends = (other, one) if type == "command-by" else (one, other)
    for when in more.pop("times", ()):
        d.time(*when)
    tie = d.tie(type, trigger, *ends, **{"state": "current", **more})
    if said := more.get("denied"):
        d.says("denial", None, str(said), ties=[tie])
    return d.done()


def over_time(*reports: WeighedReport) -> tuple[Spell, ...]:
    words = Beginnings.of(BOOK)
    return spells(t for r in reports for t in told(r, words))


NOW = tells("r1", "Colonel Dessalegn commands the Ridge Guard.", "2016-05-02")
LATER = tells("r2", "Dessalegn commands the Ridge Guard.", "2017-04-01")
SINCE = tells(
    "r3", "Dessalegn commands the Ridge Guard since March 2016.", "2016-09-09", since="2016-03-01",
)  # fmt: skip


def with_month(report: WeighedReport) -> WeighedReport:
    """The report with its date read as the month that it is."""
    from saydo.model.records import Time

    at = report.text.index("March 2016")
    month = Time.model_validate(
        {"start": at, "end": at + 10, "text": "March 2016", "from": "2016-03-01", "to": "2016-03-31",
         "precision": "month", "reason": "test"}
    )  # fmt: skip
    return report._replace(record=report.record.model_copy(update={"times": (month,)}))


def test_two_reports_of_one_tie_make_one_spell_from_the_first_to_the_last() -> None:
    [spell] = over_time(LATER, NOW)
    assert (spell.type, spell.from_name, spell.to_name) == ("command", "Dessalegn", "Ridge Guard")
    assert spell.since == Bound("2016-05-02", False, (("r1", "t0"),))
    assert (spell.until, spell.last) == (None, "2017-04-01")
    assert spell.rests_on == (("r1", "t0"), ("r2", "t0"))


def test_a_stated_beginning_goes_before_an_inferred_one_and_keeps_its_precision() -> None:
    [spell] = over_time(NOW, LATER, with_month(SINCE))
    assert spell.since == Bound("2016-03", True, (("r3", "t0"),))


def test_a_date_that_is_no_beginning_only_says_that_the_tie_held_then() -> None:
    """ "The commander said on 3 June" does not tell when he took command."""
    seen = tells(
        "r1", "Dessalegn, who commands the Ridge Guard, spoke on 3 June.", "2016-06-04", since="2016-06-03"
    )
    [spell] = over_time(seen)
    assert spell.since == Bound("2016-06-03", False, (("r1", "t0"),))


ENDED = tells(
    "r4", "Dessalegn deserted the Ridge Guard on 12 May 2017.", "2017-06-01", trigger="deserted",
    type="affiliation", state="ended", until="2017-05-12",
)  # fmt: skip
FORMER = tells(
    "r5", "Dessalegn formerly commanded the Ridge Guard.", "2018-01-01", trigger="commanded", state="ended"
)


def test_a_stated_end_ends_it() -> None:
    [spell] = over_time(NOW, tells("r6", "He no longer commands: Dessalegn left the Ridge Guard.", "2017-06-01",
                                   state="ended", until="2017-05-12"))  # fmt: skip
    assert spell.until == Bound("2017-05-12", True, (("r6", "t0"),))


def test_former_says_that_it_ended_but_not_when() -> None:
    [spell] = over_time(NOW, FORMER)
    assert spell.until == Bound("2018-01-01", False, (("r5", "t0"),))
    assert spell.last == "2016-05-02"


def test_a_stale_report_after_the_end_speaks_against_it_and_begins_nothing() -> None:
    end = tells(
        "r6", "Dessalegn no longer commands the Ridge Guard.", "2017-06-01", state="ended", until="2017-05-12"
    )
    stale = tells("r7", "Dessalegn commands the Ridge Guard.", "2017-06-03")
    [spell] = over_time(NOW, end, stale)
    assert spell.against == (("r7", "t0"),)


def test_long_after_the_end_it_is_another_spell() -> None:
    end = tells(
        "r6", "Dessalegn no longer commands the Ridge Guard.", "2017-06-01", state="ended", until="2017-05-12"
    )
    again = tells("r7", "Dessalegn commands the Ridge Guard.", "2019-02-03")
    first, second = over_time(NOW, end, again)
    assert (first.until and first.until.day, second.since and second.since.day) == (
        "2017-05-12",
        "2019-02-03",
    )


@pytest.mark.parametrize("how", ["negative", "denied"])
def test_a_denial_is_kept_as_what_speaks_against_it(how: str) -> None:
    d = Draft("r8", "The town hall denies that Dessalegn commands the Ridge Guard.", "2016-07-01")
    hall = d.who("town hall", "town-hall", kind="government")
    one, other = d.who("Dessalegn", "dessalegn", kind="person"), d.who("Ridge Guard", "ridge-guard")
    polarity = "negative" if how == "negative" else "positive"
    tie = d.tie("command", "commands", one, other, state="current", polarity=polarity)
    if how == "denied":
        d.says("denial", hall, "that Dessalegn commands the Ridge Guard", ties=[tie])
    [spell] = over_time(NOW, d.done())
    assert (spell.rests_on, spell.against) == ((("r1", "t0"),), (("r8", "t0"),))


def test_what_is_only_denied_is_no_tie() -> None:
    assert (
        over_time(tells("r1", "Dessalegn commands the Ridge Guard.", "2016-05-02", polarity="negative")) == ()
    )


@pytest.mark.parametrize("realis", ["future", "hypothetical"])
def test_what_is_only_planned_or_feared_is_no_tie(realis: str) -> None:
    assert over_time(tells("r1", "Dessalegn commands the Ridge Guard.", "2016-05-02", realis=realis)) == ()


def test_who_leaves_a_group_no_longer_leads_it() -> None:
    leads = tells("r1", "Dessalegn leads the Ridge Guard.", "2016-05-02", trigger="leads", type="leadership")
    spell = next(s for s in over_time(leads, ENDED) if s.type == "leadership")
    assert spell.until == Bound("2017-05-12", True, (("r4", "t0"),))


@pytest.mark.parametrize(
    ("day", "answer"),
    [
        ("2014-01-01", None), ("2016-01-01", "likely"), ("2016-08-08", "held"), ("2017-04-01", "held"),
        ("2017-10-01", "likely"), ("2020-01-01", None),
    ],
)  # fmt: skip
def test_whether_it_held_on_a_day(day: str, answer: str | None) -> None:
    """Between reports it held; shortly before the first and after the last of them it likely did."""
    [spell] = over_time(NOW, LATER)
    assert holds_on(spell, date.fromisoformat(day), YEAR) == answer


def test_after_a_stated_end_it_did_not_hold() -> None:
    end = tells(
        "r6", "Dessalegn no longer commands the Ridge Guard.", "2017-06-01", state="ended", until="2017-05-12"
    )
    [spell] = over_time(NOW, end)
    assert [holds_on(spell, date(2017, 5, d), YEAR) for d in (12, 13)] == ["held", None]


@settings(max_examples=30, deadline=None)
@given(st.permutations([NOW, LATER, SINCE, ENDED, FORMER]))
def test_the_order_of_the_reports_does_not_matter(order: list[WeighedReport]) -> None:
    assert over_time(*order) == over_time(NOW, LATER, SINCE, ENDED, FORMER)


# --- in weighing --------------------------------------------------------------------------------------


def pledge() -> WeighedReport:
    d = Draft("p", "The Ridge Guard promised not to bomb Orle.", "2017-03-01")
    guard = d.who("Ridge Guard", "ridge-guard")
    e = d.event(
        "ASSAULT", "bomb", realis="future", polarity="negative", actors=(guard,), place=d.place("Orle")
    )
    d.says("pledge", guard, "not to bomb Orle", events=[e], cue="promised")
    return d.done()


def bombing() -> WeighedReport:
    d = Draft("b", "The Sable Company bombed Orle on 9 June.", "2017-06-10")
    company = d.who("Sable Company", "sable-company")
    d.event(
        "ASSAULT", "bombed", actors=(company,), place=d.place("Orle"), time=d.time("9 June", "2017-06-09")
    )
    return d.done()


def subordinate(id: str, published: str, **more: object) -> WeighedReport:
    told = "no longer takes orders from" if more else "is under the orders of"
    d = Draft(id, f"The Sable Company {told} the Ridge Guard.", published)
    company, guard = d.who("Sable Company", "sable-company"), d.who("Ridge Guard", "ridge-guard")
    d.tie("command", "orders", guard, company, **{"state": "current", **more})
    return d.done()


def broken(*reports: WeighedReport) -> bool:
    return "commitment" in [d.kind for d in weigh(reports, BOOK).discrepancies]


def test_a_unit_that_has_left_no_longer_answers_for_its_old_command() -> None:
    """One report of April has it under the guard's orders; another tells that this ended in May."""
    under, left = (
        subordinate("r1", "2017-04-01"),
        subordinate("r2", "2017-06-12", state="ended", until="2017-05-20"),
    )
    assert broken(pledge(), bombing(), under)
    assert not broken(pledge(), bombing(), under, left)


def test_an_end_after_the_deed_changes_nothing() -> None:
    under, left = (
        subordinate("r1", "2017-04-01"),
        subordinate("r2", "2017-08-12", state="ended", until="2017-08-01"),
    )
    assert broken(pledge(), bombing(), under, left)
