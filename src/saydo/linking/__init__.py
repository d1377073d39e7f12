"""Mentions, places and times of a reading, resolved, each with its reason."""

from __future__ import annotations

from dataclasses import replace

from saydo.codebook import Codebook
from saydo.linking.actors import find_actors
from saydo.linking.places import find_places
from saydo.linking.times import find_times
from saydo.model.linked import LinkedReading, LinkedTime
from saydo.model.reading import Reading, ReadMention

__all__ = ["link"]


def link(reading: Reading, codebook: Codebook) -> LinkedReading:
    """The reading with its actors, places and times. Pure: the same reading gives the same result."""
    times = find_times(reading)
    dated = _dated(reading, times)
    reading = _without_dates(reading, dated)
    places = find_places(reading, codebook)
    mentions, actors, notes = find_actors(reading, codebook, places, dated)
    return LinkedReading(reading, mentions, actors, places, times, notes)


def _dated(reading: Reading, times: tuple[LinkedTime, ...]) -> frozenset[int]:
    """Tokens of dates that are no part of a name: "on 9 May Northern League gunners …", but not "the
    14 March Alliance"."""
    tokens = reading.tokens
    found: set[int] = set()
    for time in times:
        if time.time.precision in ("set", "vague"):
            continue
        first, last = time.tokens
        before = tokens[first - 1] if first else None
        opens = before is None or before.sentence != tokens[first].sentence
        if opens or before is None or before.upos in ("ADP", "SCONJ", "VERB", "PUNCT", "ADV", "AUX", "NOUN"):
            found.update(range(first, last))
    return frozenset(found)


def _without_dates(reading: Reading, dated: frozenset[int]) -> Reading:
    """The reading with mentions that begin in a date cut back to what follows it, and without those of which
    nothing is left; what is told of mentions by number follows."""
    kept: list[ReadMention] = []
    number: dict[int, int] = {}
    for n, mention in enumerate(reading.mentions):
        first = mention.first
        while first < mention.last and first in dated:
            first += 1
        if first < mention.last:
            number[n] = len(kept)
            kept.append(mention._replace(first=first, head=max(first, mention.head)))
    return replace(
        reading,
        mentions=tuple(kept),
        links=tuple(
            link._replace(mention=number[link.mention], antecedent=number[link.antecedent])
            for link in reading.links
            if link.mention in number and link.antecedent in number
        ),
        pairs=tuple(
            pair._replace(actor=number[pair.actor], recipient=number[pair.recipient])
            for pair in reading.pairs
            if pair.actor in number and pair.recipient in number
        ),
    )
