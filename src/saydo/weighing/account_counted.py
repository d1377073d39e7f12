"""How many, whatever it was that happened: two voices count the dead of one shipwreck, one crowd, one strike.

Events of a type are joined as incidents (:mod:`saydo.weighing.incidents`); a tally of something else meets
another by what it measures, a name, a kind of occasion, and the time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from saydo.codebook import Codebook
from saydo.codebook.opposition import words
from saydo.model.citations import Ref, cite, plain, quoted
from saydo.model.dates import Interval
from saydo.model.ids import fold
from saydo.weighing.acts import Act, Unfolded, content_words
from saydo.weighing.bearings import NEAR, SHORT, day_told, filed_at, names_around
from saydo.weighing.doings import WORDED
from saydo.weighing.finding import Found, Place, certainty, rank_of
from saydo.weighing.numbers import Number, apart
from saydo.weighing.parties import singular
from saydo.weighing.sameness import GENERIC
from saydo.weighing.scenery import elsewhere, occasions
from saydo.weighing.times import eras, gap, length, shown, widen
from saydo.weighing.world import World

_WEEK = 7
_FAR = 366
_OF_FORCES = frozenset({"aircraft", "tank", "ship", "helicopter"})
"""Things of which each side of a fight loses its own."""
_ANY = "any"
_TALLY = "tally-occasion-"


class Counted(NamedTuple):
    """A number of one report with what stands around it."""

    act: Act
    when: Interval | None
    names: frozenset[str]
    filed: frozenset[str]
    """Those of the names that only a dateline gives."""
    occasions: frozenset[str]
    words: frozenset[str]


def counted_accounts(world: World) -> Iterator[Found]:
    """Every pair of numbers of one thing that cannot both be right, at least one of them somebody's words."""
    seen: set[frozenset[Ref]] = set()
    for _, told in world.met("tally", _tallies):
        for a, b in world.couples(told, lambda c: c.act.ref[0]):
            pair = frozenset((a.act.ref, b.act.ref))
            if len(pair) < 2 or pair in seen:
                continue
            seen.add(pair)
            found = _disputed(world, *sorted((a, b), key=lambda c: c.act.ref))
            if found is not None:
                yield found


def _tallies(world: World, report: Unfolded) -> Iterator[tuple[tuple[str, str, str, int], Counted]]:
    """(measure, name, which time it is of, era) → the numbers that a report tells."""
    for act in report.tallies:
        if act.count is None or not act.positive or act.realis not in ("actual", "historical"):
            continue
        told = _around(world, report, act)
        times = [("told", era) for era in eras(act.published, NEAR)]
        times += [("done", era) for era in eras(told.when, _FAR)] if told.when is not None else []
        for name in sorted(told.names):
            yield from (((act.doing.type, name, *time), told) for time in times)


def _around(world: World, report: Unfolded, act: Act) -> Counted:
    families = occasion_words(world.codebook)
    names, before = names_around(world, report, act)
    here = _families(report.text, act.sentence, families)
    for sentence in reversed(before):
        here = here if here - {_ANY} else here | _families(report.text, sentence, families)
    if act.doing.type.removeprefix(WORDED).split()[0] in ("held", "lost"):
        here |= {_TAKING}
    start = before[0][0] if before else act.sentence[0]
    return Counted(
        act,
        act.when or day_told(report, act, before),
        names | filed_at(report),
        filed_at(report) - names,
        here,
        content_words(report.text[start : act.sentence[1]]) - GENERIC,
    )


def _families(text: str, sentence: tuple[int, int], families: Mapping[str, frozenset[str]]) -> frozenset[str]:
    found = fold(text[sentence[0] : sentence[1]]).replace("'s", "").split()
    return frozenset(f for w in found for f in families.get(w) or families.get(singular(w)) or ())


@lru_cache(maxsize=4)
def occasion_words(codebook: Codebook) -> Mapping[str, frozenset[str]]:
    """Word → the kinds of occasion that it may tell of, accidents and votes among them."""
    found: dict[str, set[str]] = {word: {family} for word, family in occasions(codebook).items()}
    for name, cue in codebook.cues.items():
        if name.startswith(_TALLY):
            for phrase in cue.phrases:
                found.setdefault(fold(phrase), set()).add(name.removeprefix(_TALLY))
    return MappingProxyType({word: frozenset(families) for word, families in found.items()})


