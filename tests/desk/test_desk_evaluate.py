"""What people decided is what the findings are scored by, and trained on: by rule, type and confidence."""

from __future__ import annotations

import csv
import io
import json
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from judged_case import code_anew, make_case, text_of

from saydo.desk import evaluate, evaluation_csv, evaluation_json, open_case, train_export
from saydo.desk.correct import Filled, addition, correction
from saydo.desk.judge import Judge, Ref
from saydo.export.training import BEYOND, CONFLICT, DATES, UNDECIDED, split_of
from saydo.model.evaluated import Evaluation, Tally
from saydo.secondcoder.evaluate import wilson
from saydo.secondcoder.judged import FLAG, LOST, OTHERWISE, OWN
from saydo.store import SqliteStore


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return make_case(tmp_path / "case")


def decide(case: Path, who: str, kind: str, *refs: str) -> None:
    with Judge(case, who) as judge:
        for ref in refs:
            judge.decide(kind, [Ref(*ref.split("/"))])


def correct(case: Path, who: str, ref: str, filled: Filled) -> None:
    with Judge(case, who) as judge:
        judge.correct(Ref(*ref.split("/")), correction(filled))


def add(case: Path, who: str, report: int, words: str, filled: Filled) -> None:
    start = text_of(report).index(words)
    with Judge(case, who) as judge:
        judge.add(f"r{report}", addition("event", (start, start + len(words)), filled))


def scored(case: Path) -> Evaluation:
    with closing(open_case(case)) as store:
        return evaluate(store, "river")


def of(found: Evaluation, key: str) -> Tally:
    return next(t for t in (*found.by_what, *found.by_rule, *found.by_type) if t.key == key)


def test_precision_is_counted_by_rule_type_and_confidence(case: Path) -> None:
    decide(case, "Noor", "accept", "r0/e0", "r1/e0", "r2/e0", "r0/e1", "r0/s0")
    decide(case, "Noor", "reject", "r1/e1", "r2/e1", "r1/t0")
    correct(case, "Noor", "r3/e0", Filled(mode="aerial"))
    found = scored(case)
    shell, raid = of(found, "event: ASSAULT/shell"), of(found, "event: ASSAULT/raid")
    assert (shell.right, shell.corrected, shell.wrong, shell.found) == (3, 1, 0, 12)
    assert (shell.precision, shell.kept) == (0.75, 1.0)
    assert (raid.right, raid.wrong) == (1, 2)
    assert of(found, "event: ASSAULT").judged == 7 and of(found, "tie: alliance").wrong == 1
    assert found.fields == (("mode", 1),)
    bands = {band.tally.key: band for band in found.bands}
    assert bands["0.9 to 1.0"].tally.judged == 4 and bands["0.5 to 0.6"].tally.wrong == 2
    assert bands["0.5 to 0.6"].mean == pytest.approx(0.55) and bands["0.7 to 0.8"].tally.found == 12
    wanted = (3 * 0.08**2 + 0.92**2 + 0.45**2 + 2 * 0.55**2 + 0.15**2 + 0.75**2) / 9
    assert found.brier == pytest.approx(wanted)


def test_an_undone_decision_does_not_count_and_the_later_of_two_holds(case: Path) -> None:
    decide(case, "Noor", "accept", "r0/e0", "r1/e0")
    with Judge(case, "Noor") as judge:
        judge.undo([1])
    decide(case, "Noor", "reject", "r1/e0")
    found = scored(case)
    assert [(j.document, j.outcome) for j in found.judged] == [("r1", "wrong")]
    assert not found.agreement, "one person who thinks again agrees with nobody"


def test_two_people_are_held_against_each_other_and_the_last_word_holds(case: Path) -> None:
    decide(case, "Noor", "accept", "r0/e0", "r1/e0", "r2/e0", "r3/e0")
    decide(case, "Ilir", "accept", "r0/e0", "r1/e0", "r2/e0")
    decide(case, "Ilir", "reject", "r3/e0")
    found = scored(case)
    (pair,) = found.agreement
    assert (pair.one, pair.other, pair.kappa.pairs, pair.kappa.observed) == ("Ilir", "Noor", 4, 0.75)
    assert of(found, "event").wrong == 1, "the rejection came last"


