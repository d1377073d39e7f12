"""Folders to files, in one order on every machine, without walking in circles."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from saydo.intake.results import Skipped


def files(folder: Path) -> Iterator[Path | Skipped]:
    """The files below a folder, sorted by path, hidden ones left out; symbolic links are followed once."""
    yield from _below(folder, frozenset())


def _below(folder: Path, above: frozenset[tuple[int, int]]) -> Iterator[Path | Skipped]:
    try:
        status = folder.stat()
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as err:
        yield Skipped(shown(folder), f"the folder cannot be read ({err.strerror}); check its permissions")
        return
    identity = (status.st_dev, status.st_ino)
    if identity in above:
        yield Skipped(shown(folder), "the link leads back to a folder above it", harmless=True)
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        path = folder / entry.name
        try:
            is_folder = entry.is_dir()
        except OSError as err:
            yield Skipped(shown(path), f"cannot be read ({err.strerror})")
            continue
        if is_folder:
            yield from _below(path, above | {identity})
        else:
            yield path


def shown(path: Path) -> str:
    """A path as a person can read it, even where the name is not valid UTF-8."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")
