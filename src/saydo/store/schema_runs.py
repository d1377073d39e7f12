"""What is kept of runs besides their times: who asked, what they added, what they skipped."""

from __future__ import annotations

TABLES = (
    "ALTER TABLE runs ADD COLUMN who TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE runs ADD COLUMN material INTEGER",
    # positions of the last report before the run and of its own last one; reports are never taken out
    "ALTER TABLE runs ADD COLUMN after INTEGER",
    "ALTER TABLE runs ADD COLUMN upto INTEGER",
    "ALTER TABLE runs ADD COLUMN reason TEXT",
    "CREATE INDEX runs_by_material ON runs (material, number)",
    """CREATE TABLE run_skips (
        run INTEGER NOT NULL REFERENCES runs (number) ON DELETE CASCADE,
        origin TEXT NOT NULL,
        reason TEXT NOT NULL,
        harmless INTEGER NOT NULL CHECK (harmless IN (0, 1)),
        PRIMARY KEY (run, origin, reason)
    )""",
    "CREATE INDEX run_skips_by_weight ON run_skips (run, harmless)",
)
