"""What must hold between the entries of a codebook; the loader tells every fault together with the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from saydo.codebook.entries import EventEntry, ModeEntry

Rooms = Mapping[str, Mapping[str, Any]]
"""Room → id → entry."""
Places = Mapping[tuple[str, str], str]
"""(room, id) → the file, and the place in it, that an entry stands in."""


def faults(rooms: Rooms, places: Places) -> Iterator[str]:
    """Every fault between entries, each as ``file: place: what is wrong``."""
    yield from _modes(rooms, places)


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
        for n, unit in enumerate(event.units):
            if unit.mode is not None and f"{id}.{unit.mode}" not in modes:
                yield (
                    f"{places['events', id]}: units.{n}.mode: {unit.mode!r} has no entry; "
                    f"write modes/{id}-{unit.mode}.yaml"
                )
