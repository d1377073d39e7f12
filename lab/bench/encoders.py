"""The bare encoders: what reading costs before anything is made of it.

Two of them: the reader's own encoder, in the reader's int8 arithmetic, and the pre-trained encoder under ONNX
Runtime's usual dynamic int8, which rounds whole batches (its weights come from the package named in
``lab/requirements.in``). They are given their input ready-made, in batches by length, and nothing is made of
their output.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import onnxruntime

if TYPE_CHECKING:
    from saydo.reading.pieces import Pieces

_BUDGET = 4096
Feeds = list[dict[str, Any]]


def batches(pieces: Sequence[Pieces]) -> Feeds:
    """Sentences of like length together, padded to the longest of each batch."""
    ordered = sorted(pieces, key=lambda p: len(p.ids))
    found: Feeds = []
    at = 0
    while at < len(ordered):
        group = [ordered[at]]
        while at + len(group) < len(ordered):
            longest = len(ordered[at + len(group)].ids)
            if longest * (len(group) + 1) > _BUDGET or longest > len(group[0].ids) + 3:
                break
            group.append(ordered[at + len(group)])
        at += len(group)
        ids = np.zeros((len(group), len(group[-1].ids)), dtype=np.int64)
        case = np.zeros_like(ids)
        for row, p in enumerate(group):
            ids[row, : len(p.ids)], case[row, : len(p.ids)] = p.ids, p.shapes
        found.append({"ids": ids, "case": case})
    return found


def write_own(model: bytes, path: Path) -> None:
    """The reader's encoder alone, cut out of its model."""
    import onnx
    import onnx.utils

    part = onnx.utils.Extractor(onnx.load_from_string(model)).extract_model(["ids", "case"], ["encoded"])
    path.write_bytes(part.SerializeToString())


class Encoder:
    """An encoder in one thread."""

    def __init__(self, path: Path) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads, options.inter_op_num_threads = 1, 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            path.read_bytes(), options, providers=["CPUExecutionProvider"]
        )
        self._wanted = {each.name for each in self._session.get_inputs()}

    def encode(self, feeds: Feeds) -> None:
        for feed in feeds:
            self._session.run(None, {key: value for key, value in feed.items() if key in self._wanted})
