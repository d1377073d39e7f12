"""Denials and ties: what a speaker says is not so, has ended, or holds, against reports that differ."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from saydo.codebook.opposition import words
from saydo.model.citations import cite, plain, quoted
from saydo.model.dates import Interval
from saydo.model.records import DiscrepancyKind
from saydo.model.spans import overlap
from saydo.weighing.acts import Act, Claim, Said, Unfolded, as_said, content_words
from saydo.weighing.conduct import Conduct, personal
from saydo.weighing.denial_times import (
    STILL_MEANT,
    Charge,
    event_timing,
    one_of_its_kind,
    tie_timing,
    tie_until,
    told_until,
)
from saydo.weighing.doings import WORDED
from saydo.weighing.finding import (
    Found,
    Place,
    certainty,
    chain,
    reported,
    when_done,
    when_said,
    who_did,
)
from saydo.weighing.parties import Party, speakers_own, unnamed
from saydo.weighing.stances import SUPPORT
from saydo.weighing.timeline import Standing
from saydo.weighing.times import shift
from saydo.weighing.worded import Fit
from saydo.weighing.wording import none_of, noun
from saydo.weighing.world import World

_TALK = frozenset({"pledge", "demand", "proposal", "prediction", "threat"})
"""Statement kinds that say nothing of how things are."""
_ATTRIBUTED = 0.92
_VERSION = re.compile(
    r"[^,.;]{0,60}?\b(?:version|account|description|portrayal|explanation|figures?|toll|count)s?\b"
)
"""How the words begin that only somebody's telling of a thing is rejected with."""
_HELP = frozenset("aid help support assistance backing relief anything something kind sort".split())
"""What may be anything that is given."""


def denials(world: World) -> list[Found]:
    """Denied events and ties that another voice reports, and asserted ties that another voice denies."""
    found: list[Found] = []
    for charge in (*_charges(world), *_broken_off(world)):
        if charge.claim.holds:
            if charge.act.doing.type.startswith("tie:"):
                found += _disowned(world, charge)
            else:
                found += _not_done(world, charge)
        else:
            found += _reported_after_all(world, charge)
    return found


def _charges(world: World) -> Iterator[Charge]:
    verbal = words(world.codebook.rules["denial"], "not-denied")
    weighed = words(world.codebook.rules["tie"], "weighed")
    for report, said in world.said():
        at = said.around()
        if said.who is None or at is None or said.kind in _TALK:
            continue
        standings = world.standing(said)
        for claim in said.claims:
            doing = claim.act.doing
            if claim.future or any(doing.matches(p) for p in verbal):
                continue
            if doing.type == SUPPORT or (claim.holds and doing.type.startswith(WORDED)):
                continue
            if doing.type.startswith("tie:") and doing.type not in weighed:
                continue
            agents = _agents(claim.act, said, report.text[said.content[0][0] : said.content[0][1]])
            if said.speaker in agents:
                own = world.standing(said, official=False)
                agents = tuple(dict.fromkeys((*agents, *own)))  # "we have never …"
            if agents:
                yield Charge(report, said, claim, agents, standings, at)


def _broken_off(world: World) -> Iterator[Charge]:
    """What a report itself tells of somebody who has broken off a tie: the break is its word on it."""
    weighed = words(world.codebook.rules["tie"], "weighed")
    for report in world.reports:
        for act in report.acts:
            if not act.ended or act.via is not None or act.doing.type not in weighed:
                continue
            who = next((p for p in act.actors if p.actor and not unnamed(p.actor)), None)
            at = act.around()
            if who is None or who.actor is None or at is None or act.realis not in ("actual", "historical"):
                continue
            if who.kind == "person":
                continue  # who leaves a post or falls out with somebody has given no word
            said = replace(as_said(act, "assertion", who, who.name), score=act.score * 0.9)
            claim = Claim(act, holds=False, future=False)
            if act.published is not None and act.published.end is not None:
                # "the front cut its ties in 2001": they are cut as it is told
                at = Interval(at.start, act.published.end)
            yield Charge(report, said, claim, (who.actor,), {who.actor: Standing(who.actor, 1.0, ())}, at)


def _agents(act: Act, said: Said, content: str) -> tuple[str, ...]:
    named = tuple(dict.fromkeys(p.actor for p in act.actors if p.actor))
    if named:
        return named
    # "denied any part in the attack": who denies without naming the doer speaks of itself
    if said.kind == "denial" and not act.actors and _VERSION.match(content):
        return ()  # another's "version of Monday's shooting" is rejected, not the shooting
    if said.speaker and (
        all(speakers_own(p, said.quoted) for p in act.actors) if act.actors else said.kind == "denial"
    ):
        return (said.speaker,)
    return ()


