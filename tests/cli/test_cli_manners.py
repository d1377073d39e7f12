"""How the command line behaves: speed of help, exit codes, one-line errors, pipes, signals, terminals."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from cli_reader import DEED, VOW
from typer.testing import CliRunner

from saydo import __version__
from saydo.cli.main import EPILOG, app
from saydo.model.records import Record

HERE = Path(__file__).parent
COMMANDS = ("code", "run", "show", "export", "explain", "version", "schema")


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-c", "from saydo.cli.main import app; app()", *map(str, arguments)]


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(HERE), "NO_COLOR": "1", **more}


def test_help_loads_nothing_heavy() -> None:
    """So help is there at once: nothing that reads, codes or draws is imported for it."""
    code = (
        "import sys\ntry:\n    from saydo.cli.main import app; app()\nfinally:\n"
        "    print(*sorted({m.split('.')[0] for m in sys.modules}), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "--help"], capture_output=True, text=True, env=environment(), check=True
    )
    loaded = set(done.stderr.split())
    assert not loaded & {"numpy", "onnxruntime", "pydantic", "yaml", "jinja2", "httpx", "sqlite3", "lxml"}


def test_every_command_has_help_with_the_exit_codes() -> None:
    for name in COMMANDS:
        result = CliRunner().invoke(app, [name, "--help"])
        assert result.exit_code == 0
        if name not in ("version", "schema"):
            assert " ".join(EPILOG.split()) in " ".join(result.stdout.split())
    listed = CliRunner().invoke(app, ["--help"]).stdout
    assert all(f"  {name} " in listed for name in COMMANDS)
    assert "..." not in listed.split("Commands:")[1], "a summary was cut off"


def test_the_version_is_told_both_ways() -> None:
    for arguments in (["--version"], ["version"]):
        result = CliRunner().invoke(app, arguments)
        assert (result.exit_code, result.stdout) == (0, f"saydo {__version__}\n")


def test_the_schema_is_that_of_the_record() -> None:
    result = CliRunner().invoke(app, ["schema"])
    assert result.exit_code == 0
    schema = json.loads(result.stdout)
    assert list(schema["properties"]) == list(Record.model_fields)
    assert schema["additionalProperties"] is False


@pytest.mark.parametrize(
    "arguments", [[], ["dance"], ["run", "x"], ["code"], ["show", "events"], ["code", "x", "--loud"],
                  ["show", "events", "--case", "x", "--limit", "0"]],
)  # fmt: skip
def test_a_wrong_call_is_exit_code_2(arguments: list[str]) -> None:
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 2
    assert "Traceback" not in result.output


def test_an_error_is_one_line_and_debug_shows_where_it_comes_from(tmp_path: Path) -> None:
    call = ["show", "events", "--case", str(tmp_path)]
    done = subprocess.run(command(*call), capture_output=True, text=True, env=environment(), check=False)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert done.stderr.startswith("saydo: ")
    debug = subprocess.run(
        command("--debug", *call), capture_output=True, text=True, env=environment(), check=False
    )
    assert debug.returncode == 1
    assert "Traceback" in debug.stderr
    assert "StoreError" in debug.stderr


def test_a_fault_of_saydo_itself_is_one_line_too(saydo, tmp_path: Path) -> None:
    """Nobody should meet a traceback that did not ask for one."""
    book = tmp_path / "book"
    book.mkdir()
    (book / "actors").mkdir()
    (book / "actors" / "bad.yaml").write_bytes(b"\xff\xfe\x00bad")
    result = saydo("code", "-", "--codebook", book, stdin="")
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert "Traceback" not in result.stderr


def test_output_is_utf_8_whatever_the_system_says(tmp_path: Path) -> None:
    """On Windows or with LANG=C a redirected output would otherwise be something else."""
    (tmp_path / "in.jsonl").write_text(json.dumps({"id": "Ошка", "text": VOW}) + "\n")
    done = subprocess.run(
        command("code", tmp_path / "in.jsonl", "--reader", "cli_reader:reader"),
        capture_output=True, env=environment(PYTHONIOENCODING="ascii", LC_ALL="C", PYTHONUTF8="0"), check=True,
    )  # fmt: skip
    assert json.loads(done.stdout.decode("utf-8"))["id"] == "Ошка"
    assert b"\r" not in done.stdout


def test_standard_error_is_quiet_where_it_is_no_terminal(tmp_path: Path) -> None:
    (tmp_path / "in.txt").write_text(DEED)
    done = subprocess.run(
        command("run", tmp_path / "in.txt", "--case", tmp_path / "case", "--reader", "cli_reader:reader"),
        capture_output=True, text=True, env=environment(), check=True,
    )  # fmt: skip
    assert done.stderr == ""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals")
def test_a_terminal_gets_a_bar_with_rate_and_time_left(tmp_path: Path) -> None:
    import pty

    (tmp_path / "in.jsonl").write_text(
        "".join(json.dumps({"id": str(n), "text": VOW}) + "\n" for n in range(12))
    )
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        command("run", tmp_path / "in.jsonl", "--case", tmp_path / "case", "--reader", "cli_reader:reader"),
        stdout=subprocess.DEVNULL, stderr=theirs,
        env=environment(SAYDO_TEST_SECONDS="0.15", TERM="xterm", COLUMNS="140"),
    ) as child:  # fmt: skip
        os.close(theirs)
        seen = b""
        while True:
            try:
                data = os.read(ours, 65536)
            except OSError:
                break  # the terminal is closed when the child has ended
            if not data:
                break
            seen += data
    os.close(ours)
    assert child.returncode == 0
    told = seen.decode("utf-8", "replace")
    assert "coding" in told
    assert "words/s" in told
    assert "left" in told
    assert "reports" in told


@pytest.mark.skipif(os.name == "nt", reason="pipes break otherwise on Windows")
def test_a_reader_of_the_output_may_go_away(tmp_path: Path) -> None:
    """``saydo code … | head -1``: no traceback, no noise."""
    (tmp_path / "in.jsonl").write_text(
        "".join(json.dumps({"id": str(n), "text": VOW}) + "\n" for n in range(400))
    )
    with subprocess.Popen(
        command("code", tmp_path / "in.jsonl", "--reader", "cli_reader:reader"),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(),
    ) as child:  # fmt: skip
        assert child.stdout is not None and child.stderr is not None
        assert json.loads(child.stdout.readline())["id"] == "0"
        child.stdout.close()
        noise = child.stderr.read()
    assert (child.returncode, noise) == (141, b"")


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no SIGINT to one process")
def test_ctrl_c_ends_a_run_that_then_goes_on(tmp_path: Path) -> None:
    inputs = tmp_path / "in.jsonl"
    inputs.write_text("".join(json.dumps({"id": str(n), "text": VOW}) + "\n" for n in range(60)))
    case = tmp_path / "case"
    call = command("run", inputs, "--case", case, "--reader", "cli_reader:reader")
    with subprocess.Popen(
        call,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(SAYDO_TEST_SECONDS="1"),
        # tests that a shell runs in the background inherit that Ctrl-C is ignored, and so would the child
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    ) as child:
        while not (case / "sources").is_dir():
            time.sleep(0.05)
        time.sleep(1)
        child.send_signal(signal.SIGINT)
        _, told = child.communicate(timeout=60)
    assert child.returncode == 130
    assert told == "saydo: stopped; run the same command again to go on\n"
    done = subprocess.run(call, capture_output=True, text=True, env=environment(), check=True)
    assert "60  reports" in done.stdout


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_a_killed_coding_leaves_no_file_that_looks_whole(tmp_path: Path) -> None:
    inputs, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    inputs.write_text("".join(json.dumps({"id": str(n), "text": VOW}) + "\n" for n in range(60)))
    with subprocess.Popen(
        command("code", inputs, "-o", out, "--reader", "cli_reader:reader"),
        env=environment(SAYDO_TEST_SECONDS="1"),
    ) as child:
        part = tmp_path / "out.jsonl.part"
        while not part.exists():
            time.sleep(0.05)
        child.kill()
    assert child.returncode == -signal.SIGKILL
    assert not out.exists()


@pytest.mark.skipif(sys.platform != "linux", reason="/dev/full is a thing of Linux")
def test_a_full_disk_under_standard_output_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "in.txt").write_text(VOW)
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            command("code", tmp_path / "in.txt", "--reader", "cli_reader:reader"),
            stdout=full, stderr=subprocess.PIPE, text=True, env=environment(), check=False,
        )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "No space left" in done.stderr or "disk is full" in done.stderr
