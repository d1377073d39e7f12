"""Other names for passages: what is the same in both stays the same in both."""

from __future__ import annotations

import json
import random

from lab.renamed import Names, renamed
from lab.score_cases import CASES

SAID = "Orvo Mining will dismiss nobody at Luan, its chief, Tove Rask, said in March."
AGAINST = "Orvo Mining dismissed ninety men at Luan on Friday."
LINES = (CASES.parent / "passages" / "towns.jsonl").read_text(encoding="utf-8").splitlines()
NAMES = Names([SAID, AGAINST, *(json.loads(line)["said"] for line in LINES), "The mining of ore is dear."])


def test_names_are_words_that_are_never_written_small() -> None:
    assert list(NAMES.of(SAID)) == ["Orvo", "Luan", "Tove", "Rask"]


def test_a_group_with_other_names_shares_as_many_as_before() -> None:
    others = NAMES.others([SAID, AGAINST], 1, random.Random(3))
    assert set(others) == {"Orvo", "Luan", "Tove", "Rask"}
    said, against = renamed(SAID, others), renamed(AGAINST, others)
    assert "Orvo" not in said + against
    assert {others["Orvo"], others["Luan"]} <= set(said.replace(",", "").split()) & set(against.split())


def test_one_whose_kin_is_there_keeps_its_name() -> None:
    others = NAMES.others(["Hartlow wants a bridge.", "Hartlowers want a bridge."], 1, random.Random(3))
    assert "Hartlow" not in others


def test_elsewhere_one_name_that_both_share_is_another() -> None:
    for seed in range(20):
        told = NAMES.elsewhere(SAID, AGAINST, random.Random(seed))
        assert told is not None
        assert ("Orvo" in told) != ("Luan" in told)
        assert "ninety men" in told


def test_where_no_name_is_shared_there_is_no_elsewhere() -> None:
    assert NAMES.elsewhere(SAID, "Ninety men were dismissed.", random.Random(1)) is None
