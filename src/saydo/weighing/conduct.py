"""What reports tell of somebody's conduct: acts, each under everyone for whom it counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from saydo.codebook.opposition import Oppositions
from saydo.model.dates import Interval
from saydo.weighing.acts import Act, Unfolded
from saydo.weighing.hearsay import hearsay
from saydo.weighing.timeline import Standing, Timeline

_ALWAYS = Interval(None, None)


class Conduct(NamedTuple):
    """An act as the conduct of one of those it counts for."""

    start: date
    """First day on which it may have happened; ``date.min`` where nothing is known."""
    act: Act
    standing: Standing


def personal(conduct: Conduct) -> bool:
    """Whether a deed known by its words alone is only that of a person with an office or a post in the one
    whose conduct it would be: what a minister does is not all done by the state."""
    return (
        conduct.act.worded
        and bool(conduct.standing.steps)
        and any(p.kind == "person" for p in conduct.act.actors)
    )


def reported_acts(report: Unfolded) -> Iterator[Act]:
    """The acts that somebody says were done: not those of which a statement is the denial, and no hearsay."""
    denied = {s.ref for s in report.said if s.kind == "denial"}
    for act in report.acts:
        if act.positive and (act.via in denied or hearsay(report, act)):
            continue
        yield act


def in_order(rows: Iterable[Conduct]) -> tuple[Conduct, ...]:
    """Conduct under one key as rules meet it."""
    return tuple(sorted(rows, key=lambda c: (c.start, c.act.ref, -c.standing.directness)))


def conducted(
    report: Unfolded, oppositions: Oppositions, line: Timeline
) -> Iterator[tuple[tuple[str, str], Conduct]]:
    """(principal, type) → what is reported there, for everyone whose conduct it counts as."""
    for act in reported_acts(report):
        if act.realis not in ("actual", "historical"):
            continue
        around = act.around()
        start = (around.start if around else None) or date.min
        for view in _views(act, oppositions):
            listed: set[str] = set()
            for party in view.actors:
                for standing in line.principals(party, act.in_time() or _ALWAYS, act.ref[0]):
                    if standing.principal not in listed:
                        listed.add(standing.principal)
                        yield (standing.principal, act.doing.type), Conduct(start, view, standing)


def _views(act: Act, oppositions: Oppositions) -> Iterator[Act]:
    """The act, and for one without direction also seen from its other end."""
    yield act
    if oppositions.symmetric(act.doing) and any(p.actor for p in act.recipients):
        yield replace(act, actors=act.recipients, recipients=act.actors)
