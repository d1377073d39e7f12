"""A case read from its ledger piece by piece: reports, links, names, conduct, each when it is asked for."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from saydo.codebook import Codebook
from saydo.model.dates import Interval
from saydo.model.inference import Inference
from saydo.model.ledger import LedgerReading
from saydo.weighing.acts import Unfolded
from saydo.weighing.conduct import Conduct, conducted, in_order
from saydo.weighing.decided import Decided
from saydo.weighing.facts import unpack
from saydo.weighing.incidents import incidents
from saydo.weighing.keys import key_of, stretches_of
from saydo.weighing.lines import Lines
from saydo.weighing.listed import Listed
from saydo.weighing.rarity import few, many
from saydo.weighing.recent import Recent
from saydo.weighing.remembered import Remembered
from saydo.weighing.sameness import Incident, Matcher
from saydo.weighing.timeline import Link, Timeline
from saydo.weighing.world import Entries, Key, Near, World, made_ready

T = TypeVar("T")
_REPORTS = 4000
"""Reports held unfolded, each with what follows from it: 0.2 MB each. A portion, and those it meets."""
_PICTURES = 1 << 14
"""Reports of which the little is held by which a sieve passes them over: some 6 KB each."""
_ACTORS = 1 << 15
_CONDUCT = 2048
_Done = dict[tuple[str, str], list[Conduct]]
_State = tuple[tuple[int, int], ...]


class Watch(Near, Protocol):
    """Told of every lookup on which the outcome of a report rests."""

    def climbs(self, actor: str, at: Interval) -> None:
        """The ties of an actor at a time are climbed."""
        ...

    def names(self, actor: str) -> None:
        """An actor's name is asked for."""
        ...

    def rests_on(self, *lookup: object) -> None:
        """Something that may change is looked up."""
        ...


@dataclass(slots=True)
class _Held:
    """A report with what was worked out from it."""

    report: Unfolded
    done: _Done | None = None
    entries: dict[str, Listed] = field(default_factory=dict)
    alone: dict[str, Listed] = field(default_factory=dict)
    """Entries that follow from the report by itself."""
    incidents: list[Incident] | None = None
    text: str | None = None


class Session:
    """What was read from a ledger of late, kept while it holds. One session writes at a time."""

    def __init__(
        self,
        ledger: LedgerReading,
        codebook: Codebook,
        decided: Decided,
        inference: Inference | None = None,
    ) -> None:
        self.ledger = ledger
        self.codebook = codebook
        self.inference = Remembered(inference) if inference is not None else None
        self.ready = made_ready(codebook)
        self.matcher = Matcher.of(codebook, self.ready.coverage, decided.apart)
        self.size = 0
        """How many reports are weighed; set by whoever changes that."""
        self._held: Recent[int, _Held] = Recent(_REPORTS)
        self._pictures: Recent[int, dict[str, Listed]] = Recent(_PICTURES)
        self._numbers: Recent[str, int] = Recent(_ACTORS)
        self.lines = Lines(ledger)
        self._names: Recent[str, str | None] = Recent(_ACTORS)
        self._conduct: Recent[tuple[str, str, str], tuple[_State, tuple[Conduct, ...]]] = Recent(_CONDUCT)
        self._version: dict[int, int] = {}
        self.quiet = self.world((), None)
        """A world that writes nothing down."""

    def world(self, reports: tuple[Unfolded, ...], near: Watch | None) -> World:
        """The case as seen from some reports."""
        ready = self.ready
        return World(
            codebook=self.codebook,
            oppositions=ready.oppositions,
            coverage=ready.coverage,
            scope=ready.scope,
            things=ready.things,
            reports=reports,
            by_id=_Reports(self),
            names=_Names(self, near),
            timeline=_Line(self, near),
            rarity=_Words(self, near),
            conduct={},
            inference=self.inference,
            near=near,
        )

    def report(self, number: int) -> Unfolded:
        """What was unfolded from a report that is held; KeyError where it is not."""
        return self._hold(number).report

    def hold(self, report: Unfolded) -> None:
        """A report that was unfolded just now."""
        self._held.put(report.report, _Held(report))

    def _hold(self, number: int) -> _Held:
        found = self._held.get(number)
        if found is None:
            report = unpack(number, self.ledger.facts(number), lambda: self._text(number))
            found = self._held.put(number, _Held(report))
        return found

    def _text(self, number: int) -> str:
        held = self._held.get(number)
        if held is None:
            return self.ledger.text(number)
        if held.text is None:
            held.text = self.ledger.text(number)
        return held.text

    def number(self, document: str) -> int:
        """The number of a report that is held; KeyError where it is not."""
        found = self._numbers.get(document)
        if found is None:
            found = self.ledger.number(document)
            if found is None:
                raise KeyError(document)
            self._numbers.put(document, found)
        return found

    def name(self, actor: str) -> str | None:
        """An actor's name, as the first of the reports by id gives it; the codebook's where it has one."""
        known = self.ready.names.get(actor)
        if known is not None:
            return known
        found = self._names.get(actor, "")
        if found == "":
            rows = (json.loads(text) for _, text in self.ledger.notes(key_of("name", actor)))
            first = min(((document, name) for of, document, name in rows if of == actor), default=None)
            found = self._names.put(actor, first[1] if first else None)
        return found

    def done(self, number: int) -> _Done:
        """(principal, type) → what a report tells of its conduct."""
        held = self._hold(number)
        return held.done if held.done is not None else self.see_done(held.report, self.quiet.timeline)

    def see_done(self, report: Unfolded, line: Timeline) -> _Done:
        """The same, worked out anew by a time line."""
        found: _Done = {}
        for key, conduct in conducted(report, self.ready.oppositions, line):
            found.setdefault(key, []).append(conduct)
        self._hold(report.report).done = found
        return found

    def conduct(
        self,
        principal: str,
        type_: str,
        stretch: str,
        numbers: Sequence[int],
        only: Collection[int] | None = None,
    ) -> Sequence[Conduct]:
        """The conduct of a principal of one type that began in one stretch of time, as the reports that tell
        of it have it, or only some of them."""
        if only is not None:
            return self._conduct_of(principal, type_, stretch, [n for n in numbers if n in only])
        state = tuple((n, self._version.get(n, 0)) for n in numbers)
        held = self._conduct.get((principal, type_, stretch))
        if held is not None and held[0] == state:
            return held[1]
        found = in_order(self._conduct_of(principal, type_, stretch, numbers))
        self._conduct.put((principal, type_, stretch), (state, found))
        return found

    def _conduct_of(self, principal: str, type_: str, stretch: str, numbers: Iterable[int]) -> list[Conduct]:
        every = (c for n in numbers for c in self.done(n).get((principal, type_), ()))
        return [c for c in every if stretch in stretches_of(c.start)]

    def entries(self, rule: str, entries: Entries[T], number: int, key: Key, alone: bool = False) -> list[T]:
        """What a rule reads off a report under a key; ``alone`` where it looks at nothing else."""
        held = self._hold(number)
        kept = held.alone if alone else held.entries
        listed = kept.get(rule)
        if listed is None:
            listed = kept[rule] = Listed.of(entries(self.world((held.report,), None), held.report))
        return listed.under(key)

    def pictures(
        self, rule: str, entries: Entries[T], little: Callable[[World, T], object], number: int, key: Key
    ) -> list[Any]:
        """The little of what a rule reads off a report under a key, looking at nothing else; it is held for
        longer than the report."""
        kept = self._pictures.get(number)
        if kept is None:
            kept = self._pictures.put(number, {})
        if rule not in kept:
            report = self._hold(number).report
            world = self.world((report,), None)
            made: dict[int, tuple[T, object]] = {}
            rows = []
            for at, entry in entries(world, report):
                if id(entry) not in made:
                    made[id(entry)] = entry, little(world, entry)
                rows.append((at, made[id(entry)][1]))
            kept[rule] = Listed.of(rows)
        return kept[rule].under(key)

    def incidents(self, number: int) -> list[Incident]:
        """The incidents that a report tells of."""
        held = self._hold(number)
        if held.incidents is None:
            held.incidents = incidents((held.report,), self.matcher)
        return held.incidents

    def forget_report(self, number: int) -> None:
        """Everything kept of a report is out of date."""
        self.forget_reach(number)
        self._held.pop(number)
        self._pictures.pop(number)

    def forget_reach(self, number: int) -> None:
        """What follows for a report from the ties of others is out of date."""
        self._version[number] = self._version.get(number, 0) + 1
        held = self._held.get(number)
        if held is not None:
            held.done = None
            held.entries.clear()

    def forget_actors(self, linked: Iterable[tuple[str, str]], named: Iterable[str]) -> None:
        """Links and names of these actors are out of date."""
        for actor, _ in linked:
            self.lines.forget(actor)
        for actor in named:
            self._names.pop(actor)


