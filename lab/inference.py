"""Natural language inference between reports: does a passage go against what somebody said elsewhere?

``python -m lab.inference fit RUNDIR`` fits the network to the groups of passages in ``lab/passages`` and to
pairs of everyday news (:mod:`lab.mined`); ``average RUNDIR RUNDIR…`` takes the mean of the weights of some
runs; ``export RUNDIR ARCHIVE`` puts one into the archive of the reader. A group holds what is said and
passages of other reports: ``against`` it, ``kept`` (in line with it), ``neither``, which share its words and
settle nothing. One group in eight is kept for measuring with ``--hold 0`` to ``7``; without it the network
learns from all.

The network is the encoder with which the reader, too, begins, with both texts in one row: attention goes from
one to the other (Devlin et al., "BERT", NAACL 2019, sentence pairs).
"""

from __future__ import annotations

import argparse
import copy
import json
import random
import sys
import time
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from lab.export import flattened, write_model
from lab.network import Layer, Mlp, Shape, load_layers, mean
from lab.pretrained import encoder_weights, wordpieces
from lab.renamed import Names, renamed
from saydo.reading.inference import INFERENCE_PATH, MOST_PIECES

PASSAGES = Path(__file__).parent / "passages"
LABELS = ("against", "kept", "neither")
KINDS = ("pledge", "denial", "account", "position", "tie")
_HELD_OF = 8
_BUDGET = 2400
"""Wordpieces of a batch."""
_LONGER = {"against": 0.2, "kept": 0.2, "neither": 0.4}
"""How often a passage is told with another that settles nothing; those that do so are the shorter ones."""
_OTHERWISE = 0.4
"""How often a group has other names, and what share of them."""
_ELSEWHERE = 0.15
"""How often a passage that settles something tells of another name instead, and settles nothing."""
_AGAIN = 0.5
"""What share of groups that were learnt before is learnt again in an epoch."""
_NO_KIND = -100
_KIND = 0.2
"""What telling the kind of what is said counts beside the question itself."""


class Pair(NamedTuple):
    """Something said and a passage as wordpieces, the parts they belong to, and what is right."""

    ids: list[int]
    parts: list[int]
    label: int
    kind: int


class InferenceNet(nn.Module):
    """The encoder over both texts, and what it says of the two."""

    def __init__(self) -> None:
        super().__init__()
        shape = Shape()
        self.word_embedding = nn.Embedding(shape.vocabulary, shape.hidden)
        self.position_embedding = nn.Embedding(shape.positions, shape.hidden)
        self.part_embedding = nn.Embedding(2, shape.hidden)
        self.embedding_norm = nn.LayerNorm(shape.hidden, eps=1e-12)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.seen = Mlp(4 * shape.hidden, shape.hidden)
        self.label = nn.Linear(shape.hidden, len(LABELS))
        self.kind = nn.Linear(shape.hidden, len(KINDS))

    def forward(self, ids: Tensor, parts: Tensor) -> tuple[Tensor, Tensor]:
        """Scores of :data:`LABELS` and :data:`KINDS`; ``ids`` and ``parts`` are ``[pair, piece]``, piece 0
        being none."""
        positions = self.position_embedding(torch.arange(ids.shape[1], device=ids.device))
        x = self.embedding_norm(self.word_embedding(ids) + positions + self.part_embedding(parts))
        bias = torch.where(ids == 0, -1e4, 0.0)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, bias)
        said, passage = mean(x, (ids > 0) & (parts == 0)), mean(x, parts == 1)
        seen = self.seen(torch.cat([x[:, 0], said, passage, (said - passage).abs()], -1))
        return self.label(seen), self.kind(said)


class InferenceTold(nn.Module):
    """The network as the package uses it: probabilities of :data:`LABELS` and of :data:`KINDS`."""

    def __init__(self, net: InferenceNet) -> None:
        super().__init__()
        self.net = net

    def forward(self, ids: Tensor, parts: Tensor) -> tuple[Tensor, ...]:
        label, kind = self.net(ids, parts)
        return torch.softmax(label, -1), torch.softmax(kind, -1)


def pretrained() -> InferenceNet:
    """A network whose encoder knows language; its heads know nothing yet."""
    net, weights = InferenceNet(), encoder_weights()
    net.part_embedding.weight.data = weights["embeddings.token_type_embeddings.weight"].clone()
    net.position_embedding.weight.data = weights["embeddings.position_embeddings.weight"].clone()
    net.word_embedding.weight.data = weights["embeddings.word_embeddings.weight"].clone()
    load_layers(net.embedding_norm, enumerate(net.layers), weights)
    net.word_embedding.weight.requires_grad_(False)
    net.position_embedding.weight.requires_grad_(False)
    return net


