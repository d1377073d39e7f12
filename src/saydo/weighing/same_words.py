"""Pledges and denials held against clauses of the same words, where nobody is coded as the doer, or
another form of the name.

The rules of :mod:`saydo.weighing.commitment` and :mod:`saydo.weighing.denial` start from the actor.
Reports leave it out ("support was reduced by a third"), or call it something else. Here the deed comes
first: the same kind of doing (a list of verbs and nouns), with most of what the words name found again
around it, and the actor must only not be another one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from saydo.codebook.opposition import Doing
from saydo.model.citations import Ref, cite, plain, quoted
from saydo.model.dates import Interval
from saydo.model.records import Offsets
from saydo.weighing.acts import Act, Claim, Said, Unfolded, content_words
from saydo.weighing.bonds import laid_down
from saydo.weighing.denial_times import looks_back, told_until
from saydo.weighing.doings import WORDED
from saydo.weighing.finding import Found, Place, certainty, reported, when_done, when_said
from saydo.weighing.hearsay import hearsay
from saydo.weighing.namings import newly_told, one_body, one_name, same_body
from saydo.weighing.parties import singular, unnamed
from saydo.weighing.scenery import elsewhere
from saydo.weighing.times import gap, shift, widen
from saydo.weighing.world import Sieve, World

_COMMITTING = frozenset({"pledge", "assertion", "denial", "prediction"})
_TELLING = frozenset({"assertion", "denial"})
_WHERE = frozenset("town city village province region district county island municipality".split())
"""Places that do what is told, where the one who promised only bears a name like theirs."""
_MOSTLY = 0.6
"""The share of the words of a pledge or denial that the other passage must hold."""
_NAME = 2.0
"""What a name counts beside another word."""
_YEAR = 366
CROWD = 48
"""Reports that tell a kind of deed with a word, in one era, beyond which the word tells no matter."""
_ERA = 2048
"""Days of the stretches of time by which deeds are looked up."""
_BACK, _ON = 1866, 2191
"""Days before words and after a pledge within which the deed may lie: four years and five, and one more."""
_EPISODE = 60
"""Days between a denial and an undated report within which one incident may be meant."""
_EMPTY = frozenset(
    "cent penny dollar euro pound lira rouble ruble yen yuan peso rupee franc shilling single people "
    "member group part thing way time year month week case number side work end move step matter report "
    "claim story government country state city town today tomorrow yesterday any all more other same "
    "nobody none nothing anybody anyone "
    "season hour minute moment circumstance condition pretext stage occasion date night morning".split()
)
_SORTS = frozenset(
    "river province district region county valley mount mountain lake island port hill camp bridge bay "
    "plain forest dam street road avenue square".split()
)
"""Words of names that say what sort of thing bears it: "the Pardal River" is "the Pardal" as well."""


class _Words(NamedTuple):
    """What a claim names beside its verb: plain words, and names."""

    plain: frozenset[str]
    names: frozenset[str]


class _Claimed(NamedTuple):
    """A pledge or a denial of a deed known by its words."""

    report: Unfolded
    said: Said
    claim: Claim
    at: Interval
    binding: bool
    """Whether it binds for what is to come."""
    words: _Words


def same_words(world: World) -> list[Found]:
    """Every pledge and denial whose deed another passage tells, or, of a promised deed, tells as not done."""
    found: list[Found] = []
    seen: set[tuple[Ref, Ref, Ref]] = set()
    for _, asked, told in world.crossed("words", _claims, deeds, most=CROWD, alone=True, sieve=_SIEVE):
        for c, act in world.across(asked, told, lambda c: c.said.ref[0], lambda a: a.ref[0]):
            triple = (c.said.ref, c.claim.act.ref, act.ref)
            if triple not in seen:
                seen.add(triple)
                found += _against(world, c, act)
    return found


class _Ask(NamedTuple):
    """The little of a claim by which a telling is passed over."""

    type: str
    holds: bool
    words: _Words


class _Tell(NamedTuple):
    """The little of a telling."""

    type: str
    positive: bool
    context: str


def _may(world: World, ask: _Ask, tell: _Tell) -> bool:
    """Whether a telling goes against a claim in most of its words."""
    if not _counter(world, ask.type, ask.holds, tell.type, tell.positive):
        return False
    return _shared(world, ask.words, tell.context) >= _MOSTLY


_SIEVE = Sieve(
    lambda world, c: _Ask(c.claim.act.doing.type, c.claim.holds, c.words),
    lambda world, act: _Tell(act.doing.type, act.positive, world.context(act)),
    _may,
)


def _counter(world: World, claimed: str, holds: bool, told: str, positive: bool) -> bool:
    """Whether what is told of a kind of deed goes against what is claimed of one."""
    same = told == claimed or (holds and not positive and world.oppositions.same(Doing(claimed), Doing(told)))
    return positive is not holds if same else positive


def _claims(world: World, report: Unfolded) -> Iterator[tuple[tuple[str, str, int], _Claimed]]:
    """(kind of doing, word, era) → what a report has somebody pledge or deny."""
    pacts = ((bond.said, (bond.claim,)) for bond in laid_down(world, report))
    for said, claims in (*((s, s.claims) for s in report.said), *pacts):
        at = said.around()
        if at is None or at.end is None or said.kind not in _COMMITTING:
            continue
        for claim in claims:
            if not claim.act.worded:
                continue
            binding = claim.future and (said.kind != "denial" or not claim.holds)
            denied = not claim.future and not claim.holds and said.kind in _TELLING
            if not (binding or denied) or (binding and world.scope.conditional(report.text, said)):
                continue
            c = _Claimed(report, said, claim, at, binding, _words_of(world, report, said, claim.act))
            against = _types(world, claim) if binding else ()
            first = at.end.toordinal() - _BACK
            last = at.end.toordinal() + _ON if binding else told_until(world, at).toordinal()
            for type_ in dict.fromkeys((claim.act.doing.type, *against)):
                for word in sorted(c.words.plain | c.words.names):
                    for era in (-1, *range(first // _ERA, last // _ERA + 1)):
                        yield (type_, word, era), c


def _types(world: World, claim: Claim) -> tuple[str, ...]:
    """The kinds of deeds in words that go against a promise."""
    doing = claim.act.doing
    if not claim.holds:
        return tuple(t for t in world.oppositions.types_showing(doing) if t.startswith(WORDED))
    return world.oppositions.types_against(doing)


def deeds(world: World, report: Unfolded) -> Iterator[tuple[tuple[str, str, int], Act]]:
    """(kind of doing, word of its sentence, era) → what a report tells as done or not done."""
    words: dict[Offsets, frozenset[str]] = {}
    for act in report.acts:
        if not act.worded or act.realis not in ("actual", "historical") or hearsay(report, act):
            continue
        if act.sentence not in words:
            words[act.sentence] = content_words(report.quote(act.sentence))
        around = act.around()
        era = around.start.toordinal() // _ERA if around is not None and around.start is not None else -1
        for word in sorted({*words[act.sentence], *act.words, *act.others}):
            yield (act.doing.type, word, era), act


def _against(world: World, c: _Claimed, act: Act) -> Iterator[Found]:
    said, claim, at = c.said, c.claim, c.at
    against = _counter(world, claim.act.doing.type, claim.holds, act.doing.type, act.positive)
    if not against or act.via == said.ref or act.ref == claim.act.ref or _same_passage(said, act):
        return
    if _own(said, act) or not _told(world, act) or elsewhere(claim.act.scenery, act.scenery):
        return
    share = _shared(world, c.words, world.context(act, claim.act))
    if share < _MOSTLY:
        return
    doer = _doer(world, said, claim.act, act, at, not c.binding, bool(c.words.names))
    if not doer:
        return
    timing = (
        _after(world, c.report, said, at, act, claim.holds)
        if c.binding
        else _of_it(world, said, at, act, bool(c.words.names))
    )
    score = 0.9 * (0.5 + 0.5 * share) * doer * timing * certainty(said.score, claim.act.score, act.score)
    kind = "commitment" if c.binding else "denial"
    if timing and score >= world.number(kind, "floor"):
        yield _found(world, said, claim, act, score)


def _told(world: World, act: Act) -> bool:
    """Whether an act is told as a fact: by the report, or by somebody who asserts it."""
    voice = world.said_by(act)
    return voice is None or voice.kind in (
        "assertion",
        "claim_of_responsibility",
        "praise",
        "condemnation",
    )


def _words_of(world: World, report: Unfolded, said: Said, act: Act) -> _Words:
    """What a claim names: the words of its clause and of the content about it, without the speaker's."""
    own = content_words(said.speaker_name)
    lands = {party.country for party in act.actors if party.country}
    for party in act.actors:
        own |= content_words(party.name)
    names: set[str] = set()
    # what was asked and denied stands outside the words that deny it
    within = any(a <= act.trigger[0] < b for a, b in said.content)
    spans = said.content if within else (act.evidence,)
    for m in report.record.mentions:
        if m.type == "nationality" and m.actor in lands:
            continue  # "the Indonesian military" is the doer's name
        if m.named and act.sentence[0] <= m.start < act.sentence[1] and not _set_apart(report, act, m.start):
            if any(a <= m.start and m.end <= b for a, b in spans):
                names |= content_words(m.text) - own
    body = frozenset(w for w in (*act.words, *act.others) if len(w) > 2) - own - _EMPTY
    return _Words(body - names, frozenset(names))


