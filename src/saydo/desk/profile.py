"""What the page of an actor shows, and what a merge or a split would put together or apart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from saydo.desk.case import bound
from saydo.desk.queue import ReviewItem, review_items_of
from saydo.export.words import TIE, UNDIRECTED, period
from saydo.model.case import CaseActor, Spell
from saydo.model.identity import Merge, Question
from saydo.model.records import Discrepancy
from saydo.model.store import CaseStore, Filter
from saydo.model.waiting import Sighting

MOST_NAMES = 40
MOST_LANES = 60
MOST_FINDINGS = 8
WIDTH = 1000.0
"""Units across which a lane's time runs."""


@dataclass(frozen=True, slots=True)
class Lane:
    """A tie over time, as a bar."""

    type: str
    words: str
    other: str
    other_name: str
    role: str
    when: str
    first: float
    last: float
    """From 0 to :data:`WIDTH`; where no day is known at all, the whole width."""
    stated: tuple[bool, bool]
    """Whether a report tells the beginning, and the end."""
    dated: bool
    against: int
    """How many reports say otherwise for that time."""
    only_said: bool
    ref: tuple[str, str] | None
    """``(report, id)`` of a tie that it rests on."""


@dataclass(frozen=True, slots=True)
class Lanes:
    """All lanes on one axis."""

    lanes: tuple[Lane, ...]
    years: tuple[tuple[int, float], ...]
    """Years to write above, each with its place."""


@dataclass(frozen=True, slots=True)
class Profile:
    """Everything about one actor, at most a screenful of each."""

    actor: CaseActor
    names: tuple[Sighting, ...]
    merges: tuple[tuple[Merge, str], ...]
    """Each with the name under which it was merged."""
    questions: tuple[Question, ...]
    ties: Lanes
    events: tuple[ReviewItem, ...]
    statements: tuple[ReviewItem, ...]
    places: tuple[tuple[str, int], ...]
    discrepancies: tuple[Discrepancy, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two actors that somebody asks to be one, or not."""

    one: CaseActor
    one_names: tuple[Sighting, ...]
    other: CaseActor | None
    """None where it is already merged into the first."""
    other_id: str
    other_name: str
    other_names: tuple[Sighting, ...]
    merges: tuple[Merge, ...]
    """Why they count as one now, where they do."""
    shared: int
    """Reports that name both."""


def profile(store: CaseStore, id: str) -> Profile | None:
    """The profile of an actor, also by an id that was merged into it; None where there is none."""
    held = store.actor(id)
    if held is None:
        return None
    actor = held.actor.id
    names = store.sightings(actor, MOST_NAMES)
    made = store.merges_of(actor)
    own = store.own_names(m.merged for m in made)
    merges = tuple((m, own.get(m.merged, m.merged)) for m in made)
    return Profile(
        actor=held,
        names=names,
        merges=merges,
        questions=store.questions_of(actor, 6),
        ties=lanes(store.spells_of(actor, MOST_LANES), actor),
        events=review_items_of(store, store.doings_of(actor, "event", MOST_FINDINGS)),
        statements=review_items_of(store, store.doings_of(actor, "statement", MOST_FINDINGS)),
        places=store.places_of(actor, 12),
        discrepancies=store.discrepancies_page(Filter(actors=(actor,)), None, 5).items,
    )


def pair(store: CaseStore, one: str, other: str) -> Pair | None:
    """Two actors, by id, side by side; None where the case does not know the first, or neither knows the
    second."""
    first = store.actor(one)
    if first is None:
        return None
    second = store.actor(other)
    known = [m for m in store.merges_of(first.actor.id) if other in (m.merged, m.actor)]
    if second is None and not known:
        return None
    same = second is None or second.actor.id == first.actor.id
    merged_names = store.own_names((other,))
    return Pair(
        one=first,
        one_names=store.sightings(first.actor.id, 12),
        other=None if same else second,
        other_id=other,
        other_name=second.actor.name if second is not None and not same else merged_names.get(other, other),
        other_names=() if same or second is None else store.sightings(second.actor.id, 12),
        merges=tuple(known) if same else (),
        shared=0 if same or second is None else len(set(first.documents) & set(second.documents)),
    )


def lanes(spells: tuple[Spell, ...], actor: str) -> Lanes:
    """Ties over time as bars on one axis, which begins and ends with a year."""
    spans = [_span(spell) for spell in spells]
    days = [day for span in spans for day in span if day is not None]
    if not days:
        return Lanes(tuple(_lane(s, actor, 0.0, WIDTH, False) for s in spells), ())
    first, last = date(min(days).year, 1, 1), date(max(days).year, 12, 31)
    whole = (last - first).days or 1

    def at(day: date) -> float:
        return round((day - first).days / whole * WIDTH, 1)

    made = []
    for spell, (begin, end) in zip(spells, spans, strict=True):
        a = at(begin) if begin else at(end) if end else 0.0
        b = at(end) if end else WIDTH if begin is None else a
        made.append(_lane(spell, actor, a, max(b, a + 4), begin is not None or end is not None))
    step = max(1, (last.year - first.year) // 8 + 1)
    years = tuple((y, at(date(y, 1, 1))) for y in range(first.year, last.year + 1, step))
    return Lanes(tuple(made), years)


def _span(spell: Spell) -> tuple[date | None, date | None]:
    begin = date.fromisoformat(bound(spell.since.day[:10], last=False)) if spell.since else None
    ends = spell.until.day if spell.until else spell.last
    end = date.fromisoformat(bound(ends[:10], last=True)) if ends else None
    return begin, end if end is None or begin is None or end >= begin else begin


def _lane(spell: Spell, actor: str, first: float, last: float, dated: bool) -> Lane:
    outward = spell.from_actor == actor
    words = TIE[spell.type]  # type: ignore[index]
    if not outward and spell.type not in UNDIRECTED:
        words = f"← {words}"
    since, until = spell.since, spell.until
    return Lane(
        type=spell.type,
        words=words,
        other=spell.to_actor if outward else spell.from_actor,
        other_name=spell.to_name if outward else spell.from_name,
        role=spell.role or "",
        when=period(since.day if since else None, until.day if until else None)
        or (f"reported until {spell.last}" if spell.last else "no day told"),
        first=first,
        last=last,
        stated=(bool(since and since.stated), bool(until and until.stated)),
        dated=dated,
        against=len(spell.against),
        only_said=spell.only_said,
        ref=spell.rests_on[0] if spell.rests_on else None,
    )
