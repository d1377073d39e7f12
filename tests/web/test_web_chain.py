"""The log in the browser: its head, the whole of it to save, and a check that tells what does not hold."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from review_case import put_review_case
from serving import as_person
from test_web_review import decide, waiting, words


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return put_review_case(tmp_path_factory.mktemp("chain") / "river")


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "river"))


@pytest.fixture
def client(folder: Path) -> Iterator[TestClient]:
    with as_person(folder) as made:
        yield made


def test_the_audit_page_shows_the_head_and_each_decisions_entry(client: TestClient) -> None:
    decide(client, "accept", waiting(client)[0])
    head = client.get("/api/v1/audit/head").json()
    page = client.get("/audit").text
    assert f"Head of the log: entry {head['entry']}" in words(page) and head["sha256"] in page
    assert f"entry {head['entry']}</span>" in page, "the decision made last is the last entry"
    assert head["sha256"] in client.get("/audit/chain").text


def test_a_decision_moves_the_head(client: TestClient) -> None:
    before = client.get("/audit/head.json").json()
    decide(client, "reject", waiting(client)[0])
    after = client.get("/audit/head.json").json()
    assert after["entry"] == before["entry"] + 1 and after["sha256"] != before["sha256"]


def test_the_log_that_is_saved_leads_to_the_head(client: TestClient) -> None:
    answer = client.get("/audit/log.jsonl")
    assert answer.headers["content-disposition"] == 'attachment; filename="log.jsonl"'
    last = answer.text.splitlines()[-1]
    assert hashlib.sha256(last.encode()).hexdigest() == client.get("/api/v1/audit/head").json()["sha256"]
    entries = client.get("/api/v1/audit/entries", params={"limit": 500}).json()
    assert [e["line"] for e in entries] == answer.text.splitlines()
    later = client.get("/api/v1/audit/entries", params={"after": 2, "limit": 1}).json()
    assert [e["entry"] for e in later] == [3]


def test_a_case_that_holds_is_told_so(client: TestClient) -> None:
    assert "Check it now" in words(client.get("/audit/chain").text)
    shown = words(client.post("/audit/check").text)
    assert "It holds" in shown and "so are the" in shown
    assert client.post("/api/v1/audit/check").json()["faults"] == []


def test_a_forged_decision_and_a_changed_original_are_shown(client: TestClient, folder: Path) -> None:
    decide(client, "accept", waiting(client)[0])
    with sqlite3.connect(folder / "case.db") as db:
        (trigger,) = db.execute(
            "SELECT sql FROM sqlite_master WHERE name = 'decisions_stay_as_they_are'"
        ).fetchone()
        db.execute("DROP TRIGGER decisions_stay_as_they_are")
        db.execute("UPDATE decisions SET who = '<b>Mallory</b>'")
        db.execute(trigger)
    db.close()
    path = next(p for p in (folder / "sources").rglob("*") if p.is_file())
    path.write_bytes(b"other")
    page = client.post("/audit/check").text
    assert "2 things do not hold" in words(page)
    assert "decision 1: changed since entry" in words(page) and "changed since it was taken in" in words(page)
    told = client.post("/api/v1/audit/check").json()
    assert {f["where"] for f in told["faults"]} == {"decision", "original"}
    assert json.dumps(told)


def test_checking_needs_a_token(client: TestClient) -> None:
    """It reads the whole case: a page of somebody else may not set it going."""
    assert client.post("/audit/check", headers={"X-CSRF-Token": "none"}).status_code == 403