class Groups:
    """Groups of passages as pairs."""

    def __init__(self, groups: Sequence[dict[str, object]], beside: Sequence[tuple[str, str]] = ()) -> None:
        """``beside``: pairs that settle nothing."""
        self._tokenizer = wordpieces()
        self._tokenizer.enable_truncation(MOST_PIECES, strategy="longest_first")
        self._groups = groups
        self._beside = beside
        self._names = Names(text for group in groups for text in texts(group))

    def pairs(self, rng: random.Random | None = None) -> list[Pair]:
        """All pairs of the groups; with ``rng``, to learn from, some of them changed, and one of each group
        with a passage of another."""
        found = []
        for group in self._groups:
            if rng is not None:
                group = self._otherwise(group, rng)
            said, kind = str(group["said"]), KINDS.index(str(group["kind"]))
            for label, name in enumerate(LABELS):
                for passage in group.get(name, []):  # type: ignore[attr-defined]
                    told = (passage, label) if rng is None else self._changed(group, passage, label, rng)
                    found.append(self._pair(said, *told, kind))
            if rng is not None:
                other = rng.choice(self._groups)
                passages = [p for name in LABELS for p in other.get(name, [])]  # type: ignore[attr-defined]
                if other is not group and passages:
                    found.append(self._pair(said, rng.choice(passages), LABELS.index("neither"), kind))
        nothing = LABELS.index("neither")
        return [*found, *(self._pair(said, passage, nothing, None) for said, passage in self._beside)]

    def _otherwise(self, group: dict[str, object], rng: random.Random) -> dict[str, object]:
        """A group, now and then with other names throughout."""
        if rng.random() >= _OTHERWISE:
            return group
        others = self._names.others(texts(group), _OTHERWISE, rng)
        told = {name: [renamed(p, others) for p in group.get(name, [])] for name in LABELS}  # type: ignore[attr-defined]
        return {**group, "said": renamed(str(group["said"]), others), **told}

    def _changed(
        self, group: dict[str, object], passage: str, label: int, rng: random.Random
    ) -> tuple[str, int]:
        """A passage, now and then of something else or longer, and what it then is."""
        if LABELS[label] != "neither" and rng.random() < _ELSEWHERE:
            other = self._names.elsewhere(str(group["said"]), passage, rng)
            if other is not None:
                passage, label = other, LABELS.index("neither")
        if rng.random() < _LONGER[LABELS[label]]:
            passage = self._longer(group, passage, rng)
        return passage, label

    def _longer(self, group: dict[str, object], passage: str, rng: random.Random) -> str:
        """A passage with another that settles nothing before or behind it: what goes against the words is
        mostly longer than what does not, and the network is not to go by that."""
        others = [p for p in group["neither"] if p != passage]  # type: ignore[attr-defined]
        if not others:
            return passage
        both = [passage, rng.choice(others)]
        rng.shuffle(both)
        return " ".join(both)

    def _pair(self, said: str, passage: str, label: int, kind: int | None) -> Pair:
        both = self._tokenizer.encode(said, passage)
        return Pair(both.ids, both.type_ids, label, _NO_KIND if kind is None else kind)


def texts(group: dict[str, object]) -> list[str]:
    """What is said, and all passages."""
    return [str(group["said"]), *(p for name in LABELS for p in group.get(name, []))]  # type: ignore[attr-defined]


def load(hold: int | None) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """The groups to learn from and those to measure with."""
    learn: list[dict[str, object]] = []
    held: list[dict[str, object]] = []
    for path in sorted(PASSAGES.glob("*.jsonl")):
        for n, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
            (held if n % _HELD_OF == hold else learn).append({"file": path.stem, **json.loads(line)})
    return learn, held


def batches(pairs: Sequence[Pair], budget: int, rng: random.Random) -> list[list[Pair]]:
    """Pairs of about one length together, in any order."""
    found: list[list[Pair]] = [[]]
    for pair in sorted(pairs, key=lambda p: len(p.ids) + 6 * rng.random()):
        if found[-1] and (len(found[-1]) + 1) * len(pair.ids) > budget:
            found.append([])
        found[-1].append(pair)
    rng.shuffle(found)
    return found


