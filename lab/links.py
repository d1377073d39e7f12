"""Train the reader's coreference on a finished network: ``python -m lab.links RUNDIR --data ../shared/data``.

The network stays as it is. What is learnt is small: a turn of its word vectors into what a mention looks for
and what it offers, and the tables of weights of ``saydo.reading.links``. Gold chains are GUM's; mentions are
the reader's own, so that training sees what use will see. The loss is the likelihood of all right antecedents
together, or of none (Durrett and Klein, "Easy Victories and Uphill Battles in Coreference Resolution", EMNLP
2013).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from lab.chains import Chained, gum_chains
from lab.corpora import DataAbsent
from lab.export import export, no_linking
from lab.network import ReaderNet, load_run
from saydo.reading.links import FORMS, TABLES, Candidates, candidates
from saydo.reading.network import Network
from saydo.reading.reader import OnnxReader

EPOCHS = 40


@dataclass
class Case:
    """One document's pairs, ready for training."""

    found: Candidates
    heads: Tensor
    """``[mention, hidden]``: the network's vectors of the mentions' head words."""
    right: Tensor
    """``[pair]``: whether the two are of one chain."""


def cases(
    documents: Iterator[Chained], reader: OnnxReader, net: ReaderNet, network: Network
) -> Iterator[Case]:
    """Documents as pairs of the reader's mentions, with the network's vectors for them."""
    for document in documents:
        reading = reader.read_words(document.sentences)
        found = candidates(reading.tokens, reading.mentions)
        if not len(found.later):
            continue
        chains = np.array([document.chain_of(m.head) for m in reading.mentions])
        right = (chains[found.later] == chains[found.earlier]) & (chains[found.later] >= 0)
        yield Case(found, _heads(document.sentences, reading, net, network), torch.tensor(right))


@torch.no_grad()
def _heads(sentences: Sequence[Sequence[str]], reading: Any, net: ReaderNet, network: Network) -> Tensor:
    vectors = []
    for pieces in network.pieces(sentences):
        tensors = [torch.tensor([part]) for part in (pieces.ids, pieces.shapes, pieces.first, pieces.last)]
        vectors.append(net.features(*tensors)[1][0, 1:])
    return torch.cat(vectors)[[m.head for m in reading.mentions]]


class Scorer(nn.Module):
    """The same sum as ``saydo.reading.links.Linker``, with weights to learn."""

    def __init__(self, turn: nn.Linear) -> None:
        super().__init__()
        self.turn = turn
        self.tables = nn.ParameterDict(
            {name: nn.Parameter(torch.zeros(size)) for name, size in TABLES.items()}
        )
        self.alone = nn.Parameter(torch.ones(len(FORMS)))
        self.drop = nn.Dropout(0.3)

    def forward(self, case: Case) -> Tensor:
        sought, offered = self.turn(self.drop(case.heads)).chunk(2, -1)
        later, earlier = torch.from_numpy(case.found.later), torch.from_numpy(case.found.earlier)
        form = torch.from_numpy(case.found.form)
        total = (sought[later] / sought.shape[1] ** 0.5 * offered[earlier]).sum(-1) - self.alone[form]
        for name, column in case.found.features.items():
            total = total + self.tables[name][form, torch.from_numpy(column)]
        return total


def loss_of(scores: Tensor, case: Case) -> Tensor:
    """Mean over the later mentions; the score of referring to nothing is 0."""
    later = torch.from_numpy(case.found.later)
    groups, where = torch.unique(later, return_inverse=True)

    def summed(values: Tensor, start: Tensor) -> Tensor:
        top = torch.full((len(groups),), -1e4).scatter_reduce(0, where, values, "amax").clamp(min=0.0)
        total = torch.zeros(len(groups)).scatter_add(0, where, torch.exp(values - top[where]))
        return torch.log(total + start * torch.exp(-top) + 1e-30) + top

    all_scores = summed(scores, torch.ones(len(groups)))
    new = (
        torch.zeros(len(groups), dtype=torch.bool).scatter_reduce(0, where, case.right, "amax").logical_not()
    )
    right = summed(scores.masked_fill(~case.right, -1e4), new.float())
    return (all_scores - right).mean()


def train(found: Sequence[Case], net: ReaderNet, seed: int) -> Scorer:
    torch.manual_seed(seed)
    scorer = Scorer(net.links)
    optimiser = torch.optim.AdamW(
        [
            {"params": [*scorer.tables.values(), scorer.alone], "lr": 0.03},
            {"params": scorer.turn.parameters(), "lr": 1e-3},
        ],
        weight_decay=0.01,
    )  # fmt: skip
    for epoch in range(EPOCHS):
        total = 0.0
        for i in torch.randperm(len(found)).tolist():
            loss = loss_of(scorer(found[i]), found[i])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            total += loss.item()
        for group in optimiser.param_groups:
            group["lr"] *= 0.94
        if epoch % 10 == 9:
            print(f"epoch {epoch + 1}: loss {total / len(found):.4f}", flush=True)
    return scorer.eval()


def told(scorer: Scorer) -> dict[str, Any]:
    """The weights as they stand beside the label sets."""
    tables = {name: _short(table) for name, table in scorer.tables.items()}
    return {**tables, "alone": _short(scorer.alone)}


def _short(values: Tensor) -> Any:
    return [[round(v, 3) for v in row] for row in values.tolist()] if values.dim() > 1 else [
        round(v, 3) for v in values.tolist()
    ]  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("run", type=Path, help="run directory of a training")
    parser.add_argument("--data", type=Path, required=True, help="folder of the training data")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    try:
        documents = list(gum_chains(options.data / "syntax/gum-train.conllu"))
    except DataAbsent as absent:
        print(f"error: {absent}", file=sys.stderr)
        return 2
    net = load_run(options.run)
    export(net, options.run / "export", no_linking())
    network = Network(options.run / "export", "reader-en")
    found = list(cases(iter(documents), OnnxReader(network), net, network))
    scorer = train(found, net, options.seed)
    torch.save(net.links.state_dict(), options.run / "links.pt")
    (options.run / "linking.json").write_text(json.dumps(told(scorer)), encoding="utf-8")
    export(net, options.run / "export", told(scorer))
    return 0


if __name__ == "__main__":
    sys.exit(main())
