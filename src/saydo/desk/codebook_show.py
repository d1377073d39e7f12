"""Entries of a codebook as a person reads them."""

from __future__ import annotations

from collections.abc import Iterator

from saydo.codebook import wording
from saydo.codebook.entries import (
    Codebook,
    Concept,
    ContextEntry,
    Entry,
    EventEntry,
    ModeEntry,
    TieEntry,
    Unit,
)
from saydo.model.errors import InputError

SHOWN = ("events", "modes", "contexts", "ties", "statements", "rules", "cues")
"""The rooms whose entries are listed one by one; actors, nominals and offices are too many for that."""
_ALL = (*SHOWN, "actors", "nominals", "offices")


def rooms_of(codebook: Codebook) -> dict[str, list[str]]:
    """Room → the ids of its entries."""
    return {room: list(getattr(codebook, room)) for room in _ALL}


def find_entries(codebook: Codebook, name: str) -> list[tuple[str, str, Entry]]:
    """Room, id and entry of every entry of that name, in any case; ``room/id`` names one room. An event
    type brings no modes with it.

    Raises InputError where there is none.
    """
    room, _, id = name.rpartition("/")
    wanted = id.casefold().replace("-", "_") if "." not in id else id.casefold()
    found = [
        (each, key, entry)
        for each in _ALL
        if room in ("", each)
        for key, entry in getattr(codebook, each).items()
        if wanted in (key.casefold(), key.casefold().replace("-", "_"))
    ]
    if not found:
        raise InputError(f"the codebook has no entry {name!r}; saydo codebook show lists what there is")
    return found


def describe(codebook: Codebook, room: str, id: str, entry: Entry) -> Iterator[str]:
    """The lines of an entry: definition, cautions, what is looked for, examples."""
    own = " (yours)" if (room, id) in codebook.added else ""
    yield f"{id}  {room}{own}"
    yield ""
    if isinstance(entry, Concept):
        yield from _concept(codebook, entry)
    elif isinstance(entry, ContextEntry):
        yield from _defined(entry)
        yield from _list("words and phrases", [", ".join(entry.phrases)] if entry.phrases else [])
        yield from _list("as nouns only", [", ".join(entry.nouns)] if entry.nouns else [])
        yield from _examples(entry)
    else:
        for name, value in entry.model_dump(exclude_defaults=True, exclude={"id"}).items():
            yield f"  {name}: {', '.join(map(str, value)) if isinstance(value, tuple) else value}"


def _concept(codebook: Codebook, entry: Concept) -> Iterator[str]:
    yield from _defined(entry)
    if isinstance(entry, EventEntry):
        yield f"  quad {entry.quad}"
        yield from _list("modes", [m.mode for m in codebook.modes.values() if m.type == entry.id])
    if isinstance(entry, TieEntry) and entry.undirected:
        yield "  holds both ways"
    defaults = [f"{kind}: {wording.roles(roles)}" for kind, roles in entry.roles.items() if roles]
    yield from _list("roles, where a unit gives none", defaults)
    units = entry.units
    if isinstance(entry, ModeEntry):  # with those that stand in the entry of the type
        units = tuple(unit for unit in codebook.events[entry.type].units if unit.mode == entry.mode)
    yield from _list(f"{len(units)} units", [line for unit in units for line in _unit(unit)])
    yield from _examples(entry)


def _unit(unit: Unit) -> Iterator[str]:
    yield f"{wording.triggers(unit)}  {unit.score:g}"
    yield from (f"    {condition}" for condition in wording.conditions(unit))
    if unit.roles:
        yield f"    {wording.roles(unit.roles)}"
    if says := wording.outcome(unit):
        yield f"    {', '.join(says)}"


def _defined(entry: Concept | ContextEntry) -> Iterator[str]:
    yield f"  {' '.join(entry.definition.split())}"
    yield from _list("mind", entry.cautions)


def _examples(entry: Concept | ContextEntry) -> Iterator[str]:
    yield from _list("is", [wording.example(each) for each in entry.positive])
    yield from _list("is not", [wording.example(each) for each in entry.negative])


def _list(title: str, lines: list[str] | tuple[str, ...]) -> Iterator[str]:
    if lines:
        yield f"  {title}"
        yield from (f"    {line}" for line in lines)
