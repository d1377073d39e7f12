"""How words look as parts of an event, from their vectors."""

from dataclasses import replace

import numpy as np
import pytest
from reader_making import scores

from saydo.reading.looks import PARTS, looks, looks_of
from saydo.reading.network import HIDDEN, Network, packaged


def test_each_word_has_one_sum_for_each_part_and_the_root_none() -> None:
    words = np.zeros((3, HIDDEN), np.float32)
    words[0, 0], words[1, 0], words[2, 1] = 100.0, 2.0, 3.0
    weights = np.zeros((3, HIDDEN), np.float32)
    weights[0, 0], weights[2, 1] = 0.5, -1.0
    found = looks([replace(scores(2), words=words), scores(1)], weights)
    assert found.tolist() == [[1.0, 0.0, 0.0], [0.0, 0.0, -3.0], [0.0, 0.0, 0.0]]


def test_a_text_without_words_has_no_looks() -> None:
    assert looks([], np.zeros((3, HIDDEN), np.float32)).shape == (0, len(PARTS))


@pytest.mark.model
def test_the_model_that_comes_with_saydo_has_weights_for_all_parts() -> None:
    weights = looks_of(Network(packaged(), "reader-en"))
    assert weights.shape == (len(PARTS), HIDDEN)
    assert (np.abs(weights).max(axis=1) > 0).all()


@pytest.mark.model
def test_a_model_without_such_weights_tells_nothing() -> None:
    network = Network(packaged(), "reader-en")
    del network.told["looks"]
    assert not looks_of(network).any()
