"""From the trained network to what the package carries: int8 ONNX files in an archive, word pieces, labels.

``python -m lab.export RUNDIR`` makes the files of a run again from its last checkpoint.
"""

from __future__ import annotations

import argparse
import copy
import json
import sys
import warnings
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar

import onnx
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from lab import labels as L
from lab.network import EVENT_HEADS, READ_HEADS, Layer, ReaderNet, load_run
from lab.pretrained import wordpieces
from saydo.reading.network import PAIR_PATH, READING_PATH

INPUTS = ("ids", "case", "first", "last")
OUTPUTS = (
    "upos", "arcs", "relations", "cues", "roles", *READ_HEADS, *EVENT_HEADS, "links", "vector", "words",
    "encoded",
)  # fmt: skip
N = TypeVar("N", bound=nn.Module)
PAIR_INPUTS = ("pair_words", "marks")
FULL = "reader-en.fp32.onnx"
FULL_PAIRS = "reader-en.pairs.fp32.onnx"


class Flat(nn.Module):
    """A layer as the package computes it, to the same result: all words of all sentences as rows of one
    table, query, key and value as products of their own. Both save copies."""

    def __init__(self, layer: Layer) -> None:
        super().__init__()
        self.layer = layer
        weights, biases = layer.qkv.weight.chunk(3), layer.qkv.bias.chunk(3)
        self.weights = nn.ParameterList(weight.detach() for weight in weights)
        self.biases = nn.ParameterList(bias.detach() for bias in biases)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        layer, hidden = self.layer, self.layer.out.in_features
        batch, size = bias.shape[0], bias.shape[-1]  # the same for all layers, so that it is asked once
        rows = x.reshape(-1, hidden)
        query, key, value = (
            F.linear(rows, weight, own).view(batch, size, layer.heads, hidden // layer.heads).transpose(1, 2)
            for weight, own in zip(self.weights, self.biases, strict=True)
        )
        mixed = layer.mixed(query, key, value, bias).transpose(1, 2).reshape(-1, hidden)
        rows = layer.norm1(rows + layer.out(mixed))
        rows = layer.norm2(rows + layer.down(F.gelu(layer.up(rows))))
        return rows.view(batch, size, hidden)


def flattened(net: N) -> N:
    """A copy of the network with its layers flat."""
    net = copy.deepcopy(net)
    for name, module in list(net.named_modules()):
        if isinstance(module, Layer):
            net.set_submodule(name, Flat(module))
    return net.eval()


class Joined(nn.Module):
    """Several linear heads as one product; gives their scores one by one."""

    def __init__(self, heads: Sequence[nn.Linear]) -> None:
        super().__init__()
        self.sizes = [head.out_features for head in heads]
        self.weight = nn.Parameter(torch.cat([head.weight for head in heads]).detach())
        self.bias = nn.Parameter(torch.cat([head.bias for head in heads]).detach())

    def forward(self, x: Tensor) -> tuple[Tensor, ...]:
        return torch.split(F.linear(x, self.weight, self.bias), self.sizes, -1)


class Told(nn.Module):
    """The network as the package uses it: probabilities where nothing else is asked, the word heads of a
    layer as one."""

    def __init__(self, net: ReaderNet) -> None:
        super().__init__()
        self.net = net
        self.read = Joined([getattr(net, name) for name in READ_HEADS])
        self.seen = Joined([getattr(net, name) for name in (*EVENT_HEADS, "links")])

    def forward(self, ids: Tensor, case: Tensor, first: Tensor, last: Tensor) -> tuple[Tensor, ...]:
        net = self.net
        encoded = net.encode(ids, case)
        words, read = net.features_of(encoded, case, first, last)
        arcs = net.arc_scores(words, first)
        relations = net.relation_scores(words, arcs.argmax(-1))
        flat, roles = net.role_scores(read)
        *seen, links = self.seen(net.happenings(words, first))
        return (
            torch.softmax(net.upos(words[:, 1:]), -1), arcs, relations, torch.softmax(flat[..., 3:6], -1),
            roles, *(torch.softmax(head, -1) for head in (*self.read(read[:, 1:]), *seen)), links,
            net.sentence_vector(words, first), words, encoded,
        )  # fmt: skip


class PairsTold(nn.Module):
    """The pair path as the package uses it: probabilities."""

    def __init__(self, net: ReaderNet) -> None:
        super().__init__()
        self.net = net

    def forward(self, pair_words: Tensor, marks: Tensor) -> tuple[Tensor, ...]:
        return tuple(torch.softmax(score, -1) for score in self.net.pair_scores(pair_words, marks).values())


def export(net: ReaderNet, folder: Path, linking: dict[str, Any]) -> None:
    """Write the reader's three files into the folder; also the models in full precision."""
    from lab.quantise import quantise

    folder.mkdir(parents=True, exist_ok=True)
    write_onnx(net, folder / FULL)
    write_pairs(net, folder / FULL_PAIRS)
    (folder / "reader-en.tokenizer.json").write_text(wordpieces().to_str(), encoding="utf-8")
    labels = {
        "upos": list(L.UPOS), "deprels": net.shape.deprels, "names": L.NAME_TAGS, "nominals": L.HEAD_TYPES,
        "entities": L.ENTITY_TAGS, "parties": L.PARTY_TAGS, "triggers": L.EVENT_TYPES, "realis": L.REALIS,
        "polarity": L.POLARITY, "roles": L.ROLES, **L.PAIR_HEADS, "linking": linking,
    }  # fmt: skip
    told = json.dumps(labels, indent=1)
    (folder / "reader-en.json").write_text(told + "\n", encoding="utf-8")
    small, small_pairs = folder / READING_PATH, folder / PAIR_PATH
    quantise(folder / FULL, small)
    quantise(folder / FULL_PAIRS, small_pairs)
    pack(small, small_pairs, folder / "reader-en.zip")


def pack(reading: Path, pairs: Path, archive: Path) -> None:
    """Both paths in one file, uncompressed, since weights hardly get smaller; the same bytes for the same
    paths."""
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as members:
        for path, name in ((reading, READING_PATH), (pairs, PAIR_PATH)):
            members.writestr(zipfile.ZipInfo(name), path.read_bytes())


def write_onnx(net: ReaderNet, path: Path) -> None:
    """The reading path in full precision, with batch, piece and word counts left open."""
    ids = torch.tensor([[101, 2023, 2003, 102, 0], [101, 2023, 2003, 2023, 102]])
    first, last = torch.tensor([[1, 2, 0], [1, 2, 3]]), torch.tensor([[1, 2, 0], [1, 2, 3]])
    pieces, words = {0: "batch", 1: "pieces"}, {0: "batch", 1: "words"}
    axes = {"ids": pieces, "case": pieces, "first": words, "last": words}
    axes |= {name: dict(words) for name in OUTPUTS}
    axes |= {
        "arcs": {0: "batch", 1: "words", 2: "heads"}, "roles": {0: "batch", 2: "cue", 3: "words"},
        "vector": {0: "batch"}, "words": {0: "batch", 1: "heads"}, "encoded": pieces,
    }  # fmt: skip
    told = Told(flattened(net))
    write_model(told, (ids, torch.ones_like(ids), first, last), path, INPUTS, OUTPUTS, axes)


def write_pairs(net: ReaderNet, path: Path) -> None:
    """The pair path in full precision, with the counts of pairs and words left open."""
    given = torch.zeros(3, 4, net.shape.hidden), torch.tensor([[0, 1, 2, -1]] * 3)
    pairs = {0: "pairs", 1: "pair_words"}
    axes = {"pair_words": pairs, "marks": pairs, **{name: {0: "pairs"} for name in L.PAIR_HEADS}}
    write_model(PairsTold(flattened(net)), given, path, PAIR_INPUTS, tuple(L.PAIR_HEADS), axes)


def write_model(
    model: nn.Module, given: tuple[Tensor, ...], path: Path, inputs: Sequence[str], outputs: Sequence[str],
    axes: dict[str, dict[int, str]],
) -> None:  # fmt: skip
    """A model in full precision, with the sizes named in ``axes`` left open."""
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            model.eval(), given, str(path), input_names=list(inputs), output_names=list(outputs),
            dynamic_axes=axes, opset_version=20, dynamo=False,
        )  # fmt: skip
    onnx.checker.check_model(str(path))


def no_linking() -> dict[str, Any]:
    """Weights under which nothing is linked: for a network whose links are not trained."""
    from saydo.reading.links import FORMS, TABLES

    tables: dict[str, Any] = {
        name: [[0.0] * width for _ in range(height)] for name, (height, width) in TABLES.items()
    }
    return tables | {"alone": [1e6] * len(FORMS)}


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("run", type=Path, help="run directory of a training")
    options = parser.parse_args(arguments)
    linked = options.run / "linking.json"
    linking = json.loads(linked.read_text(encoding="utf-8")) if linked.is_file() else no_linking()
    net = load_run(options.run)
    links = options.run / "links.pt"
    if links.is_file():
        net.links.load_state_dict(torch.load(links, weights_only=True))
    export(net, options.run / "export", linking)
    return 0


if __name__ == "__main__":
    sys.exit(main())
