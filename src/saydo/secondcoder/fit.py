"""How well an event of a case fits one of somebody else's data set: in time, place, parties and type.

Each part is a number from 0 to 1; the score is their weighted mean. Weights were set by hand, so that two
events of one day in one town with the same type pass though nobody is named, and two of one day that share no
more than the country pass only with the same parties. What a side does not tell counts neither way.
"""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

from saydo.model.compared import CodedEvent, Evidence, Fineness, Limits, Party
from saydo.secondcoder.known import are_near, land_of, role_of, words_of

WEIGHTS = {"date": 0.30, "place": 0.30, "actors": 0.25, "type": 0.15}
UNKNOWN = 0.5
SLACK: dict[Fineness, float] = {"town": 0.0, "district": 25.0, "province": 100.0, "country": 0.0}
"""Kilometres by which a place that is told no finer may be off its point."""
_ONLY_COUNTRY = 0.35
_SAME_PROVINCE = 0.5
_PARTIES = 0.4
"""How well parties must agree where the place says no more than the state."""
_EARTH = 6371.0
"""Mean radius in kilometres."""
_QUADS = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT", "CONCEDE"), 1),
    **dict.fromkeys(("COOPERATE", "AID", "RETREAT"), 2),
    **dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN"), 3),
    **dict.fromkeys(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"), 4),
}
"""PLOVER type → its quad class."""


def fit(ours: CodedEvent, theirs: CodedEvent, limits: Limits) -> Evidence | None:
    """What speaks for the two being one event; None where days or places rule it out."""
    days = apart(ours, theirs)
    if days > limits.days:
        return None
    placed = _place(ours, theirs, limits.km)
    if placed is None:
        return None
    place, km, where = placed
    parties, who = _parties(ours.parties, theirs.parties)
    type, what = _type(ours, theirs)
    wide = max((e.last - e.first).days for e in (ours, theirs))
    date = (1 - days / (limits.days + 1)) * max(0.4, 1 - max(0, wide - 1) / 31)
    when = "same day" if days == 0 and wide == 0 else "times touch" if days == 0 else f"{days} days apart"
    when = when.replace("1 days", "1 day")
    if not ours.told or not theirs.told:
        when += " (day of publication)"
        date = min(date, 0.8)
    reasons = tuple(reason for reason in (when, where, who, what) if reason)
    return Evidence(days, km, date, place, parties, type, reasons)


def score(found: Evidence, *, blind: bool = False) -> float:
    """The weighted mean; ``blind`` to the type. 0 where no more is shared than a day and a state, or a day
    and a town by other people who do something else."""
    if found.place <= _ONLY_COUNTRY and (found.actors or 0) < _PARTIES:
        return 0.0
    parts = {"date": found.date, "place": found.place, "actors": found.actors, "type": found.type}
    if blind:
        del parts["type"]
    elif found.actors == 0 and found.type == 0:
        return 0.0
    whole = sum(WEIGHTS[name] for name in parts)
    return sum(WEIGHTS[name] * (UNKNOWN if part is None else part) for name, part in parts.items()) / whole


def apart(one: CodedEvent, other: CodedEvent) -> int:
    """Days between the times of two events; 0 where they touch."""
    return max(0, (one.first - other.last).days, (other.first - one.last).days)


