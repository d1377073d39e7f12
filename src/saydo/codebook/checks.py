"""What must hold in and between the entries of a codebook beside their form. The loader tells every fault of
it together with those of form, each as ``file: place: what is wrong``."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, get_args

from saydo.codebook.entries import KINDS, Concept, ContextEntry, EventEntry, ModeEntry, Unit
from saydo.model.records import MentionType

Rooms = Mapping[str, Mapping[str, Any]]
"""Room → id → entry."""
Places = Mapping[tuple[str, str], str]
"""(room, id) → the file, and the place in it, that an entry stands in."""

ROLES = {
    "events": ("actor", "recipient"),
    "modes": ("actor", "recipient"),
    "ties": ("from", "to"),
    "statements": ("source", "addressee", "content"),
}
"""Room → the roles that its units fill."""
_ONLY = {
    "casualty": ("events", "modes"),
    "mode": ("events", "modes", "ties"),
    "state": ("ties",),
}
"""Field of a unit → the rooms in which it means something."""
_TYPES = frozenset(get_args(MentionType))
_PHRASE = r"obl(:[a-z]+( [a-z]+)*(\|[a-z]+( [a-z]+)*)*)?"
_PLAIN = (
    "subj", "obj", "iobj", "comp", "mod", "poss", "self", "itself", "head", "instance", "governor",
    "attending", "under", "advcl", "advmod", "comp>of", "comp>mod", "inf",
)  # fmt: skip
_ARGUMENT = re.compile(
    rf"{'|'.join(_PLAIN)}|{_PHRASE}|comp>(subj|obj|{_PHRASE})|obj>{_PHRASE}|stance:(for|against)"
)
"""The arguments of a trigger that a unit may name; see :mod:`saydo.codebook.entries`."""
_NO_ARGUMENT = "is no argument of a word; the guide to the codebook lists them"
_CONTENT = re.compile(rf"({_ARGUMENT.pattern}|clause|inf)(\+({_ARGUMENT.pattern}|clause|inf))*")
"""What may be the content of a statement: arguments, also several together, and clauses by their form."""


def faults(rooms: Rooms, places: Places, extended: Container[tuple[str, str]] = ()) -> Iterator[str]:
    """Every fault of entries and between them; ``extended`` are the entries, as (room, id), that lie over one
    of the same id: their own units may well go before those of the other."""
    for room in ROLES:
        for id, entry in rooms[room].items():
            for fault in _concept(room, entry, _defaults(rooms, entry)):
                yield f"{places[room, id]}: {fault}"
            if (room, id) not in extended:
                for fault in _shadows(entry):
                    yield f"{places[room, id]}: {fault}"
    for id, context in rooms["contexts"].items():
        for fault in _context(context):
            yield f"{places['contexts', id]}: {fault}"
    yield from _modes(rooms, places)


def _defaults(rooms: Rooms, entry: Concept) -> Mapping[str, Any]:
    """The roles of units that give none, by part of speech; a mode's are those of its type."""
    type = rooms["events"].get(entry.type) if isinstance(entry, ModeEntry) else None
    return {**type.roles, **entry.roles} if type else entry.roles


def _concept(room: str, entry: Concept, defaults: Mapping[str, Any]) -> Iterator[str]:
    for kind, roles in entry.roles.items():
        if kind not in KINDS:
            yield f"roles.{kind}: no part of speech; write {', '.join(KINDS)}"
        yield from _roles(room, f"roles.{kind}", roles)
    for n, unit in enumerate(entry.units):
        for fault in _unit(room, defaults, unit):
            yield f"units.{n}{fault}"


def _unit(room: str, defaults: Mapping[str, Any], unit: Unit) -> Iterator[str]:
    kinds = [kind for kind in KINDS if getattr(unit, kind)]
    if not kinds:
        yield f": no word; give {', '.join(KINDS)}"
    for kind in kinds:
        yield from _words(f".{kind}", getattr(unit, kind), "a word of the text is looked up in lower case")
        if not unit.roles and not defaults.get(kind):
            yield f": says no roles, and neither does the entry for a {kind}"
    for part in ("where", "without"):
        for argument, words in getattr(unit, part).items():
            if not _ARGUMENT.fullmatch(argument):
                yield f".{part}.{argument}: {_NO_ARGUMENT}"
            yield from _words(
                f".{part}.{argument}", [w for w in words if not w.startswith("@")], "lower case is looked up"
            )
            known = _TYPES | {"actor"} if room == "statements" else _TYPES
            for word in words:
                if word.startswith("@") and word[1:] not in known:
                    yield f".{part}.{argument}: {word!r} is no type of mention; there are {_list(known)}"
    yield from _roles(room, ".roles", unit.roles)
    needed = (*ROLES[room], *(("attribution",) if room == "statements" else ()))  # that the reader agrees
    for role in unit.needs:
        if role not in needed:
            yield f".needs: {role!r} is no role here; there are {', '.join(needed)}"
    for field, only in _ONLY.items():
        if getattr(unit, field) is not None and room not in only:
            yield f".{field}: means nothing in {room}/"


