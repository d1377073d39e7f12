"""Same-event clustering: which reports, in one text or in several, speak of one incident.

Two steps. First the events of one report that stand for one incident are drawn together ("eleven died in
the raid on Tal" may be coded as two). Then incidents of several reports are joined, blocked by type, day and
place or by day and pair of participants, so that only near neighbours are ever compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce
from typing import NamedTuple

from saydo.codebook import Codebook
from saydo.codebook.opposition import number, table, words
from saydo.model.citations import Ref
from saydo.model.dates import Interval
from saydo.model.ids import digest
from saydo.weighing.acts import Act, Unfolded
from saydo.weighing.parties import Coverage, Party, Site, unnamed
from saydo.weighing.scenery import Scenery, hours_agree, nightly
from saydo.weighing.times import days_of, length, shown, widen
from saydo.weighing.types import EventCluster

_WIDEST = 8
"""Days: an event that is placed in time no better than this is not joined to others."""
_BUCKET = 64
"""Most clusters looked at under one key; where more incidents of one kind, day and place are told, the
latest ones are the likeliest to be meant."""
_MODES = (
    frozenset({"aerial", "drone"}),
    frozenset({"heavy-weapons", "firearms", "explosives", "destroy"}),
    frozenset({"suicide-attack", "explosives"}),
    frozenset({"firearms", "massacre", "execute", "assassinate"}),
    frozenset({"aerial", "destroy", "heavy-weapons"}),
)
_SPELL = 3
"""Days: what took longer is a stretch of fighting and not one incident of a day."""
_ARMED = frozenset({"MIL", "COP", "REB", "UAF", "PRM", "SPY"})
GENERIC = frozenset(
    "people person civilian soldier fighter man woman area town child victim resident citizen inhabitant "
    "dead body number toll count life other".split()
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
    victims: frozenset[str]
    """Head words of those who came to harm."""
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
            apart,
        )

    def same(self, a: Incident, b: Incident) -> Match | None:
        """Whether two incidents are one: type, day, hour and manner must agree and no places speak against
        it; then the spot or its name, or who did it to whom, or the thing it was done to."""
        if a.type != b.type or not _modes_agree(a.modes, b.modes) or not self._days_agree(a, b):
            return None
        if self._apart(a, b):
            return None
        if not self._manners_agree(a.scenery.occasions, b.scenery.occasions):
            return None
        if a.scenery.countries and b.scenery.countries and not a.scenery.countries & b.scenery.countries:
            return None
        place = places_agree(a.sites, b.sites)
        if place is None:
            return None
        objects = (a.objects & b.objects) - GENERIC
        recipients = self._shared(a.recipients, b.recipients)
        actors = self._shared(a.actors, b.actors)
        occasions = a.scenery.occasions & b.scenery.occasions
        names = _named(a) & _named(b)
        strength = 0.0
        if place == "place":
            strength = 0.9 if objects or recipients or actors or occasions else 0.75
        elif objects and (recipients or actors or (place == "region" and names)):
            strength = 0.75
        elif recipients and actors and a.when.overlaps(b.when):
            strength = 0.7
        elif names and a.dated and b.dated and (occasions or objects):
            strength = 0.75
        if not strength:
            return None
        if self._other_victims(a, b) and not recipients and not (objects - a.victims - b.victims):
            if not names or place == "place":
                return None
        on = {
            "place": place == "place",
            "name": bool(names) and place != "place",
            "recipient": recipients,
            "actor": actors,
            "object": bool(objects),
            "occasion": bool(occasions),
        }
        agreeing = [w for w, yes in on.items() if yes]
        strength += 0.03 * (len(agreeing) - 1) - (0.0 if a.dated and b.dated else 0.1)
        reason = f"same type, {shown(a.when)} and {shown(b.when)}, same {', '.join(agreeing)}"
        return Match(min(1.0, strength), reason, place == "place")

    def barred(self, incident: Incident, cluster: Cluster) -> bool:
        """Whether somebody decided that an incident is not the one of a cluster."""
        return bool(self.apart) and any(self._apart(incident, other) for other in cluster.members)

    def _apart(self, a: Incident, b: Incident) -> bool:
        return bool(self.apart) and any(
            frozenset((x.ref, y.ref)) in self.apart for x in a.acts for y in b.acts
        )

    def _days_agree(self, a: Incident, b: Incident) -> bool:
        """Whether both may be of one time: of one day and hour, or of the night between two days; where one
        has no date, of the days about it. What is counted over weeks is no incident of one day."""
        if not (a.dated and b.dated):
            return a.when.overlaps(b.when)
        if not a.when.overlaps(b.when):
            late = nightly(a.scenery.hours) or nightly(b.scenery.hours)
            return late and widen(a.when, self.days_apart).overlaps(b.when)
        long = [(length(w) or 0) > _SPELL for w in (a.when, b.when)]
        return long[0] == long[1] and (any(long) or hours_agree(a.scenery.hours, b.scenery.hours))

    def _manners_agree(self, a: frozenset[str], b: frozenset[str]) -> bool:
        if not a or not b or a & b:
            return True
        return any(
            y not in self.occasions_apart.get(x, ()) and x not in self.occasions_apart.get(y, ())
            for x in a
            for y in b
        )

    def _other_victims(self, a: Incident, b: Incident) -> bool:
        """Whether each names people without arms of another kind: nurses here, merchants there."""
        mine, its = a.victims - GENERIC, b.victims - GENERIC
        if not mine or not its or mine & its:
            return False
        return not any(self.coverage.classes.get(v) in _ARMED for v in mine | its)

    def _shared(self, a: tuple[Party, ...], b: tuple[Party, ...]) -> bool:
        return any(
            x.actor
            and y.actor
            and not unnamed(x.actor)
            and max(self.coverage.covers(x, y), self.coverage.covers(y, x)) >= 0.9
            for x in a
            for y in b
        )


def _modes_agree(a: frozenset[str], b: frozenset[str]) -> bool:
    if not a or not b or a & b:
        return True
    return any(a & family and b & family for family in _MODES)


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


def incidents(reports: Iterable[Unfolded], matcher: Matcher) -> list[Incident]:
    """The incidents of every report, voice by voice, in the order of reports and text."""
    found: list[Incident] = []
    for report in reports:
        groups: list[list[Act]] = []
        for act in report.acts:
            if act.doing.type not in matcher.types or not act.positive:
                continue
            if act.realis not in ("actual", "historical"):
                continue
            group = next((g for g in groups if _one(g, act)), None)
            if group is None:
                groups.append([act])
            else:
                group.append(act)
        for group in groups:
            incident = _incident(report.record.id, group, matcher.undated_days)
            if incident is not None:
                found.append(incident)
    return found


def _one(group: list[Act], act: Act) -> bool:
    """Whether an act of a report belongs to an incident that the same voice has begun to tell."""
    last = group[-1]
    if last.doing.type != act.doing.type or last.voice != act.voice or last.via != act.via:
        return False
    if last.sentence != act.sentence:
        return False
    mine = {p.actor for a in group for p in a.actors if p.actor}
    its = {p.actor for p in act.actors if p.actor}
    if mine and its and not mine & its:
        return False
    sites = tuple(a.site for a in group if a.site)
    if act.site and sites and places_agree(sites, (act.site,)) is None:
        return False
    if any(a.killed and act.killed and a.killed != act.killed for a in group):
        return False
    whens = [a.when for a in group if a.when]
    return not (act.when and whens and not any(w.overlaps(act.when) for w in whens))


def _incident(document: str, group: list[Act], undated_days: int) -> Incident | None:
    dated = [a.when for a in group if a.when]
    when = min(dated, key=lambda w: length(w) or 10_000) if dated else group[0].around(undated_days)
    days = length(when) if when else None
    if when is None or days is None or days > _WIDEST:
        return None
    sites = [a.site for a in group if a.site]
    sites += [p.site for a in group for p in a.recipients if p.site]
    # a place that the gazetteer does not know is still a place by its name
    sites += [
        Site(p.head, None, None, None, "city")
        for a in group
        for p in a.recipients
        if p.type == "place" and p.site is None and p.actor is None and p.named
    ]
    return Incident(
        acts=tuple(group),
        type=group[0].doing.type,
        modes=frozenset(a.doing.mode for a in group if a.doing.mode),
        actors=tuple(dict.fromkeys(p for a in group for p in a.actors)),
        recipients=tuple(dict.fromkeys(p for a in group for p in a.recipients)),
        sites=tuple(dict.fromkeys(sites)),
        when=when,
        dated=bool(dated),
        objects=frozenset().union(*(a.objects for a in group))
        | {p.head for a in group for p in a.recipients},
        victims=frozenset(p.head for a in group if a.killed or a.injured for p in a.recipients if not p.site),
        scenery=reduce(Scenery.plus, (a.scenery for a in group)),
        voice=group[0].voice,
        document=document,
    )


def _named(incident: Incident) -> frozenset[str]:
    """Names that the incident goes with: of its spots, and around it."""
    return incident.scenery.names | {s.name for s in incident.sites if s.local}


def single(document: str, act: Act, matcher: Matcher) -> Iterator[Incident]:
    """An act alone as an incident; nothing where it has no time near enough to compare."""
    incident = _incident(document, [act], matcher.undated_days)
    if incident is not None:
        yield incident


@dataclass(slots=True)
class Cluster:
    """Incidents taken for one; what a newcomer must agree with is every one of them."""

    members: list[Incident]
    reasons: list[str]


def clusters(found: list[Incident], matcher: Matcher) -> list[Cluster]:
    """Joins incidents greedily in the order of time; each joins the cluster it fits best."""
    order = sorted(found, key=lambda i: (i.when.start or date.min, i.ref))
    made: list[Cluster] = []
    index: dict[tuple[object, ...], list[int]] = {}
    for incident in order:
        keys = list(_keys(incident, matcher.days_apart))
        candidates = sorted({k for key in keys for k in index.get(key, [])[-_BUCKET:]})
        best: tuple[float, int, str] | None = None
        for k in candidates:
            matches = [matcher.same(incident, other) for other in made[k].members[-12:]]
            if not all(matches) or _rivals(incident, made[k]) or matcher.barred(incident, made[k]):
                continue
            top = max((m for m in matches if m), key=lambda m: m.strength)
            if best is None or top.strength > best[0]:
                best = (top.strength, k, top.reason)
        if best is None:
            made.append(Cluster([incident], []))
            number_ = len(made) - 1
        else:
            number_ = best[1]
            made[number_].members.append(incident)
            made[number_].reasons.append(best[2])
        for key in keys:
            listed = index.setdefault(key, [])
            if not listed or listed[-1] != number_:
                listed.append(number_)
    return made


def _rivals(incident: Incident, cluster: Cluster) -> bool:
    """Whether the same sentence already told another incident of this cluster by the same voice."""
    return any(
        o.document == incident.document
        and o.acts[0].sentence == incident.acts[0].sentence
        and o.voice == incident.voice
        for o in cluster.members
    )


def _keys(incident: Incident, days_apart: int) -> Iterator[tuple[object, ...]]:
    spots: set[tuple[object, ...]] = {("name", s.name) for s in incident.sites if s.local}
    spots |= {("id", s.geonames_id) for s in incident.sites if s.local and s.geonames_id is not None}
    actors = sorted({p.actor for p in incident.actors if p.actor and not unnamed(p.actor)})
    recipients = sorted({p.actor for p in incident.recipients if p.actor and not unnamed(p.actor)})
    spots |= {("pair", a, r) for a in actors for r in recipients}
    spots |= {("object", o, w) for o in incident.objects - GENERIC for w in (*actors, *recipients)}
    spots |= {
        ("object", o, s.country) for o in incident.objects - GENERIC for s in incident.sites if s.country
    }
    if incident.dated:
        known = incident.scenery.occasions | (incident.objects - GENERIC)
        spots |= {("near", n, k) for n in _named(incident) for k in known}
    for day in days_of(widen(incident.when, days_apart)):
        for spot in sorted(spots, key=str):
            yield (incident.type, day, *spot)


def public(made: list[Cluster]) -> tuple[EventCluster, ...]:
    """The clusters that join more than one report, as weighing gives them out."""
    found: list[EventCluster] = []
    for cluster in made:
        if len({i.acts[0].ref[0] for i in cluster.members}) < 2:
            continue
        members = tuple(act.ref for incident in cluster.members for act in incident.acts)
        # the first report names the cluster, so that a later one does not change its id
        name = digest("cluster", *members[0])[:16]
        found.append(EventCluster(name, cluster.members[0].type, members, "; ".join(cluster.reasons)))
    return tuple(sorted(found, key=lambda c: c.members))
