"""The process of one peer: ``python -m lab.bench.child KIND FOLDER [MORE…]``, KIND of ``KINDS``.

It does the texts of a folder (see ``prepare``) and says on standard output how far it is, in lines of JSON:

- ``{"first": S}``: the first text is done, after so many seconds of processor time since the start;
- ``{"documents": N, "processor": S, "clock": S, "memory": MB}``: so many texts are done; times are counted
  from the end of the warm ones, memory is what is held now;
- ``{"peak": MB}``: all is done, and this was the most memory at any time.

Whatever speaks so can be a peer.
"""

from __future__ import annotations

import json
import os
import pickle
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from lab.bench.kernel import memory
from lab.bench.turns import WARM, sizes, turns

Work = Callable[[int, int], None]
"""Does the texts from one number up to another."""


def tell(**told: float) -> None:
    print(json.dumps(told), flush=True)


def saydo(folder: Path, reader: str = "en") -> Work:
    """From raw text to records, written as JSON lines, as ``saydo code`` does it."""
    from lab.bench.prepare import read_texts
    from saydo.desk import Failure, make_coder

    coder, documents = make_coder(reader, 1), read_texts(folder)
    out = (folder / f"records-{os.getpid()}.jsonl").open("w", encoding="utf-8")

    def work(first: int, last: int) -> None:
        for made in coder.lines(documents[first:last]):
            if isinstance(made, Failure):
                raise SystemExit(f"{made.document} cannot be coded: {made.reason}")
            out.write(made.json + "\n")
        out.flush()

    return work


def reader(folder: Path) -> Work:
    """saydo's reader as ``saydo code`` uses it: trees, mentions, attributions, pairs; no rules."""
    from lab.bench.prepare import read_texts
    from saydo.desk import load_reader

    reads, documents = load_reader("en", 1), read_texts(folder)

    def work(first: int, last: int) -> None:
        for _ in reads.read_all(documents[first:last]):
            pass

    return work


def encoder(folder: Path, name: str = "encoder") -> Work:
    """A bare encoder over wordpieces made ready."""
    from lab.bench.encoders import Encoder

    encodes = Encoder(folder / f"{name}.onnx")
    feeds = pickle.loads((folder / "feeds.pickle").read_bytes())
    at = dict(zip(turns(len(json.loads((folder / "words.json").read_text()))), feeds, strict=True))
    return lambda first, last: encodes.encode(at[first, last])


def plain(folder: Path) -> Work:
    return encoder(folder, "plain")


def spacy(folder: Path, name: str) -> Work:
    """A spaCy pipeline as it is: what it tells of a text, of which no record is made."""
    import spacy as library

    from lab.bench.prepare import read_texts

    nlp, texts = library.load(name), [d.text for d in read_texts(folder)]

    def work(first: int, last: int) -> None:
        for _ in nlp.pipe(texts[first:last]):
            pass

    return work


KINDS: dict[str, Callable[..., Work]] = {
    "saydo": saydo, "reader": reader, "encoder": encoder, "plain": plain, "spacy": spacy,
}  # fmt: skip


def go(work: Work, count: int) -> None:
    """Does all texts, and tells."""
    processor = clock = 0.0
    for first, last in turns(count):
        if first == min(WARM, count):
            processor, clock = time.process_time(), time.perf_counter()
        work(first, last)
        if first == 0:
            tell(first=time.process_time())
        elif first >= WARM:
            tell(
                documents=last, processor=time.process_time() - processor,
                clock=time.perf_counter() - clock, memory=memory(os.getpid(), "VmRSS"),
            )  # fmt: skip
    tell(peak=memory(os.getpid(), "VmHWM"))


def petrarch(folder: Path, python: str, checkout: Path) -> None:
    """UniversalPetrarch, which takes in a whole file of parsed sentences and writes at the end: so it is run
    once for each size, and what it took for the warm texts is taken off."""

    # the lab's modules are not for a Python of another age
    plain_surroundings = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}

    def run(size: int) -> tuple[float, float]:
        before, clock = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        given = str((folder / f"parsed-{size}.xml").resolve())
        out = folder / f"petrarch-{size}.txt"
        out.unlink(missing_ok=True)
        program = ["petrarch_ud.py", "batch", "-i", given, "-o", str(out.resolve())]
        done = subprocess.run(
            [python, *program], cwd=checkout / "UniversalPetrarch", text=True, env=plain_surroundings,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        )  # fmt: skip
        after, clock = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter() - clock
        # asked for a key it would wait; and it may end with status 0 without having coded
        if done.returncode or not out.is_file():
            said = done.stderr.strip().splitlines() or ["it wrote nothing"]
            raise SystemExit(f"UniversalPetrarch, {size} texts: {said[-1]}")
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, clock

    count = len(json.loads((folder / "words.json").read_text()))
    tell(first=run(1)[0])
    base = run(WARM)
    for size in sizes(count):
        if size > WARM:
            took = run(size)
            peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
            tell(documents=size, processor=took[0] - base[0], clock=took[1] - base[1], memory=peak)
    tell(peak=resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)


def main(given: list[str]) -> None:
    kind, folder, more = given[0], Path(given[1]), given[2:]
    if kind == "petrarch":
        petrarch(folder, more[0], Path(more[1]))
    else:
        # made first: what it loads is part of its start
        work = KINDS[kind](folder, *more)
        go(work, len(json.loads((folder / "words.json").read_text())))


if __name__ == "__main__":
    main(sys.argv[1:])