def test_who_rejects_what_another_corrected_rejects_the_finding(case: Path) -> None:
    correct(case, "Noor", "r0/e0", Filled(mode="aerial"))
    decide(case, "Ilir", "accept", "r0/e0")
    assert scored(case).judged[0].outcome == "corrected", "what Ilir accepted is not what was coded"
    decide(case, "Ilir", "reject", "r0/e0")
    assert scored(case).judged[0].outcome == "wrong"


def test_a_correction_that_a_later_coder_makes_by_itself_is_right_then(case: Path) -> None:
    correct(case, "Noor", "r0/e0", Filled(mode="aerial"))
    decide(case, "Noor", "accept", "r1/e0")
    code_anew(case, 0, mode="aerial")
    code_anew(case, 1, mode="drone", rule="ASSAULT/fly", score=0.6)
    found = scored(case)
    assert {j.document: (j.outcome, j.rule) for j in found.judged} == {
        "r0": ("right", "ASSAULT/shell"), "r1": ("corrected", "ASSAULT/fly"),
    }  # fmt: skip


def test_what_people_approved_and_a_later_coder_lacks_is_missed(case: Path) -> None:
    decide(case, "Noor", "accept", "r0/e0")
    decide(case, "Noor", "reject", "r1/e0", "r2/e0")
    code_anew(case, 0, gone=True)
    code_anew(case, 1, gone=True)
    code_anew(case, 2, mode="drone")
    found = scored(case)
    assert [(m.document, m.added) for m in found.misses] == [("r0", False)]
    assert not found.judged and found.left[LOST] == 1 and found.left[OTHERWISE] == 1


def test_what_people_add_bounds_what_was_missed(case: Path) -> None:
    decide(case, "Noor", "accept", "r0/e0", "r1/e0", "r2/e0")
    assert scored(case).most_recall == 1
    add(case, "Noor", 0, "lit", Filled(kind="AID"))
    found = scored(case)
    assert [(m.type, m.added) for m in found.misses] == [("AID", True)]
    assert found.most_recall == pytest.approx(3 / 4) and of(found, "event").judged == 3
    decide(case, "Ilir", "reject", "r0/h4")
    assert not scored(case).misses, "and somebody may take it back"
    assert scored(case).left[OWN] == 1


def test_a_flag_decides_nothing(case: Path) -> None:
    decide(case, "Noor", "flag", "r0/e0")
    found = scored(case)
    assert not found.judged and found.left == {FLAG: 1}


@given(st.integers(0, 200).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_wilsons_interval_holds_the_share_and_lies_within_0_and_1(counts: tuple[int, int]) -> None:
    right, size = counts
    low, high = wilson(right, size)
    if size:
        assert low is not None and high is not None
        assert 0 <= low <= right / size + 1e-9 and right / size - 1e-9 <= high <= 1 and high - low < 1
    else:
        assert (low, high) == (None, None)


def test_wilsons_interval_is_the_published_one() -> None:
    """Newcombe (1998), method 3: 81 of 263."""
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=1e-4)


def test_the_table_and_the_json_say_the_same(case: Path) -> None:
    decide(case, "Noor", "accept", "r0/e0", "r1/e0")
    decide(case, "Noor", "reject", "r1/e1")
    found = scored(case)
    rows = list(csv.DictReader(io.StringIO(evaluation_csv(found))))
    made = json.loads(evaluation_json(found))
    table = {row["key"]: row for row in rows if row["group"] == "rule"}
    for each in made["by_rule"]:
        assert table[each["key"]]["precision"] == str(each["precision"])
    assert len(made["judged"]) == 3 and made["judged"][0]["by"][0]["who"] == "Noor"


def lines(folder: Path, file: str) -> list[dict]:  # type: ignore[type-arg]
    found = []
    for side in ("train", "heldout"):
        text = (folder / side / f"{file}.jsonl").read_text(encoding="utf-8")
        found += [json.loads(line) for line in text.splitlines()]
    return found


def written(case: Path, folder: Path) -> dict[str, int]:
    with closing(open_case(case)) as store:
        return train_export(store, "river", folder).left


