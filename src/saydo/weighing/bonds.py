"""Bonds: what somebody bound itself to, by a pledge, an announced intention, a truce or an agreement."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from saydo.codebook.opposition import words
from saydo.model.citations import Ref
from saydo.model.dates import Interval
from saydo.weighing.acts import Act, Claim, Said, Unfolded, as_said
from saydo.weighing.finding import Place
from saydo.weighing.parties import FORCE_KINDS, STATE_KINDS
from saydo.weighing.scope import Period
from saydo.weighing.timeline import Standing
from saydo.weighing.times import shift
from saydo.weighing.world import World

_PERFORMED = frozenset({"tie:allegiance", "AGREE"})
"""What is done in saying so: a pledge of allegiance needs no keeping to be so."""


class Held(NamedTuple):
    """That a bond holds an actor: how the speaker speaks for it, or for the one it stands under."""

    speaker: Standing
    under: Standing | None = None
    """For one under somebody's command who is named in the words: how it stands under the one bound."""

    @property
    def directness(self) -> float:
        """How directly the actor is bound, 1 where it speaks for itself."""
        return self.speaker.directness * (self.under.directness if self.under else 1.0)


class Bond(NamedTuple):
    """What somebody bound itself to: the claim of a statement, or a truce that was declared."""

    report: Unfolded
    said: Said
    claim: Claim
    bound: dict[str, Held]
    """Those whose conduct keeps or breaks it → how they come to be bound."""
    at: Interval
    period: Period
    base: float
    statement: Place
    grounds: tuple[Ref, ...] = ()
    """What else of the report it rests on."""


def bonds(world: World) -> Iterator[Bond]:
    """Every bond of a case: of statements first, report by report, then those that reports tell of."""
    for report, said in world.said():
        yield from _stated(world, report, said)
    for report in world.reports:
        yield from struck(world, report)


def struck(world: World, report: Unfolded) -> Iterator[Bond]:
    """What a report itself tells of those who bound themselves: truces, agreements, what pacts lay down."""
    for act in report.acts:
        truce = _declared(world, report, act)
        if truce is not None:
            yield truce
    yield from _agreed(world, report)
    yield from laid_down(world, report)


def _stated(world: World, report: Unfolded, said: Said) -> Iterator[Bond]:
    at = said.around()
    if at is None or at.end is None or said.kind not in ("pledge", "assertion", "denial", "prediction"):
        return
    standings = world.standing(said)
    if not standings:
        return
    if world.scope.conditional(report.text, said):
        return
    hostile = words(world.codebook.rules["commitment"], "hostile")
    for claim in said.claims:
        if claim.act.doing.type in _PERFORMED:
            continue
        if claim.holds and any(claim.act.doing.matches(p) for p in hostile):
            continue  # a threat, whatever it is called
        if said.kind == "pledge":
            if claim.act.realis == "historical":
                continue
        elif not claim.future or (said.kind == "prediction" and (claim.holds or claim.act.actors)):
            continue  # "there will be no executions" binds, "prices will rise" does not
        bound = _bound(world, claim.act, standings, at) or _for_its_state(said, claim.act)
        if not bound:
            continue
        period = _period(world, report, said, claim.act, at)
        base = 0.95 if said.kind == "pledge" else 0.8
        yield Bond(report, said, claim, bound, at, period, base, Place(said.ref, said.sentences))


def _bound(world: World, act: Act, standings: dict[str, Standing], at: Interval) -> dict[str, Held]:
    """Whose conduct the words bind: the named doer where it is the speaker's own side, else the speaker
    and those for whom it speaks. Words about what somebody else will do bind nobody."""
    named = [p for p in act.actors if p.actor]
    if not named:
        if any(p.named for p in act.actors):
            return {}
        return {actor: Held(s) for actor, s in standings.items()}
    bound: dict[str, Held] = {}
    for party in named:
        assert party.actor is not None
        mine = standings.get(party.actor)
        if mine is not None and not mine.steps:
            # "we will not …" binds all for whom the speaker speaks
            return {actor: Held(s) for actor, s in standings.items()}
        if mine is not None:
            bound[party.actor] = Held(mine)
            continue
        for standing in world.timeline.principals(party, at, act.ref[0]):
            if standing.principal in standings:
                bound[party.actor] = Held(standings[standing.principal], standing)
                break
    return bound


