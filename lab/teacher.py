"""What the encoder made of sentences before training: the vectors that its sentence vectors are to keep."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn import functional as F

from lab.network import ReaderNet, Shape, load_encoder
from lab.pretrained import encoder_weights
from saydo.reading.pieces import Pieces

_WIDTH = 4096


@torch.no_grad()
def vectors(pieces: Sequence[Pieces], device: torch.device) -> Tensor:
    """``[sentence, hidden]`` in half precision: the mean of the wordpieces' last states, of length 1, as the
    encoder's makers compute it."""
    net = ReaderNet(Shape(layers=6, deprels=["root"]))
    load_encoder(net, encoder_weights())
    net.eval().to(device)
    found = torch.zeros(len(pieces), net.shape.hidden, dtype=torch.float16)
    order = sorted(range(len(pieces)), key=lambda i: len(pieces[i].ids))
    at = 0
    while at < len(order):
        size = max(1, _WIDTH // len(pieces[order[min(at + _WIDTH // 8, len(order) - 1)]].ids))
        group = order[at : at + size]
        at += size
        width = max(len(pieces[i].ids) for i in group)
        ids = torch.zeros(len(group), width, dtype=torch.long)
        for row, i in enumerate(group):
            ids[row, : len(pieces[i].ids)] = torch.tensor(pieces[i].ids)
        ids = ids.to(device)
        with torch.autocast(device.type, torch.bfloat16):
            states = net.encode(ids, torch.zeros_like(ids)).float()
        there = (ids != 0).unsqueeze(-1)
        mean = F.normalize((states * there).sum(1) / there.sum(1), dim=-1)
        found[group] = mean.to(torch.float16).cpu()
    return found
