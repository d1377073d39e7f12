"""Train the English reader, from the data to the package's files: ``python -m lab.train --data ../shared/data
--out RUNDIR``.

The examples are prepared (``lab.prepare``). Some teachers are fitted to them, and a pupil to the examples and
to what the teachers say (``lab.fit``); coreference is trained on the pupil (``lab.links``), which is written
as ONNX (``lab.export``). Each step may be stopped: the same command goes on from where it was. With
``--teachers 0`` the network learns from the labels alone.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import torch

from lab import fit, links, prepare
from lab.corpora import DataAbsent


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="folder of the training data")
    parser.add_argument("--out", type=Path, required=True, help="run directory")
    parser.add_argument("--teachers", type=int, default=3, help="how many teachers")
    parser.add_argument(
        "--teaching", type=float, default=60.0, metavar="MINUTES", help="time for each teacher"
    )
    parser.add_argument("--minutes", type=float, default=90.0, help="time for the pupil")
    parser.add_argument("--budget", type=int, help="wordpieces of a batch: 3,000, or 20,000 on a GPU")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument(
        "--reviewed",
        type=Path,
        action="append",
        default=[],
        help="what saydo train-export wrote; may be repeated",
    )
    options = parser.parse_args(arguments)
    torch.set_num_threads(options.threads)
    examples = options.out / "examples"
    try:
        prepare.prepare(options.data, examples, options.seed, options.reviewed)
    except DataAbsent as absent:
        print(f"error: {absent}", file=sys.stderr)
        return 2
    budget = options.budget or (20_000 if torch.cuda.is_available() else 3_000)
    rate = 3.5e-4 if budget > 10_000 else 2e-4
    teachers = [options.out / f"teacher{i + 1}" for i in range(options.teachers)]
    for i, folder in enumerate(teachers):
        fit.fit(examples, folder, fit.Plan(options.teaching, options.seed + i, budget, rate, marked=True))
    fit.fit(examples, options.out, fit.Plan(options.minutes, options.seed, budget, rate), teachers)
    return links.main([str(options.out), "--data", str(options.data), "--seed", str(options.seed)])


if __name__ == "__main__":
    sys.exit(main())