def _for_its_state(said: Said, act: Act) -> dict[str, Held]:
    """Where an official of whom no report says whose he is speaks of what a state or its forces will do, he
    speaks for it: "Foreign Minister Zlenko said that *Ukraine* will …"."""
    who = said.who
    if said.kind != "pledge" or who is None or who.kind != "person" or who.sector != "GOV":
        return {}
    named = [p for p in act.actors if p.actor]
    own = all(
        p.kind in STATE_KINDS | FORCE_KINDS and who.country in (None, p.country, p.actor) for p in named
    )
    return {p.actor: Held(Standing(p.actor, 0.8, ())) for p in named if p.actor} if named and own else {}


def _period(world: World, report: Unfolded, said: Said, act: Act, at: Interval) -> Period:
    period = world.scope.period(report.record, report.text, said, at)
    when = act.when
    if when is None or period.runs is not None or period.deadline is not None or at.end is None:
        return period
    if when.start is not None and when.start > at.end:
        return Period(when, when.end, period.unknown)
    if when.start is None and when.end is not None and when.end > at.end:
        return Period(Interval(at.start, when.end), when.end, period.unknown)  # "until 20 March"
    return period


def _declared(world: World, report: Unfolded, act: Act) -> Bond | None:
    """A truce that was declared or agreed binds those who did so, though nobody is quoted."""
    if not act.positive or act.realis != "actual" or not world.oppositions.binds(act.doing):
        return None
    return _bound_by(world, report, act, Claim(act, holds=True, future=True))


def _agreed(world: World, report: Unfolded) -> Iterator[Bond]:
    """ "They agreed to stop all attacks": an agreement, and in its sentence what was agreed."""
    for act in report.acts:
        if (
            act.doing.type != "AGREE"
            or act.via
            or not act.positive
            or act.realis not in ("actual", "historical")
        ):
            continue
        doers = {p.actor for p in act.actors if p.actor}
        for other in report.acts:
            if other.realis != "future" or other.via or other.sentence != act.sentence:
                continue
            if other.trigger[0] < act.trigger[1] or not doers & {p.actor for p in other.actors if p.actor}:
                continue
            bond = _bound_by(world, report, act, Claim(other, other.positive, future=True))
            if bond is not None:
                yield bond


def laid_down(world: World, report: Unfolded) -> Iterator[Bond]:
    """ "Under the accord signed in May, the front is to keep out of the town": what a pact lays down for
    somebody, told in the report's own voice."""
    pact = world.scope.pacts
    for act in report.acts:
        if act.via is not None or act.realis != "future" or not any(p.actor for p in act.actors):
            continue
        start, end = act.sentence
        if pact.search(report.text[start:end].lower()) is None:
            continue
        bond = _bound_by(world, report, act, Claim(act, act.positive, future=True))
        if bond is not None:
            # the day of the deed to come is no day of the pact
            yield bond._replace(at=bond.said.published or bond.at) if act.when is not None else bond


def _bound_by(world: World, report: Unfolded, act: Act, claim: Claim) -> Bond | None:
    """The bond that an act of the report's own telling makes: a declared truce, an agreement."""
    at = act.around()
    if at is None or at.end is None:
        return None
    who = next((p for p in (*act.actors, *act.recipients) if p.actor), None)
    said = as_said(act, "pledge", who, act.speaker_name)
    if who is None or world.scope.conditional(report.text, said):
        return None
    pacts = _pacts(report, act)
    sides = (*act.actors, *act.recipients) if pacts else act.actors
    bound = {p.actor: Held(Standing(p.actor, 1.0, ())) for p in sides if p.actor}
    period = world.scope.period(report.record, report.text, said, at)
    if period.runs is None and world.oppositions.binds(claim.act.doing):
        days = int(world.number("commitment", "ceasefire-days"))
        period = Period(Interval(at.start, shift(at.end, days)), period.deadline, period.unknown)
    place = Place(act.via or act.ref, act.sentence)
    return Bond(report, said, claim, bound, at, period, 0.75, place, pacts)


def _pacts(report: Unfolded, act: Act) -> tuple[Ref, ...]:
    """The agreements by which an act binds both sides: itself, or one made in the sentence of a truce."""
    if act.doing.type == "AGREE":
        return (act.ref,)
    return tuple(
        other.ref
        for other in report.acts
        if (other.doing.type == "AGREE" or _signed(report, other))
        and other.positive
        and other.sentence == act.sentence
    )


def _signed(report: Unfolded, act: Act) -> bool:
    """Whether an act is the signing of something, which PLOVER counts as support."""
    word = report.text[act.trigger[0] : act.trigger[1]].lower()
    return act.doing.type == "SUPPORT" and word.startswith(("sign", "initial", "conclud"))
