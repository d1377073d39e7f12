"""Stances: who was for a thing and later is against it, in whatever words, told or quoted.

That somebody backs or opposes a matter is a position whether a report says so itself or lets the holder, or
one who speaks for it, say so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from saydo.model.citations import Ref, cite, plain, quoted
from saydo.model.dates import Interval
from saydo.model.ids import fold
from saydo.weighing.acts import Act, Unfolded
from saydo.weighing.doings import WORDED
from saydo.weighing.finding import Found, Place, certainty, when_done
from saydo.weighing.parties import unnamed
from saydo.weighing.times import eras, gap, shift
from saydo.weighing.worded import Fit
from saydo.weighing.world import World

SUPPORT = WORDED + "support"
_REAL = ("actual", "historical")
_PAST = re.compile(
    r"\b(?:once|formerly|previously|originally|initially|in opposition|used to|had (?:long |always )?"
    r"|[Aa]s an? (?:[a-z]+ )?(?:senator|deputy|candidate|minister|mayor|governor|backbencher|student))\b"
)
"""How a stance is told as that of another time, in the words before its own."""
_AHEAD, _YEARS, _MONTH = 40, 3000, 31
"""Letters before a stance in which such words may stand; days for how long ago it may have been held."""


class _Stance(NamedTuple):
    at: Interval
    act: Act


def stances(world: World) -> Iterator[Found]:
    """Every pair of opposite stances of one actor on one matter, at two times; of one matter the clearest
    counts."""
    seen: set[tuple[str, Ref, Ref]] = set()
    for (actor, _), held in world.met("stance", _held):
        listed = sorted(held, key=lambda s: (s.at.start or s.at.end, s.act.ref))
        for (at, first), (later, second) in world.couples(listed, lambda s: s.act.ref[0]):
            if first.positive == second.positive or at.overlaps(later):
                continue
            pair = (actor, first.ref, second.ref)
            if pair in seen or gap(at, later) > world.number("position", "horizon-days"):
                continue
            seen.add(pair)
            found = _found(world, actor, first, second)
            if found is not None:
                yield found._replace(once=((f"stance {actor} {first.words[0]}", 1),))


def _held(world: World, report: Unfolded) -> Iterator[tuple[tuple[str, int], _Stance]]:
    """(actor, era) → where a report tells that it is for or against something."""
    days = int(world.number("position", "horizon-days")) + 366
    for act in report.acts:
        if act.doing.type != SUPPORT or act.realis not in _REAL or not act.words:
            continue
        at = _once(report, act) or act.around()
        if at is None:
            continue
        for actor in _holders(world, act):
            if _own_words(world, act, actor):
                for era in eras(at, days):
                    yield (actor, era), _Stance(at, act)


def _once(report: Unfolded, act: Act) -> Interval | None:
    """The years before a report, where it tells a stance as that of another time: "who once opposed the
    treaty", "as a senator she opposed it"."""
    told = act.published.end if act.published is not None else None
    if act.when is not None or told is None:
        return None
    start = max(act.sentence[0], min(act.evidence[0], act.trigger[0]) - _AHEAD)
    words = report.text[start : act.trigger[1]].rpartition(";")[2]
    return Interval(shift(told, -_YEARS), shift(told, -_MONTH)) if _PAST.search(words) else None


def _holders(world: World, act: Act) -> list[str]:
    """Whose stance it is: the one who is told to hold it, else the one who speaks ("hanging is barbaric")."""
    said = world.said_by(act)
    if act.actors or act.doers:
        held = sorted({p.actor for p in act.actors if p.actor})
        # "his people stood against it", says the chief of himself
        own = said is not None and said.speaker and set(act.doers[1:]) & set(fold(said.speaker_name).split())
        return [said.speaker] if not held and own and said is not None and said.speaker else held
    return [said.speaker] if said is not None and said.speaker is not None else []


def _own_words(world: World, act: Act, actor: str) -> bool:
    """Whether nobody else says so of the actor: the report itself, or one who speaks for it."""
    said = world.said_by(act)
    if said is None:
        return True
    return actor in world.standing(said) or said.speaker == actor


def _found(world: World, actor: str, first: Act, second: Act) -> Found | None:
    fit: Fit | None = world.fit(first, second) or world.fit(second, first)
    if fit is None or fit.on == "any":
        return None
    if not _one_matter(world, first, second):
        return None
    alike = world.alike(actor, first.ref, second.ref, first.sentence, second.sentence)
    # one noun in common ("the plan", "the law") is not yet one matter
    shared = {*first.words, *first.others} & {*second.words, *second.others}
    clear = 1.0 if len(shared) > 1 or any(p.named for p in first.recipients) else 0.75
    score = 0.85 * fit.strength * alike * clear * certainty(first.score, second.score)
    if score < world.number("position", "floor"):
        return None
    said = world.said_by(first)
    who = next((p for p in first.actors if p.actor == actor), said.who if said is not None else None)
    if who is None:
        return None
    sentence = world.report(second.ref).quote(second.sentence)
    return Found(
        kind="position",
        rule="position.stance-in-words",
        speaker=None if unnamed(actor) else who.raw,
        speaker_name=who.name,
        statement=Place(first.via or first.ref, first.sentence),
        against=Place(second.via or second.ref, second.sentence),
        opening=_half(who.name, first),
        against_words=f"{_half(who.name, second)}: {quoted(sentence)}",
        score=round(min(1.0, score), 3),
    )


def _one_matter(world: World, first: Act, second: Act) -> bool:
    """Whether the main thing is the same, and something more; the known parties must not differ."""
    mine = {p.actor for p in first.recipients if p.actor}
    its = {p.actor for p in second.recipients if p.actor}
    if mine and its and not mine & its:
        named = {fold(p.name) for p in first.recipients} & {fold(p.name) for p in second.recipients}
        if not named and len(set(first.words) & set(second.words)) < 3:
            return False
    shared = {*first.words, *first.others} & {*second.words, *second.others}
    if len(shared) > 1:
        return True
    if first.words[0] != second.words[0] and not world.things.alike(first.words[:1]) & world.things.alike(
        second.words[:1]
    ):
        return False
    more = len(first.words) > 1 and len(second.words) > 1
    return len(shared) > 1 or not more or bool(mine & its)


def _half(name: str, act: Act) -> str:
    refs = [*([act.via] if act.via else []), act.ref]
    side = "for" if act.positive else "against"
    return f"{plain(name)} is {side} “{plain(act.what)}”, {when_done(act)}{cite(refs)}"
