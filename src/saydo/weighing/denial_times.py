"""Whether a report speaks of the time of which a denial, or words about a tie, speak."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from saydo.codebook.opposition import words
from saydo.model.dates import Interval
from saydo.weighing.acts import Act, Claim, Said, Unfolded
from saydo.weighing.timeline import Standing
from saydo.weighing.times import shift, widen
from saydo.weighing.world import World

STILL_MEANT = 180
"""Days after a denial within which an undated report of a lasting practice is set against it."""


class Charge(NamedTuple):
    """A claim of a statement, with whom it is about and when it was made."""

    report: Unfolded
    said: Said
    claim: Claim
    agents: tuple[str, ...]
    standings: dict[str, Standing]
    at: Interval

    @property
    def act(self) -> Act:
        return self.claim.act


def one_of_its_kind(world: World, charge: Charge, act: Act) -> bool:
    """Whether what was denied can hardly have happened twice: the killing of one named person."""
    if charge.act.doing.type != "ASSAULT":
        return False
    mine = {p.actor for p in charge.act.recipients if p.actor and p.type == "person"}
    return bool(mine & {p.actor for p in act.recipients if p.actor})


def event_timing(world: World, charge: Charge, act: Act, sure: bool = False) -> float:
    """How well the time of a reported event suits what was denied: 0 where it does not. ``sure``: it is the
    very event, whenever it is told."""
    around = act.around(int(world.number("account", "undated-days")))
    if charge.act.when is not None:
        if around is None:
            return 0.0
        if act.when is None:
            return 0.85 if widen(charge.act.when, 2).overlaps(around) else 0.0
        return 1.0 if widen(charge.act.when, 1).overlaps(act.when) else 0.0
    if around is None:
        return 0.7
    back = looks_back(world, charge.at, act)
    episodic = any(charge.act.doing.matches(p) for p in words(world.codebook.rules["denial"], "episodic"))
    if charge.at.end is not None and around.start is not None and around.start > charge.at.end:
        # reported later without a date: a lasting practice may well be meant; a single incident is another,
        # unless somebody looks back on it
        if act.when is not None:
            return 0.0
        if sure:
            return 0.85
        if back:
            return 0.75
        if episodic and act.via is not None:
            days = int(world.number("denial", "episodic-days"))
            return 0.75 if (around.start - charge.at.end).days <= days else 0.0
        return 0.8 if not episodic and _soon(charge.at.end, around.start) else 0.0
    if not episodic or world.scope.speaks_of_always(charge.report.text, charge.said):
        return 0.95 if not _long_over(charge, around) else 0.0
    if sure:
        return 0.95
    days = int(world.number("denial", "episodic-days"))
    window = Interval(shift(charge.at.start or charge.at.end or date.min, -days), charge.at.end)
    return 0.95 if window.overlaps(around) else 0.0


def told_until(world: World, at: Interval) -> date:
    """Until when a report may tell of what was denied."""
    years = int(world.number("denial", "looking-back-years"))
    return shift(at.end, years * 366) if at.end is not None else date.max


def looks_back(world: World, at: Interval, act: Act) -> bool:
    """Whether what is told without a date is told by those who look into what was done before: an inquiry, a
    court, papers, or somebody who owns up to it."""
    around = act.around()
    if act.when is not None or around is None or around.start is None or around.start > told_until(world, at):
        return False
    report = world.report(act.ref)
    (a, b), (first, last) = act.sentence, act.evidence
    beside = f"{report.text[a:first]} {report.text[last:b]} {act.speaker_name}".lower()
    return world.scope.looks_into(report.text[a:b].lower(), beside)


_PAST = re.compile(r"\b(?:has|have|had|was|were|did|been|never|ever|[a-z]+ed)\b|['’]d\b|['’]ve\b")
_LONG_OVER = 730
"""Days before words about the present beyond which nothing that ended gainsays them."""


def _long_over(charge: Charge, around: Interval) -> bool:
    """Whether words about the present ("receives no money from them") are set against what ended long ago."""
    a, b = charge.act.evidence
    start, end = charge.at.start, around.end
    if start is None or end is None or _PAST.search(charge.report.text[a:b].lower()):
        return False
    return (start - end).days > _LONG_OVER


def _soon(said: date, reported_on: date) -> bool:
    return (reported_on - said).days <= STILL_MEANT


def tie_timing(world: World, charge: Charge, act: Act) -> float:
    """How well the time of a reported tie falls into what the statement covers: 0 where it does not."""
    days = int(world.number("tie", "currency-days"))
    covers = _covered(world, charge, days)
    if act.doing.type.startswith("tie:"):
        holds = _holding(act, days)
    else:
        holds = act.around()
    if holds is None or _before_the_end(charge, act):
        return 0.0
    if not covers.overlaps(holds):
        return 0.0
    if charge.at.start and holds.end and holds.end < charge.at.start:
        return 0.85
    return 1.0 if act.when is not None else 0.93


def tie_until(world: World, charge: Charge) -> date:
    """Until when a tie may have begun of which the statement speaks."""
    return _covered(world, charge, int(world.number("tie", "currency-days"))).end or date.max


def _before_the_end(charge: Charge, act: Act) -> bool:
    """Whether a tie that is said to be over was told of before it was over."""
    around = act.around()
    if not charge.act.ended or around is None or around.end is None:
        return False
    ended = charge.act.when.start if charge.act.when is not None else charge.at.start
    return ended is not None and around.end < ended


def _covered(world: World, charge: Charge, days: int) -> Interval:
    """The days of which a statement about a tie speaks."""
    start, end = charge.at.start, charge.at.end
    later = shift(end, days) if end else None
    when = charge.act.when
    if charge.act.ended:
        # it is over since it was said to be, or at the latest since it was said
        return Interval(when.end if when and when.end else end, later)
    if not charge.claim.holds and world.scope.speaks_of_always(charge.report.text, charge.said):
        return Interval(None, later)
    if when is not None and (when.start or when.end):
        return Interval(when.start or start, when.end or later)
    return Interval(start, later)


def _holding(act: Act, days: int) -> Interval | None:
    """The days for which a report says that a tie holds (or, where it is denied, that it does not)."""
    published = act.published.end if act.published else None
    if act.ended:
        over = (act.when.end if act.when else None) or (shift(published, -1) if published else None)
        return Interval(over, shift(published, days)) if over and published else None
    if act.when is not None and not act.lasting and act.when.start and act.when.end is None:
        # "supported them from 2006": the report does not say that it still does
        return Interval(act.when.start, shift(act.when.start, days))
    if act.when is not None:
        return Interval(act.when.start, act.when.end or (shift(published, days) if published else None))
    if published is None:
        return None
    if act.realis == "historical":
        return None
    return Interval(shift(published, -1), shift(published, days))
