"""``saydo eval`` and ``saydo train-export``: what a team sees."""

from __future__ import annotations

import json
from pathlib import Path

from saydo.desk.judge import Judge, Ref


def decided(case: Path) -> None:
    with Judge(case, "Noor") as judge:
        judge.decide("accept", [Ref("deed", "e0")])
        judge.decide("reject", [Ref("vow", "s0")])


def test_findings_are_scored_by_rule_with_counts_and_intervals(saydo, case: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    decided(case)
    result = saydo("eval", "--case", case, "-o", tmp_path / "eval.csv")
    assert result.exit_code == 0, result.output
    assert "event: ASSAULT/attack" in result.output and "95 %" in result.output
    assert "by confidence" in result.output and "What was missed is not known" in result.output
    assert (tmp_path / "eval.csv").read_text(encoding="utf-8").startswith("group,key,judged,right")
    found = json.loads(saydo("eval", "--case", case, "--json").stdout)
    assert {(each["what"], each["outcome"]) for each in found["judged"]} == {
        ("event", "right"), ("statement", "wrong"),
    }  # fmt: skip


def test_a_case_that_nobody_reviewed_says_so(saydo, made: Path) -> None:  # type: ignore[no-untyped-def]
    result = saydo("eval", "--case", made / "case")
    assert result.exit_code == 0 and "Nobody has judged a finding yet" in result.output


def test_reviewed_findings_are_written_with_a_manifest(saydo, case: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    decided(case)
    result = saydo("train-export", "--case", case, "-o", tmp_path / "out")
    assert result.exit_code == 0, result.output
    manifest = json.loads((tmp_path / "out/manifest.json").read_text(encoding="utf-8"))
    assert sum(manifest["reports"].values()) == 2
    dyads = [(tmp_path / "out" / side / "dyads.jsonl").read_text() for side in ("train", "heldout")]
    assert "<s>The Taliban</s> attacked <t>Tajikistan</t>" in "".join(dyads)
    assert "manifest.json" in result.output


def test_a_place_that_cannot_be_written_is_one_line(saydo, case: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    decided(case)
    (tmp_path / "file").write_text("")
    result = saydo("train-export", "--case", case, "-o", tmp_path / "file" / "out")
    assert result.exit_code == 1 and len(result.output.splitlines()) == 1
