"""The figures that stand in the repository are the installed reader's."""

import json

import pytest

from lab.figures import FIGURES, figures
from saydo.reading.network import Network, packaged

pytestmark = pytest.mark.model

NEAR = 0.012
"""Processors of other families may round the last bit of a score otherwise; then a few words of the small
gold set differ."""


def test_the_eval_file_tells_what_a_fresh_scoring_finds() -> None:
    told = json.loads(FIGURES.read_text(encoding="utf-8"))
    network = Network(packaged(), "reader-en")
    assert told["model"] == network.fingerprint, (
        "another model than the figures are of: python -m lab.figures"
    )
    fresh = figures(network)
    assert fresh.keys() == told["figures"].keys()
    for task, named in fresh.items():
        assert named == pytest.approx(told["figures"][task], abs=NEAR), task
