"""``saydo explain``: how a text was read and why each finding was coded."""

from __future__ import annotations

import json
import re

from cli_reader import DEED, DULL, VOW

from saydo.model.records import Record


def test_an_explanation_shows_every_step(saydo) -> None:
    """Words with their tree, mentions with reasons, places, times, attributions, findings with their rules."""
    result = saydo("explain", VOW, "--date", "2019-05-03")
    assert result.exit_code == 0, result.output
    out = result.stdout
    for part in ("Sentence 1", "Mentions", "Places", "Times", "Attributions", "Statements", "Events", "Ties",
                 "Discrepancies", "Withheld or not resolved"):  # fmt: skip
        assert re.search(rf"^{part}", out, re.MULTILINE), part
    assert re.search(r"8 +· attack +attack +VERB +ccomp +vowed 3", out)
    assert re.search(r"they +group +→ Taliban +\S", out), "who a pronoun stands for, and why"
    assert re.search(r"The Taliban +vowed +that they would not attack Tajikistan", out)
    assert re.search(r"s0 pledge +score [\d.]+ · rule \S+", out)
    assert "negated, told by s0" in out
    assert "content  that they would not attack Tajikistan" in out


def test_it_says_when_nothing_was_found(saydo) -> None:
    out = saydo("explain", DULL).stdout
    assert re.search(r"^Events\s+none", out, re.MULTILINE)
    assert re.search(r"^Mentions\s+\S", out, re.MULTILINE)


def test_the_explanation_reproduces_the_record(saydo) -> None:
    """What is explained is what ``saydo code`` writes for the same text and date."""
    explained = json.loads(saydo("explain", DEED, "--date", "2019-05-10", "--json").stdout)
    given = json.dumps({"text": DEED, "date": "2019-05-10"})
    coded = json.loads(saydo("code", "-", stdin=given).stdout)
    assert explained["record"] == coded
    assert Record.model_validate(explained["record"]).events
    assert [token["text"] for token in explained["sentences"][0]["tokens"]][:3] == [
        "The",
        "Taliban",
        "attacked",
    ]
    assert explained["mentions"][0]["reason"]


def test_a_text_may_come_on_standard_input(saydo) -> None:
    assert "attacked" in saydo("explain", "-", stdin=DEED).stdout


def test_an_empty_text_is_told(saydo) -> None:
    result = saydo("explain", "  ")
    assert result.exit_code == 1
    assert "the text is empty; give a sentence to explain" in result.stderr
