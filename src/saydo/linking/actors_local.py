"""Bodies and offices of a town or a province: "Kampala city council", "the governor of North Kivu".

They are no part of the state's government, and two towns of one country have each its own: what one council
promised is not broken by another. So each is an actor of its own, of its country and of the sector GOV.
"""

from __future__ import annotations

from saydo.linking.actors_world import World
from saydo.linking.cast import Member
from saydo.linking.drafts import Draft

_BODIES = frozenset("municipality prefecture borough commune".split())
_SHARED = frozenset("council government administration hall assembly authority".split())
"""Bodies of states as well; those of a place where a word before them says so."""
_LEVELS = frozenset(
    "city town municipal district county provincial village local regional borough metropolitan state".split()
)
_OF_THE_STATE = frozenset(["country", "nation", "republic", "border"])


def local_body(world: World, draft: Draft, country: str | None) -> Member | None:
    """The body of a place that a description stands for; None where it is none, or names no place."""
    tokens = world.reading.tokens
    noun = tokens[draft.head].lemma.lower()
    before = [tokens[i].text for i in range(draft.first, draft.head)]
    levels = [w for w in before if w.lower() in _LEVELS]
    if noun not in _BODIES and not (noun in _SHARED and levels):
        return None
    at = seat(world, draft) or _named_before(world, draft)
    if not at:
        return None
    level = [w for w in levels if w not in at.split()]
    return _add(world, " ".join((at, *level, noun)), country)


def local_office(world: World, draft: Draft, country: str | None) -> Member | None:
    """Whoever holds an office of a place, who is not named: "the mayor of Split"."""
    at = seat(world, draft)
    if draft.office is None or draft.office.id != "local" or at is None:
        return None
    if world.phrases.plural(draft.head):
        return None  # "Ohio governors": many, over the years
    title = world.reading.tokens[draft.head].lemma.lower()
    return _add(world, f"{title.capitalize()} of {at}", country)


def known_office(world: World, draft: Draft) -> Member | None:
    """The office of a place that the document has told of with this title, where it is the only one."""
    if draft.office is None or draft.office.id != "local":
        return None
    title = world.reading.tokens[draft.head].lemma.capitalize()
    found = [m for m in world.cast if m.kind == "government" and m.name.startswith(f"{title} of ")]
    return found[0] if len(found) == 1 else None


def _add(world: World, name: str, country: str | None) -> Member:
    return world.cast.add(
        name, "government", "introduced", "a body of the place that it names", country, "GOV"
    )


def _named_before(world: World, draft: Draft) -> str:
    """The name before the noun of a body that no place was found for."""
    tokens = world.reading.tokens[draft.first : draft.head]
    return " ".join(t.text for t in tokens if t.upos == "PROPN" and t.text.lower() not in _LEVELS)


def seat(world: World, draft: Draft) -> str | None:
    """The place, within its country, that a description names before its noun or behind "of"."""
    tokens = world.reading.tokens
    end = draft.last
    if end < len(tokens) and tokens[end].text.lower() == "of":
        end = min(end + 5, len(tokens))
    for spot in world.drafts.touching(draft.first, end):
        if spot is draft or spot.type != "place" or not spot.named or spot.head == draft.head:
            continue
        member = world.cast.get(spot.actor) if spot.actor else None
        if member is not None and member.kind in ("state", "de facto state"):
            continue
        if any(tokens[i].lemma.lower() in _OF_THE_STATE for i in range(draft.first, spot.first)):
            continue
        return world.text(spot.first, spot.last).removeprefix("the ").removeprefix("The ")
    return None
