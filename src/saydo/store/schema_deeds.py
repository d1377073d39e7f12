"""Indexes for the pages on words and deeds."""

from __future__ import annotations

NEEDS_REVIEW = "json_extract(json, '$.needs_review')"
JUDGED = "json_extract(payload, '$.judged.id')"

TABLES = (
    f"CREATE INDEX discrepancies_by_review ON discrepancies ({NEEDS_REVIEW}, rank)",
    "CREATE INDEX discrepancies_by_basis ON discrepancies (basis, rank)",
    "CREATE INDEX discrepancies_by_speaker_and_kind ON discrepancies (speaker, kind, rank)",
    "CREATE INDEX statements_by_source_and_day ON statements (source_actor, kind, day, document, number)",
    "CREATE INDEX merges_by_merged ON merges (merged)",
    "CREATE INDEX decisions_by_kind ON decisions (kind, number)",
    f"CREATE INDEX decisions_by_judged ON decisions ({JUDGED}) WHERE kind IN ('uphold', 'reject', 'unclear')",
)
