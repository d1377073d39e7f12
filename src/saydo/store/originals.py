"""Checks the archive of originals: each there, whole and what it was, and none there that nobody took in."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

from saydo.model.audit import Fault
from saydo.model.errors import StoreError

_CHUNK = 1 << 20


def check_originals(
    db: sqlite3.Connection, folder: Path, faults: list[Fault], tell: Callable[[int], None]
) -> int:
    """Adds what is wrong to ``faults``; gives how many originals are what they were."""
    root = folder / "sources"
    known: set[str] = set()
    whole = 0
    for sha256, size in db.execute("SELECT sha256, bytes FROM sources ORDER BY sha256"):
        tell(1)
        digest = str(sha256)
        known.add(digest)
        wrong = _wrong(root / digest[:2] / digest, digest, size)
        if wrong:
            faults.append(Fault("original", digest, f"original {digest[:12]}…: {wrong}"))
        else:
            whole += 1
    unused = "SELECT sha256 FROM sources WHERE sha256 NOT IN (SELECT source FROM documents) ORDER BY sha256"
    for (sha256,) in db.execute(unused):
        line = f"original {str(sha256)[:12]}…: listed, and no report was made from it; put in past saydo"
        faults.append(Fault("original", str(sha256), line))
    for path in _files(root):
        if path.name not in known or path.parent.name != path.name[:2] or path.parent.parent != root:
            shown = path.relative_to(folder).as_posix()
            faults.append(
                Fault(
                    "original",
                    shown,
                    f"{shown}: no report was made from it; somebody put it there, or a run was killed that "
                    "the next one goes on with",
                )
            )
    return whole


def _wrong(path: Path, digest: str, size: object) -> str:
    """What is wrong with an original; empty where nothing is."""
    if len(digest) != 64 or not digest.isalnum():
        return "its digest is none"
    if path.is_symlink():
        return "a link lies in its place"
    try:
        found, length = digest_of(path)
    except FileNotFoundError:
        return "missing"
    except OSError as error:
        return f"cannot be read ({error.strerror or error})"
    if found != digest:
        return "changed since it was taken in"
    return "" if length == size else f"has {length:,} bytes, and the case says {size}"


def digest_of(path: Path) -> tuple[str, int]:
    """``(SHA-256, bytes)`` of a file. Raises OSError."""
    found, length = hashlib.sha256(), 0
    with path.open("rb") as data:
        while chunk := data.read(_CHUNK):
            found.update(chunk)
            length += len(chunk)
    return found.hexdigest(), length


def _files(root: Path) -> Iterator[Path]:
    """Everything below a folder that is no folder, links followed nowhere."""

    def broken(error: OSError) -> None:
        raise StoreError(f"{error.filename}: cannot be read ({error.strerror}); check its permissions")

    for here, folders, files in os.walk(root, onerror=None if not root.exists() else broken):
        folders.sort()
        yield from (Path(here, name) for name in sorted(files))
        yield from (Path(here, name) for name in folders if Path(here, name).is_symlink())
