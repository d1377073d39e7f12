"""The pre-trained encoder as ONNX Runtime's documentation would have it quantised: a yardstick for speed."""

from __future__ import annotations

import tempfile
import warnings
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from lab.network import ReaderNet, Shape, load_encoder
from lab.pretrained import encoder_weights


class _Encoder(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.net = ReaderNet(Shape(deprels=["root"]))
        load_encoder(self.net, encoder_weights())

    def forward(self, ids: Tensor) -> Tensor:
        return self.net.encode(ids, torch.zeros_like(ids))


def write_plain(path: Path) -> None:
    """Write the encoder, int8 by dynamic quantisation, to ``path``."""
    ids = torch.tensor([[101, 2023, 2003, 102]])
    with tempfile.TemporaryDirectory() as scratch, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        full = Path(scratch) / "full.onnx"
        axes = {name: {0: "batch", 1: "pieces"} for name in ("ids", "states")}
        torch.onnx.export(
            _Encoder().eval(), (ids,), str(full), input_names=["ids"], output_names=["states"],
            dynamic_axes=axes,
            opset_version=17, dynamo=False,
        )  # fmt: skip
        quantize_dynamic(
            full, path, weight_type=QuantType.QInt8, per_channel=True,
            op_types_to_quantize=["MatMul", "Gather"], extra_options={"MatMulConstBOnly": True},
        )  # fmt: skip
