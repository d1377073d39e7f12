"""The archive of original bytes: one file a source, named by the SHA-256 of what is in it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from saydo.model.errors import StoreError
from saydo.store.guard import guard


class Archive(Protocol):
    """Original bytes by their SHA-256, each whole or not there. What goes wrong is a StoreError."""

    def put(self, data: bytes, sha256: str) -> None:
        """Keeps the bytes, whose hash is given; bytes that are there already are not written again."""
        ...

    def get(self, sha256: str) -> bytes:
        """The bytes with this hash, checked against it."""
        ...

    def sweep(self) -> None:
        """Removes what a run that was killed left half written."""
        ...


class SourceArchive:
    """Files ``sources/ab/abcdef…`` below a case. A file either is whole or is not there."""

    def __init__(self, case: Path, on_step: Callable[[str], None]) -> None:
        self._case = case
        self._root = case / "sources"
        self._on_step = on_step

    def path(self, sha256: str) -> Path:
        """Where the bytes with this hash lie, or would lie."""
        return self._root / sha256[:2] / sha256

    def put(self, data: bytes, sha256: str) -> None:
        """Keeps the bytes, whose hash is given; bytes that are there already are not written again."""
        target = self.path(sha256)
        with guard(self._case):
            if target.exists() and target.stat().st_size == len(data):
                return
            target.parent.mkdir(parents=True, exist_ok=True)
            part = target.with_name(f".{sha256}.part")
            try:
                with part.open("wb") as out:
                    out.write(data)
                    out.flush()
                    os.fsync(out.fileno())
            except OSError:
                part.unlink(missing_ok=True)
                raise
            self._on_step("source written")
            part.replace(target)
            _sync_folder(target.parent)
            self._on_step("source named")

    def get(self, sha256: str) -> bytes:
        """The bytes with this hash; StoreError where they are gone or no longer what they were."""
        with guard(self._case):
            try:
                data = self.path(sha256).read_bytes()
            except FileNotFoundError:
                raise StoreError(
                    f"case {self._case}: the source {sha256[:12]}… is missing from sources/; put back a copy"
                ) from None
        if hashlib.sha256(data).hexdigest() != sha256:
            raise StoreError(
                f"case {self._case}: the source {sha256[:12]}… was changed since it was taken in; "
                "put back a copy"
            )
        return data

    def sweep(self) -> None:
        """Removes half-written files of a run that was killed. Only while no other run is at work."""
        with guard(self._case):
            for part in sorted(self._root.glob("*/.*.part")):
                part.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    """Makes a rename durable where the system lets a folder be synced (Windows does not)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