def packed(batch: Sequence[Pair]) -> tuple[Tensor, Tensor]:
    """A batch's pieces and their parts, filled up with none."""
    width = max(len(p.ids) for p in batch)
    rows = [(p.ids + [0] * (width - len(p.ids)), p.parts + [0] * (width - len(p.ids))) for p in batch]
    return torch.tensor([ids for ids, _ in rows]), torch.tensor([parts for _, parts in rows])


class Halves:
    """The network in half precision, which computes, beside the one in full, which learns."""

    def __init__(self, net: InferenceNet) -> None:
        self.half = copy.deepcopy(net).bfloat16()
        self.full = [p for p in net.parameters() if p.requires_grad]
        self._pairs = list(
            zip(self.full, (p for p in self.half.parameters() if p.requires_grad), strict=True)
        )

    @torch.no_grad()
    def gather(self) -> None:
        """Hand on the gradients."""
        for full, half in self._pairs:
            full.grad = None if half.grad is None else half.grad.float()
            half.grad = None

    @torch.no_grad()
    def follow(self) -> None:
        """Take over what was learnt."""
        for full, half in self._pairs:
            half.copy_(full)


def fit(
    out: Path,
    seed: int,
    epochs: int,
    hold: int | None,
    mined: Path | None = None,
    rate: float = 1e-4,
    begin: Path | None = None,
    again: Sequence[str] = (),
) -> None:
    """Fit a network, one that was fitted before (``begin``) further; it is measured after each epoch where
    something is kept for that. Of the files ``again``, which that one has learnt from, a part is drawn for
    each epoch."""
    torch.manual_seed(seed)
    learn, held = load(hold)
    rng, net = random.Random(seed), pretrained()
    if begin is not None:
        net.load_state_dict(torch.load(begin / "inference.pt", weights_only=True))
    halves = Halves(net)
    new = {id(p) for module in (net.seen, net.label, net.kind) for p in module.parameters()}
    optimiser = torch.optim.AdamW(
        [
            {"params": [p for p in halves.full if id(p) not in new], "top": rate},
            {"params": [p for p in halves.full if id(p) in new], "top": 5 * rate},
        ],
        betas=(0.9, 0.98), weight_decay=0.01,
    )  # fmt: skip
    beside = [tuple(pair) for pair in json.loads(mined.read_text())] if mined is not None else []
    begun, step, steps = time.monotonic(), 0, 0
    print(
        f"{len(learn)} groups to learn from, {len(held)} to measure with, {len(beside)} pairs of news beside",
        flush=True,
    )
    for epoch in range(epochs):
        groups = [g for g in learn if g["file"] not in again or rng.random() < _AGAIN]
        order = batches(Groups(groups, beside).pairs(rng), _BUDGET, rng)
        steps = steps or len(order) * epochs
        halves.half.train()
        total = 0.0
        for batch in order:
            share = min(1.0, (step + 1) / 100) * max(0.02, 1 - step / steps)
            for group in optimiser.param_groups:
                group["lr"] = group["top"] * share
            total += _learn(halves, batch)
            nn.utils.clip_grad_norm_(halves.full, 2.0)
            optimiser.step()
            halves.follow()
            step += 1
        told = f"epoch {epoch + 1}: loss {total / len(order):.3f}, {time.monotonic() - begun:.0f} s"
        print(told + (f"; {measured(halves.half, held)}" if held else ""), flush=True)
        out.mkdir(parents=True, exist_ok=True)
        torch.save(net.state_dict(), out / "inference.pt")


def _learn(halves: Halves, batch: Sequence[Pair]) -> float:
    label, kind = halves.half(*packed(batch))
    right, kinds = torch.tensor([p.label for p in batch]), torch.tensor([p.kind for p in batch])
    loss = F.cross_entropy(label.float(), right, label_smoothing=0.05)
    if (kinds != _NO_KIND).any():
        loss = loss + _KIND * F.cross_entropy(kind.float(), kinds, ignore_index=_NO_KIND)
    loss.backward()
    halves.gather()
    return float(loss.detach())


@torch.no_grad()
def probabilities(net: InferenceNet, pairs: Sequence[Pair]) -> Iterator[tuple[Pair, list[float]]]:
    """Each pair with the probabilities of the labels."""
    net.eval()
    for batch in batches(pairs, 2 * _BUDGET, random.Random(0)):
        yield from zip(batch, torch.softmax(net(*packed(batch))[0].float(), -1).tolist(), strict=True)


