"""How coded events are matched with annotated ones, on offsets of an imagined sentence."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from lab.measures import events as measure
from lab.measures.events import Found, Gold, annotated, matched, typed
from saydo.model.document import text_sha256
from saydo.reading.network import Network, packaged

GOLD = Gold(("ACCUSE",), (10, 17), ((0, 9),), ((18, 25),), "actual", "positive", sure=True)
FOUND = Found("ACCUSE", (10, 17), (((0, 9),),), (((18, 25),),), "actual", "positive", "accuse")


def test_a_type_counts_where_trigger_or_a_party_is_shared() -> None:
    elsewhere = replace(FOUND, trigger=(40, 44))
    assert typed(FOUND, GOLD)
    assert typed(elsewhere, GOLD)
    assert not typed(replace(elsewhere, actors=(), recipients=()), GOLD)
    assert not typed(replace(FOUND, type="REJECT"), GOLD)
    assert typed(replace(FOUND, type="REJECT"), replace(GOLD, types=("ACCUSE", "REJECT")))


def test_an_annotated_event_is_matched_once_and_by_the_one_with_the_right_parties() -> None:
    turned = replace(FOUND, actors=FOUND.recipients, recipients=FOUND.actors)
    assert [m.found for m in matched([turned, FOUND], [GOLD])] == [FOUND]


def test_a_sure_event_comes_before_an_arguable_one() -> None:
    arguable = replace(GOLD, sure=False)
    both = matched([replace(FOUND, trigger=(40, 44)), FOUND], [arguable, GOLD])
    assert len(both) == 2
    assert [m.gold for m in matched([FOUND], [arguable, GOLD])] == [GOLD]


def test_parties_of_talks_may_be_exchanged_and_those_of_blame_may_not() -> None:
    turned = replace(FOUND, actors=FOUND.recipients, recipients=FOUND.actors)
    assert not measure._who(turned, GOLD)
    assert measure._who(replace(turned, type="CONSULT"), replace(GOLD, types=("CONSULT",)))


def test_other_names_of_a_party_are_as_good() -> None:
    row = {
        "events": [
            {"type": "ACCUSE", "or": ["REJECT"], "trigger": [10, 17], "actors": [[0, 2]], "actors_same": [[30, 38]],
             "recipients": [], "realis": "actual", "polarity": "negative", "sure": True}
        ]
    }  # fmt: skip
    (gold,) = annotated(row)
    assert gold.types == ("ACCUSE", "REJECT")
    assert gold.actors == ((0, 2), (30, 38))


@pytest.mark.model
def test_arguable_events_count_neither_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two sentences of which both are coded; the second is annotated as arguable, then as sure, then not."""
    text = "Kenya accused Uganda of theft. Uganda accused Kenya of theft."
    (tmp_path / "news.jsonl").write_text(json.dumps({"id": "n", "text": text}) + "\n", encoding="utf-8")
    monkeypatch.setattr(measure, "TEXTS", tmp_path)
    told = {"type": "ACCUSE", "realis": "actual", "polarity": "positive"}
    first = told | {"trigger": [6, 13], "actors": [[0, 5]], "recipients": [[14, 20]], "sure": True}
    second = told | {"trigger": [38, 45], "actors": [[31, 37]], "recipients": [[46, 51]]}

    def scored(*more: dict[str, object]) -> dict[str, float]:
        row = {"source": "news.jsonl", "document": "n", "sha256": text_sha256(text), "split": "dev"}
        rows = [
            row | {"sentence": [0, 30], "events": [first]},
            row | {"sentence": [31, 61], "events": list(more)},
        ]
        gold = tmp_path / "events.jsonl"
        gold.write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
        return measure.events(gold, Network(packaged(), "reader-en"), False, part="dev")

    arguable, sure, none = scored(second | {"sure": False}), scored(second | {"sure": True}), scored()
    assert [f["coded items"] for f in (arguable, sure, none)] == [1, 2, 2]
    assert [f["annotated items"] for f in (arguable, sure, none)] == [1, 2, 1]
    assert [f["full pair precision"] for f in (arguable, sure, none)] == [1, 1, 0.5]
    assert [f["quiet"] for f in (arguable, sure, none)] == [0, 0, 0]
