"""A case from one place to another: between folders and databases, with all that people did and its log."""

from __future__ import annotations

from pathlib import Path

from saydo.desk.backup import copy_files
from saydo.desk.case import at_work, shown
from saydo.desk.progress import Progress, Silent
from saydo.model.errors import CaseBusy, InputError, StoreError
from saydo.store.copying import Copied, copy


def copy_case(source: Path, target: Path, progress: Progress | None = None) -> Copied:
    """Copies a case, to a place where there is none. Raises CaseBusy while a run is at work on it, InputError
    where there is a case at the target."""
    if source.resolve() == target.resolve():
        raise InputError(f"{shown(source)} is both what is copied and where to; name another place")
    if at_work(source):
        raise CaseBusy(f"case {shown(source)}: a run is at work on it; copy it when that has ended")
    progress = progress or Silent()
    progress.begin("copying")
    made = copy(source, target, lambda done: progress.advance(done, 0, done))
    try:
        copy_files(source, target)
    except OSError as error:
        raise StoreError(
            f"{target}: cannot be written ({error.strerror or error}); see to it, take away what was copied, "
            "and copy again"
        ) from None
    return made
