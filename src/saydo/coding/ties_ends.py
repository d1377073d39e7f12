"""The ends of ties: who can stand at them, who bears arms, and which mention of a sentence names one best."""

from __future__ import annotations

from collections.abc import Iterable

from saydo.coding.match import Scene
from saydo.model.linked import LinkedMention

NO_ACTOR = frozenset({"weapon", "platform", "money", "quantity"})
_ARMED = frozenset({"MIL", "REB", "UAF", "PRM", "SPY"})
_ARMED_KINDS = frozenset({"armed group", "military", "coalition"})
_NOBODY = frozenset({"no", "nobody", "none", "neither"})
_PEOPLE = frozenset({"i", "we", "he", "she", "they"})
_PRESS = frozenset({"reporter", "journalist", "correspondent", "interviewer", "press", "audience", "crowd"})
_SIDES = _ARMED_KINDS | {"state", "government", "police", "movement", "criminal organisation"}
"""Kinds of actors that can be a side in a fight."""


def able(scene: Scene, mention: LinkedMention) -> bool:
    """Whether a mention can stand at the end of a tie: no "nobody", no "it" of whom nobody knows."""
    head = scene.clauses.tokens[mention.head]
    if scene.clauses.tokens[mention.first].text.lower() in _NOBODY:
        return False
    if mention.actor is None and head.upos == "PRON" and head.text.lower() not in _PEOPLE:
        return False
    return mention.type not in NO_ACTOR and (mention.type != "place" or mention.actor is not None)


def ends_fit(scene: Scene, tie: str, source: LinkedMention, target: LinkedMention) -> bool:
    """Whether a tie of this type can stand between the two."""
    if tie == "presence":
        return target.type == "place" and source.type != "person" and source.actor != target.actor
    if tie in ("leadership", "office"):
        return source.type == "person" and target.type != "person"
    if tie == "rivalry":
        # two politicians are opponents, no enemies at war; a person against an armed group may be
        types = (source.type, target.type)
        bearing = armed(scene, source) or armed(scene, target) or {*types} & {"group", "military"}
        return "person" not in types or (types != ("person", "person") and bool(bearing))
    if tie == "contact":
        return not press(scene, source) and not press(scene, target)
    if tie == "sponsorship":
        return armed(scene, target) or "person" not in (source.type, target.type)
    if tie == "alliance":
        return not any(m.type == "media" or _judges(scene, m) for m in (source, target))
    if tie == "affiliation":
        head = scene.clauses.tokens[target.head]
        if target.type == "place" and scene.clauses.preposition(target.head) in ("in", "at"):
            return False  # "serves in Kenya": where, not in what
        several = target.type == "group" and not target.named and head.text.lower() != head.lemma.lower()
        if several and not source.named:
            return False  # "a team of lieutenants"
        return head.upos != "PRON" or target.actor is not None
    if tie == "composition":
        return target.type in ("nationality", "group", "place", "person") and source.type != "person"
    if tie == "succession":
        return source.type != "person" or target.type != "person"
    return True


def press(scene: Scene, mention: LinkedMention) -> bool:
    """Whether one is of the press, to whom one talks without being in talks."""
    actor = scene.actors.get(mention.actor or "")
    if mention.type == "media" or (actor is not None and actor.kind in ("media", "journalists")):
        return True
    return scene.clauses.tokens[mention.head].lemma.lower() in _PRESS


def _judges(scene: Scene, mention: LinkedMention) -> bool:
    """Whether one of the two is a court, which sides with nobody."""
    actor = scene.actors.get(mention.actor or "")
    return actor is not None and actor.sector == "JUD"


def armed(scene: Scene, mention: LinkedMention) -> bool:
    """Whether the mentioned bear arms as a body or for one."""
    actor = scene.actors.get(mention.actor or "")
    if actor is None:
        return mention.type == "military"
    return actor.sector in _ARMED or actor.kind in _ARMED_KINDS


def side(scene: Scene, mention: LinkedMention) -> bool:
    """Whether the mentioned can be a side in a fight: an armed body, a movement, a state, several states."""
    actor = scene.actors.get(mention.actor or "")
    return armed(scene, mention) or mention.type == "igo" or (actor is not None and actor.kind in _SIDES)


def with_instances(scene: Scene, mentions: Iterable[LinkedMention]) -> list[LinkedMention]:
    """ "Groups including A and B" stands for A and B, where the description itself is nobody known."""
    found: list[LinkedMention] = []
    for mention in mentions:
        instances = [
            named
            for i in scene.clauses.frame(mention.head).get("instance")
            if (named := scene.mention_of(i)) is not None and named.actor is not None
        ]
        found.extend(instances if instances and mention.actor is None else [mention])
    return found


def best_name(scene: Scene, mention: LinkedMention) -> LinkedMention:
    """The mention of the same actor before it in the sentence that names it, where it is a pronoun or says
    what that one is; else itself."""
    tokens = scene.clauses.tokens
    head = tokens[mention.head]
    says = head.upos == "PRON" or head.deprel == "appos" or scene.clauses.with_rel(mention.head, "cop")
    if mention.actor is None or mention.named or not says:
        return mention
    sentence = scene.linked.reading.sentences[head.sentence]
    before = [
        m
        for m in scene.linked.mentions
        if m.actor == mention.actor
        and sentence.first <= m.first
        and m.last <= mention.first
        and tokens[m.head].upos != "PRON"
        and tokens[m.head].deprel != "appos"
    ]
    return before[-1] if before else mention
