"""Many reviewers decide about one case in PostgreSQL at the same time: whether every decision that was
acknowledged is in the case, how long each takes, and what its audit log says in the end.

    python -m lab.bench_reviewers 'postgresql://saydo@localhost/saydo?schema=bench' --people 50 --seconds 300

The schema must not be there yet; it is left for a look. A fifth of the decisions goes to a handful of
findings, so that people meet.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import statistics
import threading
import time
from collections import Counter
from multiprocessing.queues import Queue
from pathlib import Path
from typing import Any, NamedTuple

from lab.bench_web_case import build
from saydo import store as cases
from saydo.desk import Judge, case_at, verify_case
from saydo.desk.judge import Ref
from saydo.model.errors import CaseBusy, Changed, InputError, SaydoError
from saydo.model.store import Filter

KINDS = ("accept", "accept", "accept", "flag", "reject")
HOT = 12
"""Findings that everybody looks at."""


class Done(NamedTuple):
    """What one process of reviewers did."""

    acknowledged: list[tuple[int, str]]
    """Number of each decision, and the word that was written as its reason."""
    seconds: list[float]
    met: Counter[str]
    errors: list[str]


def reviewer(
    case: Path, who: str, refs: list[Ref], until: float, rng: random.Random, done: Done, lock: threading.Lock
) -> None:
    """Decides until the time is up. As a request of the workbench does, each decision opens the case."""
    mine: list[int] = []
    while time.time() < until:
        word = f"{who} {rng.getrandbits(48):012x}"
        begun = time.perf_counter()
        try:
            with Judge(case, who) as judge:
                if mine and rng.random() < 0.15:
                    (number,) = judge.undo([mine.pop()], word)
                else:
                    among = refs[:HOT] if rng.random() < 0.2 else refs
                    (number,) = judge.decide(rng.choice(KINDS), [rng.choice(among)], word)
                    mine.append(number)
        except Changed:
            what = "somebody was faster"
        except CaseBusy:
            what = "busy"
        except InputError:
            what = "no longer there"
        except SaydoError as error:
            what = "error"
            with lock:
                done.errors.append(str(error))
        else:
            what = "decided"
            with lock:
                done.acknowledged.append((number, word))
                done.seconds.append(time.perf_counter() - begun)
        with lock:
            done.met[what] += 1


def people(case: Path, names: list[str], seconds: float, all_ready: Any, out: Queue[Done]) -> None:
    """Some reviewers, a thread each; they begin when those of all processes are ready."""
    with cases.for_reading(case) as store:
        refs = [Ref(found.document, found.event.id) for found in store.events(Filter())]
    done, lock = Done([], [], Counter(), []), threading.Lock()
    all_ready.wait()
    until = time.time() + seconds
    threads = [
        threading.Thread(
            target=reviewer, args=(case, who, refs, until, random.Random(who), done, lock), daemon=True
        )
        for who in names
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    out.put(done)


def main() -> None:
    """Makes the case, lets everybody decide, and checks."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0])
    asked.add_argument("case")
    asked.add_argument("--people", type=int, default=50)
    asked.add_argument("--processes", type=int, default=4)
    asked.add_argument("--seconds", type=float, default=300)
    asked.add_argument("--reports", type=int, default=300)
    given = asked.parse_args()
    case = case_at(given.case)
    build(case, given.reports, people=30)
    with cases.for_reading(case) as store:
        before = store.latest_decision()
    names = [f"reviewer {n}" for n in range(given.people)]
    context = multiprocessing.get_context("spawn")
    out: Any = context.Queue()
    all_ready = context.Barrier(given.processes)
    started = [
        context.Process(
            target=people, args=(case, names[n :: given.processes], given.seconds, all_ready, out)
        )
        for n in range(given.processes)
    ]
    for process in started:
        process.start()
    every = [out.get() for _ in started]
    for process in started:
        process.join()
    tell(case, every, before, given.seconds)


def tell(case: Path, every: list[Done], before: int, seconds: float) -> None:
    """Compares what was acknowledged with what is there, and prints all of it."""
    acknowledged = dict(pair for done in every for pair in done.acknowledged)
    with cases.for_reading(case) as store:
        held = {d.number: d.why for d in store.decisions() if d.number > before}
    lost = [number for number, word in acknowledged.items() if held.get(number) != word]
    took = sorted(each for done in every for each in done.seconds)
    met: Counter[str] = sum((done.met for done in every), Counter())
    found = verify_case(case)
    never = len(held.keys() - acknowledged.keys())
    print(
        f"acknowledged {len(acknowledged):,} in {seconds:.0f} s: {len(acknowledged) / seconds:.1f} a second"
    )
    print(f"in the case {len(held):,}; lost {len(lost)}; there and not acknowledged {never}")
    if took:
        middle, most = statistics.median(took), took[len(took) * 95 // 100]
        print(
            f"a decision: median {middle:.3f} s, 95 in 100 below {most:.3f} s, the longest {took[-1]:.3f} s"
        )
    print("; ".join(f"{what} {count:,}" for what, count in met.most_common()))
    print(f"log: {found.entries:,} entries, {len(found.faults)} faults")
    for line in sorted({line for done in every for line in done.errors}):
        print(line)


if __name__ == "__main__":
    main()