def test_reviewed_sentences_are_written_with_what_stands_in_them(case: Path, tmp_path: Path) -> None:
    decide(case, "Noor", "accept", "r0/e0", "r0/s0", "r0/t0")
    decide(case, "Noor", "reject", "r0/e1")
    left = written(case, tmp_path / "out")
    (said,) = lines(tmp_path / "out", "attribution")
    (attribution,) = said["attributions"]
    words = {role: [said["text"][a:b] for a, b in spans] for role, spans in attribution.items()}
    assert words == {"source": ["The Lamp Council"], "cue": ["said"], "content": ["that 0 lamps were lit"]}
    (pair,) = lines(tmp_path / "out", "dyads")
    assert pair["marked"].startswith("The <s>Weir Guard</s> shelled the <t>Fen Militia</t> at Tal")
    (none,) = lines(tmp_path / "out", "no-dyads")
    assert none["holds"] is False and "raided" in none["sentence"]
    coded = lines(tmp_path / "out", "coded")
    assert [len(line["record"]["events"]) for line in coded] == [1, 0, 0], "a rejected one leaves no event"
    assert coded[2]["record"]["ties"][0]["type"] == "alliance"
    (place,) = lines(tmp_path / "out", "places")
    assert place["text"][place["toponyms"][0]["start"] :].startswith("Tal")
    verdicts = [line["verdict"]["event"] for line in lines(tmp_path / "out", "judged")]
    assert verdicts == ["y", "n"] and left == {DATES: 1}
    assert pair["decisions"] == [1] and none["decisions"] == [4], "each line says on which decision it rests"


def test_a_correction_teaches_what_stands_and_not_what_was_coded(case: Path, tmp_path: Path) -> None:
    correct(case, "Noor", "r0/e0", Filled(kind="COERCE", mode=""))
    written(case, tmp_path / "out")
    (pair,) = lines(tmp_path / "out", "dyads")
    (judged,) = lines(tmp_path / "out", "judged")
    assert pair["type"] == "COERCE"
    assert judged["type"] == "ASSAULT" and judged["verdict"] == {
        "event": "n",
        "actors": None,
        "recipients": None,
    }


def test_what_is_undecided_or_disputed_is_left_out_and_said(case: Path, tmp_path: Path) -> None:
    decide(case, "Noor", "accept", "r0/e0", "r1/e0")
    decide(case, "Ilir", "reject", "r1/e0")
    left = written(case, tmp_path / "out")
    assert left[CONFLICT] == 1 and left[UNDECIDED] == 1
    assert {line["document"] for line in lines(tmp_path / "out", "dyads")} == {"r0"}
    assert not lines(tmp_path / "out", "no-dyads")
    manifest = json.loads((tmp_path / "out/manifest.json").read_text(encoding="utf-8"))
    assert manifest["left_out"] == left and BEYOND not in left


def test_no_report_is_on_both_sides_and_the_side_is_always_the_same(case: Path, tmp_path: Path) -> None:
    decide(case, "Noor", "accept", *(f"r{n}/{f}" for n in range(12) for f in ("e0", "s0", "t0")))
    written(case, tmp_path / "one")
    decide(case, "Noor", "accept", *(f"r{n}/e1" for n in range(12)))
    written(case, tmp_path / "two")
    sides: dict[str, set[str]] = {}
    for out in ("one", "two"):
        for side in ("train", "heldout"):
            for path in (tmp_path / out / side).iterdir():
                for line in path.read_text(encoding="utf-8").splitlines():
                    row = json.loads(line)
                    sides.setdefault(row.get("document") or row["id"], set()).add(side)
    assert len(sides) == 12 and all(len(side) == 1 for side in sides.values())
    assert {*map(frozenset, sides.values())} == {frozenset(["train"]), frozenset(["heldout"])}


@given(st.lists(st.text(min_size=1), min_size=200, max_size=200, unique=True))
def test_about_one_report_in_five_is_held_out(hashes: list[str]) -> None:
    share = sum(split_of(each) == "heldout" for each in hashes) / len(hashes)
    assert 0.05 < share < 0.4


def test_of_two_statements_on_the_same_words_a_decision_means_the_one_of_its_kind(case: Path) -> None:
    """What is said can be a denial and an assertion at once."""
    with closing(open_case(case)) as store:
        record = store.record("r0")
    (said,) = record.statements
    denied = said.model_copy(update={"id": "s1", "kind": "denial", "rule": "denial/say"})
    with SqliteStore.for_writing(case) as store:
        store.put_record(record.model_copy(update={"statements": (said, denied)}))
    decide(case, "Noor", "accept", "r0/s1")
    assert [(j.finding, j.outcome) for j in scored(case).judged] == [("s1", "right")]
