"""The ledger of weighing in a case's database; see :class:`saydo.model.ledger.Ledger`.

Nothing of it is kept for good: it can be made again from the records.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import Any

from saydo.model.ledger import Card, HeldPair, Known, NewPair
from saydo.store.seam import each

LEDGER = (
    "weighing_members", "weighing_clusters", "weighing_tellings", "weighing_pairs", "weighing_notes",
    "weighing_keys", "weighing_keysets", "weighing_reports", "weighing_known",
    "weighing_marks",
)  # fmt: skip
"""Its tables, in an order in which they can be emptied."""
TABLES = (
    # what was coded, coded anew or lost its record since it was weighed
    "CREATE TABLE weighing_due (document INTEGER PRIMARY KEY REFERENCES documents (position))",
    "INSERT INTO weighing_due SELECT document FROM records",
    "DELETE FROM marks WHERE stage = 'derived'",
    "CREATE TABLE weighing_marks (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
    """CREATE TABLE weighing_known (
        document INTEGER PRIMARY KEY REFERENCES documents (position),
        roll BLOB NOT NULL, own TEXT NOT NULL, identity TEXT NOT NULL, ties TEXT NOT NULL
    )""",
    """CREATE TABLE weighing_reports (
        document INTEGER PRIMARY KEY REFERENCES documents (position),
        id TEXT NOT NULL UNIQUE, date TEXT, sketch BLOB NOT NULL,
        reprint INTEGER NOT NULL CHECK (reprint IN (0, 1)),
        facts BLOB NOT NULL, outcome TEXT
    )""",
    """CREATE TABLE weighing_keys (
        key INTEGER NOT NULL, document INTEGER NOT NULL, PRIMARY KEY (key, document)
    ) WITHOUT ROWID""",
    """CREATE TABLE weighing_keysets (
        document INTEGER NOT NULL REFERENCES weighing_reports (document) ON DELETE CASCADE,
        kind TEXT NOT NULL, keys BLOB NOT NULL, PRIMARY KEY (document, kind)
    )""",
    """CREATE TABLE weighing_notes (
        key INTEGER NOT NULL,
        document INTEGER NOT NULL REFERENCES weighing_reports (document) ON DELETE CASCADE,
        text TEXT NOT NULL
    )""",
    "CREATE INDEX weighing_notes_by_key ON weighing_notes (key)",
    "CREATE INDEX weighing_notes_by_document ON weighing_notes (document)",
    """CREATE TABLE weighing_pairs (
        id INTEGER PRIMARY KEY, statement INTEGER NOT NULL, against INTEGER NOT NULL, incident TEXT,
        words TEXT NOT NULL
    )""",
    "CREATE INDEX weighing_pairs_by_statement ON weighing_pairs (statement)",
    "CREATE INDEX weighing_pairs_by_against ON weighing_pairs (against)",
    "CREATE INDEX weighing_pairs_by_incident ON weighing_pairs (incident) WHERE incident IS NOT NULL",
    """CREATE TABLE weighing_tellings (
        key INTEGER NOT NULL,
        pair INTEGER NOT NULL REFERENCES weighing_pairs (id) ON DELETE CASCADE,
        most INTEGER NOT NULL,
        counts INTEGER NOT NULL CHECK (counts IN (0, 1)),
        PRIMARY KEY (key, pair)
    ) WITHOUT ROWID""",
    "CREATE INDEX weighing_tellings_by_pair ON weighing_tellings (pair)",
    "CREATE TABLE weighing_clusters (id INTEGER PRIMARY KEY, json TEXT NOT NULL)",
    """CREATE TABLE weighing_members (
        document TEXT NOT NULL, event TEXT NOT NULL,
        cluster INTEGER NOT NULL REFERENCES weighing_clusters (id) ON DELETE CASCADE,
        PRIMARY KEY (document, event)
    ) WITHOUT ROWID""",
    "CREATE INDEX weighing_members_by_cluster ON weighing_members (cluster)",
)
_TOGETHER = 400
"""Keys asked for in one query."""
_PAIR = (
    "p.id, p.statement, p.against, "
    "NOT EXISTS (SELECT 1 FROM weighing_tellings t WHERE t.pair = p.id AND t.counts = 0), p.words"
)


class SqliteLedger:
    """Reads and writes the tables; whoever calls it holds the transaction."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def know(self, number: int, known: Known | None) -> None:
        """Keeps what a report says, or forgets it."""
        if known is None:
            self._db.execute("DELETE FROM weighing_known WHERE document = ?", (number,))
        else:
            row = (number, *known)
            self._db.execute(
                "INSERT INTO weighing_known VALUES (?, ?, ?, ?, ?) ON CONFLICT (document) DO UPDATE SET "
                "roll = excluded.roll, own = excluded.own, identity = excluded.identity, "
                "ties = excluded.ties",
                row,
            )

    def known_of(self, number: int) -> Known | None:
        """What one report says; None where that was not kept."""
        row = self._one("SELECT roll, own, identity, ties FROM weighing_known WHERE document = ?", number)
        return Known(*row) if row else None

    def mark(self, name: str) -> str | None:
        """What was noted of the case as a whole under a name."""
        row = self._one("SELECT value FROM weighing_marks WHERE name = ?", name)
        return str(row[0]) if row else None

    def set_mark(self, name: str, value: str) -> None:
        """Notes something of the case as a whole."""
        self._db.execute(
            "INSERT INTO weighing_marks VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET "
            "value = excluded.value",
            (name, value),
        )

    def known(self) -> Iterator[tuple[int, bool, Known]]:
        """The number of each report, whether it is weighed and no reprint, and what it says, by number."""
        query = (
            "SELECT k.document, COALESCE(r.reprint, 1) = 0, k.roll, k.own, k.identity, k.ties FROM "
            "weighing_known k LEFT JOIN weighing_reports r ON r.document = k.document ORDER BY k.document"
        )
        for number, weighed, *known in each(self._db, query):
            yield number, bool(weighed), Known(*known)

    def number(self, document: str) -> int | None:
        """The number of a report by its id; None where it is not in the ledger."""
        row = self._one("SELECT document FROM weighing_reports WHERE id = ?", document)
        return int(row[0]) if row else None

    def size(self) -> int:
        """How many reports are weighed, reprints not counted."""
        return int(self._one("SELECT count(*) FROM weighing_reports WHERE reprint = 0")[0])

    def card(self, number: int) -> Card | None:
        """What tells a report from its reprints; None where it is not held."""
        row = self._one("SELECT id, date, sketch, reprint FROM weighing_reports WHERE document = ?", number)
        return Card(row[0], row[1], tuple(array("I", row[2])), bool(row[3])) if row else None

    def facts(self, number: int) -> bytes:
        """What was unfolded from a report."""
        row = self._one("SELECT facts FROM weighing_reports WHERE document = ?", number)
        if row is None:
            raise KeyError(number)
        return bytes(row[0])

    def put_report(self, number: int, card: Card, facts: bytes) -> None:
        """Keeps what was unfolded from a report."""
        self._db.execute(
            "INSERT INTO weighing_reports (document, id, date, sketch, reprint, facts) "
            "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (document) DO UPDATE SET id = excluded.id, "
            "date = excluded.date, sketch = excluded.sketch, reprint = excluded.reprint, "
            "facts = excluded.facts",
            (number, card.document, card.date, array("I", card.sketch).tobytes(), card.reprint, facts),
        )

    def mark_reprint(self, number: int, reprint: bool) -> None:
        """Notes whether a report counts as a reprint."""
        self._db.execute("UPDATE weighing_reports SET reprint = ? WHERE document = ?", (reprint, number))

    def drop_report(self, number: int) -> None:
        """Forgets a report, its keys, notes and outcome; its pairs must have been dropped before."""
        for (group,) in self._db.execute(
            "SELECT kind FROM weighing_keysets WHERE document = ?", (number,)
        ).fetchall():
            self.set_keys(number, group, ())
        self.set_notes(number, ())
        self._db.execute("DELETE FROM weighing_reports WHERE document = ?", (number,))

    def text(self, number: int) -> str:
        """The text of a report."""
        return str(self._one("SELECT text FROM documents WHERE position = ?", number)[0])

    def keys(self, number: int, group: str) -> frozenset[int]:
        """The keys of one group under which a report is found."""
        query = "SELECT keys FROM weighing_keysets WHERE document = ? AND kind = ?"
        row = self._one(query, number, group)
        return frozenset(array("q", row[0])) if row else frozenset()

    def set_keys(self, number: int, group: str, keys: Collection[int]) -> None:
        """Puts these keys in place of those that the report had in this group."""
        new, held = frozenset(keys), self.keys(number, group)
        if new == held:
            return
        if gone := held - new:
            gone -= self._keys_beside(number, group)
            self._db.executemany(
                "DELETE FROM weighing_keys WHERE key = ? AND document = ?", [(k, number) for k in gone]
            )
        self._db.executemany(
            "INSERT INTO weighing_keys (key, document) VALUES (?, ?) ON CONFLICT DO NOTHING",
            [(k, number) for k in sorted(new - held)],
        )
        if new:
            self._db.execute(
                "INSERT INTO weighing_keysets (document, kind, keys) VALUES (?, ?, ?) "
                "ON CONFLICT (document, kind) DO UPDATE SET keys = excluded.keys",
                (number, group, array("q", sorted(new)).tobytes()),
            )
        else:
            self._db.execute("DELETE FROM weighing_keysets WHERE document = ? AND kind = ?", (number, group))

    def _keys_beside(self, number: int, group: str) -> frozenset[int]:
        """The keys of the other groups of a report."""
        query = "SELECT keys FROM weighing_keysets WHERE document = ? AND kind <> ?"
        rows = self._db.execute(query, (number, group))
        return frozenset(key for row in rows for key in array("q", row[0]))

    def holders(self, keys: Collection[int]) -> dict[int, list[int]]:
        """Key → the reports that are found under it, of those keys under which there are any."""
        found: dict[int, list[int]] = {}
        left = iter(keys)
        while part := list(islice(left, _TOGETHER)):
            marks = ",".join("?" * len(part))
            query = f"SELECT key, document FROM weighing_keys WHERE key IN ({marks})"
            for key, number in self._db.execute(query, part):
                found.setdefault(key, []).append(number)
        return found

    def count(self, key: int, most: int) -> int:
        """How many reports are found under a key, counted no further than ``most``."""
        query = "SELECT count(*) FROM (SELECT 1 FROM weighing_keys WHERE key = ? LIMIT ?) AS k"
        return int(self._one(query, key, most)[0])

    def notes(self, key: int) -> list[tuple[int, str]]:
        """What reports noted under a key, each with its number."""
        query = "SELECT document, text FROM weighing_notes WHERE key = ?"
        return [(number, text) for number, text in self._db.execute(query, (key,))]

    def set_notes(self, number: int, notes: Iterable[tuple[int, str]]) -> None:
        """Puts these notes in place of those of the report."""
        self._db.execute("DELETE FROM weighing_notes WHERE document = ?", (number,))
        self._db.executemany(
            "INSERT INTO weighing_notes (key, document, text) VALUES (?, ?, ?)",
            [(key, number, text) for key, text in notes],
        )

    def add_pairs(self, pairs: Iterable[NewPair]) -> None:
        """Keeps findings."""
        for pair in pairs:
            cursor = self._db.execute(
                "INSERT INTO weighing_pairs (statement, against, incident, words) VALUES (?, ?, ?, ?) "
                "RETURNING id",
                (pair.statement, pair.against, pair.incident, pair.words),
            )
            (id,) = cursor.fetchone()
            self._db.executemany(
                "INSERT INTO weighing_tellings VALUES (?, ?, ?, 1)",
                [(key, id, most) for key, most in dict(pair.tellings).items()],
            )

    def pairs(self, number: int) -> list[HeldPair]:
        """The findings with a pole in a report."""
        return self._pairs("p.statement = ? OR p.against = ?", number, number)

    def tellings(self, key: int) -> tuple[int, list[HeldPair]]:
        """How many tellings of one thing count, and all of them."""
        row = self._one("SELECT most FROM weighing_tellings WHERE key = ?", key)
        where = "p.id IN (SELECT pair FROM weighing_tellings WHERE key = ?)"
        return (int(row[0]) if row else 0), self._pairs(where, key)

    def choose(self, key: int, chosen: Collection[int]) -> set[int]:
        """Notes which tellings of one thing count; gives the reports of those findings of which this changes
        whether they count."""
        held = self._db.execute("SELECT pair, counts FROM weighing_tellings WHERE key = ?", (key,)).fetchall()
        turned = [pair for pair, counts in held if bool(counts) != (pair in chosen)]
        self._db.executemany(
            "UPDATE weighing_tellings SET counts = 1 - counts WHERE key = ? AND pair = ?",
            [(key, pair) for pair in turned],
        )
        found: set[int] = set()
        for pair in turned:
            found.update(self._one("SELECT statement, against FROM weighing_pairs WHERE id = ?", pair))
        return found

    def tellings_of(self, pair: int) -> list[int]:
        """Keys of what a finding is one of several tellings of."""
        query = "SELECT key FROM weighing_tellings WHERE pair = ?"
        return [key for (key,) in self._db.execute(query, (pair,))]

    def accounts(self, incident: str) -> list[HeldPair]:
        """The findings about an incident."""
        return self._pairs("p.incident = ?", incident)

    def drop_pairs(self, pairs: Iterable[int]) -> None:
        """Forgets findings."""
        self._db.executemany("DELETE FROM weighing_pairs WHERE id = ?", [(pair,) for pair in pairs])

    def put_outcome(self, number: int, outcome: str) -> None:
        """Keeps what holds of a report, as JSON, in place of what held before."""
        self._db.execute("UPDATE weighing_reports SET outcome = ? WHERE document = ?", (outcome, number))

    def outcomes(self) -> Iterator[tuple[str, str]]:
        """Ids of all reports and what holds of them, in the order of their numbers."""
        query = "SELECT id, outcome FROM weighing_reports WHERE outcome IS NOT NULL ORDER BY document"
        yield from each(self._db, query)

    def drop_clusters(self, events: Iterable[tuple[str, str]]) -> None:
        """Forgets the clusters that any of these events is in."""
        query = "SELECT cluster FROM weighing_members WHERE document = ? AND event = ?"
        found = {row[0] for event in events if (row := self._one(query, *event)) is not None}
        self._db.executemany("DELETE FROM weighing_clusters WHERE id = ?", [(n,) for n in sorted(found)])

    def put_cluster(self, events: Iterable[tuple[str, str]], cluster: str) -> None:
        """Keeps a cluster of events, as JSON."""
        number = self._one("INSERT INTO weighing_clusters (json) VALUES (?) RETURNING id", cluster)[0]
        rows = [(document, event, number) for document, event in events]
        self._db.executemany("INSERT INTO weighing_members VALUES (?, ?, ?)", rows)

    def clusters(self) -> Iterator[str]:
        """All clusters."""
        yield from (text for (text,) in each(self._db, "SELECT json FROM weighing_clusters ORDER BY id"))

    def _one(self, query: str, *values: Any) -> Any:
        return self._db.execute(query, values).fetchone()

    def _pairs(self, where: str, *values: Any) -> list[HeldPair]:
        query = f"SELECT {_PAIR} FROM weighing_pairs p WHERE {where} ORDER BY p.id"
        return [
            HeldPair(id, statement, against, bool(stands), words)
            for id, statement, against, stands, words in self._db.execute(query, values)
        ]
