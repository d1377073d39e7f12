"""Accounts: one incident, told differently by two voices: how many died, who did it, who fired first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import combinations
from typing import NamedTuple

from saydo.codebook.opposition import words
from saydo.model.citations import Ref, cite, plain, quoted
from saydo.model.dates import Interval
from saydo.model.ids import fold
from saydo.model.records import Count
from saydo.weighing.acts import Act, Unfolded, content_words
from saydo.weighing.bearings import names_around
from saydo.weighing.finding import Found, Place, certainty
from saydo.weighing.incidents import Cluster, single
from saydo.weighing.numbers import Number, apart, how_many
from saydo.weighing.parties import FORCE_KINDS, STATE_KINDS, Party, possessed, singular, unnamed
from saydo.weighing.sameness import GENERIC, Incident, Match, Matcher, places_agree
from saydo.weighing.times import days_of, shown, widen
from saydo.weighing.wording import noun
from saydo.weighing.world import World

_TELLERS = frozenset({"judiciary", "media", "parliament"})
"""Bodies that try and tell of violence; where one is coded as doing it, its own words were misread."""


_OF_A_STATE = frozenset("army police navy government gendarmerie".split())
"""Words that make nameless gunmen those of a state."""
_ANYBODY = frozenset({"gunman", "gunmen", "attacker", "assailant", "fighter", "sniper", "men", "man"})
"""Words for those of whom nobody knows whose they are."""
_EACH = re.compile(r"\b(?:each|apiece|every)\b", re.IGNORECASE)
_NUMBERS = {"PROTEST": "protesters", "COERCE": "held"}
"""What else is counted of an incident, by type: those who march, those who are taken."""


class _Telling(NamedTuple):
    """One side of a dispute: the incident as told, the act that holds the disputed field, its value."""

    incident: Incident
    act: Act
    value: str


def accounts(world: World, made: list[Cluster], matcher: Matcher) -> list[Found]:
    """Every pair of tellings of one incident that differ in a field."""
    pairs = (pair for cluster in made for pair in combinations(cluster.members, 2))
    return [found for a, b in pairs for found in disputed(world, a, b, matcher)]


def disputed(world: World, a: Incident, b: Incident, matcher: Matcher) -> Iterator[Found]:
    """Where two tellings of one incident differ, with at least one of them attributed to somebody."""
    if a.voice == b.voice or not _attributed(a, b):
        return
    match = matcher.same(a, b)
    if match is not None:
        yield from _differences(world, matcher, a, b, match)


def _attributed(a: Incident, b: Incident) -> bool:
    return a.acts[0].via is not None or b.acts[0].via is not None


def _differences(world: World, matcher: Matcher, a: Incident, b: Incident, match: Match) -> Iterator[Found]:
    for name in ("killed", "injured", _NUMBERS.get(a.type, "")):
        x, y = _count(world, a, name), _count(world, b, name)
        if x is None or y is None:
            continue
        if name in ("killed", "injured") and _counts_others(world, matcher, (a, x), (b, y)):
            continue
        factor = _disjoint(world, x[1], y[1], a, b, _of_other_kind(matcher, a, b))
        if factor:
            one = _Telling(a, x[0], f"{x[1].text} {name}")
            two = _Telling(b, y[0], f"{y[1].text} {name}")
            yield from _found(world, one, two, name, match, factor)
    by = _other_doers(world, a, b) if _same_thing(world, a, b, match) else None
    if by is not None:
        yield from _found(world, _Telling(a, *by[0]), _Telling(b, *by[1]), "actor", match, 0.9)


def _count(world: World, incident: Incident, name: str) -> tuple[Act, Count] | None:
    for act in incident.acts:
        if name == "killed" or name == "injured":
            count = act.killed if name == "killed" else act.injured
        else:
            count = _people(act) if name else None
        # "two died at each post" tells no total
        if count is not None and not _EACH.search(world.report(act.ref).quote(act.sentence)):
            return act, count
    return None


def _people(act: Act) -> Count | None:
    """How many were arrested, or marched."""
    among = act.actors if act.doing.type == "PROTEST" else act.recipients
    found = (how_many(p.name) for p in among if p.actor is None)
    return next((c for c in found if c is not None and (c.low or 0) > 1), None)


def _counts_others(
    world: World,
    matcher: Matcher,
    one: tuple[Incident, tuple[Act, Count]],
    two: tuple[Incident, tuple[Act, Count]],
) -> bool:
    """Whether two numbers need not be of the same people: of a fight each side has its own dead; the dead of
    one force are some of all; and those of one kind may stand beside the others' number ("among them")."""
    (fewer, (_, low)), (more, (act, high)) = sorted((one, two), key=lambda t: t[1][1].low)
    some, all_ = fewer.scenery.victims, more.scenery.victims
    parts = frozenset(words(world.codebook.rules["account"], "part-words"))
    if some & parts and not some & all_:
        return True
    forces, others = ({w for w in side if matcher.armed(w)} for side in (some, all_))
    if "fight" in fewer.scenery.occasions | more.scenery.occasions and some.isdisjoint(all_):
        if forces or (others and (some - GENERIC or not some)):
            return True
    if forces and not others and not all_ - GENERIC and some.isdisjoint(all_):
        return True
    told = content_words(world.report(act.ref).quote(act.sentence))
    kind = some - GENERIC
    return bool(kind) and kind <= told and some.isdisjoint(all_) and low.low < high.low


