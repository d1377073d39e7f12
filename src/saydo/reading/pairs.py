"""Pairs of mentions in a sentence: which are worth a look, and what the network says of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations

from saydo.model.reading import PairReading, ReadMention, Sentence
from saydo.reading.network import Labels, PairScores

ACTORS = frozenset(
    ("person", "group", "government", "military", "organisation", "igo", "media", "place", "nationality")
)
MOST = 24
"""Pairs looked at in one sentence; long lists of names would have hundreds."""


def candidates(
    mentioned: Sequence[ReadMention], placed: Sequence[Sentence]
) -> Iterator[tuple[int, int, int]]:
    """Sentence, first and second mention of every ordered pair of possible actors that do not overlap; where
    there are too many, those that stand nearest to each other."""
    at = 0
    for number, sentence in enumerate(placed):
        here = []
        while at < len(mentioned) and mentioned[at].first < sentence.last:
            if mentioned[at].type in ACTORS:
                here.append(at)
            at += 1
        pairs = [(a, b) for a, b in permutations(here, 2) if _apart(mentioned[a], mentioned[b])]
        if len(pairs) > MOST:
            pairs = sorted(pairs, key=lambda p: (_distance(mentioned, p), min(p), max(p), p))[:MOST]
        yield from ((number, a, b) for a, b in sorted(pairs))


def _distance(mentioned: Sequence[ReadMention], pair: tuple[int, int]) -> int:
    return abs(mentioned[pair[0]].head - mentioned[pair[1]].head)


def _apart(a: ReadMention, b: ReadMention) -> bool:
    return a.last <= b.first or b.last <= a.first


def told(actor: int, recipient: int, scores: PairScores, labels: Labels) -> PairReading:
    """The likeliest event and tie of a pair but none, with their probabilities and that of none (label 0)."""
    event, tie = 1 + int(scores.event[1:].argmax()), 1 + int(scores.tie[1:].argmax())
    return PairReading(
        actor,
        recipient,
        labels.event[event],
        round(float(scores.event[event]), 4),
        round(float(scores.event[0]), 4),
        labels.tie[tie],
        round(float(scores.tie[tie]), 4),
        round(float(scores.tie[0]), 4),
    )
