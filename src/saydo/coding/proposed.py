"""What the reader takes for events: pairs of mentions, each with the word that tells what passes between them.

The network looks at pairs and at words apart from each other. Here they are put together along the tree: of
the words that may tell of an event the one is taken that stands with both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from saydo.coding.clauses import Frame
from saydo.coding.match import Scene
from saydo.model.linked import LinkedMention
from saydo.model.reading import PairReading, Trigger

OTHER_TYPE = 0.3
"""What a word counts that the network takes for another type of event than the pair."""
STANDING: Mapping[str, float] = {
    "subj": 1.0, "obj": 1.0, "obl": 0.9, "comp": 0.8, "owner": 0.8, "self": 0.6, "above": 0.7,
    "in subj": 0.6, "in obj": 0.7, "in obl": 0.6, "in comp": 0.6, "below": 0.5, "apart": 0.2,
}  # fmt: skip
"""How well a mention stands with a word: as its subject, object, phrase, in one of these, or in no relation."""


class Proposal(NamedTuple):
    """An event as the reader sees it: who, to whom, and the word that tells."""

    trigger: Trigger
    frame: Frame
    actor: LinkedMention
    recipient: LinkedMention
    pair: PairReading
    actor_stands: str
    """How the actor stands with the trigger: a key of ``STANDING``."""
    recipient_stands: str


def proposals(scene: Scene) -> Iterator[Proposal]:
    """One proposal for each pair that the reader looked at, whatever its probability, where some word of the
    sentence may tell of an event."""
    reading = scene.linked.reading
    by_span = {(m.first, m.last): m for m in scene.linked.mentions}
    by_sentence: dict[int, list[Trigger]] = {}
    for trigger in reading.triggers:
        by_sentence.setdefault(reading.tokens[trigger.token].sentence, []).append(trigger)
    stands: dict[int, Standing] = {}
    for pair in reading.pairs:
        ends = [reading.mentions[n] for n in (pair.actor, pair.recipient)]
        linked = [by_span.get((m.first, m.last)) for m in ends]
        heard = by_sentence.get(reading.tokens[ends[0].head].sentence)
        if linked[0] is None or linked[1] is None or not heard:
            continue
        best = None
        for trigger in heard:
            if trigger.token not in stands:
                stands[trigger.token] = Standing.of(scene, trigger.token)
            standing = stands[trigger.token]
            if standing.covers(linked[0]) or standing.covers(linked[1]):
                continue
            a, b = standing.how(linked[0]), standing.how(linked[1])
            told = trigger.score * (1 if trigger.type == pair.event else OTHER_TYPE)
            rank = told * STANDING[a] * STANDING[b]
            if best is None or rank > best[0]:
                best = (rank, Proposal(trigger, standing.frame, linked[0], linked[1], pair, a, b))
        if best is not None:
            yield best[1]


_ROLES = {"subj": "subj", "obj": "obj", "iobj": "obj", "poss": "owner", "mod": "owner", "self": "self",
          "governor": "above", "attending": "above", "under": "above"}  # fmt: skip


class Standing(NamedTuple):
    """How mentions stand with one word."""

    frame: Frame
    roles: dict[str, str]
    """Mention id → key of ``STANDING``, for the arguments of the word."""
    inside: dict[int, str]
    """Word → key of ``STANDING``, for all that hangs on the word or on its arguments."""

    @classmethod
    def of(cls, scene: Scene, word: int) -> Standing:
        clauses = scene.clauses
        frame = clauses.frame(word)
        roles: dict[str, str] = {}
        inside = dict.fromkeys(clauses.subtree(word), "below")
        heads = {}
        for role, found in frame.args.items():
            name = _ROLES.get(role) or role.partition(":")[0].partition(">")[0]
            if name in STANDING:
                heads |= {h: name for h in found if STANDING[name] > STANDING.get(heads.get(h, ""), 0)}
        for a in clauses.ancestors(word):
            heads |= {s: "above" for s in clauses.with_rel(a, "nsubj", "nsubj:pass") if s not in heads}
        for head, name in sorted(heads.items(), key=lambda item: len(clauses.subtree(item[0])), reverse=True):
            within = f"in {name}"
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