def _of_other_kind(matcher: Matcher, a: Incident, b: Incident) -> bool:
    """Whether one tells of fighters killed, the other of people without arms."""
    mine, its = a.scenery.victims, b.scenery.victims
    if not mine or not its:
        return False
    return any(map(matcher.armed, mine)) != any(map(matcher.armed, its)) and mine.isdisjoint(its)


def _disjoint(world: World, x: Count, y: Count, a: Incident, b: Incident, disputed: bool) -> float:
    one, two = (_number(world, c, i) for c, i in ((x, a), (y, b)))
    return apart(world.codebook, one, two, disputed=disputed)


def _number(world: World, count: Count, incident: Incident) -> Number:
    told = (world.report(act.ref).quote(act.sentence) for act in incident.acts if act.killed or act.injured)
    return Number(count, _published(incident), " ".join(told))


def _published(incident: Incident) -> Interval:
    return incident.acts[0].published or incident.when


def _same_thing(world: World, a: Incident, b: Incident, match: Match) -> bool:
    """Whether both tell of one thing done to one object; in a battle each side attacks the other, and two
    may each do the like to one and the same on days that nobody names."""
    if not (a.dated and b.dated) and not match.local:
        return False
    if (a.objects & b.objects) - GENERIC:
        return True
    return any(
        x.actor and y.actor and max(world.coverage.covers(x, y), world.coverage.covers(y, x)) >= 0.9
        for x in a.recipients
        for y in b.recipients
    )


def _other_doers(world: World, a: Incident, b: Incident) -> tuple[tuple[Act, str], tuple[Act, str]] | None:
    """The two doers where the tellings name different ones that have nothing to do with each other."""
    x, y = _doer(world, a), _doer(world, b)
    if x is None or y is None:
        return None
    (act_a, party_a), (act_b, party_b) = x, y
    if _unknown(party_a) or _unknown(party_b):
        if not of_other_camps(world, party_a, party_b):
            return None
        return (act_a, f"by {party_a.name}"), (act_b, f"by {party_b.name}")
    over_a = {s.principal for s in world.timeline.principals(party_a, a.when, act_a.ref[0])}
    over_b = {s.principal for s in world.timeline.principals(party_b, b.when, act_b.ref[0])}
    if over_a & over_b or party_a.actor in over_b or party_b.actor in over_a:
        return None
    if world.coverage.covers(party_a, party_b) or world.coverage.covers(party_b, party_a):
        return None
    return (act_a, f"by {party_a.name}"), (act_b, f"by {party_b.name}")


