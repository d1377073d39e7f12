"""Asks the library of FollowTheMoney, which has an environment of its own, what it makes of entities.

One process answers all tests. Where the environment is not there the test that asks is skipped; in CI it fails.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

import pytest

PYTHON = Path(sys.prefix) / "ftm" / "bin" / "python"
LIBRARY = Path(__file__).with_name("ftm_library.py")

Entity = dict[str, Any]


def cleaned(entities: list[Entity]) -> list[dict[str, list[str]]]:
    """For each entity the properties that are left when every value is cleaned and checked."""
    answer: list[dict[str, list[str]]] = _ask("cleaned", entities)
    return answer


def sorts(entities: list[Entity]) -> list[dict[str, Any]]:
    """For each entity ``is``, its schema and all that this one extends, and ``properties``: for each property the
    schema to which it must lead, an empty word where it holds a value, None where the schema knows it not."""
    answer: list[dict[str, Any]] = _ask("sorts", entities)
    return answer


def _ask(question: str, entities: list[Entity]) -> Any:
    library = _library()
    assert library.stdin
    library.stdin.write(json.dumps({"ask": question, "entities": entities}) + "\n")
    library.stdin.flush()
    return _answer(library)


def _answer(library: subprocess.Popen[str]) -> Any:
    assert library.stdout
    line = library.stdout.readline()
    assert line, f"{LIBRARY.name} ended with exit code {library.wait()}"
    reply = json.loads(line)
    assert "error" not in reply, f"followthemoney: {reply['error']}"
    return reply["answer"]


@cache
def _library() -> subprocess.Popen[str]:
    if not PYTHON.exists():
        _lacking("followthemoney is not installed; `make test` does where it can")
    # alone: a PYTHONPATH of this environment would bring other packages
    library = subprocess.Popen(
        [str(PYTHON), "-I", str(LIBRARY)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="ascii",
    )  # fmt: skip
    atexit.register(_end, library)
    try:
        _answer(library)
    except AssertionError as error:
        _lacking(f"followthemoney does not start, remove {PYTHON.parents[1]} and run `make test`: {error}")
    return library


def _end(library: subprocess.Popen[str]) -> None:
    with library:
        library.kill()


def _lacking(reason: str) -> NoReturn:
    if os.environ.get("CI"):
        raise AssertionError(f"CI skips nothing: {reason}")
    pytest.skip(reason)
