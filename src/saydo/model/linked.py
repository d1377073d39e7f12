"""A reading whose mentions, places and times have been resolved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from saydo.model.reading import Reading, TokenRange
from saydo.model.records import Actor, Note, Place, Time, When


class LinkedMention(NamedTuple):
    """A mention with its record id, its token range ``[first, last)``, head token and resolved actor.

    The reader's mentions come first in text order together with those that linking added (nominals,
    pronouns, office titles, speakers without a name); ids are ``m0``, ``m1``, … in text order.
    """

    id: str
    first: int
    last: int
    head: int
    type: str
    named: bool
    actor: str | None
    reason: str
    """Why the mention got this actor, or why it got none."""
    stands_for: str | None = None
    """Id of the mention that this one stands for, where neither is resolved to an actor."""


class LinkedPlace(NamedTuple):
    """A toponym: its token range and the place record (its index in ``LinkedReading.places`` is what
    an event's ``place`` holds). ``metonym`` is true where the name stands for a government ("Moscow
    said"): such a place is no candidate for where something happened."""

    tokens: TokenRange
    place: Place
    metonym: bool


class LinkedTime(NamedTuple):
    """A temporal expression: its token range, its head token (for attachment) and the time record.

    ``opened`` is the time of what the expression governs where a preposition opens it ("since 2014"): one
    end is null. The record holds the days of the words themselves ("2014")."""

    tokens: TokenRange
    head: int
    time: Time
    opened: When | None = None


@dataclass(frozen=True, slots=True)
class LinkedReading:
    """Reading + actors, places, times."""

    reading: Reading
    mentions: tuple[LinkedMention, ...]
    actors: tuple[Actor, ...]
    places: tuple[LinkedPlace, ...]
    times: tuple[LinkedTime, ...]
    notes: tuple[Note, ...]
