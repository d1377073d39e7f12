"""A real analysis, read closely by a person beforehand: how much of it saydo finds.

The article and its expected findings lie beside the checkout (``../shared``) and are not part of it; where
they are absent the test is skipped. ``check/article.py`` there says what counts as found.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from saydo.cli.main import app

SHARED = Path(__file__).resolve().parents[2] / "shared"
ARTICLE = SHARED / "articles" / "taliban-central-asia-2017.txt"
LEAST = {"actors": 22, "ties": 13, "events": 8, "statements": 11, "discrepancies": 3, "places": 8, "times": 8}

pytestmark = [
    pytest.mark.model,
    pytest.mark.shared,
    pytest.mark.skipif(not ARTICLE.is_file(), reason="../shared/articles is not beside this checkout"),
]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, int]:
    out = tmp_path_factory.mktemp("article") / "record.jsonl"
    result = CliRunner().invoke(app, ["code", str(ARTICLE), "--date", "2017-04-01", "-o", str(out)])
    assert result.exit_code == 0, result.output
    check = [sys.executable, str(SHARED / "check" / "article.py"), str(out), str(ARTICLE)]
    told = subprocess.run(
        [*check, str(ARTICLE.with_suffix(".expected.json"))], capture_output=True, text=True, check=True
    )
    return {kind: int(n) for kind, n in re.findall(r"^(\w+): (\d+)/\d+ found", told.stdout, re.MULTILINE)}


@pytest.mark.parametrize("kind", LEAST)
def test_the_careful_readers_findings_are_found(kind: str, found: dict[str, int]) -> None:
    assert found[kind] >= LEAST[kind]
