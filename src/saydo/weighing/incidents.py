"""Same-event clustering: which reports, in one text or in several, speak of one incident.

Two steps. First the events of one report that stand for one incident are drawn together ("eleven died in
the raid on Tal" may be coded as two). Then incidents of several reports are joined, blocked by type, day and
place or by day and pair of participants, so that only near neighbours are ever compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import reduce

from saydo.model.ids import digest
from saydo.weighing.acts import Act, Unfolded
from saydo.weighing.parties import Site, unnamed
from saydo.weighing.sameness import GENERIC, Incident, Matcher, counted, named, places_agree
from saydo.weighing.scenery import Scenery
from saydo.weighing.times import days_of, length, widen
from saydo.weighing.types import EventCluster

_WIDEST = 8
"""Days: an event that is placed in time no better than this is not joined to others."""
_BUCKET = 64
"""Most clusters looked at under one key; where more incidents of one kind, day and place are told, the
latest ones are the likeliest to be meant."""


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
        scenery=reduce(Scenery.plus, (a.scenery for a in group)),
        voice=group[0].voice,
        document=document,
    )


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
        keys = list(keys_of(incident, matcher.days_apart))
        candidates = sorted({k for key in keys for k in index.get(key, [])[-_BUCKET:]})
        best: tuple[float, int, str] | None = None
        for k in candidates:
            matches = [matcher.same(incident, other) for other in made[k].members[-12:]]
            if not all(matches) or _rivals(incident, made[k]) or _barred(incident, made[k], matcher):
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


def _barred(incident: Incident, cluster: Cluster, matcher: Matcher) -> bool:
    """Whether somebody decided that an incident is not the one of a cluster."""
    return bool(matcher.apart) and any(matcher.parted(incident, other) for other in cluster.members)


def keys_of(incident: Incident, days_apart: int) -> Iterator[tuple[object, ...]]:
    """The keys under which an incident is compared with others: its type, the days up to ``days_apart`` from
    it, and a spot, a pair of participants or a thing."""
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
        known |= {"toll"} if counted(incident) else set()
        spots |= {("near", n, k) for n in named(incident) for k in known}
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
