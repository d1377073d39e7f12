"""Who did it: one harm to one thing or person, on one day at one place, laid at the door of two.

"Guerrillas murdered her", "soldiers shot her": a person dies once, and one market burns once on a day.
What is done to a kind of people or things of which there are many at a place says nothing without the day.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from saydo.codebook.opposition import table, words
from saydo.model.citations import Ref, cite, plain, quoted
from saydo.model.dates import Interval
from saydo.model.ids import fold
from saydo.weighing.account import of_other_camps
from saydo.weighing.acts import Act, Unfolded
from saydo.weighing.bearings import NEAR, day_told, filed_at, names_around
from saydo.weighing.doings import WORDED
from saydo.weighing.finding import Found, Place, certainty, rank_of
from saydo.weighing.parties import Party, nameless, possessed, unnamed
from saydo.weighing.sameness import GENERIC
from saydo.weighing.scenery import elsewhere, occasions
from saydo.weighing.times import eras, gap, length, widen
from saydo.weighing.world import World

_FAR = 366
_DAYS = 3
"""Days: a deed that took longer is none of a day."""


class Deed(NamedTuple):
    """A harm done by somebody, with what stands around it."""

    act: Act
    kinds: frozenset[str]
    doer: Party
    when: Interval | None
    names: frozenset[str]
    filed: frozenset[str]
    """Those of the names that only a dateline gives."""
    things: frozenset[str]
    person: str | None
    """The folded name of the person to whom it was done."""


def doers_disputed(world: World) -> Iterator[Found]:
    """Every pair of tellings of one harm with doers of two camps, at least one of them somebody's words."""
    seen: set[frozenset[Ref]] = set()
    for _, told in world.met("harm", _harms):
        for a, b in world.couples(told, lambda d: d.act.ref[0]):
            pair = frozenset((a.act.ref, b.act.ref))
            if len(pair) < 2 or pair in seen:
                continue
            seen.add(pair)
            found = _disputed(world, *sorted((a, b), key=lambda d: d.act.ref))
            if found is not None:
                yield found


def _harms(world: World, report: Unfolded) -> Iterator[tuple[tuple[str, str, str, int], Deed]]:
    """(what it is met by, that, which time it is of, era) → the harms that a report tells."""
    kinds = table(world.codebook.rules["account"], "harms")
    struck = frozenset(words(world.codebook.rules["account"], "struck"))
    happenings = occasions(world.codebook)  # a strike that destroyed bridges is nobody
    for act in report.acts:
        own = frozenset(k for k, verbs in kinds.items() if _deed_of(act) in verbs)
        doer = _doer(act)
        if (
            not own
            or doer is None
            or doer.head in happenings
            or struck & {*act.words, *act.objects}
            or not act.positive
            or act.realis not in ("actual", "historical")
        ):
            continue
        told, before = names_around(world, report, act)
        names = told | filed_at(report)
        person = next((fold(p.name) for p in act.recipients if full_name(p)), None)
        things = frozenset(act.words) | act.objects | {p.head for p in act.recipients if p.type != "place"}
        things -= GENERIC | names | set(happenings) | {doer.head, *act.doers}
        things = frozenset(t for t in things if world.coverage.classes.get(t) not in _ARMED)
        deed = Deed(
            act, own, doer, act.when or day_told(report, act, before), names, names - told, things, person
        )
        times = [("told", era) for era in eras(act.published, NEAR)]
        times += [("done", era) for era in eras(deed.when, _FAR)] if deed.when is not None else []
        met = [("name", n) for n in sorted(names)] if things else []
        for way, what in met:
            yield from (((way, what, *time), deed) for time in times)
        if person is not None:
            yield ("person", person, "", 0), deed


_ARMED = frozenset({"MIL", "COP", "REB", "UAF", "PRM", "SPY", "CRM"})


_MISTAKEN = (None, "person", "movement", "organisation")
"""Kinds that readers give to persons of rare names."""


def full_name(party: Party) -> bool:
    """Whether somebody is named by first and last name; readers take rare names for those of places."""
    known = party.named or (party.actor is not None and not unnamed(party.actor))
    name = party.name.split()
    return (
        known and party.site is None and party.kind in _MISTAKEN and len(name) > 1 and name[0][:1].isupper()
    )


def is_person(act: Act, name: str) -> bool:
    """Whether somebody of this name in an act is known to be a person."""
    return any(fold(p.name) == name and "person" in (p.type, p.kind) for p in (*act.actors, *act.recipients))


def _deed_of(act: Act) -> str:
    """The doing of a proposition; of an event, by its manner."""
    if act.worded:
        return act.doing.type.removeprefix(WORDED)
    if act.doing.type != "ASSAULT":
        return ""
    manner = {"destroy": "tear-down", "aerial": "bomb", "heavy-weapons": "shell"}.get(act.doing.mode or "")
    # "attacked his rival" may be words
    return manner or ("kill" if act.killed is not None or act.doing.mode else "")


