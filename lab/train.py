"""Train the English reader: ``python -m lab.train --data ../shared/data --out RUNDIR``.

Words, trees, mentions and attributions are trained together, with the encoder; then, on the finished encoder,
the heads for events and pairs (``lab.heads``), and coreference (``lab.links``). It may be stopped and started
again with the same command: it goes on from the last checkpoint in RUNDIR. ``--minutes`` bounds the joint
training; the learning rate falls to nothing at that time.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional as F

from lab import corpora, entities, heads, links, partial, substitution, teacher, treebanks
from lab.batches import Batch, collate, encode, plan
from lab.corpora import DataAbsent, Example
from lab.export import export, no_linking
from lab.labels import MASK
from lab.network import ReaderNet, Shape, load_encoder
from lab.pretrained import encoder_weights, wordpieces
from saydo.reading.pieces import PieceMaker
from saydo.reading.tokens import Tokenizer

WEIGHTS = {
    "upos": 0.5, "heads": 1.0, "deprels": 0.7, "names": 1.0, "nominals": 0.5,
    "cues": 1.0, "sources": 0.5, "contents": 0.3, "roles": 1.2,
}  # fmt: skip
BUDGET = 3000
CHECKPOINT_EVERY = 300.0


def examples_for_training(data: Path, seed: int, quick: bool) -> list[Example]:
    """All sources; documents and files kept for measuring are not among them."""
    rng = random.Random(seed)
    tokenizer = Tokenizer()
    found = treebanks.treebank(data / "syntax/ewt-train.conllu", "ewt")
    found += treebanks.treebank(data / "syntax/gum-train.conllu", "gum")
    gazetteer = partial.Gazetteer(data / "actors")
    news = corpora.polnear(data / "attribution/polnear-train.jsonl", tokenizer)
    for example in news:
        gazetteer.label(example)
    found += [e for e in news if len(e.words) > 2]
    found += 3 * entities.re3d(data / "relations/re3d-train.jsonl", tokenizer, heldout=False)
    found += partial.toponyms(data / "places/lgl.jsonl", tokenizer, rng, 0.4)
    found += partial.toponyms(data / "places/geovirus.jsonl", tokenizer, rng, 0.4)
    found += partial.dyads(data / "events/any-dyads-train.jsonl", tokenizer)
    found += _made(data, found, tokenizer, rng)
    if quick:
        found = rng.sample(found, 1500)
    return found


def _made(data: Path, found: Sequence[Example], tokenizer: Tokenizer, rng: random.Random) -> list[Example]:
    """Sentences with other names than their sources have, and sentences made from patterns."""
    names = substitution.Names(data / "actors", rng)
    by_source = {source: [e for e in found if e.source == source] for source in ("re3d", "gum", "polnear")}
    made = substitution.patterned(names, tokenizer, rng, 2500)
    made += substitution.substituted(by_source["re3d"] + by_source["gum"], names, tokenizer, rng)
    made += substitution.speakers_replaced(by_source["polnear"], names, tokenizer, rng, 3000)
    return made


def losses(net: ReaderNet, batch: Batch, joint: bool = False) -> dict[str, tuple[Tensor, float]]:
    """Summed loss and number of labels, task by task; with ``joint`` those of the heads for events and pairs,
    too."""
    with torch.autocast(batch.ids.device.type, torch.bfloat16):
        words, read = net.features(batch.ids, batch.case, batch.first, batch.last)
    words, read = words.float(), read.float()
    t = batch.targets
    flat, roles = net.role_scores(read)
    scores = {
        "upos": net.upos(words[:, 1:]), "names": net.names(read[:, 1:]),
        "nominals": net.nominals(read[:, 1:]),
        "sources": flat[..., 0:3], "cues": flat[..., 3:6], "contents": flat[..., 6:9],
    }  # fmt: skip
    if bool((t["heads"] != MASK).any()):
        scores["heads"] = net.arc_scores(words, batch.first)
        scores["deprels"] = net.relation_scores(words, t["heads"].clamp(min=0))
    found = {
        name: _loss(score.float(), t[name]) for name, score in scores.items() if bool((t[name] != MASK).any())
    }
    rows, anchors, gold = batch.frames
    if len(rows):
        pair = roles[rows, :, anchors]
        none = torch.zeros_like(pair[:, :1])
        found["roles"] = _loss(torch.cat([none, pair], 1).transpose(1, 2), gold)
    return found | heads.losses(net, words, batch) if joint else found


def _loss(scores: Tensor, gold: Tensor) -> tuple[Tensor, float]:
    total = F.cross_entropy(
        scores.reshape(-1, scores.shape[-1]), gold.reshape(-1), ignore_index=MASK, reduction="sum"
    )
    return total, float((gold != MASK).sum())


_PRETRAINED = ("layers", "embedding_norm", "reading_layer", "event_layer", "pair_layers")


def optimiser(net: ReaderNet, joint: float) -> torch.optim.AdamW:
    """A low rate for what was pre-trained, a higher one for what is new; word vectors stay as they are."""
    net.word_embedding.weight.requires_grad_(False)
    net.position_embedding.weight.requires_grad_(False)
    old, new = [], []
    for name, parameter in net.named_parameters():
        if parameter.requires_grad and (joint or name.split(".")[0] not in heads.PARTS):
            (old if name.startswith(_PRETRAINED) else new).append(parameter)
    return torch.optim.AdamW(
        [{"params": old, "lr": 2e-4, "top": 2e-4}, {"params": new, "lr": 1e-3, "top": 1e-3}],
        betas=(0.9, 0.98), weight_decay=0.01, fused=True,
    )  # fmt: skip


class Run:
    """A training that can be stopped and taken up again."""

    def __init__(
        self, examples: Sequence[Example], out: Path, seed: int, minutes: float, joint: float = 0.0
    ) -> None:
        self.examples, self.out, self.seed, self.minutes, self.joint = examples, out, seed, minutes, joint
        self.maker = PieceMaker(wordpieces())
        self.pieces = encode(examples, self.maker)
        deprels = sorted({d for e in examples for d in e.deprels or ()})
        torch.manual_seed(seed)
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.net = ReaderNet(Shape(deprels=deprels))
        load_encoder(self.net, encoder_weights())
        self.net.to(self.device)
        self.optimiser = optimiser(self.net, joint)
        self.teacher = self._teacher() if joint else None
        self.spent = 0.0
        self.step = self.epoch = 0
        self.usual: dict[str, float] = {}
        self.deprels = {name: i for i, name in enumerate(deprels)}
        self._resume()

    def _teacher(self) -> Tensor:
        """Sentence vectors of the untrained encoder, kept in the run directory."""
        path = self.out / "teacher.pt"
        if not path.is_file():
            torch.save(teacher.vectors(self.pieces, self.device), path)
        kept: Tensor = torch.load(path, weights_only=True)
        if len(kept) != len(self.examples):
            raise SystemExit(f"error: {path} is of other examples; remove it")
        return kept

    @property
    def checkpoint(self) -> Path:
        return self.out / "checkpoint.pt"

    def _resume(self) -> None:
        if self.checkpoint.is_file():
            state = torch.load(self.checkpoint, weights_only=True)
            self.net.load_state_dict(state["net"])
            self.optimiser.load_state_dict(state["optimiser"])
            self.spent, self.step, self.epoch = state["spent"], state["step"], state["epoch"]
            self.usual = state["usual"]
            print(f"going on after {self.spent / 60:.1f} minutes, step {self.step}", flush=True)

    def save(self) -> None:
        state = {
            "net": self.net.state_dict(), "optimiser": self.optimiser.state_dict(), "spent": self.spent,
            "step": self.step, "epoch": self.epoch, "usual": self.usual,
        }  # fmt: skip
        fresh = self.checkpoint.with_suffix(".new")
        torch.save(state, fresh)
        fresh.replace(self.checkpoint)
        self.net.shape.save(self.out / "shape.json")

    def batches(self) -> Iterator[Batch]:
        """Batches without end; a sentence that has neither tree nor attribution comes in some epochs only."""
        while True:
            rng = random.Random(f"{self.seed}-{self.epoch}")
            self.epoch += 1
            chosen = [
                i for i, e in enumerate(self.examples)
                if len(self.pieces[i].ids) <= 160
                and (e.source != "polnear" or e.frames or rng.random() < 0.2)
            ]  # fmt: skip
            groups = plan(self.pieces, chosen, BUDGET, rng)
            print(f"epoch {self.epoch}: {len(chosen)} sentences, {len(groups)} batches", flush=True)
            for group in groups:
                yield collate(
                    [self.examples[i] for i in group],
                    [self.pieces[i] for i in group],
                    self.deprels,
                    0.06,
                    rng,
                    self.teacher[group] if self.teacher is not None else None,
                ).to(self.device)

    def train(self, exports: list[float]) -> None:
        started, last_save = time.monotonic() - self.spent, time.monotonic()
        shown: dict[str, list[float]] = {}
        exports = [minute for minute in exports if minute * 60 > self.spent]
        self.net.train()
        for batch in self.batches():
            self._one(batch, shown)
            self.spent = time.monotonic() - started
            if self.step % 100 == 0:
                text = " ".join(f"{k} {sum(v) / len(v):.3f}" for k, v in sorted(shown.items()))
                print(f"{self.spent / 60:5.1f} min, step {self.step}: {text}", flush=True)
                shown.clear()
            if exports and self.spent > exports[0] * 60:
                exports.pop(0)
                self._export()
            if time.monotonic() - last_save > CHECKPOINT_EVERY:
                self.save()
                last_save = time.monotonic()
            if self.spent > self.minutes * 60:
                break
        self.save()
        self._export()

    def _one(self, batch: Batch, shown: dict[str, list[float]]) -> None:
        share = self.spent / (self.minutes * 60)
        rate = min(1.0, (self.step + 1) / 200) * max(0.02, 1.0 - share)
        for group in self.optimiser.param_groups:
            group["lr"] = group["top"] * rate
        total = torch.zeros(())
        for name, (loss, count) in losses(self.net, batch, bool(self.joint)).items():
            # Each label weighs the same in every batch: a task's sum is divided by its usual count.
            usual = self.usual[name] = 0.99 * self.usual.get(name, count) + 0.01 * count
            weight = WEIGHTS.get(name) or self.joint * heads.WEIGHTS[name]
            total = total + weight * loss / max(usual, 1.0)
            shown.setdefault(name, []).append(loss.item() / max(count, 1))
        self.optimiser.zero_grad(set_to_none=True)
        total.backward()
        torch.nn.utils.clip_grad_norm_(self.net.parameters(), 2.0)
        self.optimiser.step()
        self.step += 1

    def _export(self) -> None:
        self.net.eval()
        export(self.net, self.out / "export", no_linking())
        self.net.train()
        print(f"exported after {self.spent / 60:.1f} minutes", flush=True)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="folder of the training data")
    parser.add_argument("--out", type=Path, required=True, help="run directory: checkpoints and exports")
    parser.add_argument("--minutes", type=float, default=88.0, help="time of the joint training")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--export-at", type=float, nargs="*", default=[], help="minutes at which to export")
    parser.add_argument(
        "--joint", type=float, default=0.0, metavar="WEIGHT",
        help="train the heads for events and pairs with the encoder already, at this weight",
    )  # fmt: skip
    parser.add_argument("--quick", action="store_true", help="a few sentences, to try the whole way")
    options = parser.parse_args(arguments)
    torch.set_num_threads(options.threads)
    options.out.mkdir(parents=True, exist_ok=True)
    try:
        examples = examples_for_training(options.data, options.seed, options.quick)
        if options.joint:
            coded = heads.coded(options.data, options.out)
            examples += heads.examples(options.data, coded, random.Random(options.seed))
    except DataAbsent as absent:
        print(f"error: {absent}", file=sys.stderr)
        return 2
    print(f"{len(examples)} sentences, {sum(len(e.words) for e in examples)} words", flush=True)
    Run(examples, options.out, options.seed, options.minutes, options.joint).train(options.export_at)
    later = [str(options.out), "--data", str(options.data), "--seed", str(options.seed)]
    return heads.main(later) or links.main(later)


if __name__ == "__main__":
    raise SystemExit(main())
