"""Everything that is known of a case while it is weighed: reports unfolded, time line, indexes."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import ChainMap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple, cast

from saydo.codebook import Codebook
from saydo.codebook.opposition import Oppositions, number, words
from saydo.model.citations import Ref
from saydo.model.dates import Interval
from saydo.weighing.acts import Act, Said, Unfolded, unfold
from saydo.weighing.independence import reprints
from saydo.weighing.parties import Coverage, canonical
from saydo.weighing.scenery import occasions
from saydo.weighing.scope import ScopeWords
from saydo.weighing.timeline import OFFICIAL, Standing, Timeline, Titles, timeline
from saydo.weighing.types import WeighedReport

_ALWAYS = Interval(None, None)


class Conduct(NamedTuple):
    """An act as the conduct of one of those it counts for."""

    start: date
    """First day on which it may have happened; ``date.min`` where nothing is known."""
    act: Act
    standing: Standing


@dataclass(frozen=True, slots=True)
class World:
    """A case prepared for the rules. ``reports`` leaves out reprints of an earlier report."""

    codebook: Codebook
    oppositions: Oppositions
    coverage: Coverage
    scope: ScopeWords
    reports: tuple[Unfolded, ...]
    by_id: Mapping[str, Unfolded]
    names: Mapping[str, str]
    """Canonical actor id → name."""
    timeline: Timeline
    conduct: dict[tuple[str, str], tuple[Conduct, ...]]
    """(principal, type) → what it, or somebody whose conduct counts as its own, is reported to have
    done, by first day."""

    def report(self, ref: Ref) -> Unfolded:
        """The report that a record stands in."""
        return self.by_id[ref[0]]

    def number(self, rule: str, parameter: str) -> float:
        """A number of one of the weighing rules."""
        return number(self.codebook.rules[rule], parameter)

    def of(self, principal: str, type_: str, after: date, until: date) -> Sequence[Conduct]:
        """The conduct of a principal of one type that may have begun in these days, by first day."""
        found = self.conduct.get((principal, type_), ())
        first = bisect_left(found, after, key=lambda c: c.start)
        return found[first : bisect_right(found, until, key=lambda c: c.start)]

    def said(self) -> Iterator[tuple[Unfolded, Said]]:
        """Every statement, report by report."""
        for report in self.reports:
            for said in report.said:
                yield report, said

    def said_by(self, act: Act) -> Said | None:
        """The statement that an act was coded from; None for the document's own voice."""
        if act.via is None:
            return None
        return next((s for s in self.report(act.ref).said if s.ref == act.via), None)

    def standing(self, said: Said, *, official: bool = True) -> dict[str, Standing]:
        """Everyone for whom a statement stands, with how directly; empty without a known speaker. Without
        ``official`` only the speaker and those whose office or lead a report names, not the state of whose
        government somebody merely is part."""
        if said.who is None:
            return {}
        at = said.around() or _ALWAYS
        return {
            s.principal: s
            for s in self.timeline.speaks_for(said.who, at)
            if official or not any(link.label == OFFICIAL for link in s.steps)
        }


def world(reports: Sequence[WeighedReport], codebook: Codebook) -> World:
    """Unfolds the reports and builds the time line and the indexes."""
    order = sorted(
        range(len(reports)), key=lambda i: (reports[i].record.date or "9999", reports[i].record.id)
    )
    copies = {order[i] for i in reprints([reports[i].text for i in order])}
    named = occasions(codebook)
    unfolded = tuple(unfold(i, report, named) for i, report in enumerate(reports) if i not in copies)
    acts = [act for report in unfolded for act in report.acts]
    ready = _ready(codebook)
    line = timeline(acts, int(number(codebook.rules["tie"], "currency-days")), ready.titles)
    return World(
        codebook=codebook,
        oppositions=ready.oppositions,
        coverage=ready.coverage,
        scope=ready.scope,
        reports=unfolded,
        by_id=MappingProxyType({r.record.id: r for r in unfolded}),
        names=_names(unfolded, codebook),
        timeline=line,
        conduct=_conduct(acts, ready.oppositions, line),
    )


class _Ready(NamedTuple):
    oppositions: Oppositions
    coverage: Coverage
    scope: ScopeWords
    titles: Titles
    names: Mapping[str, str]


@lru_cache(maxsize=4)
def _ready(codebook: Codebook) -> _Ready:
    """What follows from the codebook alone: every report of a stream is weighed by itself, too."""
    return _Ready(
        Oppositions.of(codebook),
        Coverage.of(codebook, words(codebook.rules["commitment"], "anybody")),
        ScopeWords.of(codebook),
        Titles.of(codebook),
        MappingProxyType({id: entry.name for id, entry in codebook.actors.items()}),
    )


def _names(reports: Sequence[Unfolded], codebook: Codebook) -> Mapping[str, str]:
    known = _ready(codebook).names
    names: dict[str, str] = {}
    for report in sorted(reports, key=lambda r: r.record.id):
        for actor in report.record.actors:
            names.setdefault(canonical(actor.id), actor.name)
    return ChainMap(cast("dict[str, str]", known), names)


def _conduct(
    acts: Sequence[Act], oppositions: Oppositions, line: Timeline
) -> dict[tuple[str, str], tuple[Conduct, ...]]:
    found: dict[tuple[str, str], list[Conduct]] = {}
    for act in acts:
        if act.realis not in ("actual", "historical"):
            continue
        around = act.around()
        start = (around.start if around else None) or date.min
        for view in _views(act, oppositions):
            listed: set[str] = set()
            for party in view.actors:
                for standing in line.principals(party, around or _ALWAYS):
                    if standing.principal not in listed:
                        listed.add(standing.principal)
                        key = (standing.principal, act.doing.type)
                        found.setdefault(key, []).append(Conduct(start, view, standing))
    return {
        key: tuple(sorted(rows, key=lambda c: (c.start, c.act.ref, -c.standing.directness)))
        for key, rows in found.items()
    }


def _views(act: Act, oppositions: Oppositions) -> Iterator[Act]:
    """The act, and for one without direction also seen from its other end."""
    yield act
    if oppositions.symmetric(act.doing) and any(p.actor for p in act.recipients):
        yield replace(act, actors=act.recipients, recipients=act.actors)
