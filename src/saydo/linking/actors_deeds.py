"""What a body that only this text names does: who kills, kidnaps or bombs carries arms."""

from __future__ import annotations

from saydo.linking.actors_nouns import may_be_armed
from saydo.linking.actors_world import World
from saydo.linking.drafts import Draft

_VIOLENT = frozenset(
    """
    kill shoot kidnap abduct bomb ambush behead execute shell murder hijack assassinate massacre detonate gun
    bombard mortar maim
    """.split()
)
_CLAIMED = frozenset(
    """
    responsibility attack bombing killing murder explosion blast assassination kidnapping raid ambush
    """.split()
)
_DENIED = frozenset(["deny", "reject", "dismiss"])


def arm_by_deeds(world: World) -> None:
    """Makes armed groups of bodies of which the text leaves open what they are, and says what they did."""
    waiting = {m.id for m in world.cast if may_be_armed(m)}
    if not waiting:
        return
    for draft in world.drafts:
        if draft.actor in waiting and (deed := _deed(world, draft)):
            member = world.cast[draft.actor]
            member.kind, member.sector = "armed group", "UAF"
            member.reason = f"{member.reason}; said to be the one that “{deed}”"
            waiting.discard(draft.actor)


def _deed(world: World, draft: Draft) -> str:
    """The words of the violence that a mention is the subject of, or that it claims; empty for none."""
    tokens, phrases = world.reading.tokens, world.phrases
    subject = tokens[draft.head]
    if not subject.deprel.startswith("nsubj") or subject.deprel == "nsubj:pass":
        return ""
    verb = tokens[subject.head]
    if any(tokens[k].lemma.lower() in ("not", "never") for k in phrases.kids(verb.i)):
        return ""
    above = tokens[verb.head]
    if verb.deprel == "ccomp" and above.lemma.lower() in _DENIED:
        return ""
    if verb.lemma.lower() in _VIOLENT and verb.upos == "VERB":
        return verb.text
    if verb.lemma.lower() == "claim":
        for k in phrases.kids_by(verb.i, "obj", "xcomp"):
            if tokens[k].lemma.lower() in _CLAIMED | _VIOLENT:
                return world.text(verb.i, k + 1)
    return ""
