"""The lines of a shard, each with the place where it stands."""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, BinaryIO, NamedTuple

from saydo.desk.shards.job import Shard
from saydo.desk.shards.places import Place, locate
from saydo.intake import Limits, unpacked
from saydo.model.errors import InputError

_CHUNK = 1 << 20
_ROWS_AT_ONCE = 256


class Held(NamedTuple):
    """One line as it lies in the file, with its end; a row of Parquet as a line of JSON."""

    where: str
    """``FILE@BYTE`` for a line, ``FILE:LINE`` within a gzip file, ``FILE#ROW`` for a row."""
    data: bytes
    fault: str = ""
    """Why it cannot be used, where that is known already; ``data`` is empty then."""


def read(shard: Shard, limits: Limits) -> Iterator[Held]:
    """All lines of a shard, in order; where the file is damaged, the last one says so. Raises OSError where
    it cannot be read now."""
    try:
        yield from _read(shard, limits)
    except InputError as error:
        yield Held(shard.shown, b"", f"{error}; what comes after is lost")
    except ValueError as error:
        if type(error).__module__.partition(".")[0] != "pyarrow":
            raise
        told = " ".join(str(error).split())[:200]
        yield Held(shard.shown, b"", f"is damaged ({told}); get a complete copy; what comes after is lost")


def _read(shard: Shard, limits: Limits) -> Iterator[Held]:
    place = locate(shard.root)._replace(path=shard.path)
    if shard.kind == "rows":
        yield from _rows(shard, place)
    elif shard.kind == "packed":
        with place.fs.open_input_stream(place.path, compression=None) as packed:
            yield from _packed(shard, unpacked(io.BufferedReader(packed, _CHUNK), limits), limits.max_bytes)
    else:
        with place.fs.open_input_file(place.path) as file:
            yield from _lines(shard, file, limits.max_bytes)


def _lines(shard: Shard, file: Any, longest: int) -> Iterator[Held]:
    """The lines whose first byte lies in the shard; the last one is read to its end, beyond the shard."""
    at = max(shard.first - 1, 0)
    file.seek(at)
    stream = io.BufferedReader(file, _CHUNK)
    if shard.first:
        # what begins before the shard is another's; a line that begins right at it comes after a line end
        at += _pass_over(stream)
    while at < shard.last:
        begun = at
        data, size = _line(stream, longest)
        if not size:
            return
        at += size
        yield _held(f"{shard.shown}@{begun}", data, longest)


def _packed(shard: Shard, stream: BinaryIO, longest: int) -> Iterator[Held]:
    number = 0
    while True:
        data, size = _line(stream, longest)
        if not size:
            return
        number += 1
        yield _held(f"{shard.shown}:{number}", data, longest)


def _held(where: str, data: bytes | None, longest: int) -> Held:
    if data is None:
        return Held(where, b"", f"the line is longer than {longest:,} bytes; split its report")
    return Held(where, data)


def _line(stream: BinaryIO, longest: int) -> tuple[bytes | None, int]:
    """The next line, or None where it is too long, and its bytes in the file; 0 at the end."""
    data = stream.readline(longest + 1)
    if len(data) <= longest or data.endswith(b"\n"):
        return data, len(data)
    return None, len(data) + _pass_over(stream)


def _pass_over(stream: BinaryIO) -> int:
    """Reads to the end of the line; how many bytes that was."""
    size = 0
    while data := stream.readline(_CHUNK):
        size += len(data)
        if data.endswith(b"\n"):
            break
    return size


def _rows(shard: Shard, place: Place) -> Iterator[Held]:
    from pyarrow import parquet

    number = shard.row
    with parquet.ParquetFile(place.fs.open_input_file(place.path)) as file:
        groups = list(range(shard.first, shard.last))
        for batch in file.iter_batches(_ROWS_AT_ONCE, groups, use_threads=False):
            for row in batch.to_pylist():
                told = json.dumps(row, ensure_ascii=False, default=_plain)
                yield Held(f"{shard.shown}#{number}", told.encode("utf-8", "surrogatepass") + b"\n")
                number += 1


def _plain(value: object) -> str:
    """What JSON has no form for: days and times as ISO, bytes in base 64, the rest as it is written."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    return str(value)
