"""Tables of a case as files in the formats that other programs read."""

from __future__ import annotations

from pathlib import Path

from saydo.desk.grades import graded_view
from saydo.export.findings import Table
from saydo.export.tables import write
from saydo.model.store import CaseStore


def export(store: CaseStore, what: Table, format: str, path: Path) -> tuple[Path, ...]:
    """Writes a table of a case and says which files were written: the export, and what belongs beside it.

    Raises SaydoError where the format is unknown or the file cannot be written.
    """
    return write(graded_view(store), what, format, path)
