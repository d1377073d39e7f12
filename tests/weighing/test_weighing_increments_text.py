"""What is found by words alone, from real sentences: report by report the same as all at once."""

from __future__ import annotations

import random

import pytest
from test_weighing_same_words import PLEDGE, RANSOM
from test_weighing_worded import FOUND, report
from weighing_case import Growing, at_once

from saydo.codebook import load
from saydo.weighing import same_words, upkeep

pytestmark = pytest.mark.model
LATER = (
    ("1998-10-02", "Danish subsidies for wind farms were lowered by a quarter in August, farmers complain."),
    ("2012-06-20", "Balta Shipping paid a ransom for the sailors of the Orsova, a broker told the court."),
    ("2012-06-22", "The trawler rammed the patrol boat off Hela, the coastguard said."),
    ("2012-06-23", "The patrol boat rammed the trawler off Hela, fishermen said."),
)


def test_words_and_deeds_in_any_order() -> None:
    dated = [PLEDGE, RANSOM, *LATER]
    for _, first, second in FOUND.values():
        dated += [("2004-03-10", first), ("2004-05-20", second)]
    reports = [report(f"w{n}", *each) for n, each in enumerate(dated)]
    whole = at_once(reports, load())
    rules = {d.rule for d in whole.discrepancies}
    assert rules >= {"commitment.words", "denial.words", "position.stance-in-words"}
    for seed, together in enumerate((1, 1, 2, 5)):
        order = random.Random(seed).sample(reports, len(reports))
        growing = Growing(load())
        for start in range(0, len(order), together):
            growing.update([(r.record.id, r) for r in order[start : start + together]])
        assert growing.whole() == whole


def test_words_that_many_reports_tell_of_one_kind_of_deed_tell_no_matter(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """However they come and go: a pledge is held against what few tell, and again once it is few again."""
    monkeypatch.setattr(same_words, "CROWD", 2)
    monkeypatch.setitem(upkeep.CROWDED, "words", upkeep.CROWDED["words"]._replace(most=2))
    months = ("March", "May", "June", "September")
    told = [f"Danish subsidies for wind farms were lowered in {month}, a farmer wrote." for month in months]
    dated = [PLEDGE, LATER[0], *(("1998-11-02", text) for text in told)]
    reports = [report(f"w{n}", *each) for n, each in enumerate(dated)]
    growing = Growing(load())
    counts = []
    for n, each in enumerate(reports):
        growing.update([(each.record.id, each)])
        whole = growing.whole()
        assert whole == at_once(reports[: n + 1], load())
        counts.append(sum(d.rule == "commitment.words" for d in whole.discrepancies))
    assert counts[1] == 1
    assert counts[-1] == 0
    growing.update([(each.record.id, None) for each in reports[2:]])
    assert growing.whole() == at_once(reports[:2], load())


def test_who_leads_later_has_no_part_in_what_is_told_without_an_end() -> None:
    """A blockade "since January" is known up to its report: whoever leads decades later makes nothing be
    weighed again."""
    growing = Growing(load())
    text = "Since January 2004 fighters of the Salt Brigade have blockaded the port of Orle."
    growing.update([("r0", report("r0", "2004-05-01", text))])
    later = report("r1", "2031-03-01", "Mara Brand has led the Salt Brigade since 2030.")
    assert growing.update([("r1", later)]) == 1
    growing.close()
