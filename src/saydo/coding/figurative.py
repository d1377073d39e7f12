"""Attacks in words: among people without arms, in a sentence without violence, an attack is criticism."""

from __future__ import annotations

from typing import NamedTuple

from saydo.codebook.entries import Codebook
from saydo.coding.match import Match, Scene
from saydo.model.linked import LinkedMention

_ARMED_SECTORS = frozenset({"MIL", "REB", "UAF", "PRM", "COP", "CRM", "SPY"})
_CIVIL_KINDS = frozenset({
    "person", "party", "media", "company", "ngo", "parliament", "judiciary", "igo", "politicians", "union",
    "university", "diplomats", "speakers", "leaders", "lawyers", "experts", "journalists", "clergy",
    "business",
})  # fmt: skip
"""Kinds of actors whose attacks are words unless something says otherwise."""
_CIVIL_TYPES = frozenset({"person", "media", "igo"})

_WEAKEN = frozenset({"hurt", "harm", "damage", "dent"})
"""Verbs that in the active more often weaken a cause than wound a body."""
_CIVIL_NOUNS = frozenset({
    "candidate", "nominee", "campaign", "senator", "lawmaker", "politician", "critic", "rival", "contender",
    "frontrunner", "columnist", "pundit", "commentator", "newspaper", "editorial",
})  # fmt: skip
"""Nouns of those who fight with words, where nobody says who they are."""


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
    if match.concept != "ASSAULT":
        return False
    if trigger.lemma.lower() in _WEAKEN and not scene.clauses.passive(trigger.i):
        return not _violence_beside(scene, trigger.i, cues)  # "to hurt U.S. manufacturing"
    if trigger.lemma.lower() not in cues.attacks or match.unit.casualty:
        return False
    people = (*match.roles.get("actor", ()), *match.roles.get("recipient", ()))
    if not people or any(_armed(scene, m) for m in people):
        return False
    return not _violence_beside(scene, trigger.i, cues)


def _violence_beside(scene: Scene, trigger: int, cues: WordsOfAttack) -> bool:
    tokens = scene.clauses.tokens
    sentence = scene.linked.reading.sentences[tokens[trigger].sentence]
    return any(
        not cues.violence.isdisjoint({t.lemma.lower(), t.text.lower(), t.text.lower().removesuffix("s")})
        for t in tokens[sentence.first : sentence.last]
        if t.i != trigger
    )


def _armed(scene: Scene, mention: LinkedMention) -> bool:
    """Whether the mentioned may bear arms: everybody who is not known to be of civil kind."""
    actor = scene.actors.get(mention.actor or "")
    if actor is not None:
        return actor.sector in _ARMED_SECTORS or actor.kind not in _CIVIL_KINDS
    lemma = scene.clauses.tokens[mention.head].lemma.lower()
    return mention.type not in _CIVIL_TYPES and lemma not in _CIVIL_NOUNS
