"""Pairs of mentions in a sentence: which are worth a look, and what the network says of them."""

from __future__ import annotations

from collections.abc import Sequence

from saydo.model.reading import PairReading, ReadMention, Sentence, Token, Trigger
from saydo.reading.network import Floats, Labels, PairScores
from saydo.reading.reach import below, nearest, reach

ACTORS = frozenset(
    ("person", "group", "government", "military", "organisation", "igo", "media", "place", "nationality")
)
ASKED = ((0.5, 4), (0.2, 2), (0.0, 1))
"""From which probability of a trigger on how many of its pairs are looked at; see ``saydo.reading.reach``."""


def candidates(
    tokens: Sequence[Token],
    mentioned: Sequence[ReadMention],
    placed: Sequence[Sentence],
    heard: Sequence[Trigger],
) -> list[tuple[int, int, int]]:
    """Sentence, first and second mention of the ordered pairs that are worth a look: possible actors that do
    not overlap, and that stand nearest to a word that may tell of an event."""
    able: dict[int, list[tuple[int, int]]] = {}
    for n, mention in enumerate(mentioned):
        if mention.type in ACTORS:
            able.setdefault(tokens[mention.head].sentence, []).append((n, mention.head))
    hanging: dict[int, dict[int, list[int]]] = {}
    found: set[tuple[int, int, int]] = set()
    for trigger in heard:
        number = tokens[trigger.token].sentence
        if len(able.get(number, ())) < 2:
            continue
        if number not in hanging:
            hanging[number] = below(tokens, placed[number])
        reached = reach(tokens, hanging[number], trigger.token)
        most = next(count for least, count in ASKED if trigger.score >= least)
        overlap = _overlapping(mentioned, able[number])
        near = nearest(reached, able[number], trigger.token, most, overlap)
        found.update((number, a, b) for a, b in near)
    return sorted(found)


def _overlapping(
    mentioned: Sequence[ReadMention], able: Sequence[tuple[int, int]]
) -> frozenset[tuple[int, int]]:
    return frozenset((a, b) for a, _ in able for b, _ in able if not _apart(mentioned[a], mentioned[b]))


def _apart(a: ReadMention, b: ReadMention) -> bool:
    return a.last <= b.first or b.last <= a.first


def told(actor: int, recipient: int, scores: PairScores, labels: Labels) -> PairReading:
    """The likeliest event and tie of a pair but none, with their probabilities and that of none (label 0)."""
    ties = _ties(scores, labels)
    event, tie = 1 + int(scores.event[1:].argmax()), 1 + int(ties[1:].argmax())
    return PairReading(
        actor,
        recipient,
        labels.event[event],
        round(float(scores.event[event]), 4),
        round(float(scores.event[0]), 4),
        labels.tie[tie],
        round(float(ties[tie]), 4),
        round(float(ties[0]), 4),
    )


_RELATED = {
    "none": ("none",), "BelongsTo": ("affiliation",), "InChargeOf": ("command", "leadership"),
    "FightingAgainst": ("rivalry",), "AlliesOf": ("alliance",), "CommWith": ("contact",),
}  # fmt: skip
"""re3d's relations as ties."""


def _ties(scores: PairScores, labels: Labels) -> Floats:
    """Probabilities of ties. Two heads tell of them, one taught by sentence patterns and one by re3d; where
    both know a type the mean of theirs counts. One relation that is two ties is shared out as the first head
    sees them."""
    ties = scores.tie.copy()
    for relation, kinds in _RELATED.items():
        if relation in labels.relation and all(kind in labels.tie for kind in kinds):
            at = [labels.tie.index(kind) for kind in kinds]
            own = float(ties[at].sum())
            mean = (own + float(scores.relation[labels.relation.index(relation)])) / 2
            ties[at] = ties[at] * (mean / own) if own else mean / len(at)
    return ties
