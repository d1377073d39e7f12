"""What runs the model keeps to itself: ONNX Runtime's own builds report to their maker unless told not to."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.model
def test_reading_leaves_nothing_of_the_runtime_in_the_home_folder(tmp_path: Path) -> None:
    """Where its reports are on, the runtime keeps an identifier of the machine below the user's cache."""
    told = {
        name: value
        for name, value in os.environ.items()
        if name not in ("ORT_DISABLE_TELEMETRY", "XDG_CACHE_HOME")
    }
    call = "from saydo.cli.main import app; app()"
    asked = [sys.executable, "-c", call, "explain", "The mayor denied that police had fired."]
    subprocess.run(asked, check=True, capture_output=True, env={**told, "HOME": str(tmp_path)})
    left = [path.name.lower() for path in tmp_path.rglob("*")]
    assert not [name for name in left if "microsoft" in name or "onnxruntime" in name]


def test_nothing_else_loads_the_runtime() -> None:
    """So that none comes before the word that silences it."""
    found = []
    for path in sorted((ROOT / "src").rglob("*.py")):
        if "node_modules" in path.parts or path == ROOT / "src/saydo/reading/runtime.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            found += [
                f"{path.relative_to(ROOT)}: {name}" for name in names if name.split(".")[0] == "onnxruntime"
            ]
    assert not found
