"""Kills runs at random moments and looks whether the case comes out the same: ``python -m lab.kill_points``.

    python -m lab.kill_points --points 200 [--seed 1] [--reports 150] [--workers 2]

A run in a process of its own is killed (SIGKILL) at a random moment of a stage drawn at random: the opening
of the case, taking in, coding (with storing), weighing, writing the report. Up to three times one after the
other the same command then goes on; at last one is left in peace, and the case is compared with one that was
never disturbed: every table, every source read back, the page, no half-written file, the database whole.

Three situations take turns: a new case; one of an older schema, which is migrated; one that another coder had
coded, which is coded anew. A kill counts only where the run was still at work. With workers each run codes
and weighs in so many processes.
"""

from __future__ import annotations

import argparse
import os
import random
import select
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import NamedTuple

from lab import kill_case
from saydo import codebook
from saydo.desk import Crew, run
from saydo.desk.corridor import corridor
from saydo.desk.run import Settings
from saydo.reading.scripted import ScriptedReader
from saydo.store.schema import MIGRATIONS

SITUATIONS = ("new", "old schema", "another coder")
OPENING = "opening"
_PATIENCE_SECONDS = 300.0


class _Stages:
    """Tells each stage through a pipe as it begins."""

    def __init__(self, out: int) -> None:
        self._out = out

    def begin(self, stage: str, amount: int | None = None) -> None:
        os.write(self._out, stage.encode() + b"\n")

    def advance(self, reports: int, words: int, amount: int) -> None:
        """Tells nothing."""


class Life(NamedTuple):
    """What became of one run: whether it was killed, in which stage, and how long each stage took."""

    killed: bool
    stage: str
    seconds: dict[str, float]


@dataclass
class Outcome:
    """Of all points."""

    kills: Counter[tuple[str, str]] = field(default_factory=Counter)
    cases: int = 0
    differ: list[str] = field(default_factory=list)


class Harness:
    """Runs that are killed; everything below one folder."""

    def __init__(self, folder: Path, reports: int, workers: int = 1) -> None:
        self.folder = folder
        self.workers = workers
        self.inputs = kill_case.write_reports(folder / "reports", reports)
        self._readers = {version: kill_case.reader(version) for version in ("1", "2")}
        self._book, self._rooms = codebook.load(), corridor()
        self.peace: dict[str, str] = {}
        self.seconds: dict[str, dict[str, float]] = {}
        for situation in SITUATIONS:
            case = self._made(situation, self.undisturbed(situation), 1)
            life = self.live(case, situation)
            if life.killed:
                raise RuntimeError(f"the undisturbed run of {situation!r} failed; see above")
            self.peace[situation] = kill_case.content(case)
            self.seconds[situation] = life.seconds
        if self.peace["new"] != self.peace["old schema"]:
            raise RuntimeError("a case that was migrated differs from one made new, kills or not")

    def undisturbed(self, situation: str) -> Path:
        """The case of a run that was left in peace. All cases have one name, which stands on their pages."""
        return self.folder / situation.replace(" ", "-") / "case"

    def point(self, case: Path, situation: str, chance: random.Random, most: int) -> Iterator[Life]:
        """One case, killed up to three times (``most`` at most); AssertionError where it then differs."""
        self._made(situation, case, chance.randint(1, len(MIGRATIONS) - 1))
        for _ in range(min(most, chance.randint(1, 3))):
            stage = chance.choice([*self.seconds[situation]])
            yield self.live(case, situation, stage, chance.uniform(0, self.seconds[situation][stage]))
        if self.live(case, situation).killed:
            raise AssertionError("a run that was left in peace did not end well; see above")
        if kill_case.content(case) != self.peace[situation]:
            raise AssertionError("the case differs from the undisturbed one")

    def _made(self, situation: str, case: Path, version: int) -> Path:
        if situation == "old schema":
            kill_case.make_old(self.undisturbed("new"), case, version)
        elif situation == "another coder":
            shutil.copytree(self.undisturbed("new"), case)
        return case

    def live(self, case: Path, situation: str, stage: str = "", delay: float = 0.0) -> Life:
        """One run; with a stage it is killed so many seconds after that began."""
        hear, say = os.pipe()
        child = os.fork()
        if not child:
            os.close(hear)
            self._be(case, "2" if situation == "another coder" else "1", say)
        os.close(say)
        try:
            return _watched(child, hear, stage, delay)
        finally:
            os.close(hear)

    def _be(self, case: Path, version: str, say: int) -> None:
        """The life of the process itself; it does not come back."""
        code = 1
        try:
            with self._hand(version) as hand:
                run(
                    [str(self.inputs)], case, hand, self._book, rooms=self._rooms, progress=_Stages(say),
                    settings=Settings(workers=self.workers),
                )  # fmt: skip
            code = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)

    @contextmanager
    def _hand(self, version: str) -> Iterator[Crew | ScriptedReader]:
        if self.workers > 1:
            with Crew(partial(kill_case.coder, version), self.workers) as crew:
                yield crew
        else:
            yield self._readers[version]


