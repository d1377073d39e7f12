"""All examples as flat arrays, and batches cut from them on the device that trains.

``python -m lab.prepare`` writes two of them, one to learn from and one that is kept for measuring. A store
needs neither the corpora nor saydo any more, so that a machine with a GPU needs nothing but this file and
torch.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from lab.labels import MASK, PAIR_HEADS

Ints = NDArray[np.integer]

MASK_ID = 103
WORD_LABELS = (
    "upos", "heads", "deprels", "names", "nominals", "cues", "sources", "contents", "entities", "parties",
    "ends", "triggers", "realis", "polarity",
)  # fmt: skip
"""Fields of an example that hold one label a word."""
MOST_PAIRS = 4
"""Marked pairs of one sentence in one batch; of more a sample is drawn."""


@dataclass
class Batch:
    """Sentences of one batch, padded, on one device."""

    rows: Tensor
    """``[batch]``: which of the store's sentences they are."""
    ids: Tensor
    case: Tensor
    first: Tensor
    last: Tensor
    targets: dict[str, Tensor]
    """``[batch, word]`` label indices, MASK where untold; tasks of which the batch tells nothing are left
    out."""
    frames: tuple[Tensor, Tensor, Tensor]
    """Row in the batch, anchor word, roles ``[frame, word]``."""
    pairs: PairBatch

    @property
    def there(self) -> Tensor:
        """``[batch, word]``: whether there is a word."""
        return self.first > 0

    def hiding(self, share: float) -> Batch:
        """The same batch with that share of the wordpieces hidden, and now and then all letter case."""
        hidden = (torch.rand(self.ids.shape, device=self.ids.device) < share) & (self.case > 0)
        plain = torch.rand(len(self.ids), 1, device=self.ids.device) < 0.03
        case = torch.where(plain, self.case.clamp(max=1), self.case)
        return replace(self, ids=torch.where(hidden, MASK_ID, self.ids), case=case)


@dataclass
class PairBatch:
    """Marked pairs of one batch."""

    rows: Tensor
    """Row in the batch, one a pair."""
    marks: Tensor
    """``[pair, 1 + word]``: 1 on the actor's words, 2 on the recipient's, -1 where there is no word."""
    told: dict[str, Tensor]
    """``[pair, type]`` head by head: whether the type would be right; all false where nothing is told."""
    weights: Tensor


