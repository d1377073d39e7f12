"""Ties that follow from what actors do: who fight are rivals, who confer are in contact, who helps an armed
side stands beside it, who takes a town is there. One deed shows the tie where both ends can have one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from saydo.coding.drafts import DraftEvent
from saydo.coding.match import Scene
from saydo.coding.ties_ends import NO_ACTOR, armed, press, side
from saydo.model.linked import LinkedMention
from saydo.model.records import TieState

_SURE = 0.6
"""The probability from which an event tells of a tie."""
_UNNAMED = frozenset({"place", "nationality"})
_WHERE = ("in", "at", "near", "across")
_SIGNED = "sign agreement"
_BACKING = frozenset({"support", "back", "defend", "help", "assist"})
"""Words of support that is more than praise."""
_TAKEN = frozenset({"capture town", "take control"})


class Derived(NamedTuple):
    """A tie read off an event: its type, its ends, the event, and what the rule is called."""

    type: str
    source: LinkedMention
    target: LinkedMention
    event: DraftEvent
    name: str
    score: float

    @property
    def state(self) -> TieState:
        return "current" if self.event.modality.realis == "actual" else "unknown"


def derived_ties(scene: Scene, events: Sequence[DraftEvent]) -> Iterator[Derived]:
    """The ties that events tell of, in the order of these."""
    for event in events:
        told = _told(scene, event)
        if told is None or event.modality.polarity == "negative" or event.score < _SURE:
            continue
        kind, name = told
        for source in event.actors:
            for target in event.recipients:
                if source.id != target.id and _fit(scene, kind, source, target, event):
                    yield Derived(kind, source, target, event, name, round(0.7 * event.score, 3))


def _told(scene: Scene, event: DraftEvent) -> tuple[str, str] | None:
    """The type of tie that an event may tell of, and the name of the rule."""
    concept, name = event.match.concept, event.match.unit.name
    if name in _TAKEN or (concept == "COERCE" and event.match.unit.mode == "seize"):
        return "presence", "seize"
    if concept == "ASSAULT":
        return "rivalry", "assault"
    if concept == "CONSULT" or (concept == "SUPPORT" and name == _SIGNED):
        return "contact", "consult"
    helping = concept in ("AID", "COOPERATE") or scene.clauses.tokens[event.trigger].lemma.lower() in _BACKING
    if helping and concept in ("AID", "COOPERATE", "SUPPORT") and event.modality.realis == "actual":
        return "alliance", "help"
    return None


def _fit(scene: Scene, kind: str, source: LinkedMention, target: LinkedMention, event: DraftEvent) -> bool:
    if kind == "presence":
        holder = source.type in ("group", "military") or side(scene, source)
        return target.type == "place" and holder and event.modality.realis == "actual"
    if kind == "contact":
        return _confers(scene, source, event) and _confers(scene, target, event)
    if kind == "rivalry":
        either = armed(scene, source) or armed(scene, target)
        return either and side(scene, source) and side(scene, target)
    return side(scene, source) and armed(scene, target) and source.type != "person"


def _confers(scene: Scene, mention: LinkedMention, event: DraftEvent) -> bool:
    """Whether one can be in talks: a place only where a rule has it as a party, none that is visited."""
    if mention.type in NO_ACTOR or press(scene, mention):
        return False
    if mention.type in _UNNAMED and scene.clauses.preposition(mention.head) in _WHERE:
        return False
    if mention.type in _UNNAMED:
        return (
            mention.actor is not None
            and event.match.unit.mode != "visit"
            and event.match.unit.name != "reader"
        )
    return mention.named or mention.actor is not None
