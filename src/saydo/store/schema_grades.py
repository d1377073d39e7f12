"""Grades of sources and claims: decisions like others, found by what they are about."""

from __future__ import annotations

OF_PUBLISHER = "json_extract(payload, '$.source.publisher')"
OF_REPORT = "json_extract(payload, '$.source.report')"
OF_STATEMENT = "json_extract(payload, '$.discrepancy.statement.document')"

TABLES = (
    # which finding of the present record a grade is of: written with the record, like what holds of findings
    """CREATE TABLE claim_grades (
        document INTEGER NOT NULL REFERENCES records (document) ON DELETE CASCADE,
        finding TEXT NOT NULL,
        decision INTEGER NOT NULL REFERENCES decisions (number),
        PRIMARY KEY (document, finding)
    ) WITHOUT ROWID""",
    "CREATE INDEX claim_grades_by_decision ON claim_grades (decision)",
    f"CREATE INDEX decisions_by_publisher ON decisions ({OF_PUBLISHER}, number) WHERE kind = 'grade-source'",
    f"CREATE INDEX decisions_by_source ON decisions ({OF_REPORT}, number) WHERE kind = 'grade-source'",
    f"CREATE INDEX decisions_by_graded ON decisions ({OF_STATEMENT}, number) WHERE kind = 'grade-claim'",
)