def measured(net: InferenceNet, held: Sequence[dict[str, object]]) -> str:
    """Share of right labels; average precision of ``against``, and its recall where nine of ten are right."""
    rows = list(probabilities(net, Groups(held).pairs()))
    right = sum(max(range(len(LABELS)), key=p.__getitem__) == pair.label for pair, p in rows) / len(rows)
    against = sorted(((p[0], pair.label == 0) for pair, p in rows), reverse=True)
    wanted, found, area, recall = sum(y for _, y in against), 0, 0.0, 0.0
    for n, (_, yes) in enumerate(against, 1):
        found += yes
        area += yes * found / n
        recall = max(recall, found / wanted) if found >= 0.9 * n else recall
    return f"right {right:.3f}, against: average precision {area / wanted:.3f}, recall at 0.9 {recall:.2f}"


def export(run: Path, archive: Path) -> None:
    """Puts the fitted network, quantised, into the reader's archive."""
    from lab.quantise import quantise

    net = InferenceNet()
    net.load_state_dict(torch.load(run / "inference.pt", weights_only=True))
    full, small = run / "inference.fp32.onnx", run / INFERENCE_PATH
    ids = torch.tensor([[101, 2023, 102, 2003, 102, 0], [101, 2023, 102, 2003, 2023, 102]])
    parts = torch.tensor([[0, 0, 0, 1, 1, 0], [0, 0, 0, 1, 1, 1]])
    inputs, outputs = ("ids", "parts"), ("labels", "kinds")
    axes = {name: {0: "batch", 1: "pieces"} for name in inputs} | {name: {0: "batch"} for name in outputs}
    write_model(InferenceTold(flattened(net)), (ids, parts), full, inputs, outputs, axes)
    quantise(full, small)
    with zipfile.ZipFile(archive) as before:
        members = {name: before.read(name) for name in before.namelist()}
    members[INFERENCE_PATH] = small.read_bytes()
    fresh = archive.with_suffix(".new")
    with zipfile.ZipFile(fresh, "w", zipfile.ZIP_STORED) as after:
        for name, weights in members.items():
            after.writestr(zipfile.ZipInfo(name), weights)
    fresh.replace(archive)


def average(out: Path, runs: Sequence[Path]) -> None:
    """The mean of the weights of some runs, of which one goes on from another: what the later one learnt at
    the cost of what the former knew is found again in part (Wortsman et al., "Robust fine-tuning of zero-shot
    models", CVPR 2022)."""
    states = [torch.load(run / "inference.pt", weights_only=True) for run in runs]
    out.mkdir(parents=True, exist_ok=True)
    torch.save({name: mean_of([s[name] for s in states]) for name in states[0]}, out / "inference.pt")


def mean_of(tensors: Sequence[Tensor]) -> Tensor:
    """The mean of some tensors of one shape."""
    return torch.stack([t.float() for t in tensors]).mean(0)


def main(arguments: Sequence[str] | None = None) -> int:
    """Fits a network, or puts it into the model."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = ask.add_subparsers(dest="command", required=True)
    fitting = commands.add_parser("fit")
    fitting.add_argument("run", type=Path)
    fitting.add_argument("--seed", type=int, default=1)
    fitting.add_argument("--epochs", type=int, default=3)
    fitting.add_argument("--hold", type=int, choices=range(_HELD_OF))
    fitting.add_argument(
        "--mined", type=Path, help="pairs of real news that settle nothing, as ``mine`` makes it"
    )
    fitting.add_argument("--rate", type=float, default=1e-4, help="the highest step width of the encoder")
    fitting.add_argument("--begin", type=Path, help="a run to go on from")
    fitting.add_argument(
        "--again", nargs="*", default=(), help="names of passage files that it has learnt from: half of each"
    )
    averaging = commands.add_parser("average")
    averaging.add_argument("run", type=Path)
    averaging.add_argument("runs", type=Path, nargs="+")
    exporting = commands.add_parser("export")
    exporting.add_argument("run", type=Path)
    exporting.add_argument("archive", type=Path)
    given = ask.parse_args(arguments)
    if given.command == "fit":
        hold, rate, begin = given.hold, given.rate, given.begin
        fit(given.run, given.seed, given.epochs, hold, given.mined, rate, begin, given.again)
    elif given.command == "average":
        average(given.run, given.runs)
    else:
        export(given.run, given.archive)
    return 0


if __name__ == "__main__":
    sys.exit(main())
