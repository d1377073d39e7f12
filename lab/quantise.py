"""Int8 arithmetic that knows no neighbours: a matrix product's result for a row depends on that row alone.

Weights are rounded column by column, activations row by row, each by its own largest value. The usual dynamic
quantisation rounds activations by the largest value of the whole batch, so that a sentence would read
otherwise beside other sentences; constants taken from sample sentences were tried and cost half a point of
attachment score.

Source of per-channel weights and integer products: Jacob et al., "Quantization and Training of Neural
Networks for Efficient Integer-Arithmetic-Only Inference" (CVPR 2018).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

Array = NDArray[Any]
_DOMAIN = "com.microsoft"
SMALLEST = 30_000
"""Weights of a product below which it stays as it is."""


def quantise(source: Path, target: Path) -> None:
    """Write the model ``source`` with int8 weights to ``target``, in one move."""
    model = onnx.load(str(source))
    _Rewriter(model).rewrite()
    fresh = target.with_suffix(".new")
    onnx.save(model, str(fresh))
    fresh.replace(target)


class _Rewriter:
    """Replaces products with large weights, and large tables of vectors, by their int8 counterparts."""

    def __init__(self, model: onnx.ModelProto) -> None:
        self._model = model
        self._weights = {i.name: i for i in model.graph.initializer}
        self._made: dict[str, onnx.TensorProto] = {}
        self._nodes: list[onnx.NodeProto] = []
        self._rounded: dict[str, str] = {}
        self._mostly_positive = {n.output[0] for n in model.graph.node if n.op_type == "Gelu"}
        """Results of GELU, which is never below -0.17."""
        self._middle_of: dict[str, str] = {}

    def rewrite(self) -> None:
        for node in self._model.graph.node:
            if node.op_type == "MatMul" and self._is_large(node.input[1]):
                self._product(node)
            elif node.op_type == "Gemm" and "layer" in node.name:
                self._rows_product(node)
            elif node.op_type == "Gather" and self._is_large(node.input[0]):
                self._table(node)
            else:
                self._nodes.append(node)
        graph = self._model.graph
        used = {name for node in self._nodes for name in node.input}
        kept = [i for i in graph.initializer if i.name in used]
        del graph.initializer[:], graph.node[:]
        graph.initializer.extend([*kept, *self._made.values()])
        graph.node.extend(self._nodes)
        self._model.opset_import.append(helper.make_opsetid(_DOMAIN, 1))

    def _is_large(self, name: str) -> bool:
        return name in self._weights and int(np.prod(self._weights[name].dims)) >= SMALLEST

    def _const(self, name: str, value: Array) -> str:
        self._made.setdefault(name, numpy_helper.from_array(np.asarray(value), name))
        return name

    def _node(
        self, kind: str, inputs: Sequence[str], output: str, domain: str = "", **attributes: Any
    ) -> str:
        self._nodes.append(helper.make_node(kind, list(inputs), [output], domain=domain, **attributes))
        return output

    def _product(self, node: onnx.NodeProto) -> None:
        """``x @ weights``, whatever the shape of ``x``."""
        weights = numpy_helper.to_array(self._weights[node.input[1]])
        self._multiplied(node, self._by_row(node.input[0]), weights, node.output[0])

    def _rows_product(self, node: onnx.NodeProto) -> None:
        """``x @ weights.T + bias`` where ``x`` is a table of rows."""
        weights = numpy_helper.to_array(self._weights[node.input[1]]).T
        name = f"{_plain(node.name)}.scaled"
        self._multiplied(node, self._table_by_row(node), weights, name)
        bias = numpy_helper.to_array(self._weights[node.input[2]])
        # Not as a vector: ONNX Runtime would join it with what follows to operators that are slower.
        self._node("Add", [name, self._const(f"{_plain(node.name)}.bias", bias[None])], node.output[0])

    def _multiplied(self, node: onnx.NodeProto, x: str, weights: Array, output: str) -> None:
        name = _plain(node.name)
        whole, scale = rounded(weights, axis=0)
        inputs = [
            x, self._const(f"{name}.int8", whole), self._one(), self._const(f"{name}.scale", scale[0]),
            self._middle(),
        ]  # fmt: skip
        product = self._node("MatMulIntegerToFloat", inputs, f"{name}.product", _DOMAIN)
        self._node("Mul", [product, f"{node.input[0]}.row"], output)

    def _by_row(self, x: str) -> str:
        """The activation rounded row by row; ``x.row`` is what a row was divided by."""
        if x not in self._rounded:
            even = self._node("Div", [x, self._row(x)], f"{x}.even")
            self._rounded[x] = self._node("QuantizeLinear", [even, self._one(), self._middle()], f"{x}.uint8")
        return self._rounded[x]

    def _table_by_row(self, node: onnx.NodeProto) -> str:
        """The same of a table of rows, in one operator: ONNX divides each by its own number only there."""
        x = node.input[0]
        if x not in self._rounded:
            rows = self._node("Squeeze", [self._row(x), self._last()], f"{x}.rows")
            inputs = [x, rows, self._middles(node.name.split("/")[1].split(".")[0], rows)]
            self._rounded[x] = self._node("QuantizeLinear", inputs, f"{x}.uint8", axis=0)
        return self._rounded[x]

    def _middles(self, layers: str, rows: str) -> str:
        """The zero point once for each row; the tables of all layers of a kind have equally many."""
        if layers not in self._middle_of:
            middle = numpy_helper.from_array(np.array([128], np.uint8))
            count = self._node("Shape", [rows], f"{layers}.count")
            self._middle_of[layers] = self._node("ConstantOfShape", [count], f"{layers}.middle", value=middle)
        return self._middle_of[layers]

    def _row(self, x: str) -> str:
        """What each row is divided by: a share of the largest of its numbers, signs left aside."""
        if x in self._mostly_positive:
            most = self._node("ReduceMax", [x, self._last()], f"{x}.most")
            largest = self._node(
                "Max", [most, self._const("int8.gelu", np.array(0.17, np.float32))], f"{x}.largest"
            )
        else:
            largest = self._node(
                "ReduceMax", [self._node("Abs", [x], f"{x}.abs"), self._last()], f"{x}.largest"
            )
        part = self._const("int8.part", np.array(1 / 127, np.float32))
        tiny = self._const("int8.tiny", np.array(1e-9, np.float32))
        return self._node("Add", [self._node("Mul", [largest, part], f"{x}.part"), tiny], f"{x}.row")

    def _last(self) -> str:
        return self._const("int8.last", np.array([-1]))

    def _one(self) -> str:
        return self._const("int8.one", np.array(1, np.float32))

    def _middle(self) -> str:
        return self._const("int8.middle", np.array(128, np.uint8))

    def _table(self, node: onnx.NodeProto) -> None:
        """A table of vectors, rounded row by row."""
        name = _plain(node.name)
        whole, scale = rounded(numpy_helper.to_array(self._weights[node.input[0]]), axis=1)
        rows = self._node(
            "Gather", [self._const(f"{name}.int8", whole), node.input[1]], f"{name}.rows", axis=0
        )
        wide = self._node("Cast", [rows], f"{name}.wide", to=TensorProto.FLOAT)
        scales = self._node(
            "Gather", [self._const(f"{name}.scale", scale), node.input[1]], f"{name}.scales", axis=0
        )
        self._node("Mul", [wide, scales], node.output[0])


def rounded(weights: Array, axis: int) -> tuple[Array, Array]:
    """The weights as whole numbers from -127 to 127, and what to multiply them with; one scale for what lies
    along ``axis``."""
    scale = np.maximum(np.abs(weights).max(axis=axis, keepdims=True) / 127, 1e-9).astype(np.float32)
    return np.clip(np.round(weights / scale), -127, 127).astype(np.int8), scale


def _plain(name: str) -> str:
    return name.replace("/", "_").strip("_")
