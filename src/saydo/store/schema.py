"""The tables of a case, as numbered migrations.

What is kept for good are sources, documents, records (the JSON as it was written) and what people and
runs did. The tables of findings are an index over the records, for queries: a migration that changes
them drops them and says ``reindex``, and they are built anew from the records.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import NamedTuple

from saydo.store import (
    audit,
    decisions,
    ledger,
    schema_audit,
    schema_deeds,
    schema_findings,
    schema_grades,
    schema_narrow,
    schema_pages,
    schema_runs,
    schema_speed,
    schema_views,
    together,
)

APPLICATION_ID = 0x53415944
"""Marks the file as a case of saydo ("SAYD"), so that no other program's database is taken for one."""


class Migration(NamedTuple):
    """One step from a schema to the next; applied in one transaction and recorded with its digest."""

    number: int
    name: str
    statements: tuple[str, ...]
    reindex: bool = False
    """Whether the index of findings must be built anew from the records afterwards."""
    then: Callable[[sqlite3.Connection], None] | None = None
    """What SQL alone cannot do; done behind the statements, in the same transaction."""


_CASE = (
    """CREATE TABLE sources (
        sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64),
        bytes INTEGER NOT NULL CHECK (bytes >= 0),
        media_type TEXT NOT NULL
    )""",
    """CREATE TABLE documents (
        position INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        source TEXT NOT NULL UNIQUE REFERENCES sources (sha256),
        origin TEXT NOT NULL,
        text TEXT NOT NULL,
        text_sha256 TEXT NOT NULL CHECK (length(text_sha256) = 64),
        words INTEGER NOT NULL CHECK (words >= 0),
        title TEXT, publisher TEXT, url TEXT, date TEXT, language TEXT, author TEXT,
        timecodes TEXT NOT NULL,
        metadata TEXT NOT NULL,
        failure TEXT
    )""",
    "CREATE INDEX documents_by_text ON documents (text_sha256)",
    "CREATE INDEX documents_by_date ON documents (date)",
    """CREATE TABLE records (
        document INTEGER PRIMARY KEY REFERENCES documents (position),
        coder TEXT NOT NULL,
        json TEXT NOT NULL
    )""",
    """CREATE TABLE skipped (
        origin TEXT NOT NULL,
        reason TEXT NOT NULL,
        harmless INTEGER NOT NULL CHECK (harmless IN (0, 1)),
        inputs TEXT NOT NULL,
        PRIMARY KEY (origin, reason)
    )""",
    """CREATE TABLE runs (
        number INTEGER PRIMARY KEY,
        started TEXT NOT NULL,
        ended TEXT,
        inputs TEXT NOT NULL,
        version TEXT NOT NULL,
        outcome TEXT
    )""",
    "CREATE TABLE marks (stage TEXT PRIMARY KEY, value TEXT NOT NULL)",
)

_INDEX = (
    """CREATE TABLE mentions (
        document INTEGER NOT NULL REFERENCES records (document) ON DELETE CASCADE,
        id TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL CHECK (end > start),
        text TEXT NOT NULL, type TEXT NOT NULL, actor TEXT, named INTEGER NOT NULL,
        PRIMARY KEY (document, id)
    )""",
    "CREATE INDEX mentions_by_actor ON mentions (actor, document)",
    """CREATE TABLE document_actors (
        document INTEGER NOT NULL REFERENCES records (document) ON DELETE CASCADE,
        id TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, country TEXT, sector TEXT,
        json TEXT NOT NULL,
        PRIMARY KEY (document, id)
    )""",
    "CREATE INDEX document_actors_by_id ON document_actors (id, document)",
    """CREATE TABLE places (
        document INTEGER NOT NULL REFERENCES records (document) ON DELETE CASCADE,
        number INTEGER NOT NULL, text TEXT NOT NULL, name TEXT, geonames_id INTEGER,
        lat REAL, lon REAL, country TEXT, precision TEXT, score REAL NOT NULL,
        PRIMARY KEY (document, number)
    )""",
    "CREATE INDEX places_by_country ON places (country, document)",
    """CREATE TABLE events (
        document INTEGER NOT NULL REFERENCES records (document) ON DELETE CASCADE,
        number INTEGER NOT NULL, id TEXT NOT NULL, type TEXT NOT NULL, mode TEXT,
        realis TEXT NOT NULL, polarity TEXT NOT NULL, attributed_to TEXT,
        date_from TEXT, date_to TEXT, place TEXT, country TEXT, lat REAL, lon REAL,
        killed_low INTEGER, killed_high INTEGER, injured_low INTEGER, injured_high INTEGER,
        rule TEXT NOT NULL, score REAL NOT NULL, json TEXT NOT NULL,
        PRIMARY KEY (document, id)
    )""",
    "CREATE INDEX events_by_type ON events (type, mode)",
    "CREATE INDEX events_by_date ON events (date_from, date_to)",
    "CREATE INDEX events_by_country ON events (country)",
    """CREATE TABLE ties (
        document INTEGER NOT NULL REFERENCES records (document) ON DELETE CASCADE,
        number INTEGER NOT NULL, id TEXT NOT NULL, type TEXT NOT NULL, role TEXT,
        from_actor TEXT, to_actor TEXT, date_from TEXT, date_to TEXT, state TEXT NOT NULL,
        realis TEXT NOT NULL, polarity TEXT NOT NULL, attributed_to TEXT,
        rule TEXT NOT NULL, score REAL NOT NULL, json TEXT NOT NULL,
        PRIMARY KEY (document, id)
    )""",
    "CREATE INDEX ties_by_type ON ties (type)",
    "CREATE INDEX ties_by_ends ON ties (from_actor, to_actor)",
    """CREATE TABLE statements (
        document INTEGER NOT NULL REFERENCES records (document) ON DELETE CASCADE,
        number INTEGER NOT NULL, id TEXT NOT NULL, kind TEXT NOT NULL, source_actor TEXT,
        quoted INTEGER NOT NULL, medium TEXT, date_from TEXT, date_to TEXT,
        rule TEXT NOT NULL, score REAL NOT NULL, json TEXT NOT NULL,
        PRIMARY KEY (document, id)
    )""",
    "CREATE INDEX statements_by_kind ON statements (kind)",
    "CREATE INDEX statements_by_source ON statements (source_actor)",
    """CREATE TABLE participants (
        document INTEGER NOT NULL REFERENCES records (document) ON DELETE CASCADE,
        what TEXT NOT NULL CHECK (what IN ('event', 'tie', 'statement')),
        finding TEXT NOT NULL, role TEXT NOT NULL, number INTEGER NOT NULL,
        mention TEXT NOT NULL, actor TEXT,
        PRIMARY KEY (document, what, finding, role, number)
    )""",
    "CREATE INDEX participants_by_actor ON participants (actor, what, document, finding)",
    """CREATE TABLE notes (
        document INTEGER NOT NULL REFERENCES records (document) ON DELETE CASCADE,
        number INTEGER NOT NULL, about TEXT NOT NULL, reason TEXT NOT NULL, start INTEGER, end INTEGER,
        PRIMARY KEY (document, number)
    )""",
)

