"""Files that are there whole or not at all."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TextIO, TypeVar

from saydo.model.errors import SaydoError

AnyFile = TypeVar("AnyFile", TextIO, BinaryIO)


@contextmanager
def whole_file(path: Path, *, keep: bool = False) -> Iterator[TextIO]:
    """A text file to write (UTF-8), which takes its name only when the block has ended well.

    Until then it is ``NAME.part`` beside it; where the block fails, that is removed, or with ``keep`` left
    for whoever wants what was done so far. Raises SaydoError where it cannot be written.
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
    part = path.with_name(path.name + ".part")
    try:
        with opened(part) as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        part.replace(path)
    except OSError as error:
        if not keep:
            part.unlink(missing_ok=True)
        raise SaydoError(_line(path, error, part if keep and part.exists() else None)) from error
    except BaseException:
        if not keep:
            part.unlink(missing_ok=True)
        raise


def _line(path: Path, error: OSError, kept: Path | None) -> str:
    so_far = f"; what was done so far is in {kept}" if kept else ""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"{path}: the disk is full; free some space or choose another place, and run again{so_far}"
    reason = error.strerror or str(error)
    return f"{path}: cannot be written ({reason}); choose another place and run again{so_far}"
