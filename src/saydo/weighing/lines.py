"""The links of actors upward, read from a ledger time by time: of one that ten thousand reports name only
what is asked for is read."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from datetime import date

from saydo.model.dates import Interval
from saydo.model.ledger import LedgerReading
from saydo.weighing.endings import End, cut
from saydo.weighing.keys import ANY, key_of, long_spells
from saydo.weighing.recent import Recent
from saydo.weighing.timeline import Link, Tied, ordered

Links = tuple[tuple[Link, ...], tuple[Link, ...]]
_Ends = dict[tuple[str, str], list[End]]
_ACTORS = 1 << 15
_NONE: Links = ((), ())
_ALL = "all"


class Lines:
    """What was read of late, kept while it holds."""

    def __init__(self, ledger: LedgerReading) -> None:
        self._ledger = ledger
        self._held: Recent[str, dict[Collection[str], Links]] = Recent(_ACTORS)
        self._ends: Recent[str, _Ends] = Recent(_ACTORS)

    def at(self, actor: str, at: Interval) -> Links:
        """An actor's links upward at a time, for conduct and for words; maybe others too."""
        return self.during(actor, long_spells(at))

    def during(self, actor: str, spells: Collection[str]) -> Links:
        """The same for some long spells of time; of all times where ``any`` is among them."""
        held = self._held.get(actor)
        if held is None:
            held = self._held.put(actor, {})
        wanted = frozenset({_ALL} if ANY in spells else {*spells, ANY})
        found = held.get(wanted)
        if found is None:
            found = held[wanted] = self._read(actor, wanted)
        return found

    def forget(self, actor: str) -> None:
        """What is held of an actor is out of date."""
        self._held.pop(actor)
        self._ends.pop(actor)

    def _read(self, actor: str, spells: Collection[str]) -> Links:
        ties = list(cut({tied for spell in spells for tied in self._ties(actor, spell)}, self._ended(actor)))
        if not ties:
            return _NONE
        return ordered(t.link for t in ties), ordered(t.link for t in ties if t.speaks)

    def _ended(self, actor: str) -> _Ends:
        found = self._ends.get(actor)
        if found is None:
            found = self._ends.put(actor, {})
            for _, text in self._ledger.notes(key_of("end", actor)):
                lower, upper, day, ref, kinds = json.loads(text)
                end = End(date.fromordinal(day), (ref[0], ref[1]), tuple(kinds))
                found.setdefault((lower, upper), []).append(end)
        return found

    def _ties(self, actor: str, spell: str) -> Iterator[Tied]:
        for _, text in self._ledger.notes(key_of("link", actor, spell)):
            lower, upper, label, start, end, directness, ref, speaks, told = json.loads(text)
            if lower == actor:
                during = Interval(_day(start), _day(end))
                yield Tied(
                    actor, Link(upper, label, during, directness, (ref[0], ref[1])), speaks, _day(told)
                )


def noted(tied: Tied) -> Iterator[tuple[int, list[object]]]:
    """Under what keys a link is noted, and what."""
    link = tied.link
    during = [day.toordinal() if day else None for day in link.during]
    row = [tied.lower, link.upper, link.label, *during, link.directness, link.ref, tied.speaks]
    for spell in (_ALL, *long_spells(link.during)):
        yield key_of("link", tied.lower, spell), [*row, tied.told.toordinal() if tied.told else None]


def _day(number: int | None) -> date | None:
    return None if number is None else date.fromordinal(number)
