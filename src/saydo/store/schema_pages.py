"""What lets a page be answered from an index: the day of each finding, and orders to page through."""

from __future__ import annotations

from saydo.store.columns import NO_DAY

REPORT_DAY = "COALESCE(substr(date, 1, 10), '')"
"""The day of a report as it is sorted: those without one count as the oldest."""
PUBLISHER = "COALESCE(publisher, '')"
_KIND = {"events": "type", "ties": "type", "statements": "kind"}


def _finding(table: str) -> tuple[str, ...]:
    return (
        f"ALTER TABLE {table} ADD COLUMN day TEXT NOT NULL DEFAULT '{NO_DAY}'",
        f"UPDATE {table} SET day = COALESCE(date_from, date_to, "
        f"(SELECT NULLIF(substr(d.date, 1, 10), '') FROM documents d WHERE d.position = {table}.document), "
        f"'{NO_DAY}')",
        f"CREATE INDEX {table}_by_day ON {table} (day, document, number)",
        f"CREATE INDEX {table}_by_kind_and_day ON {table} ({_KIND[table]}, day, document, number)",
    )


TABLES = (
    *_finding("events"),
    *_finding("ties"),
    *_finding("statements"),
    f"CREATE INDEX documents_by_day ON documents ({REPORT_DAY}, position)",
    f"CREATE INDEX documents_by_publisher ON documents ({PUBLISHER}, {REPORT_DAY}, position)",
    # narrow ones, so that counting does not read the texts themselves
    "CREATE INDEX documents_by_words ON documents (words)",
    "CREATE INDEX documents_that_failed ON documents (position) WHERE failure IS NOT NULL",
    "CREATE INDEX records_that_are_there ON records (document)",
    "CREATE INDEX notes_by_about ON notes (about, document)",
    "CREATE INDEX discrepancies_by_kind ON discrepancies (kind, rank)",
    "CREATE INDEX actors_by_reports ON actors (-reports, -mentions, id)",
)
