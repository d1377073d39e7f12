"""The harness that kills runs: a few points of it here, hundreds by ``python -m lab.kill_points``."""

from __future__ import annotations

import os
import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from lab import kill_case
from lab.kill_points import SITUATIONS, Harness, kill

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has neither fork nor SIGKILL")


def test_runs_killed_at_random_moments_end_like_undisturbed_ones(tmp_path: Path) -> None:
    """Six kills in new cases, in ones of an older schema and in ones that another coder had coded."""
    outcome = kill(tmp_path, 6, seed=3, reports=16, workers=1)
    assert outcome.differ == []
    assert sum(outcome.kills.values()) >= 6


def test_what_a_kill_could_do_is_seen(tmp_path: Path) -> None:
    """A record that is lost, a source that changed, a half-written file: the comparison finds each."""
    harness = Harness(tmp_path, 12)
    assert list(harness.point(tmp_path / "other" / "case", SITUATIONS[0], random.Random(1), 0)) == []
    case = harness.undisturbed("new")
    peace = harness.peace["new"]
    assert kill_case.content(case) == peace

    part = case / "sources" / "ab.part"
    part.write_bytes(b"half")
    with pytest.raises(AssertionError, match="half-written"):
        kill_case.content(case)
    part.unlink()

    with closing(sqlite3.connect(case / "case.db")) as db, db:
        db.execute("DELETE FROM records WHERE document = (SELECT max(document) FROM records)")
    with pytest.raises(AssertionError):
        assert kill_case.content(case) == peace