_NO_DOERS = frozenset({"weapon", "platform", "media", "money", "quantity"})
_NOUNS = 3
"""Nouns of a doer beyond which its phrase was misread."""


def _doer(act: Act) -> Party | None:
    actors = [p for p in act.actors if not possessed(p)]
    if any(p.type in _NO_DOERS for p in actors) or len(act.doers) > _NOUNS:
        return None
    if actors:
        return actors[0] if len({p.head for p in actors}) == 1 else None
    return nameless(" ".join(reversed(act.doers))) if act.doers else None


def _disputed(world: World, a: Deed, b: Deed) -> Found | None:
    one, two = a.act, b.act
    if one.voice == two.voice or (one.via is None and two.via is None) or not a.kinds & b.kinds:
        return None
    if one.ref[0] == two.ref[0] and one.speaker_name == two.speaker_name:
        return None
    one_name = a.person is not None and a.person == b.person
    same_person = one_name and any(is_person(d.act, a.person or "") for d in (a, b))
    names, things = (a.names & b.names) - (a.filed & b.filed), a.things & b.things
    if same_person and not (_once(a, b) and all(_ended(world, d) for d in (a, b))):
        return None
    if not same_person and (not names or not things or not _same_time(a, b, len(names) + len(things))):
        return None
    if elsewhere(one.scenery, two.scenery) or not _other_doers(world, a, b):
        return None
    return _found(
        world,
        a,
        b,
        0.85 if same_person else 0.75,
        sorted({*things, *([a.person] if same_person and a.person else [])}),
    )


def _ended(world: World, told: Deed) -> bool:
    """Whether a deed can be done to a person by one only: who is beaten or shot at may be so by many."""
    return told.act.killed is not None or _deed_of(told.act) in words(
        world.codebook.rules["account"], "fatal"
    )


def _once(a: Deed, b: Deed) -> bool:
    """Whether both may tell of what befell a person once."""
    if a.when is not None and b.when is not None:
        return widen(a.when, 2).overlaps(b.when)
    x, y = a.act.published, b.act.published
    return x is None or y is None or gap(*sorted((x, y), key=str)) <= _FAR


def _same_time(a: Deed, b: Deed, shared: int) -> bool:
    if a.when is not None and b.when is not None:
        if any((length(w) or 10_000) > _DAYS for w in (a.when, b.when)):
            return a.when.overlaps(b.when) and shared > 2
        return widen(a.when, 1).overlaps(b.when)
    x, y = a.act.published, b.act.published
    near = x is not None and y is not None and gap(*sorted((x, y), key=str)) <= NEAR
    return near and shared > 2


def _other_doers(world: World, a: Deed, b: Deed) -> bool:
    """Whether the two doers cannot be one: of other camps, or both known and neither under the other."""
    x, y = a.doer, b.doer
    known = [p.actor is not None and not unnamed(p.actor) for p in (x, y)]
    if not all(known):
        return of_other_camps(world, x, y)
    if (x.kind == "person") != (y.kind == "person") and not of_other_camps(world, x, y):
        return False  # an officer, and the police
    if x.actor == y.actor or world.coverage.covers(x, y) or world.coverage.covers(y, x):
        return False
    at, there = a.when or a.act.published, b.when or b.act.published
    if at is None or there is None:
        return False
    over = {s.principal for s in world.timeline.principals(x, at, a.act.ref[0])}
    under = {s.principal for s in world.timeline.principals(y, there, b.act.ref[0])}
    return not (over & under or x.actor in under or y.actor in over)


def _found(world: World, a: Deed, b: Deed, strength: float, shared: list[str]) -> Found | None:
    first, second = sorted((a, b), key=lambda t: rank_of(t.act))
    one, two = first.act, second.act
    assert one.via is not None
    said = world.said_by(one)
    score = strength * certainty(one.score, two.score)
    if score < world.number("account", "floor"):
        return None
    return Found(
        kind="account",
        rule="account.doer",
        speaker=said.who.raw if said and said.who else None,
        speaker_name=one.speaker_name,
        statement=Place(one.via, said.sentences if said else one.sentence),
        against=Place(two.via or two.ref, two.sentence),
        opening=(
            f"{plain(one.speaker_name)} names {plain(first.doer.name)} as the doer{cite([one.via, one.ref])}"
        ),
        against_words=(
            f"{plain(two.speaker_name)} names {plain(second.doer.name)} [{', '.join(shared)}]: "
            f"{quoted(world.report(two.ref).quote(two.sentence))}"
            f"{cite([*([two.via] if two.via else []), two.ref])}"
        ),
        score=round(min(1.0, score), 3),
        field="actor",
    )
