"""What became of somebody: killed by others, says one; dead of an illness, or free, says another."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from saydo.codebook.opposition import words
from saydo.model.citations import Ref, cite, plain, quoted
from saydo.model.dates import Interval
from saydo.model.ids import fold
from saydo.weighing.account_doers import full_name, is_person
from saydo.weighing.acts import Act, Unfolded
from saydo.weighing.doings import WORDED
from saydo.weighing.finding import Found, Place, certainty, rank_of
from saydo.weighing.times import gap, widen
from saydo.weighing.world import World

_FAR = 366
_SLAIN = frozenset({"kill", "execute", "murder", "poison", "hang", "behead"})
_HARMED = frozenset({"fire", "torture", "stab", "attack", "bomb", "shell"})
"""Doings that kill where the words say so, or somebody does them to who is told dead."""
_DIES = frozenset(
    {"die", "perish", "drown", "burn", "tear-down", "fall", "jump", "collapse", "succumb", "suffocate"}
)
_ITSELF = frozenset({"hang", "kill", "shoot", "drown"})
_DEATH = frozenset({"dead", "death"})
_KILLED, _HURT, _HARMLESS, _FREE = (
    "killed by others",
    "struck down by others",
    "dead by nobody's hand",
    "free",
)
_OPPOSED = tuple(
    map(frozenset, ((_KILLED, _HARMLESS), (_KILLED, _FREE), (_FREE, _HARMLESS), (_HURT, _HARMLESS)))
)


class Fate(NamedTuple):
    """What a passage tells of the end of a person."""

    act: Act
    person: str
    what: str


def fates_disputed(world: World) -> Iterator[Found]:
    """Every pair of tellings of one person's fate that cannot both be so, one of them in somebody's words."""
    seen: set[frozenset[Ref]] = set()
    for _, told in world.met("fate", _fates):
        for a, b in world.couples(told, lambda f: f.act.ref[0]):
            pair = frozenset((a.act.ref, b.act.ref))
            if len(pair) < 2 or pair in seen:
                continue
            seen.add(pair)
            found = _disputed(world, *sorted((a, b), key=lambda f: f.act.ref))
            if found is not None:
                yield found


def _fates(world: World, report: Unfolded) -> Iterator[tuple[tuple[str], Fate]]:
    """The name of a person → what a report tells of his or her fate."""
    harmless = frozenset(words(world.codebook.rules["account"], "harmless-deaths"))
    for act in report.acts:
        if not act.worded or not act.positive or act.realis not in ("actual", "historical"):
            continue
        verb = act.doing.type.removeprefix(WORDED)
        told = frozenset(fold(report.quote(act.sentence)).split())
        undergone = [fold(p.name) for p in act.recipients if full_name(p)]
        own = [fold(p.name) for p in act.actors if full_name(p)]
        if verb == "free":
            yield from (((name,), Fate(act, name, _FREE)) for name in undergone[:1])
        elif undergone and not own and verb in _SLAIN | _HARMED:
            slain = verb in _SLAIN or bool(told & _DEATH)
            yield ((undergone[0],), Fate(act, undergone[0], _KILLED if slain else _HURT))
        elif (
            own and told & harmless and (verb in _DIES or (verb in _ITSELF and told & {"himself", "herself"}))
        ):
            yield ((own[0],), Fate(act, own[0], _HARMLESS))


def _disputed(world: World, a: Fate, b: Fate) -> Found | None:
    one, two = a.act, b.act
    if frozenset((a.what, b.what)) not in _OPPOSED:
        return None
    if not any(is_person(act, a.person) for act in (one, two)):
        return None
    if one.voice == two.voice or (one.via is None and two.via is None) or not _once(a, b):
        return None
    return _found(world, a, b)


def _once(a: Fate, b: Fate) -> bool:
    """Whether both tell of one end: who is freed may be killed later."""
    free = next((f.act for f in (a, b) if f.what == _FREE), None)
    x, y = a.act.when, b.act.when
    if free is not None:
        dead = b.act if free is a.act else a.act
        done, freed = dead.when, free.when or free.published
        if done is None or freed is None or done.end is None or freed.end is None:
            return False
        return done.end <= freed.end
    if x is not None and y is not None:
        return widen(x, 2).overlaps(y)
    return _apart(a.act.published, b.act.published) <= _FAR


def _apart(x: Interval | None, y: Interval | None) -> int:
    if x is None or y is None:
        return 0
    first, later = sorted((x, y), key=lambda p: p.start or date.min)
    return gap(first, later)


def _found(world: World, a: Fate, b: Fate) -> Found | None:
    (one, _, what), (two, _, other) = sorted((a, b), key=lambda t: rank_of(t.act))
    assert one.via is not None
    said = world.said_by(one)
    score = 0.8 * certainty(one.score, two.score)
    if score < world.number("account", "floor"):
        return None
    return Found(
        kind="account",
        rule="account.fate",
        speaker=said.who.raw if said and said.who else None,
        speaker_name=one.speaker_name,
        statement=Place(one.via, said.sentences if said else one.sentence),
        against=Place(two.via or two.ref, two.sentence),
        opening=f"{plain(one.speaker_name)} tells of {plain(a.person)} as {what}{cite([one.via, one.ref])}",
        against_words=(
            f"{plain(two.speaker_name)} as {other}: {quoted(world.report(two.ref).quote(two.sentence))}"
            f"{cite([*([two.via] if two.via else []), two.ref])}"
        ),
        score=round(min(1.0, score), 3),
        field="fate",
    )
