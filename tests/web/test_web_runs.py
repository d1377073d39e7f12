"""Runs in the browser: one at a time, stopped and gone on with, killed with their server, told in a line."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from adding_case import (
    DEED,
    READER,
    VOW,
    empty_desk,
    find_reader,
    post,
    run,
    token,
    wait,
    words,
)
from fastapi.testclient import TestClient

from saydo.desk import make_case, open_case
from saydo.store import SqliteStore
from saydo.web import Settings, create_app


@pytest.fixture(autouse=True)
def light_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    find_reader(monkeypatch)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "border"
    make_case(made)
    return made


@pytest.fixture
def desk(folder: Path) -> Iterator[TestClient]:
    with empty_desk(folder) as client:
        yield client


def slowly(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    monkeypatch.setenv("SAYDO_TEST_SECONDS", str(seconds))


def test_a_run_can_be_stopped_and_gone_on_with(
    desk: TestClient, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slowly(monkeypatch, 60)
    post(desk, "/add/text", text=VOW)
    post(desk, "/add/run", material=1)
    wait(lambda: desk.get("/api/v1/progress/1").json()["doing"] == "Reading and coding")
    assert "/run/progress?material=1" in desk.get("/").text, "the Case page shows it"
    page = desk.get("/run?material=1").text
    assert "Stop" in page and 'http-equiv="refresh"' in page, "a plain page loads itself anew"
    assert post(desk, "/run/stop", material=1) == "/run?material=1"
    wait(lambda: desk.get("/api/v1/progress/1").json()["state"] == "stopped", 30)
    page = words(desk.get("/run?material=1").text)
    assert "stopped What was done so far is kept." in page and "Go on" in page
    with open_case(folder) as store:  # type: ignore[attr-defined]
        assert store.tally().documents == 1 and store.tally().coded == 0
    slowly(monkeypatch, 0)
    assert run(desk, 1)["standing"] == "done"
    with open_case(folder) as store:  # type: ignore[attr-defined]
        assert store.tally().coded == 1


def test_runs_go_one_at_a_time_and_one_that_waits_can_be_taken_out(
    desk: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    slowly(monkeypatch, 60)
    post(desk, "/add/text", text=VOW)
    post(desk, "/add/text", text=DEED)
    for number in (1, 2):
        post(desk, "/add/run", material=number)
    post(desk, "/add/run", material=1)  # pressing twice begins nothing twice
    wait(lambda: desk.get("/api/v1/progress/1").json()["state"] == "running")
    under_way = desk.get("/api/v1/progress").json()
    assert [(job["material"], job["state"]) for job in under_way] == [(1, "running"), (2, "waiting")]
    assert under_way[1]["doing"] == "Waiting for the run before it"
    post(desk, "/run/stop", material=2)
    assert desk.get("/api/v1/progress/2").json()["state"] == "stopped"
    answer = desk.post("/run/stop", data={"csrf_token": token(desk), "material": 2})
    assert answer.status_code == 400 and "is not at work" in answer.text
    post(desk, "/run/stop", material=1)
    wait(lambda: desk.get("/api/v1/progress/1").json()["over"])


def test_material_that_is_being_run_is_not_changed(desk: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    slowly(monkeypatch, 60)
    post(desk, "/add/text", text=VOW)
    post(desk, "/add/run", material=1)
    wait(lambda: desk.get("/api/v1/progress/1").json()["state"] == "running")
    for path, more in (("/add/text", {"text": DEED}), ("/add/remove", {})):
        answer = desk.post(path, data={"csrf_token": token(desk), "material": 1, **more})
        assert answer.status_code == 400 and "is being run" in answer.text
    post(desk, "/run/stop", material=1)
    wait(lambda: desk.get("/api/v1/progress/1").json()["over"])


def test_a_run_waits_while_the_command_line_is_at_work(desk: TestClient, folder: Path) -> None:
    post(desk, "/add/text", text=VOW)
    with SqliteStore.for_writing(folder) as other:
        other.begin_run("2026-01-01T00:00:00Z", ["reports"], "0.1.0")
        assert "Another program is at work on this case" in desk.get("/").text
        assert "Another program is at work" in words(desk.get("/run?number=1").text)
        post(desk, "/add/run", material=1)
        wait(lambda: "another program is at work" in desk.get("/api/v1/progress/1").json()["doing"])
        assert desk.get("/api/v1/progress/1").json()["state"] == "waiting"
    wait(lambda: desk.get("/api/v1/progress/1").json()["state"] == "done")


def test_the_command_line_says_that_the_browser_is_at_work(
    desk: TestClient, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slowly(monkeypatch, 60)
    post(desk, "/add/text", text=VOW)
    post(desk, "/add/run", material=1)
    wait(lambda: desk.get("/api/v1/progress/1").json()["doing"] == "Reading and coding")
    (tmp_path / "deed.txt").write_text(DEED)
    saydo = [sys.executable, "-c", "from saydo.cli.main import app; app()"]
    called = subprocess.run(
        [*saydo, "run", str(tmp_path / "deed.txt"), "--case", str(folder), "--reader", READER],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert called.returncode == 1
    assert "another run is at work on it" in called.stderr and called.stderr.count("\n") == 1
    post(desk, "/run/stop", material=1)
    wait(lambda: desk.get("/api/v1/progress/1").json()["over"])


def test_a_run_killed_with_its_server_is_interrupted_and_can_be_gone_on_with(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody was left to write down how it ended; a new server knows from that."""
    from saydo.desk import Inbox

    inbox = Inbox(folder)
    number = inbox.make()
    inbox.add_text(number, VOW)
    slowly(monkeypatch, 60)
    worker = subprocess.Popen(
        [sys.executable, "-m", "saydo.desk.worker", str(folder), str(number), "--reader", READER],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert worker.stdout
    for line in worker.stdout:
        if json.loads(line)["stage"] == "coding":
            break
    worker.kill()
    worker.communicate()
    slowly(monkeypatch, 0)
    with TestClient(
        create_app(folder, Settings(reader=READER)), base_url="http://127.0.0.1", follow_redirects=False
    ) as desk:
        desk.get("/")
        assert desk.get("/api/v1/run", params={"number": 1}).json()["standing"] == "interrupted"
        page = words(desk.get(f"/run?material={number}").text)
        assert "interrupted" in page and "The case is whole" in page and "Go on" in page
        assert "interrupted" in words(desk.get("/").text) and "interrupted" in words(desk.get("/add").text)
        kept = run(desk, number)
        assert (kept["standing"], kept["number"]) == ("done", 2)
        with open_case(folder) as store:  # type: ignore[attr-defined]
            assert store.tally().coded == 1


def test_a_server_that_ends_stops_its_run_and_keeps_what_was_done(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slowly(monkeypatch, 60)
    with TestClient(
        create_app(folder, Settings(reader=READER)), base_url="http://127.0.0.1", follow_redirects=False
    ) as desk:
        desk.get("/")
        post(desk, "/add/text", text=VOW)
        post(desk, "/add/run", material=1)
        wait(lambda: desk.get("/api/v1/progress/1").json()["doing"] == "Reading and coding")
    with open_case(folder) as store:  # type: ignore[attr-defined]
        (held,) = store.runs_page(None, 5).items
        assert (held.outcome, store.tally().documents) == ("stopped", 1)


def test_a_run_that_fails_says_why_in_a_line(folder: Path) -> None:
    app = create_app(folder, Settings(reader="no_such_module:reader"))
    with TestClient(app, base_url="http://127.0.0.1", follow_redirects=False) as desk:
        desk.get("/")
        post(desk, "/add/text", text=VOW)
        post(desk, "/add/run", material=1)
        wait(lambda: desk.get("/api/v1/progress/1").json()["over"])
        told = desk.get("/api/v1/progress/1").json()
        assert told["state"] == "failed" and "there is no reader" in told["line"] and "\n" not in told["line"]
        assert "there is no reader" in words(desk.get("/run?material=1").text)


def test_runs_are_listed_a_page_at_a_time(desk: TestClient, folder: Path) -> None:
    with SqliteStore.for_writing(folder) as store:
        for day in range(1, 8):
            store.end_run(
                store.begin_run(f"2026-01-0{day}T00:00:00Z", [f"r{day}"], "0.1.0", "Ana"),
                "2026-01-09T00:00:00Z",
                "done",
            )
    found, at = [], ""
    while True:
        answer = desk.get("/api/v1/runs", params={"limit": 3, "at": at}).json()
        found += [run["number"] for run in answer["items"]]
        if answer["next"] is None:
            break
        at = answer["next"]
    assert found == [7, 6, 5, 4, 3, 2, 1]
    assert words(desk.get("/runs").text).count("Ana") == 7
