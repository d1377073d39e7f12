"""``saydo open`` and ``saydo serve`` as people start them: real processes, asked over the network of this machine."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).resolve().parents[2]
SAYDO = [sys.executable, "-c", "from saydo.cli.main import app; app()"]
TOKEN = "correct-horse-battery-staple"


@contextmanager
def started(*arguments: str, **environment: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A workbench and the address that it printed."""
    paths = os.pathsep.join([str(ROOT / "src"), str(ROOT / "tests/cli")])
    process = subprocess.Popen(
        [*SAYDO, *arguments], stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True,
        env={**os.environ, "PYTHONPATH": paths, **environment},
        # in a shell's background the signal of Ctrl-C would be ignored
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )  # fmt: skip
    try:
        assert process.stderr
        line = process.stderr.readline()
        found = re.search(r"http://\S+/", line)
        assert found, line + process.stderr.read()
        assert "Ctrl-C ends it" in line
        yield process, found[0]
    finally:
        process.kill()
        process.wait()


def end(process: subprocess.Popen[str]) -> str:
    """Ctrl-C; what is said then."""
    process.send_signal(signal.SIGINT)
    assert process.stderr
    said = process.stderr.read()
    assert process.wait(timeout=20) in (0, 130)
    return said


def test_open_prints_an_address_that_answers_and_ctrl_c_ends_it(case: Path) -> None:
    with started("open", "--case", str(case), "--no-browser") as (process, url):
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", url)
        assert "delta" in httpx.get(url).text
        foreign = httpx.get(url, headers={"Host": "evil.example"})
        assert foreign.status_code == 421 and "delta" not in foreign.text
        said = end(process)
        assert "Traceback" not in said and said.count("\n") <= 1
        with pytest.raises(httpx.ConnectError):
            httpx.get(url)


def test_open_makes_an_empty_case_where_it_is_asked_to(tmp_path: Path) -> None:
    """Without --new a wrong folder is told, and nothing is made there."""
    wrong = subprocess.run(
        [*SAYDO, "open", "--case", str(tmp_path / "delta"), "--no-browser"], capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )  # fmt: skip
    assert wrong.returncode == 1 and "holds no case" in wrong.stderr and not (tmp_path / "delta").exists()
    with started("open", "--case", str(tmp_path / "delta"), "--no-browser", "--new") as (_, url):
        assert "This case is empty" in httpx.get(url).text


def test_serve_lets_in_who_has_the_token(case: Path) -> None:
    with started("serve", "--case", str(case), "--port", "0", "--host", "0.0.0.0", SAYDO_TOKEN=TOKEN) as (
        process,
        url,
    ):
        here = url.replace("0.0.0.0", "127.0.0.1")
        assert httpx.get(here).status_code == 303
        assert httpx.get(f"{here}api/v1/reports").status_code == 401
        shown = {"Authorization": f"Bearer {TOKEN}"}
        assert httpx.get(f"{here}api/v1/reports", headers=shown).status_code == 200
        assert "Traceback" not in end(process)


def test_serve_to_others_without_a_token_does_not_start(case: Path) -> None:
    ended = subprocess.run(
        [*SAYDO, "serve", "--case", str(case), "--host", "0.0.0.0", "--port", "0"], capture_output=True, text=True, check=False,
        env={**{k: v for k, v in os.environ.items() if k != "SAYDO_TOKEN"}, "PYTHONPATH": str(ROOT / "src")},
    )  # fmt: skip
    assert ended.returncode == 1 and "a token is needed" in ended.stderr and ended.stderr.count("\n") == 1


def test_a_port_that_is_taken_is_told_in_a_line(case: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        ended = subprocess.run(
            [*SAYDO, "open", "--case", str(case), "--no-browser", "--port", str(taken.getsockname()[1])],
            capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        )  # fmt: skip
    assert ended.returncode == 1 and "cannot be listened on" in ended.stderr


def test_progress_comes_as_events_and_ctrl_c_stops_the_run_with_the_server(tmp_path: Path) -> None:
    """A run is told as it goes; with the server it ends within seconds, the case whole and the run noted."""
    from saydo.desk import open_case

    case = tmp_path / "border"
    arguments = (
        "open",
        "--case",
        str(case),
        "--no-browser",
        "--new",
        "--by",
        "Ana",
        "--reader",
        "cli_reader:reader",
    )
    with started(*arguments, SAYDO_TEST_SECONDS="60") as (process, url), httpx.Client(base_url=url) as client:
        found = re.search(r'name="csrf_token" value="(\w+)"', client.get("/").text)
        assert found
        changing = {"X-CSRF-Token": found[1]}
        number = client.post("/api/v1/material", headers=changing).json()["number"]
        client.post(f"/api/v1/material/{number}/text", headers=changing, json={"text": "It rained."})
        assert client.post(f"/api/v1/material/{number}/run", headers=changing).json()["who"] == "Ana"
        stages = []
        with client.stream("GET", f"/run/progress?material={number}", timeout=60) as answer:
            assert answer.headers["content-type"].startswith("text/event-stream")
            for line in answer.iter_lines():
                stages += re.findall(r'"stage": "([^"]*)"', line)
                if "coding" in stages:
                    break
        assert "getting ready" in stages
        begun = time.monotonic()
        end(process)
        assert time.monotonic() - begun < 15
    with open_case(case) as store:  # type: ignore[attr-defined]
        (held,) = store.runs_page(None, 5).items
        assert (held.outcome, held.who, store.tally().documents) == ("stopped", "Ana", 1)
