"""What is found by words alone, from real sentences: report by report the same as all at once."""

from __future__ import annotations

import random

import pytest
from test_weighing_same_words import PLEDGE, RANSOM
from test_weighing_worded import FOUND, report
from weighing_case import Growing, at_once

from saydo.codebook import load

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
