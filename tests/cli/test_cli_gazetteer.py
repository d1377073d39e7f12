"""``saydo gazetteer build``, and the index in use."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
VILLAGE = "90000501 Mtakuja Mtakuja  -3.25 38.75 P PPL KE  05    640  700 Africa/Nairobi 2021-03-04".replace(
    " ", "\t"
)
RAID = "Gunmen raided Mtakuja."
READER = f'''
from saydo.reading.scripted import ScriptedReader

RAID = """
1 Gunmen gunman NOUN 2 nsubj
2 raided raid VERB 0 root
3 Mtakuja Mtakuja PROPN 2 obj
4 . . PUNCT 2 punct
# mention 1 group
# mention 3 place named
"""

def reader() -> ScriptedReader:
    return ScriptedReader({{{RAID!r}: RAID}}, version="scripted for a village")
'''


@pytest.fixture
def index(saydo, tmp_path: Path) -> Path:
    dump = tmp_path / "KE.txt"
    dump.write_text(VILLAGE + "\n", encoding="utf-8")
    result = saydo("gazetteer", "build", dump, "--output", tmp_path / "deep" / "ke.sqlite")
    assert result.exit_code == 0, result.output
    assert "1 places" in result.stdout
    return tmp_path / "deep" / "ke.sqlite"


def code(text: str, gazetteer: Path | str, tmp_path: Path) -> subprocess.CompletedProcess[str]:
    """Codes a text in a process of its own, as a user with SAYDO_GAZETTEER set does."""
    given = tmp_path / "given.jsonl"
    given.write_text(json.dumps({"id": "a", "text": text}) + "\n", encoding="utf-8")
    environment = {**os.environ, "SAYDO_GAZETTEER": str(gazetteer)}
    environment["PYTHONPATH"] = os.pathsep.join([str(ROOT / "src"), str(tmp_path)])
    (tmp_path / "village_reader.py").write_text(READER, encoding="utf-8")
    program = "from saydo.cli.main import app; app()"
    return subprocess.run(
        [sys.executable, "-c", program, "code", str(given), "--reader", "village_reader:reader"],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_coding_takes_places_from_the_index(index: Path, tmp_path: Path) -> None:
    """The village is a place, with where it lies, and the record says which dump it comes from."""
    with_index, without = code(RAID, index, tmp_path), code(RAID, "", tmp_path)
    assert with_index.returncode == without.returncode == 0, with_index.stderr
    found, before = json.loads(with_index.stdout), json.loads(without.stdout)
    village = next(p for p in found["places"] if p["text"] == "Mtakuja")
    assert (village["lat"], village["lon"], village["country"]) == (-3.25, 38.75, "KEN")
    assert village["geonames_id"] == 90000501
    assert not any(p["lat"] for p in before["places"] if p["text"] == "Mtakuja")
    assert "+places." in found["coder"]["version"]
    assert "+places." not in before["coder"]["version"]


@pytest.mark.parametrize("kind", ["missing", "text"])
def test_an_index_that_is_none_is_told_before_anything_is_coded(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "places.sqlite"
    if kind == "text":
        path.write_text("no database at all, " * 100)
    result = code(RAID, path, tmp_path)
    assert result.returncode == 1
    assert str(path) in result.stderr
    assert "saydo gazetteer build" in result.stderr
    assert result.stdout == ""


def test_bad_lines_are_listed_and_exit_with_3(saydo, tmp_path: Path) -> None:
    dump = tmp_path / "KE.txt"
    dump.write_text(f"what is this\n{VILLAGE}\n", encoding="utf-8")
    result = saydo("gazetteer", "build", dump, "-o", tmp_path / "ke.sqlite")
    assert result.exit_code == 3
    assert "line 1: has 1 columns, not 19" in result.stderr
    assert (tmp_path / "ke.sqlite").is_file()


@pytest.mark.parametrize("given", ["absent.txt", "empty.txt", "broken.zip"])
def test_what_is_no_dump_leaves_no_index(saydo, tmp_path: Path, given: str) -> None:
    """One line says so, and an index that was there stays as it was."""
    dump, out = tmp_path / given, tmp_path / "ke.sqlite"
    if given != "absent.txt":
        dump.write_bytes(b"PK\x03\x04 torn" if given == "broken.zip" else b"")
    out.write_text("the old one")
    result = saydo("gazetteer", "build", dump, "-o", out)
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
    assert str(dump) in result.stderr
    assert out.read_text() == "the old one"
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(
        {out.name, *([given] if dump.exists() else [])}
    )
