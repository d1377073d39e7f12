"""What ordinary news calls attacks, help and refusals, and events that words of war are needed for."""

from __future__ import annotations

from functools import cache

import pytest

from saydo.codebook import load
from saydo.coding import Coded, code
from saydo.linking import link
from saydo.model.document import Document
from saydo.model.reading import Reader

pytestmark = pytest.mark.model


@cache
def _reader() -> Reader:
    from saydo.reading import load_reader

    return load_reader()


def _coded(text: str) -> Coded:
    book = load()
    return code(link(_reader().read(Document("d", text, date="2011-09-20")), book), book)


def _types(text: str) -> set[str]:
    return {e.type for e in _coded(text).events}


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("The mayor declined to comment on the report.", "REJECT"),
        ("My neighbour says friends will help her move.", "AID"),
        ("His death in 1967 shocked the village.", "ASSAULT"),
        ("Polls show Senator Ann Loy beating Senator Bo Reed.", "ASSAULT"),
        ("Volunteers are fighting discrimination against Roma people.", "ASSAULT"),
        ("The court treated her with respect.", "AID"),
        ("The aide did not discuss the candidate's latest attacks on Senator Bo Reed.", "ASSAULT"),
        ("Senator Ann Loy on Friday pummeled Senator Bo Reed over taxes.", "ASSAULT"),
    ],
)
def test_everyday_words_are_no_events(text: str, type_: str) -> None:
    assert type_ not in _types(text)


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("Ugandan soldiers crossed into Bunia on Tuesday.", "MOBILIZE"),
        ("Malian troops returned to the town of Kidal.", "MOBILIZE"),
        ("President Ana Lemos said she was ready for talks with the Farmers' Army.", "AGREE"),
        ("Commandos stormed the bus station and nine people were killed.", "ASSAULT"),
        ("Denmark is against the sending of observers.", "REJECT"),
        ("Peru backs the deployment of observers.", "SUPPORT"),
    ],
)
def test_deeds_and_stances_are_events(text: str, type_: str) -> None:
    assert type_ in _types(text)


def test_those_who_die_when_somebody_storms_are_counted() -> None:
    found = _coded("Six gunmen died when commandos stormed the post office in Ramsa on Saturday.")
    assert [e.killed.low for e in found.events if e.killed] == [6]


@pytest.mark.parametrize(
    ("text", "type_", "first", "second"),
    [
        (
            "The Otter Battalion is under the command of the Harbour Council.",
            "command",
            "harbour-council",
            "otter-battalion",
        ),
        ("The Otter Battalion has been in contact with Peru since 2004.", "contact", "otter-battalion", "PER"),
    ],
)  # fmt: skip
def test_ties_told_with_a_copula(text: str, type_: str, first: str, second: str) -> None:
    book = load()
    linked = link(_reader().read(Document("d", text, date="2011-09-20")), book)
    actor = {m.id: m.actor for m in linked.mentions}
    found = [(t.type, actor[t.from_], actor[t.to]) for t in code(linked, book).ties]
    assert (type_, first, second) in found


def test_giving_ones_word_is_a_pledge() -> None:
    found = _coded("Lusaka gave its word on Monday that it would not bomb Harare.")
    assert [s.kind for s in found.statements] == ["pledge"]
