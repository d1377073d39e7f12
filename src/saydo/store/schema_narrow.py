"""What narrows lists at a million findings without another row being read: rules, and the first and last day
that a finding may be of, beside every finding; counts by month, kind and facet; the reports of each actor."""

from __future__ import annotations

from saydo.store.columns import NO_DAY
from saydo.store.schema_speed import PLACED, PLACED_AGAIN
from saydo.store.schema_views import FACET, WORDS, WORDS_AGAIN

_DATED = {"event": "events", "tie": "ties", "statement": "statements"}
_ENDS = ("0001-01-01", "9999-12-31")
COUNTED = """INSERT INTO found_counts (what, month, kind, facet, n) VALUES ({row}.what,
    substr({row}.day, 1, 7), {row}.kind, COALESCE({row}.facet, ''), {by})
    ON CONFLICT (what, month, kind, facet) DO UPDATE SET n = found_counts.n + {by}"""
_TAKES = """SELECT DISTINCT p.actor, f.what, f.day, f.key, f.kind, f.facet, f.score, f.spot, f.rule, f.begins,
        f.ends
    FROM found f JOIN participants p ON p.document = f.document AND p.what = f.what AND p.finding = f.id
    WHERE p.actor IS NOT NULL"""
_DECIDED = """SELECT f.key FROM stances s JOIN found f ON f.document = s.document AND f.what = s.what
    AND f.id = s.finding"""


def _filled(what: str, table: str) -> str:
    """Rules and bounds of what is there already; as :func:`saydo.store.columns.bounds_of` has them."""
    begins = f"COALESCE(t.date_from, CASE WHEN t.date_to IS NULL THEN t.day ELSE '{_ENDS[0]}' END)"
    ends = f"COALESCE(t.date_to, CASE WHEN t.date_from IS NULL THEN t.day ELSE '{_ENDS[1]}' END)"
    return (
        f"UPDATE found SET rule = t.rule, begins = NULLIF({begins}, t.day), ends = NULLIF({ends}, t.day) "
        f"FROM {table} t WHERE found.what = '{what}' AND t.document = found.document AND t.id = found.id"
    )


TABLES = (
    "ALTER TABLE found ADD COLUMN rule TEXT NOT NULL DEFAULT ''",
    # the first and the last day that the words leave open, where that is not the day by which it is sorted
    "ALTER TABLE found ADD COLUMN begins TEXT",
    "ALTER TABLE found ADD COLUMN ends TEXT",
    *(_filled(what, table) for what, table in _DATED.items()),
    "DROP TRIGGER found_comes",
    "DROP TRIGGER found_goes",
    "DROP TABLE found_actors",
    """CREATE TABLE found_actors (
        actor TEXT NOT NULL, what TEXT NOT NULL, day TEXT NOT NULL, key INTEGER NOT NULL,
        kind TEXT NOT NULL, facet TEXT, score REAL NOT NULL, spot TEXT, rule TEXT NOT NULL,
        begins TEXT, ends TEXT,
        PRIMARY KEY (actor, what, day, key)
    ) WITHOUT ROWID""",
    f"INSERT INTO found_actors {_TAKES} ORDER BY 1, 2, 3, 4",
    "DROP TABLE found_months",
    """CREATE TABLE found_counts (
        what TEXT NOT NULL, month TEXT NOT NULL, kind TEXT NOT NULL, facet TEXT NOT NULL, n INTEGER NOT NULL,
        PRIMARY KEY (what, month, kind, facet)
    ) WITHOUT ROWID""",
    "INSERT INTO found_counts (what, month, kind, facet, n) "
    "SELECT what, substr(day, 1, 7), kind, COALESCE(facet, ''), count(*) FROM found GROUP BY 1, 2, 3, 4",
    # findings on which somebody decided, so that a list of those that wait looks at nothing else of them
    "CREATE TABLE found_decided (key INTEGER PRIMARY KEY)",
    f"INSERT INTO found_decided {_DECIDED}",
    # the same of what rests on findings; numbers change where a finding before is rejected
    "ALTER TABLE weights ADD COLUMN key INTEGER",
    "UPDATE weights SET key = (SELECT k.key FROM found k WHERE k.document = weights.document "
    "AND k.what = weights.what AND k.id = weights.finding)",
    "CREATE INDEX weights_by_key ON weights (key, weight)",
    "DROP INDEX weights_by_weight",
    "CREATE INDEX weights_by_weight ON weights (what, -weight, key)",
    "CREATE TRIGGER found_comes AFTER INSERT ON found BEGIN "
    f"{WORDS}; {COUNTED.format(row='NEW', by='1')}; {FACET.format(row='NEW', by='1')}; {PLACED}; "
    f"INSERT INTO found_decided {_DECIDED} WHERE f.key = NEW.key; "
    "UPDATE weights SET key = NEW.key WHERE document = NEW.document AND what = NEW.what "
    "AND finding = NEW.id; "
    f"INSERT INTO found_actors {_TAKES} AND f.key = NEW.key; END",
    "CREATE TRIGGER found_goes AFTER DELETE ON found BEGIN "
    f"{WORDS_AGAIN}; {COUNTED.format(row='OLD', by='-1')}; {FACET.format(row='OLD', by='-1')}; "
    f"{PLACED_AGAIN}; DELETE FROM found_decided WHERE key = OLD.key; END",
    # one table is reviewed in place of three
    *(
        f"DROP INDEX {table}_by_{name}"
        for table in _DATED.values()
        for name in ("doubt", "kind_and_doubt", "rule_and_doubt", "rule_and_day")
    ),
    "DROP INDEX found_by_score",
    "DROP INDEX found_by_kind_and_score",
    "CREATE INDEX found_by_score ON found (what, score, key, day, kind, facet)",
    "CREATE INDEX found_by_kind_and_score ON found (what, kind, score, key, day, facet)",
    "CREATE INDEX found_by_rule ON found (what, rule, score, key, day, kind)",
    "DROP TABLE actor_spans",
    """CREATE TABLE actor_reports (
        actor TEXT NOT NULL, day TEXT NOT NULL, document INTEGER NOT NULL,
        PRIMARY KEY (actor, day, document)
    ) WITHOUT ROWID""",
    "CREATE INDEX actor_reports_by_report ON actor_reports (document, actor)",
    f"""INSERT INTO actor_reports (actor, day, document)
        SELECT DISTINCT f.id, COALESCE(substr(d.date, 1, 10), '{NO_DAY}'), d.position
        FROM actors f CROSS JOIN json_each(f.documents) j CROSS JOIN documents d ON d.id = j.value""",
)
REPORTS = TABLES[-1]
"""Fills ``actor_reports`` from the actors: which reports name each, and when these were published."""
