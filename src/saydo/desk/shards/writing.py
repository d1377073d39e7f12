"""Records to files: each under a temporary name first, then under one that says what is in it.

The last part of the name comes from the SHA-256 of what is in the file. So two processes that code the same
shard write the same file, and a shard that is coded anew overwrites nothing that counts.
"""

from __future__ import annotations

import hashlib
import io
import json
import types
import uuid
from contextlib import suppress
from typing import Any, Literal, Protocol, Union, get_args, get_origin

from pydantic import BaseModel

from saydo.desk.shards.job import Every, Job, Written
from saydo.desk.shards.places import Place, open_new, rename, unwritten
from saydo.model.records import Record

RECORDS, DEAD, PARTS = "records", "dead-letters", "_parts"
_UNDATED = "__HIVE_DEFAULT_PARTITION__"
"""The folder of what has no date, as all who read such folders know it."""
_LENGTH: dict[Every, int] = {"year": 4, "month": 7, "day": 10}
_ROWS_IN_GROUP = 250


class _Hashed(io.RawIOBase):
    """Hands on what is written, and counts and hashes it."""

    def __init__(self, out: Any) -> None:
        self.out = out
        self.sha256 = hashlib.sha256()
        self.size = 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        view = memoryview(data)
        self.sha256.update(view)
        self.size += view.nbytes
        self.out.write(view)
        return view.nbytes


class Lines:
    """A file of lines of JSON."""

    suffix = ".jsonl"

    def __init__(self, out: Any) -> None:
        self._out = out

    def add(self, line: str) -> None:
        """Writes one."""
        self._out.write(line.encode("utf-8", "backslashreplace") + b"\n")

    def end(self) -> None:
        """Nothing is left to write."""


class Rows:
    """A file of Parquet, with the records' own fields as its columns."""

    suffix = ".parquet"

    def __init__(self, out: Any) -> None:
        from pyarrow import parquet

        self._schema = record_schema()
        self._writer = parquet.ParquetWriter(out, self._schema, compression="zstd")
        self._held: list[Any] = []

    def add(self, line: str) -> None:
        """Writes one; some are held back and written together."""
        self._held.append(json.loads(line))
        if len(self._held) == _ROWS_IN_GROUP:
            self._write()

    def _write(self) -> None:
        import pyarrow as pa

        self._writer.write_table(pa.Table.from_pylist(self._held, schema=self._schema))
        self._held = []

    def end(self) -> None:
        """Writes what was held back."""
        if self._held:
            self._write()
        self._writer.close()


class _File(Protocol):
    suffix: str

    def add(self, line: str) -> None: ...

    def end(self) -> None: ...


class Output:
    """The files of one shard. ``end`` gives them their names, ``drop`` removes them."""

    def __init__(self, place: Place, job: Job, shard: str) -> None:
        self._place, self._job, self._shard = place, job, shard
        self._open: dict[str, _Begun] = {}

    def add(self, line: str) -> None:
        """Writes a record, as a line of JSON."""
        self._in(_folder(line, self._job.every), Rows if self._job.format == "parquet" else Lines, line)

    def add_dead(self, letter: dict[str, str | None]) -> None:
        """Writes a dead letter."""
        self._in(DEAD, Lines, json.dumps(letter, ensure_ascii=False))

    def _in(self, folder: str, kind: type[Lines] | type[Rows], line: str) -> None:
        try:
            begun = self._open.get(folder)
            if begun is None:
                part = self._place.below(f"{PARTS}/{self._shard}-{uuid.uuid4().hex}")
                begun = self._open[folder] = _Begun(part, kind)
            begun.file.add(line)
            begun.lines += 1
        except OSError as error:
            raise unwritten(self._place, error) from error

    def end(self) -> tuple[tuple[Written, ...], Written | None]:
        """The files of records, and that of dead letters where there are any."""
        try:
            made = {folder: self._named(folder, self._open[folder]) for folder in sorted(self._open)}
        except OSError as error:
            raise unwritten(self._place, error) from error
        dead = made.pop(DEAD, None)
        return tuple(made.values()), dead

    def _named(self, folder: str, begun: _Begun) -> Written:
        begun.end()
        digest = begun.hashed.sha256.hexdigest()
        name = f"{folder}/{self._shard}-{digest[:16]}{begun.file.suffix}"
        place = self._place.below(name)
        rename(begun.part, place)
        return Written(file=name, sha256=digest, bytes=begun.hashed.size, records=begun.lines)

    def drop(self) -> None:
        """Leaves nothing behind."""
        for begun in self._open.values():
            begun.drop()


class _Begun:
    def __init__(self, part: Place, kind: type[Lines] | type[Rows]) -> None:
        self.part = part
        self.hashed = _Hashed(open_new(part))
        self.file: _File = kind(self.hashed)
        self.lines = 0

    def end(self) -> None:
        self.file.end()
        self.hashed.out.close()

    def drop(self) -> None:
        with suppress(OSError, ValueError):
            self.hashed.out.close()
        with suppress(OSError, ValueError):
            self.part.fs.delete_file(self.part.path)


def _folder(line: str, every: Every | None) -> str:
    if every is None:
        return RECORDS
    date = json.loads(line)["date"]
    return f"{RECORDS}/{every}={date[: _LENGTH[every]] if date else _UNDATED}"


def record_schema() -> Any:
    """The Arrow schema of a record, from the contract itself."""
    import pyarrow as pa

    return pa.schema([pa.field(f.alias or n, _arrow(f.annotation)) for n, f in Record.model_fields.items()])


def _arrow(kind: Any) -> Any:
    """The Arrow type of a type of the records."""
    import pyarrow as pa

    simple = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}
    if kind in simple:
        return simple[kind]
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Literal:
        return pa.string()
    if origin in (Union, types.UnionType):
        return _arrow(next(each for each in inner if each is not type(None)))
    if origin is tuple:
        return pa.list_(_arrow(inner[0]))
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return pa.struct([pa.field(f.alias or n, _arrow(f.annotation)) for n, f in kind.model_fields.items()])
    raise TypeError(f"{kind} has no Arrow type")
