"""What several workers bring: ``python -m lab.bench_workers [--share 0.05] [--rounds 5] [--workers 1 2]
[--ray 1 2]``.

The reports of ``../shared/data`` (or a share of them, or ``--texts``) are coded by ``code_stream`` as ``saydo
code`` does it, from one JSONL file to another. The numbers of workers take turns, round by round, so that a
machine that is busy with something else is so for all of them; given are the median and the spread over the
rounds. 0 workers stand for this process alone, which is what ``--workers 1`` of the command is.

``--ray`` adds rows of workers on Ray, started on this machine: the same file cut into shards, whose records
one after the other must be the same bytes. There a worker is two processes, the actor and its reader.

Time is that of the clock, from the moment all workers are ready. Processor time is that of all workers and
of this process, which reads the inputs and writes: what it says holds on a busy machine too. Memory is the
most that any worker held (in brackets what it has for itself alone), and that of this process. All outputs
are compared; a byte of difference is an error.

``--flat N`` codes N small reports with a reader that takes no time, and gives the memory of the first and of
the second half.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from lab import kill_case
from lab.bench.kernel import memory, processor
from lab.bench_coder import DATA, REPORTS, documents
from saydo.desk import Crew, code_stream, load_codebook, load_reader, make_coder, shards
from saydo.model.document import Document

SHARDS = 40
"""How many the reports are cut into for Ray."""


class Row(NamedTuple):
    """What is measured."""

    workers: int
    ray: bool = False

    def __str__(self) -> str:
        return f"{'ray ' if self.ray else ''}{self.workers}"


class Round:
    """One pass over all reports."""

    def __init__(self, inputs: Path, out: Path, row: Row) -> None:
        if row.ray:
            self._on_ray(inputs, out.with_name("shards"), row.workers)
        else:
            self._here(inputs, out, row.workers)

    def _on_ray(self, inputs: Path, out: Path, workers: int) -> None:
        shutil.rmtree(out, ignore_errors=True)
        size = inputs.stat().st_size // SHARDS
        job = shards.make_job([str(inputs)], str(out), "jsonl", None, shard_bytes=size)
        # else they give way to whatever runs on the machine, which the other rows do not
        os.environ["RAY_worker_niceness"] = "0"  # noqa: SIM112 - Ray spells it so
        with shards.on_ray(partial(make_coder, "en", 1), workers) as engine:
            engine.wait()
            actors = engine.pids()
            pids = [pid for actor in actors for pid in actor]
            before, begun, worked = processor(*pids), time.perf_counter(), time.process_time()
            self.words = shards.code_shards(job, engine).words
            self.seconds, self.worked = time.perf_counter() - begun, time.process_time() - worked
            self.workers_worked = processor(*pids) - before
            self.worker = max(sum(memory(pid, "VmHWM") for pid in actor) for actor in actors)
            self.own = max(sum(map(self._own, actor)) for actor in actors)
            self.parent = memory(os.getpid(), "VmRSS")
        digest = hashlib.sha256()
        for shard in json.loads((out / "_manifest.json").read_text(encoding="utf-8"))["shards"]:
            for file in shard["files"]:
                digest.update((out / file["file"]).read_bytes())
        self.digest = digest.hexdigest()

    def _here(self, inputs: Path, out: Path, workers: int) -> None:
        book = load_codebook()
        if workers:
            with Crew(partial(make_coder, "en", 1), workers) as crew:
                crew.wait()
                worked = processor(*crew.pids)
                self._code(inputs, out, crew, book)
                self.workers_worked = processor(*crew.pids) - worked
                self.worker = max(memory(pid, "VmHWM") for pid in crew.pids)
                self.own = max(self._own(pid) for pid in crew.pids)
        else:
            self._code(inputs, out, load_reader("en", 1, book), book)
            self.workers_worked = 0.0
            self.worker, self.own = memory(os.getpid(), "VmHWM"), self._own(os.getpid())
        self.digest = hashlib.sha256(out.read_bytes()).hexdigest()

    def _code(self, inputs: Path, out: Path, hand: object, book: object) -> None:
        begun, worked = time.perf_counter(), time.process_time()
        with out.open("w", encoding="utf-8", newline="\n") as written:
            self.words = code_stream([str(inputs)], written, hand, book).words  # type: ignore[arg-type]
        self.seconds = time.perf_counter() - begun
        self.worked = time.process_time() - worked
        self.parent = memory(os.getpid(), "VmRSS")

    @staticmethod
    def _own(pid: int) -> float:
        return memory(pid, "Private_Clean") + memory(pid, "Private_Dirty")


class Flat(NamedTuple):
    """The most memory, in MB, that was held over the first and over the second half of many reports."""

    reports: int
    workers: int
    worker: tuple[float, float]
    """By any one worker."""
    program: tuple[float, float]

    def __str__(self) -> str:
        told = [f"{what} {a:.0f} and {b:.0f} MB"
                for what, (a, b) in (("a worker", self.worker), ("the program", self.program))]  # fmt: skip
        return f"{self.reports} reports, {self.workers} workers: first and second half, {', '.join(told)}"


def flat(count: int, workers: int) -> Flat:
    """Codes many small reports with a reader that takes no time, and watches the memory."""
    every = max(1, min(500, count // 20))
    texts = list(kill_case.scripts())
    with tempfile.TemporaryDirectory() as folder:
        inputs = Path(folder) / "many.jsonl"
        with inputs.open("w") as out:
            for n in range(count):
                out.write(json.dumps({"id": f"r{n}", "text": texts[n % len(texts)]}) + "\n")
        with Crew(partial(kill_case.coder, "1"), workers) as crew:
            seen: list[tuple[float, float]] = []

            class Watching:
                done = 0

                def begin(self, stage: str, amount: int | None = None) -> None:
                    pass

                def advance(self, reports: int, words: int, amount: int) -> None:
                    self.done += 1
                    if self.done % every == 0:
                        seen.append(
                            (max(memory(p, "VmRSS") for p in crew.pids), memory(os.getpid(), "VmRSS"))
                        )

            with (Path(folder) / "out.jsonl").open("w") as written:
                code_stream([str(inputs)], written, crew, load_codebook(), progress=Watching())
    halves = seen[: len(seen) // 2], seen[len(seen) // 2 :]
    worker, program = (tuple(max(s[n] for s in half) for half in halves) for n in (0, 1))
    return Flat(count, workers, worker, program)  # type: ignore[arg-type]


def measure(found: Sequence[Document], rows: Sequence[Row], rounds: int) -> dict[Row, list[Round]]:
    """All rows in turn, round by round. Raises ValueError where outputs differ."""
    done: dict[Row, list[Round]] = {row: [] for row in rows}
    with tempfile.TemporaryDirectory() as folder:
        inputs, out = Path(folder) / "in.jsonl", Path(folder) / "out.jsonl"
        inputs.write_text(
            "".join(json.dumps({"id": d.id, "text": d.text, "date": d.date}) + "\n" for d in found)
        )
        for number in range(rounds):
            # in turn forwards and backwards, so that none is always first
            for row in rows if number % 2 == 0 else rows[::-1]:
                done[row].append(Round(inputs, out, row))
                print(f"round {number + 1}, {row} workers: {done[row][-1].seconds:.1f} s", flush=True)
    if len({each.digest for made in done.values() for each in made}) > 1:
        raise ValueError("the outputs of the rows differ")
    return done


def of_same_round(done: Sequence[Round], first: Sequence[Round]) -> list[float]:
    """How many times as quick as the first row, by the clock, each in the same round, so that what else the
    machine did weighs on both."""
    return [b.seconds / a.seconds for a, b in zip(done, first, strict=True)]


def table(rounds: dict[Row, list[Round]]) -> Iterator[str]:
    yield (
        f"{'workers':>8}{'words/s':>10}{'lowest':>9}{'highest':>9}{'ratio':>7}"
        "  processor s: workers  program  MB: worker (own)  program"
    )
    for row, done in rounds.items():
        first = next(made for of, made in rounds.items() if of.ray == row.ray)
        rates = [r.words / r.seconds for r in done]
        ratio = statistics.median(of_same_round(done, first))
        yield (
            f"{row!s:>8}{statistics.median(rates):10.0f}{min(rates):9.0f}{max(rates):9.0f}{ratio:7.2f}"
            f"{statistics.median(r.workers_worked for r in done):22.1f}"
            f"{statistics.median(r.worked for r in done):9.1f}"
            f"{max(r.worker for r in done):12.0f} ({max(r.own for r in done):.0f})"
            f"{max(r.parent for r in done):9.0f}"
        )


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--texts", type=Path, nargs="*", help="JSON Lines with a field text")
    parser.add_argument("--share", type=float, default=0.05, help="random part of the reports, 0 to 1")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--workers", type=int, nargs="*", default=[1, 2])
    parser.add_argument("--ray", type=int, nargs="*", default=[], help="the same on Ray")
    parser.add_argument("--flat", type=int, help="so many small reports instead")
    options = parser.parse_args(arguments)
    if options.flat:
        print(flat(options.flat, max(options.workers)))
        return 0
    found = documents(options.texts or [DATA / name for name in REPORTS], options.share)
    rows = [*(Row(n) for n in options.workers), *(Row(n, True) for n in options.ray)]
    try:
        rounds = measure(found, rows, options.rounds)
    except ValueError as error:
        print(error)
        return 1
    print(f"{len(found)} reports, {rounds[rows[0]][0].words} words, {options.rounds} rounds")
    print("\n".join(table(rounds)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
