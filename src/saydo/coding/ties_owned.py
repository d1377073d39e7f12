"""Ties that a possessor tells of: "the League's Ana Brnabić", "its Northern Front", "Ortega's brigade"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from saydo.coding.match import Scene
from saydo.model.linked import LinkedMention

_BODIES = frozenset({"armed group", "movement", "party", "criminal organisation", "military", "coalition"})
_OWNERS = _BODIES | {"organisation"}


class Owned(NamedTuple):
    """A tie read off a possessor: its type, its ends, and the token that it is placed by."""

    type: str
    source: LinkedMention
    target: LinkedMention
    trigger: int


def owned_ties(scene: Scene) -> Iterator[Owned]:
    """Affiliation of a named person or armed body to the body that owns or follows its name ("Colonel Sow of
    the Desert Guard"); leadership of a named person over the armed body that bears the person's name before
    it. States own too much for their possessives to tell anything."""
    for mention in scene.linked.mentions:
        if not mention.named or mention.actor is None or scene.by_head.get(mention.head) is not mention:
            continue
        kind = _kind(scene, mention)
        if kind == "person":
            for owner in (*_possessors(scene, mention), *_followers(scene, mention)):
                if _kind(scene, owner) in _OWNERS:
                    yield Owned("affiliation", mention, owner, mention.head)
        elif kind in _BODIES and kind != "military":
            for owner in _possessors(scene, mention):
                if _kind(scene, owner) == "person" and owner.named:
                    yield Owned("leadership", owner, mention, mention.head)
                elif _kind(scene, owner) in _BODIES:
                    yield Owned("affiliation", mention, owner, mention.head)


def _kind(scene: Scene, mention: LinkedMention) -> str:
    actor = scene.actors.get(mention.actor or "")
    return actor.kind if actor is not None else ""


def _possessors(scene: Scene, mention: LinkedMention) -> list[LinkedMention]:
    at = scene.clauses.with_rel(mention.head, "nmod:poss")
    return _others(scene, mention, at)


def _followers(scene: Scene, mention: LinkedMention) -> list[LinkedMention]:
    clauses = scene.clauses
    at = [
        c
        for c in clauses.with_rel(mention.head, "nmod")
        if clauses.preposition(c) == "of" and mention.last <= c <= mention.last + 6
    ]
    return [m for m in _others(scene, mention, at) if m.named]


def _others(scene: Scene, mention: LinkedMention, at: list[int]) -> list[LinkedMention]:
    found = [scene.by_head.get(i) for i in at]
    return [m for m in found if m is not None and m.actor is not None and m.actor != mention.actor]