def _reported_after_all(world: World, charge: Charge) -> Iterator[Found]:
    tie = charge.act.doing.type.startswith("tie:")
    types = world.oppositions.types_ruled_out(charge.act.doing)
    until = told_until(world, charge.at) if not tie else tie_until(world, charge)
    back = {c.act.ref: c for c in _from_the_other_side(world, charge, types)} if tie else {}
    for conduct in (*_candidates(world, charge, types, until), *back.values()):
        act = conduct.act
        if not act.positive or not world.oppositions.ruled_out(charge.act.doing, act.doing):
            continue
        if not _other_voice(world, charge, act):
            continue
        fit = None if _other_goods(world, charge, act) else _fit(world, charge, act)
        if fit is None and act.ref in back:
            fit = Fit(0.9, "the other side of the tie")
        if fit is None:
            continue
        sure = one_of_its_kind(world, charge, act)
        timing = tie_timing(world, charge, act) if tie else event_timing(world, charge, act, sure)
        if not timing:
            continue
        kind: DiscrepancyKind = "tie" if tie and charge.said.kind != "denial" else "denial"
        rule = f"{kind}.{'ended' if charge.act.ended else 'denied'}"
        if (found := _found(world, charge, conduct, kind, rule, fit.strength * timing)) is not None:
            yield found


def _from_the_other_side(world: World, charge: Charge, types: tuple[str, ...]) -> Iterator[Conduct]:
    """What the other party of a disowned tie does to the one who disowns it: who "has cut all links with
    the movement" and is still led, paid or trained by it."""
    if not world.oppositions.symmetric(charge.act.doing):
        return
    others = tuple(p.actor for p in charge.act.recipients if p.actor and not unnamed(p.actor))
    for conduct in _candidates(world, charge._replace(agents=others), types, tie_until(world, charge)):
        if any(p.actor in charge.agents for p in conduct.act.recipients):
            yield conduct


def _other_goods(world: World, charge: Charge, act: Act) -> bool:
    """Whether what was given is something else than what is said not to have been ("sent no *rifles*", "sent
    *blankets*")."""
    if act.doing.type not in ("AID", "tie:sponsorship"):
        return False
    denied = _goods(charge.report, charge.act)
    given = world.things.alike(_goods(world.report(act.ref), act))
    return bool(denied) and bool(given) and not any(world.things(w, given) for w in denied)


def _goods(report: Unfolded, act: Act) -> frozenset[str]:
    """The things that an act is told to give; empty where they are called aid, or by no name."""
    told = [a for a in report.acts if a.trigger == act.trigger and not a.doing.type.startswith("tie:")]
    objects = frozenset().union(*(a.objects for a in told)) - content_words(
        " ".join(p.name for p in act.recipients)
    )
    return frozenset() if objects & _HELP else objects


def _disowned(world: World, charge: Charge) -> Iterator[Found]:
    """A tie said to hold that another voice says does not, or that cannot stand beside one reported."""
    own = charge.act.doing
    for type_ in sorted({*world.oppositions.types_denying(own), *world.oppositions.types_excluded(own)}):
        for conduct in _candidates(world, charge, (type_,), tie_until(world, charge)):
            act = conduct.act
            against = not act.positive and world.oppositions.ruled_out(act.doing, own)
            against |= act.positive and world.oppositions.exclusive(own, act.doing)
            # a denial by a known speaker is found from its own side
            if not against or (not act.positive and act.speaker) or not _other_voice(world, charge, act):
                continue
            timing = tie_timing(world, charge, act)
            fit = _fit(world, charge, act) if timing else None
            if fit is None:
                continue
            like = 0.9 if act.doing.type == own.type else 0.75
            found = _found(world, charge, conduct, "tie", "tie.asserted", fit.strength * timing * like)
            if found is not None:
                yield found


