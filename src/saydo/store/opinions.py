"""What language models proposed for a case, beside the case: answers, proposals, what was refused, what a
person put aside. What a person accepts is a decision of the case itself, and stands there."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from saydo.store.beside import Beside

NAME = "opinion.db"
_TABLES = (
    """
CREATE TABLE answers (key TEXT PRIMARY KEY, answer TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE asked (document TEXT NOT NULL, source TEXT NOT NULL, at TEXT NOT NULL,
  PRIMARY KEY (document, source)) WITHOUT ROWID;
CREATE TABLE proposals (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, document TEXT NOT NULL,
  source TEXT NOT NULL, proposal TEXT NOT NULL, at TEXT NOT NULL);
CREATE TABLE refused (number INTEGER PRIMARY KEY, document TEXT NOT NULL, source TEXT NOT NULL,
  item TEXT NOT NULL, reason TEXT NOT NULL, at TEXT NOT NULL);
CREATE TABLE aside (id TEXT PRIMARY KEY, who TEXT NOT NULL, at TEXT NOT NULL, why TEXT NOT NULL) WITHOUT
ROWID; """,
)


class Kept(NamedTuple):
    """A proposal as it is kept."""

    id: str
    document: str
    source: str
    """Model, endpoint and version of the prompt, in words."""
    proposal: str
    """As JSON."""
    at: str


class KeptRefusal(NamedTuple):
    """An item that was refused."""

    document: str
    source: str
    item: Any
    reason: str
    at: str


class Aside(NamedTuple):
    """Who put a proposal aside, when and why."""

    who: str
    at: str
    why: str


class OpinionLog(Beside):
    """The log of second opinions on a case."""

    def __init__(self, case: Path) -> None:
        super().__init__(case, NAME, _TABLES)

    def answer(self, key: str) -> str | None:
        """What was answered to the very same question."""
        row = self.one("SELECT answer FROM answers WHERE key = ?", (key,))
        return row[0] if row else None

    def put_answer(self, key: str, answer: str) -> None:
        """Keeps an answer."""
        with self.step() as db:
            db.execute("INSERT OR REPLACE INTO answers VALUES (?, ?)", (key, answer))

    def asked(self, document: str, source: str) -> bool:
        """Whether all of a report was asked about."""
        found = self.one("SELECT 1 FROM asked WHERE document = ? AND source = ?", (document, source))
        return found is not None

    def put_report(
        self,
        document: str,
        source: str,
        at: str,
        proposals: Iterable[tuple[str, str]],
        refused: Iterable[tuple[Any, str]],
    ) -> None:
        """Keeps what came of a report, in place of what came of it before: proposals as ``(id, JSON)``, what
        was refused as ``(item, reason)``."""
        with self.step() as db:
            for table in ("proposals", "refused"):
                db.execute(f"DELETE FROM {table} WHERE document = ? AND source = ?", (document, source))
            db.executemany(
                "INSERT OR IGNORE INTO proposals (id, document, source, proposal, at) VALUES (?, ?, ?, ?, ?)",
                [(id, document, source, proposal, at) for id, proposal in proposals],
            )
            db.executemany(
                "INSERT INTO refused (document, source, item, reason, at) VALUES (?, ?, ?, ?, ?)",
                [(document, source, json.dumps(item), reason, at) for item, reason in refused],
            )
            db.execute("INSERT OR REPLACE INTO asked VALUES (?, ?, ?)", (document, source, at))

    def proposals(self, document: str | None = None) -> tuple[Kept, ...]:
        """Proposals, of one report or of all, by report."""
        where, values = ("", ()) if document is None else (" WHERE document = ?", (document,))
        rows = self.rows(
            f"SELECT id, document, source, proposal, at FROM proposals{where} ORDER BY number", values
        )
        return tuple(Kept(*row) for row in rows)

    def meant(self, id: str) -> tuple[Kept, ...]:
        """Proposals whose id begins so."""
        return tuple(kept for kept in self.proposals() if kept.id.startswith(id))

    def refused(self) -> tuple[KeptRefusal, ...]:
        """All that was refused."""
        rows = self.rows("SELECT document, source, item, reason, at FROM refused ORDER BY number")
        return tuple(KeptRefusal(d, s, json.loads(i), r, a) for d, s, i, r, a in rows)

    def put_aside(self, ids: Sequence[str], who: str, at: str, why: str) -> None:
        """A person does not want these."""
        with self.step() as db:
            rows = [(id, who, at, why) for id in ids]
            db.executemany("INSERT OR REPLACE INTO aside VALUES (?, ?, ?, ?)", rows)

    def aside(self) -> dict[str, Aside]:
        """Id of a proposal → who put it aside."""
        return {row[0]: Aside(*row[1:]) for row in self.rows("SELECT * FROM aside")}
