"""A case as files in the formats that other programs read."""

from __future__ import annotations

from pathlib import Path

from saydo.export.findings import Part
from saydo.export.tables import Written, write
from saydo.model.store import CaseStore


def export(store: CaseStore, what: Part | None, format: str, path: Path) -> Written:
    """Writes a table of a case, or the case, and says which files were written and what was left out; without
    ``what`` all that a format holds that holds just one thing.

    Raises SaydoError where the format is unknown or the file cannot be written.
    """
    return write(store.view(), what, format, path)
