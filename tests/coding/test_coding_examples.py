"""Every example sentence of the codebook is coded, or left alone, as its entry says."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from saydo.codebook import Codebook, load
from saydo.codebook.entries import Concept, Example
from saydo.coding import Coded, code
from saydo.linking import link
from saydo.model.document import Document
from saydo.model.linked import LinkedReading
from saydo.reading import load_reader

pytestmark = pytest.mark.model
CODEBOOK = load()
CONCEPTS: list[tuple[str, str, Concept]] = [
    *(("events", k, e) for k, e in CODEBOOK.events.items()),
    *(("ties", k, e) for k, e in CODEBOOK.ties.items()),
    *(("statements", k, e) for k, e in CODEBOOK.statements.items()),
]
POSITIVE = [(room, k, x) for room, k, e in CONCEPTS for x in e.positive]
NEGATIVE = [(room, k, x) for room, k, e in CONCEPTS for x in e.negative]


@pytest.fixture(scope="module")
def coded() -> Callable[[Example], tuple[LinkedReading, Coded]]:
    reader = load_reader()
    codebook: Codebook = CODEBOOK

    def run(example: Example) -> tuple[LinkedReading, Coded]:
        document = Document(id="example", text=example.text, date=example.date or "2020-06-15")
        linked = link(reader.read(document), codebook)
        return linked, code(linked, codebook)

    return run


def _text(linked: LinkedReading, mention_id: str) -> str:
    """The words of a mention with the name of its actor."""
    mention = next(m for m in linked.mentions if m.id == mention_id)
    tokens = linked.reading.tokens
    words = linked.reading.document.text[tokens[mention.first].start : tokens[mention.last - 1].end]
    name = next((a.name for a in linked.actors if a.id == mention.actor), "")
    return f"{words} ({name})"


def _fits(room: str, concept: str, example: Example, linked: LinkedReading, found: Coded) -> bool:
    if room == "events":
        return any(
            e.type == concept
            and _named(linked, example.actor, e.actors)
            and _named(linked, example.recipient, e.recipients)
            and example.mode in (None, e.mode)
            and example.realis in (None, e.realis)
            and example.polarity in (None, e.polarity)
            for e in found.events
        )
    if room == "ties":
        undirected = CODEBOOK.ties[concept].undirected
        return any(
            t.type == concept
            and (
                (_named(linked, example.actor, (t.from_,)) and _named(linked, example.recipient, (t.to,)))
                or (
                    undirected
                    and _named(linked, example.actor, (t.to,))
                    and _named(linked, example.recipient, (t.from_,))
                )
            )
            for t in found.ties
        )
    return any(
        s.kind == concept
        and _named(linked, example.actor, (s.source_mention,) if s.source_mention else ())
        and _named(linked, example.recipient, s.addressees)
        for s in found.statements
    )


def _named(linked: LinkedReading, wanted: str | None, mentions: tuple[str, ...]) -> bool:
    return wanted is None or any(wanted.lower() in _text(linked, m).lower() for m in mentions)


@pytest.mark.parametrize(("room", "concept", "example"), POSITIVE, ids=lambda x: getattr(x, "text", x))
def test_a_positive_example_is_coded_as_its_entry(room, concept, example, coded) -> None:
    linked, found = coded(example)
    assert _fits(room, concept, example, linked, found), _summary(linked, found)


@pytest.mark.parametrize(("room", "concept", "example"), NEGATIVE, ids=lambda x: getattr(x, "text", x))
def test_a_negative_example_is_not(room, concept, example, coded) -> None:
    _, found = coded(example)
    codes = {"events": [e.type for e in found.events], "ties": [t.type for t in found.ties]}
    codes["statements"] = [s.kind for s in found.statements]
    assert concept not in codes[room], example.because


@pytest.mark.parametrize(
    ("room", "concept", "entry"), CONCEPTS, ids=lambda x: x if isinstance(x, str) else ""
)
def test_an_entry_has_three_examples_of_either_kind(room, concept, entry) -> None:
    assert len(entry.positive) >= 3
    assert len(entry.negative) >= 3


def _summary(linked: LinkedReading, found: Coded) -> str:
    events = [
        f"{e.type}/{e.mode} {[_text(linked, m) for m in e.actors]} -> {[_text(linked, m) for m in e.recipients]}"
        f" {e.polarity} {e.realis}"
        for e in found.events
    ]
    ties = [f"{t.type} {_text(linked, t.from_)} -> {_text(linked, t.to)}" for t in found.ties]
    said = [f"{s.kind} {s.source_mention and _text(linked, s.source_mention)}" for s in found.statements]
    return "; ".join([*events, *ties, *said]) or "nothing coded"
