"""What the network is asked, and how far its answers are from the labels and from its teachers' answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F

from lab.labels import MASK, PAIR_HEADS
from lab.network import EVENT_HEADS, READ_HEADS, ReaderNet
from lab.store import Batch, PairBatch

WEIGHTS = {
    "upos": 0.5, "heads": 1.0, "deprels": 0.7, "names": 1.0, "nominals": 0.5,
    "cues": 1.0, "sources": 0.5, "contents": 0.3, "roles": 1.2,
    "entities": 0.7, "parties": 0.7, "ends": 0.2, "triggers": 0.5, "realis": 0.3, "polarity": 0.2,
    "event": 1.0, "tie": 0.4, "relation": 0.6,
}  # fmt: skip
"""How much each task counts."""

Answers = dict[str, Tensor]
Losses = dict[str, Tensor]
"""Summed loss of each task."""
Anchors = tuple[Tensor, Tensor]
"""Row in the batch and word of each attribution's cue."""


@dataclass
class Seen:
    """What the network makes of a batch."""

    answers: Answers
    """Scores of every task, in full precision."""
    words: Tensor
    """``[batch, 1 + word, hidden]``"""
    roles: Tensor
    """``[batch, role, cue, word]``: what ``answers`` holds for the anchors that were asked."""


def answer(net: ReaderNet, batch: Batch, anchors: Anchors, governors: Tensor | None = None) -> Seen:
    """Put a batch to the network.

    Relations are asked for the given ``governors`` ``[batch, word]``, by default for those that are told.
    """
    with torch.autocast(batch.ids.device.type, torch.bfloat16, enabled=not _low(net)):
        words, read = net.features(batch.ids, batch.case, batch.first, batch.last)
        seen = net.happenings(words, batch.first)
        flat, roles = net.role_scores(read)
        scores = {"upos": net.upos(words[:, 1:])}
        scores |= {name: getattr(net, name)(read[:, 1:]) for name in READ_HEADS}
        scores |= {name: getattr(net, name)(seen) for name in EVENT_HEADS}
        scores |= {"sources": flat[..., 0:3], "cues": flat[..., 3:6], "contents": flat[..., 6:9]}
        if governors is None and "heads" in batch.targets:
            governors = batch.targets["heads"].clamp(min=0)
        if governors is not None:
            scores["heads"] = net.arc_scores(words, batch.first)
            scores["deprels"] = net.relation_scores(words, governors)
        if len(anchors[0]):
            scores["roles"] = _roles(roles, anchors)
        if len(batch.pairs.rows):
            scores |= net.pair_scores(_pair_words(net, batch, words), batch.pairs.marks)
    return Seen({name: score.float() for name, score in scores.items()}, words, roles)


def _roles(roles: Tensor, anchors: Anchors) -> Tensor:
    """``[anchor, word, role]``; the score of no role is 0."""
    pair = roles[anchors[0], :, anchors[1]]
    return torch.cat([torch.zeros_like(pair[:, :1]), pair], 1).transpose(1, 2)


def _low(net: ReaderNet) -> bool:
    """Whether the network computes in half precision throughout."""
    return net.pool.weight.dtype != torch.float32


def _pair_words(net: ReaderNet, batch: Batch, words: Tensor) -> Tensor:
    rows = batch.pairs.rows
    if not net.shape.marked:
        return words[rows]
    sentence = (batch.ids[rows], batch.case[rows], batch.first[rows], batch.last[rows])
    return net.marked_words(*sentence, batch.pairs.marks)


def told(answers: Answers, batch: Batch) -> Losses:
    """Against the labels. Of the anchors that were asked, those of the batch's own frames come first."""
    gold = dict(batch.targets)
    scores = dict(answers)
    if len(batch.frames[0]):
        gold["roles"] = batch.frames[2]
        scores["roles"] = answers["roles"][: len(batch.frames[0])]
    found = {
        name: F.cross_entropy(
            scores[name].flatten(0, 1), right.flatten(), ignore_index=MASK, reduction="sum"
        )
        for name, right in gold.items()
    }  # fmt: skip
    return found | _pairs(answers, batch.pairs) if "event" in answers else found


def _pairs(answers: Answers, pairs: PairBatch) -> Losses:
    """The likelihood of all labels of a pair that would be right together."""
    found: Losses = {}
    for name, right in pairs.told.items():
        likely = F.log_softmax(answers[name], -1).masked_fill(~right, -1e4).logsumexp(-1)
        found[name] = -(likely * pairs.weights * right.any(1)).sum()
    return found


@torch.no_grad()
def teach(teachers: Sequence[ReaderNet], batch: Batch) -> tuple[Answers, Anchors, Tensor]:
    """Logarithms of the teachers' mean probabilities; the cues that they see, of which roles were asked; and
    the governors of which relations were asked: those told, or else those that they see."""
    none = batch.frames[0][:0]
    seen = [answer(net, batch, (none, none), torch.zeros_like(batch.first)) for net in teachers]
    found = {name: _mean(s.answers[name] for s in seen) for name in seen[0].answers}
    rows, at = ((found["cues"][..., 1].exp() > 0.3) & batch.there).nonzero(as_tuple=True)
    if len(rows):
        found["roles"] = _mean(_roles(s.roles, (rows, at)) for s in seen)
    governors = found["heads"].argmax(-1)
    if "heads" in batch.targets:
        governors = torch.where(batch.targets["heads"] == MASK, governors, batch.targets["heads"])
    with torch.autocast(batch.ids.device.type, torch.bfloat16, enabled=not _low(teachers[0])):
        asked = [net.relation_scores(s.words, governors) for net, s in zip(teachers, seen, strict=True)]
    found["deprels"] = _mean(asked)
    return found, (rows, at), governors


def _mean(scores: Iterable[Tensor]) -> Tensor:
    """Logarithm of the mean probability."""
    logs = [F.log_softmax(score.float(), -1) for score in scores]
    return torch.logsumexp(torch.stack(logs), 0) - torch.log(torch.tensor(float(len(logs))))


def taught(answers: Answers, teachers: Answers, batch: Batch, anchors: Anchors) -> Losses:
    """Against the teachers' mean: Kullback-Leibler divergence, its mean over words and over pairs.
    ``anchors`` are the cues that the teachers see, the last of those that were asked.

    Source: Hinton, Vinyals and Dean, "Distilling the Knowledge in a Neural Network" (2015), at temperature 1.
    Realis and polarity count as far as the teachers see an event in the word.
    """
    words = batch.there / batch.there.sum()
    happens = words * (1.0 - teachers["triggers"][..., 0].exp())
    found: Losses = {}
    for name, wanted in teachers.items():
        score = answers[name][-len(anchors[0]) :] if name == "roles" else answers[name]
        apart = F.kl_div(F.log_softmax(score, -1), wanted, log_target=True, reduction="none").sum(-1)
        if name in PAIR_HEADS:
            found[name] = apart.mean()
        elif name == "roles":
            there = batch.there[anchors[0]]
            found[name] = (apart * there).sum() / there.sum()
        else:
            found[name] = (apart * (happens if name in ("realis", "polarity") else words)).sum()
    return found


def alike(net: ReaderNet, words: Tensor, batch: Batch, wanted: Tensor) -> Tensor:
    """Mean distance of the sentence vectors from those of the untrained encoder; the encoder learns nothing
    from it."""
    with torch.autocast(words.device.type, enabled=False):
        found = net.sentence_vector(words.detach().to(net.vector.weight.dtype), batch.first)
    return (1.0 - (found.float() * wanted).sum(-1)).mean()
