"""Who is seen and heard in a group's videos: "masked men", "a fighter", "we"."""

from __future__ import annotations

from saydo.linking.actors_world import ARMED_KINDS, World
from saydo.linking.cast import Member
from saydo.linking.drafts import Draft

_FOOTAGE = frozenset("video clip footage recording film videotape tape".split())
_SHOWN = frozenset(["militants", "rebels", "gunmen", "militias", "armed-groups", "soldiers"])
_BACK = 14
"""Sentences over which a text may go on telling of a video."""


def publisher(world: World, i: int) -> tuple[Member, str] | None:
    """The armed body whose video the text tells of at a token: the one first named in the last sentence
    that brings up a video and names one; and the word for the video. None where there is none."""
    tokens, sentences = world.reading.tokens, world.reading.sentences
    here = tokens[i].sentence
    told = False
    for number in range(here, max(-1, here - _BACK), -1):
        sentence = sentences[number]
        if sentence.paragraph != sentences[here].paragraph and not told:
            return None
        words = [t for t in tokens[sentence.first : sentence.last] if t.lemma.lower() in _FOOTAGE]
        if not words or (number == here and words[0].i > i):
            continue
        told = True  # "In another video, …": whose it is may stand a paragraph before
        for draft in sorted(world.drafts.touching(sentence.first, sentence.last), key=lambda d: d.head):
            member = world.cast.get(draft.actor)
            told_first = number < here or draft.head < i
            if member is not None and told_first and _armed(member) and draft.type != "person":
                return member, words[0].lemma.lower()
    return None


def _armed(member: Member) -> bool:
    if member.id[3:4] == "-":
        return False  # a force of a state (MLI-MIL), or its nameless fighters
    return member.kind in ARMED_KINDS | {"movement"} or (
        member.kind == "military" and member.resolved_by != "codebook"
    )


def resolve_shown(world: World) -> None:
    """Settles the nameless fighters of a group's video: "In the group's videos, masked men attack a post"."""
    tokens = world.reading.tokens
    for draft in world.drafts:
        if draft.named or draft.actor is not None or draft.nominal is None or draft.nominal.id not in _SHOWN:
            continue
        if not world.phrases.plural(draft.head) or not tokens[draft.head].deprel.startswith("nsubj"):
            continue
        if any(d.type == "nationality" for d in world.drafts.touching(draft.first, draft.last)):
            continue
        verb = tokens[tokens[draft.head].head]
        if verb.text.lower() != verb.lemma.lower():
            continue  # what a video shows is told in the present
        found = publisher(world, draft.head)
        if found is not None:
            reason = f"seen in a {found[1]} of {found[0].name}"
            world.settle(draft, found[0], "coreference", reason)


def shown_speaker(world: World, source: Draft) -> tuple[Member, str] | None:
    """The group for which a fighter in its video says "we"; None where the speaker is somebody else."""
    member = world.cast.get(source.actor)
    nameless = member is None and source.type in ("person", "group")
    fighter = member is not None and member.kind == "person" and not any(b for _, _, b in member.offices)
    if not nameless and not (fighter and member is not None and member.sector in ("UAF", "REB", "PRM", None)):
        return None
    return publisher(world, source.head)
