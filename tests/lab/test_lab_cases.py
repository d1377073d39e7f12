"""The small cases are well formed: every passage stands in a report, and half of the cases are lookalikes."""

import re
from datetime import date
from typing import get_args

from lab.score_cases import load
from saydo.model.records import DiscrepancyKind

KINDS = get_args(DiscrepancyKind)
SENTENCE_END = re.compile(r"[a-z0-9][.!?]['\"”’]? +['\"“‘]?[A-Z]")
"""A stop after a whole word (an initial or a title is none) and a capital that begins the next."""


def test_every_expected_passage_stands_in_a_report() -> None:
    for case in load():
        texts = [" ".join(r["text"].split()) for r in case["reports"]]
        for wanted in case["expected"]:
            for quote in (wanted["statement_quote"], wanted["against_quote"]):
                assert any(quote in text for text in texts), (case["id"], quote)


def test_a_case_expects_something_or_says_why_not() -> None:
    for case in load():
        assert bool(case["expected"]) != ("control" in case), case["id"]


def test_ids_are_unique_and_both_splits_are_filled() -> None:
    cases = list(load())
    assert len({c["id"] for c in cases}) == len(cases)
    assert {c["split"] for c in cases} == {"dev", "heldout"}


def test_a_passage_never_runs_over_the_end_of_a_sentence() -> None:
    for case in load():
        for wanted in case["expected"]:
            for quote in (wanted["statement_quote"], wanted["against_quote"]):
                assert not SENTENCE_END.search(quote), (case["id"], quote)


def test_an_expected_pair_names_its_kind_and_its_speaker() -> None:
    for case in load():
        for wanted in case["expected"]:
            assert wanted["kind"] in KINDS, case["id"]
            assert wanted["speaker"], case["id"]


def test_half_of_the_many_cases_to_develop_on_are_lookalikes() -> None:
    cases = list(load("dev"))
    lookalikes = sum(not c["expected"] for c in cases)
    assert len(cases) >= 60
    assert 0.4 <= lookalikes / len(cases) <= 0.6


def test_the_reports_of_a_case_can_be_told_apart_and_dated() -> None:
    for case in load():
        ids = [r["id"] for r in case["reports"]]
        assert len(set(ids)) == len(ids), case["id"]
        assert all(isinstance(r["date"], date) for r in case["reports"]), case["id"]
