"""saydo and its peers on the same texts in the same run:
``python -m lab.bench --texts FILE… [--peer NAME …] [--petrarch CHECKOUT] [--out docs/speed.md]``.

Peers are ``encoder`` (the bare encoder of saydo's reader), ``plain`` (the pre-trained encoder), ``reader``
(saydo's reader without rules) and ``spacy:NAME`` (an installed pipeline or the folder of one). Without
``--peer`` it is the first three. ``--petrarch`` adds UniversalPetrarch, which is given saydo's trees
ready-made.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import platform
import shlex
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from lab.bench.kernel import machine
from lab.bench.page import Setting, Workers, by_documents, page, rate
from lab.bench.plots import bars, lines
from lab.bench.rounds import Peer, child, surroundings, take_turns
from lab.bench.turns import WARM
from lab.bench_coder import documents
from lab.bench_workers import Row, flat, measure
from saydo.model.document import Document

_WHAT = {
    "saydo": "raw text to records, written down",
    "encoder": "the bare encoder of saydo's reader, wordpieces made ready",
    "plain": "the pre-trained encoder, dynamic int8, wordpieces made ready",
    "reader": "saydo's reader: raw text to trees, mentions, attributions, pairs",
    "spacy": "a spaCy pipeline: raw text to what it tells; no records",
    "petrarch": "sentences with trees made ready to events",
}


def spacy_missing(name: str) -> str | None:
    """Why a pipeline cannot be measured; None if it can."""
    if importlib.util.find_spec("spacy") is None:
        return "spaCy is not installed"
    from spacy.util import is_package

    there = is_package(name) or (Path(name) / "config.cfg").is_file()
    return None if there else "no such pipeline is installed"


def find_peers(
    names: Sequence[str], petrarch: tuple[str, Path] | None, folder: Path, why: dict[str, str]
) -> tuple[list[Peer], dict[str, str]]:
    """saydo first, then the peers that are there; why others are not. ``why`` tells of encoders that could
    not be made. Raises ValueError for a name of nobody."""
    here = str(folder)
    found, skipped = [Peer("saydo", _WHAT["saydo"], child("saydo", here))], {}
    for name in names:
        kind, _, pipeline = name.partition(":")
        if name in ("encoder", "plain", "reader"):
            missing = why.get(name)
            command = child(name, here)
        elif kind == "spacy" and pipeline:
            missing = spacy_missing(pipeline)
            command = child("spacy", here, pipeline)
        else:
            raise ValueError(f"{name} is no peer; there are encoder, plain, reader and spacy:NAME")
        if missing:
            skipped[name] = missing
        else:
            found.append(Peer(name, _WHAT[kind], command))
    if petrarch:
        python, checkout = petrarch
        command = child("petrarch", here, python, str(checkout))
        found.append(Peer("UniversalPetrarch", _WHAT["petrarch"], command))
    else:
        skipped["UniversalPetrarch"] = "no checkout was given (`--petrarch`)"
    return found, skipped


def no_checkout(checkout: Path) -> str | None:
    """Why a folder is no checkout of UniversalPetrarch; None if it is."""
    program = Path("UniversalPetrarch") / "petrarch_ud.py"
    if (checkout / program).is_file():
        return None
    return f"{checkout} is no checkout of UniversalPetrarch: {program} is not there"


def options_of(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m lab.bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--texts", type=Path, nargs="+", required=True, help="JSON Lines with a field text")
    parser.add_argument("--documents", type=int, default=144, help="how many are drawn at random")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peer", nargs="+", default=["encoder", "plain", "reader"])
    parser.add_argument("--petrarch", type=Path, help="a checkout of UniversalPetrarch")
    parser.add_argument("--petrarch-python", default=sys.executable, help="the interpreter that runs it")
    parser.add_argument("--price", type=float, help="of an hour of one core")
    parser.add_argument("--workers", type=int, nargs="*", default=[1, 2], help="none: leave them out")
    parser.add_argument("--ray", type=int, nargs="*", default=[], help="the same on Ray")
    parser.add_argument("--worker-documents", type=int, default=72, help="how many texts workers are given")
    parser.add_argument("--worker-rounds", type=int, default=2)
    parser.add_argument("--flat", type=int, default=0, help="so many small reports for flat memory")
    parser.add_argument("--out", type=Path, help="the page to write; its drawings lie beside it")
    options = parser.parse_args(arguments)
    if options.documents <= WARM:
        parser.error(f"--documents: more than {WARM}, since so many are done before anything is counted")
    if options.petrarch and (why := no_checkout(options.petrarch)):
        parser.error(why)
    return options


def of_workers(found: Sequence[Document], options: argparse.Namespace) -> Workers | None:
    """The rows of workers, and of Ray where it is installed."""
    rows, without = [Row(n) for n in options.workers], ""
    if options.ray and importlib.util.find_spec("ray") is None:
        without = "workers on Ray: ray is not installed"
    else:
        rows += [Row(n, True) for n in options.ray]
    if not rows:
        return None
    return Workers(len(found), measure(found, rows, options.worker_rounds), without)


def write_texts(found: Sequence[Document], folder: Path) -> None:
    rows = [{"id": d.id, "text": d.text, "date": d.date} for d in found]
    (folder / "texts.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    options = options_of(arguments)
    given = list(sys.argv[1:] if arguments is None else arguments)
    begun = os.getloadavg()[0]
    found = documents(options.texts, 1.0)[: options.documents]
    if len(found) <= WARM:
        print(f"{len(found)} texts are too few: more than {WARM} are needed", file=sys.stderr)
        return 2

    def tell(said: str) -> None:
        print(said, flush=True)

    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        write_texts(found, folder)
        prepare = [sys.executable, "-m", "lab.bench.prepare", scratch]
        subprocess.run(prepare, check=True, env=surroundings())
        words = json.loads((folder / "words.json").read_text())
        why = json.loads((folder / "why.json").read_text())
        petrarch = (options.petrarch_python, options.petrarch.resolve()) if options.petrarch else None
        try:
            peers, skipped = find_peers(options.peer, petrarch, folder, why)
        except ValueError as error:
            print(error, file=sys.stderr)
            return 2
        results = take_turns(peers, words, WARM, options.rounds, tell)
    if results.first in results.fell:
        print(f"{results.first} fell: {results.fell[results.first]}", file=sys.stderr)
        return 1
    workers = of_workers(found[: options.worker_documents], options)
    held = flat(options.flat, max(options.workers or [1])) if options.flat else None
    setting = Setting(
        date=time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime()),
        command=shlex.join(["python", "-m", "lab.bench", *given]),
        machine=machine(),
        python=f"Python {platform.python_version()}",
        load=(begun, os.getloadavg()[0]),
        texts=len(words),
        words=sum(words),
        counted=(len(words) - WARM, sum(words[WARM:])),
        rounds=options.rounds,
        price=options.price,
    )
    written = page(results, setting, skipped, workers, held)
    print(written)
    if options.out:
        options.out.write_text(written, encoding="utf-8")
        rates = {name: results.spread(name, rate) for name in results.measured}
        drawn = {
            "rates": bars(rates, "words a second of processor time"),
            "documents": lines(by_documents(results, "processor"), "documents", "processor time, s"),
            "memory": lines(by_documents(results, "memory"), "documents", "memory held, MB"),
        }
        for name, drawing in drawn.items():
            path = options.out.with_name(f"{options.out.stem}-{name}.svg")
            path.write_text(drawing, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