def _disputed(world: World, a: Counted, b: Counted) -> Found | None:
    one, two = a.act, b.act
    if one.voice == two.voice or (one.via is None and two.via is None):
        return None
    if one.ref[0] == two.ref[0] and not _two_voices(world, one, two):
        return None
    shared = a.occasions & b.occasions
    if not (a.occasions and b.occasions) and len(a.names & b.names) > 1:
        shared = a.occasions | b.occasions  # "when the Salem went down"
    if one.ref[0] == two.ref[0] and shared & _GOING_ON:
        return None  # the day's new cases, and all so far
    names = (a.names & b.names) - (a.filed & b.filed)
    if not names or not shared or not _places_agree(one, two):
        return None
    near = _same_time(a, b)
    if near is None or (near < 1 and not _close(a, b, names, shared)):
        return None
    if not _telling(world, a, b, shared, near) or elsewhere(one.scenery, two.scenery):
        return None
    if _others_counted(world, a, b):
        return None
    assert one.count is not None and two.count is not None
    factor = apart(world.codebook, _number(world, a), _number(world, b))
    if not factor or (shared & _GOING_ON and _goes_on(world, a, b)):
        return None
    return _found(world, a, b, 0.85 * near * factor, sorted(names), sorted(shared - {_ANY}))


def _two_voices(world: World, one: Act, two: Act) -> bool:
    """Whether a report lets two others count: its own number beside somebody's is one of something else, save
    where it tells who counted ("a priest *counted* 19 bodies")."""
    report = world.report(one.ref)
    told = all(a.via is not None or _COUNTING.search(report.quote(a.sentence).lower()) for a in (one, two))
    return told and one.sentence != two.sentence and one.speaker_name != two.speaker_name


_COUNTING = re.compile(r"\b(?:counted|counts|tallied|tallies|registered|recorded)\b")


def _telling(world: World, a: Counted, b: Counted, shared: frozenset[str], near: float) -> bool:
    """Whether the kind of occasion tells one from another. Of violence there is much in one town: what has a
    type on both sides is joined as incidents, and else the days must be known."""
    if shared - _violent(world.codebook) - {_TAKING} or "turnout" in a.act.doing.type:
        return True
    if a.act.ref[0] == b.act.ref[0]:
        return _of_what_was_told(world, a, b)
    if near < 1 or a.when is None or b.when is None or not a.when.overlaps(b.when):
        return False
    return not all(
        any(e.sentence == c.act.sentence and (e.killed or e.injured) for e in world.report(c.act.ref).acts)
        for c in (a, b)
    )


def _of_what_was_told(world: World, a: Counted, b: Counted) -> bool:
    """Whether two numbers of one report, a sentence or two apart, are of the occasion told before them."""
    first, second = sorted((a.act, b.act), key=lambda act: act.sentence)
    report = world.report(first.ref)
    between = sum(first.sentence[0] < s[0] < second.sentence[0] for s in report.record.sentences)
    return between < _BESIDE and not _FURTHER & set(report.quote(second.sentence).lower().split())


_BESIDE = 2
_FURTHER = frozenset({"another", "separate", "separately", "elsewhere", "second", "earlier", "other"})
_TAKING = "taking"
_GOING_ON = frozenset({"quake", "water-high", "disease", "hunger"})
"""Occasions whose victims are counted for days and weeks."""


def _goes_on(world: World, a: Counted, b: Counted) -> bool:
    """Whether one paper goes on counting: the later number is the higher one."""
    first, later = sorted((a.act, b.act), key=lambda act: str(act.published))
    if first.count is None or later.count is None or first.published == later.published:
        return False
    papers = {world.report(act.ref).record.publisher for act in (first, later)}
    return len(papers) == 1 and first.count.low < later.count.low


@lru_cache(maxsize=4)
def _violent(codebook: Codebook) -> frozenset[str]:
    return frozenset(occasions(codebook).values())


def _close(a: Counted, b: Counted, names: frozenset[str], shared: frozenset[str]) -> bool:
    """Whether two numbers of which not both tell a day have enough in common to be of one thing."""
    return len(names) + len(shared - {_ANY}) + len((a.words & b.words) - names) > 2 or _published_near(
        a, b, _WEEK
    )


