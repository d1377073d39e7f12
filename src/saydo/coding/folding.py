"""Drafts that tell of one event, made one: light verbs with their nouns, attacks with their casualties."""

from __future__ import annotations

from saydo.coding.drafts import DraftEvent
from saydo.coding.match import Match, Scene


def fold_light_verbs(drafts: list[DraftEvent]) -> list[DraftEvent]:
    """ "Held negotiations" is one event: the noun's goes where the verb over it has the same type."""
    by_trigger = {d.trigger: k for k, d in enumerate(drafts)}
    out: list[DraftEvent | None] = list(drafts)
    for k, draft in enumerate(drafts):
        support = draft.match.frame.support
        host = by_trigger.get(support) if support is not None else None
        if host is None or host == k:
            continue
        over = out[host]
        if over is not None and over.match.concept == draft.match.concept:
            out[host] = over._replace(
                match=_with_mode(over.match, draft.match),
                actors=over.actors or draft.actors,
                recipients=over.recipients or draft.recipients,
            )
            out[k] = None
    return [d for d in out if d is not None]


def _with_mode(verb: Match, noun: Match) -> Match:
    """The verb's match with the mode that its noun tells: "an *air strike* killed", "on *hunger
    strike*". Where the noun is the subject, a mode of the verb itself goes first."""
    if noun.unit.mode is None or (verb.unit.mode and noun.frame.trigger in verb.frame.get("subj")):
        return verb
    return verb._replace(unit=verb.unit.model_copy(update={"mode": noun.unit.mode}))


def fold_casualties(scene: Scene, drafts: list[DraftEvent]) -> list[DraftEvent]:
    """ "Attacked a post, killing four" is one event: the casualty verb's numbers go to the attack."""
    out: list[DraftEvent] = []
    for draft in drafts:
        host = _host(scene, draft, drafts) if draft.match.unit.casualty else None
        if host is None:
            out.append(draft)
            continue
        for k, other in enumerate(out):
            if other.trigger == host.trigger:
                out[k] = _merged(other, draft)
                break
        else:
            out.append(draft)
    return out


def _host(scene: Scene, draft: DraftEvent, drafts: list[DraftEvent]) -> DraftEvent | None:
    clauses = scene.clauses
    above = set(clauses.ancestors(draft.trigger))
    for other in drafts:
        if other is draft or other.match.concept != "ASSAULT":
            continue
        if other.match.unit.casualty:
            # "killed four and wounded nine": the second count joins the first
            if (
                clauses.tokens[draft.trigger].deprel == "conj"
                and clauses.tokens[draft.trigger].head == other.trigger
                and other.match.unit.casualty != draft.match.unit.casualty
            ):
                return other
            continue
        if clauses.tokens[other.trigger].sentence != clauses.tokens[draft.trigger].sentence:
            continue
        governs = other.trigger in above or (other.match.frame.support in above)
        # "a bombing killed four": the attack is the subject of the casualty verb; "died in the raid"
        agent = other.trigger in draft.match.frame.get("subj")
        within = clauses.tokens[other.trigger].deprel.startswith(("obl", "nmod")) and (
            clauses.tokens[other.trigger].head == draft.trigger
        )
        same = {m.actor or m.id for m in other.actors} & {m.actor or m.id for m in draft.actors}
        if agent or within or (governs and (same or not draft.actors)):
            return other
    return None


def _merged(host: DraftEvent, casualty: DraftEvent) -> DraftEvent:
    return host._replace(
        killed=host.killed or casualty.killed,
        injured=host.injured or casualty.injured,
        recipients=host.recipients or casualty.recipients,
        actors=host.actors or casualty.actors,
        weapon=host.weapon or casualty.weapon,
        setting=host.setting._replace(
            time=host.setting.time or casualty.setting.time,
            place=host.setting.place if host.setting.place is not None else casualty.setting.place,
        ),
    )
