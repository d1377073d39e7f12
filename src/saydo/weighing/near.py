"""The part of a case around one report: lookups that read no more of the ledger than is asked for.

While a report is weighed, every lookup that its outcome rests on is written down as a key: whose conduct was
asked for, whose ties were climbed at what time, whose name was shown, under what keys the rules met other
reports. Whatever changes later under one of these keys makes the report be weighed again, and nothing else
does. The rules know nothing of this.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, TypeVar

from saydo.model.dates import Interval
from saydo.weighing.acts import Unfolded
from saydo.weighing.conduct import Conduct, in_order
from saydo.weighing.keys import key_of, rests_on, spells, stretches_within
from saydo.weighing.session import Session, gathered
from saydo.weighing.world import Entries, Key, Sieve

NOBODY: Container[int] = ()


@dataclass(frozen=True, slots=True)
class Later:
    """The reports of a portion that come after one: they meet it when they are weighed themselves."""

    number: int
    portion: frozenset[int]

    def __contains__(self, number: object) -> bool:
        return isinstance(number, int) and number > self.number and number in self.portion


S = TypeVar("S")
T = TypeVar("T")


class Around:
    """One report under weighing, and the keys of all that its outcome rests on; a
    :class:`saydo.weighing.world.Near`. With ``only`` no conduct is seen but what these reports tell."""

    def __init__(
        self,
        session: Session,
        report: Unfolded,
        family: str,
        only: Collection[int] | None = None,
        later: Container[int] = NOBODY,
        read: dict[str, dict[Key, list[Any]]] | None = None,
    ) -> None:
        """``later``: reports that are weighed after this one and meet it then. ``read``: what rules have read
        off this report before, see :class:`Finding`."""
        self.family = family
        """The rules that are put to it: each family has keys of its own for what its outcome rests on."""
        self.document = report.record.id
        self.report = report
        self.keys: set[int] = set()
        self._session = session
        self._only = only
        self._later = later
        self._read = read if read is not None else {}
        self._climbed: set[tuple[str, Interval]] = set()
        self.here = session.world((report,), self)
        """The case as seen from this report."""

    def climbs(self, actor: str, at: Interval) -> None:
        """The ties of an actor at a time are climbed."""
        if (actor, at) not in self._climbed:
            self._climbed.add((actor, at))
            self.keys.update(rests_on(self.family, "climbs", actor, spell) for spell in spells(at))

    def names(self, actor: str) -> None:
        """An actor's name is asked for."""
        if actor not in self._session.ready.names:
            self.rests_on("shows", actor)

    def rests_on(self, *lookup: object) -> None:
        """Something that may change is looked up."""
        self.keys.add(rests_on(self.family, *lookup))

    def of(self, principal: str, type_: str, after: date, until: date) -> Sequence[Conduct]:
        """The conduct of a principal of one type that may have begun in these days, by first day."""
        found: list[Conduct] = []
        told = {key_of("did", principal, type_, s): s for s in stretches_within(after, until)}
        self.keys.update(key_of("asks", principal, type_, stretch) for stretch in told.values())
        for key, numbers in self._session.ledger.holders(told).items():
            found += self._session.conduct(principal, type_, told[key], numbers, self._only)
        return in_order(c for c in found if after <= c.start <= until)

    def met(self, rule: str, entries: Entries[T]) -> Iterator[tuple[Key, list[T]]]:
        """The entries of the report and of all others that share a key with it."""
        mine = self._mine(rule, entries)
        hashed = {key: key_of("met", rule, *key) for key in mine}
        self.keys.update(hashed.values())
        holders = self._found(hashed.values())
        for key in sorted(mine):
            yield key, mine[key] + self._others(rule, entries, key, holders.get(hashed[key], ()))

    def _found(self, keys: Collection[int]) -> dict[int, list[int]]:
        """Key → the reports that are met under it."""
        found = self._session.ledger.holders(keys)
        if self._later is NOBODY:
            return found
        met = ((key, [n for n in numbers if n not in self._later]) for key, numbers in found.items())
        return {key: numbers for key, numbers in met if numbers}

    def _mine(self, rule: str, entries: Entries[T]) -> dict[Key, list[T]]:
        """What a rule reads off the report itself, by key."""
        found = self._read.get(rule)
        return found if found is not None else gathered(entries(self.here, self.report))

    def _others(
        self, rule: str, entries: Entries[T], key: Key, numbers: Sequence[int], alone: bool = False
    ) -> list[T]:
        """What a rule reads off other reports under a key."""
        found: list[T] = []
        for number in sorted(numbers):
            if number != self.report.report:
                found += self._session.entries(rule, entries, number, key, alone)
        return found

    def crossed(
        self,
        rule: str,
        asking: Entries[S],
        telling: Entries[T],
        wanted: Callable[[Key], bool],
        most: int | None,
        alone: bool,
        sieve: Sieve | None,
    ) -> Iterator[tuple[Key, list[S], list[T]]]:
        """What the report asks with what others tell, and what others ask with what it tells."""
        asked = self._mine(f"{rule}?", asking)
        told = self._mine(rule, telling)
        asking_here = {key: key_of("enquires", rule, *key) for key in told}
        askers = self._found(asking_here.values())
        self.keys.update(key_of("enquires", rule, *key) for key in asked)
        if most is None:
            self.keys.update(key_of("tells", rule, *key) for key in told)
        met = sorted({k for k in told if asking_here[k] in askers} | asked.keys())
        keys = [key for key in met if wanted(key) and not self._crowded(rule, key, most)]
        telling_there = {key: key_of("tells", rule, *key) for key in keys if key in asked}
        tellers = self._found(telling_there.values())
        for key in keys:
            one, other = list(asked.get(key, ())), list(told.get(key, ()))
            if key in told:
                numbers = askers.get(asking_here[key], ())
                if sieve is not None:
                    numbers = self._askers(sieve, rule, asking, key, told[key], numbers)
                one += self._others(f"{rule}?", asking, key, numbers, alone)
            if key in asked:
                numbers = tellers.get(telling_there[key], ())
                if sieve is not None:
                    numbers = self._tellers(sieve, rule, telling, key, asked[key], numbers)
                other += self._others(rule, telling, key, numbers, alone)
            if one and other:
                yield key, one, other

    def _askers(
        self, sieve: Sieve, rule: str, asking: Entries[S], key: Key, told: list[T], numbers: Sequence[int]
    ) -> list[int]:
        """The reports of which something may come that ask what this one tells under a key."""
        here, mine = self.here, [sieve.tells(self.here, t) for t in told]
        read = partial(self._session.pictures, f"{rule}?", asking, sieve.asks)
        return [n for n in numbers if any(sieve.may(here, a, t) for a in read(n, key) for t in mine)]

    def _tellers(
        self, sieve: Sieve, rule: str, telling: Entries[T], key: Key, asked: list[S], numbers: Sequence[int]
    ) -> list[int]:
        """The reports of which something may come that tell what this one asks under a key."""
        here, mine = self.here, [sieve.asks(self.here, a) for a in asked]
        read = partial(self._session.pictures, rule, telling, sieve.tells)
        return [n for n in numbers if any(sieve.may(here, a, t) for t in read(n, key) for a in mine)]

    def _crowded(self, rule: str, key: Key, most: int | None) -> bool:
        """Whether more reports tell something under a key than may be compared."""
        if most is None:
            return False
        self.rests_on("crowd", rule, *key)
        return self._session.ledger.count(key_of("tells", rule, *key), most + 1) > most

    def listed(self, rule: str, entries: Entries[T], key: Key) -> list[T]:
        """The entries of all reports under one key."""
        self.rests_on("reads", rule, *key)
        listed = key_of("lists", rule, *key)
        numbers = self._session.ledger.holders((listed,)).get(listed, ())
        return [e for n in sorted(numbers) for e in self._session.entries(rule, entries, n, key)]

    def close(self) -> None:
        """Lets go of the case: it holds this in turn, and what is held in a circle is freed late."""
        del self.here


