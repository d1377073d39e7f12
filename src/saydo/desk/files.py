"""Files that are there whole or not at all."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, TextIO, TypeVar

from saydo.model.errors import SaydoError

AnyFile = TypeVar("AnyFile", TextIO, BinaryIO)


class _Taken(SaydoError):
    """Another program is writing the file."""


@contextmanager
def whole_file(path: Path, *, keep: bool = False) -> Iterator[TextIO]:
    """A text file to write (UTF-8), which takes its name only when the block has ended well.

    Until then it is ``NAME.part`` beside it; where the block fails, that is removed, or with ``keep`` left
    for whoever wants what was done so far. A link is kept, and what it leads to written; what is no file
    (``/dev/stdout``, a pipe) is written as it comes. Raises SaydoError where it cannot be written.
    """
    with _whole(path, keep, lambda part: part.open("w", encoding="utf-8", newline="\n")) as out:
        yield out


@contextmanager
def whole_bytes(path: Path) -> Iterator[BinaryIO]:
    """The same for a file of bytes."""
    with _whole(path, False, lambda part: part.open("w+b")) as out:
        yield out


@contextmanager
def _whole(path: Path, keep: bool, opened: Callable[[Path], AnyFile]) -> Iterator[AnyFile]:
    place = Path(os.path.realpath(path)) if path.is_symlink() else path
    straight = place.exists() and not place.is_file()
    part = place if straight else place.with_name(place.name + ".part")
    try:
        with _alone(part, straight), opened(part) as out:
            yield out
            out.flush()
            if not straight:
                os.fsync(out.fileno())
        if not straight:
            part.replace(place)
    except BaseException as error:
        if not keep and not straight and not isinstance(error, _Taken):
            part.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise SaydoError(_line(path, error, part if keep and part.is_file() else None)) from error
        raise


@contextmanager
def _alone(part: Path, straight: bool) -> Iterator[None]:
    """Sees to it, where the system can, that no other program writes the same file. Raises _Taken."""
    try:
        import fcntl
    except ImportError:  # Windows
        straight = True
    if straight:
        yield
        return
    held = os.open(part, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        with suppress(OSError):  # a file system without locks
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise _Taken(f"{part}: another program is writing it; wait or choose another place") from None
        yield
    finally:
        os.close(held)


def _line(path: Path, error: OSError, kept: Path | None) -> str:
    so_far = f"; what was done so far is in {kept}" if kept else ""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"{path}: the disk is full; free some space or choose another place, and run again{so_far}"
    reason = error.strerror or str(error)
    return f"{path}: cannot be written ({reason}); choose another place and run again{so_far}"
