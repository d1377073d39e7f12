"""ONNX Runtime, silenced. Its own builds report their use to their maker over the network unless they are
told not to before they are first loaded; saydo sends nothing anywhere. Import ``onnxruntime`` from here and
from nowhere else."""

from __future__ import annotations

import os

# Before the library is loaded: then it makes no identifier of this machine, no queue and no sender. Workers
# inherit it.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import onnxruntime

# Where something else of this process had loaded it before: what can still be stopped is.
onnxruntime.disable_telemetry_events()

__all__ = ["onnxruntime"]