def _watched(child: int, hear: int, stage: str, delay: float) -> Life:
    now, began = OPENING, time.monotonic()
    seconds: dict[str, float] = {}
    strike = began + delay if stage == OPENING else None
    until = began + _PATIENCE_SECONDS
    while True:
        left = max(0.0, (strike if strike is not None else until) - time.monotonic())
        if not select.select([hear], [], [], left)[0]:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            _drained(hear)
            if strike is None:
                raise AssertionError(f"the run is still at {now!r} after {_PATIENCE_SECONDS:g} s")
            return Life(True, now, seconds)
        told = os.read(hear, 4096).decode()
        for name in told.split("\n")[:-1] or ([""] if not told else []):
            seconds[now] = seconds.get(now, 0.0) + time.monotonic() - began
            now, began = name, time.monotonic()
            if name == stage:
                strike = time.monotonic() + delay
        if not told:
            return Life(os.waitpid(child, 0)[1] != 0, now, seconds)


def _drained(hear: int) -> None:
    """Waits until every process that held the other end is gone."""
    while os.read(hear, 4096):
        pass


def kill(
    folder: Path, points: int, seed: int, reports: int, workers: int, say: Callable[[str], None] = print
) -> Outcome:
    """So many kills, and what came of the cases."""
    harness = Harness(folder, reports, workers)
    chance = random.Random(seed)
    outcome = Outcome()
    while sum(outcome.kills.values()) < points and outcome.cases < 10 * points:
        situation = SITUATIONS[outcome.cases % len(SITUATIONS)]
        case = folder / str(outcome.cases) / "case"
        outcome.cases += 1
        try:
            for life in harness.point(case, situation, chance, points - sum(outcome.kills.values())):
                if life.killed:
                    outcome.kills[situation, life.stage] += 1
        except AssertionError as error:
            outcome.differ.append(f"{case} ({situation}): {error}")
            say(outcome.differ[-1])
            continue
        shutil.rmtree(case)
        if outcome.cases % 10 == 0:
            say(f"{sum(outcome.kills.values())} kills, {outcome.cases} cases, {len(outcome.differ)} differ")
    return outcome


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--points", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--reports", type=int, default=150, help=f"at most {kill_case.MOST}")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="folder to work in; kept where a case differs")
    options = parser.parse_args(arguments)
    folder = options.keep or Path(tempfile.mkdtemp(prefix="kill-points-"))
    outcome = kill(folder, options.points, options.seed, options.reports, options.workers)
    for (situation, stage), count in sorted(outcome.kills.items()):
        print(f"{situation:16}{stage:20}{count:6}")
    print(f"{sum(outcome.kills.values())} kills, {outcome.cases} cases, {len(outcome.differ)} differ")
    if not outcome.differ:
        shutil.rmtree(folder)
    return 1 if outcome.differ else 0


if __name__ == "__main__":
    sys.exit(main())
