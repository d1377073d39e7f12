"""Sentences that people reviewed in a case, as ``saydo train-export`` writes them, as examples.

    python -m lab.reviewed FOLDER          says what the folder teaches
    python -m lab.prepare --reviewed FOLDER …

The files have the forms of the public sources, and are read by the same code. The two sides, ``train`` and
``heldout``, are folders; a report is wholly on one, by its hash. A person's word counts in full; that of
the rules' own coding (``silver``), which has the same form, does not.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from lab import corpora, marked, partial
from lab.corpora import DataAbsent, Example
from saydo.reading.tokens import Tokenizer

SOURCE = "reviewed"
_WEIGHT = 1.0


def reviewed(folder: Path, rng: random.Random, *, heldout: bool = False) -> list[Example]:
    """The examples of one side. Raises DataAbsent where the folder is no training export."""
    if not (folder / "manifest.json").is_file():
        raise DataAbsent(f"{folder} has no manifest.json; make it with saydo train-export")
    found = []
    for example in _read(folder / ("heldout" if heldout else "train"), Tokenizer(), rng):
        example.source = SOURCE
        for pair in example.pairs:
            pair.weight = _WEIGHT
        found.append(example)
    return found


def _read(side: Path, tokenizer: Tokenizer, rng: random.Random) -> Iterator[Example]:
    yield from corpora.polnear(side / "attribution.jsonl", tokenizer)
    yield from marked.silver(side / "coded.jsonl", tokenizer, rng)
    yield from marked.dyads(side / "dyads.jsonl", tokenizer, heldout=None)
    yield from marked.other_dyads(side / "no-dyads.jsonl", tokenizer)
    yield from partial.toponyms(side / "places.jsonl", tokenizer, rng, 1.0)


def taught(examples: Sequence[Example]) -> Counter[str]:
    """How much some examples tell, by label."""
    found: Counter[str] = Counter(sentences=len(examples))
    for example in examples:
        found["attributions"] += len(example.frames)
        found["sentences on events"] += example.triggers is not None
        found["words of events"] += sum(label > 0 for label in example.triggers or ())
        for pair in example.pairs:
            for head, labels in pair.told.items():
                found[f"pairs, {head}" if labels != (0,) else f"pairs, no {head}"] += 1
        found["names of places"] += sum(label > 0 for label in example.names or ())
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, help="what saydo train-export wrote")
    options = parser.parse_args(arguments)
    try:
        for heldout in (False, True):
            print("held out" if heldout else "to train on")
            for what, count in taught(reviewed(options.folder, random.Random(1), heldout=heldout)).items():
                print(f"  {what}: {count}")
    except DataAbsent as absent:
        print(f"error: {absent}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
