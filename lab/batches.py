"""Batches: examples of like length together, padded, as tensors."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import torch
from torch import Tensor

from lab.corpora import Example, Pair
from lab.labels import MASK, PAIR_HEADS
from saydo.reading.pieces import PieceMaker, Pieces

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
    ids: Tensor
    case: Tensor
    first: Tensor
    last: Tensor
    targets: dict[str, Tensor]
    """``[batch, word]`` label indices, MASK where untold."""
    frames: tuple[Tensor, Tensor, Tensor]
    """Row in the batch, anchor word, roles ``[frame, word]``."""
    pairs: PairBatch
    teacher: Tensor
    """``[batch, hidden]``: what the encoder made of the sentences before training."""

    def to(self, device: torch.device) -> Batch:
        return Batch(**{f.name: _moved(getattr(self, f.name), device) for f in fields(self)})


@dataclass
class PairBatch:
    rows: Tensor
    """Row in the batch, one a pair."""
    marks: Tensor
    """``[pair, 1 + word]``: 1 on the actor's words, 2 on the recipient's, -1 where there is no word."""
    told: dict[str, Tensor]
    """``[pair, type]`` head by head: whether the type would be right; all false where nothing is told."""
    weights: Tensor

    def to(self, device: torch.device) -> PairBatch:
        return PairBatch(**{f.name: _moved(getattr(self, f.name), device) for f in fields(self)})


def _moved(value: Any, device: torch.device) -> Any:
    if isinstance(value, dict):
        return {name: tensor.to(device) for name, tensor in value.items()}
    if isinstance(value, tuple):
        return tuple(tensor.to(device) for tensor in value)
    return value.to(device)


def encode(examples: Sequence[Example], maker: PieceMaker) -> list[Pieces]:
    return maker.encode([e.words for e in examples])


def plan(pieces: Sequence[Pieces], chosen: Sequence[int], budget: int, rng: random.Random) -> list[list[int]]:
    """Indices grouped into batches of about ``budget`` padded wordpieces, in random order."""
    ordered = sorted(chosen, key=lambda i: len(pieces[i].ids) + rng.random() * 4)
    groups: list[list[int]] = [[]]
    for i in ordered:
        if groups[-1] and len(pieces[i].ids) * (len(groups[-1]) + 1) > budget:
            groups.append([])
        groups[-1].append(i)
    rng.shuffle(groups)
    return [group for group in groups if group]


def collate(
    examples: Sequence[Example], pieces: Sequence[Pieces], deprels: dict[str, int],
    drop: float = 0.0, rng: random.Random | None = None, teacher: Tensor | None = None,
) -> Batch:  # fmt: skip
    """One batch; with ``drop`` that share of the wordpieces is hidden, and now and then all letter case."""
    width = max(len(p.ids) for p in pieces)
    longest = max(len(e.words) for e in examples)
    size = len(examples)
    grids = [torch.zeros(size, n, dtype=torch.long) for n in (width, width, longest, longest)]
    for row, p in enumerate(pieces):
        ids, case = list(p.ids), list(p.shapes)
        if rng is not None:
            ids[1:-1] = [MASK_ID if rng.random() < drop else i for i in ids[1:-1]]
            if rng.random() < 0.03:
                case = [min(c, 1) for c in case]
        for grid, values in zip(grids, (ids, case, p.first, p.last), strict=True):
            grid[row, : len(values)] = torch.tensor(values)
    targets = {name: torch.full((size, longest), MASK) for name in WORD_LABELS}
    frames: list[tuple[int, int, list[int]]] = []
    for row, e in enumerate(examples):
        for name, grid in targets.items():
            values = getattr(e, name)
            if values is not None:
                if name == "deprels":
                    values = [deprels.get(v, MASK) for v in values]
                grid[row, : len(values)] = torch.tensor(values)
        frames += [(row, f.anchor, f.roles + [MASK] * (longest - len(f.roles))) for f in e.frames]
    told = (
        torch.tensor([f[0] for f in frames], dtype=torch.long),
        torch.tensor([f[1] for f in frames], dtype=torch.long),
        torch.tensor([f[2] for f in frames], dtype=torch.long).reshape(len(frames), longest),
    )
    if teacher is None:
        teacher = torch.zeros(size, 0)
    return Batch(*grids, targets, told, _pairs(examples, longest, rng), teacher)


def _pairs(examples: Sequence[Example], longest: int, rng: random.Random | None) -> PairBatch:
    chosen = []
    for row, e in enumerate(examples):
        pairs = e.pairs
        if rng is not None and len(pairs) > MOST_PAIRS:
            pairs = rng.sample(pairs, MOST_PAIRS)
        chosen += [(row, len(e.words), pair) for pair in pairs]
    return mark(chosen, longest)


def mark(chosen: Sequence[tuple[int, int, Pair]], longest: int) -> PairBatch:
    """Pairs as tensors; each is given with its row in the batch and the number of words of its sentence."""
    marks = torch.full((len(chosen), longest + 1), -1)
    told = {
        name: torch.zeros(len(chosen), len(types), dtype=torch.bool) for name, types in PAIR_HEADS.items()
    }
    for i, (_, words, pair) in enumerate(chosen):
        marks[i, : words + 1] = 0
        marks[i, 1 + pair.actor[0] : 1 + pair.actor[1]] = 1
        marks[i, 1 + pair.recipient[0] : 1 + pair.recipient[1]] = 2
        for name, labels in pair.told.items():
            told[name][i, list(labels)] = True
    rows = torch.tensor([row for row, _, _ in chosen], dtype=torch.long)
    return PairBatch(rows, marks, told, torch.tensor([p.weight for _, _, p in chosen]))
