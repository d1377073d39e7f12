"""What is coded from raw sentences, measured with the real reader."""

import json
from pathlib import Path

import pytest

from lab.measures.coded import coded
from saydo.reading.network import Network, packaged

ROWS = (
    ("<s>Kenyan soldiers</s> attacked <t>the Otter Brigade</t> near Lamu.", "ASSAULT"),
    ("<s>The Otter Brigade</s> was attacked by <t>Kenyan soldiers</t> near Lamu.", "ASSAULT"),
    ("<s>Peru</s> withdrew its troops from <t>Ecuador</t> in 1995.", "YIELD"),
    ("<s>Norway</s> is north of <t>Denmark</t>.", "AID"),
)


@pytest.mark.model
def test_events_between_the_right_pair_are_told_from_events_the_other_way_round(tmp_path: Path) -> None:
    gold = tmp_path / "dyads.jsonl"
    rows = [{"sentence": marked, "marked": marked, "type": kind} for marked, kind in ROWS]
    gold.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    found = coded(gold, Network(packaged(), "reader-en"), False)
    # the second is coded from the soldiers to the brigade; of the last nothing is
    assert found["pair items"] == 4
    assert found["pair accuracy"] == 2 / 4
    assert found["either way accuracy"] == 3 / 4
    assert found["any"] == 3 / 4
