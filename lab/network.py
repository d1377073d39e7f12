"""The network: a small BERT encoder, words pooled from wordpieces, and one head for each task.

Two paths. The reading path sees a sentence once and feeds every head that looks at words. The pair path takes
the reading path's word vectors, marks two mentions in them and looks again with layers of its own: what one
actor does to another, and how the two are tied.
"""

from __future__ import annotations

import json
import math
import random
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from lab import labels as L


@dataclass
class Shape:
    """Sizes of the network and its label sets; saved beside the weights."""

    hidden: int = 384
    layers: int = 6
    attention_heads: int = 12
    feed_forward: int = 1536
    vocabulary: int = 30522
    positions: int = 512
    arc: int = 256
    relation: int = 256
    role: int = 64
    link: int = 64
    pair_layers: int = 3
    marked: bool = False
    """Whether the encoder itself sees the marks of a pair: better, but it must read the sentence anew for
    each pair. For teachers."""
    dropout: float = 0.1
    deprels: list[str] = field(default_factory=list)

    def save(self, path: Path) -> None:
        path.write_text(json.dumps(asdict(self)), encoding="utf-8")


class Dropout(nn.Module):
    """Dropout whose masks are slices of a pool: drawing fresh ones costs a CPU more than all matrix
    products."""

    _REFRESH = 400

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share
        self._pool = torch.empty(0)
        self._used = 0

    def forward(self, x: Tensor) -> Tensor:
        if not self.training or not self.share:
            return x
        if x.is_cuda:
            return F.dropout(x, self.share)
        size = x.numel()
        if self._pool.numel() < 2 * size or self._used > self._REFRESH:
            drawn = torch.rand(max(3 * size, self._pool.numel()))
            self._pool = ((drawn >= self.share) / (1 - self.share)).to(torch.bfloat16)
            self._used = 0
        self._used += 1
        start = random.randrange((self._pool.numel() - size) // 32 + 1) * 32
        return x * self._pool[start : start + size].view_as(x)


class Layer(nn.Module):
    """One transformer layer in BERT's order (normalise after adding)."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads = shape.attention_heads
        self.qkv = nn.Linear(shape.hidden, 3 * shape.hidden)
        self.out = nn.Linear(shape.hidden, shape.hidden)
        self.norm1 = nn.LayerNorm(shape.hidden, eps=1e-12)
        self.up = nn.Linear(shape.hidden, shape.feed_forward)
        self.down = nn.Linear(shape.feed_forward, shape.hidden)
        self.norm2 = nn.LayerNorm(shape.hidden, eps=1e-12)
        self.dropout = Dropout(shape.dropout)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        batch, size, hidden = x.shape
        qkv = self.qkv(x).view(batch, size, 3, self.heads, hidden // self.heads).permute(2, 0, 3, 1, 4)
        mixed = self.mixed(*qkv, bias.to(qkv.dtype)).transpose(1, 2).reshape(batch, size, hidden)
        x = self.norm1(x + self.dropout(self.out(mixed)))
        return self.norm2(x + self.dropout(self.down(F.gelu(self.up(x)))))

    @staticmethod
    def mixed(query: Tensor, key: Tensor, value: Tensor, bias: Tensor) -> Tensor:
        if query.is_cuda:
            # Not cuDNN's: it compiles a kernel for every size that it has not met.
            torch.backends.cuda.enable_cudnn_sdp(False)
            return F.scaled_dot_product_attention(query, key, value, attn_mask=bias)
        scores = query @ key.transpose(-1, -2) / math.sqrt(query.shape[-1]) + bias
        return torch.softmax(scores, -1) @ value


class Mlp(nn.Module):
    def __init__(self, before: int, after: int, dropout: float = 0.2) -> None:
        super().__init__()
        self.linear = nn.Linear(before, after)
        self.dropout = Dropout(dropout)

    def forward(self, x: Tensor) -> Tensor:
        return self.dropout(F.gelu(self.linear(x)))


class Biaffine(nn.Module):
    """Scores of every (row, column) pair of words, ``planes`` kinds of them."""

    def __init__(self, hidden: int, size: int, planes: int) -> None:
        super().__init__()
        self.planes = planes
        self.rows = Mlp(hidden, size * planes)
        self.columns = Mlp(hidden, size * planes)
        self.mix = nn.Linear(size, size, bias=False)
        self.column_bias = nn.Linear(hidden, planes)

    def forward(self, rows: Tensor, columns: Tensor) -> Tensor:
        batch, height, _ = rows.shape
        width = columns.shape[1]
        r = self.rows(rows).view(batch, height, self.planes, -1).transpose(1, 2)
        c = self.columns(columns).view(batch, width, self.planes, -1).transpose(1, 2)
        scores = self.mix(r) @ c.transpose(-1, -2) / math.sqrt(r.shape[-1])
        return scores + self.column_bias(columns).transpose(1, 2).unsqueeze(2)


class ReaderNet(nn.Module):
    """Encoder and heads; ``lab.export`` puts them together as the package uses them."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        hidden = shape.hidden
        self.word_embedding = nn.Embedding(shape.vocabulary, hidden)
        self.position_embedding = nn.Embedding(shape.positions, hidden)
        self.case_embedding = nn.Embedding(5, hidden)
        nn.init.zeros_(self.case_embedding.weight)
        self.embedding_norm = nn.LayerNorm(hidden, eps=1e-12)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.pool = nn.Linear(2 * hidden, hidden)
        self.case_at_word = nn.Embedding(5, hidden)
        nn.init.normal_(self.case_at_word.weight, std=0.02)
        self.pool_norm = nn.LayerNorm(hidden)
        self.reading_layer = Layer(shape)
        self.event_layer = Layer(shape)
        self.dropout = Dropout(shape.dropout)

        self.upos = nn.Linear(hidden, len(L.UPOS))
        self.arc = Biaffine(hidden, shape.arc, 1)
        self.relation_dependent = Mlp(hidden, shape.relation)
        self.relation_head = Mlp(hidden, shape.relation)
        self.relation = nn.Linear(3 * shape.relation, len(shape.deprels))
        self.names = nn.Linear(hidden, len(L.NAME_TAGS))
        self.nominals = nn.Linear(hidden, len(L.HEAD_TYPES))
        self.attribution = nn.Linear(hidden, 9)
        self.role = Biaffine(hidden, shape.role, 4)
        self.entities = nn.Linear(hidden, len(L.ENTITY_TAGS))
        self.parties = nn.Linear(hidden, len(L.PARTY_TAGS))
        self.ends = nn.Linear(hidden, 2)
        self.triggers = nn.Linear(hidden, len(L.EVENT_TYPES))
        self.realis = nn.Linear(hidden, len(L.REALIS))
        self.polarity = nn.Linear(hidden, len(L.POLARITY))
        self.links = nn.Linear(hidden, 2 * shape.link)
        self.vector = nn.Linear(hidden, hidden)

        self.mark = nn.Embedding(3, hidden)
        nn.init.normal_(self.mark.weight, std=0.3)
        self.pair_layers = nn.ModuleList(Layer(shape) for _ in range(shape.pair_layers))
        self.pair = Mlp(4 * hidden, hidden)
        self.pair_heads = nn.ModuleDict(
            {name: nn.Linear(hidden, len(types)) for name, types in L.PAIR_HEADS.items()}
        )

    def encode(self, ids: Tensor, case: Tensor, marks: Tensor | None = None) -> Tensor:
        """The encoder's last states of the wordpieces; ``marks`` as ``pair_scores`` has them, piece by
        piece."""
        positions = torch.arange(ids.shape[1], device=ids.device)
        x = self.word_embedding(ids) + self.position_embedding(positions) + self.case_embedding(case)
        x = self.embedding_norm(x)
        x = self.dropout(x if marks is None else x + self.mark(marks))
        bias = torch.where(ids == 0, -1e4, 0.0)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, bias)
        return x

    def features(self, ids: Tensor, case: Tensor, first: Tensor, last: Tensor) -> tuple[Tensor, Tensor]:
        """Word vectors after the encoder (index 0 is the root), and after the further word-level layer."""
        return self.features_of(self.encode(ids, case), case, first, last)

    def features_of(self, x: Tensor, case: Tensor, first: Tensor, last: Tensor) -> tuple[Tensor, Tensor]:
        """The same from the encoder's last states."""
        words, absent = self._pooled(x, case, first, last)
        return words, self.reading_layer(words, torch.where(absent, -1e4, 0.0)[:, None, None, :])

    def happenings(self, words: Tensor, first: Tensor) -> Tensor:
        """Word vectors, the root left out, after the layer that the heads for events and their parties
        share."""
        absent = torch.cat([torch.zeros_like(first[:, :1], dtype=torch.bool), first == 0], 1)
        return self.event_layer(words, torch.where(absent, -1e4, 0.0)[:, None, None, :])[:, 1:]

    def words_of(self, ids: Tensor, case: Tensor, first: Tensor, last: Tensor) -> Tensor:
        """Word vectors after the encoder alone, as the pair path takes them."""
        return self._pooled(self.encode(ids, case), case, first, last)[0]

    def marked_words(self, ids: Tensor, case: Tensor, first: Tensor, last: Tensor, marks: Tensor) -> Tensor:
        """Word vectors after the encoder that has seen the marks ``[row, 1 + word]``."""
        steps = torch.arange(ids.shape[1], device=ids.device)
        word = ((first[:, None, :] <= steps[:, None]) & (first > 0)[:, None, :]).sum(-1)
        on = torch.gather(marks.clamp(min=0), 1, word).masked_fill(ids == 0, 0)
        return self._pooled(self.encode(ids, case, on), case, first, last)[0]

    def _pooled(self, x: Tensor, case: Tensor, first: Tensor, last: Tensor) -> tuple[Tensor, Tensor]:
        """Word vectors from those of the words' first and last pieces, and where there is no word."""
        width = x.shape[-1]
        root = torch.zeros_like(first[:, :1])
        begin, end = torch.cat([root, first], 1), torch.cat([root, last], 1)
        pooled = torch.cat([_pick(x, begin, width), _pick(x, end, width)], -1)
        words = self.pool_norm(self.pool(pooled) + self.case_at_word(torch.gather(case, 1, begin)))
        absent = torch.cat([torch.zeros_like(first[:, :1], dtype=torch.bool), first == 0], 1)
        return self.dropout(words), absent

    def arc_scores(self, words: Tensor, first: Tensor) -> Tensor:
        """``[batch, dependent, head]`` where head 0 is the root; no word is its own head."""
        scores = self.arc(words[:, 1:], words)[:, 0]
        absent = torch.cat([torch.zeros_like(first[:, :1], dtype=torch.bool), first == 0], 1)
        places = torch.arange(words.shape[1], device=words.device)
        never = absent[:, None, :] | (places[1:, None] == places)
        return scores.masked_fill(never, -1e4)

    def relation_scores(self, words: Tensor, heads: Tensor) -> Tensor:
        """Scores of the relations of every word to the given head."""
        dependent = self.relation_dependent(words[:, 1:])
        head = _pick(self.relation_head(words), heads, self.shape.relation)
        return self.relation(torch.cat([dependent, head, dependent * head], -1))

    def role_scores(self, words: Tensor) -> tuple[Tensor, Tensor]:
        """BIO scores ``[batch, word, 9]`` of source, cue, content, and ``[batch, role, cue, word]``."""
        flat = self.attribution(words[:, 1:])
        pair = self.role(words[:, 1:], words[:, 1:])
        lift = torch.stack(
            [flat[..., 1] - flat[..., 0], flat[..., 2] - flat[..., 0],
             flat[..., 7] - flat[..., 6], flat[..., 8] - flat[..., 6]], 1,
        )  # fmt: skip
        return flat, pair + lift.unsqueeze(2)

    def sentence_vector(self, words: Tensor, first: Tensor) -> Tensor:
        """One vector of length 1 for each sentence: its words' mean, turned and normalised."""
        return F.normalize(self.vector(mean(words[:, 1:], first > 0)), dim=-1)

    def pair_scores(self, words: Tensor, marks: Tensor) -> dict[str, Tensor]:
        """Scores of event type, tie and relation of pairs.

        ``words`` are the reading path's word vectors, one row a pair ``[pair, 1 + word, hidden]``; ``marks``
        ``[pair, 1 + word]`` is 1 on the actor's words, 2 on the recipient's, -1 where there is no word.
        """
        x = words + self.mark(marks.clamp(min=0))
        bias = torch.where(marks < 0, -1e4, 0.0)[:, None, None, :]
        for layer in self.pair_layers:
            x = layer(x, bias)
        spans = [mean(x, marks == 1), mean(x, marks == 2), x[:, 0], mean(x, marks >= 0)]
        seen = self.pair(torch.cat(spans, -1))
        return {name: head(seen) for name, head in self.pair_heads.items()}


