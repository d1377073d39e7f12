"""What tables, timeline and search are answered from: every finding in one narrow row with its words and
names, a full-text index over these, and counts by month. All of it follows from the records."""

from __future__ import annotations

from saydo.store.columns import NO_DAY
from saydo.store.schema_pages import REPORT_DAY

COUNT = """INSERT INTO found_months (what, kind, month, n) VALUES ({row}.what, {row}.kind,
    substr({row}.day, 1, 7), {by}) ON CONFLICT DO UPDATE SET n = n + {by}"""
FACET = """INSERT INTO found_facets (what, kind, facet, n) VALUES ({row}.what, {row}.kind,
    COALESCE({row}.facet, ''), {by}) ON CONFLICT DO UPDATE SET n = n + {by}"""
WORDS = "INSERT INTO found_words (rowid, names, quote) VALUES (NEW.key, NEW.names, NEW.quote)"
WORDS_AGAIN = (
    "INSERT INTO found_words (found_words, rowid, names, quote) "
    "VALUES ('delete', OLD.key, OLD.names, OLD.quote)"
)
_DATED = ("events", "ties", "statements")
_KIND = {"events": "type", "ties": "type", "statements": "kind"}


def _by_day(table: str) -> tuple[str, ...]:
    """The indexes by day anew, now with both dates in them, so that a bound on dates reads no rows."""
    return (
        f"DROP INDEX {table}_by_day",
        f"DROP INDEX {table}_by_kind_and_day",
        f"CREATE INDEX {table}_by_day ON {table} (day, document, number, date_from, date_to)",
        f"CREATE INDEX {table}_by_kind_and_day ON {table} "
        f"({_KIND[table]}, day, document, number, date_from, date_to)",
    )


TABLES = (
    """CREATE TABLE found (
        key INTEGER PRIMARY KEY,
        document INTEGER NOT NULL REFERENCES records (document) ON DELETE CASCADE,
        what TEXT NOT NULL CHECK (what IN ('event', 'tie', 'statement')),
        id TEXT NOT NULL, kind TEXT NOT NULL, day TEXT NOT NULL, facet TEXT, score REAL NOT NULL,
        place TEXT, spot TEXT, names TEXT NOT NULL, quote TEXT NOT NULL
    )""",
    "CREATE INDEX found_by_finding ON found (document, id)",
    "CREATE INDEX found_by_day ON found (what, day, key)",
    "CREATE INDEX found_by_kind ON found (what, kind, day, key)",
    "CREATE INDEX found_by_facet ON found (what, facet, day, key, kind)",
    "CREATE INDEX found_by_spot ON found (spot, kind, day) WHERE spot IS NOT NULL",
    "CREATE INDEX found_by_score ON found (what, score, key)",
    "CREATE INDEX found_by_kind_and_score ON found (what, kind, score, key)",
    """CREATE VIRTUAL TABLE found_words USING fts5 (names, quote, content='found', content_rowid='key',
        tokenize="unicode61 remove_diacritics 2")""",
    """CREATE TABLE found_months (
        what TEXT NOT NULL, kind TEXT NOT NULL, month TEXT NOT NULL, n INTEGER NOT NULL,
        PRIMARY KEY (what, kind, month)
    ) WITHOUT ROWID""",
    """CREATE TABLE found_facets (
        what TEXT NOT NULL, kind TEXT NOT NULL, facet TEXT NOT NULL, n INTEGER NOT NULL,
        PRIMARY KEY (what, kind, facet)
    ) WITHOUT ROWID""",
    "CREATE TRIGGER found_comes AFTER INSERT ON found BEGIN "
    f"{WORDS}; {COUNT.format(row='NEW', by='1')}; {FACET.format(row='NEW', by='1')}; END",
    "CREATE TRIGGER found_goes AFTER DELETE ON found BEGIN "
    f"{WORDS_AGAIN}; {COUNT.format(row='OLD', by='-1')}; {FACET.format(row='OLD', by='-1')}; END",
    *(statement for table in _DATED for statement in _by_day(table)),
    f"CREATE INDEX documents_that_failed_by_day ON documents ({REPORT_DAY}, position) "
    "WHERE failure IS NOT NULL",
    """CREATE TABLE actor_spans (
        actor TEXT PRIMARY KEY, first TEXT NOT NULL, last TEXT NOT NULL
    ) WITHOUT ROWID""",
    f"""INSERT INTO actor_spans SELECT f.id, min(COALESCE(substr(d.date, 1, 10), '{NO_DAY}')),
        max(COALESCE(substr(d.date, 1, 10), '')) FROM actors f, json_each(f.documents) j
        JOIN documents d ON d.id = j.value GROUP BY f.id""",
    "CREATE INDEX spells_by_time ON spells (since, until)",
)
SPANS = TABLES[-2]
"""Fills ``actor_spans`` from the actors: the days of the first and the last report that name each."""
