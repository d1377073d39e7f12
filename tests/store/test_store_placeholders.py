"""Values go to SQLite in the order of plain marks: from Python 3.14 on, ``?1`` with a list of values is an error."""

from __future__ import annotations

import re
from pathlib import Path

STORE = Path(__file__).resolve().parents[2] / "src/saydo/store"


def test_no_statement_for_sqlite_numbers_its_marks() -> None:
    """PostgreSQL's own statements may; they are turned into ``$1`` before they are sent."""
    found = [
        f"{path.name}:{number}"
        for path in sorted(STORE.glob("*.py"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if re.search(r"\?\d", line)
    ]
    assert not found
