"""What of a job is done: the one account that decides what counts.

An entry is a small file of its own below ``_shards`` while the job is at work, and a part of
``_manifest.json`` when it is complete. Only the process that runs the job writes entries, after the files
they name are whole; a file that no entry names is no part of the output, and goes away at the end.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

from pydantic import ValidationError

from saydo.desk.shards.job import Entry, Job, Shard, Trouble
from saydo.desk.shards.places import Place, get, held, locate, put, unwritten
from saydo.desk.shards.writing import DEAD, PARTS, RECORDS
from saydo.model.errors import InputError, SaydoError
from saydo.model.records import CoderInfo

MANIFEST, JOB, SHARDS = "_manifest.json", "_job.json", "_shards"
_OURS = tuple(f"{folder}/" for folder in (RECORDS, DEAD, SHARDS, PARTS))
"""Below these nothing is anybody else's."""
_AT_ONCE = 16
"""Small files that are read, or removed, at the same time."""


class Ledger:
    """The account of a job's output. Raises InputError where the output is that of another job, or holds
    something else."""

    def __init__(self, job: Job, coder: CoderInfo) -> None:
        self._place = locate(job.output)
        self._coder = coder
        self._files = self._held()
        self._begin(job)
        self._entries = {entry.shard: entry for entry in self._known()}

    def _held(self) -> dict[str, int]:
        try:
            return held(self._place)
        except OSError as error:
            raise unwritten(self._place, error) from error

    def _begin(self, job: Job) -> None:
        told = {
            "inputs": list(job.inputs),
            "format": job.format,
            "partition": job.every,
            "shard_bytes": job.shard_bytes,
            "date": job.date,
            "coder": self._coder.model_dump(),
        }
        data = get(self._place.below(JOB))
        if data is None:
            if set(self._files) - {f"{JOB}.part"}:
                raise InputError(f"{self._place.shown()} holds something else; choose a new folder")
            put(self._place.below(JOB), _json(told))
            return
        begun = _parsed(data, self._place.below(JOB))
        other = [key for key, value in told.items() if begun.get(key) != value]
        if other:
            key = other[0]
            raise InputError(
                f"{self._place.shown()} was begun with {key} {_short(begun.get(key))}, not "
                f"{_short(told[key])}; go on as it was begun, or choose a new folder"
            )

    def _known(self) -> Iterable[Entry]:
        data = get(self._place.below(MANIFEST)) if MANIFEST in self._files else None
        for entry in _parsed(data, self._place.below(MANIFEST))["shards"] if data else ():
            yield self._entry(entry, MANIFEST)
        names = sorted(n for n in self._files if n.startswith(f"{SHARDS}/") and n.endswith(".json"))
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            for name, text in zip(names, pool.map(get, map(self._place.below, names)), strict=True):
                if text is not None:
                    yield self._entry(_parsed(text, self._place.below(name)), name)

    def _entry(self, told: Any, name: str) -> Entry:
        try:
            return Entry.model_validate(told)
        except ValidationError as error:
            raise _damaged(self._place.below(name)) from error

    def done(self, shard: Shard) -> Entry | None:
        """What came of a shard, where it is done and all its files are there in their whole length."""
        entry = self._entries.get(shard.name)
        if entry is None or any(self._files.get(f.file) != f.bytes for f in entry.all_files):
            return None
        return entry

    def commit(self, entry: Entry) -> None:
        """From now on the shard is done."""
        put(self._place.below(f"{SHARDS}/{entry.shard}.json"), _json(entry.model_dump()))
        self._entries[entry.shard] = entry

    def finish(self, shards: Sequence[Shard], unread: Sequence[Trouble]) -> None:
        """Writes the manifest, and removes the files of ours that it does not name. Shards whose input has
        gone away since stay at its end."""
        order = {shard.name: number for number, shard in enumerate(shards)}
        behind = len(order)
        entries = sorted(self._entries.values(), key=lambda e: (order.get(e.shard, behind), e.shard))
        manifest = {
            "coder": self._coder.model_dump(),
            **{
                key: sum(getattr(entry, key) for entry in entries)
                for key in ("records", "dead", "repeated", "unread", "words")
            },
            "not_read": [trouble._asdict() for trouble in unread],
            "shards": [entry.model_dump() for entry in entries],
        }
        put(self._place.below(MANIFEST), _json(manifest))
        keep = {each.file for entry in entries for each in entry.all_files}
        ours = [name for name in self._held() if name.startswith(_OURS)]
        self._clear(sorted(set(ours) - keep))

    def _clear(self, names: Sequence[str]) -> None:
        def remove(name: str) -> None:
            with suppress(FileNotFoundError):
                self._place.fs.delete_file(self._place.below(name).path)

        try:
            with ThreadPoolExecutor(_AT_ONCE) as pool:
                list(pool.map(remove, names))
            for folder in (SHARDS, PARTS):
                place = self._place.below(folder)
                (info,) = place.fs.get_file_info([place.path])
                if info.type.name == "Directory":
                    place.fs.delete_dir(place.path)
        except OSError as error:
            raise unwritten(self._place, error) from error


def _json(told: Any) -> bytes:
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace")


def _parsed(data: bytes, place: Place) -> Any:
    try:
        return json.loads(data)
    except ValueError as error:
        raise _damaged(place) from error


def _damaged(place: Place) -> SaydoError:
    return SaydoError(f"{place.shown()} is damaged; choose a new folder for the output")


def _short(told: Any) -> str:
    return json.dumps(told, ensure_ascii=False)[:200]
