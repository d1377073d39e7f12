"""Mentions, places and times of a reading, resolved, each with its reason."""

from __future__ import annotations

from saydo.codebook import Codebook
from saydo.linking.actors import find_actors
from saydo.linking.places import find_places
from saydo.linking.times import find_times
from saydo.model.linked import LinkedReading
from saydo.model.reading import Reading

__all__ = ["link"]


def link(reading: Reading, codebook: Codebook) -> LinkedReading:
    """The reading with its actors, places and times. Pure: the same reading gives the same result."""
    places = find_places(reading, codebook)
    mentions, actors, notes = find_actors(reading, codebook, places)
    return LinkedReading(reading, mentions, actors, places, find_times(reading), notes)
