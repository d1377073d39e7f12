"""Ties that the reader sees between two that stand with a word of their sentence, where no rule sees any."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from saydo.coding.match import Scene
from saydo.coding.proposed import STANDING, Standing
from saydo.model.linked import LinkedMention

LEAST: Mapping[str, float] = {
    "affiliation": 0.6, "command": 0.6, "leadership": 0.6, "rivalry": 0.6, "alliance": 0.6, "contact": 0.6,
}  # fmt: skip
"""The probability from which a tie of a type is taken over. Other types are left to the rules: of those the
reader has seen invented sentences only."""


class Proposed(NamedTuple):
    """A tie as the reader sees it: its type, its ends, the word that it stands on, its probability."""

    type: str
    source: LinkedMention
    target: LinkedMention
    standing: Standing
    score: float


def proposed_ties(scene: Scene, cues: frozenset[int]) -> Iterator[Proposed]:
    """One tie for each pair that the reader is sure of, at the word that both stand with best; ``cues``:
    words with which somebody is said to say something."""
    reading = scene.linked.reading
    by_span = {(m.first, m.last): m for m in scene.linked.mentions}
    words: dict[int, list[tuple[float, Standing]]] = {}
    for pair in reading.pairs:
        if pair.tie_score < LEAST.get(pair.tie, 2.0):
            continue
        ends = [reading.mentions[n] for n in (pair.actor, pair.recipient)]
        source, target = (by_span.get((m.first, m.last)) or scene.by_head.get(m.head) for m in ends)
        if source is None or target is None or source.id == target.id:
            continue
        number = reading.tokens[ends[0].head].sentence
        if number not in words:
            words[number] = [
                (t.score, Standing.of(scene, t.token, cues))
                for t in reading.triggers or ()
                if reading.tokens[t.token].sentence == number
            ]
        if standing := _word(words[number], source, target):
            yield Proposed(pair.tie, source, target, standing, pair.tie_score)


def _word(
    words: list[tuple[float, Standing]], source: LinkedMention, target: LinkedMention
) -> Standing | None:
    """The word that both stand with best, if it is neither's own head."""
    best: tuple[float, Standing | None] = (0.0, None)
    for score, standing in words:
        if standing.covers(source) or standing.covers(target):
            continue
        how = [standing.how(m) for m in (source, target)]
        if "apart" in how:
            continue
        rank = score * STANDING[how[0]] * STANDING[how[1]]
        if rank > best[0]:
            best = (rank, standing)
    return best[1]
