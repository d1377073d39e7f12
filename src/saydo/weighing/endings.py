"""Links that another report ends: who left in May answers to nobody there in June, whoever still says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from saydo.model.citations import Ref
from saydo.model.dates import Interval
from saydo.weighing.acts import Act
from saydo.weighing.timeline import LED_BY, Link, Tied

_ENDS = MappingProxyType({
    "affiliation": ("affiliation", "leadership", LED_BY, "office", "command"),
    "allegiance": ("command",),
    "command": ("command",),
    "leadership": ("leadership", LED_BY),
    "office": ("office",),
})  # fmt: skip
"""Type of a tie that ended → the links between the same two that end with it."""


class End(NamedTuple):
    """That a tie had ended by a day, as a report tells, and which links end with it."""

    day: date
    ref: Ref
    links: tuple[str, ...]


def ends_of(act: Act) -> Iterator[tuple[tuple[str, str], End]]:
    """The two between whom an act has links end, either way round, and the end."""
    kind = act.doing.type.removeprefix("tie:")
    day = _ended_on(act)
    if not act.doing.type.startswith("tie:") or kind not in _ENDS or day is None:
        return
    for a in act.actors:
        for b in act.recipients:
            if a.actor and b.actor:
                end = End(day, act.ref, _ENDS[kind])
                yield (a.actor, b.actor), end
                if a.actor != b.actor:
                    yield (b.actor, a.actor), end


def _ended_on(act: Act) -> date | None:
    """The day by which a report has a tie ended; None where it does not, or only somebody says so."""
    if not act.ended or act.via is not None or act.realis not in ("actual", "historical"):
        return None
    if act.when is not None and act.when.end is not None:
        return act.when.end
    return act.published.end if act.published else None


def cut(ties: Iterable[Tied], ends: Mapping[tuple[str, str], Iterable[End]]) -> Iterator[Tied]:
    """Every link cut at the day on which another report has it end. A report from after that day which still
    tells of the tie counts from its own day on."""
    for tied in ties:
        listed = ends.get((tied.lower, tied.link.upper), ())
        link = _cut_link(tied.link, tied.told, listed) if listed else tied.link
        if link is not None:
            yield tied._replace(link=link)


def _cut_link(link: Link, told: date | None, ends: Iterable[End]) -> Link | None:
    first, last = link.during.start, link.during.end
    for end in sorted(ends):
        if end.ref == link.ref or link.label not in end.links or (first is not None and end.day < first):
            continue
        if told is not None and told > end.day:
            first = max(first, told) if first else told
        elif last is None or last > end.day:
            last = end.day
    if first is not None and last is not None and first > last:
        return None
    return link._replace(during=Interval(first, last))
