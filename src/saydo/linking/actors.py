"""Who is spoken of: from the reader's mentions to actors, each with the reason."""

from __future__ import annotations

from collections.abc import Sequence

from saydo.codebook import Codebook
from saydo.linking.actors_deeds import arm_by_deeds
from saydo.linking.actors_mentions import gather
from saydo.linking.actors_named import resolve_bodies, resolve_codebook_names
from saydo.linking.actors_owned import resolve_possessions
from saydo.linking.actors_people import resolve_people
from saydo.linking.actors_reference import resolve_references
from saydo.linking.actors_world import World
from saydo.linking.cast import Cast
from saydo.linking.drafts import Draft
from saydo.linking.lexicon import lexicon
from saydo.linking.phrases import Phrases
from saydo.model.linked import LinkedMention, LinkedPlace
from saydo.model.reading import Reading
from saydo.model.records import Actor, Note

_NO_ACTOR = {
    "place": "a place, which acts for nobody here", "nationality": "no state or community of the codebook",
    **dict.fromkeys(("weapon", "platform", "money", "quantity"), "not an actor"),
}  # fmt: skip
_ASKED_FOR = frozenset(["person", "group", "government", "military", "organisation", "igo", "media"])


def find_actors(
    reading: Reading,
    codebook: Codebook,
    places: Sequence[LinkedPlace] = (),
    dated: frozenset[int] = frozenset(),
) -> tuple[tuple[LinkedMention, ...], tuple[Actor, ...], tuple[Note, ...]]:
    """The document's mentions in text order, its actors in order of first mention, and what stayed open.

    ``places`` are the document's resolved places: they tell in which state a city lies. ``dated`` are the
    tokens of dates, which no name runs on from. Never raises on a well-formed reading.
    """
    words = lexicon(codebook)
    phrases = Phrases(reading, dated)
    world = World(reading, words, phrases, gather(reading, words, phrases), Cast(codebook.actors), places)
    world.note_surnames()
    resolve_codebook_names(world)
    resolve_bodies(world)
    resolve_people(world)
    resolve_references(world)
    resolve_possessions(world)
    arm_by_deeds(world)
    return _results(world)


def _results(
    world: World,
) -> tuple[tuple[LinkedMention, ...], tuple[Actor, ...], tuple[Note, ...]]:
    mentions: list[LinkedMention] = []
    notes: list[Note] = []
    order: dict[str, None] = {}
    ids = {draft.span: f"m{number}" for number, draft in enumerate(world.drafts)}
    for draft in world.drafts:
        stands_for = ids.get(draft.antecedent.span) if draft.antecedent and draft.actor is None else None
        mention = _linked(ids[draft.span], draft, world.phrases.dated, stands_for)
        mentions.append(mention)
        if draft.actor is not None:
            order.setdefault(draft.actor)
            if draft.origin != "pronoun":
                _note_alias(world, draft)
        elif draft.type in _ASKED_FOR:
            notes.append(_note(world, mention))
    return tuple(mentions), tuple(world.cast[a].record() for a in order), tuple(notes)


def _linked(identity: str, d: Draft, dated: frozenset[int], stands_for: str | None) -> LinkedMention:
    reason = d.reason or _NO_ACTOR.get(d.type, "nothing in the text or the codebook says who it is")
    first = d.first
    while first in dated and first < d.head:
        first += 1  # "on 9 May Reef Battalion gunners": the date is no modifier of the gunners
    return LinkedMention(identity, first, d.last, d.head, d.type, d.named, d.actor, reason, stands_for)


def _note_alias(world: World, draft: Draft) -> None:
    """The mention's words as a form of its actor: names, and descriptions without their article."""
    assert draft.actor is not None
    first = draft.first
    while first < draft.head and world.reading.tokens[first].text.lower() in ("the", "a", "an"):
        first += 1
    owned = any(d.named and d is not draft and d.last <= draft.head for d in world.drafts.at(first))
    if draft.named or (owned and (draft.actor[3:4] == "-" or world.cast[draft.actor].kind == "state group")):
        world.cast.alias(draft.actor, world.text(first, draft.last))


def _note(world: World, mention: LinkedMention) -> Note:
    tokens = world.reading.tokens
    return Note(
        about=f"actor of {mention.id}",
        reason=mention.reason,
        start=tokens[mention.first].start,
        end=tokens[mention.last - 1].end,
    )
