"""A text cut into runs where evidence begins and ends, so that overlapping findings can each be marked."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple


class Mark(NamedTuple):
    """That a finding stands on the code points ``[start, end)``."""

    start: int
    end: int
    finding: str


class Run(NamedTuple):
    """A stretch of text on which the same findings stand, the one with the shortest passage first."""

    start: int
    text: str
    findings: tuple[str, ...]


def cut_runs(text: str, marks: Iterable[Mark]) -> tuple[Run, ...]:
    """The whole text as runs: joined they are the text again. Marks are cut to the text; empty ones fall."""
    inside = [
        Mark(max(0, m.start), min(len(text), m.end), m.finding)
        for m in marks
        if max(0, m.start) < min(len(text), m.end)
    ]
    edges = sorted({0, len(text), *(m.start for m in inside), *(m.end for m in inside)})
    begins: dict[int, list[Mark]] = {}
    for mark in inside:
        begins.setdefault(mark.start, []).append(mark)
    open_marks: list[Mark] = []
    runs = []
    for start, end in pairwise(edges):
        open_marks = [m for m in open_marks if m.end > start] + begins.get(start, [])
        listed = sorted(open_marks, key=lambda m: (m.end - m.start, m.start, m.finding))
        runs.append(Run(start, text[start:end], tuple(dict.fromkeys(m.finding for m in listed))))
    return tuple(runs)