_APART = re.compile(r"\b(?:after|before|until|when|while|since|because|although)\b")


def _set_apart(report: Unfolded, act: Act, start: int) -> bool:
    """Whether a name stands in another clause behind that of a deed: "after the *British* left"."""
    return start > act.evidence[1] and _APART.search(report.text, act.evidence[1], start) is not None


def _shared(world: World, words: _Words, context: str) -> float:
    """The share of what is named that the sentence of an act, or the one before, names too; none where a name
    is missing that nothing stands for. ``context``: the folded words of the two."""
    met_names = {n for n in words.names if f" {n}" in context}
    names = words.names if not met_names - _SORTS else words.names - (_SORTS - met_names)
    if len(met_names) < len(names) and not (names and len(met_names) * 2 >= len(names)):
        return 0.0
    there = world.things.alike(singular(w) for w in context.split())
    met = {w for w in words.plain if world.things(w, there) or f" {w}" in context}
    if not met and words.plain and not met_names:
        return 0.0
    total = len(words.plain) + _NAME * len(names)
    return (len(met) + _NAME * len(met_names)) / total


def _doer(
    world: World, said: Said, claim: Act, act: Act, at: Interval, denied: bool, named_alike: bool
) -> float:
    """How well the doer of an act suits the one of whom the words speak: 0 for another one. ``named_alike``:
    the words hold a name, and the other passage has it."""
    side = set(world.standing(said)) | {p.actor for p in claim.actors if p.actor}
    known = [p for p in act.actors if p.actor and not unnamed(p.actor)]
    if side and known:
        around = act.in_time() or at
        above = (s for p in known for s in world.timeline.principals(p, around, act.ref[0]))
        under = {s.principal: s.directness for s in above}
        met = [under[a] for a in side if a in under]
        if met:
            return max(met)
    spoken = content_words(f"{said.speaker_name} {said.called}")
    for party in claim.actors:
        spoken |= content_words(party.name)
    named = {w for p in act.actors for w in content_words(p.name)}
    doers = " ".join(p.name for p in act.actors if p.named or p.actor)
    if one_name(said, claim, doers, spoken & named):
        return 0.9
    # "no ransom was paid": that nobody did it is gainsaid by whoever did
    anybody = denied and not claim.actors and not (side and said.kind == "denial")
    if known:
        return 0.8 if one_body(claim, known, named_alike) else 0.75 if anybody else 0.0
    if same_body(claim, act):
        return 0.8
    report = world.report(act.ref)
    start, end = act.sentence
    around_it = {m.actor for m in report.record.mentions if m.actor and start <= m.start < end}
    # who is called otherwise is another, though the place of the deed bears the speaker's name
    around_them = frozenset(act.doers) if act.doers else content_words(report.quote(act.sentence))
    near = frozenset() if _WHERE & around_them - spoken else spoken & around_them
    if side & around_it or one_name(said, claim, doers, near):
        return 0.85
    if not act.positive and not act.actors and not act.doers:
        return 0.8  # "the river has not been cleaned": who promised it was to do it
    if not claim.actors and not act.actors and (not act.doers or (spoken | {*claim.doers}) & {*act.doers}):
        return 0.0 if claim.positive and newly_told(report, act) else 0.8
    return 0.75 if anybody else 0.0


