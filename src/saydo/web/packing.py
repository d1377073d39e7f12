"""Files put into a ZIP while they are written, so that no export is ever held whole."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The same rows give the same file, whenever they are taken."""


class _Outgoing(io.RawIOBase):
    """What was written and not sent yet; it cannot be gone back in."""

    def __init__(self) -> None:
        self._held = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: bytes | bytearray | memoryview, /) -> int:  # type: ignore[override]
        self._held += data
        return len(data)

    def taken(self) -> bytes:
        data = bytes(self._held)
        self._held.clear()
        return data


def zipped(files: Iterable[tuple[str, Iterable[bytes]]]) -> Iterator[bytes]:
    """A ZIP of the files, given by name and pieces, in pieces of its own."""
    out = _Outgoing()
    with ZipFile(out, "w", ZIP_DEFLATED) as pack:
        for name, pieces in files:
            entry = ZipInfo(name, EPOCH)
            entry.compress_type = ZIP_DEFLATED
            with pack.open(entry, "w", force_zip64=True) as file:
                for piece in pieces:
                    file.write(piece)
                    if ready := out.taken():
                        yield ready
    yield out.taken()
