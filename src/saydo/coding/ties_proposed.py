"""Ties that the reader sees between two that stand with a word of their sentence, where no rule sees any."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from saydo.coding.match import Scene
from saydo.coding.proposed import STANDING, Standing
from saydo.coding.ties_ends import armed
from saydo.model.linked import LinkedMention

LEAST: Mapping[str, float] = {
    "affiliation": 0.9, "leadership": 0.8, "rivalry": 0.6, "alliance": 0.6, "contact": 0.7,
}  # fmt: skip
"""The probability from which a tie of a type is taken over. Other types are left to the rules: of most of
them the reader has seen invented sentences only, and command it sees where one merely does something to
another."""
_TALK = frozenset({"CONSULT", "AGREE", "REQUEST", "COOPERATE", "CONCEDE", "THREATEN"})
"""What the reader must take the word for that a contact stands on: praise and blame need none."""
_AGAINST = frozenset({"ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "COERCE"})
"""Words that say nothing of how two belong together."""
_PEACEFUL = frozenset({"AGREE", "CONSULT", "CONCEDE"})


class Proposed(NamedTuple):
    """A tie as the reader sees it: its type, its ends, the word that it stands on, its probability."""

    type: str
    source: LinkedMention
    target: LinkedMention
    standing: Standing
    score: float


def proposed_ties(scene: Scene, cues: frozenset[int], civil: frozenset[str]) -> Iterator[Proposed]:
    """One tie for each pair that the reader is sure of, at the word that both stand with best; ``cues``:
    words with which somebody is said to say something; ``civil``: nouns of people who bear no arms."""
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
        standing = _word(words[number], source, target)
        if standing is not None and _can(scene, pair.tie, source, target, standing, civil):
            yield Proposed(pair.tie, source, target, standing, pair.tie_score)


def _can(
    scene: Scene,
    tie: str,
    source: LinkedMention,
    target: LinkedMention,
    standing: Standing,
    civil: frozenset[str],
) -> bool:
    """Whether the two can be what the reader takes them for."""
    ends = (source, target)
    word = next(t for t in scene.linked.reading.triggers or () if t.token == standing.frame.trigger)
    if tie == "contact":
        return word.type in _TALK
    if tie != "rivalry" and word.type in _AGAINST:
        return False
    if tie == "affiliation":
        return target.type not in ("nationality", "place", "person")
    if tie == "rivalry":
        if word.type in _PEACEFUL or any(m.type == "place" and not m.named for m in ends):
            return False
        return any(armed(scene, m) for m in ends) and not any(_civil(scene, m, civil) for m in ends)
    return True


def _civil(scene: Scene, mention: LinkedMention, civil: frozenset[str]) -> bool:
    actor = scene.actors.get(mention.actor or "")
    if actor is not None:
        return actor.kind == "civilians"
    return scene.clauses.tokens[mention.head].lemma.lower() in civil


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
