"""Fit one network to prepared examples: ``python -m lab.fit PREPARED --out RUNDIR``.

``--marked`` makes a teacher, whose encoder sees the marks of each pair. ``--teachers RUNDIR ...`` makes a
pupil, which learns from the labels and from what its teachers say of every sentence. It may be stopped and
started again with the same command: it goes on from the last checkpoint in RUNDIR. ``--minutes`` bounds the
training; the learning rate falls to nothing at that time.
"""

from __future__ import annotations

import argparse
import copy
import random
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from lab import held, teacher
from lab.network import ReaderNet, Shape, load_encoder, load_run
from lab.objective import WEIGHTS, alike, answer, taught, teach, told
from lab.pretrained import encoder_weights
from lab.store import Batch, Store

CHECKPOINT_EVERY = 300.0
DROP = 0.08
"""Share of the wordpieces that is hidden from the network that learns."""
_PRETRAINED = ("layers", "embedding_norm", "reading_layer", "event_layer", "pair_layers")


@dataclass(frozen=True)
class Plan:
    """How a network is fitted."""

    minutes: float
    seed: int = 1
    budget: int = 3000
    """Wordpieces of a batch."""
    rate: float = 2e-4
    """Highest learning rate of what was pre-trained; what is new learns five times as fast."""
    marked: bool = False
    """Whether it is to be a teacher, whose encoder sees who is marked in a pair."""


def optimiser(net: ReaderNet, rate: float) -> torch.optim.AdamW:
    """A low rate for what was pre-trained, a higher one for what is new; word vectors stay as they are."""
    net.word_embedding.weight.requires_grad_(False)
    net.position_embedding.weight.requires_grad_(False)
    old: list[Tensor] = []
    new: list[Tensor] = []
    for name, parameter in net.named_parameters():
        if parameter.requires_grad:
            (old if name.startswith(_PRETRAINED) else new).append(parameter)
    return torch.optim.AdamW(
        [{"params": old, "lr": rate, "top": rate}, {"params": new, "lr": 5 * rate, "top": 5 * rate}],
        betas=(0.9, 0.98), weight_decay=0.01, fused=True,
    )  # fmt: skip


class Halved:
    """A copy of a network in half precision, which computes while the network itself keeps what is learnt in
    full. On a GPU, where starting each small conversion would take more time than the arithmetic."""

    def __init__(self, net: ReaderNet) -> None:
        self.net = copy.deepcopy(net).bfloat16()
        self._full = [p for p in net.parameters() if p.requires_grad]
        self._half = [p for p in self.net.parameters() if p.requires_grad]
        for full in self._full:
            full.grad = torch.zeros_like(full)

    @torch.no_grad()
    def gather(self) -> None:
        """Hand the gradients to the network in full precision."""
        torch._foreach_zero_([p.grad for p in self._full])
        both = [(f.grad, h.grad) for f, h in zip(self._full, self._half, strict=True) if h.grad is not None]
        torch._foreach_copy_([full for full, _ in both], [half for _, half in both])
        for parameter in self._half:
            parameter.grad = None

    @torch.no_grad()
    def follow(self) -> None:
        """Take over what the network has learnt."""
        torch._foreach_copy_(self._half, self._full)


