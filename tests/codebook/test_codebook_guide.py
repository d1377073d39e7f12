"""What the guide to the codebook shows is what happens."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from saydo.cli.main import app
from saydo.codebook import load
from saydo.codebook.checks import _ARGUMENT, _CONTENT
from saydo.codebook.entries import Unit

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "docs/guide/codebook.md").read_text(encoding="utf-8")
EXAMPLE = ROOT / "examples/relief-codebook"


def commands() -> list[list[str]]:
    """The words of each command that the guide shows."""
    lines = [line.strip() for line in GUIDE.splitlines() if line.startswith("    saydo ")]
    return [shlex.split(line, comments=True)[1:] for line in lines]


def call(words: list[str], case: Path) -> Result:
    given = [str(case) if word == "alay" else word for word in words]
    given = [str(ROOT / word) if word.startswith("examples/") else word for word in given]
    return CliRunner().invoke(app, given)


@pytest.mark.model
def test_the_commands_of_the_guide_run_in_their_order_and_print_what_it_says(tmp_path: Path) -> None:
    assert len(commands()) == 8
    printed = ""
    for words in commands():
        if "--all" in words:  # every example of the codebook is tried elsewhere
            continue
        result = call(words, tmp_path / "alay")
        assert result.exit_code == 0, (words, result.output)
        printed += result.stdout
    (shown,) = re.findall(r"```text\n(.*?)```", GUIDE, re.S)
    for line in shown.splitlines():
        assert line in printed.splitlines()


def test_the_example_adds_a_mode_and_a_context_and_extends_a_type() -> None:
    book, shipped = load(EXAMPLE), load()
    assert set(book.modes) - set(shipped.modes) == {"ASSAULT.relief"}
    assert set(book.contexts) - set(shipped.contexts) == {"relief"}
    assert all(unit in book.events["COERCE"].units for unit in shipped.events["COERCE"].units)
    assert book.events["COERCE"].units[0].verb[0] == "turn back"


def test_the_entry_in_the_guide_is_a_codebook(tmp_path: Path) -> None:
    (shown,) = re.findall(r"```yaml\n(.*?)```", GUIDE, re.S)
    (tmp_path / "events").mkdir()
    (tmp_path / "events/COERCE.yaml").write_text(shown, encoding="utf-8")
    assert load(tmp_path).events["COERCE"].units[0].verb == ("turn back", "hold up")


def test_the_guide_explains_every_key_of_a_unit_and_every_argument() -> None:
    explained = set(re.findall(r"`([^`\n]+)`", GUIDE))
    assert set(Unit.model_fields) - {"name", "casualty"} <= explained
    for name in ("subj", "obj", "comp>obj", "advmod", "under", "instance", "obl:on\\|at"):
        assert name in explained and _ARGUMENT.fullmatch(name.replace("\\", ""))
    assert _CONTENT.fullmatch("clause") and not _ARGUMENT.fullmatch("clause")
