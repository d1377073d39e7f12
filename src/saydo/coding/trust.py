"""How far a coded event can be trusted: one probability from what the rules and the reader say of it.

A logistic regression over a few dozen plain facts, with weights in the codebook (``weights/events.yaml``),
and over the vectors of three words, whose weights come with the reader's model. Both are fitted on events of
ordinary news that have been judged one by one (``python -m lab.trust``); how well the probabilities hold is
shown in the docs on accuracy.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from saydo.coding.match import Scene
from saydo.coding.proposed import Proposal, Standing
from saydo.model.linked import LinkedMention
from saydo.model.reading import Reading, Trigger

_UNHEARD = 0.05
"""What counts as the probability of a word that the reader does not take for a trigger."""
_SURE = 0.5
"""The probability from which a trigger counts for how eventful a report is."""
_QUIET = -1.6
"""No report counts as less eventful: an interview may turn to a deed in its last sentence."""
LOOKS = ("trigger looks", "actor looks", "recipient looks")
"""The facts that are sums over word vectors (``saydo.reading.looks``), in the order of ``Reading.looks``."""
PERSONAL = frozenset({
    "he", "she", "it", "they", "him", "her", "them", "we", "us", "i", "me", "you", "his", "its", "their",
    "our", "my", "your", "who", "that", "which",
})  # fmt: skip


class Told(NamedTuple):
    """What is told of one event by the rules and by the reader."""

    type: str
    standing: Standing
    actor: LinkedMention | None
    """The first of its actors."""
    recipient: LinkedMention | None
    unit: str | None
    """The name of the codebook's unit; None where no unit stands behind the event."""
    unit_score: float
    conditions: int
    """How many arguments the unit asks to be of certain words or types."""
    trigger: Trigger | None
    proposals: tuple[Proposal, ...]
    """All that the reader proposes for its trigger."""
    amounts: bool
    """Whether it is the promise, threat or refusal that a deed amounts to which is announced or negated."""


def probability(scene: Scene, told: Told, weights: Mapping[str, float]) -> float:
    """How probable it is that a careful reader would sign the event."""
    total = sum(weights.get(name, 0.0) * value for name, value in facts(scene, told))
    return 1 / (1 + math.exp(-total))


def facts(scene: Scene, told: Told) -> Iterator[tuple[str, float]]:
    """The facts that count, each with its value; what is not named is 0."""
    tokens = scene.clauses.tokens
    yield "always", 1.0
    yield "density", _density(scene.linked.reading)
    yield "noun", float(tokens[told.standing.frame.trigger].upos in ("NOUN", "PROPN"))
    if told.unit is not None:
        yield "rule", 1.0
        yield f"unit {told.type}/{told.unit}", 1.0
        yield "rule score", told.unit_score
        yield "rule conditions", float(min(told.conditions, 2))
        yield "rule pair", float(told.actor is not None and told.recipient is not None)
    else:
        yield f"type {told.type}", 1.0
    yield from _of_trigger(told)
    yield from _of_pair(told)
    yield from _of_looks(scene, told)
    for role, mention in (("actor", told.actor), ("recipient", told.recipient)):
        if mention is None:
            yield f"{role} stands nowhere", 1.0
        elif role == "recipient" or told.unit is None:  # where a unit's actor stands, the unit says
            yield f"{role} stands {told.standing.how(mention)}", 1.0
        if mention is not None:
            yield f"{role} pronoun", float(tokens[mention.head].text.lower() in PERSONAL)
            yield f"{role} {mention.type}", 1.0
            yield f"{role} named", float(mention.named)
            yield f"{role} known", float(mention.actor is not None)


def _density(reading: Reading) -> float:
    """How many sentences of the report hold a sure trigger, in logarithm: whether it is news of events."""
    sure = {reading.tokens[t.token].sentence for t in reading.triggers or () if t.score >= _SURE}
    return max(_QUIET, math.log((len(sure) + 0.5) / (len(reading.sentences) + 1)))


def _of_trigger(told: Told) -> Iterator[tuple[str, float]]:
    heard = told.trigger
    score = min(max(heard.score if heard else _UNHEARD, 0.02), 0.98)
    yield "trigger", math.log(score / (1 - score))
    if heard is not None:
        yield "trigger heard", 1.0
        if heard.type == told.type or told.amounts:
            yield "trigger of the type", 1.0
        else:
            yield "trigger of another", heard.score


def _of_pair(told: Told) -> Iterator[tuple[str, float]]:
    """What the reader says of the pair; where one of the two is missing, of pairs with the other."""
    fitting = [
        p.pair
        for p in told.proposals
        if (told.actor is None or p.actor.id == told.actor.id)
        and (told.recipient is None or p.recipient.id == told.recipient.id)
    ]
    if fitting and told.actor is not None and told.recipient is not None:
        pair = fitting[0]
        yield "pair", 1.0
        yield "pair none", pair.no_event
        yield ("pair of the type" if pair.event == told.type else "pair of another"), pair.event_score
    elif fitting:
        of_type = [p.event_score for p in fitting if p.event == told.type]
        yield "part of the type", max(of_type, default=0.0)
        yield "part of another", max((p.event_score for p in fitting if p.event != told.type), default=0.0)


def _of_looks(scene: Scene, told: Told) -> Iterator[tuple[str, float]]:
    """How the words look by their vectors, in log odds: these count as they are."""
    looks = scene.linked.reading.looks
    if looks is not None:
        for part, (name, word) in enumerate(zip(LOOKS, looked_at(told), strict=True)):
            if word is not None:
                yield name, float(looks[word, part])


def looked_at(told: Told) -> tuple[int | None, int | None, int | None]:
    """The words that are the trigger, the head of the first actor and that of the first recipient."""
    actor, recipient = (None if m is None else m.head for m in (told.actor, told.recipient))
    return told.standing.frame.trigger, actor, recipient
