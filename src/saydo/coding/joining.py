"""Rules and reader together: events of both, each once, with the probability that it holds.

A rule explains what it finds, the reader finds what no rule foresees. Where both see an event of one type
at a word, one fills what the other leaves open; where they see different ones, the more probable stands,
and the other is told beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from saydo.codebook.entries import Unit
from saydo.coding.drafts import DraftEvent
from saydo.coding.match import Match, Scene, suffered
from saydo.coding.proposed import Heard, Proposal, Standing
from saydo.coding.trust import PERSONAL, Told, probability
from saydo.model.linked import LinkedMention

LEAST, LEAST_UNSEEN = 0.5, 0.6
"""The probability from which an event is coded: one that a rule explains, one that the reader alone sees."""
MENTIONED = 0.3
"""The probability from which an event that is not coded, or another reading of one that is, is told."""
PROPOSED = 4
"""How many of the reader's proposals for one word are judged; the most probable may stand."""
FILLS = 0.25
"""The weight from which a proposal fills a role that a rule leaves open."""
_CLOSE = frozenset({"subj", "in subj", "owner", "self"})
"""How an actor stands with the trigger that fills an open role of a rule's event."""
_SUFFERING = frozenset({"obj", "in obj", "obl", "in obl", "owner", "comp", "in comp"})
"""How a recipient stands with the trigger that joins those whom a rule has found."""
_BODIES = frozenset({"group", "military", "organisation", "government"})
READER = "reader"
"""The name of the rule of events that the reader alone has found."""


_INTENDED = {
    "AGREE": (1, 2), "REJECT": (1, 2), "THREATEN": (3, 4),
}  # fmt: skip
"""By PLOVER's convention announced deeds of these quads are a promise or a threat, negated ones a refusal."""


class Judged(NamedTuple):
    """A draft with its probability; ``told``: what it was judged by."""

    draft: DraftEvent
    told: Told
    probability: float


def candidates(
    scene: Scene,
    drafts: Sequence[DraftEvent],
    make: Callable[[Match], DraftEvent],
    weights: Mapping[str, float],
    quads: Mapping[str, int],
    cues: frozenset[int],
) -> list[Judged]:
    """The drafts of the rules with roles filled, and those of the reader (made by ``make``), each judged; in
    the order of their triggers."""
    heard = Heard.of(scene, cues)
    standings = {word: of[0].standing for word, of in heard.proposals.items()}

    def judged(draft: DraftEvent, by_rule: bool) -> Judged:
        word = draft.trigger
        if word not in standings:
            standings[word] = Standing.of(scene, word, cues)
        told = Told(
            draft.match.concept,
            standings[word],
            draft.actors[0] if draft.actors else None,
            draft.recipients[0] if draft.recipients else None,
            draft.match.name if by_rule else None,
            draft.match.unit.score,
            len(draft.match.unit.where),
            heard.triggers.get(word),
            heard.proposals.get(word, ()),
            not by_rule and _amounts(draft, heard.triggers[word].type, quads),
        )
        return Judged(draft, told, probability(scene, told, weights))

    found = [judged(_filled(scene, d, heard.proposals.get(d.trigger, ())), True) for d in drafts]
    best = [p for proposals in heard.proposals.values() for p in proposals[:PROPOSED]]
    found += [judged(make(_matched(p)), False) for p in best if not any(_same(d, p) for d in drafts)]
    return sorted(found, key=lambda j: (j.draft.trigger, -j.probability))


def _filled(scene: Scene, draft: DraftEvent, proposals: Sequence[Proposal]) -> DraftEvent:
    """The draft with an open role, or one that holds only things or people that nobody knows, filled by the
    weightiest proposal that agrees with it."""
    adjective = scene.clauses.tokens[draft.trigger].deprel == "amod"
    if adjective or (draft.actors and any(map(_known, draft.recipients))):
        return draft  # of "damaged ballots" nobody says who damaged them
    for p in proposals:
        if p.pair.event != draft.match.concept or p.weight < FILLS:
            continue
        if draft.match.concept == "ACCUSE" and suffered(scene, draft.match.frame, p.recipient.head):
            continue
        if not draft.actors and p.standing.how(p.actor) not in _CLOSE:
            continue  # who condemns an attack has not made it
        if draft.actors and _is(p.actor, draft.actors) and not _is(p.recipient, draft.actors):
            scenery = p.recipient.type == "place" and not _known(p.recipient)
            if not draft.recipients and (scenery or _buried(scene, draft.trigger, p)):
                continue
            if not draft.recipients or (_known(p.recipient) and _may_join(p, draft.recipients)):
                return draft._replace(recipients=_joined(draft.recipients, p.recipient))
        elif draft.recipients and _is(p.recipient, draft.recipients) and not _is(p.actor, draft.recipients):
            if not draft.actors:
                return draft._replace(actors=(p.actor,))
        elif not draft.actors and not draft.recipients:
            return draft._replace(actors=(p.actor,), recipients=(p.recipient,))
    return draft


