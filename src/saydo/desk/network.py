"""Who was tied to whom on a day: ties over time with the days on which they held, and likely did."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from saydo.desk.look import PassageView
from saydo.desk.spells import CURRENCY_DAYS
from saydo.export.passages import Passages
from saydo.export.poles import evidence, segments
from saydo.export.spell_words import sentence
from saydo.model.case import Spell
from saydo.model.lookups import Heading
from saydo.model.store import CaseStore
from saydo.weighing.times import span

MOST_TIES = 20_000
MOST_EVIDENCE = 12
_FIRST, _LAST = "0001-01-01", "9999-12-31"


@dataclass(frozen=True, slots=True)
class TieSpan:
    """A tie of the network. ``held`` and ``likely`` are closed intervals of ISO days; a day in both counts as
    held. None where there is no such day."""

    number: int
    type: str
    from_actor: str
    to_actor: str
    role: str | None
    held: tuple[str, str] | None
    likely: tuple[str, str] | None
    reports: int
    """How many findings tell of it."""
    only_said: bool

    def on(self, day: str) -> str | None:
        """``held``, ``likely`` or None: as :func:`saydo.weighing.spells.holds_on` has it."""
        for state, interval in (("held", self.held), ("likely", self.likely)):
            if interval is not None and interval[0] <= day <= interval[1]:
                return state
        return None


@dataclass(frozen=True, slots=True)
class NetworkActor:
    """An end of a tie."""

    id: str
    name: str
    kind: str
    reports: int


@dataclass(frozen=True, slots=True)
class Network:
    """All ties over time of a case (of more than 20,000 those that most findings tell of) and their ends."""

    ties: tuple[TieSpan, ...]
    actors: tuple[NetworkActor, ...]
    cut: bool
    """Whether there are more."""

    @property
    def latest(self) -> str | None:
        """The day on which the tie begins that begins last."""
        return max((tie.held[0] for tie in self.ties if tie.held), default=None)

    @property
    def days(self) -> tuple[str, str] | None:
        """The first and the last day on which a tie begins, ends or is last told of."""
        known = [
            day for tie in self.ties for day in (*(tie.held or ()), *(tie.likely or ()))
            if _FIRST < day < _LAST
        ]  # fmt: skip
        return (min(known), max(known)) if known else None


@dataclass(frozen=True, slots=True)
class TieEvidence:
    """A tie with the passages that it rests on and those that speak against it."""

    spell: Spell
    sentence: str
    passages: tuple[PassageView, ...]
    against: tuple[PassageView, ...]
    more: int


def intervals(spell: Spell) -> tuple[tuple[str, str] | None, tuple[str, str] | None]:
    """The days on which a tie held, and those on which it held or likely did."""
    since = span(spell.since.day if spell.since else None)
    until = span(spell.until.day if spell.until else None)
    first = since.start if since else None
    last = until.end if until else None
    told = date.fromisoformat(spell.last) if spell.last else None
    if first is None:
        if last is not None:
            return None, (_days(last, -CURRENCY_DAYS), last.isoformat())
        return None, (_FIRST, _days(told, CURRENCY_DAYS)) if told else None
    end = last or told or first
    held = (first.isoformat(), end.isoformat()) if end >= first else None
    begins = first.isoformat() if spell.since and spell.since.stated else _days(first, -CURRENCY_DAYS)
    ends = last.isoformat() if last else _days(told or first, CURRENCY_DAYS)
    return held, (begins, ends) if begins <= ends else None


def _days(day: date, number: int) -> str:
    try:
        return (day + timedelta(days=number)).isoformat()
    except OverflowError:
        return _FIRST if number < 0 else _LAST


_kept: dict[str, tuple[str, Network]] = {}


def network(store: CaseStore) -> Network:
    """The network of a case, kept until the case's ties are weighed anew. Raises StoreError."""
    stamp = store.derived_stamp()
    held = _kept.get(stamp[0])
    if held is not None and held[0] == stamp[1]:
        return held[1]
    made = _network(store)
    if stamp[1]:
        _kept.clear()
        _kept[stamp[0]] = stamp[1], made
    return made


def _network(store: CaseStore) -> Network:
    found = store.spells_most_told(MOST_TIES + 1)
    ties = tuple(_tie(number, spell) for number, spell in found[:MOST_TIES])
    ends = dict.fromkeys(id for tie in ties for id in (tie.from_actor, tie.to_actor))
    names = {s.from_actor: s.from_name for _, s in found} | {s.to_actor: s.to_name for _, s in found}
    held = store.ends(ends)
    actors = tuple(
        NetworkActor(id, *held[id]) if id in held else NetworkActor(id, names.get(id, id), "", 0)
        for id in ends
    )
    return Network(ties, actors, len(found) > MOST_TIES)


def _tie(number: int, s: Spell) -> TieSpan:
    held, likely = intervals(s)
    return TieSpan(
        number, s.type, s.from_actor, s.to_actor, s.role, held, likely, len(s.rests_on), s.only_said
    )


def tie_evidence(store: CaseStore, number: int) -> TieEvidence | None:
    """A tie with its passages; None where the case has none of that number. Raises StoreError."""
    spell = store.spell(number)
    if spell is None:
        return None
    names = store.names_of((spell.from_actor, spell.to_actor))
    line = sentence(
        spell,
        names.get(spell.from_actor, spell.from_name),
        names.get(spell.to_actor, spell.to_name),
    )
    shown = spell.rests_on[:MOST_EVIDENCE]
    return TieEvidence(
        spell,
        line,
        _passages(store, shown),
        _passages(store, spell.against[:MOST_EVIDENCE]),
        len(spell.rests_on) - len(shown),
    )


def _passages(store: CaseStore, refs: Iterable[tuple[str, str]]) -> tuple[PassageView, ...]:
    made = []
    for document, id in refs:
        held = store.report(document)
        assert held is not None, "the report of a tie is kept by the store"
        record = store.record(document)
        of = Passages(held.document, record, {i: n.name for i, n in store.names_in(document).items()})
        tie = next(t for t in record.ties if t.id == id)
        start, end = of.sentences([tie.evidence])
        d = held.document
        made.append(
            PassageView(
                heading=Heading(d.id, d.title, d.origin, d.publisher, d.date),
                finding=id,
                segments=segments(d.text, d.text[start:end], evidence(of, tie)),
                coded=(),
                timecode=of.timecode(start),
            )
        )
    return tuple(made)
