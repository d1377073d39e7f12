"""The example case that comes with saydo: reports on an invented conflict, for learning and for trying
things out."""

from __future__ import annotations

import shutil
from importlib.resources import files
from pathlib import Path

from saydo.model.errors import InputError

PACKED = "example"
"""Where the wheel has the reports."""
SOURCE = Path("examples") / "alay-corridor"
"""Where the sources have them; a wheel is packed from there."""


def example_reports() -> Path:
    """The folder of the reports: of the wheel, else of the sources that this runs from. Raises InputError
    where neither has it."""
    package = Path(str(files("saydo")))
    for folder in (package / PACKED, package.parents[1] / SOURCE):
        if folder.is_dir():
            return folder
    raise InputError("the example reports are missing from this installation; install saydo again")


def put_example(folder: Path) -> int:
    """Copies the reports into a folder, which must be empty or not be there; says how many files they are.
    Raises InputError, and has then written nothing."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError(f"{folder} is there already; name another folder")
    reports = example_reports()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        copied = [shutil.copyfile(path, folder / path.name) for path in sorted(reports.iterdir())]
    except OSError as error:
        raise InputError(f"the example could not be written to {folder}: {error.strerror}") from error
    return len(copied)
