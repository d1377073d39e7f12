"""What tests of adding material and of runs share: a workbench over an empty case, and what one does there."""

from __future__ import annotations

import html
import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from saydo.web import Settings, create_app

ROOT = Path(__file__).resolve().parents[2]
READER = "cli_reader:reader"
VOW = "The Taliban vowed that they would not attack Tajikistan."
DEED = "The Taliban attacked Tajikistan on 9 May."


def wait(holds: Callable[[], object], seconds: float = 60) -> None:
    """Waits until something holds; an error where it never does."""
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until, "it did not come about in time"
        time.sleep(0.05)


def find_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs find the reader that the command line's tests use."""
    paths = [str(ROOT / "src"), str(ROOT / "tests/cli"), os.environ.get("PYTHONPATH", "")]
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(paths))


@contextmanager
def empty_desk(folder: Path) -> Iterator[TestClient]:
    """A workbench over an empty case."""
    app = create_app(folder, Settings(reader=READER))
    with TestClient(app, base_url="http://127.0.0.1", follow_redirects=False) as client:
        client.get("/")
        yield client


def words(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def token(desk: TestClient) -> str:
    found = re.search(r'name="csrf_token" value="(\w+)"', desk.get("/").text)
    assert found
    return found[1]


def post(desk: TestClient, path: str, files: object = None, **data: object) -> str:
    """Sends a form; gives the address that it leads to, or what it shows in place."""
    answer = desk.post(path, data={"csrf_token": token(desk), **data}, files=files)  # type: ignore[arg-type]
    assert answer.status_code in (200, 303), answer.text
    return answer.headers.get("location", answer.text)


def api(desk: TestClient, path: str, **more: object) -> dict:
    answer = desk.post(f"/api/v1{path}", headers={"X-CSRF-Token": token(desk)}, **more)  # type: ignore[arg-type]
    assert answer.status_code == 200, answer.text
    return answer.json()


def looked(desk: TestClient, number: int) -> dict:
    """The material, once every piece was looked at."""
    wait(lambda: not desk.get(f"/api/v1/material/{number}").json()["looking"])
    return desk.get(f"/api/v1/material/{number}").json()


def run(desk: TestClient, number: int, who: str = "Ana") -> dict:
    """Runs material to its end; gives the run as it is kept."""
    post(desk, "/add/run", material=number, who=who)
    wait(lambda: desk.get(f"/api/v1/progress/{number}").json()["over"])
    latest = desk.get("/api/v1/runs").json()["items"][0]
    return desk.get("/api/v1/run", params={"number": latest["number"]}).json()
