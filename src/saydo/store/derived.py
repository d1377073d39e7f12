"""From what was found across all reports to the rows of its tables, and back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator

from saydo.model.case import Commitment, Incident
from saydo.model.ids import fold
from saydo.model.store import Derived
from saydo.store.columns import Row
from saydo.store.together import TOGETHER
from saydo.store.together import rows as together_rows

DERIVED = (
    "poles",
    "discrepancies",
    "commitments",
    "incident_members",
    "incidents",
    "actors",
    "actor_reports",
    *TOGETHER,
    "weights",
    "actor_words",
)
"""The tables that hold it, in an order in which they can be emptied."""


def derived_rows(derived: Derived) -> Iterator[Row]:
    """Every row, in the order of the columns of its table."""
    for found in derived.actors:
        a, documents = found.actor, json.dumps(found.documents)
        yield Row(
            "actors",
            (a.id, a.name, a.kind, a.country, a.sector, len(found.documents), found.mentions, found.events,
             found.ties, found.statements, documents, a.model_dump_json()),
        )  # fmt: skip
        yield from (Row("actor_words", (words, a.id)) for words in sorted(name_words((a.name, *a.aliases))))
    for rank, d in enumerate(derived.discrepancies):
        yield Row(
            "discrepancies",
            (rank, d.id, d.kind, d.speaker, d.basis, d.field, d.rule, d.score, d.model_dump_json()),
        )
        for n, pole in enumerate((d.statement, *d.against)):
            yield Row("poles", (rank, n, pole.document, pole.id))
    for n, c in enumerate(derived.commitments):
        against = json.dumps(c.against)
        yield Row("commitments", (n, c.document, c.statement, c.speaker, c.speaker_name, c.outcome, against))
    for n, incident in enumerate(derived.incidents):
        yield Row("incidents", (n, incident.id, incident.type, incident.reason))
        for k, (document, event) in enumerate(incident.members):
            yield Row("incident_members", (n, k, document, event))
    yield from together_rows(derived)


def name_words(names: Iterable[str]) -> set[str]:
    """Folded names from each of their words on: ``reef battalion``, ``battalion``."""
    folded = [fold(name)[:200].split(" ") for name in names]
    return {" ".join(words[n:]) for words in folded for n in range(len(words))} - {""}


def commitments(db: sqlite3.Connection) -> tuple[Commitment, ...]:
    """All commitments, in the order in which they were put."""
    query = (
        "SELECT document, statement, speaker, speaker_name, outcome, against FROM commitments ORDER BY number"
    )
    return tuple(
        Commitment(document, statement, speaker, name, outcome, _pairs(against))
        for document, statement, speaker, name, outcome, against in db.execute(query)
    )


def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    return tuple((one, other) for one, other in json.loads(text))


def incidents(db: sqlite3.Connection) -> tuple[Incident, ...]:
    """All incidents, in the order in which they were put."""
    members: dict[int, list[tuple[str, str]]] = {}
    for number, document, event in db.execute(
        "SELECT incident, document, event FROM incident_members ORDER BY incident, number"
    ):
        members.setdefault(number, []).append((document, event))
    return tuple(
        Incident(id, type, tuple(members.get(number, ())), reason)
        for number, id, type, reason in db.execute(
            "SELECT number, id, type, reason FROM incidents ORDER BY number"
        )
    )
