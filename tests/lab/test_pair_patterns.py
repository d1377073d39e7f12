"""The sentence patterns for pairs: each can be filled, and says what it is said to say."""

import re
from collections import Counter
from pathlib import Path

import pytest
import yaml

from lab.labels import EVENT_TYPES, POLARITY, REALIS, TIE_TYPES, TYPES

FOLDER = Path(__file__).parents[2] / "lab" / "pairs"
FILES = {"events.yaml": EVENT_TYPES, "ties.yaml": TIE_TYPES}
SLOT = re.compile(r"\{([abxy])(?::([a-z|]+)|=([^{}<>]+))?\}")
TRIGGER = re.compile(r"<([^<>{}|]+)(?:\|([a-z,]+))?>")


def patterns(file: str) -> list[tuple[str, str]]:
    """Label and text of every pattern."""
    told = yaml.safe_load((FOLDER / file).read_text(encoding="utf-8"))
    return [(label, text) for label, texts in told.items() for text in texts]


def refused(file: str, wrong: re.Pattern[str]) -> list[str]:
    return [text for _, text in patterns(file) if wrong.search(SLOT.sub("", TRIGGER.sub("", text)))]


@pytest.mark.parametrize("file", FILES)
def test_labels_are_those_of_the_network_and_each_has_patterns(file: str) -> None:
    """A label that no pattern teaches is as wrong as a pattern under no label."""
    found = Counter(label for label, _ in patterns(file))
    assert set(found) == set(FILES[file])
    assert min(found.values()) >= 30


@pytest.mark.parametrize("file", FILES)
def test_every_pattern_names_each_side_once(file: str) -> None:
    for _, text in patterns(file):
        names = Counter(slot.group(1) for slot in SLOT.finditer(text))
        assert names["a"] == names["b"] == 1, text
        assert max(names["x"], names["y"]) <= 1, text


@pytest.mark.parametrize("file", FILES)
def test_brackets_are_balanced_and_hold_what_they_may(file: str) -> None:
    """What is left without slots and triggers is plain text."""
    assert refused(file, re.compile(r"[{}<>|=]")) == []


@pytest.mark.parametrize("file", FILES)
def test_slots_ask_for_kinds_that_there_are(file: str) -> None:
    for _, text in patterns(file):
        for slot in SLOT.finditer(text):
            kinds = (slot.group(2) or "group").split("|")
            assert set(kinds) <= set(TYPES) - {"weapon", "platform", "money", "quantity"}, text
            assert len(kinds) == len(set(kinds)), text


def test_every_event_has_one_trigger() -> None:
    """Of what is no event at most one word is marked, which looks like one; no realis is told of it."""
    for label, text in patterns("events.yaml"):
        marked = TRIGGER.findall(text)
        assert len(marked) == 1 or (label == "none" and not marked), text
        assert label != "none" or not any(told for _, told in marked), text


def test_ties_have_no_trigger() -> None:
    assert not [text for _, text in patterns("ties.yaml") if TRIGGER.search(text)]


def test_a_trigger_tells_at_most_one_realis_and_one_polarity() -> None:
    for _, text in patterns("events.yaml"):
        for trigger in TRIGGER.finditer(text):
            marks = trigger.group(2).split(",") if trigger.group(2) else []
            assert set(marks) <= {*REALIS, *POLARITY}, text
            assert len(set(marks) & set(REALIS)) <= 1 and len(set(marks) & set(POLARITY)) <= 1, text
            assert len(marks) == len(set(marks)), text


def test_every_event_is_also_shown_denied_to_come_and_long_past() -> None:
    """Else the network learns that a type and its realis go together."""
    for kind in EVENT_TYPES[1:]:
        marks = {
            m
            for label, text in patterns("events.yaml")
            if label == kind
            for _, told in TRIGGER.findall(text)
            for m in told.split(",")
        }
        assert {"negative", "future", "hypothetical", "historical"} <= marks, kind


@pytest.mark.parametrize("file", FILES)
def test_no_pattern_stands_twice(file: str) -> None:
    """Neither under one label nor under two, whatever kinds its slots ask for."""
    bare = Counter(
        " ".join(SLOT.sub(r"{\1}", TRIGGER.sub(r"\1", text)).lower().split()) for _, text in patterns(file)
    )
    assert [text for text, times in bare.items() if times > 1] == []


@pytest.mark.parametrize("file", FILES)
def test_patterns_are_lines_without_loose_space(file: str) -> None:
    assert [text for _, text in patterns(file) if text != " ".join(text.split())] == []
