"""The network that tells whether a passage goes against what was said elsewhere: pairs of texts in, labels
out. It reads one pair at a time of no fixed length; see :mod:`saydo.reading.network` on why a pair gives the
same bits in whatever company."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from saydo.model.errors import ReaderError
from saydo.model.inference import KINDS, Labelled
from saydo.reading.network import groups_of, loaded, packaged, read_bytes, widened

INFERENCE_PATH = "inference.onnx"
"""Its name in the model's archive."""
MOST_PIECES = 192
"""Wordpieces of a pair; of a longer one the longer text is cut."""


class PassageInference:
    """A :class:`saydo.model.inference.Inference` by the model that comes with saydo for a language. It is
    loaded when the first pair is asked for."""

    def __init__(self, name: str = "en", threads: int = 1) -> None:
        self._name, self._threads = f"reader-{name}", threads

    def labels(self, pairs: Sequence[tuple[str, str]]) -> list[Labelled]:
        """What each passage is to what was said, pair by pair."""
        both: list[Encoding] = self._tokenizer.encode_batch(list(pairs))
        found: list[Labelled | None] = [None] * len(both)
        for group in groups_of([(widened(len(e.ids)), 1) for e in both]):
            width = widened(max(len(both[i].ids) for i in group))
            feed = {
                "ids": _padded([both[i].ids for i in group], width),
                "parts": _padded([both[i].type_ids for i in group], width),
            }
            labels, kinds = self._session.run(("labels", "kinds"), feed)
            for i, row, kind in zip(group, labels, kinds.argmax(-1), strict=True):
                against, kept, neither = (round(float(p), 4) for p in row)
                found[i] = Labelled(against, kept, neither, KINDS[int(kind)])
        return [f for f in found if f is not None]

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        made = Tokenizer.from_str(read_bytes(packaged(), f"{self._name}.tokenizer.json").decode("utf-8"))
        made.no_padding()
        made.enable_truncation(MOST_PIECES, strategy="longest_first")
        return made

    @cached_property
    def _session(self) -> Any:
        try:
            with zipfile.ZipFile(io.BytesIO(read_bytes(packaged(), f"{self._name}.zip"))) as members:
                weights = members.read(INFERENCE_PATH)
        except (zipfile.BadZipFile, KeyError) as error:
            raise ReaderError(
                f"the model {self._name} holds no {INFERENCE_PATH} ({error}); install saydo anew"
            ) from error
        return loaded(weights, self._name, self._threads)


def _padded(rows: Sequence[Sequence[int]], width: int) -> NDArray[np.int64]:
    return np.array([[*row, *[0] * (width - len(row))] for row in rows], np.int64)
