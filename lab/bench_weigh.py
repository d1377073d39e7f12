"""How weighing grows with a case:
``python -m lab.bench_weigh --records FILE… --texts FILE… --case DIR [--most N]``.

The records of coded reports (``saydo code``) are repeated until there are enough, in the order of their
dates. Each copy lies a year later. It has other actors, places, publishers and, where they have seven letters
or more or are part of a name, other words, of the same length, so that offsets hold, no copy is a reprint of
another and each is a story of its own. Shared by all copies are: the actors of the codebook (states and their
organs, international bodies, known groups and parties), one person (``--shared``, a president), the countries
of places, all shorter words, and all words that rules, cues, nominals and offices of the codebook ask for.

All reports are weighed into one case (SQLite), in the order in which a case is filled; at each size the
processor time of weighing so far, the largest memory of the process, and, in another process, the cost of
one more report and of a hundred more are taken down. Making the copies is not counted, nor is who is who. A
case that was begun is gone on with.

``--table`` and ``--plot`` name the files that the figures are written to (Markdown, SVG).
"""

from __future__ import annotations

import argparse
import gc
import json
import resource
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple, TypeVar

from lab.copies import Shared, load, reports
from lab.curves import Point, curve
from saydo.codebook.entries import Codebook
from saydo.desk import load_codebook
from saydo.desk.byreport import FRESH
from saydo.model.document import text_sha256
from saydo.model.ids import digest
from saydo.model.ledger import Ledger
from saydo.store import SqliteStore
from saydo.weighing import WeighedReport, Weigher
from saydo.weighing.decided import Decided

T = TypeVar("T")
SIZES = (1_000, 3_000, 10_000, 30_000, 100_000)


class Taken(NamedTuple):
    """The figures of one size."""

    reports: int
    seconds: float
    """Processor time of weighing all of them."""
    wall: float
    again: int
    """How many reports were weighed once more because of later ones, so far."""
    memory: float
    """Largest memory of the process that weighed the reports since the size before, GB."""
    one: float
    """Seconds for one more report, mean of twenty weighed one at a time."""
    hundred: float
    pairs: int
    """Findings that are kept."""
    size: float
    """Of the database, GB."""


class Case:
    """A case that is filled with reports that are coded already."""

    def __init__(self, folder: Path, codebook: Codebook) -> None:
        self.store = SqliteStore.for_writing(folder)
        self.store.begin_weighing("bench")
        self.codebook = codebook
        self.weigher: Weigher | None = None
        held = self.store.weigh(lambda ledger: ledger.mark("bench"))
        state = json.loads(held) if held else {}
        self.count: int = state.get("count", 0)
        self.seconds: float = state.get("seconds", 0.0)
        self.wall: float = state.get("wall", 0.0)
        self.weighed: int = state.get("weighed", 0)
        self.aside: float = state.get("aside", 0)
        self.taken = [Taken(*row) for row in state.get("taken", ())]

    def add(self, reports: Iterable[WeighedReport]) -> None:
        """Takes reports in, one at a time, and weighs them in one step; only the latter is counted."""
        begun, clock = time.process_time(), time.monotonic()
        made = [0.0, 0.0]

        def weigh(ledger: Ledger) -> None:
            if self.weigher is None:
                self.weigher = Weigher(ledger, self.codebook, Decided())
            self.weighed += self.weigher.update(self._taken_in(reports, made))

        self.store.weigh(weigh)
        self.seconds += time.process_time() - begun - made[0]
        self.wall += time.monotonic() - clock - made[1]
        self.keep()

    def _taken_in(
        self, reports: Iterable[WeighedReport], made: list[float]
    ) -> Iterator[tuple[int, WeighedReport]]:
        """Reports with their numbers; ``made`` counts the processor time and the time of making them."""
        db, left = self.store._db, iter(reports)
        while True:
            begun, clock = time.process_time(), time.monotonic()
            report = next(left, None)
            if report is not None:
                self.count += 1
                record, text = report
                source = digest(record.id)
                db.execute("INSERT INTO sources VALUES (?, ?, 'text/plain')", (source, len(text)))
                db.execute(
                    "INSERT INTO documents (position, id, source, origin, text, text_sha256, words, date, "
                    "timecodes, metadata) VALUES (?, ?, ?, ?, ?, ?, ?, ?, '[]', '[]')",
                    (self.count, record.id, source, record.id, text, text_sha256(text), 0, record.date),
                )
            made[0] += time.process_time() - begun
            made[1] += time.monotonic() - clock
            if report is None:
                return
            yield self.count, report

    def keep(self) -> None:
        """Writes down how far it is."""
        state = {
            "count": self.count, "seconds": self.seconds, "wall": self.wall, "weighed": self.weighed,
            "aside": self.aside, "taken": self.taken,
        }  # fmt: skip
        self.store.weigh(lambda ledger: ledger.set_mark("bench", json.dumps(state)))

    def cost(self, portions: Sequence[Sequence[WeighedReport]]) -> float:
        """Mean processor time of some portions, by a weigher that has nothing at hand; not counted as part
        of the whole."""
        before = (self.seconds, self.wall, self.weighed)
        for portion in portions:
            self.weigher = None
            gc.collect()  # what the one before held goes in circles
            self.add(portion)
        mean = (self.seconds - before[0]) / len(portions)
        self.aside += sum(map(len, portions))
        self.seconds, self.wall, self.weighed = before
        self.weigher = None
        return mean


