"""A quick look at what a network makes of examples kept for measuring; ``lab.score`` measures properly."""

from __future__ import annotations

import random

import torch
from torch import Tensor

from lab.labels import MASK
from lab.network import ReaderNet
from lab.objective import answer
from lab.store import Store

_ALL = ("upos", "heads", "deprels", "event")
"""Tasks of which every label counts; of the others agreement on the label for nothing does not."""


@torch.no_grad()
def told(net: ReaderNet, store: Store, budget: int) -> str:
    """Task by task, per cent: accuracy, or F1 of the labels that are not for nothing; pairs by their
    weight."""
    right: dict[str, Tensor] = {}
    for group in store.plan(range(len(store)), budget, random.Random(0)):
        batch = store.batch(group)
        answers = answer(net, batch, batch.frames[:2]).answers
        for name, gold in {**batch.targets, "roles": batch.frames[2]}.items():
            if name in answers:
                known = gold != MASK
                _count(right, name, answers[name].argmax(-1)[known], gold[known])
        for name, types in batch.pairs.told.items() if "event" in answers else ():
            known = types.any(1)
            best = answers[name][known].argmax(-1)
            hit = types[known].gather(1, best[:, None])[:, 0]
            _count(right, name, best, torch.where(hit, best, types[known].int().argmax(-1)))
    return " ".join(f"{name} {_figure(name, counts):.2f}" for name, counts in sorted(right.items()))


def _count(right: dict[str, Tensor], name: str, found: Tensor, gold: Tensor) -> None:
    hit = found == gold
    here = torch.stack([hit.sum(), hit.new_ones(len(hit)).sum(), (hit & (gold > 0)).sum(),
                        (found > 0).sum() + (gold > 0).sum()])  # fmt: skip
    right[name] = right[name] + here if name in right else here


def _figure(name: str, counts: Tensor) -> float:
    hits, all_, some, marked = counts.tolist()
    return 100 * hits / max(all_, 1) if name in _ALL else 200 * some / max(marked, 1)
