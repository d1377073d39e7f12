"""Decisions on findings: the table of decisions takes further kinds, a record knows what was coded before
people decided, and what holds of each finding can be asked for."""

from __future__ import annotations

from saydo.store.schema_deeds import JUDGED

_COLUMNS = "number, at, who, kind, payload, why, undoes"
ABOUT = "json_extract(payload, '$.finding.document')"
"""The report that a decision on a finding speaks of."""
_DOUBT = "score, document, number"

TABLES = (
    # a CHECK cannot be changed: the table is made anew under its name while other tables refer to it
    "PRAGMA defer_foreign_keys = ON",
    f"CREATE TEMP TABLE kept_decisions AS SELECT {_COLUMNS} FROM decisions ORDER BY number",
    "DROP TRIGGER decisions_stay",
    "DROP TRIGGER decisions_stay_as_they_are",
    "DROP TABLE decisions",
    """CREATE TABLE decisions (
        number INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        who TEXT NOT NULL CHECK (who <> ''),
        kind TEXT NOT NULL CHECK (kind <> ''),
        payload TEXT NOT NULL,
        why TEXT NOT NULL,
        undoes INTEGER REFERENCES decisions (number),
        CHECK ((kind = 'undo') = (undoes IS NOT NULL))
    )""",
    f"INSERT INTO decisions ({_COLUMNS}) SELECT {_COLUMNS} FROM kept_decisions ORDER BY number",
    "DROP TABLE kept_decisions",
    "CREATE INDEX decisions_by_undone ON decisions (undoes)",
    f"CREATE INDEX decisions_by_report ON decisions ({ABOUT}) WHERE {ABOUT} IS NOT NULL",
    "CREATE INDEX decisions_by_kind ON decisions (kind, number)",
    f"CREATE INDEX decisions_by_judged ON decisions ({JUDGED}) WHERE kind IN ('uphold', 'reject', 'unclear')",
    "CREATE INDEX decisions_by_who ON decisions (who, number)",
    "CREATE INDEX decisions_together ON decisions (json_extract(payload, '$.together')) "
    "WHERE json_extract(payload, '$.together') > ''",
    """CREATE TRIGGER decisions_stay_as_they_are BEFORE UPDATE ON decisions BEGIN
        SELECT RAISE(ABORT, 'a decision is never changed; undo it by another one');
    END""",
    """CREATE TRIGGER decisions_stay BEFORE DELETE ON decisions BEGIN
        SELECT RAISE(ABORT, 'a decision is never deleted; undo it by another one');
    END""",
    # the record as the coder made it, where people's decisions made it another
    "ALTER TABLE records ADD COLUMN coded TEXT",
    """CREATE TABLE stances (
        document INTEGER NOT NULL REFERENCES records (document) ON DELETE CASCADE,
        what TEXT NOT NULL CHECK (what IN ('event', 'tie', 'statement')),
        finding TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('accepted', 'rejected', 'corrected', 'flagged', 'added')),
        decision INTEGER NOT NULL REFERENCES decisions (number),
        proposal TEXT,
        PRIMARY KEY (document, what, finding)
    )""",
    "CREATE INDEX stances_by_state ON stances (state, decision)",
    "CREATE INDEX stances_by_decision ON stances (decision)",
    "CREATE INDEX stances_with_proposals ON stances (decision) WHERE proposal IS NOT NULL",
    """CREATE TABLE lost_stances (
        document INTEGER NOT NULL REFERENCES documents (position),
        decision INTEGER PRIMARY KEY REFERENCES decisions (number)
    )""",
    "CREATE INDEX lost_stances_by_report ON lost_stances (document)",
    *(
        f"CREATE INDEX {table}_by_{name}doubt ON {table} ({first}{_DOUBT})"
        for table, kind in (("events", "type"), ("ties", "type"), ("statements", "kind"))
        for name, first in (("", ""), ("kind_and_", f"{kind}, "), ("rule_and_", "rule, "))
    ),
    # how much rests on a finding: filled with what is derived
    """CREATE TABLE weights (
        document INTEGER NOT NULL, what TEXT NOT NULL, finding TEXT NOT NULL, weight INTEGER NOT NULL,
        PRIMARY KEY (document, what, finding)
    )""",
    # names of actors from each of their words on, so that a search by a beginning is one stretch of an index
    "CREATE TABLE actor_words (words TEXT NOT NULL, actor TEXT NOT NULL, PRIMARY KEY (words, actor)) "
    "WITHOUT ROWID",
    "CREATE INDEX spells_by_other_end ON spells (to_actor)",
    "CREATE INDEX questions_by_actor ON questions (actor)",
    "CREATE INDEX weights_by_weight ON weights (what, -weight, document, finding)",
)