def _not_done(world: World, charge: Charge) -> Iterator[Found]:
    """What a speaker says its own side has done ("we have lifted the siege") and another voice reports not
    to have been done, or to go on as before."""
    act = charge.act
    if not any(act.doing.matches(p) for p in words(world.codebook.rules["account"], "deeds")):
        return
    if not set(charge.agents) & charge.standings.keys() or charge.at.start is None or charge.at.end is None:
        return
    until = shift(charge.at.end, STILL_MEANT // 3)
    types = {*world.oppositions.types_covered(act.doing), *world.oppositions.types_lasting(act.doing)}
    for conduct in _candidates(world, charge, tuple(sorted(types)), until):
        other = conduct.act
        undone = not other.positive and world.oppositions.same(act.doing, other.doing)
        if not undone and not (other.positive and world.oppositions.lasts(act.doing, other.doing)):
            continue
        around = other.around()
        if around is None or around.end is None or around.end < charge.at.start:
            continue
        if other.when is not None and other.when.start is not None and other.when.start < charge.at.start:
            continue
        fit = world.fit(act, other) if _other_voice(world, charge, other) else None
        if fit is None or fit.on == "any":
            continue
        found = _found(world, charge, conduct, "account", "account.not-done", fit.strength * 0.9)
        if found is not None:
            yield found._replace(field="whether it was done")


def _candidates(world: World, charge: Charge, types: tuple[str, ...], until: date) -> Iterator[Conduct]:
    if charge.act.when is not None and charge.act.when.start is not None:
        after = shift(charge.act.when.start, -400)
    else:
        after = _back(world, charge.at)
    seen: set[tuple[str, str]] = set()
    for agent in charge.agents:
        for type_ in types:
            # what began nobody says when ("until 2019") is looked at as well
            begun = () if after == date.min else world.of(agent, type_, date.min, date.min)
            for conduct in (*begun, *world.of(agent, type_, after, until)):
                if personal(conduct):
                    continue
                if conduct.act.ref not in seen and not _same_passage(charge, conduct.act):
                    seen.add(conduct.act.ref)
                    yield conduct


def _back(world: World, at: Interval) -> date:
    """How far before words what they deny is looked for: in a case of centuries not everything ever told of a
    state is read again for each of them."""
    first = at.start or at.end
    return shift(first, -366 * int(world.number("denial", "back-years"))) if first is not None else date.min


def _same_passage(charge: Charge, act: Act) -> bool:
    """Whether an act is what the statement itself quotes (the charge that it rejects)."""
    if act.via == charge.said.ref or act.ref == charge.act.ref:
        return True
    if act.ref[0] != charge.said.ref[0]:
        return False
    inside = any(overlap(act.evidence, span) for span in charge.said.content)
    return inside or act.sentence == charge.said.sentences


def _other_voice(world: World, charge: Charge, act: Act) -> bool:
    """Whether somebody else says so: not the speaker, nor one who speaks for the same side."""
    if act.speaker is None:
        return True
    if act.speaker in charge.standings:
        return False
    speaker = charge.said.who
    return not (speaker and speaker.actor == act.speaker)


def _fit(world: World, charge: Charge, act: Act) -> Fit | None:
    fit = world.fit(charge.act, act)
    if charge.act.worded:
        return fit if fit is not None and fit.on != "any" else None
    if fit is None and charge.act.doing.type.startswith("tie:"):
        fit = _group_fit(world, charge.act, act)
    if fit is None or fit.on != "any":
        return fit
    # a denial that names neither recipient, place nor thing is matched inside its own report only
    return fit if act.ref[0] == charge.said.ref[0] else None


def _group_fit(world: World, scope: Act, act: Act) -> Fit | None:
    """ "Ties with armed groups" covers a tie with any one of them."""
    rule = world.codebook.rules["tie"]
    heads, kinds = words(rule, "group-words"), words(rule, "group-kinds")

    def general(party: Party) -> bool:
        return not party.named and party.actor is None and party.head in heads

    if any(general(p) for p in scope.recipients) and any(p.named and p.kind in kinds for p in act.recipients):
        return Fit(0.7, "one of the groups")
    return None


def _found(
    world: World, charge: Charge, conduct: Conduct, kind: DiscrepancyKind, rule: str, strength: float
) -> Found | None:
    act, said = conduct.act, charge.said
    part = next((s for s in _voices_above(world, act) if s.principal in charge.standings), None)
    share = world.number("denial", "own-part") if part is not None else 1.0
    share *= world.alike(conduct.standing.principal, said.ref, act.ref, said.sentences, act.sentence)
    score = (
        0.95
        * strength
        * conduct.standing.directness
        * share
        * (_ATTRIBUTED if act.via else 1.0)
        * certainty(said.score, charge.act.score, act.score)
    )
    if score < world.number(kind, "floor"):
        return None
    return Found(
        kind=kind,
        rule=rule,
        speaker=said.who.raw if said.who else None,
        speaker_name=said.speaker_name,
        statement=Place(said.ref, said.sentences),
        against=Place(act.ref, act.sentence),
        opening=_opening(world, charge, conduct.standing.principal),
        against_words=_second_half(world, conduct, part),
        score=round(min(1.0, score), 3),
    )


def _opening(world: World, charge: Charge, agent: str) -> str:
    said, act = charge.said, charge.act
    who = plain(said.speaker_name)
    if agent in charge.standings:
        who += chain(charge.standings[agent], world.names)
    if charge.claim.holds:
        words = f"said that there is {noun(act)}"
    elif act.ended:
        words = f"said that it is over with {noun(act)}"
    else:
        words = f"denied {noun(act)}" if said.kind == "denial" else f"said that there is {none_of(act)}"
    refs = cite([said.ref, act.ref])
    return f"{who} {words}, {when_said(said)}{refs}"


def _second_half(world: World, conduct: Conduct, part: Standing | None) -> str:
    act = conduct.act
    words = (
        "is reported" if act.positive else "is reported to be over" if act.ended else "is reported not to be"
    )
    by = ""
    if conduct.standing.steps or not act.doing.type.startswith("tie:"):
        by = f" by {who_did(act, conduct.standing, world.names)}"
    own = chain(part, world.names) if part is not None else ""
    refs = [*([act.via] if act.via else []), act.ref]
    sentence = quoted(world.report(act.ref).quote(act.sentence))
    return f"{noun(act)}{by} {words} {when_done(act)}{reported(act)}{own}: {sentence}{cite(refs)}"


def _voices_above(world: World, act: Act) -> tuple[Standing, ...]:
    """Everyone whose part the voice of an attributed act is."""
    said = world.said_by(act)
    if said is None or said.who is None:
        return ()
    return world.timeline.principals(said.who, said.in_time() or Interval(None, None), said.ref[0])