def _after(world: World, report: Unfolded, said: Said, at: Interval, act: Act, holds: bool) -> float:
    """How well an act falls into the time for which words bind: 0 where it does not."""
    assert at.end is not None
    period = world.scope.period(report.record, report.text, said, at)
    if period.deadline is not None and not holds:  # "no stoppages before Christmas"
        period = period._replace(runs=period.runs or Interval(at.start, period.deadline), deadline=None)
    around = act.around()
    published = act.published.end if act.published else None
    if around is not None and around.end is None and published is not None:
        around = around._replace(end=published)  # "have been quartered there since October"
    if period.unknown or around is None or around.end is None or around.start is None:
        return 0.0
    first = around.start if act.positive else around.end
    if published is None or published <= at.end or (act.when is not None and first <= at.end):
        return 0.0
    if world.scope.kept_word(world.report(act.ref).quote(act.sentence)):
        return 0.0
    if not act.positive:
        due = period.deadline or (period.runs.end if period.runs and period.runs.end else None)
        due = due or shift(at.end, int(world.number("commitment", "overdue-days")))
        return 0.95 if published > due and around.end >= due else 0.0
    if period.runs is not None and not period.runs.overlaps(around):
        return 0.0
    if period.deadline is not None and around.end < period.deadline:
        return 0.0  # there is still time
    return 0.95 if gap(at, around) <= world.number("commitment", "horizon-days") else 0.0


