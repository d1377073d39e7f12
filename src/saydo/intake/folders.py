"""Folders to files, in one order on every machine, without walking in circles."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from saydo.intake.results import Skipped


def files(folder: Path) -> Iterator[Path | Skipped]:
    """The files below a folder, sorted by path, hidden ones left out.

    Symbolic links are followed once, and only to what lies in the folder too: one that leads out of it may
    have come with the files, from somebody who would like to see another file of this machine quoted.
    """
    try:
        root = folder.resolve()
    except (OSError, RuntimeError) as err:
        yield Skipped(shown(folder), f"the folder cannot be read ({err}); check its links")
        return
    yield from _below(folder, root, frozenset())


def _below(folder: Path, root: Path, above: frozenset[tuple[int, int]]) -> Iterator[Path | Skipped]:
    try:
        status = folder.stat()
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
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
            leads_out = entry.is_symlink() and not path.resolve().is_relative_to(root)
        except (OSError, RuntimeError) as err:
            yield Skipped(shown(path), f"cannot be read ({getattr(err, 'strerror', None) or err})")
            continue
        if leads_out:
            yield Skipped(
                shown(path), "is a link that leads out of the folder; give what it leads to by its name"
            )
        elif is_folder:
            yield from _below(path, root, above | {identity})
        else:
            yield path


def shown(path: Path) -> str:
    """A path as a person can read it, even where the name is not valid UTF-8."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")
