"""Batches: examples of like length together, padded, as tensors."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from lab.corpora import Example
from lab.labels import MASK
from saydo.reading.pieces import PieceMaker, Pieces

MASK_ID = 103


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
    drop: float = 0.0, rng: random.Random | None = None,
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
            if rng.random() < 0.02:
                case = [min(c, 1) for c in case]
        for grid, values in zip(grids, (ids, case, p.first, p.last), strict=True):
            grid[row, : len(values)] = torch.tensor(values)
    targets = {
        name: torch.full((size, longest), MASK)
        for name in ("upos", "heads", "deprels", "names", "nominals", "cues", "sources", "contents")
    }
    rows: list[int] = []
    anchors: list[int] = []
    roles: list[list[int]] = []
    for row, e in enumerate(examples):
        for name, grid in targets.items():
            values = getattr(e, name)
            if values is not None:
                if name == "deprels":
                    values = [deprels.get(v, MASK) for v in values]
                grid[row, : len(values)] = torch.tensor(values)
        for frame in e.frames:
            rows.append(row)
            anchors.append(frame.anchor)
            roles.append(frame.roles + [MASK] * (longest - len(frame.roles)))
    frames = (
        torch.tensor(rows, dtype=torch.long), torch.tensor(anchors, dtype=torch.long),
        torch.tensor(roles, dtype=torch.long).reshape(len(rows), longest),
    )  # fmt: skip
    return Batch(*grids, targets, frames)
