"""The trained network behind ONNX Runtime: sentences of words in, scores out.

Sentences are computed many at a time, and still each gives the same bits as by itself. Two things see to
that. The model's int8 arithmetic knows no neighbours: activations are rounded by constants, or row by row.
And a sentence is always padded to the same widths, which follow from its own length, since the width decides
in which order the floating-point sums of its attention are taken.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer as WordPieceTokenizer

from saydo.model.errors import ReaderError
from saydo.reading.pieces import PieceMaker, Pieces
from saydo.reading.runtime import onnxruntime

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

_AT_ONCE = 4096
"""Padded wordpieces computed in one call: more is no faster and takes more memory."""
HIDDEN = 384
"""Size of the vectors of words and sentences."""


@dataclass(frozen=True, slots=True)
class Labels:
    """The label sets of the network's heads, in the order of its scores."""

    upos: tuple[str, ...]
    deprels: tuple[str, ...]
    names: tuple[str, ...]
    nominals: tuple[str, ...]
    entities: tuple[str, ...]
    parties: tuple[str, ...]
    triggers: tuple[str, ...]
    realis: tuple[str, ...]
    polarity: tuple[str, ...]
    event: tuple[str, ...]
    tie: tuple[str, ...]
    relation: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scores:
    """What the network says of one sentence of ``n`` words.

    Heads over words give probabilities ``[n, label]``; ``arcs``, ``relations`` and ``roles`` give raw scores.
    """

    upos: Floats
    arcs: Floats
    """``[n, n + 1]``: every word against every head, head 0 being the root."""
    relations: Floats
    """``[n, relation]`` to the best-scoring head."""
    cues: Floats
    """``[n, 3]``: outside, beginning, inside."""
    roles: Floats
    """``[4, cue word, word]``: beginning and inside of source, beginning and inside of content."""
    names: Floats
    nominals: Floats
    entities: Floats
    parties: Floats
    ends: Floats
    """``[n, 2]``: whether a sentence ends behind the word."""
    triggers: Floats
    realis: Floats
    polarity: Floats
    links: Floats
    """``[n, 128]``: what the word looks for in what was spoken of before, and what it offers to later
    words."""
    vector: Floats
    """``[384]``: the sentence as a vector of length 1, for search by meaning."""
    words: Floats
    """``[1 + n, 384]``: word vectors, the root first, as ``Network.pairs`` takes them."""


@dataclass(frozen=True, slots=True)
class PairScores:
    """What the network says of an ordered pair of mentions: probabilities over the labels of each head."""

    event: Floats
    tie: Floats
    relation: Floats


Marked = tuple[Floats, tuple[int, int], tuple[int, int]]
"""A pair: its sentence's ``words``, and the actor's and the recipient's words as ``[first, last)``."""

_READ = tuple(f.name for f in fields(Scores))
_PAIRED = tuple(f.name for f in fields(PairScores))


class Network:
    """One loaded model: an archive of two ONNX files, the reading path, and the pair path, which is loaded
    when it is first asked for. Calls may come from several threads."""

    def __init__(self, folder: Traversable, name: str, threads: int = 1) -> None:
        packed = read_bytes(folder, f"{name}.zip")
        weights, self._pair_weights = unpacked(packed)
        self.told: dict[str, Any] = json.loads(read_bytes(folder, f"{name}.json"))
        self.labels = Labels(**{f.name: tuple(self.told[f.name]) for f in fields(Labels)})
        self.fingerprint = hashlib.sha256(weights + self._pair_weights).hexdigest()[:8]
        self._maker = PieceMaker(
            WordPieceTokenizer.from_str(read_bytes(folder, f"{name}.tokenizer.json").decode("utf-8"))
        )
        self._name, self._threads = name, threads
        self._session = loaded(weights, name, threads)

    @cached_property
    def _pair_session(self) -> Any:
        return loaded(self._pair_weights, self._name, self._threads)

    def pieces(self, sentences: Sequence[Sequence[str]]) -> list[Pieces]:
        """The sentences as wordpieces."""
        return self._maker.encode(sentences)

    def score(self, sentences: Sequence[Sequence[str]]) -> list[Scores]:
        """Scores of the sentences, in order; each depends on its own words alone."""
        pieces = self.pieces(sentences)
        scored: list[Scores | None] = [None] * len(pieces)
        for group in groups_of([(widened(len(p.ids)), widened(len(p.first))) for p in pieces]):
            outputs = self._session.run(_READ, _inputs([pieces[i] for i in group]))
            for row, i in enumerate(group):
                scored[i] = _scores(outputs, row, len(pieces[i].first))
        return [s for s in scored if s is not None]

    def pairs(self, marked: Sequence[Marked]) -> list[PairScores]:
        """Scores of ordered pairs."""
        scored: list[PairScores | None] = [None] * len(marked)
        widths = [widened(len(words)) for words, _, _ in marked]
        for group in groups_of([(width, width) for width in widths]):
            feed = _pair_inputs([marked[i] for i in group], widths[group[0]])
            outputs = self._pair_session.run(_PAIRED, feed)
            for row, i in enumerate(group):
                scored[i] = PairScores(*(output[row] for output in outputs))
        return [s for s in scored if s is not None]


