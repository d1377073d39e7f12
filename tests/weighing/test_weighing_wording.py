"""Explanations read as sentences: acts in plain words, whatever their type."""

from __future__ import annotations

import pytest
from test_weighing_commitment import pledge, promise_to_leave, shelling
from test_weighing_denial import brigade_denies, market_shelled
from weighing_build import codebook

from saydo.weighing import weigh
from saydo.weighing.unfolding import unfold
from saydo.weighing.wording import infinitive, none_of, noun

BOOK = codebook()


def test_an_act_as_noun_and_infinitive() -> None:
    [act] = unfold(0, pledge()).acts
    assert noun(act) == "the shelling of “the port”"
    assert none_of(act) == "no shelling of “the port”"
    assert infinitive(act) == "shell “the port”"


def test_the_preposition_goes_where_nobody_is_named() -> None:
    [act] = unfold(0, promise_to_leave()).acts
    assert infinitive(act) == "withdraw “the valley”"


@pytest.mark.parametrize("type", sorted(BOOK.events))
def test_no_type_shows_its_code(type: str) -> None:
    [act] = unfold(0, pledge(type=type, mode=None, trigger="shell")).acts
    assert type not in noun(act) and type not in infinitive(act)


def test_explanations_hold_no_codes() -> None:
    for reports in ([pledge(), shelling()], [brigade_denies(), market_shelled("Orle", "2024-05-02")]):
        [found] = weigh(reports, BOOK).discrepancies
        assert "ASSAULT" not in found.explanation
    assert found.explanation.startswith("brigade denied the shelling of ")
