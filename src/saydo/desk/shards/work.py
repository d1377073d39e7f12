"""One shard: its lines read, its reports coded, its records written; the same files, whoever does it."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from typing import NamedTuple

from saydo.desk.coder import Coding, Failure
from saydo.desk.shards.job import Entry, Job, Shard, Trouble
from saydo.desk.shards.places import locate
from saydo.desk.shards.reading import read
from saydo.desk.shards.writing import Output
from saydo.intake import Known, Limits, ParserProcess, Skipped, read_line
from saydo.model.document import Document
from saydo.model.errors import InputError

_LIMITS = Limits()


class _Taken(NamedTuple):
    where: str
    id: str
    data: bytes
    words: int


class _Dead(NamedTuple):
    where: str
    id: str | None
    reason: str
    data: bytes | None


@dataclass
class _Tally:
    records: int = 0
    dead: int = 0
    repeated: int = 0
    unread: int = 0
    words: int = 0
    trouble: str = ""


def work(job: Job, shard: Shard, coding: Coding, held: Entry | None) -> Entry | Trouble:
    """Codes a shard and writes its files. Where ``held`` came of the very same lines, it is given back and
    nothing is done. Raises SaydoError where the output cannot be written."""
    try:
        if held is not None and held.coder == coding.info and held.input_sha256 == digest(shard):
            return held
    except (OSError, InputError, ValueError) as error:
        return Trouble(shard.shown, _told(error))
    output = Output(locate(job.output), job, shard.name)
    try:
        made = _Work(job, shard, coding, output).all()
    except BaseException:
        output.drop()
        raise
    if isinstance(made, Trouble):
        output.drop()
    return made


def digest(shard: Shard) -> str:
    """SHA-256 of the lines of a shard. Raises OSError where they cannot be read now."""
    sha256 = hashlib.sha256()
    for line in read(shard, _LIMITS):
        sha256.update(line.data or line.fault.encode())
    return sha256.hexdigest()


class _Work:
    def __init__(self, job: Job, shard: Shard, coding: Coding, output: Output) -> None:
        self._job, self._shard, self._coding, self._output = job, shard, coding, output
        self._tally = _Tally()
        self._sha256 = hashlib.sha256()
        self._out: deque[_Taken | _Dead] = deque()
        """What waits for its turn, so that dead letters are in the order of the lines, too."""

    def all(self) -> Entry | Trouble:
        tally = self._tally
        for made in self._coding.lines(self._documents()):
            taken = self._turn()
            if isinstance(made, Failure):
                self._bury(_Dead(taken.where, taken.id, made.reason, taken.data))
                continue
            self._output.add(made.json)
            tally.records += 1
            tally.words += taken.words
            tally.unread += bool(made.unread)
        for dead in self._out:
            assert isinstance(dead, _Dead)
            self._bury(dead)
        if tally.trouble:
            return Trouble(self._shard.shown, tally.trouble)
        return self._entry()

    def _entry(self) -> Entry:
        files, dead_letters = self._output.end()
        shard, tally = self._shard, self._tally
        return Entry(
            shard=shard.name,
            input=shard.shown,
            kind=shard.kind,
            first=shard.first,
            last=shard.last,
            input_sha256=self._sha256.hexdigest(),
            records=tally.records,
            dead=tally.dead,
            repeated=tally.repeated,
            unread=tally.unread,
            words=tally.words,
            files=files,
            dead_letters=dead_letters,
            coder=self._coding.info,
        )

    def _documents(self) -> Iterator[Document]:
        # an error raised here would leave a crew with documents that nobody waits for
        try:
            yield from self._taken()
        except (OSError, InputError, ValueError) as error:
            self._tally.trouble = _told(error)

    def _taken(self) -> Iterator[Document]:
        name = self._shard.shown.rpartition("/")[2]
        with ParserProcess() as parser, closing(Known()) as known:
            for line in read(self._shard, _LIMITS):
                self._sha256.update(line.data or line.fault.encode())
                if line.fault:
                    self._out.append(_Dead(line.where, None, line.fault, None))
                    continue
                item = read_line(line.data, line.where, name=name, limits=_LIMITS, parser=parser)
                if item is None:
                    continue
                item = known.judged(item)
                if isinstance(item, Skipped):
                    if item.harmless:
                        self._tally.repeated += 1
                    else:
                        self._out.append(_Dead(line.where, None, item.reason, line.data))
                    continue
                document = item.document
                self._out.append(_Taken(line.where, document.id, line.data, len(document.text.split())))
                yield replace(document, date=document.date or self._job.date)

    def _turn(self) -> _Taken:
        """The report whose turn it is; the dead letters before it are written."""
        while isinstance(first := self._out.popleft(), _Dead):
            self._bury(first)
        return first

    def _bury(self, dead: _Dead) -> None:
        line = None if dead.data is None else dead.data.decode("utf-8", "backslashreplace").rstrip("\r\n")
        self._output.add_dead({"where": dead.where, "id": dead.id, "reason": dead.reason, "line": line})
        self._tally.dead += 1


def _told(error: Exception) -> str:
    return f"cannot be read ({' '.join(str(error).split())[:300]}); see to it and run again"
