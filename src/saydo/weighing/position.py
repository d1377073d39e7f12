"""Positions: one speaker, or one office, saying at one time what it gainsays at another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from saydo.codebook import Codebook
from saydo.codebook.opposition import table
from saydo.model.citations import Ref, cite, plain, quoted
from saydo.model.dates import Interval
from saydo.weighing.acts import Act, Claim, Said, Unfolded, content_words
from saydo.weighing.finding import Found, Place, certainty, chain, when_said
from saydo.weighing.parties import speakers_own, unnamed
from saydo.weighing.stances import SUPPORT, stances
from saydo.weighing.timeline import Standing
from saydo.weighing.times import eras, gap
from saydo.weighing.verbal import verbal_reversals
from saydo.weighing.worded import Fit
from saydo.weighing.wording import none_of, noun
from saydo.weighing.world import World

_REPORTING = frozenset({"assertion", "denial", "accusation", "claim_of_responsibility"})
_COMMITTING = frozenset({"pledge", "assertion", "denial", "threat"})

_CALLING = frozenset({"demand", "proposal"})
_AGAIN = 2
"""How often one statement is shown as turned round."""


_StandKey = tuple[str, str, str, bool, int]


class _Stand(NamedTuple):
    """One claim of one statement, as the stand of one of those for whom the speaker speaks."""

    report: Unfolded
    said: Said
    claim: Claim
    standing: Standing
    at: Interval


def positions(world: World) -> list[Found]:
    """Every pair of statements by one speaker or office that say the opposite of one matter."""
    return [*_reversals(world), *_changes_of_heart(world), *verbal_reversals(world), *stances(world)]


def _reversals(world: World) -> Iterator[Found]:
    best: dict[tuple[Ref, Ref], Found] = {}
    for _, no, yes in world.crossed("reversal", _denied, _held):
        for b, a in world.across(no, yes, _document, _document):
            pair = (a.claim.act.ref, b.claim.act.ref)
            found = _reversal(world, a, b)
            # one and the same pair may also be met as the words of the state that both speak for
            if found is not None and (pair not in best or found.score > best[pair].score):
                best[pair] = found
    for found in best.values():
        # words that are told again and again turn round once or twice, not each time
        poles = (found.statement.ref, found.against.ref)
        yield found._replace(once=tuple((f"turned {document} {id}", _AGAIN) for document, id in poles))


def _denied(world: World, report: Unfolded) -> Iterator[tuple[_StandKey, _Stand]]:
    """The stands of :func:`_stands` that something is not so."""
    return _stands(world, report, holds=False)


def _held(world: World, report: Unfolded) -> Iterator[tuple[_StandKey, _Stand]]:
    """The stands of :func:`_stands` that something is so."""
    return _stands(world, report, holds=True)


def _stands(world: World, report: Unfolded, *, holds: bool) -> Iterator[tuple[_StandKey, _Stand]]:
    """(speaker or whom it speaks for, type, doer, future, era) → what a report tells of its stands."""
    for said in report.said:
        at = said.around()
        if said.who is None or at is None:
            continue
        claims = [c for c in said.claims if c.holds is holds and _is_stand(said, c)]
        for standing in world.standing(said, official=False).values() if claims else ():
            for claim in claims:
                if claim.act.doing.type == SUPPORT:
                    continue
                if not claim.holds and not _says_no(world, report, said, claim):
                    continue
                agents = _agents(claim.act, said)
                if said.kind in _CALLING:  # "Spain should recognise it", says its minister
                    agents = tuple(a for a in agents if a in world.standing(said))
                if (
                    said.speaker in agents
                ):  # "we shall not recognise it", says the minister: his state will not
                    agents = tuple(dict.fromkeys((*agents, *world.standing(said, official=False))))
                for agent in agents:
                    for type_ in world.oppositions.types_covered(claim.act.doing):
                        for era in eras(at, _era(world)):
                            key = (standing.principal, type_, agent, claim.future, era)
                            yield key, _Stand(report, said, claim, standing, at)


def _says_no(world: World, report: Unfolded, said: Said, claim: Claim) -> bool:
    """Whether the speaker's own words hold a negation: what another rejects ("refused his offer to lift
    it") the speaker has not taken back."""
    if said.kind == "denial" or claim.act.ended:
        return True
    record = next(s for s in report.record.statements if s.id == said.ref[1])
    spoken = " ".join(report.text[a:b] for a, b in sorted((*record.cue, *record.content))).lower()
    return _negations(world.codebook).search(spoken) is not None


@lru_cache(maxsize=4)
def _negations(codebook: Codebook) -> re.Pattern[str]:
    whole, stems = (
        "|".join(re.escape(p) for p in sorted(codebook.phrases(name)))
        for name in ("negators", "negative-verbs")
    )
    return re.compile(rf"n['’]t\b|\b(?:{whole})\b|\b(?:{stems})\w*")


def _document(stand: _Stand) -> str:
    return stand.said.ref[0]


def _era(world: World) -> int:
    """Days within which two stands are set side by side, and the most that their own time may take."""
    return int(world.number("position", "horizon-days")) + 366


def _is_stand(said: Said, claim: Claim) -> bool:
    if said.kind in _CALLING:
        return claim.future
    return said.kind in (_COMMITTING if claim.future else _REPORTING)


def _agents(act: Act, said: Said) -> tuple[str, ...]:
    named = tuple(dict.fromkeys(p.actor for p in act.actors if p.actor))
    if named:
        return named
    own = not act.actors or all(speakers_own(p, said.quoted) for p in act.actors)
    return (said.speaker,) if own and said.speaker else ()


