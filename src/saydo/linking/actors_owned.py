"""What somebody has acts for him: "Zambian jets", "rockets of the Front"; and what a speaker calls his own:
"our government", "my movement"."""

from __future__ import annotations

from saydo.linking.actors_owner import owner
from saydo.linking.actors_world import ARMED_KINDS, BODY_KINDS, World
from saydo.linking.cast import Member
from saydo.linking.drafts import Draft

_MACHINES = frozenset(
    """
    jet plane warplane aircraft helicopter gunship gunboat warship frigate destroyer submarine tank drone
    bomber artillery battery rocket missile shell mortar gun howitzer bulldozer patrol
    """.split()
)
_STATES = frozenset(["state", "de facto state"])
_LANDS = frozenset(["country", "nation", "republic", "homeland", "state"])
_SECTORS = {
    **dict.fromkeys(("government", "ministry", "administration", "authority", "cabinet"), "GOV"),
    **dict.fromkeys(("army", "troop", "force", "soldier", "military", "navy"), "MIL"),
    "police": "COP",
}
_OWN_BODIES = frozenset(
    """
    movement group party organisation organization front side union league council fighter man brigade
    battalion unit militia leadership commander force troop army soldier member
    """.split()
)


def resolve_possessions(world: World) -> None:
    """Settles machines that act for their owner, and what speakers call their own; to be called last, since
    it asks whose the names and pronouns are."""
    for token in world.reading.tokens:
        if token.lemma.lower().removesuffix("s") in _MACHINES and token.upos in ("NOUN", "PROPN"):
            _machine(world, token.i)
    for draft in list(world.drafts):
        if draft.actor is None and not draft.named and draft.first < draft.head:
            _own(world, draft)


def _machine(world: World, i: int) -> None:
    """ "Zambian jets bombed", "was hit by rockets of the Front": the owner does it."""
    token = world.reading.tokens[i]
    if token.deprel not in ("nsubj", "obl:agent") or world.reading.tokens[token.head].upos != "VERB":
        return
    draft = world.drafts.headed(i)
    if draft is not None and (draft.actor is not None or draft.known):
        return
    whose = owner(world, i, located=False)
    body = world.cast.get(whose[0]) if whose is not None else None
    if whose is None or body is None:
        return
    reason = f"acts for its owner: {whose[1]}"
    member = world.cast.organ(body.id, "MIL", "", reason) if body.kind in _STATES else None
    if body.kind in ARMED_KINDS or body.kind in ("movement", "military"):
        member = body
    if member is None:
        return
    if draft is None:
        draft = Draft(i, i + 1, i, "military", False, "owned")
        if world.drafts.add(draft) is None:
            return
    draft.type, draft.named = ("military" if body.kind in (*_STATES, "military") else "group"), False
    world.settle(draft, member, "codebook", reason)


_LEADING = frozenset({"lead", "head", "chair", "command", "found"})
_LED = frozenset({"party", "union", "movement", "organisation", "organization", "federation", "league"})
"""Bodies of which one has but one: "his party" is the one that he speaks for or leads."""


def _own(world: World, draft: Draft) -> None:
    """ "Our government", "my movement": of the body or state that the speaker has an office in."""
    tokens = world.reading.tokens
    whose = tokens[draft.first].text.lower()
    theirs = _of_state(tokens[draft.head].lemma) or tokens[draft.head].lemma.lower() in _LED
    if whose not in ("our", "my") and not (whose in ("his", "her") and theirs):
        return
    speaker = next((d for d in world.drafts.at(draft.first) if d.origin == "pronoun" and d.actor), None)
    member = world.cast.get(speaker.actor) if speaker is not None else None
    if member is None:
        return
    body = _body(world, member) or _headed(world, member)
    lemma = tokens[draft.head].lemma.lower()
    if body is None:
        return
    state = body if body.kind in _STATES else None
    if state is None and body.id[3:4] == "-" and body.country:
        state = world.cast.by_id(body.country, f"the country of {body.name}")
    reason = f"the speaker, {member.name}, belongs to {body.name}"
    if state is not None and lemma in _LANDS:
        world.settle(draft, state, "coreference", reason)
    elif state is not None and lemma in _SECTORS:
        organ = world.cast.organ(state.id, _SECTORS[lemma], "", reason)
        world.settle(draft, organ, "coreference", reason)
    elif state is None and lemma in _OWN_BODIES:
        world.settle(draft, body, "coreference", reason)


def _headed(world: World, person: Member) -> Member | None:
    """The body that the text says a person leads: "Mora, who leads the Union of Miners, …"."""
    tokens = world.reading.tokens
    for draft in world.drafts:
        t = tokens[draft.head]
        verb = tokens[t.head]
        if draft.actor is None or t.deprel != "obj" or verb.lemma.lower() not in _LEADING:
            continue
        above = verb.head if verb.deprel == "acl:relcl" else None
        subjects = [k for k in world.phrases.kids_by(verb.i, "nsubj") if tokens[k].upos != "PRON"]
        heads = [*subjects, *([above] if above is not None else [])]
        led = world.cast.get(draft.actor)
        if led is not None and led.kind in BODY_KINDS and any(_is(world, h, person) for h in heads):
            return led
    return None


def _is(world: World, i: int, person: Member) -> bool:
    return any(d.actor == person.id for d in world.drafts.at(i))


def _of_state(lemma: str) -> bool:
    """Whether a noun means what an office-holder's state has: "his government", "her country's troops"."""
    return lemma.lower() in _LANDS or _SECTORS.get(lemma.lower()) is not None


def _body(world: World, speaker: Member) -> Member | None:
    if speaker.kind != "person":
        return speaker
    for _, _, body in reversed(speaker.offices):
        found = world.cast.get(body)
        if found is not None and (found.kind in BODY_KINDS or found.kind in _STATES):
            return found
    return None