def _buried(scene: Scene, trigger: int, proposal: Proposal) -> bool:
    """Whether a recipient stands in a clause within what the trigger is about: who condemns "a plan to let
    pupils *in Kent* …" condemns nobody in Kent."""
    if proposal.standing.how(proposal.recipient) not in ("in obj", "in obl", "in subj"):
        return False
    clauses = scene.clauses
    for a in (proposal.recipient.head, *clauses.ancestors(proposal.recipient.head)):
        if a == trigger:
            return False
        if clauses.tokens[a].deprel in ("acl", "acl:relcl", "advcl") and clauses.tokens[a].upos == "VERB":
            return trigger in clauses.ancestors(a)
    return False


def _may_join(proposal: Proposal, recipients: Sequence[LinkedMention]) -> bool:
    """Whether one may stand beside recipients whom nobody knows: in their place in the clause, or as the body
    whose they are ("a *League* bastion"). A place where it happened, who tells of it and the byline's town
    suffer nothing."""
    one, standing = proposal.recipient, proposal.standing
    if any(m.first <= one.first and one.last <= m.last for m in recipients):
        return one.type in _BODIES
    return one.type != "place" and standing.how(one) in _SUFFERING


def _amounts(draft: DraftEvent, deed: str, quads: Mapping[str, int]) -> bool:
    """Whether a draft is what a deed amounts to that is announced or negated."""
    kind = draft.match.concept
    polarity = "negative" if kind == "REJECT" else "positive"
    open_yet = draft.modality.realis in ("future", "hypothetical") or kind == "REJECT"
    return (
        kind != deed
        and quads[deed] in _INTENDED.get(kind, ())
        and draft.modality.polarity == polarity
        and open_yet
    )


def _known(mention: LinkedMention) -> bool:
    return mention.named or mention.actor is not None


def _joined(mentions: tuple[LinkedMention, ...], one: LinkedMention) -> tuple[LinkedMention, ...]:
    return (*mentions, one) if not any(m.id == one.id for m in mentions) else mentions


def _is(mention: LinkedMention, among: Sequence[LinkedMention]) -> bool:
    return any(m.id == mention.id or (m.actor is not None and m.actor == mention.actor) for m in among)


def _same(draft: DraftEvent, proposal: Proposal) -> bool:
    """Whether a rule has coded what the reader proposes: at its word, or at the noun that its word carries,
    or between the same two by another word."""
    if draft.match.concept != proposal.pair.event:
        return False
    if proposal.trigger.token in (draft.trigger, draft.match.frame.support):
        return True
    return _is(proposal.actor, draft.actors) and _is(proposal.recipient, draft.recipients)


def _matched(proposal: Proposal) -> Match:
    roles: dict[str, tuple[LinkedMention, ...]] = {
        "actor": (proposal.actor,),
        "recipient": (proposal.recipient,),
    }
    return Match(proposal.pair.event, Unit(name=READER), proposal.standing.frame, roles, {})


def settled(judged: Sequence[Judged]) -> tuple[list[Judged], dict[int, Judged]]:
    """The events that stand, and by trigger the best of those that do not.

    One stands at a trigger, the most probable; where that is a deed that has not been done and the reader
    takes the word for the promise, threat or refusal that it amounts to, this. A second stands beside one
    that lacks a party, if it has both. No pair of one type stands twice in a sentence.
    """
    stands: dict[int, list[Judged]] = {}
    rest: dict[int, Judged] = {}
    for one in sorted(judged, key=lambda j: (-j.told.amounts, -j.probability)):
        here = stands.setdefault(one.draft.trigger, [])
        again = _again(one, (other for others in stands.values() for other in others))
        if one.probability >= _least(one) and not again and (not here or _completes(one, here)):
            here.append(one)
        elif one.draft.trigger not in rest and one.probability >= MENTIONED and not _of_type(one, here):
            rest[one.draft.trigger] = one
    return [one for word in sorted(stands) for one in stands[word]], rest


def _least(one: Judged) -> float:
    return LEAST_UNSEEN if one.told.unit is None else LEAST


def _of_type(one: Judged, here: Sequence[Judged]) -> bool:
    """Whether an event of its type stands: then it is but another pair for the same word."""
    return any(one.told.type == other.told.type for other in here)


def _completes(one: Judged, here: Sequence[Judged]) -> bool:
    both = one.told.actor is not None and one.told.recipient is not None
    return both and len(here) == 1 and (here[0].told.actor is None or here[0].told.recipient is None)


def _again(one: Judged, others: Iterable[Judged]) -> bool:
    """Whether the reader alone proposes what is coded already, of one pair by another word."""
    if one.told.unit is not None or one.told.actor is None or one.told.recipient is None:
        return False
    return any(
        other.told.type == one.told.type
        and _is(one.told.actor, other.draft.actors)
        and _is(one.told.recipient, other.draft.recipients)
        for other in others
    )


def with_names(scene: Scene, mentions: tuple[LinkedMention, ...]) -> tuple[LinkedMention, ...]:
    """The mentions of a role, and before a pronoun the name in the same sentence that it stands for."""
    tokens = scene.clauses.tokens
    found: list[LinkedMention] = []
    for mention in mentions:
        if mention.actor is not None and tokens[mention.head].text.lower() in PERSONAL:
            sentence = tokens[mention.head].sentence
            names = [
                m
                for m in scene.linked.mentions
                if m.actor == mention.actor
                and tokens[m.head].sentence == sentence
                and tokens[m.head].upos != "PRON"
                and m.last <= mention.first
            ]
            if names and not any(m.id == names[-1].id for m in found):
                found.append(names[-1])
        found.append(mention)
    return tuple(found)
