"""Loads the YAML codebook strictly: every fault of every file is reported at once, with its path.

Layout of a codebook directory (the package's own, or a user's beside it)::

    events/ASSAULT.yaml      one EventEntry a file
    modes/ASSAULT-aerial.yaml  one ModeEntry a file
    ties/command.yaml        one TieEntry a file
    statements/pledge.yaml   one StatementEntry a file
    rules/commitment.yaml    one RuleEntry a file
    contexts/asylum.yaml     one ContextEntry a file
    cues/*.yaml              lists of CueEntry
    actors/*.yaml            lists of ActorEntry
    nominals/*.yaml          lists of NominalEntry
    offices/*.yaml           lists of OfficeEntry
    weights/events.yaml      one WeightsEntry a file

A user's entry replaces the shipped one with the same id, whole; new ids are added.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from saydo.codebook import checks
from saydo.codebook.entries import (
    ActorEntry,
    Codebook,
    ContextEntry,
    CueEntry,
    Entry,
    EventEntry,
    ModeEntry,
    NominalEntry,
    OfficeEntry,
    RuleEntry,
    StatementEntry,
    TieEntry,
    WeightsEntry,
    Unit,
)
from saydo.model.errors import CodebookError
from saydo.model.ids import digest

_ROOMS: dict[str, type[Entry]] = {
    "events": EventEntry,
    "modes": ModeEntry,
    "ties": TieEntry,
    "statements": StatementEntry,
    "contexts": ContextEntry,
    "cues": CueEntry,
    "rules": RuleEntry,
    "actors": ActorEntry,
    "nominals": NominalEntry,
    "offices": OfficeEntry,
    "weights": WeightsEntry,
}
_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # in C where it is built in


class _Loader(_Base):  # type: ignore[misc]
    """YAML in which ``no``, ``on`` and ``yes`` are the English words that a vocabulary is full of, and
    only ``true`` and ``false`` are truth values, as in YAML 1.2; dates stay text."""

    yaml_implicit_resolvers = {  # noqa: RUF012
        first: [
            (tag, regexp)
            for tag, regexp in resolvers
            if tag != "tag:yaml.org,2002:timestamp" and (tag != "tag:yaml.org,2002:bool" or first in "tTfF")
        ]
        for first, resolvers in _Base.yaml_implicit_resolvers.items()
    }


def load(extra: Path | None = None) -> Codebook:
    """The shipped codebook, extended by the directory ``extra`` where one is given.

    Raises CodebookError with every fault found, each as ``file: place: what is wrong``.
    """
    return _shipped() if extra is None else _build([files("saydo.codebook") / "data", extra])


@cache
def _shipped() -> Codebook:
    return _build([files("saydo.codebook") / "data"])


def _build(roots: list[Traversable | Path]) -> Codebook:
    faults: list[str] = []
    rooms: dict[str, dict[str, Any]] = {room: {} for room in _ROOMS}
    raw: list[str] = []
    places: dict[tuple[str, str], str] = {}
    for layer, root in enumerate(roots):
        if not root.is_dir():
            raise CodebookError([f"{root}: no such directory; give one with events/, ties/, … in it"])
        faults += [
            f"{child.name}: unknown entry in a codebook; known folders are {', '.join(_ROOMS)}"
            for child in _children(root)
            if child.is_dir() and child.name not in _ROOMS and not child.name.startswith((".", "_"))
        ]
        for room, entry_type in _ROOMS.items():
            folder = root / room
            if folder.is_dir():
                _load_room(folder, room, entry_type, rooms[room], faults, raw, layer, places)
    faults += checks.faults(rooms, places)
    if faults:
        raise CodebookError(faults)
    rooms["events"] = {id: _with_modes(entry, rooms["modes"]) for id, entry in rooms["events"].items()}
    return Codebook(version="saydo-" + digest(*raw)[:12], **rooms)


def _with_modes(event: EventEntry, modes: dict[str, ModeEntry]) -> EventEntry:
    """The type with the units of its modes behind its own."""
    more: list[Unit] = []
    for mode in modes.values():
        if mode.type == event.id:
            more += (_of_mode(unit, mode) for unit in mode.units)
    return event.model_copy(update={"units": (*event.units, *more)}) if more else event


def _of_mode(unit: Unit, mode: ModeEntry) -> Unit:
    """A unit of a mode as one of its type: with the mode, and the entry's default roles if it has any."""
    update: dict[str, Any] = {"mode": mode.mode}
    kind = next(k for k in ("verb", "noun", "adj") if getattr(unit, k))
    if not unit.roles and kind in mode.roles:
        update["roles"] = mode.roles[kind]
    return unit.model_copy(update=update)


def _children(folder: Traversable | Path) -> list[Any]:
    return sorted(folder.iterdir(), key=lambda child: child.name)


def _load_room(
    folder: Any,
    room: str,
    entry_type: type[Entry],
    into: dict[str, Any],
    faults: list[str],
    raw: list[str],
    layer: int,
    places: dict[tuple[str, str], str],
) -> None:
    seen: set[str] = set()
    for child in _children(folder):
        if child.name.startswith((".", "_")):
            continue
        where = f"{room}/{child.name}"
        if not child.name.endswith((".yaml", ".yml")):
            faults.append(f"{where}: not a YAML file; name it .yaml or move it out of the codebook")
            continue
        text = child.read_text(encoding="utf-8")
        raw.append(f"{layer}/{where}\n{text}")
        for place, item in _items(text, where, faults):
            entry = _entry(entry_type, item, place, faults)
            if entry is None:
                continue
            key = str(getattr(entry, "id", ""))
            if key in seen:
                faults.append(f"{place}: id {key!r} appears twice in {room}/")
            seen.add(key)
            into[key] = entry
            places[room, key] = place


def _items(text: str, where: str, faults: list[str]) -> list[tuple[str, Any]]:
    try:
        data = yaml.load(text, Loader=_Loader)  # derived from a safe loader
    except yaml.YAMLError as error:
        faults.append(f"{where}: not valid YAML: {' '.join(str(error).split())}")
        return []
    if isinstance(data, list):
        return [(f"{where}[{i}]", item) for i, item in enumerate(data)]
    return [(where, data)]


def _entry(entry_type: type[Entry], item: Any, place: str, faults: list[str]) -> Entry | None:
    if not isinstance(item, dict):
        faults.append(f"{place}: expected a mapping with an id, found {type(item).__name__}")
        return None
    try:
        return entry_type.model_validate(item)
    except ValidationError as error:
        for fault in error.errors():
            path = ".".join(str(step) for step in fault["loc"])
            faults.append(f"{place}: {path}: {fault['msg']}")
        return None