def _of_it(world: World, said: Said, at: Interval, act: Act, named: bool) -> float:
    """How well an act may be what is denied by its time: 0 where it happened later."""
    assert at.end is not None
    around = act.around()
    if around is None or around.start is None:
        return 0.7
    if act.when is not None:
        fits = around.start <= at.end and (said.when is None or widen(at, 1500).overlaps(around))
        return 0.95 if fits else 0.0
    days = max(gap(at, around), gap(around, at))
    if days <= _EPISODE:
        return 0.85
    if looks_back(world, at, act):
        return 0.85 if named else 0.75
    return 0.75 if named and days <= _YEAR else 0.0


def _own(said: Said, act: Act) -> bool:
    """Whether an act is told by the one who pledged or denied."""
    return act.speaker is not None and act.speaker == said.speaker


def _same_passage(said: Said, act: Act) -> bool:
    return (
        act.ref[0] == said.ref[0]
        and act.sentence[0] < said.sentences[1]
        and said.sentences[0] < act.sentence[1]
    )


def _found(world: World, said: Said, claim: Claim, act: Act, score: float) -> Found:
    binding = claim.future
    report = world.report(said.ref)
    who = plain(said.speaker_name)
    body = quoted(" … ".join(report.text[a:b] for a, b in said.content))
    verb = "pledged" if said.kind == "pledge" else "said" if binding or said.kind != "denial" else "denied"
    if not claim.holds:
        told = "the deed is told as done"
    else:
        told = "the opposite is told" if act.positive else "it is told as not done"
    sentence = quoted(world.report(act.ref).quote(act.sentence))
    refs = [*([act.via] if act.via else []), act.ref]
    return Found(
        kind="commitment" if binding else "denial",
        rule="commitment.words" if binding else "denial.words",
        speaker=said.who.raw if said.who else None,
        speaker_name=said.speaker_name,
        statement=Place(said.ref, said.sentences),
        against=Place(act.ref, act.sentence),
        opening=f"{who} {verb} {when_said(said)} {body}{cite([said.ref, claim.act.ref])}",
        against_words=f"{told} {when_done(act)}{reported(act)}: {sentence}{cite(refs)}",
        score=round(min(1.0, score), 3),
    )
