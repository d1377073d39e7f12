"""Pairs of real news that settle nothing, to learn from:
``python -m lab.mined --records FILE --texts FILE OUT``.

What weighing would ask inference about in a set of coded reports (``saydo code``) is put to the network that
saydo comes with. In everyday news hardly any such pair goes against anything, so what the network takes for
more than it is (``--least``), and some of the rest, is written down as pairs (what is said, passage). Give it
no texts that may not be trained on.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Sequence
from pathlib import Path

from saydo.desk import load_codebook
from saydo.model.inference import Inference, Labelled
from saydo.model.records import Record
from saydo.reading.inference import PassageInference
from saydo.weighing import WeighedReport
from saydo.weighing.inferred import inferred
from saydo.weighing.world import world

ASKED = 9000
"""Pairs that are put to the network."""
REST = 800
"""Pairs of which it is right that they settle nothing."""


class Listening:
    """An inference that answers nothing is against anything and keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    def labels(self, pairs: Sequence[tuple[str, str]]) -> list[Labelled]:
        """Neither, of all."""
        self.asked += pairs
        return [Labelled(0, 0, 1, "account")] * len(pairs)


def mined(reports: Sequence[WeighedReport], inference: Inference, least: float) -> list[tuple[str, str]]:
    """The pairs, those first that the network is most wrong about."""
    heard, rng = Listening(), random.Random(1)
    inferred(world(reports, load_codebook(), heard))
    pairs = rng.sample(heard.asked, min(ASKED, len(heard.asked)))
    told = list(zip(pairs, inference.labels(pairs), strict=True))
    told.sort(key=lambda row: -row[1].against)
    wrong = [pair for pair, label in told if max(label.against, label.kept) >= least]
    right = [pair for pair, label in told if max(label.against, label.kept) < least]
    return wrong + rng.sample(right, min(REST, len(right)))


def main() -> None:
    """Writes the pairs."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--records", type=Path, required=True)
    ask.add_argument("--texts", type=Path, required=True)
    ask.add_argument("--least", type=float, default=0.3)
    ask.add_argument("out", type=Path)
    given = ask.parse_args()
    rows = map(json.loads, given.texts.read_text(encoding="utf-8").splitlines())
    texts = {row["id"]: row["text"] for row in rows}
    lines = given.records.read_text(encoding="utf-8").splitlines()
    records = [Record.model_validate_json(line) for line in lines]
    reports = [WeighedReport(record, texts[record.id]) for record in records]
    pairs = mined(reports, PassageInference(), given.least)
    given.out.write_text(json.dumps(pairs, ensure_ascii=False), encoding="utf-8")
    print(f"{len(pairs)} pairs")


if __name__ == "__main__":
    main()
