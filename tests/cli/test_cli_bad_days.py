"""Bad input and bad disks, on the whole program: a clear line for each, and nothing lost."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from cli_reader import DEED, DULL, VOW
from typer.testing import CliRunner

from saydo.cli.main import app
from saydo.store import SqliteStore

GOOD = "The army attacked the rebels near Osh on 4 May 2019."


def bad_inputs(place: Path) -> dict[str, str]:
    """One bad input of each sort, and what its line must say."""
    place.mkdir()
    (place / "empty.txt").write_bytes(b"")
    (place / "long.txt").write_bytes(b"rebels attacked the town and " * (50_000_000 // 29))
    (place / "binary.txt").write_bytes(bytes(range(256)) * 100)
    (place / "cut.txt.gz").write_bytes(gzip.compress(GOOD.encode() * 1000)[:60])
    (place / "locked.pdf").write_bytes(Path(__file__).with_name("locked.pdf").read_bytes())
    lines = [json.dumps({"id": "a", "text": GOOD}), '{"id": "b", "te', '{"id": "a", "text": "Another."}']
    (place / "mixed.jsonl").write_text("\n".join(lines) + "\n")
    (place / "emoji.txt").write_text("🚀🔥🔥 🚀")
    (place / "right to left.txt").write_text("قالت الحكومة إن الهجوم وقع في المدينة صباح الأحد")
    return {
        "empty.txt": "is empty (0 bytes)",
        "long.txt": "over the limit of",
        "binary.txt": "holds binary data",
        "cut.txt.gz": "the gzip file is cut short",
        "locked.pdf": "password",
        "mixed.jsonl:2": "broken JSON",
        "mixed.jsonl:3": "its id 'a' is already that of another report",
        "emoji.txt": "no words",
        "right to left.txt": "letters are arabic",
    }


@pytest.mark.model
def test_every_bad_input_has_its_line_and_the_good_are_coded(tmp_path: Path) -> None:
    """With the real reader. What is in a wrong encoding is read all the same."""
    inbox = tmp_path / "inbox"
    expected = bad_inputs(inbox)
    (inbox / "latin.txt").write_bytes(
        "The café in Osh was shelled, the mayor’s office said.".encode("cp1252")
    )
    result = CliRunner().invoke(app, ["run", str(inbox), "--case", str(tmp_path / "case")])
    assert result.exit_code == 3, result.output
    told = [line.strip() for line in result.stderr.splitlines()]
    assert told[0] == f"saydo: skipped {len(expected)}:"
    for name, reason in expected.items():
        (line,) = [line for line in told if line.split(": ")[0].endswith("/" + name)]
        assert reason in line
    with SqliteStore.for_reading(tmp_path / "case") as store:
        texts = {Path(d.origin).name: d.text for d in store.view().documents}
        assert texts["mixed.jsonl:1"] == GOOD
        assert "café" in texts["latin.txt"]
        assert store.tally().events > 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes that can be made larger."""
    place = tmp_path / "small"
    place.mkdir()
    if shutil.which("mount") is None or sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("a tmpfs can be mounted on Linux by root only")
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(place)],
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode:
        pytest.skip(f"no tmpfs can be mounted here: {made.stderr.strip()}")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def many(place: Path) -> Path:
    """Enough reports to fill a small disk: each is the same few words, kept with long originals."""
    lines = [
        {"id": f"r{n}", "text": (VOW, DEED, DULL)[n % 3], "padding": f"{n} " + "x" * 9000} for n in range(120)
    ]
    path = place / "many.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


def test_a_full_disk_stops_a_run_that_goes_on_when_there_is_room(
    saydo, small_disk: Path, tmp_path: Path
) -> None:
    """One line, exit code 1; after room was made the same command ends with the case of an undisturbed run."""
    inputs = many(tmp_path)
    full = saydo("run", inputs, "--case", small_disk / "case")
    assert full.exit_code == 1, full.output
    assert full.stderr.count("\n") == 1
    assert "the disk is full; free some space and run the same command again" in full.stderr
    subprocess.run(["mount", "-o", "remount,size=40m", str(small_disk)], check=True)
    assert saydo("run", inputs, "--case", small_disk / "case").exit_code == 0
    assert saydo("run", inputs, "--case", tmp_path / "peace").exit_code == 0
    with (
        SqliteStore.for_reading(small_disk / "case") as one,
        SqliteStore.for_reading(tmp_path / "peace") as other,
    ):
        assert one.dump() == other.dump()