class Fit:
    """A training that can be stopped and taken up again."""

    def __init__(self, learn: Store, out: Path, plan: Plan, teachers: Sequence[ReaderNet] = ()) -> None:
        self.learn, self.out, self.plan, self.teachers = learn, out, plan, teachers
        self.device = learn.device
        torch.manual_seed(plan.seed)
        self.net = ReaderNet(Shape(deprels=learn.deprels, marked=plan.marked))
        load_encoder(self.net, encoder_weights())
        self.net.to(self.device)
        self.optimiser = optimiser(self.net, plan.rate)
        self.vectors: Tensor | None = None
        untold = learn.sources.index("untold") if "untold" in learn.sources else -1
        self.chosen = [i for i, source in enumerate(learn.source.tolist()) if teachers or source != untold]
        self.usual = self._usual()
        self.spent = 0.0
        self.step = self.epoch = 0
        self._resume()
        self.halved = Halved(self.net) if self.device.type == "cuda" else None

    def _usual(self) -> dict[str, float]:
        """Labels of each task in a batch, on average: what a batch's sum is divided by, so that each label of
        a task weighs the same in every batch."""
        batches = len(self.learn.plan(self.chosen, self.plan.budget, random.Random(0)))
        return {name: max(1.0, count / batches) for name, count in self.learn.counts().items()}

    @property
    def computing(self) -> ReaderNet:
        return self.halved.net if self.halved else self.net

    @property
    def checkpoint(self) -> Path:
        return self.out / "checkpoint.pt"

    def _resume(self) -> None:
        if self.checkpoint.is_file():
            state = torch.load(self.checkpoint, weights_only=True, map_location=self.device)
            self.net.load_state_dict(state["net"])
            self.optimiser.load_state_dict(state["optimiser"])
            self.spent, self.step, self.epoch = state["spent"], state["step"], state["epoch"]
            print(f"going on after {self.spent / 60:.1f} minutes, step {self.step}", flush=True)

    def save(self) -> None:
        state = {
            "net": self.net.state_dict(), "optimiser": self.optimiser.state_dict(), "spent": self.spent,
            "step": self.step, "epoch": self.epoch,
        }  # fmt: skip
        fresh = self.checkpoint.with_suffix(".new")
        torch.save(state, fresh)
        fresh.replace(self.checkpoint)
        self.net.shape.save(self.out / "shape.json")

    def batches(self) -> Iterator[Batch]:
        """Batches without end."""
        while True:
            rng = random.Random(f"{self.plan.seed}-{self.epoch}")
            self.epoch += 1
            groups = self.learn.plan(self.chosen, self.plan.budget, rng)
            print(f"epoch {self.epoch}: {len(self.chosen)} sentences, {len(groups)} batches", flush=True)
            for group in groups:
                yield self.learn.batch(group, rng)

    def run(self) -> ReaderNet:
        """Train until the time is over; at once where it is."""
        if self.spent >= self.plan.minutes * 60:
            return self.net.eval()
        if not self.plan.marked:
            self.vectors = teacher.vectors(self.learn)
        started, last_save = time.monotonic() - self.spent, time.monotonic()
        shown: dict[str, list[Tensor]] = defaultdict(list)
        self.computing.train()
        for batch in self.batches():
            self.spent = time.monotonic() - started
            if self.spent > self.plan.minutes * 60:
                break
            self._one(batch, shown)
            if self.step % 100 == 0:
                text = " ".join(f"{k} {torch.stack(v).mean().item():.3f}" for k, v in sorted(shown.items()))
                print(f"{self.spent / 60:5.1f} min, step {self.step}: {text}", flush=True)
                shown.clear()
            if time.monotonic() - last_save > CHECKPOINT_EVERY:
                self.save()
                last_save = time.monotonic()
        self.save()
        return self.net.eval()

    def _one(self, batch: Batch, shown: dict[str, list[Tensor]]) -> None:
        share = self.spent / (self.plan.minutes * 60)
        rate = min(1.0, (self.step + 1) / 200) * max(0.01, 1.0 - share)
        for group in self.optimiser.param_groups:
            group["lr"] = group["top"] * rate
        if not self.halved:
            self.optimiser.zero_grad(set_to_none=True)
        self._loss(batch, shown).backward()
        if self.halved:
            self.halved.gather()
        torch.nn.utils.clip_grad_norm_(self.net.parameters(), 2.0)
        self.optimiser.step()
        if self.halved:
            self.halved.follow()
        self.step += 1

    def _loss(self, batch: Batch, shown: dict[str, list[Tensor]]) -> Tensor:
        net, hidden, anchors = self.computing, batch.hiding(DROP), batch.frames[:2]
        losses: dict[str, Tensor] = {}
        if self.teachers:
            wanted, cues, governors = teach(self.teachers, batch)
            asked = (torch.cat([anchors[0], cues[0]]), torch.cat([anchors[1], cues[1]]))
            seen = answer(net, hidden, asked, governors)
            for name, far in taught(seen.answers, wanted, hidden, cues).items():
                losses["~" + name] = WEIGHTS[name] * far
        else:
            seen = answer(net, hidden, anchors)
        for name, summed in told(seen.answers, hidden).items():
            losses[name] = (WEIGHTS[name] / self.usual[name]) * summed
        if self.vectors is not None:
            losses["vector"] = alike(net, seen.words, hidden, self.vectors[batch.rows].float())
        if self.step % 20 == 0:
            for name, loss in losses.items():
                shown[name].append(loss.detach())
        return torch.stack(list(losses.values())).sum()


def fit(prepared: Path, out: Path, plan: Plan, teachers: Sequence[Path] = ()) -> None:
    """Fit a network and tell how it does on the examples kept for measuring; a finished one is left as it
    is."""
    out.mkdir(parents=True, exist_ok=True)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    learn = Store.load(prepared / "learn.npz", device)
    known = [load_run(run).to(device) for run in teachers]
    if device.type == "cuda":
        known = [net.bfloat16() for net in known]
    net = Fit(learn, out, plan, known).run()
    print(held.told(net, Store.load(prepared / "held.npz", device), plan.budget), flush=True)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("prepared", type=Path, help="folder that lab.prepare has written")
    parser.add_argument("--out", type=Path, required=True, help="run directory")
    parser.add_argument("--minutes", type=float, default=80.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--budget", type=int, default=3000, help="wordpieces of a batch")
    parser.add_argument("--rate", type=float, default=2e-4, help="highest learning rate of the encoder")
    parser.add_argument("--marked", action="store_true", help="make a teacher")
    parser.add_argument("--teachers", type=Path, nargs="*", default=[], metavar="RUNDIR")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args(arguments)
    torch.set_num_threads(options.threads)
    plan = Plan(options.minutes, options.seed, options.budget, options.rate, options.marked)
    fit(options.prepared, options.out, plan, options.teachers)
    return 0


if __name__ == "__main__":
    sys.exit(main())
