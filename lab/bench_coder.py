"""Where the time of ``saydo code`` goes, room by room: ``python -m lab.bench_coder [--share 0.1]``.

Documents go in and JSON lines come out, in one process with one thread, a few documents at a time. Times are
this process's processor time. Without ``--texts`` all reports of ``../shared/data`` are coded. A first few
documents are coded before anything is counted, since tables are loaded then. How the whole compares with the
bare encoder, ``python -m lab.bench`` tells.

The rooms add up to the whole, but for ``other``. Memory is what the process holds after each tenth of the
documents.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import saydo.linking as linking
from lab import corpora
from lab.bench.kernel import memory
from saydo import codebook
from saydo.coding import coder as coding
from saydo.desk import coder as desk
from saydo.desk.corridor import corridor
from saydo.model.document import Document
from saydo.model.reading import Reading
from saydo.model.records import Record
from saydo.reading import reader as reading
from saydo.reading.network import Network, packaged
from saydo.reading.reader import OnnxReader

DATA = Path("../shared/data")
REPORTS = (
    "attribution/polnear-train.jsonl", "attribution/polnear-dev.jsonl", "relations/re3d-train.jsonl",
    "templates/muc4-train.jsonl", "templates/muc4-dev.jsonl", "places/lgl.jsonl", "places/geovirus.jsonl",
)  # fmt: skip
_FEW = 48
_WARM = 24


class Watch:
    """Processor time by room; what a room spends inside of another counts for the inner one alone."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()
        self._inside: list[float] = []

    def on(self, owner: Any, name: str, room: str) -> None:
        """From now on the function's time counts for the room."""
        setattr(owner, name, self.timed(getattr(owner, name), room))

    def timed(self, work: Callable[..., Any], room: str) -> Callable[..., Any]:
        def watched(*given: Any, **named: Any) -> Any:
            started = time.process_time()
            self._inside.append(0.0)
            try:
                found = work(*given, **named)
                return list(found) if isinstance(found, Iterator) else found
            finally:
                spent = time.process_time() - started
                self.seconds[room] += spent - self._inside.pop()
                if self._inside:
                    self._inside[-1] += spent

        return watched


class _Watched:
    """A session whose runs are watched."""

    def __init__(self, session: Any, watch: Watch, room: str) -> None:
        self.run = watch.timed(session.run, room)


def documents(paths: Sequence[Path], share: float) -> list[Document]:
    """The texts of files with a field ``text`` or ``doctext``, or a random share of them."""
    rows = [(f"{p.stem}-{i}", row) for p in paths for i, row in enumerate(corpora.jsonl(p))]
    rows = random.Random(1).sample(rows, max(1, round(share * len(rows))))
    dates = [str(row.get("date") or "2016-10-01")[:10] for _, row in rows]
    return [
        Document(id, row.get("text") or row["doctext"], date=date)
        for (id, row), date in zip(rows, dates, strict=True)
    ]


def watched_reader(watch: Watch) -> OnnxReader:
    network = Network(packaged(), "reader-en")
    reader = OnnxReader(network, pairs=True)
    network._session = _Watched(network._session, watch, "reading: network")
    network._pair_session = _Watched(network._pair_session, watch, "reading: network for pairs")
    watch.on(reading, "candidates", "reading: pairs to look at")
    watch.on(reader._tokenizer, "words", "reading: words")
    watch.on(reading, "split", "reading: sentences")
    watch.on(network, "pieces", "reading: wordpieces")
    watch.on(reading, "heads_of_all", "reading: trees")
    watch.on(reading, "relations", "reading: trees")
    watch.on(reading, "attributions", "reading: attributions")
    watch.on(reading, "triggers", "reading: triggers and parties")
    watch.on(reading, "parties", "reading: triggers and parties")
    watch.on(reading, "mentions", "reading: mentions")
    watch.on(reader, "_tokens", "reading: tokens, lemmas")
    watch.on(reader._linker, "links", "reading: links")
    watch.on(reader, "_window", "reading: the rest")
    return reader


def watch_rooms(watch: Watch) -> None:
    for name in ("actors", "places", "times"):
        watch.on(linking, f"find_{name}", f"linking: {name}")
    for name in ("events", "ties", "flagged"):
        watch.on(coding, f"find_{name}", f"coding: {name}")
    watch.on(coding, "read_statements", "coding: statements")
    watch.on(coding.Scene, "of", "coding: clauses")
    watch.on(desk, "look", "record: language")
    watch.on(desk, "assemble", "record: put together")


class Bench:
    """Codes documents a few at a time."""

    def __init__(self) -> None:
        self.watch = Watch()
        self.reader = watched_reader(self.watch)
        watch_rooms(self.watch)
        rooms = corridor()
        timed = self.watch.timed
        self._readings: list[Reading] = []
        self.rooms = replace(
            rooms,
            link=timed(self._seen(rooms.link), "linking: the rest"),
            code=timed(rooms.code, "coding: the rest"),
            weigh=timed(rooms.weigh, "weighing"),
        )
        self._book = codebook.load()
        self.words = self.size = 0
        self.whole = 0.0

    def _seen(self, link: Callable[..., Any]) -> Callable[..., Any]:
        def linked(read: Reading, book: Any) -> Any:
            self._readings.append(read)
            return link(read, book)

        return linked

    def few(self, given: Sequence[Document]) -> None:
        """Codes the documents."""
        started = time.process_time()
        for outcome in desk.code_documents(given, self.reader, self._book, rooms=self.rooms, strict=True):
            assert isinstance(outcome, Record)
            self.size += len(self.watch.timed(outcome.model_dump_json, "record: JSON")(by_alias=True))
        self.whole += time.process_time() - started
        self.words += sum(len(read.tokens) for read in self._readings)
        self._readings.clear()

    def forget(self) -> None:
        """Counts anew from here on."""
        self.watch.seconds.clear()
        self.whole, self.words, self.size = 0.0, 0, 0


def told(bench: Bench, count: int) -> Iterator[str]:
    yield f"{count} documents, {bench.words} words, {bench.size} characters of JSON"
    yield f"  {bench.whole:.2f} s, {bench.words / bench.whole:.0f} words/s"
    other = bench.whole - sum(bench.watch.seconds.values())
    rooms = {**bench.watch.seconds, "other": other}
    for name in sorted(rooms):
        yield f"    {name:32}{rooms[name]:8.2f} s {100 * rooms[name] / bench.whole:5.1f} %"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--texts", type=Path, nargs="*", help="JSON Lines with a field text")
    parser.add_argument("--share", type=float, default=1.0, help="random part of the documents, 0 to 1")
    parser.add_argument("--rounds", type=int, default=1, help="times that all are coded")
    options = parser.parse_args(arguments)
    found = documents(options.texts or [DATA / name for name in REPORTS], options.share)
    bench = Bench()
    bench.few(found[:_WARM])
    bench.forget()
    held = partial(memory, os.getpid(), "VmRSS")
    held_then = [held()]
    turns = [found[i : i + _FEW] for i in range(0, len(found), _FEW)] * options.rounds
    for number, turn in enumerate(turns, start=1):
        bench.few(turn)
        if number * 10 // len(turns) >= len(held_then):
            held_then.append(held())
    print("\n".join(told(bench, options.rounds * len(found))))
    print("memory in MB after each tenth: " + " ".join(f"{m:.0f}" for m in held_then))
    print(f"peak: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
