"""Statements measured from raw text: spans cut to sentences, kinds, addressees and media."""

import json
from pathlib import Path

import pytest

from lab.measures.kinds import kinds
from lab.measures.said import said, within
from saydo.reading.network import Network, packaged
from saydo.reading.tokens import Tokenizer

TEXT = "Mayor Ida Lund said the ferry had sunk. Nobody was hurt."


def test_spans_are_cut_at_the_end_of_a_sentence_and_counted_once() -> None:
    words = [w for w in Tokenizer().words(TEXT) if w.end <= TEXT.index(" Nobody")]
    one = {"source": [(0, 14)], "cue": [(15, 19)], "content": [(20, len(TEXT))]}
    assert within(words, [one, one]) == {"source": [(0, 3)], "cue": [(3, 4)], "content": [(4, 9)]}


@pytest.mark.model
def test_statements_of_records_are_scored_by_their_exact_spans(tmp_path: Path) -> None:
    """The source and cue of the gold are found; its content begins a word too late."""
    gold = tmp_path / "gold.jsonl"
    row = {"text": TEXT, "attributions": [{"source": [[0, 14]], "cue": [[15, 19]], "content": [[24, 38]]}]}
    gold.write_text(json.dumps(row) + "\n", encoding="utf-8")
    found = said(gold, Network(packaged(), "reader-en"))
    assert (found["sentences"], found["failed items"]) == (1, 0)
    assert (found["source F1"], found["cue F1"], found["content F1"]) == (1, 1, 0)
    assert found["content overlap F1"] == 1


@pytest.mark.model
def test_kinds_are_scored_by_split_with_none_for_what_is_not_found(tmp_path: Path) -> None:
    rows = [
        {"text": "Oslo promised to pay.", "split": "dev", "kind": "pledge", "cue": [5, 13]},
        {"text": "Rain fell on Oslo.", "split": "dev", "kind": "denial", "cue": [5, 9]},
        {"text": "Oslo denied the theft.", "split": "heldout", "kind": "pledge", "cue": [5, 11]},
    ]
    gold = tmp_path / "gold.jsonl"
    rest = {"addressees": [], "medium": None, "quoted": False}
    gold.write_text("".join(json.dumps(row | rest) + "\n" for row in rows), encoding="utf-8")
    network = Network(packaged(), "reader-en")
    dev, heldout = kinds(gold, network, False), kinds(gold, network, True)
    assert (dev["kind items"], dev["kind accuracy"], dev["found"]) == (2, 0.5, 0.5)
    assert (heldout["kind items"], heldout["kind accuracy"], heldout["found"]) == (1, 0, 1)
