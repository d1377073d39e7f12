"""Inputs and outputs of the tests of shards."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from cli_reader import DEED, DULL, VOW

TEXTS = (VOW, DEED, DULL)
COMMAND = [sys.executable, "-c", "from saydo.cli.main import app; app()", "code"]
READER = ["--reader", "shard_reader:reader"]


def write_wire(path: Path, count: int, first: int = 0, title: str = "") -> Path:
    """A wire of reports that the reader of the tests knows, now and then one that it cannot code."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as out:
        for n in range(first, first + count):
            text = "Never read before." if n % 37 == 5 else TEXTS[n % 3]
            date = f"20{10 + n % 4}-05-{1 + n % 28:02}"
            told = {"id": f"r{n}", "text": text, "date": date, "title": title, "padding": "x" * (n % 7)}
            out.write(json.dumps(told) + "\n")
    return path


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def manifest(folder: Path) -> dict[str, object]:
    told: dict[str, object] = json.loads((folder / "_manifest.json").read_text(encoding="utf-8"))
    return told


def records(folder: Path) -> list[dict[str, object]]:
    """All records, in the order of the manifest."""
    shards = manifest(folder)["shards"]
    assert isinstance(shards, list)
    names = [file["file"] for shard in shards for file in shard["files"]]
    return [json.loads(line) for name in names for line in (folder / name).read_text("utf-8").splitlines()]


def start(*arguments: str | Path, **environment: str) -> subprocess.Popen[str]:
    """``saydo code`` with the reader of the tests, in a process of its own."""
    paths = os.pathsep.join(filter(None, sys.path))
    return subprocess.Popen(
        [*COMMAND, *READER, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PYTHONPATH": paths, **environment},
    )


def call(*arguments: str | Path, **environment: str) -> tuple[int, str]:
    """The same to its end: exit code and all that it said."""
    process = start(*arguments, **environment)
    said, _ = process.communicate(timeout=300)
    return process.returncode, said


def until(true: Callable[[], bool], process: subprocess.Popen[str], seconds: float = 180) -> None:
    """Waits for something to come true while a program runs."""
    last = time.monotonic() + seconds
    while not true():
        if process.poll() is not None:
            raise AssertionError(f"it ended too early: {process.communicate()[0]}")
        if time.monotonic() > last:
            kill(process)
            raise AssertionError(f"nothing came of it: {process.communicate()[0]}")
        time.sleep(0.02)


def done(output: Path) -> list[Path]:
    """The shards that are done so far."""
    return sorted((output / "_shards").glob("*.json"))


def kill(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGKILL)
    process.wait()