def test_a_full_disk_stops_workers_too(saydo, small_disk: Path, tmp_path: Path) -> None:
    """One line, and none of them left; with room the same command goes on."""
    inputs = many(tmp_path)
    full = saydo("run", inputs, "--case", small_disk / "case", "--workers", "2")
    assert full.exit_code == 1, full.output
    assert full.stderr.count("\n") == 1
    assert "the disk is full" in full.stderr
    subprocess.run(["mount", "-o", "remount,size=40m", str(small_disk)], check=True)
    assert saydo("run", inputs, "--case", small_disk / "case", "--workers", "2").exit_code == 0
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    shut = saydo("run", inputs, "--case", small_disk / "case")
    assert shut.exit_code == 1
    assert shut.stderr.count("\n") == 1
    assert "cannot be written here" in shut.stderr


def test_a_full_disk_under_an_output_file_keeps_what_was_done(
    saydo, small_disk: Path, tmp_path: Path
) -> None:
    """The part that was written stays under another name; no file looks whole that is not."""
    lines = [{"id": f"r{n} " + "y" * 900, "text": DULL} for n in range(3000)]
    inputs = tmp_path / "many.jsonl"
    inputs.write_text("".join(json.dumps(line) + "\n" for line in lines))
    out = small_disk / "out.jsonl"
    result = saydo("code", inputs, "-o", out)
    assert result.exit_code == 1
    assert "the disk is full" in result.stderr
    assert "what was done so far is in" in result.stderr
    assert not out.exists()
    first = (small_disk / "out.jsonl.part").open(encoding="utf-8").readline()
    assert json.loads(first)["text_sha256"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_killed_program_goes_on_where_it_stopped(saydo, tmp_path: Path, workers: str) -> None:
    """``saydo run`` itself, killed twice while it codes and then left in peace."""
    inputs = many(tmp_path)
    case = tmp_path / "case"
    call = [
        sys.executable, "-c", "from saydo.cli.main import app; app()", "run", str(inputs), "--case", str(case),
        "--reader", "cli_reader:reader", "--workers", workers,
    ]  # fmt: skip
    slow = environment("0.05")
    coded = 0
    for _ in range(2):
        with subprocess.Popen(call, env=slow, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
            while count(case) < coded + 10:
                assert child.poll() is None, child.stderr.read() if child.stderr else ""
                time.sleep(0.05)
            child.kill()
        assert child.returncode == -signal.SIGKILL
        assert not (case / "report.html").exists()
        coded = count(case)
    assert coded < 120
    for folder in (case, tmp_path / "peace"):
        done = saydo("run", inputs, "--case", folder)
        assert done.exit_code == 0, done.output
    with SqliteStore.for_reading(case) as one, SqliteStore.for_reading(tmp_path / "peace") as other:
        assert one.dump() == other.dump()


def environment(seconds: str) -> dict[str, str]:
    """That of a program whose reader takes so long over each report."""
    places = os.pathsep.join([str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")])
    return {**os.environ, "PYTHONPATH": places, "SAYDO_TEST_SECONDS": seconds}


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no SIGINT to a group")
@pytest.mark.parametrize("workers", ["1", "2"])
def test_ctrl_c_ends_with_a_line_and_keeps_what_was_done(tmp_path: Path, workers: str) -> None:
    """As the terminal sends it: to the program and to all of its processes at once."""
    inputs, out = many(tmp_path), tmp_path / "out.jsonl"
    call = [
        sys.executable, "-c", "from saydo.cli.main import app; app()", "code", str(inputs), "-o", str(out),
        "--reader", "cli_reader:reader", "--workers", workers,
    ]  # fmt: skip
    part = out.with_name("out.jsonl.part")
    with subprocess.Popen(
        call, env=environment("0.2"), stderr=subprocess.PIPE, text=True, start_new_session=True,
        # a job in the background is deaf to it, and so would be its children
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    ) as child:  # fmt: skip
        until = time.monotonic() + 60
        while not (part.exists() and part.stat().st_size) and time.monotonic() < until:
            time.sleep(0.05)
        os.killpg(child.pid, signal.SIGINT)
        _, told = child.communicate(timeout=60)
    assert child.returncode == 130
    assert told == f"saydo: stopped; what was done so far is in {part}\n"
    done = [json.loads(line)["id"] for line in part.read_text(encoding="utf-8").splitlines()]
    assert done == [f"r{n}" for n in range(len(done))]
    assert 0 < len(done) < 120
    with pytest.raises(ProcessLookupError):
        os.killpg(child.pid, 0)


def count(case: Path) -> int:
    """How many reports a case has coded so far."""
    if not (case / "case.db").exists():
        return 0
    with closing(sqlite3.connect(case / "case.db")) as db:
        if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'records'").fetchone():
            return 0
        return int(db.execute("SELECT count(*) FROM records").fetchone()[0])
