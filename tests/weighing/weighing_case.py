"""A case that is weighed report by report, in memory, and what all of it comes to."""

from __future__ import annotations

import pickle
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from saydo.codebook import Codebook
from saydo.model.case import Commitment
from saydo.model.choices import NO_CHOICES, Choices
from saydo.model.identity import Identities
from saydo.model.inference import Inference
from saydo.model.records import Discrepancy, Record
from saydo.model.store import Due
from saydo.store.ledger import LEDGER, SqliteLedger
from saydo.store.schema import MIGRATIONS
from saydo.weighing import EventCluster, WeighedReport, Weigher, weigh
from saydo.weighing.decided import Decided
from saydo.weighing.hand import Alone, Hand
from saydo.weighing.outcome import cluster_of, outcome_of
from saydo.weighing.portion import Begun, News, Over, Task
from saydo.weighing.types import Weighed


class Whole(NamedTuple):
    """What holds of a case, in one order however it came about."""

    discrepancies: list[Discrepancy]
    commitments: list[Commitment]
    clusters: list[EventCluster]
    rejected: frozenset[int]


def at_once(
    reports: Sequence[WeighedReport],
    codebook: Codebook,
    choices: Choices = NO_CHOICES,
    inference: Inference | None = None,
) -> Whole:
    """All reports weighed together."""
    return whole(weigh(reports, codebook, choices, inference))


def whole(weighed: Weighed) -> Whole:
    """What was weighed together."""
    return Whole(
        list(weighed.discrepancies), sorted(weighed.commitments), sorted(weighed.clusters), weighed.rejected
    )


class Growing:
    """Takes reports in, coded anew or out, portion by portion. Who is who is not asked: in the reports that
    come here everybody is what they take him for.

    With ``hands`` so many weigh beside the one that keeps the ledger. They read what was committed last, over
    connections of their own, and everything goes to them and back as pickles."""

    def __init__(self, codebook: Codebook, hands: int = 0, inference: Inference | None = None) -> None:
        self._codebook = codebook
        self._inference = inference
        self._numbers: dict[str, int] = {}
        self._held: dict[int, tuple[Record | None, str]] = {}
        self._folder = tempfile.TemporaryDirectory() if hands else None
        place = f"{self._folder.name}/case.db" if self._folder else ":memory:"
        self._db = sqlite3.connect(place, isolation_level=None)
        self._db.execute("PRAGMA foreign_keys = OFF")
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = OFF")
        self._db.execute("BEGIN")
        for migration in MIGRATIONS:
            for statement in migration.statements:
                self._db.execute(statement)
        self._db.execute("COMMIT")
        self.ledger = SqliteLedger(self._db)
        self._connections = [sqlite3.connect(place, isolation_level=None) for _ in range(hands)]
        self.hands = Pickled(
            [
                Hand(SqliteLedger(db), codebook, self._due, lambda id: None, inference)
                for db in self._connections
            ]
        )
        self._divided = bool(hands)
        self.decide(Decided())

    def close(self) -> None:
        """Closes what it opened."""
        for db in (self._db, *self._connections):
            db.close()
        if self._folder:
            self._folder.cleanup()

    def decide(self, decided: Decided) -> None:
        """From now on weighs by these decisions."""
        self._weigher = Weigher(self.ledger, self._codebook, decided, inference=self._inference)
        self.hands.tell(Begun(Identities({}, {}, {}), decided))

    def _due(self, numbers: Sequence[int]) -> Iterator[Due]:
        for number in numbers:
            yield Due(number, *self._held[number])

    def update(self, changes: Sequence[tuple[str, WeighedReport | None]]) -> int:
        """Reports by id, None for one that is gone; each at most once. Gives how many were weighed."""
        numbered = []
        for id, report in changes:
            number = self._numbers.setdefault(id, len(self._numbers) + 1)
            if report is not None:
                self._text(number, report)
            self._held[number] = (report.record, report.text) if report else (None, "")
            numbered.append((number, report))
        self._db.execute("PRAGMA foreign_keys = ON")
        self._db.execute("BEGIN IMMEDIATE")
        try:
            if self._divided:
                made = self._weigher.update_by(self.hands, [number for number, _ in numbered])
            else:
                made = self._weigher.update(numbered)
        finally:
            self._db.execute("COMMIT")
            self._db.execute("PRAGMA foreign_keys = OFF")
        self.hands.tell(Over())
        return made

    def _text(self, number: int, report: WeighedReport) -> None:
        self._db.execute(
            "INSERT INTO documents (position, id, source, origin, text, text_sha256, words, timecodes, metadata) "
            "VALUES (?1, ?2, ?2, ?2, ?3, ?4, 0, '[]', '[]') ON CONFLICT (position) DO NOTHING",
            (number, report.record.id, report.text, report.record.text_sha256),
        )

    def whole(self) -> Whole:
        """What holds now."""
        outcomes = [outcome_of(text) for _, text in self.ledger.outcomes()]
        found = [d for each in outcomes for d in each.discrepancies]
        order = ("position", "commitment", "denial", "tie", "account")
        return Whole(
            sorted(found, key=lambda d: (-d.score, order.index(d.kind), d.id)),
            sorted(c for each in outcomes for c in each.commitments),
            sorted(map(cluster_of, self.ledger.clusters())),
            frozenset(n for each in outcomes for n in each.rejected),
        )

    def rows(self) -> dict[str, int]:
        """How many rows each table of the ledger has."""
        return {t: self._db.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in LEDGER}

    def content(self) -> dict[str, list[tuple[Any, ...]]]:
        """What the ledger holds of reports, in one order, whatever the order in which it was found."""
        asked = {
            "keys": "SELECT key, document FROM weighing_keys",
            "notes": "SELECT key, document, text FROM weighing_notes",
            "pairs": "SELECT statement, against, incident, words FROM weighing_pairs",
            "reports": "SELECT document, reprint, facts, outcome FROM weighing_reports",
            "clusters": "SELECT json FROM weighing_clusters",
        }
        return {name: sorted(self._db.execute(query), key=repr) for name, query in asked.items()}


class Pickled(Alone):
    """Hands to which everything goes as it would to another process."""

    def tell(self, news: News) -> None:
        super().tell(pickle.loads(pickle.dumps(news)))

    def ask(self, tasks: Sequence[Task]) -> Iterator[Sequence[Any]]:
        for answer in super().ask(pickle.loads(pickle.dumps(list(tasks)))):
            yield pickle.loads(pickle.dumps(answer))
