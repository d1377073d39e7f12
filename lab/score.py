"""Measure the installed reader: ``python -m lab.score TASK --gold FILE``.

The gold file has the form of the training data's file of the task, or that of ``lab/gold``. Each measure is
defined, with its source, in the docstring of its function (``--explain`` prints it). With ``--heldout`` only
those rows of a training file count that training leaves out. Shares are printed in percent.
"""

from __future__ import annotations

import argparse
import inspect
import json
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from lab.corpora import DataAbsent
from lab.measures.attribution import attribution
from lab.measures.bonds import bonds
from lab.measures.coded import coded
from lab.measures.coreference import coreference
from lab.measures.events import events
from lab.measures.kinds import kinds
from lab.measures.mentions import mentions
from lab.measures.pairs import dyads, realis, ties
from lab.measures.said import said
from lab.measures.search import search
from lab.measures.syntax import sentences, syntax
from lab.measures.tally import Figures
from lab.measures.times import times
from saydo.reading.network import Network, packaged

Measure = Callable[[Path, Network, bool], Figures]


def _whole(measure: Callable[[Path, Network], Figures]) -> Measure:
    """A measure whose gold files are never trained on, so that nothing is left out."""

    def run(gold: Path, network: Network, heldout: bool) -> Figures:
        return measure(gold, network)

    run.__doc__ = measure.__doc__
    return run


TASKS: dict[str, Measure] = {
    "syntax": _whole(syntax),
    "sentences": _whole(sentences),
    "attribution": _whole(attribution),
    "said": _whole(said),
    "kinds": kinds,
    "bonds": bonds,
    "mentions": mentions,
    "dyads": dyads,
    "coded": coded,
    "events": events,
    "ties": ties,
    "realis": _whole(realis),
    "coreference": _whole(coreference),
    "search": _whole(search),
    "times": times,
}


def shown(name: str, value: float) -> str:
    count = name in ("sentences", "reports") or name.endswith(" items")
    return f"{name:32} {value if count else 100 * value:8.{0 if count else 2}f}"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("task", choices=sorted(TASKS))
    parser.add_argument("--gold", type=Path, help="gold file of the task")
    parser.add_argument("--model", type=Path, help="folder of another model than the installed one")
    parser.add_argument("--heldout", action="store_true", help="only rows that training leaves out")
    parser.add_argument("--part", choices=("dev", "heldout"), help="events: only this part of the gold file")
    parser.add_argument("--errors", action="store_true", help="events: print what is wrong or missed first")
    parser.add_argument("--json", action="store_true", help="figures as JSON")
    parser.add_argument("--explain", action="store_true", help="print how the measure is defined")
    options = parser.parse_args(arguments)
    if options.explain:
        print(inspect.getdoc(TASKS[options.task]))
        return 0
    if options.gold is None:
        parser.error("name a gold file with --gold")
    measure = TASKS[options.task]
    if options.task == "events":
        measure = partial(events, part=options.part, errors=options.errors)
    elif options.part or options.errors:
        parser.error("--part and --errors belong to the task events")
    try:
        figures = measure(options.gold, Network(options.model or packaged(), "reader-en"), options.heldout)
    except DataAbsent as absent:
        print(f"error: {absent}", file=sys.stderr)
        return 2
    if options.json:
        print(json.dumps({name: round(value, 6) for name, value in figures.items()}))
    else:
        print(*(shown(name, value) for name, value in figures.items()), sep="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