def _doer(world: World, incident: Incident, nameless: bool = False) -> tuple[Act, Party] | None:
    """The one who did it: resolved, or said to be of a state ("a Turkish boat") or a trade ("soldiers")."""
    for act in incident.acts:
        named = [p for p in act.actors if p.actor and (nameless or not unnamed(p.actor))]
        if len(named) == 1 and named[0].kind not in _TELLERS:
            return act, named[0]
    for act in incident.acts:
        if len(act.actors) == 1 and _unknown(act.actors[0]):
            party = act.actors[0]
            if party.country or camp(world, party):
                return act, party
    return None


def _unknown(party: Party) -> bool:
    return party.actor is None or unnamed(party.actor)


def of_other_camps(world: World, a: Party, b: Party) -> bool:
    """Whether two doers, at least one of whom nobody resolves, cannot be the same: of two states, or forces
    of a state here and rebels or civilians there."""
    mine, its = _state(a), _state(b)
    if mine and its and mine != its:
        return True
    camps = {camp(world, a), camp(world, b)}
    return None not in camps and len(camps) == 2


def _state(party: Party) -> str | None:
    return party.country or (party.actor if party.kind in STATE_KINDS else None)


def camp(world: World, party: Party) -> str | None:
    """``forces`` of a state, ``rebels``, ``civil``, or None where nothing tells."""
    known = party.actor is not None and not unnamed(party.actor)
    sector = party.sector or (None if known else world.coverage.classes.get(party.head))
    told = set() if known else set(fold(party.name).split())
    if _OF_A_STATE & told:
        return "forces"  # "army commandos"
    if "opposition" in told or any(world.coverage.classes.get(singular(w)) == "REB" for w in told):
        return "rebels"  # "rebel gunmen"
    if sector in ("MIL", "COP") or party.kind in FORCE_KINDS or (not sector and party.type == "military"):
        return "forces"
    if not known and party.head in _ANYBODY:
        return None
    if sector == "PRM":
        return "militia"
    if sector in ("REB", "UAF", "CRM") or party.kind == "armed group":
        return "rebels"
    if sector in ("CVL", "EDU", "LAB", "OPP", "AGR", "REL") or party.kind in (
        "movement",
        "organisation",
        "community",
    ):
        return "civil"
    return None


def _found(
    world: World, one: _Telling, two: _Telling, name: str, match: Match, factor: float
) -> Iterator[Found]:
    """The statement is the telling of a known speaker, the earlier one where both have or lack one."""
    first, second = sorted((one, two), key=lambda t: _rank(world, t))
    score = (
        0.95
        * match.strength
        * factor
        * certainty(first.act.score, second.act.score)
        * (1.0 if first.act.speaker else 0.85)
        * (1.0 if second.act.speaker or second.act.via is None else 0.95)
    )
    if score < world.number("account", "floor") or first.act.via is None:
        return
    said = world.said_by(first.act)
    bridge = [a.ref for a in (*first.incident.acts, *second.incident.acts)]
    against = second.act.via or second.act.ref
    yield Found(
        kind="account",
        rule=f"account.{name}",
        speaker=said.who.raw if said and said.who else None,
        speaker_name=first.act.speaker_name,
        statement=Place(first.act.via, said.sentences if said else first.act.sentence),
        against=Place(against, second.act.sentence),
        opening=(
            f"{plain(first.act.speaker_name)} tells of {noun(first.act)}, {_where(first.incident)}: "
            f"{plain(first.value)}{cite([first.act.via, *[a.ref for a in first.incident.acts]])}"
        ),
        against_words=(
            f"{plain(second.act.speaker_name)} tells of the same [{match.reason}]: {plain(second.value)}, "
            f"{quoted(world.report(second.act.ref).quote(second.act.sentence))}"
            f"{cite([*([second.act.via] if second.act.via else []), *bridge])}"
        ),
        score=round(min(1.0, score), 3),
        field=name,
    )


