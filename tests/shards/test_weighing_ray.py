"""``saydo weigh --engine ray`` on the cluster of two machines: the same case to the last key of its ledger."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from shard_making import kill, until
from test_shards_ray import NODE, cluster  # noqa: F401
from throwaway_postgres import Server

from lab import kill_case
from saydo import codebook
from saydo.desk import byreport, case_at, copy_case, run
from saydo.store import SqliteStore
from saydo.store.ledger import LEDGER

pytestmark = pytest.mark.ray
BOOK = codebook.load()
REPORTS = 70
WEIGH = "from saydo.desk import byreport; byreport.FRESH = 8; from saydo.cli.main import app; app()"
"""In portions small enough that there are several."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case that was weighed by one process, in the same portions."""
    folder = tmp_path_factory.mktemp("weighed")
    inbox = kill_case.write_reports(folder / "inbox", REPORTS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(byreport, "FRESH", 8)
        run([str(inbox)], folder / "case", kill_case.reader(), BOOK)
    return folder / "case"


@pytest.fixture
def due(made: Path, tmp_path: Path) -> Path:
    """The same, all of it to be weighed anew."""
    case = tmp_path / "case"
    shutil.copytree(made, case)
    with sqlite3.connect(case / "case.db") as db:
        db.execute("DELETE FROM marks WHERE stage = 'derived'")
        db.execute("UPDATE weighing_marks SET value = 'somebody else' WHERE name = 'by'")
    return case


def content(case: Path) -> tuple[str, dict[str, list[Any]]]:
    """All that a case holds, the ledger of weighing with it."""
    with SqliteStore.for_reading(case) as store:
        dump = store.dump()
    with sqlite3.connect(case / "case.db") as db:
        ledger = {t: db.execute(f"SELECT * FROM {t} ORDER BY 1, 2").fetchall() for t in LEDGER}
    return dump, ledger


def weighed(case: Path) -> int:
    """How many reports are not due any more."""
    with sqlite3.connect(case / "case.db") as db:
        if db.execute("SELECT count(*) FROM weighing_marks WHERE value = 'somebody else'").fetchone()[0]:
            return 0
        left: int = db.execute("SELECT count(*) FROM weighing_due").fetchone()[0]
    return REPORTS - left


def start(case: Path | str, workers: int = 2) -> subprocess.Popen[str]:
    """``saydo weigh``, in a process of its own."""
    paths = os.pathsep.join(filter(None, sys.path))
    command = [sys.executable, "-c", WEIGH, "weigh", "--case", str(case), "--engine", "ray"]
    return subprocess.Popen(
        [*command, "--workers", str(workers)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PYTHONPATH": paths},
    )


def ended(process: subprocess.Popen[str]) -> None:
    said, _ = process.communicate(timeout=300)
    assert process.returncode == 0, said


def test_a_case_weighed_on_two_machines_is_the_same_case(cluster: Any, made: Path, due: Path) -> None:  # noqa: F811
    """Each has a copy of its own, which it keeps in step from portion to portion."""
    ended(start(due))
    assert content(due) == content(made)


def test_a_machine_that_goes_down_and_a_program_that_is_killed_change_nothing(
    cluster: Any,  # noqa: F811
    made: Path,
    due: Path,
) -> None:
    """The first run loses a machine and then its own process; the second goes on where that was."""
    (node,) = cluster.worker_nodes
    process = start(due)
    until(lambda: weighed(due) >= 16, process)
    cluster.remove_node(node, allow_graceful=False)
    try:
        until(lambda: weighed(due) >= 32, process)
        kill(process)
    finally:
        cluster.add_node(**NODE)
    assert weighed(due) < REPORTS
    ended(start(due))
    assert content(due) == content(made)


def test_a_case_in_postgresql_weighed_on_two_machines_is_the_same_case(
    cluster: Any,  # noqa: F811
    server: Server,
    made: Path,
    due: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Both machines read it where it is; what a laptop made of its folder is there to the last key."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    address = server.address(server.new_schema())
    copy_case(due, case_at(address))
    ended(start(address))
    copy_case(case_at(address), tmp_path / "back")
    assert content(tmp_path / "back") == content(made)
