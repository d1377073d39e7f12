"""Turns what the file system and SQLite say into one line that says what to do."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from saydo.model.errors import StoreError

_READ_ONLY = (errno.EROFS, errno.EACCES, errno.EPERM)
_FULL = (errno.ENOSPC, errno.EDQUOT)


@contextmanager
def guard(folder: Path) -> Iterator[None]:
    """Raises StoreError in place of any OSError or sqlite3.Error of the block."""
    try:
        yield
    except OSError as error:
        raise StoreError(_os_line(folder, error)) from error
    except sqlite3.Error as error:
        raise StoreError(_sqlite_line(folder, error)) from error


def _os_line(folder: Path, error: OSError) -> str:
    if error.errno in _FULL:
        return _full(folder)
    if error.errno in _READ_ONLY:
        return _read_only(folder)
    reason = error.strerror or str(error) or type(error).__name__
    return f"case {folder}: {reason} ({error.filename or 'no file named'}); check the folder and run again"


def _sqlite_line(folder: Path, error: sqlite3.Error) -> str:
    text = str(error)
    code = getattr(error, "sqlite_errorname", "") or ""
    if code.startswith("SQLITE_FULL"):
        return _full(folder)
    if code.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return _read_only(folder)
    if code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return (
            f"case {folder}: another program is writing to it; wait until that has ended (or stop it) "
            "and run the same command again"
        )
    if code.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT")):
        return (
            f"case {folder}: case.db is damaged or no database ({text}); put back a copy of the folder, "
            "or move case.db away and run again: sources/ still holds every original"
        )
    if code.startswith("SQLITE_IOERR"):
        return (
            f"case {folder}: the disk could not be read or written ({code.lower()}); check that it is there "
            "and has room, then run the same command again: it goes on where it stopped"
        )
    return f"case {folder}: {text}; run again, and if that does not help, report this line"


def _full(folder: Path) -> str:
    return (
        f"case {folder}: the disk is full; free some space and run the same command again: nothing that was "
        "written is lost and it goes on where it stopped"
    )


def _read_only(folder: Path) -> str:
    return f"case {folder}: it cannot be written here; change its permissions or choose another folder"
