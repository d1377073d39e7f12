"""The passages that inference learns from: every group is whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lab.score_cases import CASES

PASSAGES = CASES.parent / "passages"
FILES = sorted(PASSAGES.glob("*.jsonl"))
KINDS = {"pledge", "denial", "account", "position", "tie"}


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_every_group_has_all_it_takes(path: Path) -> None:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        group = json.loads(line)
        assert set(group) == {"kind", "said", "against", "kept", "neither"}, number
        assert group["kind"] in KINDS, number
        passages = [*group["against"], *group["kept"], *group["neither"]]
        assert all(isinstance(p, str) and len(p.split()) > 2 for p in (group["said"], *passages)), number
        assert group["against"], number
        assert group["kept"], number
        assert group["neither"], number
        assert len(set(passages)) == len(passages), number


def test_how_long_a_passage_is_does_not_tell_what_it_is() -> None:
    words: dict[str, list[int]] = {"against": [], "kept": [], "neither": []}
    for path in FILES:
        for line in path.read_text(encoding="utf-8").splitlines():
            group = json.loads(line)
            for label, lengths in words.items():
                lengths += [len(passage.split()) for passage in group[label]]
    means = {label: sum(lengths) / len(lengths) for label, lengths in words.items()}
    assert max(means.values()) - min(means.values()) < 2


def test_the_readme_counts_the_groups_of_each_file() -> None:
    told = (PASSAGES / "README.md").read_text(encoding="utf-8")
    counts = {path.name: sum(1 for _ in path.open(encoding="utf-8")) for path in FILES}
    assert all(f"| `{name}` | {count} |" in told for name, count in counts.items())
    assert f"{sum(counts.values()):,} groups" in told
