"""Train the heads for events and pairs on a finished encoder: ``python -m lab.heads RUNDIR --data
../shared/data``.

The encoder, and all that was trained with it, stays as it is; its word vectors are computed once. What learns
here: one further layer over words with its heads (entities and parties in the conventions of two gold sets,
sentence ends, triggers, realis, polarity), sentence vectors, and the pair path. Trained together with the
encoder, these small and noisy sources cost the parser 1.5 points of labelled attachment in the same time;
trained here they cost it nothing. About a quarter of an hour on two CPU cores.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional as F

from lab import corpora, entities, marked, partial, parties, silver, substitution, teacher, treebanks
from lab.batches import Batch, PairBatch, collate, plan
from lab.corpora import DataAbsent, Example
from lab.export import load_run
from lab.labels import MASK
from lab.network import EVENT_HEADS, ReaderNet
from lab.pretrained import wordpieces
from saydo.reading.pieces import PieceMaker, Pieces
from saydo.reading.tokens import Tokenizer

PATTERNS = Path(__file__).parent / "pairs"
PARTS = ("event_layer", *EVENT_HEADS, "links", "vector", "mark", "pair_layers", "pair", "pair_heads")
WEIGHTS = {
    "entities": 1.0, "parties": 1.0, "ends": 0.3, "triggers": 0.7, "realis": 0.5, "polarity": 0.3,
    "event": 1.0, "tie": 0.5, "relation": 0.7, "vector": 2.0,
}  # fmt: skip
SHARES = {"patterns": 0.3, "stories": 0.5, "silver": 0.5}
"""How much a pair of each source counts, beside its own weight; pairs of annotated news count in full."""
BUDGET = 3000


def examples(data: Path, by_rules: Path, rng: random.Random) -> list[Example]:
    """All sources that tell of events, pairs and sentence ends; what is kept for measuring is not among
    them."""
    tokenizer = Tokenizer()
    gazetteer = partial.Gazetteer(data / "actors")
    names = substitution.Names(data / "actors", rng)
    found = marked.dyads(data / "events/plover-dyads-train.jsonl", tokenizer, heldout=False)
    found += marked.other_dyads(data / "events/any-dyads-train.jsonl", tokenizer)
    found += marked.relations(data / "relations/re3d-train.jsonl", tokenizer, heldout=False, rng=rng)
    found += entities.re3d(data / "relations/re3d-train.jsonl", tokenizer, heldout=False)
    found += parties.parties(data / "entities/cameo-ner-train.txt", heldout=False)
    found += marked.patterned(PATTERNS, names, tokenizer, rng, 2)
    stories = list(marked.stories(data / "events/synthetic-stories.jsonl", gazetteer, tokenizer))
    found += rng.sample(stories, len(stories) // 2)
    by_rule = list(marked.silver(by_rules, tokenizer))
    found += [e for e in by_rule if e.pairs]
    found += rng.sample([e for e in by_rule if not e.pairs and len(e.words) > 5], 2000)
    running = [*treebanks.treebank(data / "syntax/ewt-train.conllu", "ewt")]
    running += treebanks.treebank(data / "syntax/gum-train.conllu", "gum")
    found += corpora.joined(running, 3000, rng)
    for example in found:
        for pair in example.pairs:
            pair.weight *= SHARES.get(example.source, 1.0)
    return [e for e in found if 0 < len(e.words) <= 120]


def coded(data: Path, run: Path) -> Path:
    """The reports that the rules have coded, made where the run has none."""
    path = run / "silver.jsonl"
    if not path.is_file():
        silver.make(data, path)
    return path


@torch.no_grad()
def word_vectors(pieces: Sequence[Pieces], net: ReaderNet, device: torch.device) -> list[Tensor]:
    """``[1 + word, hidden]`` of each sentence, in half precision."""
    found: list[Tensor] = [torch.empty(0)] * len(pieces)
    for group in plan(pieces, range(len(pieces)), BUDGET, random.Random(0)):
        empty = [Example([""] * len(pieces[i].first), "") for i in group]
        batch = collate(empty, [pieces[i] for i in group], {}).to(device)
        with torch.autocast(device.type, torch.bfloat16):
            words = net.words_of(batch.ids, batch.case, batch.first, batch.last)
        for row, i in enumerate(group):
            found[i] = words[row, : 1 + len(pieces[i].first)].to(torch.bfloat16).cpu()
    return found


def losses(net: ReaderNet, words: Tensor, batch: Batch) -> dict[str, tuple[Tensor, float]]:
    """Summed loss and its weight, task by task."""
    with torch.autocast(words.device.type, torch.bfloat16):
        seen = net.happenings(net.dropout(words), batch.first)
        scores = {name: getattr(net, name)(seen) for name in EVENT_HEADS}
    found = {}
    for name, score in scores.items():
        gold = batch.targets[name]
        count = float((gold != MASK).sum())
        if count:
            flat = score.float().reshape(-1, score.shape[-1])
            loss = F.cross_entropy(flat, gold.reshape(-1), ignore_index=MASK, reduction="sum")
            found[name] = (loss, count)
    if len(batch.pairs.rows):
        with torch.autocast(words.device.type, torch.bfloat16):
            answers = net.pair_scores(net.dropout(words[batch.pairs.rows]), batch.pairs.marks)
        found |= pair_losses(answers, batch.pairs)
    alike = (net.sentence_vector(words, batch.first) * batch.teacher.float()).sum(-1)
    found["vector"] = ((1.0 - alike).sum(), float(len(alike)))
    return found


def pair_losses(scores: dict[str, Tensor], pairs: PairBatch) -> dict[str, tuple[Tensor, float]]:
    """Head by head the summed loss of marked pairs, the likelihood of all labels that would be right
    together, and the weight it stands for."""
    found = {}
    for name, right in pairs.told.items():
        told = right.any(1)
        if bool(told.any()):
            log = F.log_softmax(scores[name][told].float(), -1)
            likely = log.masked_fill(~right[told], -1e4).logsumexp(-1)
            weights = pairs.weights[told]
            found[name] = (-(likely * weights).sum(), float(weights.sum()))
    return found


class Training:
    """Examples with their vectors, and the network that learns from them."""

    def __init__(self, found: Sequence[Example], net: ReaderNet, seed: int) -> None:
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.found, self.net, self.seed = found, net.to(self.device), seed
        self.pieces = PieceMaker(wordpieces()).encode([e.words for e in found])
        self.vectors = word_vectors(self.pieces, net, self.device)
        self.teacher = teacher.vectors(self.pieces, self.device)
        for name, parameter in net.named_parameters():
            parameter.requires_grad_(name.split(".")[0] in PARTS)
        old = [p for n, p in net.named_parameters() if n.startswith(("event_layer", "pair_layers"))]
        new = [
            p for n, p in net.named_parameters()
            if p.requires_grad and not n.startswith(("event_layer", "pair_layers"))
        ]  # fmt: skip
        self.optimiser = torch.optim.AdamW(
            [{"params": old, "lr": 2e-4, "top": 2e-4}, {"params": new, "lr": 1e-3, "top": 1e-3}],
            betas=(0.9, 0.98), weight_decay=0.01, fused=True,
        )  # fmt: skip
        self.usual: dict[str, float] = {}

    def run(self, epochs: int) -> None:
        torch.manual_seed(self.seed)
        rng = random.Random(self.seed)
        self.net.train()
        steps = epochs * len(plan(self.pieces, range(len(self.found)), BUDGET, rng))
        step = 0
        for epoch in range(epochs):
            shown: dict[str, list[float]] = {}
            for group in plan(self.pieces, range(len(self.found)), BUDGET, rng):
                share = min(1.0, (step + 1) / 100) * max(0.02, 1 - step / steps)
                for parameters in self.optimiser.param_groups:
                    parameters["lr"] = parameters["top"] * share
                self._step(group, rng, shown)
                step += 1
            text = " ".join(f"{k} {sum(v) / len(v):.3f}" for k, v in sorted(shown.items()))
            print(f"epoch {epoch + 1}: {text}", flush=True)
        self.net.eval()

    def _step(self, group: Sequence[int], rng: random.Random, shown: dict[str, list[float]]) -> None:
        batch = collate(
            [self.found[i] for i in group], [self.pieces[i] for i in group], {}, 0.0, rng, self.teacher[group]
        ).to(self.device)
        words = torch.zeros(len(group), batch.first.shape[1] + 1, self.net.shape.hidden, device=self.device)
        for row, i in enumerate(group):
            words[row, : len(self.vectors[i])] = self.vectors[i].to(self.device).float()
        total = torch.zeros((), device=self.device)
        for name, (loss, count) in losses(self.net, words, batch).items():
            # Each label weighs the same in every batch: a task's sum is divided by its usual count.
            usual = self.usual[name] = 0.99 * self.usual.get(name, count) + 0.01 * count
            total = total + WEIGHTS[name] * loss / max(usual, 1.0)
            shown.setdefault(name, []).append(loss.item() / max(count, 1e-6))
        self.optimiser.zero_grad(set_to_none=True)
        total.backward()
        torch.nn.utils.clip_grad_norm_(self.net.parameters(), 2.0)
        self.optimiser.step()


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("run", type=Path, help="run directory of a training")
    parser.add_argument("--data", type=Path, required=True, help="folder of the training data")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--epochs", type=int, default=8)
    options = parser.parse_args(arguments)
    try:
        found = examples(options.data, coded(options.data, options.run), random.Random(options.seed))
    except DataAbsent as absent:
        print(f"error: {absent}", file=sys.stderr)
        return 2
    net = load_run(options.run)
    print(f"{len(found)} sentences, {sum(len(e.pairs) for e in found)} pairs", flush=True)
    training = Training(found, net, options.seed)
    training.run(options.epochs)
    state = {n: p.cpu() for n, p in net.state_dict().items() if n.split(".")[0] in PARTS}
    torch.save(state, options.run / "heads.pt")
    return 0


if __name__ == "__main__":
    sys.exit(main())
