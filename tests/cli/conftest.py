"""Running the command line, and reports to run it on."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_reader import DEED, DULL, VOW
from click.testing import Result
from typer.testing import CliRunner

from saydo.cli.main import app

READER = ["--reader", "cli_reader:reader"]
Saydo = Callable[..., Result]


def call(*arguments: str | Path, stdin: str | bytes | None = None) -> Result:
    """Calls ``saydo`` with arguments; commands that code get the reader of the tests."""
    given = [str(argument) for argument in arguments]
    coding = any(command in given[:2] for command in ("code", "run", "explain"))
    return CliRunner().invoke(app, [*given, *(READER if coding else [])], input=stdin)


def fill(place: Path) -> Path:
    """A folder with a vow, the deed that breaks it, and a dull report."""
    place.mkdir()
    lines = [
        {"id": "vow", "text": VOW, "date": "2019-05-03", "publisher": "Harbour Post"},
        {"id": "deed", "text": DEED, "date": "2019-05-10", "title": "Attack at the border"},
    ]
    (place / "wire.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    (place / "weather.txt").write_text(DULL)
    return place


@pytest.fixture(scope="session")
def saydo() -> Saydo:
    return call


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    return fill(tmp_path / "inbox")


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Inbox and case of a run, made once."""
    place = tmp_path_factory.mktemp("made")
    result = call("run", fill(place / "inbox"), "--case", place / "case")
    assert result.exit_code == 0, result.output
    return place


@pytest.fixture
def case(made: Path, tmp_path: Path) -> Path:
    """A copy of that case, to do with as one likes."""
    shutil.copytree(made / "case", tmp_path / "case")
    return tmp_path / "case"
