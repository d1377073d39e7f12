"""A case as files in the formats that other programs, and people, read."""

from __future__ import annotations

from pathlib import Path

from saydo.desk.dossier import MOST, dossier
from saydo.desk.dossier_markdown import markdown
from saydo.desk.files import whole_file
from saydo.desk.grades import graded_view
from saydo.export.findings import Part
from saydo.export.tables import DOSSIER, Written, write
from saydo.model.deeds import DeedsFilter
from saydo.model.errors import InputError
from saydo.model.store import CaseStore


def export(store: CaseStore, what: Part | None, format: str, path: Path) -> Written:
    """Writes a table of a case, or the case, and says which files were written and what was left out; without
    ``what`` all that a format holds that holds just one thing.

    Raises SaydoError where the format is unknown or the file cannot be written.
    """
    if format == DOSSIER:
        return _dossier(store, what, path)
    return write(graded_view(store), what, format, path)


def _dossier(store: CaseStore, what: Part | None, path: Path) -> Written:
    """The dossier of the whole case; it says itself when it was made, and what it leaves out."""
    if what not in (None, "case", "discrepancies"):
        raise InputError(f"{DOSSIER} cannot hold {what!r}: it is the dossier of the case")
    view = store.view()
    made = dossier(store, view.name, DeedsFilter())
    with whole_file(path) as out:
        out.write(markdown(made))
    beyond = len(view.discrepancies) - len(made.files)
    left = {f"discrepancies beyond the {MOST} strongest": beyond} if beyond > 0 else {}
    return Written((path,), left)
