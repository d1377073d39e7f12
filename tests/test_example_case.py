"""The example case: what is planted in it is found, and its controls stay silent."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from saydo.cli.main import app
from saydo.export.tables import FORMATS

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "export"))

from export_readers import READERS  # noqa: E402

EXPECTED = json.loads((ROOT / "examples" / "expected.json").read_text(encoding="utf-8"))
PLANTED = EXPECTED["discrepancies"]

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Holds ``case``, the example as a user gets it."""
    folder = tmp_path_factory.mktemp("example")
    runner = CliRunner()
    ran = runner.invoke(
        app, ["run", str(ROOT / "examples" / "alay-corridor"), "--case", str(folder / "case")]
    )
    assert ran.exit_code == 0, ran.output
    assert (folder / "case" / "report.html").is_file()
    return folder


@pytest.fixture(scope="module")
def discrepancies(folder: Path) -> list[dict]:
    runner = CliRunner()
    out = folder / "found.jsonl"
    wanted = ["--what", "discrepancies", "--format", "jsonl", "-o", str(out)]
    exported = runner.invoke(app, ["export", "--case", str(folder / "case"), *wanted])
    assert exported.exit_code == 0, exported.output
    return [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]


def _is(planted: dict, found: dict) -> bool:
    """The kind is right and the poles stand in the planted reports: a report may say the same thing in two
    sentences, and either is a right pole."""
    return (
        found["kind"] in planted["kinds"]
        and planted["statement"]["document"] == found["statement"]["document"]
        and any(planted["against"]["document"] == pole["document"] for pole in found["against"])
    )


@pytest.mark.parametrize("planted", PLANTED, ids=lambda p: p["statement"]["quote"][:60])
def test_what_is_planted_is_found(planted: dict, discrepancies: list[dict]) -> None:
    assert any(_is(planted, found) for found in discrepancies)


def test_controls_stay_silent(discrepancies: list[dict]) -> None:
    controls = {control["document"] for control in EXPECTED["controls"]}
    assert controls
    named = {d["statement"]["document"] for d in discrepancies}
    named |= {pole["document"] for d in discrepancies for pole in d["against"]}
    assert not controls & named


def test_every_pole_is_quoted_in_full(discrepancies: list[dict]) -> None:
    for found in discrepancies:
        assert found["statement"]["quote"].strip()
        assert all(pole["quote"].strip() for pole in found["against"])
        assert found["explanation"].strip()


@pytest.mark.parametrize(
    ("format", "what"), [(name, what) for name, exporter in FORMATS.items() for what in exporter.tables]
)
def test_every_export_is_opened_by_a_reader_of_its_format(format: str, what: str, folder: Path) -> None:
    """And something is in it."""
    out = folder / f"out{FORMATS[format].extension}"
    asked = ["--case", str(folder / "case"), "--format", format, "--what", what, "-o", str(out)]
    exported = CliRunner().invoke(app, ["export", *asked])
    assert exported.exit_code == 0, exported.output
    assert READERS[format](out) > 0
