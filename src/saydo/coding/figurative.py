"""Attacks in words: among people without arms, in a sentence without violence, an attack is criticism."""

from __future__ import annotations

from typing import NamedTuple

from saydo.codebook.entries import Codebook
from saydo.coding.match import Match, Scene
from saydo.model.linked import LinkedMention

_ARMED_SECTORS = frozenset({"MIL", "REB", "UAF", "PRM", "COP", "CRM", "SPY"})
_ARMED_TYPES = frozenset({"group", "military", "place", "nationality", "weapon", "platform"})


class WordsOfAttack(NamedTuple):
    """The cue lists that tell a verbal attack from a bodily one."""

    attacks: frozenset[str]
    violence: frozenset[str]

    @classmethod
    def of(cls, codebook: Codebook) -> WordsOfAttack:
        return cls(frozenset(codebook.phrases("attack-words")), frozenset(codebook.phrases("violence-words")))


def verbal(scene: Scene, match: Match, cues: WordsOfAttack) -> bool:
    """Whether an ASSAULT match is an attack in words: the trigger can mean both, nobody in it bears arms,
    and no other word of its sentence tells of violence."""
    tokens = scene.clauses.tokens
    trigger = tokens[match.frame.trigger]
    if match.concept != "ASSAULT" or trigger.lemma.lower() not in cues.attacks or match.unit.casualty:
        return False
    people = (*match.roles.get("actor", ()), *match.roles.get("recipient", ()))
    if not people or any(_armed(scene, m) for m in people):
        return False
    sentence = scene.linked.reading.sentences[trigger.sentence]
    return not any(
        t.lemma.lower() in cues.violence or t.text.lower() in cues.violence
        for t in tokens[sentence.first : sentence.last]
        if t.i != trigger.i
    )


def _armed(scene: Scene, mention: LinkedMention) -> bool:
    actor = scene.actors.get(mention.actor or "")
    if actor is not None:
        return actor.sector in _ARMED_SECTORS or actor.kind in ("state", "armed group", "military", "police")
    return mention.type in _ARMED_TYPES and scene.clauses.tokens[mention.head].upos != "PRON"