def loaded(weights: bytes, name: str, threads: int) -> Any:
    """An ONNX model, ready to run. Raises ReaderError."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # ONNX Runtime raises bare exceptions of its own
        raise ReaderError(f"the model {name} could not be loaded: {error}") from error


def widened(size: int) -> int:
    """The width at which something of this size is computed, whatever it is computed with."""
    step = 4 if size <= 64 else 16
    return -(-size // step) * step


def groups_of(shapes: Sequence[tuple[int, int]]) -> list[list[int]]:
    """Indices of equal shapes together, in groups that fit into one call."""
    alike: dict[tuple[int, int], list[int]] = {}
    for i, shape in enumerate(shapes):
        alike.setdefault(shape, []).append(i)
    groups: list[list[int]] = []
    for (width, _), members in alike.items():
        most = max(1, _AT_ONCE // width)
        groups += [members[start : start + most] for start in range(0, len(members), most)]
    return groups


def read_bytes(folder: Traversable, name: str) -> bytes:
    """One of the model's files. Raises ReaderError."""
    try:
        return (folder / name).read_bytes()
    except OSError as error:
        raise ReaderError(f"the reader's file {name} is missing from the installation") from error


READING_PATH, PAIR_PATH = "reading.onnx", "pairs.onnx"
"""The names of the two paths in a model's archive."""


def unpacked(archive: bytes) -> tuple[bytes, bytes]:
    """The reading path and the pair path of a model's archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as members:
            return members.read(READING_PATH), members.read(PAIR_PATH)
    except (zipfile.BadZipFile, KeyError) as error:
        raise ReaderError(
            f"the reader's model is no archive of its two paths ({error}); install saydo anew"
        ) from error


def packaged() -> Traversable:
    """The folder of the models that come with the package."""
    return files("saydo.reading") / "data"


def _inputs(pieces: Sequence[Pieces]) -> dict[str, NDArray[Any]]:
    """The network's input arrays for sentences of one shape."""
    wide, words = widened(len(pieces[0].ids)), widened(len(pieces[0].first))
    ids, case = np.zeros((2, len(pieces), wide), dtype=np.int64)
    first, last = np.zeros((2, len(pieces), words), dtype=np.int64)
    for row, p in enumerate(pieces):
        ids[row, : len(p.ids)] = p.ids
        case[row, : len(p.ids)] = p.shapes
        first[row, : len(p.first)] = p.first
        last[row, : len(p.first)] = p.last
    return {"ids": ids, "case": case, "first": first, "last": last}


def _pair_inputs(marked: Sequence[Marked], width: int) -> dict[str, NDArray[Any]]:
    vectors = np.zeros((len(marked), width, HIDDEN), dtype=np.float32)
    marks = np.full((len(marked), width), -1, dtype=np.int64)
    for row, (words, actor, recipient) in enumerate(marked):
        vectors[row, : len(words)] = words
        marks[row, : len(words)] = 0
        marks[row, 1 + actor[0] : 1 + actor[1]] = 1
        marks[row, 1 + recipient[0] : 1 + recipient[1]] = 2
    return {"pair_words": vectors, "marks": marks}


def _scores(outputs: Sequence[Floats], row: int, n: int) -> Scores:
    """One sentence's part of a call's outputs, without the padding."""
    found = dict(zip(_READ, (output[row] for output in outputs), strict=True))
    cut = {name: array[:n] for name, array in found.items() if name not in ("roles", "vector", "words")}
    cut["arcs"] = found["arcs"][:n, : n + 1]
    return Scores(
        **cut, roles=found["roles"][:, :n, :n], vector=found["vector"], words=found["words"][: n + 1]
    )
