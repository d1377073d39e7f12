"""What ``saydo train-export`` writes is read by the lab's own code, and tells what people decided."""

from __future__ import annotations

import random
import sys
from contextlib import closing
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "desk"))
from judged_case import make_case

from lab import labels as L
from lab.corpora import DataAbsent, Example
from lab.reviewed import SOURCE, main, reviewed, taught
from saydo.desk import open_case, train_export
from saydo.desk.judge import Judge, Ref

REPORTS = 20


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Everything is accepted but the raids, which are rejected."""
    place = tmp_path_factory.mktemp("reviewed")
    case = make_case(place / "case", REPORTS)
    with Judge(case, "Noor") as judge:
        for n in range(REPORTS):
            judge.decide("accept", [Ref(f"r{n}", id) for id in ("e0", "s0", "t0")])
            judge.decide("reject", [Ref(f"r{n}", "e1")])
    with closing(open_case(case)) as store:
        train_export(store, "river", place / "out")
    return place / "out"


def both(folder: Path) -> list[Example]:
    return [e for held in (False, True) for e in reviewed(folder, random.Random(1), heldout=held)]


def test_every_decision_arrives_as_an_example(folder: Path) -> None:
    found = taught(both(folder))
    assert found["attributions"] == REPORTS
    assert found["words of events"] == REPORTS, "the word shelled, and not raided"
    assert found["sentences on events"] == 3 * REPORTS
    # the pair of a shelling is told by two files
    assert found["pairs, event"] == 2 * REPORTS and found["pairs, no event"] == REPORTS
    assert found["pairs, tie"] == REPORTS and found["names of places"] >= REPORTS


def test_the_labels_are_on_the_right_words(folder: Path) -> None:
    for example in both(folder):
        assert example.source == SOURCE
        for frame in example.frames:
            assert example.words[frame.anchor] == "said"
            roles = {L.ROLES[role] for role in frame.roles}
            assert {"B-source", "B-content"} <= roles
        for word, label in zip(example.words, example.triggers or (), strict=False):
            assert (L.EVENT_TYPES[label] == "ASSAULT") == (word == "shelled")
        for pair in example.pairs:
            actor = " ".join(example.words[slice(*pair.actor)])
            if pair.told.get("event"):
                assert (
                    actor == "Weir Guard" and " ".join(example.words[slice(*pair.recipient)]) == "Fen Militia"
                )


def test_the_sides_share_no_sentence(folder: Path) -> None:
    train, held = (reviewed(folder, random.Random(1), heldout=side) for side in (False, True))
    assert train and held
    words = [{tuple(e.words) for e in side if any(w.isdigit() for w in e.words)} for side in (train, held)]
    assert not words[0] & words[1]


def test_the_command_says_what_a_folder_teaches(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(folder)]) == 0
    assert "attributions" in capsys.readouterr().out
    assert main([str(folder / "train")]) == 2
    assert "saydo train-export" in capsys.readouterr().err
    with pytest.raises(DataAbsent):
        reviewed(folder / "train", random.Random(1))
