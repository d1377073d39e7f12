"""A coder and a case that take no time to make."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import api_reader
import matplotlib
import pytest

import saydo
from saydo import desk

matplotlib.use("agg")


@pytest.fixture(scope="session")
def coder() -> saydo.Coder:
    return saydo.load("api_reader:reader")


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case of four reports: a vow, the deed, the deed once more, and nothing."""
    folder = tmp_path_factory.mktemp("interface")
    reports = folder / "reports"
    reports.mkdir()
    for name, day, text in (
        ("vow", "2013-05-20", api_reader.VOW),
        ("deed", "2013-06-05", api_reader.DEED),
        ("again", "2013-06-06", api_reader.AGAIN),
        ("calm", "2013-06-07", api_reader.CALM),
    ):
        head = f"---\ntitle: About the {name}\ndate: {day}\npublisher: Ouham Post\n---\n"
        (reports / f"{name}.md").write_text(f"{head}{text}\n", encoding="utf-8")
    desk.run([str(reports)], folder / "case", api_reader.reader(), desk.load_codebook())
    return folder / "case"


@pytest.fixture
def case(place: Path) -> Iterator[saydo.Case]:
    with saydo.Case.open(place) as opened:
        yield opened