def _rank(world: World, telling: _Telling) -> tuple[object, ...]:
    act = telling.act
    return (
        act.via is None,
        act.speaker is None,
        telling.incident.when.start,
        act.ref,
    )


def _where(incident: Incident) -> str:
    place = f" at {incident.sites[0].name.title()}" if incident.sites else ""
    return f"{shown(incident.when)}{place}"


def who_began(world: World) -> Iterator[Found]:
    """ "B fired first", says one; "A fired first", says another, of one day and no two places."""
    seen: set[tuple[Ref, Ref]] = set()
    for _, openings in world.met("first", _openings):
        for a, b in world.couples(sorted(openings, key=lambda i: i.ref), lambda i: i.ref[0]):
            if (a.ref, b.ref) in seen or a.voice == b.voice:
                continue
            seen.add((a.ref, b.ref))
            if (match := _reversed(world, a, b)) is not None:
                one, two = _Telling(a, a.acts[0], _began(a)), _Telling(b, b.acts[0], _began(b))
                yield from _found(world, one, two, "first", match, 0.95)


def _openings(world: World, report: Unfolded) -> Iterator[tuple[tuple[str, date], Incident]]:
    """(type, day) → what somebody says in a report that one side began."""
    first = frozenset(words(world.codebook.rules["account"], "first-words"))
    matcher = Matcher.of(world.codebook, world.coverage)
    for act in report.acts:
        if not (act.via and act.positive and _first(report.text, act, first)):
            continue
        for incident in single(report.record.id, act, matcher):
            for day in days_of(widen(incident.when, 1)):
                yield (incident.type, day), incident


def _began(incident: Incident) -> str:
    return f"{incident.actors[0].name} first"


def _first(text: str, act: Act, words_: frozenset[str]) -> bool:
    """Whether the words around a trigger say that it was the first of its kind."""
    start, end = act.sentence
    near = text[max(start, act.trigger[0] - 24) : min(end, act.trigger[1] + 24)].lower()
    return any(re.search(rf"\b{re.escape(w)}\b", near) for w in words_)


def _reversed(world: World, a: Incident, b: Incident) -> Match | None:
    x, y = _beginner(world, a), _beginner(world, b)
    if x is None or y is None or x.head == y.head or (x.actor and x.actor == y.actor):
        return None
    if places_agree(a.sites, b.sites) is None:
        return None
    # each names the other, or the other's camp, as the one who began
    sides = {x.actor, y.actor} - {None}
    voices = {a.acts[0].speaker, b.acts[0].speaker}
    struck = {p.actor for i in (a, b) for p in i.recipients if p.actor}
    one, two = world.report(a.ref), world.report(b.ref)
    near = one.names_near(a.acts[0].sentence) & two.names_near(b.acts[0].sentence)
    near |= names_around(world, one, a.acts[0])[0] & names_around(world, two, b.acts[0])[0]
    if x.actor is None or y.actor is None:
        # of "the peacekeepers" nobody knows whose they are: both sides must be named in both reports
        told = [content_words(r.context(i.acts[0].sentence)) for r, i in ((one, a), (two, b))]
        if not near or not all(_called(p) & words_ for p in (x, y) for words_ in told):
            return None
    elif not (struck & sides or voices & sides or near):
        return None
    return Match(0.85, f"{shown(a.when)}, each side names another as the first", True)


def _beginner(world: World, incident: Incident) -> Party | None:
    found = _doer(world, incident, nameless=True)
    if found is not None:
        return found[1]
    actors = incident.acts[0].actors
    return actors[0] if len(actors) == 1 and not possessed(actors[0]) else None


def _called(party: Party) -> frozenset[str]:
    """The stems by which somebody is called: gendarmes are of the gendarmerie."""
    return content_words(f"{party.head} {party.name}") | content_words(f"{party.head}rie")
