"""What the reader takes for events: pairs of mentions, each with the word that tells what passes between.

The network looks at pairs and at words apart from each other. Here they are put together along the tree: of
the words that may tell of an event the one is taken that stands with both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from saydo.coding.clauses import Frame
from saydo.coding.match import Scene
from saydo.model.linked import LinkedMention
from saydo.model.reading import PairReading, Trigger

OTHER_TYPE = 0.3
"""What a word counts that the network takes for another type of event than the pair."""
STANDING: Mapping[str, float] = {
    "subj": 1.0, "obj": 1.0, "obl": 0.9, "comp": 0.8, "owner": 0.8, "self": 0.6, "above": 0.7,
    "in subj": 0.6, "in obj": 0.7, "in obl": 0.6, "in comp": 0.6, "in above": 0.5, "speaker": 0.5,
    "below": 0.5, "apart": 0.2,
}  # fmt: skip
"""How well a mention stands with a word: as its subject, object, phrase, in one of these, or not at all."""


DOING = frozenset({"subj", "in subj", "above", "in above", "owner", "self"})
"""How those stand who can be the ones that do it."""
SPOKEN = frozenset({"AGREE", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})
"""What can be done by saying it: only this does the one who says what the trigger stands in."""


class Proposal(NamedTuple):
    """An event as the reader sees it: who, to whom, and the word that tells."""

    trigger: Trigger
    standing: Standing
    actor: LinkedMention
    recipient: LinkedMention
    pair: PairReading
    weight: float
    """Orders the proposals of one trigger: the pair's probability, less where the two stand badly."""


@dataclass(frozen=True, slots=True)
class Heard:
    """The reader's triggers and proposals by token; proposals of one word with the weightiest first."""

    triggers: Mapping[int, Trigger]
    proposals: Mapping[int, tuple[Proposal, ...]]

    @classmethod
    def of(cls, scene: Scene, cues: frozenset[int]) -> Heard:
        reading = scene.linked.reading
        triggers = {t.token: t for t in reading.triggers or ()}
        found: dict[int, list[Proposal]] = {}
        for proposal in _proposals(scene, cues):
            found.setdefault(proposal.trigger.token, []).append(proposal)
        ranked = {word: tuple(sorted(of, key=lambda p: -p.weight)) for word, of in found.items()}
        return cls(triggers, ranked)


def _proposals(scene: Scene, cues: frozenset[int]) -> Iterator[Proposal]:
    """One proposal for each pair that the reader looked at, at the word of its sentence that both stand with
    best, if the first can do what that word tells."""
    reading = scene.linked.reading
    by_span = {(m.first, m.last): m for m in scene.linked.mentions}
    by_sentence: dict[int, list[Trigger]] = {}
    for heard in reading.triggers or ():
        by_sentence.setdefault(reading.tokens[heard.token].sentence, []).append(heard)
    standings: dict[int, Standing] = {}
    for pair in reading.pairs:
        ends = [reading.mentions[n] for n in (pair.actor, pair.recipient)]
        # linking may have made a mention longer or shorter: then its head tells which it is
        actor, recipient = (by_span.get((m.first, m.last)) or scene.by_head.get(m.head) for m in ends)
        number = reading.tokens[ends[0].head].sentence
        if actor is None or recipient is None:
            continue
        actor, recipient = _forces_of(scene, actor), _forces_of(scene, recipient)
        if actor.id == recipient.id:
            continue
        if actor.actor is not None and actor.actor == recipient.actor:
            continue  # what one does to oneself is no event between actors
        best = None
        for trigger in by_sentence.get(number, ()):
            if trigger.token not in standings:
                standings[trigger.token] = Standing.of(scene, trigger.token, cues)
            standing = standings[trigger.token]
            if standing.covers(actor) or standing.covers(recipient):
                continue
            a, b = STANDING[standing.how(actor)], STANDING[standing.how(recipient)]
            rank = trigger.score * (1 if trigger.type == pair.event else OTHER_TYPE) * a * b
            if best is None or rank > best[0]:
                weight = pair.event_score * a * b * trigger.score**0.5
                best = (rank, Proposal(trigger, standing, actor, recipient, pair, weight))
        if best is not None and _can_do(best[1].standing.how(actor), pair.event):
            yield best[1]


def _forces_of(scene: Scene, mention: LinkedMention) -> LinkedMention:
    """The body of a state that a phrase is about, where the reader took the state's name in it: "two *Chadian
    army helicopters*"."""
    head = mention.head
    while scene.clauses.tokens[head].deprel in ("compound", "amod", "nmod:poss"):
        head = scene.clauses.tokens[head].head
    whole = scene.mention_of(head)
    if whole is None or whole.actor is None or mention.actor is None or len(mention.actor) != 3:
        return mention
    return whole if whole.actor.startswith(f"{mention.actor}-") else mention


def _can_do(stands: str, event: str) -> bool:
    return stands in DOING or (stands == "speaker" and event in SPOKEN)


_ROLES = {"subj": "subj", "obj": "obj", "iobj": "obj", "poss": "owner", "mod": "owner", "self": "self",
          "governor": "above", "attending": "above", "under": "above", "obl:between": "subj",
          "obl:among": "subj"}  # fmt: skip


class Standing(NamedTuple):
    """How mentions stand with one word."""

    frame: Frame
    roles: dict[str, str]
    """Mention id → key of ``STANDING``, for the arguments of the word."""
    inside: dict[int, str]
    """Word → key of ``STANDING``, for all that hangs on the word or on its arguments."""

    @classmethod
    def of(cls, scene: Scene, word: int, cues: frozenset[int]) -> Standing:
        """``cues``: words with which somebody is said to say something; their subjects are speakers."""
        clauses = scene.clauses
        frame = clauses.frame(word)
        roles: dict[str, str] = {}
        inside = dict.fromkeys(clauses.subtree(word), "below")
        heads: dict[int, str] = {}
        for role, found in frame.args.items():
            name = _ROLES.get(role) or role.partition(":")[0].partition(">")[0]
            if name in STANDING:
                heads |= {h: name for h in found if STANDING[name] > STANDING.get(heads.get(h, ""), 0)}
        for a in clauses.ancestors(word):
            subjects = clauses.with_rel(a, "nsubj", "nsubj:pass")
            name = "speaker" if a in cues else "above"
            heads |= {s: name for s in subjects if heads.get(s, "above") == "above"}
        for head, name in sorted(heads.items(), key=lambda item: len(clauses.subtree(item[0])), reverse=True):
            within = name if name == "speaker" else f"in {name}"
            if within in STANDING and head != word and word not in clauses.subtree(head):
                inside |= dict.fromkeys(clauses.subtree(head), within)
        for head, name in heads.items():
            mention = scene.mention_of(head)
            if mention is not None and STANDING[name] > STANDING.get(roles.get(mention.id, ""), 0):
                roles[mention.id] = name
        return cls(frame, roles, inside)

    def covers(self, mention: LinkedMention) -> bool:
        """Whether the word is the head of the mention, so that it names somebody and tells nothing."""
        return mention.head == self.frame.trigger

    def how(self, mention: LinkedMention) -> str:
        """The key of ``STANDING`` that holds for a mention."""
        return self.roles.get(mention.id) or self.inside.get(mention.head, "apart")
