"""What is to be coded shard by shard, and what came of one shard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, get_args

from pydantic import BaseModel, ConfigDict

from saydo.desk.shards.places import absolute
from saydo.model.errors import InputError
from saydo.model.records import CoderInfo

Format = Literal["jsonl", "parquet"]
Every = Literal["year", "month", "day"]
FORMATS: tuple[Format, ...] = get_args(Format)
EVERY: tuple[Every, ...] = get_args(Every)
SHARD_BYTES = 4_000_000


class Job(NamedTuple):
    """What to code, and where to."""

    inputs: tuple[str, ...]
    """Files, folders or patterns of JSONL and Parquet: paths or addresses."""
    output: str
    """A folder: a path or an address."""
    format: Format = "jsonl"
    every: Every | None = None
    """A folder for the reports of each such span of time, by their date of publication."""
    shard_bytes: int = SHARD_BYTES
    """About how many bytes of input a shard has."""
    date: str | None = None
    """Publication date (ISO) of reports that say none themselves."""
    strict: bool = False
    """Whether an error while coding a report is raised instead of kept as a dead letter."""


def make_job(inputs: Sequence[str], output: str, format: str, every: str | None, **more: Any) -> Job:
    """A job with whole paths. Raises InputError for an unknown format or span."""
    if format not in FORMATS:
        raise InputError(f"{format!r} is no format; say jsonl or parquet")
    if every is not None and every not in EVERY:
        raise InputError(f"{every!r} is no span to partition by; say year, month or day")
    return Job(tuple(map(absolute, inputs)), absolute(output), format, every, **more)


@dataclass(frozen=True, slots=True)
class Shard:
    """A stretch of an input file, always cut in the same way."""

    name: str
    """What its files are called; no two shards share it."""
    root: str
    """The input that it was found under, which tells the file system."""
    path: str
    """The file within that file system."""
    shown: str
    """The file as a person would name it."""
    kind: Literal["lines", "packed", "rows"]
    """Lines of JSON, a whole gzip file of them, or rows of Parquet."""
    first: int = 0
    last: int = 0
    """The lines that begin at these bytes, or the row groups, half-open."""
    row: int = 0
    """The number of its first row in the file."""
    size: int = 0
    """About its bytes."""


class Frozen(BaseModel):
    """Base of what stands in the manifest."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Written(Frozen):
    """A file of the output."""

    file: str
    """Its path below the output."""
    sha256: str
    bytes: int
    records: int


class Entry(Frozen):
    """What came of one shard. Once it is there, the shard is done."""

    shard: str
    input: str
    """The input file."""
    kind: Literal["lines", "packed", "rows"]
    first: int
    last: int
    input_sha256: str
    """Of the lines, or of the rows as lines of JSON."""
    records: int
    dead: int
    """Reports that gave no record; each is in ``dead_letters`` with its reason."""
    repeated: int
    """Reports that the shard had already."""
    unread: int
    """Records with nothing in them because the text could not be read; their notes say why."""
    words: int
    files: tuple[Written, ...]
    dead_letters: Written | None
    coder: CoderInfo

    @property
    def all_files(self) -> tuple[Written, ...]:
        """Records and dead letters."""
        return (*self.files, self.dead_letters) if self.dead_letters else self.files


class Trouble(NamedTuple):
    """A shard that could not be read now. It is not done."""

    input: str
    reason: str