def _roles(room: str, place: str, roles: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for role, arguments in roles.items():
        if role not in ROLES[room]:
            yield f"{place}: {role!r} is no role here; there are {', '.join(ROLES[room])}"
        known = _CONTENT if role == "content" else _ARGUMENT
        for argument in arguments:
            if not known.fullmatch(argument):
                yield f"{place}.{role}: {argument!r} {_NO_ARGUMENT}"


def _words(place: str, words: Iterable[str], why: str) -> Iterator[str]:
    for word in words:
        if not word.strip():
            yield f"{place}: an empty word"
        elif word != word.lower():
            yield f"{place}: {word!r} never matches: {why}; write {word.lower()!r}"


class _Sense(NamedTuple):
    """What decides whether a unit stands in a text, for one of its words."""

    kind: str
    word: str
    where: frozenset[tuple[str, frozenset[str]]]


def _shadows(entry: Concept) -> Iterator[str]:
    """Units that can never be chosen, because another of the entry holds wherever they do and goes first."""
    seen: dict[_Sense, list[tuple[int, Unit]]] = {}
    for n, unit in enumerate(entry.units):
        for sense in _senses(unit):
            for earlier, other in seen.get(sense, ()):
                if _goes_first(other, unit):
                    yield (
                        f"units.{n}: {sense.word!r} is never coded by it: units.{earlier} asks for the same "
                        "and goes first; take the word out of one of them"
                    )
                    break
            seen.setdefault(sense, []).append((n, unit))


def _senses(unit: Unit) -> Iterator[_Sense]:
    where = frozenset((argument, frozenset(words)) for argument, words in unit.where.items())
    for kind in KINDS:
        for word in dict.fromkeys(getattr(unit, kind)):
            yield _Sense(kind, word, where)


def _goes_first(one: Unit, other: Unit) -> bool:
    """Whether ``one``, which stands before ``other`` and asks for the same, holds wherever that does."""
    return (
        all(set(words) <= set(other.without.get(role, ())) for role, words in one.without.items())
        and set(one.needs) <= set(other.needs)
        and one.roles == other.roles
        and one.score >= other.score
    )


def _context(context: ContextEntry) -> Iterator[str]:
    if not context.phrases and not context.nouns:
        yield "no word; give phrases or nouns"
    for part in ("phrases", "nouns"):
        if any(not phrase.strip() for phrase in getattr(context, part)):
            yield f"{part}: an empty word"
    for word in sorted(set(context.phrases) & set(context.nouns)):
        yield f"nouns: {word!r} stands under phrases, too, which count in any part of speech"


def _modes(rooms: Rooms, places: Places) -> Iterator[str]:
    events: Mapping[str, EventEntry] = rooms["events"]
    modes: Mapping[str, ModeEntry] = rooms["modes"]
    for id, mode in modes.items():
        place = places["modes", id]
        if mode.type not in events:
            yield f"{place}: id: {mode.type!r} is no event type of this codebook"
        for n, unit in enumerate(mode.units):
            if unit.mode not in (None, mode.mode):
                yield f"{place}: units.{n}.mode: is {unit.mode!r} in the entry of {id}; leave it out"
    for id, event in events.items():
        named = [(f"units.{n}", unit.mode) for n, unit in enumerate(event.units)]
        named += [(f"positive.{n}", example.mode) for n, example in enumerate(event.positive)]
        for where, name in named:
            if name is not None and f"{id}.{name}" not in modes:
                place = places["events", id]
                yield f"{place}: {where}.mode: {name!r} has no entry; write modes/{id}-{name}.yaml"


def _list(names: Iterable[str]) -> str:
    return ", ".join(f"@{name}" for name in sorted(names))
