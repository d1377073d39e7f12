"""Links that another report ends: who left in May answers to nobody there in June, whoever still says so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from saydo.model.citations import Ref
from saydo.model.dates import Interval
from saydo.weighing.acts import Act
from saydo.weighing.timeline import LED_BY, Link, Timeline

_ENDS = MappingProxyType({
    "affiliation": frozenset(["affiliation", "leadership", LED_BY, "office", "command"]),
    "allegiance": frozenset(["command"]),
    "command": frozenset(["command"]),
    "leadership": frozenset(["leadership", LED_BY]),
    "office": frozenset(["office"]),
})  # fmt: skip
"""Type of a tie that ended → the links between the same two that end with it."""
_DOWNWARD = frozenset(["command"])
"""Types that lead from the upper one to the lower."""


class _End(NamedTuple):
    day: date
    ref: Ref
    links: frozenset[str]


def without_ended(line: Timeline, ties: Iterable[Act]) -> Timeline:
    """The time line with every link cut at the day on which another report has it end. A report from after
    that day which still tells of the tie counts from its own day on."""
    ends: dict[tuple[str, str], list[_End]] = {}
    acts: dict[Ref, Act] = {}
    for act in ties:
        kind = act.doing.type.removeprefix("tie:")
        if not act.doing.type.startswith("tie:"):
            continue
        acts[act.ref] = act
        day = _ended_on(act)
        if kind not in _ENDS or day is None:
            continue
        for a in act.actors:
            for b in act.recipients:
                if a.actor and b.actor:
                    lower, upper = (b.actor, a.actor) if kind in _DOWNWARD else (a.actor, b.actor)
                    for pair in ((lower, upper), (upper, lower)):
                        ends.setdefault(pair, []).append(_End(day, act.ref, _ENDS[kind]))
    if not ends:
        return line
    return Timeline(_cut(line.up, ends, acts), _cut(line.voice, ends, acts))


def _ended_on(act: Act) -> date | None:
    """The day by which a report has a tie ended; None where it does not, or only somebody says so."""
    if not act.ended or act.via is not None or act.realis not in ("actual", "historical"):
        return None
    if act.when is not None and act.when.end is not None:
        return act.when.end
    return act.published.end if act.published else None


def _cut(
    links: Mapping[str, tuple[Link, ...]],
    ends: Mapping[tuple[str, str], list[_End]],
    acts: Mapping[Ref, Act],
) -> Mapping[str, tuple[Link, ...]]:
    made: dict[str, tuple[Link, ...]] = {}
    for lower, listed in links.items():
        kept = [_cut_link(link, ends.get((lower, link.upper), []), acts) for link in listed]
        made[lower] = tuple(link for link in kept if link is not None)
    return MappingProxyType(made)


def _cut_link(link: Link, ends: list[_End], acts: Mapping[Ref, Act]) -> Link | None:
    act = acts.get(link.ref) if link.ref else None
    if act is None:
        return link
    first, last = link.during.start, link.during.end
    begun = act.when.start if act.when else None
    told = begun or (act.published.end if act.published else None)
    for end in sorted(ends):
        if end.ref == link.ref or link.label not in end.links or (first is not None and end.day < first):
            continue
        if told is not None and told > end.day:
            first = max(first, told) if first else told
        elif last is None or last > end.day:
            last = end.day
    if first is not None and last is not None and first > last:
        return None
    if (first, last) == (link.during.start, link.during.end):
        return link
    return link._replace(during=Interval(first, last))
