"""How coded ties are matched with re3d's relations."""

import json
from pathlib import Path

import pytest

from lab.measures.bonds import Bond, annotated, bonds, matched
from saydo.reading.network import Network, packaged

COMMAND = Bond("InChargeOf", (0, 9), (20, 30))
TALK = Bond("CommWith", (0, 9), (20, 30))


def test_both_ends_must_share_a_character_and_the_type_be_the_same() -> None:
    near = COMMAND._replace(source=(8, 12), target=(25, 26))
    assert matched([near], [COMMAND]) == [(near, COMMAND)]
    assert not matched([COMMAND._replace(source=(9, 12))], [COMMAND])
    assert not matched([COMMAND._replace(type="BelongsTo")], [COMMAND])


def test_direction_counts_only_where_a_tie_has_one() -> None:
    assert not matched([Bond("InChargeOf", (20, 30), (0, 9))], [COMMAND])
    assert matched([Bond("CommWith", (20, 30), (0, 9))], [TALK])


def test_ties_are_matched_one_to_one_as_many_as_can_be() -> None:
    wide, narrow = TALK._replace(target=(20, 50)), TALK._replace(target=(40, 50))
    assert len(matched([TALK, TALK], [TALK])) == 1
    # the first found would also do for both, but the second for one only
    assert len(matched([wide, TALK], [TALK, narrow])) == 2


def test_a_relation_listed_in_both_directions_counts_once_and_a_doubtful_one_not() -> None:
    def relation(source: list[int], target: list[int], kind: str = "AlliesOf", confidence: float = 1) -> dict:
        return {"type": kind, "source": source, "target": target, "confidence": confidence}

    row = {
        "relations": [
            relation([0, 4], [9, 12]), relation([9, 12], [0, 4]),
            relation([0, 4], [20, 25], confidence=0), relation([0, 4], [9, 12], "CoLocated"),
        ]
    }  # fmt: skip
    assert list(annotated(row)) == [Bond("AlliesOf", (0, 4), (9, 12))]


@pytest.mark.model
def test_ties_of_raw_text_are_measured(tmp_path: Path) -> None:
    text = "Ana Sow leads the Otter Front. The Otter Front is an ally of Chad."
    ends = {w: (text.index(w), text.index(w) + len(w)) for w in ("Ana Sow", "the Otter Front", "Chad")}
    again = text.rindex("The Otter Front")
    relations = [
        {"type": "InChargeOf", "source": ends["Ana Sow"], "target": ends["the Otter Front"], "confidence": 1},
        {"type": "FightingAgainst", "source": [again, again + 15], "target": ends["Chad"], "confidence": 1},
    ]
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps({"id": "one", "text": text, "licence": "own", "relations": relations}) + "\n")
    figures = bonds(gold, Network(packaged(), "reader-en"), False)
    assert figures["InChargeOf of 1 F1"] == 1
    assert figures["FightingAgainst of 1 recall"] == 0
    assert figures["AlliesOf of 0 precision"] == 0
    assert figures["ties macro-F1"] == 1 / 5
