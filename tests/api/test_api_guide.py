"""The guide to Python does what it says."""

from __future__ import annotations

import re
from pathlib import Path

import matplotlib
import pytest

import saydo

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "guide" / "python.md"


@pytest.mark.model
@pytest.mark.slow
def test_the_snippets_of_the_guide_run(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One after the other, as a reader of the page would run them, in a folder beside the example case; and
    what they print is what the page leads one to expect."""
    matplotlib.use("agg")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    snippets = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.S)
    assert len(snippets) > 8
    names: dict[str, object] = {}
    for snippet in snippets:
        exec(compile(snippet, PAGE.name, "exec"), names)
    said = capsys.readouterr().out
    assert re.search(r"ASSAULT +positive +Sary Council \(2018-06-14\)", said)
    assert "box 4 1 events" in said and "box 5 it is no text but nothing" in said
    assert said.count("  against:") == 3
    assert re.search(r"<\d+ events> in which the Highland Front takes part", said)
    assert "Vakhsh Brigade" in said
    report = names["report"]
    assert isinstance(report, saydo.Report)
    for file in ("where.png", "events.csv", "network.gexf"):
        assert (tmp_path / file).stat().st_size > 1000