def gathered(entries: Iterable[tuple[Key, Any]]) -> dict[Key, list[Any]]:
    """Entries by key."""
    found: dict[Key, list[Any]] = {}
    for key, entry in entries:
        found.setdefault(key, []).append(entry)
    return found


class _Reports(Mapping[str, Unfolded]):
    def __init__(self, session: Session) -> None:
        self._session = session

    def __getitem__(self, document: str) -> Unfolded:
        return self._session.report(self._session.number(document))

    def __iter__(self) -> Iterator[str]:
        raise TypeError("a case is not gone through report by report")

    def __len__(self) -> int:
        raise TypeError("a case is not gone through report by report")


class _Names(Mapping[str, str]):
    def __init__(self, session: Session, near: Watch | None) -> None:
        self._session = session
        self._near = near

    def __getitem__(self, actor: str) -> str:
        if self._near is not None:
            self._near.names(actor)
        name = self._session.name(actor)
        if name is None:
            raise KeyError(actor)
        return name

    def __iter__(self) -> Iterator[str]:
        raise TypeError("names are looked up one by one")

    def __len__(self) -> int:
        raise TypeError("names are looked up one by one")


class _Line(Timeline):
    """A time line that reads the links of an actor when it is asked for them."""

    _session: Session
    _near: Watch | None

    def __init__(self, session: Session, near: Watch | None) -> None:
        super().__init__({}, {})
        # frozen like its parent
        object.__setattr__(self, "_session", session)
        object.__setattr__(self, "_near", near)

    def above(self, actor: str, at: Interval) -> Sequence[Link]:
        if self._near is not None:
            self._near.climbs(actor, at)
        return self._session.lines.at(actor, at)[0]

    def spoken_for(self, actor: str, at: Interval) -> Sequence[Link]:
        if self._near is not None:
            self._near.climbs(actor, at)
        return self._session.lines.at(actor, at)[1]


class _Words:
    """Which words are rare, counted by the reports that tell something in them."""

    def __init__(self, session: Session, near: Watch | None) -> None:
        self._session = session
        self._near = near

    def rare(self, stem: str) -> bool:
        if self._near is not None:
            self._near.rests_on("rare", stem)
            self._near.rests_on("size")
        most = few(self._session.size)
        return self._session.ledger.count(key_of("tells", "gainsaid", stem), most + 1) <= most

    def many(self) -> bool:
        if self._near is not None:
            self._near.rests_on("size")
        return many(self._session.size)
