"""`saydo example`: the reports to try saydo on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from click.testing import Result

Saydo = Callable[..., Result]
ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "examples" / "alay-corridor"


def test_the_example_is_written_whole_and_says_that_it_is_invented(saydo: Saydo, tmp_path: Path) -> None:
    result = saydo("example", tmp_path / "new" / "reports")
    assert result.exit_code == 0 and "invented" in result.stderr
    written = {path.name: path.read_bytes() for path in (tmp_path / "new" / "reports").iterdir()}
    assert written == {path.name: path.read_bytes() for path in SOURCE.iterdir()}


def test_nothing_is_laid_over_what_is_there(saydo: Saydo, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("my own")
    result = saydo("example", tmp_path)
    assert result.exit_code == 1
    assert result.stderr == f"saydo: {tmp_path} is there already; name another folder\n"
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_folder_that_cannot_be_written_is_told_in_a_line(saydo: Saydo, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = saydo("example", tmp_path / "file" / "below")
    assert result.exit_code == 1 and len(result.stderr.splitlines()) == 1
