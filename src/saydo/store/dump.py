"""The logical content of a case as canonical JSON: what two runs are compared by."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from saydo.store.columns import COLUMNS
from saydo.store.derived import DERIVED
from saydo.store.sources import Archive

_TABLES = ("documents", "sources", *COLUMNS, *DERIVED, "skipped", "decisions")


def dump(db: sqlite3.Connection, sources: Archive) -> str:
    """Everything in the case but the times at which runs began and ended.

    Sources are read back and checked, so that a case that lost one has no dump. Raises StoreError then.
    """
    content: dict[str, Any] = {table: _rows(db, table) for table in _TABLES}
    content["records"] = [
        {"document": position, "coder": json.loads(coder), "record": json.loads(text)}
        for position, coder, text in db.execute("SELECT document, coder, json FROM records ORDER BY document")
    ]
    content["held"] = {row["sha256"]: len(sources.get(row["sha256"])) for row in content["sources"]}
    content["marks"] = dict(db.execute("SELECT stage, value FROM marks ORDER BY stage"))
    return json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1)


def _rows(db: sqlite3.Connection, table: str) -> list[dict[str, Any]]:
    cursor = db.execute(f"SELECT * FROM {table}")
    names = [column[0] for column in cursor.description]
    rows = [dict(zip(names, row, strict=True)) for row in cursor]
    return sorted(rows, key=lambda row: json.dumps(row, sort_keys=True))
