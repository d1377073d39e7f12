"""What the encoder made of sentences before training: the vectors that its sentence vectors are to keep."""

from __future__ import annotations

import random

import torch
from torch import Tensor
from torch.nn import functional as F

from lab.network import ReaderNet, Shape, load_encoder
from lab.pretrained import encoder_weights
from lab.store import Store

_BUDGET = 4096


@torch.no_grad()
def vectors(store: Store) -> Tensor:
    """``[sentence, hidden]`` in half precision: the mean of the wordpieces' last states, of length 1, as the
    encoder's makers compute it."""
    net = ReaderNet(Shape(deprels=["root"]))
    load_encoder(net, encoder_weights())
    net.eval().to(store.device)
    found = torch.zeros(len(store), net.shape.hidden, dtype=torch.float16, device=store.device)
    for group in store.plan(range(len(store)), _BUDGET, random.Random(0)):
        batch = store.batch(group)
        with torch.autocast(store.device.type, torch.bfloat16):
            states = net.encode(batch.ids, torch.zeros_like(batch.ids)).float()
        there = (batch.ids != 0).unsqueeze(-1)
        mean = (states * there).sum(1) / there.sum(1)
        found[batch.rows] = F.normalize(mean, dim=-1).to(torch.float16)
    return found
