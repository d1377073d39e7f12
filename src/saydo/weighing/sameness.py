"""Whether two tellings are of one incident: what must agree, what must not differ, how sure that is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from saydo.codebook import Codebook
from saydo.codebook.opposition import number, table, words
from saydo.model.citations import Ref
from saydo.model.dates import Interval
from saydo.weighing.acts import Act
from saydo.weighing.parties import Coverage, Party, Site, unnamed
from saydo.weighing.scenery import Scenery, hours_agree, nightly, occasions
from saydo.weighing.times import length, shown, widen

_MODES = (
    frozenset({"aerial", "drone"}),
    frozenset({"heavy-weapons", "firearms", "explosives", "destroy"}),
    frozenset({"suicide-attack", "explosives"}),
    frozenset({"firearms", "massacre", "execute", "assassinate"}),
    frozenset({"aerial", "destroy", "heavy-weapons"}),
)
_SPELL = 3
"""Days: what took longer is a stretch of fighting and not one incident of a day."""
_MANY = frozenset(
    {
        "community",
        "state",
        "government",
        "military",
        "police",
        "party",
        "armed group",
        "state group",
        "de facto state",
    }
)
"""Kinds of actors to whom much is done in one day."""
_ARMED = frozenset({"MIL", "COP", "REB", "UAF", "PRM", "SPY"})
_FIGHTERS = frozenset({"soldier", "fighter", "serviceman", "guardsman", "legionnaire"})
GENERIC = frozenset(
    "people person civilian soldier fighter man woman area town child victim resident citizen inhabitant "
    "dead body number toll count life other there here eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand "
    "dozen".split()
)


class Incident(NamedTuple):
    """What one voice of one report tells of one incident."""

    acts: tuple[Act, ...]
    type: str
    modes: frozenset[str]
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    sites: tuple[Site, ...]
    when: Interval
    dated: bool
    objects: frozenset[str]
    scenery: Scenery
    voice: str
    document: str

    @property
    def ref(self) -> Ref:
        return self.acts[0].ref


class Match(NamedTuple):
    """That two incidents are one, how surely, and on what this rests."""

    strength: float
    reason: str
    local: bool
    """Whether both name one and the same spot."""


@dataclass(frozen=True, slots=True)
class Matcher:
    """Compares incidents by the parameters of the account rule."""

    coverage: Coverage
    types: tuple[str, ...]
    days_apart: int
    undated_days: int
    occasions_apart: Mapping[str, tuple[str, ...]]
    """Family of occasions → families that are never the same incident."""
    occasions: frozenset[str]
    """Nouns that name incidents."""
    apart: frozenset[frozenset[Ref]] = frozenset()
    """Pairs of events of which somebody decided that they are not one."""

    @classmethod
    def of(
        cls, codebook: Codebook, coverage: Coverage, apart: frozenset[frozenset[Ref]] = frozenset()
    ) -> Matcher:
        rule = codebook.rules["account"]
        return cls(
            coverage,
            words(rule, "incidents"),
            int(number(rule, "days-apart")),
            int(number(rule, "undated-days")),
            table(rule, "occasions-apart"),
            frozenset(occasions(codebook)),
            apart,
        )

    def same(self, a: Incident, b: Incident) -> Match | None:
        """Whether two incidents are one: type, day, hour and manner must agree and no places speak against
        it; then the spot or its name, or who did it to whom, or the thing it was done to."""
        if a.type != b.type or not _modes_agree(a.modes, b.modes) or not self._days_agree(a, b):
            return None
        if self.parted(a, b):
            return None
        if not self._manners_agree(a.scenery.occasions, b.scenery.occasions):
            return None
        if a.scenery.countries and b.scenery.countries and not a.scenery.countries & b.scenery.countries:
            return None
        if any(i.scenery.several and not i.dated for i in (a, b)) or any(i.scenery.counted for i in (a, b)):
            return None
        place = places_agree(a.sites, b.sites)
        if place is None:
            if not _beside(a, b):
                return None
            place = "region"
        on = self._on(a, b, place == "place")
        strength = _strength(on, a, b)
        if not strength or self._other_victims(a, b, on):
            return None
        strength += 0.03 * (len({*on} - {"toll"}) - 1) - (0.0 if a.dated and b.dated else 0.1)
        reason = f"same type, {shown(a.when)} and {shown(b.when)}, same {', '.join(on)}"
        return Match(min(1.0, strength), reason, place == "place")

    def parted(self, a: Incident, b: Incident) -> bool:
        """Whether somebody decided that two incidents are not one."""
        return bool(self.apart) and any(
            frozenset((x.ref, y.ref)) in self.apart for x in a.acts for y in b.acts
        )

    def _on(self, a: Incident, b: Incident, place: bool) -> tuple[str, ...]:
        """In what two incidents agree."""
        recipients = self._shared(a.recipients, b.recipients)
        objects = (a.objects & b.objects) - GENERIC
        objects -= {w for i in (a, b) for s in i.sites for w in s.name.split()}
        objects -= self.occasions
        has = {
            "place": place,
            "target": place and _struck(a, b),
            "recipient": any(x.kind not in _MANY for x in recipients),
            "side": any(x.kind in _MANY for x in recipients),
            "actor": bool(self._shared(a.actors, b.actors)),
            "object": len(objects) >= (1 if place or (a.dated and b.dated) else 2),
            "occasion": bool((a.scenery.occasions & b.scenery.occasions) - {"any"}),
            "name": bool(named(a) & named(b)) and not place,
            "toll": counted(a) and counted(b),
        }
        return tuple(w for w, yes in has.items() if yes)

    def _days_agree(self, a: Incident, b: Incident) -> bool:
        """Whether both may be of one time: of one day and hour, or of the night between two days; where one
        has no date, of the days about it. What is counted over weeks is no incident of one day."""
        if not (a.dated and b.dated):
            return a.when.overlaps(b.when)
        if not a.when.overlaps(b.when):
            late = nightly(a.scenery.hours) or nightly(b.scenery.hours)
            return late and widen(a.when, self.days_apart).overlaps(b.when)
        long = any((length(w) or 0) > _SPELL for w in (a.when, b.when))
        return not long and hours_agree(a.scenery.hours, b.scenery.hours)

    def _manners_agree(self, a: frozenset[str], b: frozenset[str]) -> bool:
        if not a or not b or a & b:
            return True
        return any(
            y not in self.occasions_apart.get(x, ()) and x not in self.occasions_apart.get(y, ())
            for x in a
            for y in b
        )

    def _other_victims(self, a: Incident, b: Incident, on: tuple[str, ...]) -> bool:
        """Whether each names people without arms of another kind (nurses here, merchants there), and nothing
        but place and day speaks for one incident."""
        if {"recipient", "target", "name", "object"} & set(on):
            return False
        mine, its = a.scenery.victims - GENERIC, b.scenery.victims - GENERIC
        if not mine or not its or mine & its:
            return False
        return not any(self.armed(v) for v in mine | its)

    def armed(self, head: str) -> bool:
        """Whether a word means somebody who carries arms by trade or cause."""
        return self.coverage.classes.get(head) in _ARMED or head in _FIGHTERS

    def _shared(self, a: tuple[Party, ...], b: tuple[Party, ...]) -> list[Party]:
        """Those of the first whom the second names, too."""
        return [
            x
            for x in a
            if x.actor
            and not unnamed(x.actor)
            and any(y.actor and max(self.coverage.covers(x, y), self.coverage.covers(y, x)) >= 0.9 for y in b)
        ]


def _strength(on: tuple[str, ...], a: Incident, b: Incident) -> float:
    """How surely two incidents that agree in this are one; 0 where they need not be. One city sees many
    incidents of one kind in a day, and more in the days about which an undated report speaks."""
    dated = a.dated and b.dated
    thing = {"object", "recipient"} & set(on)
    if "place" in on:
        if thing or "target" in on:
            return 0.9
        if dated and _day(a, b) and {"occasion", "actor", "side"} & set(on):
            return 0.8
        return 0.7 if dated and _day(a, b) and not (_things(a) and _things(b)) else 0.0
    if "object" in on and (
        "recipient" in on or (dated and {"actor", "side", "name"} & set(on) and _day(a, b))
    ):
        return 0.75
    if "actor" in on and ("recipient" in on or (dated and "side" in on)) and a.when.overlaps(b.when):
        return 0.7
    if "name" in on and dated and _day(a, b):
        return 0.75 if {"occasion", "recipient"} & set(on) else 0.65 if "toll" in on else 0.0
    return 0.0


def _day(a: Incident, b: Incident) -> bool:
    """Whether both are of one day, or of a night."""
    return all((length(i.when) or 0) <= 2 for i in (a, b))


def _things(incident: Incident) -> bool:
    """Whether a telling says to what or whom, beside a place and mere people, it was done."""
    known = {w for s in incident.sites for w in s.name.split()} | incident.scenery.victims
    if counted(incident):
        known |= {p.head for p in incident.recipients}  # who came to harm
    return bool(incident.objects - GENERIC - known)


def counted(incident: Incident) -> bool:
    """Whether a telling says how many were killed or hurt."""
    return any(act.killed or act.injured for act in incident.acts)


def _struck(a: Incident, b: Incident) -> bool:
    """Whether both make the place itself the target: "the raid on Tal"."""
    return any(
        x.type == "place" and y.type == "place" and x.head == y.head and (x.site is None or x.site.local)
        for x in a.recipients
        for y in b.recipients
    )


def _modes_agree(a: frozenset[str], b: frozenset[str]) -> bool:
    if not a or not b or a & b:
        return True
    return any(a & family and b & family for family in _MODES)


def _beside(a: Incident, b: Incident) -> bool:
    """Whether the spot that one is set at is named around the other too, which is set at another: "near the
    Tarn post *on the Line of Control*"."""
    lands = [{s.country for s in i.sites if s.country} for i in (a, b)]
    if lands[0] and lands[1] and not lands[0] & lands[1]:
        return False
    return any(
        any(name in x.name.split() or name == x.name for name in y.scenery.names)
        and not any(s.local and s.geonames_id and x.geonames_id for s in y.sites)
        for one, y in ((a, b), (b, a))
        for x in one.sites
        if x.local
    )


def places_agree(a: tuple[Site, ...], b: tuple[Site, ...]) -> str | None:
    """``place`` where both name one spot, ``region`` where one is only a wider area or none is named,
    None where the two spots are different ones."""
    if not a or not b:
        return "region"
    best: str | None = None
    for x in a:
        for y in b:
            if x.agrees(y):
                if x.local and y.local:
                    return "place"
                best = "region"
    return best


def named(incident: Incident) -> frozenset[str]:
    """Names that an incident goes with: of its spots, and around it."""
    return incident.scenery.names | {s.name for s in incident.sites if s.local}