_DERIVED = (
    """CREATE TABLE actors (
        id TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, country TEXT, sector TEXT,
        reports INTEGER NOT NULL, mentions INTEGER NOT NULL, events INTEGER NOT NULL,
        ties INTEGER NOT NULL, statements INTEGER NOT NULL, documents TEXT NOT NULL, json TEXT NOT NULL
    )""",
    "CREATE INDEX actors_by_name ON actors (name)",
    """CREATE TABLE discrepancies (
        rank INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, speaker TEXT,
        basis TEXT NOT NULL, field TEXT, rule TEXT NOT NULL, score REAL NOT NULL, json TEXT NOT NULL
    )""",
    "CREATE INDEX discrepancies_by_speaker ON discrepancies (speaker)",
    """CREATE TABLE poles (
        discrepancy INTEGER NOT NULL REFERENCES discrepancies (rank) ON DELETE CASCADE,
        number INTEGER NOT NULL, document TEXT NOT NULL REFERENCES documents (id), finding TEXT NOT NULL,
        PRIMARY KEY (discrepancy, number)
    )""",
    "CREATE INDEX poles_by_finding ON poles (document, finding)",
    """CREATE TABLE commitments (
        number INTEGER PRIMARY KEY, document TEXT NOT NULL REFERENCES documents (id),
        statement TEXT NOT NULL, speaker TEXT NOT NULL, speaker_name TEXT NOT NULL,
        outcome TEXT NOT NULL CHECK (outcome IN ('kept', 'broken', 'open')), against TEXT NOT NULL
    )""",
    "CREATE INDEX commitments_by_speaker ON commitments (speaker, outcome)",
    """CREATE TABLE incidents (
        number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, type TEXT NOT NULL, reason TEXT NOT NULL
    )""",
    """CREATE TABLE incident_members (
        incident INTEGER NOT NULL REFERENCES incidents (number) ON DELETE CASCADE,
        number INTEGER NOT NULL, document TEXT NOT NULL REFERENCES documents (id), event TEXT NOT NULL,
        PRIMARY KEY (incident, number)
    )""",
    "CREATE INDEX incident_members_by_event ON incident_members (document, event)",
)

MIGRATIONS: tuple[Migration, ...] = (
    Migration(1, "sources, documents and records", _CASE),
    Migration(2, "an index of the findings", _INDEX, reindex=True),
    Migration(3, "what was found across reports", _DERIVED),
    Migration(4, "decisions of people", decisions.TABLE),
    Migration(5, "who is who, and ties over time", together.TABLES),
    Migration(6, "indexes for pages", schema_pages.TABLES),
    Migration(7, "the ledger of weighing", ledger.TABLES),
    Migration(8, "who ran what", schema_runs.TABLES),
    Migration(9, "indexes for words and deeds", schema_deeds.TABLES),
    Migration(10, "findings with their words and names", schema_views.TABLES, reindex=True),
    Migration(11, "decisions on findings", schema_findings.TABLES),
    Migration(12, "grades of sources and claims", schema_grades.TABLES),
    Migration(13, "the audit log", schema_audit.TABLES, then=audit.adopt),
    Migration(14, "answers at a million findings", schema_speed.TABLES),
    Migration(15, "rules, bounds and counts beside the findings", schema_narrow.TABLES),
)