class Store:
    """Examples as flat arrays: what belongs to example ``i`` lies between two offsets."""

    def __init__(self, arrays: dict[str, Ints], device: torch.device) -> None:
        self._arrays = arrays
        self.device = device
        self.sources = [str(name) for name in arrays["source_names"]]
        self.source = arrays["source"]
        self.deprels = [str(name) for name in arrays["deprels"]]
        self.sizes = np.diff(arrays["piece_at"])
        self._words = np.diff(arrays["word_at"])
        self._on = {
            name: torch.from_numpy(arrays[name]).to(device)
            for name in ("ids", "case", "first", "last", "labels", "piece_at", "word_at", "roles", "frames")
        }
        self._on |= {name: torch.from_numpy(arrays[name]).to(device) for name in ("spans", "told", "weights")}
        labels = arrays["labels"]
        self._tells = np.stack(
            [np.logical_or.reduceat(row != MASK, arrays["word_at"][:-1]) for row in labels], 1
        )
        """``[example, task]``: whether anything is told."""

    def __len__(self) -> int:
        return len(self.sizes)

    @classmethod
    def load(cls, path: Path, device: torch.device) -> Store:
        with np.load(path) as kept:
            return cls({name: kept[name] for name in kept.files}, device)

    def counts(self) -> dict[str, float]:
        """How many labels of each task all examples hold, pairs by their weight; also ``words`` and
        ``pairs``."""
        told = (self._arrays["labels"] != MASK).sum(1)
        found = {name: float(count) for name, count in zip(WORD_LABELS, told, strict=True)}
        found["roles"] = float((self._arrays["roles"] != MASK).sum())
        at = 0
        for name, types in PAIR_HEADS.items():
            any_told = self._arrays["told"][:, at : at + len(types)].any(1)
            found[name] = float(self._arrays["weights"][any_told].sum())
            at += len(types)
        return found | {"words": float(self._words.sum()), "pairs": float(len(self._arrays["spans"]))}

    def plan(self, chosen: Sequence[int] | Ints, budget: int, rng: random.Random) -> list[list[int]]:
        """Indices grouped into batches of about ``budget`` padded wordpieces, in random order."""
        sizes = self.sizes.tolist()
        ordered = sorted((int(i) for i in chosen), key=lambda i: sizes[i] + rng.random() * 4)
        groups: list[list[int]] = [[]]
        for i in ordered:
            if groups[-1] and sizes[i] * (len(groups[-1]) + 1) > budget:
                groups.append([])
            groups[-1].append(i)
        rng.shuffle(groups)
        return [group for group in groups if group]

    def batch(self, group: Sequence[int], rng: random.Random | None = None) -> Batch:
        """One batch; with ``rng`` of many pairs of a sentence a sample."""
        on = self._on
        chosen = np.asarray(group)
        rows = torch.from_numpy(chosen).to(self.device)
        pieces, inside = self._grid("piece_at", rows, _even(int(self.sizes[chosen].max())))
        ids = torch.where(inside, on["ids"][pieces].long(), 0)
        case = torch.where(inside, on["case"][pieces].long(), 0)
        words, there = self._grid("word_at", rows, _even(int(self._words[chosen].max())))
        first, last = (torch.where(there, on[name][words].long(), 0) for name in ("first", "last"))
        tells = self._tells[chosen].any(0)
        labels = on["labels"][:, words].long()
        targets = {
            name: torch.where(there, labels[i], MASK) for i, name in enumerate(WORD_LABELS) if tells[i]
        }
        frames, pairs = self._frames(chosen, there), self._pairs(chosen, there, rng)
        return Batch(rows, ids, case, first, last, targets, frames, pairs)

    def _grid(self, offsets: str, rows: Tensor, width: int) -> tuple[Tensor, Tensor]:
        """Indices ``[row, width]`` into flat arrays, and which of them belong to the row."""
        at = self._on[offsets]
        steps = torch.arange(width, device=self.device)
        inside = steps < (at[rows + 1] - at[rows])[:, None]
        return torch.where(inside, at[rows][:, None] + steps, 0), inside

    def _of(self, offsets: str, chosen: Ints) -> Iterator[tuple[int, list[int]]]:
        """Row in the batch, and the frames or pairs of its example."""
        at = self._arrays[offsets]
        for row, (start, stop) in enumerate(zip(at[chosen].tolist(), at[chosen + 1].tolist(), strict=True)):
            if stop > start:
                yield row, list(range(start, stop))

    def _frames(self, chosen: Ints, there: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        found = [(row, i) for row, those in self._of("frame_at", chosen) for i in those]
        table = torch.tensor(found, dtype=torch.long).reshape(-1, 2).to(self.device)
        rows = table[:, 0]
        anchors, at = self._on["frames"][table[:, 1]].long().unbind(1)
        steps = torch.arange(there.shape[1], device=self.device)
        index = torch.where(there[rows], at[:, None] + steps, 0)
        return rows, anchors, torch.where(there[rows], self._on["roles"][index].long(), MASK)

    def _pairs(self, chosen: Ints, there: Tensor, rng: random.Random | None) -> PairBatch:
        found = []
        for row, those in self._of("pair_at", chosen):
            if rng is not None and len(those) > MOST_PAIRS:
                those = rng.sample(those, MOST_PAIRS)
            found += [(row, i) for i in those]
        table = torch.tensor(found, dtype=torch.long).reshape(-1, 2).to(self.device)
        rows, index = table[:, 0], table[:, 1]
        spans = self._on["spans"][index].long()
        steps = torch.arange(there.shape[1], device=self.device)
        marks = torch.where(there[rows], 0, -1)
        for mark in (1, 2):
            low, high = spans[:, 2 * mark - 2 : 2 * mark - 1], spans[:, 2 * mark - 1 : 2 * mark]
            marks = torch.where((steps >= low) & (steps < high), mark, marks)
        sizes = [len(types) for types in PAIR_HEADS.values()]
        told = dict(zip(PAIR_HEADS, self._on["told"][index].split(sizes, 1), strict=True))
        root = torch.zeros_like(marks[:, :1])
        return PairBatch(rows, torch.cat([root, marks], 1), told, self._on["weights"][index])


def _even(width: int) -> int:
    """The width that a GPU's kernels like."""
    return -(-width // 8) * 8
