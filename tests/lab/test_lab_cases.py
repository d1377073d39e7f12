"""The small cases are well formed: every passage stands in a report, and half of the cases are lookalikes."""

from lab.score_cases import load


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
