"""The trained network behind ONNX Runtime: sentences of words in, scores out.

What is computed together decides the last bits of an int8 result, so every sentence is computed by itself:
the same sentence gives the same scores, whoever its neighbours are.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer as WordPieceTokenizer

from saydo.model.errors import ReaderError
from saydo.reading.pieces import PieceMaker, Pieces

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Labels:
    """The label sets of the network's heads, in the order of its scores."""

    upos: tuple[str, ...]
    deprels: tuple[str, ...]
    names: tuple[str, ...]
    nominals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scores:
    """Raw scores of one sentence of ``n`` words."""

    upos: Floats
    """``[n, part of speech]``"""
    arcs: Floats
    """``[n, n + 1]``: every word against every head, head 0 being the root."""
    relations: Floats
    """``[n, relation]`` to the best-scoring head."""
    names: Floats
    """``[n, tag]``"""
    nominals: Floats
    """``[n, type]``"""
    cues: Floats
    """``[n, 3]``: outside, beginning, inside."""
    roles: Floats
    """``[4, cue word, word]``: beginning and inside of source, beginning and inside of content."""


class Network:
    """One loaded model; calls may come from several threads."""

    def __init__(self, folder: Traversable, name: str, threads: int = 1) -> None:
        weights = _bytes(folder, f"{name}.onnx")
        told: dict[str, list[str]] = json.loads(_bytes(folder, f"{name}.json"))
        self.labels = Labels(*(tuple(told[key]) for key in ("upos", "deprels", "names", "nominals")))
        self.fingerprint = hashlib.sha256(weights).hexdigest()[:8]
        self._maker = PieceMaker(
            WordPieceTokenizer.from_str(_bytes(folder, f"{name}.tokenizer.json").decode("utf-8"))
        )
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        try:
            self._session: Any = onnxruntime.InferenceSession(
                weights, options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # ONNX Runtime raises bare exceptions of its own
            raise ReaderError(f"the model {name}.onnx could not be loaded: {error}") from error

    def score(self, sentences: Sequence[Sequence[str]]) -> list[Scores]:
        """Scores of the sentences, in order; each depends on its own words alone."""
        return [_scores(self._session.run(None, _inputs(pieces))) for pieces in self._maker.encode(sentences)]


def _bytes(folder: Traversable, name: str) -> bytes:
    try:
        return (folder / name).read_bytes()
    except OSError as error:
        raise ReaderError(f"the reader's file {name} is missing from the installation") from error


def packaged() -> Traversable:
    """The folder of the models that come with the package."""
    return files("saydo.reading") / "data"


def _inputs(pieces: Pieces) -> dict[str, Ints]:
    """The network's input arrays for one sentence."""
    return {
        "ids": np.array([pieces.ids], dtype=np.int64),
        "case": np.array([pieces.shapes], dtype=np.int64),
        "first": np.array([pieces.first], dtype=np.int64),
        "last": np.array([pieces.last], dtype=np.int64),
    }


def _scores(outputs: Sequence[Floats]) -> Scores:
    upos, arcs, relations, names, nominals, cues, roles = (output[0] for output in outputs)
    return Scores(upos, arcs, relations, names, nominals, cues, roles)


def softmax(scores: Floats, axis: int = -1) -> Floats:
    """Probabilities along an axis."""
    shifted = np.exp(scores - scores.max(axis=axis, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=axis, keepdims=True), dtype=np.float32)
