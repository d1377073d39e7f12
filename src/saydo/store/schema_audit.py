"""The audit log and what keeps evidence as it is: entries chained by hash, records of capture, and triggers
that refuse to change what was taken in, run or decided."""

from __future__ import annotations

import re

from saydo.store import schema_findings


def _never(table: str, event: str, name: str, line: str, when: str = "") -> str:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{line}'); END"
    return f"CREATE TRIGGER {name} BEFORE {event} ON {table}{f' WHEN {when}' if when else ''} {refuse}"


_ENTRY = "an entry of the audit log is never changed or deleted"
_REPORT = "a report is never changed or taken out after it was taken in"
_ORDER = "entries of the audit log are written one behind the other"
_RUN = "what is written of a run is never changed or deleted"
TOLD = (
    "id", "source", "origin", "text_sha256", "words", "date", "title", "publisher", "url", "language",
    "author", "timecodes", "metadata",
)  # fmt: skip
"""Columns of a report that its entry in the log holds; the text is there by its digest."""

TABLES = (
    """CREATE TABLE audit (
        number INTEGER PRIMARY KEY,
        line TEXT NOT NULL,
        hash TEXT NOT NULL CHECK (length(hash) = 64),
        decision INTEGER
    )""",
    # the number of the decision that an entry tells of: the log of decisions shows both side by side
    "CREATE INDEX audit_of_decisions ON audit (decision) WHERE decision IS NOT NULL",
    """CREATE TABLE captures (
        document INTEGER PRIMARY KEY REFERENCES documents (position),
        at TEXT NOT NULL,
        requested TEXT NOT NULL,
        url TEXT NOT NULL,
        status INTEGER NOT NULL,
        headers TEXT NOT NULL,
        payload TEXT NOT NULL CHECK (length(payload) = 64),
        tool TEXT NOT NULL
    )""",
    _never("audit", "UPDATE", "audit_stays_as_it_is", _ENTRY),
    _never("audit", "DELETE", "audit_stays", _ENTRY),
    _never("audit", "INSERT", "audit_grows_at_its_end", _ORDER,
           "NEW.number <> (SELECT COALESCE(max(number), 0) + 1 FROM audit)"),
    _never("captures", "UPDATE", "captures_stay_as_they_are", _REPORT),
    _never("captures", "DELETE", "captures_stay", _REPORT),
    _never("sources", "UPDATE", "sources_stay_as_they_are", _REPORT),
    _never("sources", "DELETE", "sources_stay", _REPORT),
    # only why it could not be coded may change
    _never("documents", f"UPDATE OF position, text, {', '.join(TOLD)}", "documents_stay_as_they_are",
           _REPORT),
    _never("documents", "DELETE", "documents_stay", _REPORT),
    _never("runs", "UPDATE OF number, started, inputs, version, who, material, after",
           "runs_stay_as_they_are", _RUN),
    _never("runs", "UPDATE", "runs_end_once", _RUN, "OLD.ended IS NOT NULL"),
    _never("runs", "DELETE", "runs_stay", _RUN),
    _never("run_skips", "UPDATE", "run_skips_stay_as_they_are", _RUN),
    _never("run_skips", "DELETE", "run_skips_stay", _RUN),
)  # fmt: skip

TRIGGERS = {
    found[1]: statement
    for statement in (*schema_findings.TABLES, *TABLES)
    if (found := re.match(r"CREATE TRIGGER (\w+)", statement))
}
"""Name → how it was made."""