def opened(given: argparse.Namespace) -> tuple[Case, Iterator[WeighedReport]]:
    """The case, and the reports that come next."""
    codebook = load_codebook()
    base = load(given.records, given.texts)
    case = Case(given.case, codebook)
    return case, reports(base, Shared.of(base, codebook, given.shared), case.count)


def held(given: argparse.Namespace) -> int:
    """The size whose figures were taken last."""
    return max((t.reports for t in Case(given.case, load_codebook()).taken), default=0)


def fill(given: argparse.Namespace, size: int) -> float:
    """Fills the case to a size; the largest memory of this process, GB."""
    case, source = opened(given)
    while case.count < size:
        case.add(islice(source, min(FRESH, size - case.count)))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def probe(given: argparse.Namespace, size: int, memory: float) -> list[Taken]:
    """Takes down the figures at a size; all so far."""
    case, source = opened(given)
    seconds, wall, again = case.seconds, case.wall, case.weighed + int(case.aside) - case.count
    one = case.cost([[next(source)] for _ in range(20)])
    hundred = case.cost([[next(source) for _ in range(100)]])
    pairs = case.store._db.execute("SELECT count(*) FROM weighing_pairs").fetchone()[0]
    case.taken.append(Taken(size, seconds, wall, again, memory, one, hundred, pairs, stored(case)))
    case.keep()
    return case.taken


def apart(work: Callable[..., T], *arguments: object) -> T:
    """Does some work in a process of its own: its memory is that of this work alone."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *arguments).result()


def stored(case: Case) -> float:
    """The size of the database, GB."""
    db = case.store._db
    pages, size = (db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
    return float(pages * size / 1e9)


def table(taken: Sequence[Taken]) -> str:
    """The figures as Markdown."""
    lines = [
        "| reports | weighing, s | ms a report | weighed again | peak memory, GB | one more report, ms | "
        "a hundred more, s | findings | database, GB |",
        "|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    lines += [
        f"| {t.reports:,} | {t.seconds:.1f} | {1000 * t.seconds / t.reports:.1f} | {t.again:,} | "
        f"{t.memory:.2f} | {1000 * t.one:.0f} | {t.hundred:.1f} | {t.pairs:,} | {t.size:.2f} |"
        for t in taken
    ]
    return "\n".join([*lines, ""])


def plot(taken: Sequence[Taken]) -> str:
    """The curve of the seconds, beside n log n through the first size."""
    return curve([Point(t.reports, t.seconds) for t in taken], "reports", "seconds of weighing")


def main() -> None:
    """Runs the bench and writes its figures."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--records", type=Path, nargs="+", required=True)
    ask.add_argument("--texts", type=Path, nargs="+", required=True)
    ask.add_argument("--case", type=Path, required=True)
    ask.add_argument("--shared", default="barack-obama")
    ask.add_argument("--most", type=int, default=SIZES[-1])
    ask.add_argument("--table", type=Path)
    ask.add_argument("--plot", type=Path)
    given = ask.parse_args()
    for size in (s for s in SIZES if s <= given.most):
        if size <= apart(held, given):
            continue
        taken = apart(probe, given, size, apart(fill, given, size))
        print(taken[-1], flush=True)
        if given.table:
            given.table.write_text(table(taken), encoding="utf-8")
        if given.plot:
            given.plot.write_text(plot(taken), encoding="utf-8")


if __name__ == "__main__":
    main()
