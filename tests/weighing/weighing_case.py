"""A case that is weighed report by report, in memory, and what all of it comes to."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

from saydo.codebook import Codebook
from saydo.model.case import Commitment
from saydo.model.choices import NO_CHOICES, Choices
from saydo.model.records import Discrepancy
from saydo.store.ledger import LEDGER, SqliteLedger
from saydo.store.schema import MIGRATIONS
from saydo.weighing import EventCluster, WeighedReport, Weigher, weigh
from saydo.weighing.decided import Decided
from saydo.weighing.outcome import cluster_of, outcome_of
from saydo.weighing.types import Weighed


class Whole(NamedTuple):
    """What holds of a case, in one order however it came about."""

    discrepancies: list[Discrepancy]
    commitments: list[Commitment]
    clusters: list[EventCluster]
    rejected: frozenset[int]


def at_once(reports: Sequence[WeighedReport], codebook: Codebook, choices: Choices = NO_CHOICES) -> Whole:
    """All reports weighed together."""
    return whole(weigh(reports, codebook, choices))


def whole(weighed: Weighed) -> Whole:
    """What was weighed together."""
    return Whole(
        list(weighed.discrepancies), sorted(weighed.commitments), sorted(weighed.clusters), weighed.rejected
    )


class Growing:
    """Takes reports in, coded anew or out, portion by portion. Who is who is not asked: in the reports that
    come here everybody is what they take him for."""

    def __init__(self, codebook: Codebook) -> None:
        self._db = sqlite3.connect(":memory:", isolation_level=None)
        self._db.execute("PRAGMA foreign_keys = OFF")
        for migration in MIGRATIONS:
            for statement in migration.statements:
                self._db.execute(statement)
        self.ledger = SqliteLedger(self._db)
        self._codebook = codebook
        self._numbers: dict[str, int] = {}
        self.decide(Decided())

    def decide(self, decided: Decided) -> None:
        """From now on weighs by these decisions."""
        self._weigher = Weigher(self.ledger, self._codebook, decided)

    def update(self, changes: Sequence[tuple[str, WeighedReport | None]]) -> int:
        """Reports by id, None for one that is gone; each at most once. Gives how many were weighed."""
        numbered = []
        for id, report in changes:
            number = self._numbers.setdefault(id, len(self._numbers) + 1)
            if report is not None:
                self._text(number, report)
            numbered.append((number, report))
        self._db.execute("PRAGMA foreign_keys = ON")
        try:
            return self._weigher.update(numbered)
        finally:
            self._db.execute("PRAGMA foreign_keys = OFF")

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
