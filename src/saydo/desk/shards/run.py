"""A job from its plan to its manifest. Killed and run again, it goes on with the shards that are not done."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from saydo.desk.coder import Coding
from saydo.desk.shards.job import Entry, Job, Shard, Trouble
from saydo.desk.shards.ledger import Ledger
from saydo.desk.shards.plan import plan
from saydo.desk.shards.work import work
from saydo.model.case import SkippedInput
from saydo.model.records import CoderInfo


class Task(NamedTuple):
    """A shard to code, and what came of it before, where something did."""

    shard: Shard
    held: Entry | None


class Engine(Protocol):
    """Who codes shards."""

    @property
    def info(self) -> CoderInfo:
        """By whom the records will say they were coded."""
        ...

    def work(self, job: Job, tasks: list[Task]) -> Iterator[Entry | Trouble]:
        """What came of each, in any order, as it is done."""
        ...


class Here:
    """Codes shards one after the other with a coder of this process, or with a crew."""

    def __init__(self, coding: Coding) -> None:
        self._coding = coding

    @property
    def info(self) -> CoderInfo:
        """By whom the records will say they were coded."""
        return self._coding.info

    def work(self, job: Job, tasks: list[Task]) -> Iterator[Entry | Trouble]:
        """What came of each, in their order."""
        for shard, held in tasks:
            yield work(job, shard, self._coding, held)


@dataclass
class ShardSummary:
    """What came of a job."""

    shards: int = 0
    kept: int = 0
    """Shards that were done already."""
    records: int = 0
    dead: int = 0
    repeated: int = 0
    unread: int = 0
    words: int = 0
    skipped: list[SkippedInput] = field(default_factory=list)
    """Inputs that could not be read, and what was passed over."""

    @property
    def complete(self) -> bool:
        """Whether every report of every input gave a record with something in it."""
        return not self.dead and not self.unread and all(each.harmless for each in self.skipped)


class Standing(NamedTuple):
    """How far a job is."""

    done: int
    shards: int
    kept: int
    reports: int
    """Coded in this run, like the words."""
    words: int
    seconds: float


def code_shards(
    job: Job, engine: Engine, tell: Callable[[Standing], None] = lambda standing: None
) -> ShardSummary:
    """Codes what is not done yet of a job, and writes its manifest at the end.

    Raises InputError where an input is not there or the output is that of another job; SaydoError where the
    output cannot be written: what was done until then counts.
    """
    planned = plan(job)
    ledger = Ledger(job, engine.info)
    tasks = [Task(shard, ledger.done(shard)) for shard in planned.shards]
    before = {task.shard.name: task.held for task in tasks}
    summary = ShardSummary(shards=len(tasks), skipped=list(planned.skipped))
    troubles = [Trouble(each.origin, each.reason) for each in planned.skipped if not each.harmless]
    reports = words = 0
    begun = time.monotonic()
    tell(Standing(0, len(tasks), 0, 0, 0, 0.0))
    for done, made in enumerate(engine.work(job, tasks), start=1):
        if isinstance(made, Trouble):
            troubles.append(made)
            summary.skipped.append(SkippedInput(*made))
        else:
            kept = made == before.get(made.shard)
            summary.kept += kept
            if not kept:
                ledger.commit(made)
                reports, words = reports + made.records + made.dead, words + made.words
            _add(summary, made)
        tell(Standing(done, len(tasks), summary.kept, reports, words, time.monotonic() - begun))
    ledger.finish(planned.shards, sorted(troubles))
    return summary


def _add(summary: ShardSummary, entry: Entry) -> None:
    summary.records += entry.records
    summary.dead += entry.dead
    summary.repeated += entry.repeated
    summary.unread += entry.unread
    summary.words += entry.words
