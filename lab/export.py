"""From the trained network to what the package carries: an int8 ONNX file, word pieces, label sets."""

from __future__ import annotations

import json
import tempfile
import warnings
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from lab import labels as L
from lab.network import ReaderNet
from lab.pretrained import wordpieces

INPUTS = ("ids", "case", "first", "last")
OUTPUTS = ("upos", "arcs", "relations", "names", "nominals", "cues", "roles")


def export(net: ReaderNet, folder: Path) -> None:
    """Write the reader's three files into the folder, each in one move."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        plain = Path(scratch) / "plain.onnx"
        write_onnx(net, plain)
        small = Path(scratch) / "small.onnx"
        quantize_dynamic(
            plain, small, weight_type=QuantType.QInt8, per_channel=True, reduce_range=False,
            op_types_to_quantize=["MatMul", "Gather", "Gemm"], extra_options={"MatMulConstBOnly": True},
        )  # fmt: skip
        plain.replace(folder / "reader-en.fp32.onnx")
        small.replace(folder / "reader-en.onnx")
    (folder / "reader-en.tokenizer.json").write_text(wordpieces().to_str(), encoding="utf-8")
    labels = {
        "upos": list(L.UPOS), "deprels": net.shape.deprels, "names": L.NAME_TAGS, "nominals": L.HEAD_TYPES,
        "roles": L.ROLES,
    }  # fmt: skip
    (folder / "reader-en.json").write_text(json.dumps(labels, indent=1), encoding="utf-8")


def write_onnx(net: ReaderNet, path: Path) -> None:
    """The network in full precision, with batch, piece and word counts left open."""
    ids = torch.tensor([[101, 2023, 2003, 102, 0], [101, 2023, 2003, 2023, 102]])
    case = torch.ones_like(ids)
    first, last = torch.tensor([[1, 2, 0], [1, 2, 3]]), torch.tensor([[1, 2, 0], [1, 2, 3]])
    pieces = {0: "batch", 1: "pieces"}
    words = {0: "batch", 1: "words"}
    axes = {"ids": pieces, "case": pieces, "first": words, "last": words}
    axes |= dict.fromkeys(OUTPUTS, words)
    axes["arcs"] = {0: "batch", 1: "words", 2: "heads"}
    axes["roles"] = {0: "batch", 2: "cue", 3: "words"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            net, (ids, case, first, last), str(path), input_names=list(INPUTS), output_names=list(OUTPUTS),
            dynamic_axes=axes, opset_version=17, dynamo=False,
        )  # fmt: skip
    onnx.checker.check_model(str(path))
