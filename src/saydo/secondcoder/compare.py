"""A case beside a data set: what both have, what each has alone, and how far they agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from saydo.model.compared import CodedEvent, Comparison, Limits, Match, Variant
from saydo.secondcoder.files import Source
from saydo.secondcoder.known import Known
from saydo.secondcoder.load import beyond, load, window_of
from saydo.secondcoder.match import candidates, paired
from saydo.secondcoder.measures import by_week, confusion, correlation, counted, kappa, labels

VARIANTS = ((0, 10.0), (1, 25.0), (3, 50.0), (7, 100.0))
"""Limits with which the matching is done again, to see how much hangs on them."""
MOVED = (-28, 28)
"""Days by which rows are moved to see how many matches come about by chance; whole weeks, since news have a
weekly rhythm."""
NO_PLACE = "events whose place is not told and that fit no row: they may be anywhere"


def compare(
    case: str,
    ours: Sequence[CodedEvent],
    left: Mapping[str, int],
    sources: Sequence[Source],
    known: Known,
    limits: Limits,
) -> Comparison:
    """Matches the events of a case, those of one incident once, with the files of one format; ``left`` is
    what the format does not record. Raises InputError where a file cannot be read."""
    loaded = load(sources, known, window_of(ours, limits.days))
    mine, outside = beyond(ours, loaded, limits.days)
    pairs = candidates(mine, loaded.events, limits)
    found = paired(mine, loaded.events, pairs, limits)
    taken = {id(m.ours) for m in found.matches}, {id(m.theirs) for m in found.matches}
    rest = [(i, e) for i, e in enumerate(mine) if id(e) not in taken[0]]
    placeless = [e for i, e in rest if i not in found.beside_ours and e.country is None]
    only_ours = [e for i, e in rest if i not in found.beside_ours and e.country is not None]
    others = [(j, e) for j, e in enumerate(loaded.events) if id(e) not in taken[1]]
    only_theirs = [e for j, e in others if j not in found.beside_theirs]
    return _measured(
        Comparison(
            case=case,
            format=loaded.format,
            files=tuple(source.path.name for source in sources),
            rows=loaded.rows,
            limits=limits,
            matches=found.matches,
            only_ours=tuple(only_ours),
            only_theirs=tuple(only_theirs),
            beside_ours=tuple(e for i, e in rest if i in found.beside_ours),
            beside_theirs=tuple(e for j, e in others if j in found.beside_theirs),
            left_ours=Counter(left) + outside + Counter({NO_PLACE: len(placeless)}),
            left_theirs=loaded.left,
            bad=tuple(loaded.bad),
            span=_span(mine, loaded.events),
            greedy=found.greedy,
        ),
        blind=paired(mine, loaded.events, pairs, limits, blind=True).matches,
        variants=tuple(
            _variant(mine, loaded.events, Limits(days, km, limits.least)) for days, km in VARIANTS
        ),
        chance=_by_chance(mine, loaded.events, limits),
    )


def _variant(mine: Sequence[CodedEvent], theirs: Sequence[CodedEvent], limits: Limits) -> Variant:
    matched = paired(mine, theirs, candidates(mine, theirs, limits), limits).matches
    return Variant(limits.days, limits.km, len(matched))


def _span(mine: Sequence[CodedEvent], theirs: Sequence[CodedEvent]) -> tuple[date, date] | None:
    every = [*mine, *theirs]
    return (min(e.first for e in every), max(e.last for e in every)) if every else None


def place_of(event: CodedEvent) -> str:
    """Where an event is counted: at its place, else in its state."""
    return event.place or event.country or "not told"


def _by_chance(mine: Sequence[CodedEvent], theirs: Sequence[CodedEvent], limits: Limits) -> float:
    counts = []
    for days in MOVED:
        moved = [_moved(event, timedelta(days)) for event in theirs]
        counts.append(len(paired(mine, moved, candidates(mine, moved, limits), limits).matches))
    return sum(counts) / len(counts)


def _moved(event: CodedEvent, by: timedelta) -> CodedEvent:
    return replace(event, first=event.first + by, last=event.last + by)


def _measured(
    found: Comparison, *, blind: Sequence[Match], variants: tuple[Variant, ...], chance: float
) -> Comparison:
    """With its figures; agreement on labels is that of pairs found ``blind`` to them."""
    sides = found.matches, found.only_ours, found.only_theirs
    weeks = by_week(*sides)
    coarse = labels(blind, lambda e: e.coarse)
    return replace(
        found,
        by_type=counted(*sides, lambda e: e.coarse or "not told"),
        by_place=counted(*sides, place_of),
        by_week=weeks,
        types=kappa(coarse),
        fine_types=kappa(labels(blind, lambda e: f"{e.coarse} / {e.fine}" if e.fine else "")),
        confusion=confusion(coarse),
        variants=variants,
        chance=chance,
        weekly=correlation(weeks),
    )
