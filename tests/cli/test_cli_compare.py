"""``saydo compare``: what a researcher sees in the terminal, and the exit codes."""

from __future__ import annotations

import shlex
import shutil
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def export(saydo, case: Path, format: str, path: Path) -> Path:  # type: ignore[no-untyped-def]
    result = saydo("export", "--case", case, "--format", format, "-o", path)
    assert result.exit_code == 0, result.output
    return path


def test_a_case_is_compared_and_the_page_and_tables_are_written(saydo, made: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    file = export(saydo, made / "case", "polecat", tmp_path / "polecat.tsv")
    result = saydo("compare", "--case", made / "case", file, "-o", tmp_path / "out")
    assert "beside POLECAT" in result.output and "Neither is the truth" in result.output
    assert "in both" in result.output and "events that both have" in result.output
    assert (tmp_path / "out/index.html").is_file() and (tmp_path / "out/matches.csv").is_file()
    assert result.exit_code in (0, 3), result.output
    assert (result.exit_code == 3) == ("could not be read" in result.output)


def test_several_data_sets_get_a_folder_each(saydo, made: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    files = [export(saydo, made / "case", f, tmp_path / f"{f}.tsv") for f in ("polecat", "icews")]
    saydo("compare", "--case", made / "case", *files, "-o", tmp_path / "out")
    assert (tmp_path / "out/polecat/index.html").is_file() and (tmp_path / "out/icews/index.html").is_file()


def test_a_file_that_is_none_of_them_is_one_line_and_exit_code_1(saydo, made: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "other.csv"
    path.write_text("name,age\nx,1\n", encoding="utf-8")
    for file in (path, tmp_path / "missing.csv"):
        result = saydo("compare", "--case", made / "case", file)
        assert result.exit_code == 1
        assert result.output.startswith("saydo: ") and len(result.output.splitlines()) == 1


def test_rows_that_cannot_be_read_are_listed_and_exit_code_3(saydo, made: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    file = export(saydo, made / "case", "polecat", tmp_path / "polecat.tsv")
    lines = file.read_text(encoding="utf-8").splitlines()
    file.write_text("\n".join([*lines, "cut\toff", ""]), encoding="utf-8")
    result = saydo("compare", "--case", made / "case", file)
    assert result.exit_code == 3
    assert f"polecat.tsv, line {len(lines) + 1}: has 2 cells, the head line has 40" in result.output


@pytest.mark.parametrize("guide", ["compare", "evaluate"])
def test_the_commands_of_the_guides_run_as_written(  # type: ignore[no-untyped-def]
    saydo, made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, guide: str
) -> None:
    shutil.copytree(made / "case", tmp_path / "delta")
    export(saydo, made / "case", "acled", tmp_path / "acled.csv")
    table = export(saydo, made / "case", "ucdp", tmp_path / "ucdp.csv")
    with zipfile.ZipFile(tmp_path / "GEDEvent_v25_1.zip", "w") as archive:
        archive.write(table, "GEDEvent_v25_1.csv")
    monkeypatch.chdir(tmp_path)
    page = (ROOT / f"docs/guide/{guide}.md").read_text(encoding="utf-8")
    lines = [line.strip() for line in page.splitlines() if line.startswith("    saydo ")]
    assert lines
    for line in lines:
        result = saydo(*shlex.split(line)[1:])
        assert result.exit_code in (0, 3), f"{line}: {result.output}"
    written = {"compare": "comparison/index.html", "evaluate": "reviewed/manifest.json"}
    assert Path(written[guide]).is_file()


def test_the_guide_names_every_file_that_is_written(saydo, made: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    file = export(saydo, made / "case", "polecat", tmp_path / "polecat.tsv")
    saydo("compare", "--case", made / "case", file, "-o", tmp_path / "out")
    page = (ROOT / "docs/guide/compare.md").read_text(encoding="utf-8")
    for path in (tmp_path / "out").iterdir():
        assert f"`{path.name}`" in page
