"""Who acts and who is acted upon: political news in CoNLL columns with spans of source, target and
related."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lab import labels as L
from lab.corpora import Example, held_out, need

SHARE = 7
"""One sentence in so many is kept for measuring."""
_NAMES = {"S": "source", "T": "target", "R": "related"}


def sentences(path: Path) -> Iterator[tuple[list[str], list[str]]]:
    """Words and tags (``O``, ``B-S``, ``I-T`` ...) of each sentence; a blank line parts sentences."""
    words: list[str] = []
    tags: list[str] = []
    with need(path).open(encoding="utf-8") as lines:
        for line in [*lines, "\n"]:
            columns = line.split()
            if columns:
                words.append(columns[0])
                tags.append(columns[-1])
            elif words:
                yield words, tags
                words, tags = [], []


def parties(path: Path, heldout: bool) -> list[Example]:
    found = []
    for words, tags in sentences(path):
        if held_out(" ".join(words), SHARE) is heldout:
            example = Example(words, "parties")
            example.parties = [_label(tag) for tag in tags]
            found.append(example)
    return found


def _label(tag: str) -> int:
    side, _, kind = tag.partition("-")
    return L.PARTY_TAGS.index(f"{side}-{_NAMES[kind]}") if kind in _NAMES else 0


def spans(tags: list[str]) -> list[tuple[int, int, str]]:
    """Typed spans ``[first, last)`` of a sentence's tags."""
    found: list[tuple[int, int, str]] = []
    for i, tag in enumerate(tags):
        side, _, kind = tag.partition("-")
        if kind not in _NAMES:
            continue
        if side == "I" and found and found[-1][1] == i and found[-1][2] == _NAMES[kind]:
            found[-1] = (found[-1][0], i + 1, found[-1][2])
        else:
            found.append((i, i + 1, _NAMES[kind]))
    return found
