"""Bodies and offices of a town or a province: "Kampala city council", "the governor of North Kivu".

They are no part of the state's government, and two towns of one country have each its own: what one council
promised is not broken by another. So each is an actor of its own, of its country and of the sector GOV.
"""

from __future__ import annotations

from saydo.linking.actors_world import World
from saydo.linking.cast import Member
from saydo.linking.drafts import Draft

_BODIES = frozenset("municipality prefecture borough commune".split())
_SHARED = frozenset(
    "council government administration hall assembly authority commission legislature".split()
)
"""Bodies of states as well; those of a place where a word before them says so."""
_PEOPLE = frozenset(
    "official authority commissioner lawmaker legislator inspector representative department bureau".split()
)
"""Who serves a place ("Gainesville officials"): its authorities, none of its state."""
_LEVELS = frozenset(
    "city town municipal district county provincial village local regional borough metropolitan state".split()
)
_OWN_POLICE = frozenset("USA CAN GBR CHE BEL".split())
"""States whose towns and counties have police of their own; elsewhere a town's police is the state's."""
_FEDERAL = frozenset("USA IND AUS NGA MEX BRA DEU MYS VEN ETH".split())
"""States of states: "state officials" serve one of these."""
_OF_THE_STATE = frozenset(["country", "nation", "republic", "border"])


def local_body(world: World, draft: Draft, country: str | None) -> Member | None:
    """The body of a place that a description stands for; None where it is none, or names no place."""
    tokens = world.reading.tokens
    noun = tokens[draft.head].lemma.lower()
    before = [tokens[i].text for i in range(draft.first, draft.head)]
    levels = [w for w in before if w.lower() in _LEVELS]
    if noun in _PEOPLE and (at := _named_place(world, draft, country)) is not None:
        return _add(world, f"authorities of {at}", country)
    if draft.nominal is not None and draft.nominal.id == "police" and country in _OWN_POLICE:
        at = _named_place(world, draft, None)
        return _add(world, f"{at} police", country, "police", "COP") if at else _known_police(world)
    if noun not in _BODIES and not (noun in _SHARED and levels):
        return None
    at = seat(world, draft) or _named_before(world, draft)
    if not at:
        return None
    level = [w for w in levels if w not in at.split()]
    return _add(world, " ".join((at, *level, noun)), country)


def of_some_place(world: World, draft: Draft, country: str | None) -> bool:
    """Whether a description says that it is a place's, and not of which: "city officials", and "state
    officials" where the state is made of states."""
    words = {t.text.lower() for t in world.reading.tokens[draft.first : draft.head]} & _LEVELS
    return bool(words - {"state"}) or ("state" in words and country in _FEDERAL)


def _named_place(world: World, draft: Draft, country: str | None) -> str | None:
    """The place before the noun of a description, the Gainesville of "some Gainesville officials"; none where
    it stands for its state ("Damascus officials")."""
    at = seat(world, draft)
    state = world.lexicon.actors.get(country or "")
    if at is None or at not in world.text(draft.first, draft.head):
        return None
    return None if state is not None and at in state.metonyms else at


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


def _known_police(world: World) -> Member | None:
    """The police of a place that the document has told of, where it has told of one only."""
    found = [m for m in world.cast if m.kind == "police" and m.id[3:4] != "-" and m.name.endswith(" police")]
    return found[0] if len(found) == 1 else None


def _add(
    world: World, name: str, country: str | None, kind: str = "government", sector: str = "GOV"
) -> Member:
    return world.cast.add(name, kind, "introduced", "a body of the place that it names", country, sector)


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
