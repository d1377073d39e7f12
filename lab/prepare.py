"""Prepare the training examples: ``python -m lab.prepare --data ../shared/data --out PREPARED``.

Writes ``learn.npz`` and ``held.npz``, which ``lab.fit`` learns from and measures with: numbers alone, no
words. Before that saydo's own rules code a sample of the training reports (``silver.jsonl``, some minutes,
once).
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from lab import sources
from lab.corpora import DataAbsent, Example
from lab.labels import MASK, PAIR_HEADS
from lab.pretrained import wordpieces
from lab.store import WORD_LABELS, Ints
from saydo.reading.pieces import PieceMaker, Pieces

LONGEST = 160
"""Wordpieces of the longest sentence that is learnt from."""


def flat(examples: Sequence[Example], pieces: Sequence[Pieces], deprels: Sequence[str]) -> dict[str, Ints]:
    """The arrays of a store. Sentences longer than LONGEST are left out."""
    kept = [(e, p) for e, p in zip(examples, pieces, strict=True) if 2 < len(p.ids) <= LONGEST]
    names = sorted({e.source for e, _ in kept})
    relation = {name: i for i, name in enumerate(deprels)}
    labels: list[list[int]] = [[] for _ in WORD_LABELS]
    for e, _ in kept:
        for column, name in zip(labels, WORD_LABELS, strict=True):
            values = getattr(e, name)
            if values is None:
                values = [MASK] * len(e.words)
            elif name == "deprels":
                values = [relation.get(v, MASK) for v in values]
            column += values
    arrays = {
        "source": np.array([names.index(e.source) for e, _ in kept], np.int16),
        "source_names": np.array(names), "deprels": np.array(deprels),
        "piece_at": _offsets(len(p.ids) for _, p in kept), "word_at": _offsets(len(e.words) for e, _ in kept),
        "ids": np.array([i for _, p in kept for i in p.ids], np.int32),
        "case": np.array([i for _, p in kept for i in p.shapes], np.int8),
        "first": np.array([i for _, p in kept for i in p.first], np.int16),
        "last": np.array([i for _, p in kept for i in p.last], np.int16),
        "labels": np.array(labels, np.int16),
    }  # fmt: skip
    return arrays | _flat_frames([e for e, _ in kept]) | _flat_pairs([e for e, _ in kept])


def _offsets(sizes: Iterable[int]) -> Ints:
    return np.concatenate([[0], np.cumsum(list(sizes))]).astype(np.int64)


def _flat_frames(examples: Sequence[Example]) -> dict[str, Ints]:
    """Anchor of each frame and where its roles begin; the roles."""
    frames = [frame for e in examples for frame in e.frames]
    starts = _offsets(len(frame.roles) for frame in frames)
    return {
        "frame_at": _offsets(len(e.frames) for e in examples),
        "frames": np.array(
            [(frame.anchor, at) for frame, at in zip(frames, starts, strict=False)], np.int32
        ).reshape(-1, 2),
        "roles": np.array([role for frame in frames for role in frame.roles] or [MASK], np.int16),
    }


def _flat_pairs(examples: Sequence[Example]) -> dict[str, Ints]:
    """Words of actor and recipient of each pair, which types would be right, and the pair's weight."""
    pairs = [pair for e in examples for pair in e.pairs]
    told = np.zeros((len(pairs), sum(len(types) for types in PAIR_HEADS.values())), bool)
    start = 0
    for name, types in PAIR_HEADS.items():
        for i, pair in enumerate(pairs):
            told[i, [start + label for label in pair.told.get(name, ())]] = True
        start += len(types)
    return {
        "pair_at": _offsets(len(e.pairs) for e in examples),
        "spans": np.array([(*p.actor, *p.recipient) for p in pairs], np.int16).reshape(-1, 4),
        "told": told, "weights": np.array([p.weight for p in pairs], np.float32),
    }  # fmt: skip


def write(examples: Sequence[Example], deprels: Sequence[str], path: Path) -> None:
    """One store, in one move."""
    pieces = PieceMaker(wordpieces()).encode([e.words for e in examples])
    fresh = path.with_suffix(".new.npz")
    np.savez_compressed(fresh, **flat(examples, pieces, deprels))
    fresh.replace(path)
    print(f"{path.name}: {len(examples)} sentences, {sum(len(e.pairs) for e in examples)} pairs", flush=True)


def prepare(data: Path, out: Path, seed: int, reviewed: Sequence[Path] = ()) -> None:
    """Write both stores, unless they are there."""
    learn, held = out / "learn.npz", out / "held.npz"
    if learn.is_file() and held.is_file():
        return
    out.mkdir(parents=True, exist_ok=True)
    examples = sources.learning(data, out / "silver.jsonl", random.Random(seed), reviewed)
    deprels = sorted({d for e in examples for d in e.deprels or ()})
    write(examples, deprels, learn)
    write(sources.held(data, random.Random(seed)), deprels, held)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="folder of the training data")
    parser.add_argument("--out", type=Path, required=True, help="where to write the examples")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--reviewed",
        type=Path,
        action="append",
        default=[],
        help="what saydo train-export wrote; may be repeated",
    )
    options = parser.parse_args(arguments)
    try:
        prepare(options.data, options.out, options.seed, options.reviewed)
    except DataAbsent as absent:
        print(f"error: {absent}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