def _reversal(world: World, yes: _Stand, no: _Stand) -> Found | None:
    first, second = (yes, no) if _key(yes) <= _key(no) else (no, yes)
    if first.said.ref == second.said.ref or not _apart(world, first, second):
        return None
    a, b = yes.claim.act, no.claim.act
    if not (world.oppositions.same(a.doing, b.doing) or world.oppositions.ruled_out(b.doing, a.doing)):
        return None
    if world.scope.conditional(first.report.text, first.said) or world.scope.conditional(
        second.report.text, second.said
    ):
        return None
    fit = _same_matter(world, a, b)
    if fit is None:
        return None
    alike = world.alike(
        first.standing.principal, first.said.ref, second.said.ref, first.said.sentences, second.said.sentences
    )
    score = (
        0.95
        * fit.strength
        * alike
        * first.standing.directness
        * second.standing.directness
        * certainty(first.said.score, second.said.score, a.score, b.score)
    )
    return _found(world, first, second, "position.reversal", score)


def _key(stand: _Stand) -> tuple[object, ...]:
    return (stand.at.start or stand.at.end, stand.said.ref)


def _apart(world: World, first: _Stand, second: _Stand) -> bool:
    """Whether the two were said at different times, near enough to be set side by side."""
    if first.at == second.at or first.at.overlaps(second.at):
        return False
    return gap(first.at, second.at) <= world.number("position", "horizon-days")


def _same_matter(world: World, yes: Act, no: Act) -> Fit | None:
    """Whether a claim and a contrary claim are about one thing: what is said not to be covers what is
    said to be. Claims about past incidents must agree in time as well."""
    fit = world.fit(no, yes)
    if fit is None or fit.on == "any":
        return None
    if yes.doing.type.startswith("tie:") or yes.realis == "future":
        return fit
    if yes.when is not None and no.when is not None and not yes.when.overlaps(no.when):
        return None
    return fit


def _found(world: World, first: _Stand, second: _Stand, rule: str, score: float) -> Found | None:
    if score < world.number("position", "floor"):
        return None
    return Found(
        kind="position",
        rule=rule,
        speaker=first.said.who.raw if first.said.who else None,
        speaker_name=first.said.speaker_name,
        statement=Place(first.said.ref, first.said.sentences),
        against=Place(second.said.ref, second.said.sentences),
        opening=_half(world, first),
        against_words=f"{_half(world, second)}: {quoted(second.report.quote(second.said.sentences))}",
        score=round(min(1.0, score), 3),
    )


def _half(world: World, stand: _Stand) -> str:
    said, act = stand.said, stand.claim.act
    yes = stand.claim.holds
    verb = "there would be" if stand.claim.future else "there is"
    what = noun(act) if yes else none_of(act)
    who = plain(said.speaker_name) + chain(stand.standing, world.names)
    return f"{who} said that {verb} {what}, {when_said(said)}{cite([said.ref, act.ref])}"


class _Stance(NamedTuple):
    report: Unfolded
    said: Said
    standing: Standing
    at: Interval


def _changes_of_heart(world: World) -> Iterator[Found]:
    """Praise and condemnation of one thing: same speaker, same actors spoken of, shared words."""
    opposed = table(world.codebook.rules["position"], "stances")
    need = int(world.number("position", "shared-words"))
    seen: set[tuple[Ref, Ref]] = set()
    for (_, target, _), held in world.met("heart", _stances):
        listed = sorted(held, key=lambda s: (s.at.start or s.at.end, s.said.ref))
        for first, second in world.couples(listed, lambda s: s.said.ref[0]):
            a, b = first.said, second.said
            pair = (a.ref, b.ref)
            if b.kind not in opposed[a.kind] or pair in seen or first.at.overlaps(second.at):
                continue
            shared = (a.words & b.words) - content_words(world.names.get(target, target))
            # said by others for them: less surely one matter
            steps = len(first.standing.steps) + len(second.standing.steps)
            if len(shared) < need + steps:
                continue
            if gap(first.at, second.at) > world.number("position", "horizon-days"):
                continue
            found = _stance(world, second.report, a, b, first.standing, second.standing, shared)
            if found is not None:
                seen.add(pair)
                yield found


def _stances(world: World, report: Unfolded) -> Iterator[tuple[tuple[str, str, int], _Stance]]:
    """(speaker or whom it speaks for, actor spoken of, era) → praise and blame of a report."""
    opposed = table(world.codebook.rules["position"], "stances")
    for said in report.said:
        at = said.around()
        if said.kind not in opposed or at is None:
            continue
        for standing in world.standing(said, official=False).values():
            for target in sorted(said.actors - {said.speaker}):
                for era in eras(at, _era(world)):
                    yield (standing.principal, target, era), _Stance(report, said, standing, at)


def _stance(
    world: World,
    report: Unfolded,
    a: Said,
    b: Said,
    first: Standing,
    second: Standing,
    shared: frozenset[str],
) -> Found | None:
    matter = ", ".join(sorted(shared)[:4])
    verbs = {"praise": "praised", "condemnation": "condemned"}

    def half(said: Said, standing: Standing) -> str:
        who = plain(said.speaker_name) + chain(standing, world.names)
        return f"{who} {verbs.get(said.kind, said.kind)} it {when_said(said)}{cite([said.ref])}"

    if unnamed(first.principal):
        return None
    score = 0.75 * first.directness * second.directness * certainty(a.score, b.score)
    return Found(
        kind="position",
        rule="position.stance",
        speaker=a.who.raw if a.who else None,
        speaker_name=a.speaker_name,
        statement=Place(a.ref, a.sentences),
        against=Place(b.ref, b.sentences),
        opening=f"On “{matter}”, {half(a, first)}",
        against_words=f"{half(b, second)}: {quoted(report.quote(b.sentences))}",
        score=round(score, 3),
    )