def kilometres(one: CodedEvent, other: CodedEvent) -> float | None:
    """The great-circle distance (haversine formula, Sinnott 1984) of two events; None without both points."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None
    lat, lat2 = radians(one.lat), radians(other.lat)
    half = sin((lat2 - lat) / 2) ** 2 + cos(lat) * cos(lat2) * sin(radians(other.lon - one.lon) / 2) ** 2
    return 2 * _EARTH * asin(min(1.0, sqrt(half)))


def _place(one: CodedEvent, other: CodedEvent, most: float) -> tuple[float, float | None, str] | None:
    """``(how well, kilometres, why)``; None where they lie apart."""
    km = kilometres(one, other)
    fine = {one.fineness, other.fineness}
    if km is None or "country" in fine or None in fine:
        if one.country and other.country and other.country not in land_of(one.country):
            return None
        same = one.country is not None and other.country is not None
        named = bool(one.place) and words_of(one.place) == words_of(other.place) != frozenset()
        if same:
            return (
                (0.8, None, f"both in {one.place}")
                if named
                else (_ONLY_COUNTRY, None, f"both in {one.country}")
            )
        return 0.2, None, "a place is not told"
    slack = sum(SLACK[each.fineness] for each in (one, other) if each.fineness)
    if km > most + slack:
        return None
    close = f"{km:.0f} km apart ({one.place or '?'} – {other.place or '?'})"
    if slack >= SLACK["province"]:
        return _SAME_PROVINCE, km, f"{close}, one told as a province"
    return 1 - 0.6 * max(0.0, km - slack) / max(most, 1.0), km, close if km >= 0.5 else f"both at {one.place}"


def _parties(ours: tuple[Party, ...], theirs: tuple[Party, ...]) -> tuple[float | None, str]:
    """How well the parties agree; side by side where both tell who did it to whom."""
    sides = [
        ([p for p in ours if p.acts is acts], [p for p in theirs if p.acts is acts]) for acts in (True, False)
    ]
    if any(party.acts is None for party in (*ours, *theirs)):
        sides = [(list(ours), list(theirs))]
    shares, told = [], []
    for mine, other in sides:
        if not mine or not other:
            continue
        fewer, more = (mine, other) if len(mine) <= len(other) else (other, mine)
        best = [max(((likeness(p, q), p, q) for q in more), key=lambda each: each[0]) for p in fewer]
        shares.append(sum(alike for alike, _, _ in best) / len(best))
        alike, p, q = max(best, key=lambda each: each[0])
        if alike >= _PARTIES:
            told.append(p.name if p.name == q.name else f"{p.name or p.country} ~ {q.name or q.country}")
    if not shares:
        return None, "a side names nobody"
    share = sum(shares) / len(shares)
    return share, f"parties: {'; '.join(told)}" if told else "other parties"


def likeness(one: Party, other: Party) -> float:
    """How far two names may mean the same party: 1 for shared words of a name, less for the same state and
    the same role."""
    mine = [words_of(name) for name in (one.name, *one.aliases)]
    others = [words_of(name) for name in (other.name, *other.aliases)]
    shared = max((_shared(a, b) for a in mine for b in others), default=0.0)
    first, second = one.role or role_of(one.name), other.role or role_of(other.name)
    country = None if one.country is None or other.country is None else one.country == other.country
    role = None if first is None or second is None else are_near(first, second)
    # one name may have two roles: of a protest ACLED says that whoever holds it is a protester
    named = any(a and a == b for a in mine for b in others)
    if shared >= 0.5 and country is not False and (role is not False or named):
        return 1.0
    if country is False or role is False:
        return 0.3 if shared >= 0.5 else 0.0
    if role:
        return 0.8 if country and first == second else 0.6
    return 0.4 if country else 0.0


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0


def _type(ours: CodedEvent, theirs: CodedEvent) -> tuple[float | None, str]:
    if not ours.types or not theirs.types:
        return None, ""
    label = " / ".join(part for part in (theirs.coarse, theirs.fine) if part)
    likest = max(_alike(a, b) for a in ours.types for b in theirs.types)
    mark = "=" if likest >= 0.85 else "~" if likest > 0 else "≠"
    return likest, f"{ours.types[0]} {mark} {label or theirs.types[0]}"


def _alike(one: str, other: str) -> float:
    if one == other:
        return 1.0
    (type, _, mode), (second, _, further) = one.partition("."), other.partition(".")
    if type == second:
        return 0.6 if mode and further else 0.85
    return 0.3 if _QUADS[type] == _QUADS[second] else 0.0
