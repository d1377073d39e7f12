"""The example case is taken in whole, and its list of expected findings fits its texts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from intake_making import take

from saydo.model.document import Document

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="module")
def documents() -> dict[str, Document]:
    taken, skipped = take(EXAMPLES / "alay-corridor")
    assert not skipped
    return {item.document.id: item.document for item in taken}


@pytest.fixture(scope="module")
def expected() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((EXAMPLES / "expected.json").read_text(encoding="utf-8"))
    return found


def test_every_report_says_when_where_and_that_it_is_fiction(documents: dict[str, Document]) -> None:
    assert len(documents) == 35
    for document in documents.values():
        assert document.date is not None and document.date.startswith("2018-")
        assert document.title
        assert document.publisher
        assert dict(document.metadata)["fiction"] == "yes"
        assert 50 <= len(document.text.split()) <= 300, document.id
        assert "fiction" not in document.text.lower()


def test_expected_words_stand_in_the_reports_once(
    documents: dict[str, Document], expected: dict[str, Any]
) -> None:
    poles = [
        finding[side]
        for finding in expected["discrepancies"] + expected["kept"]
        for side in ("statement", "against", "through", "conduct")
        if side in finding
    ]
    for pole in poles:
        assert documents[pole["document"]].text.count(pole["quote"]) == 1, pole


def test_every_kind_is_planted_and_no_control_is_a_pole(
    documents: dict[str, Document], expected: dict[str, Any]
) -> None:
    plain = [finding for finding in expected["discrepancies"] if finding["difficulty"] == "plain"]
    kinds = {kind for finding in plain for kind in finding["kinds"]}
    assert kinds == {"commitment", "denial", "account", "position", "tie"}
    controls = {control["document"] for control in expected["controls"]}
    assert controls <= set(documents)
    for finding in expected["discrepancies"]:
        for side in ("statement", "against", "through"):
            assert side not in finding or finding[side]["document"] not in controls
        assert any(
            speaker in document.text for speaker in finding["speakers"] for document in documents.values()
        )


def test_the_radio_talk_knows_when_the_denial_was_spoken(documents: dict[str, Document]) -> None:
    talk = documents["radio-sary-kol-0626"]
    place = talk.text.index("The Highland Front has not taken any hostages")
    code = next(code for code in talk.timecodes if code.start <= place < code.end)
    assert code.from_seconds == pytest.approx(17.6)
