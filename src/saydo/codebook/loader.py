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

A user's entry replaces the shipped one with the same id, whole; new ids are added. An entry with ``extends:
true`` is laid over the shipped one: what lists it gives go before the shipped ones, everything else that it
gives takes the place of what is there.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from saydo.codebook import checks
from saydo.codebook.dialect import NotYaml, values_of
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
    Unit,
    WeightsEntry,
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
    added: set[tuple[str, str]] = set()
    extended: set[tuple[str, str]] = set()
    plain: dict[str, dict[str, Any]] = {room: {} for room in _ROOMS}
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
                found = _load_room(folder, entry_type, faults, raw, str(root) if layer else "", plain[room])
                rooms[room] |= {id: entry for id, (entry, _) in found.items()}
                places |= {(room, id): place for id, (_, place) in found.items()}
                added |= {(room, id) for id in found if layer}
                extended |= {(room, id) for id in found if layer and _extends(plain[room][id])}
    faults += checks.faults(rooms, places, extended)
    if faults:  # each in one line, whatever a file holds
        raise CodebookError(["".join(c if c.isprintable() else " " for c in fault) for fault in faults])
    rooms["events"] = {id: _with_modes(entry, rooms["modes"]) for id, entry in rooms["events"].items()}
    return Codebook(version="saydo-" + digest(*raw)[:12], added=frozenset(added), **rooms)


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
    folder: Any, entry_type: type[Entry], faults: list[str], raw: list[str], root: str, plain: dict[str, Any]
) -> dict[str, tuple[Entry, str]]:
    """Id → entry and its place. ``root`` is the user's folder, empty for the shipped codebook; ``plain``
    keeps what the files say of each id, for an entry that extends it."""
    found: dict[str, tuple[Entry, str]] = {}
    for child in _children(folder):
        if child.name.startswith((".", "_")):
            continue
        where = f"{folder.name}/{child.name}"
        shown = f"{root}/{where}" if root else where
        if not child.name.endswith((".yaml", ".yml")):
            faults.append(f"{shown}: not a YAML file; name it .yaml or move it out of the codebook")
            continue
        if not child.is_file():  # reading a pipe would wait for ever
            faults.append(f"{shown}: not a file; move it out of the codebook")
            continue
        try:
            text = child.read_text(encoding="utf-8")
        except (UnicodeDecodeError, OSError) as error:
            faults.append(f"{shown}: cannot be read: {error}; save it as UTF-8")
            continue
        raw.append(f"{int(bool(root))}/{where}\n{text}")
        for place, item in _items(text, shown, faults):
            whole = _laid_over(item, plain, place, faults) if _extends(item) else item
            entry = _entry(entry_type, whole, place, faults)
            if entry is None:
                continue
            key = str(getattr(entry, "id", ""))
            if key in found:
                faults.append(
                    f"{place}: id {key!r} appears twice in {folder.name}/, first in {found[key][1]}"
                )
            found[key] = entry, place
            plain[key] = item if item is whole else {**whole, "extends": True}
    return found


def _extends(item: Any) -> bool:
    return isinstance(item, dict) and item.get("extends") is True


def _laid_over(item: dict[str, Any], plain: dict[str, Any], place: str, faults: list[str]) -> dict[str, Any]:
    """What an entry says, laid over the entry of the same id that is there already."""
    own = {key: value for key, value in item.items() if key != "extends"}
    below = plain.get(str(own.get("id", "")))
    if below is None:
        faults.append(f"{place}: extends: there is no entry {own.get('id')!r} to extend; leave extends out")
        return own
    whole = {key: value for key, value in below.items() if key != "extends"}
    for key, value in own.items():
        there = whole.get(key)
        if isinstance(value, list) and isinstance(there, list):
            whole[key] = [*value, *(each for each in there if each not in value)]
        else:
            whole[key] = value
    return whole


def _items(text: str, where: str, faults: list[str]) -> list[tuple[str, Any]]:
    try:
        data = values_of(text)
    except NotYaml as error:
        faults.append(f"{where}: not valid YAML: {error}")
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
        found = error.errors()
    faults += (f"{place}: {'.'.join(map(str, fault['loc']))}: {_told(fault)}" for fault in found)
    if all(fault["type"] == "extra_forbidden" for fault in found):  # what else is wrong with it is told, too
        return entry_type.model_validate(_without(item, [fault["loc"] for fault in found]))
    return None


def _told(fault: Any) -> str:
    if fault["type"] == "extra_forbidden":
        return "unknown key; take it out, or see whether it is misspelt"
    return "is missing" if fault["type"] == "missing" else str(fault["msg"])


def _without(item: Any, paths: list[tuple[int | str, ...]]) -> Any:
    """A copy of plain YAML values without the keys at some paths."""
    if isinstance(item, dict):
        inner = {key: [path[1:] for path in paths if path[0] == key] for key in item}
        return {key: _without(value, inner[key]) for key, value in item.items() if () not in inner[key]}
    if isinstance(item, list):
        return [_without(each, [p[1:] for p in paths if p[0] == n]) for n, each in enumerate(item)]
    return item