def _number(world: World, told: Counted) -> Number:
    act = told.act
    assert act.count is not None
    report = world.report(act.ref)
    return Number(act.count, act.published, report.quote(act.sentence))


def _places_agree(one: Act, two: Act) -> bool:
    """Not two spots that a gazetteer tells apart."""
    x, y = one.site, two.site
    return x is None or y is None or not (x.local and y.local) or x.agrees(y)


def _same_time(a: Counted, b: Counted) -> float | None:
    """1 where both are of one day or spell, less where one tells no day, None where they are of two times."""
    if a.when is not None and b.when is not None:
        long = {(length(w) or 10_000) > SHORT for w in (a.when, b.when)}
        if a.occasions & b.occasions & _GOING_ON:
            return 0.9 if _published_near(a, b) else None
        if True in long:
            return 0.9 if long == {True} and a.when.overlaps(b.when) and _published_near(a, b) else None
        return 1.0 if widen(a.when, 1).overlaps(b.when) else None
    return 0.85 if _published_near(a, b) else None


def _published_near(a: Counted, b: Counted, days: int = NEAR) -> bool:
    x, y = a.act.published, b.act.published
    if x is None or y is None:
        return False
    first, later = sorted((x, y), key=lambda p: p.start or date.min)
    return gap(first, later) <= days


def _others_counted(world: World, a: Counted, b: Counted) -> bool:
    """Whether two numbers need not be of the same people: those of one side of a fight, or a part of all."""
    mine, its = set(a.act.words), set(b.act.words)
    sides = [{p.country for p in c.act.recipients if p.country} for c in (a, b)]
    if sides[0] and sides[1] and not sides[0] & sides[1]:
        return True
    owned = a.act.doing.type.removeprefix(f"{WORDED}lost ") in _OF_FORCES
    if owned and not (sides[0] and sides[1]):
        return True
    parts = frozenset(words(world.codebook.rules["account"], "part-words"))
    assert a.act.count is not None and b.act.count is not None
    fewer, more = (mine, its) if a.act.count.low <= b.act.count.low else (its, mine)
    if fewer & parts and not fewer & more:
        return True
    fight = "fight" in a.occasions | b.occasions
    return fight and a.act.doing.type == f"{WORDED}killed" and mine != its


_MEASURED = MappingProxyType({
    "killed": "the dead", "injured": "the injured", "missing": "the missing", "held": "those held",
    "turnout": "those who came", "homeless": "the homeless", "infected": "the sick",
})  # fmt: skip


def _counted(measure: str) -> str:
    """What a number counts, in words: ``lost aircraft`` → the aircraft lost."""
    kind, _, unit = measure.partition(" ")
    if not unit:
        return _MEASURED.get(kind, kind)
    if unit == "percent":
        return f"the share of {_MEASURED.get(kind, kind)}, in percent,"
    return f"the {unit} {'who came' if kind == 'turnout' else kind}"


def _found(
    world: World, a: Counted, b: Counted, strength: float, names: list[str], shared: list[str]
) -> Found | None:
    first, second = sorted((a, b), key=lambda t: rank_of(t.act))
    one, two = first.act, second.act
    assert one.via is not None and one.count is not None and two.count is not None
    said = world.said_by(one)
    score = strength * certainty(one.score, two.score)
    if score < world.number("account", "floor"):
        return None
    measure = one.doing.type.removeprefix(WORDED)
    return Found(
        kind="account",
        rule="account.counted",
        speaker=said.who.raw if said and said.who else None,
        speaker_name=one.speaker_name,
        statement=Place(one.via, said.sentences if said else one.sentence),
        against=Place(two.via or two.ref, two.sentence),
        opening=(
            f"{plain(one.speaker_name)} puts {_counted(measure)} at {plain(one.count.text)}"
            f"{f', {shown(first.when)}' if first.when else ''}{cite([one.via, one.ref])}"
        ),
        against_words=(
            f"{plain(two.speaker_name)} puts the same [{', '.join([*names, *shared])}] at "
            f"{plain(two.count.text)}: "
            f"{quoted(world.report(two.ref).quote(two.sentence))}"
            f"{cite([*([two.via] if two.via else []), two.ref])}"
        ),
        score=round(min(1.0, score), 3),
        field=measure.split()[0],
    )
