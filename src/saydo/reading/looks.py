"""How words look as the trigger, the actor or the recipient of an event: sums over their vectors.

The network's heads tell what kind of event a word may tell. Whether it is one that a careful reader would
sign, the vectors know better than those heads: the weights are fitted together with those of the facts in
``saydo.coding.trust`` on events that were judged one by one (``python -m lab.trust``).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from saydo.reading.network import HIDDEN, Floats, Network, Scores

PARTS = ("trigger", "actor", "recipient")
"""What a word may be, in the order of ``Reading.looks``."""


def looks_of(network: Network) -> Floats:
    """``[part, 384]``: the weights that came with a model; all zero for one to which none are fitted."""
    told = network.told.get("looks", {})
    return np.array([told.get(part, [0.0] * HIDDEN) for part in PARTS], dtype=np.float32)


def looks(scores: Sequence[Scores], weights: Floats) -> Floats:
    """``[token, part]`` for the words of all sentences, rounded, so that no machine's last bits show."""
    found = [s.words[1:] @ weights.T for s in scores]
    return np.concatenate(found).round(3) if found else np.zeros((0, len(PARTS)), np.float32)