READ_HEADS = ("names", "nominals")
"""Heads that score each word by itself after the reading layer."""
EVENT_HEADS = ("entities", "parties", "ends", "triggers", "realis", "polarity")
"""Heads that score each word by itself after the event layer."""


def mean(x: Tensor, there: Tensor) -> Tensor:
    """Mean of the rows that are there. As a product: sums are taken in another order where the batch is 1."""
    weights = there.to(x.dtype)
    return (weights.unsqueeze(1) @ x).squeeze(1) / weights.sum(1, keepdim=True).clamp(min=1.0)


def _pick(x: Tensor, index: Tensor, width: int) -> Tensor:
    """Rows of ``x`` by index, batch by batch."""
    return torch.gather(x, 1, index.unsqueeze(-1).expand(-1, -1, width))


def load_run(folder: Path) -> ReaderNet:
    """The network of a run, as its last checkpoint has it."""
    net = ReaderNet(Shape(**json.loads((folder / "shape.json").read_text(encoding="utf-8"))))
    net.load_state_dict(torch.load(folder / "checkpoint.pt", weights_only=True, map_location="cpu")["net"])
    return net.eval()


def load_encoder(net: ReaderNet, weights: dict[str, Tensor]) -> None:
    """Fill the encoder from BERT weights under their usual names; further layers start as the
    last ones."""
    net.word_embedding.weight.data = weights["embeddings.word_embeddings.weight"].clone()
    net.position_embedding.weight.data = (
        weights["embeddings.position_embeddings.weight"]
        + weights["embeddings.token_type_embeddings.weight"][0]
    )
    last = net.shape.layers - 1
    top = list(range(last - len(net.pair_layers) + 1, last + 1))
    further = [(last, net.reading_layer), (last, net.event_layer), *zip(top, net.pair_layers, strict=True)]
    load_layers(net.embedding_norm, [*enumerate(net.layers), *further], weights)


def load_layers(
    norm: nn.LayerNorm, layers: Iterable[tuple[int, nn.Module]], weights: dict[str, Tensor]
) -> None:
    """Fill the norm of the embeddings and layers, each from the layer of a number, from BERT weights."""
    norm.load_state_dict(_part(weights, "embeddings.LayerNorm."))
    for i, layer in layers:
        prefix = f"encoder.layer.{max(i, 0)}."
        for kind in ("weight", "bias"):
            qkv = [weights[f"{prefix}attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
            getattr(layer.qkv, kind).data = torch.cat(qkv).clone()
        layer.out.load_state_dict(_part(weights, prefix + "attention.output.dense."))
        layer.norm1.load_state_dict(_part(weights, prefix + "attention.output.LayerNorm."))
        layer.up.load_state_dict(_part(weights, prefix + "intermediate.dense."))
        layer.down.load_state_dict(_part(weights, prefix + "output.dense."))
        layer.norm2.load_state_dict(_part(weights, prefix + "output.LayerNorm."))


def _part(weights: dict[str, Tensor], prefix: str) -> dict[str, Tensor]:
    return {kind: weights[prefix + kind] for kind in ("weight", "bias")}