class Finding(Around):
    """The same before any report is weighed: rules read off it what they ask and tell, and meet nobody. What
    comes of it are the keys under which others will find the report."""

    def __init__(self, session: Session, report: Unfolded, family: str) -> None:
        super().__init__(session, report, family)
        self.read: dict[str, dict[Key, list[Any]]] = {}
        """What was read off the report, by rule."""
        self.findable: set[int] = set()
        """The keys under which others find it."""

    def of(self, principal: str, type_: str, after: date, until: date) -> Sequence[Conduct]:
        """Nothing yet."""
        return ()

    def met(self, rule: str, entries: Entries[T]) -> Iterator[tuple[Key, list[T]]]:
        """Nobody yet."""
        mine = self.read[rule] = self._mine(rule, entries)
        self.findable.update(key_of("met", rule, *key) for key in mine)
        yield from ()

    def crossed(
        self,
        rule: str,
        asking: Entries[S],
        telling: Entries[T],
        wanted: Callable[[Key], bool],
        most: int | None,
        alone: bool,
        sieve: Sieve | None,
    ) -> Iterator[tuple[Key, list[S], list[T]]]:
        """Nobody yet."""
        asked = self.read[f"{rule}?"] = self._mine(f"{rule}?", asking)
        told = self.read[rule] = self._mine(rule, telling)
        self.findable.update(key_of("enquires", rule, *key) for key in asked)
        if most is None:
            self.findable.update(key_of("tells", rule, *key) for key in told)
        yield from ()

    def listed(self, rule: str, entries: Entries[T], key: Key) -> list[T]:
        """Nothing yet."""
        return []
