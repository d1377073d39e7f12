"""Commitments: pledges, promises and declared truces, held against what was done afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from saydo.model.citations import cite, plain, quoted
from saydo.model.dates import Interval
from saydo.weighing.acts import Act, Claim, Said, Unfolded
from saydo.weighing.finding import (
    Found,
    Place,
    certainty,
    chain,
    deed,
    reported,
    when_done,
    when_said,
    who_did,
)
from saydo.weighing.scope import Fit, Period, fits
from saydo.weighing.timeline import Standing
from saydo.weighing.times import gap, shift
from saydo.weighing.world import Conduct, World

_ATTRIBUTED = 0.9
"""Conduct that only somebody reports, beside conduct that a report states itself."""


class Bond(NamedTuple):
    """What somebody bound itself to: the claim of a statement, or a truce that was declared."""

    report: Unfolded
    said: Said
    claim: Claim
    bound: dict[str, Standing]
    """Those whose conduct keeps or breaks it → how they come to be bound."""
    at: Interval
    period: Period
    base: float
    statement: Place


@dataclass(slots=True)
class Commitments:
    """What became of the pledges of a case."""

    broken: list[Found] = field(default_factory=list)
    kept: list[Found] = field(default_factory=list)
    pledges: list[tuple[Unfolded, Said]] = field(default_factory=list)
    """Pledges of known speakers, whatever became of them."""


def commitments(world: World) -> Commitments:
    """Holds every pledge of a known speaker against the conduct reported after it."""
    found = Commitments()
    for report, said in world.said():
        if said.kind == "pledge" and said.who is not None:
            found.pledges.append((report, said))
        for bond in _bonds(world, report, said):
            _weigh(world, bond, found)
    for report in world.reports:
        for act in report.acts:
            truce = _declared(world, report, act)
            if truce is not None:
                _weigh(world, truce, found)
    return found


def _bonds(world: World, report: Unfolded, said: Said) -> Iterator[Bond]:
    at = said.around()
    if at is None or at.end is None or said.kind not in ("pledge", "assertion", "denial"):
        return
    standings = world.standing(said)
    if not standings:
        return
    if world.scope.conditional(report.text, said):
        return
    for claim in said.claims:
        if said.kind == "pledge":
            if claim.act.realis == "historical":
                continue
        elif not claim.future:
            continue
        bound = _bound(world, claim.act, standings, at)
        if not bound:
            continue
        period = _period(world, report, said, claim.act, at)
        base = 0.95 if said.kind == "pledge" else 0.8
        yield Bond(report, said, claim, bound, at, period, base, Place(said.ref, said.sentences))


def _bound(world: World, act: Act, standings: dict[str, Standing], at: Interval) -> dict[str, Standing]:
    """Whose conduct the words bind: the named doer where it is the speaker's own side, else the speaker
    and those for whom it speaks. Words about what somebody else will do bind nobody."""
    named = [p for p in act.actors if p.actor]
    if not named:
        if any(p.named for p in act.actors):
            return {}
        return standings
    bound: dict[str, Standing] = {}
    for party in named:
        assert party.actor is not None
        if party.actor in standings:
            bound[party.actor] = standings[party.actor]
            continue
        for standing in world.timeline.principals(party, at):
            if standing.principal in standings:
                bound[party.actor] = Standing(party.actor, standing.directness, ())
                break
    return bound


def _period(world: World, report: Unfolded, said: Said, act: Act, at: Interval) -> Period:
    period = world.scope.period(report.record, report.text, said, at)
    when = act.when
    if when is not None and when.start and at.end and when.start > at.end:
        if period.runs is None and period.deadline is None:
            return Period(when, when.end, period.unknown)
    return period


def _declared(world: World, report: Unfolded, act: Act) -> Bond | None:
    """A truce that was declared or agreed binds those who did so, though nobody is quoted."""
    if not act.positive or act.realis != "actual" or not world.oppositions.binds(act.doing):
        return None
    at = act.around()
    if at is None or at.end is None:
        return None
    said = Said(
        ref=act.ref, kind="pledge", who=next((p for p in act.actors if p.actor), None),
        speaker_name=next((p.name for p in act.actors if p.actor), act.speaker_name),
        when=act.when, published=act.published, claims=(), content=(act.evidence,), sentences=act.sentence,
        words=frozenset(), actors=frozenset(), score=act.score,
    )  # fmt: skip
    if said.who is None or said.who.actor is None or world.scope.conditional(report.text, said):
        return None
    bound = {p.actor: Standing(p.actor, 1.0, ()) for p in act.actors if p.actor}
    last = Interval(at.start, shift(at.end, int(world.number("commitment", "ceasefire-days"))))
    period = world.scope.period(report.record, report.text, said, at)
    if period.runs is None:
        period = Period(last, None, period.unknown)
    claim = Claim(act, holds=True, future=True)
    return Bond(report, said, claim, bound, at, period, 0.75, Place(act.via or act.ref, act.sentence))


def _weigh(world: World, bond: Bond, found: Commitments) -> None:
    act, holds = bond.claim.act, bond.claim.holds
    covered = world.oppositions.types_covered(act.doing)
    if holds:
        for conduct in _later(world, bond, world.oppositions.types_against(act.doing)):
            if conduct.act.positive and _against(world, act, conduct.act):
                _add(world, bond, conduct, "opposite", found.broken)
        for conduct in _later(world, bond, covered):
            if not world.oppositions.same(act.doing, conduct.act.doing):
                continue
            if conduct.act.positive and bond.said.ref != conduct.act.ref:
                _keep(world, bond, conduct, found)
            elif not conduct.act.positive and _overdue(world, bond, conduct):
                _add(world, bond, conduct, "overdue", found.broken)
        return
    for conduct in _later(world, bond, covered):
        if not world.oppositions.same(act.doing, conduct.act.doing):
            continue
        if conduct.act.positive:
            _add(world, bond, conduct, "foresworn", found.broken)
        elif _says_kept(world, conduct.act):
            _add(world, bond, conduct, "kept", found.kept)


def _against(world: World, act: Act, conduct: Act) -> bool:
    return world.oppositions.opposite(act.doing, conduct.doing) or world.oppositions.breaks(
        act.doing, conduct.doing
    )


def _later(world: World, bond: Bond, types: tuple[str, ...]) -> Iterator[Conduct]:
    """Conduct of those bound, of these types, that came after the words and while they ran."""
    assert bond.at.end is not None
    horizon = shift(bond.at.end, int(world.number("commitment", "horizon-days")))
    seen: set[tuple[str, str]] = set()
    for actor in sorted(bond.bound):
        for type_ in types:
            for conduct in world.of(actor, type_, bond.at.start or date.min, horizon):
                if conduct.act.ref in seen or _same_words(bond, conduct.act):
                    continue
                if _after(bond, conduct.act) or _told_as_kept(world, bond, conduct.act):
                    seen.add(conduct.act.ref)
                    yield conduct


def _same_words(bond: Bond, act: Act) -> bool:
    """Whether an act is part of the very statement."""
    return act.ref == bond.said.ref or (act.via is not None and act.via == bond.said.ref)


def _after(bond: Bond, act: Act) -> bool:
    """Whether an act came after the words for certain, or was first reported after them."""
    end = bond.at.end
    assert end is not None
    if act.when is not None:
        return act.when.start is not None and act.when.start > end
    if act.realis == "historical" or act.published is None or act.published.end is None:
        return False
    return act.published.end > end


def _told_as_kept(world: World, bond: Bond, act: Act) -> bool:
    """Whether the same report tells an act further on as the keeping of a promise."""
    same = act.ref[0] == bond.said.ref[0] and act.sentence[0] >= bond.said.sentences[1]
    return same and _says_kept(world, act)


def _says_kept(world: World, act: Act) -> bool:
    return world.scope.kept_word(world.report(act.ref).quote(act.sentence))


def _runs(bond: Bond, act: Act) -> bool:
    """Whether the commitment still ran, or already ran, when the act was done."""
    if bond.period.unknown:
        return False
    around = act.around()
    if bond.period.runs is None or around is None:
        return True
    return bond.period.runs.overlaps(around)


def _overdue(world: World, bond: Bond, conduct: Conduct) -> bool:
    """Whether the report that something promised was not done comes after it was due."""
    around = conduct.act.around()
    if around is None or around.end is None or bond.at.end is None:
        return False
    due = bond.period.deadline
    if due is None:
        due = shift(bond.at.end, int(world.number("commitment", "overdue-days")))
    reported_on = conduct.act.published.end if conduct.act.published else around.end
    return reported_on is not None and reported_on > due and around.end >= due


def _keep(world: World, bond: Bond, conduct: Conduct, found: Commitments) -> None:
    due = bond.period.deadline
    around = conduct.act.around()
    if due is not None and around is not None and around.start is not None and around.start > due:
        return
    _add(world, bond, conduct, "kept", found.kept)


def _add(world: World, bond: Bond, conduct: Conduct, rule: str, into: list[Found]) -> None:
    act = conduct.act
    if rule in ("foresworn", "opposite") and (not _runs(bond, act) or _says_kept(world, act)):
        return
    fit = _fit(world, bond, conduct, rule)
    if fit is None:
        return
    standing = bond.bound[conduct.standing.principal]
    days = gap(bond.at, act.around() or bond.at)
    score = (
        bond.base
        * fit.strength
        * conduct.standing.directness
        * standing.directness
        * (1.0 if days <= 120 else 0.93 if days <= 400 else 0.85)
        * (1.0 if act.when is not None else 0.93)
        * (_ATTRIBUTED if act.via else 1.0)
        * certainty(bond.said.score, bond.claim.act.score, act.score)
    )
    if score < world.number("commitment", "floor"):
        return
    into.append(
        Found(
            kind="commitment",
            rule=f"commitment.{rule}",
            speaker=bond.said.who.raw if bond.said.who else None,
            speaker_name=bond.said.speaker_name,
            statement=bond.statement,
            against=Place(act.ref, act.sentence),
            opening=_opening(world, bond, standing),
            against_words=_second_half(world, conduct, rule),
            score=round(min(1.0, score), 3),
        )
    )


def _fit(world: World, bond: Bond, conduct: Conduct, rule: str) -> Fit | None:
    scope = bond.claim.act
    if world.oppositions.binds(scope.doing) and rule == "opposite":
        # a truce is with the other side: what is done to others does not break it
        if scope.recipients and conduct.act.recipients:
            return fits(scope, conduct.act, world.coverage)
        if scope.site is not None and conduct.act.site is not None:
            return Fit(0.85, "place") if scope.site.agrees(conduct.act.site) else None
        return Fit(0.75, "any")
    fit = fits(scope, conduct.act, world.coverage)
    if fit is None and _told_as_kept(world, bond, conduct.act) and rule == "kept":
        return Fit(0.7, "the report's own words")
    return fit


def _opening(world: World, bond: Bond, standing: Standing) -> str:
    act = bond.claim.act
    refs = (
        [bond.said.ref, act.ref] if bond.said.ref != act.ref else [*([act.via] if act.via else []), act.ref]
    )
    who = plain(bond.said.speaker_name) + chain(standing, world.names)
    if bond.said.ref == act.ref:
        words = f"declared a truce ({act.doing.type}) {when_said(bond.said)}".replace("(", "[").replace(
            ")", "]"
        )
        return f"{who} {words}{cite(refs)}"
    verb = "pledged" if bond.said.kind == "pledge" else "announced"
    aim = "to do" if bond.claim.holds else "not to do"
    return f"{who} {verb} {when_said(bond.said)} {aim} {deed(act)}{cite(refs)}"


def _second_half(world: World, conduct: Conduct, rule: str) -> str:
    act = conduct.act
    who = who_did(act, conduct.standing, world.names)
    what = {
        "foresworn": "did so",
        "opposite": f"did the opposite, {deed(act)},",
        "overdue": "is reported not to have done it",
        "kept": "did as promised",
    }[rule]
    refs = [*([act.via] if act.via else []), act.ref]
    words = quoted(world.report(act.ref).quote(act.sentence))
    return f"{who} {what} {when_done(act)}{reported(act)}: {words}{cite(refs)}"
