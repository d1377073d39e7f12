"""Which shards a job has: the same for the same files, whoever codes them and with how many processes."""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Iterator
from typing import NamedTuple

from saydo.desk.shards.job import Job, Shard
from saydo.desk.shards.places import Found, Place, files, locate
from saydo.model.case import SkippedInput
from saydo.model.errors import InputError, SaydoError

_LINES = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")
_ROWS = (".parquet", ".pq")
SUFFIXES = _LINES + _ROWS


class Plan(NamedTuple):
    """All shards of a job, in the order of its inputs."""

    shards: tuple[Shard, ...]
    skipped: tuple[SkippedInput, ...]
    """Files of which no shard could be made, with the reason; and how many were of other kinds."""


def plan(job: Job) -> Plan:
    """Looks at the inputs and cuts them into shards. Raises InputError where an input is not there, or where
    the output lies among the inputs."""
    shards: dict[str, Shard] = {}
    skipped: list[SkippedInput] = []
    out = locate(job.output)
    for root in job.inputs:
        place, found, others = files(root, SUFFIXES)
        if others:
            skipped.append(SkippedInput(root, f"{others} files in it are no {' or '.join(SUFFIXES)}", True))
        for file in found:
            if place.fs.equals(out.fs) and file.path.startswith(out.path.rstrip("/") + "/"):
                raise InputError(
                    f"{out.shown()} lies inside of the input {root}; choose a place outside of it"
                )
            try:
                made = list(_shards(job, root, place, file))
            except (InputError, OSError, ValueError) as error:
                told = " ".join(str(error).split())[:300]
                skipped.append(SkippedInput(place.shown(file.path), f"cannot be opened ({told}); mend it"))
                continue
            for shard in made:
                # a file that two inputs name is one
                if shards.setdefault(shard.name, shard).shown != shard.shown:
                    raise SaydoError(f"{shard.shown} would be called as another input is; rename one of them")
    return Plan(tuple(shards.values()), tuple(skipped))


def _shards(job: Job, root: str, place: Place, file: Found) -> Iterator[Shard]:
    shown = place.shown(file.path)
    name = f"{_stem(file.path)}-{hashlib.sha256(shown.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"
    low = file.path.lower()
    if low.endswith(_ROWS):
        yield from _row_shards(job, Shard(name, root, file.path, shown, "rows"), place)
    elif low.endswith(".gz"):
        yield Shard(name, root, file.path, shown, "packed", 0, file.size, size=file.size)
    else:
        for first in range(0, max(file.size, 1), job.shard_bytes):
            last = min(first + job.shard_bytes, file.size)
            part = f"{name}-{first:012}"
            yield Shard(part, root, file.path, shown, "lines", first, last, size=last - first)


def _row_shards(job: Job, whole: Shard, place: Place) -> Iterator[Shard]:
    """Some row groups each; a row group is never cut."""
    from dataclasses import replace

    from pyarrow import parquet

    with parquet.ParquetFile(place.fs.open_input_file(whole.path)) as file:
        if "text" not in file.schema_arrow.names:
            raise InputError("it has no column text")
        groups = [file.metadata.row_group(n) for n in range(file.metadata.num_row_groups)]
        sizes = [(group.num_rows, group.total_byte_size) for group in groups]
    first = row = 0
    while first < len(sizes):
        last, rows, size = first, 0, 0
        while last < len(sizes) and (last == first or size + sizes[last][1] <= job.shard_bytes):
            rows, size, last = rows + sizes[last][0], size + sizes[last][1], last + 1
        yield replace(whole, name=f"{whole.name}-{first:06}", first=first, last=last, row=row, size=size)
        first, row = last, row + rows


def _stem(path: str) -> str:
    """The name of a file, without its ending and whatever a name of ours should not hold."""
    name = posixpath.basename(path)
    stem = re.sub(r"(\.(jsonl|ndjson|parquet|pq|gz))+$", "", name, flags=re.I)
    return re.sub(r"[^A-Za-z0-9._-]+", "-", stem).strip("-.")[:60] or "shard"
