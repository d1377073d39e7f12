"""Everything that is known of a case while it is weighed: reports unfolded, time line, indexes."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import ChainMap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple, cast

from saydo.codebook import Codebook
from saydo.codebook.opposition import Oppositions, number, words
from saydo.model.citations import Ref
from saydo.model.dates import Interval
from saydo.model.records import Offsets
from saydo.weighing.acts import Act, Said, Unfolded, content_words
from saydo.weighing.endings import without_ended
from saydo.weighing.independence import reprints
from saydo.weighing.parties import STATE_KINDS, UNNAMED, Coverage, canonical, unnamed
from saydo.weighing.scenery import elsewhere, occasions
from saydo.weighing.scope import ScopeWords, fits
from saydo.weighing.timeline import OFFICIAL, Standing, Timeline, Titles, timeline
from saydo.weighing.types import WeighedReport
from saydo.weighing.unfolding import unfold
from saydo.weighing.worded import Fit, Things, worded_fit

_ALWAYS = Interval(None, None)
_NAMELESS = 0.9
_SHARED = 3
"""Words that two passages must have in common, and one more, to be taken to speak of one unnamed body."""


class Conduct(NamedTuple):
    """An act as the conduct of one of those it counts for."""

    start: date
    """First day on which it may have happened; ``date.min`` where nothing is known."""
    act: Act
    standing: Standing


def personal(conduct: Conduct) -> bool:
    """Whether a deed known by its words alone is only that of a person with an office or a post in the one
    whose conduct it would be: what a minister does is not all done by the state."""
    return (
        conduct.act.worded
        and bool(conduct.standing.steps)
        and any(p.kind == "person" for p in conduct.act.actors)
    )


@dataclass(frozen=True, slots=True)
class World:
    """A case prepared for the rules. ``reports`` leaves out reprints of an earlier report."""

    codebook: Codebook
    oppositions: Oppositions
    coverage: Coverage
    scope: ScopeWords
    things: Things
    reports: tuple[Unfolded, ...]
    by_id: Mapping[str, Unfolded]
    names: Mapping[str, str]
    """Canonical actor id → name."""
    timeline: Timeline
    conduct: dict[tuple[str, str], tuple[Conduct, ...]]
    """(principal, type) → what it, or somebody whose conduct counts as its own, is reported to have
    done, by first day."""
    contexts: dict[tuple[str, Offsets], str] = field(default_factory=dict, repr=False, compare=False)
    """What :meth:`context` has worked out."""

    def report(self, ref: Ref) -> Unfolded:
        """The report that a record stands in."""
        return self.by_id[ref[0]]

    def number(self, rule: str, parameter: str) -> float:
        """A number of one of the weighing rules."""
        return number(self.codebook.rules[rule], parameter)

    def fit(self, scope: Act, conduct: Act) -> Fit | None:
        """How well conduct lies within what the words of another act cover."""
        if _namesakes(scope, conduct):
            return None
        if scope.worded or conduct.worded:
            if not (scope.worded and conduct.worded):
                # "has no links with them" is gainsaid by whatever is given to them
                lent = conduct.worded and scope.doing.type.startswith("tie:")
                known = any(p.actor for p in scope.recipients)
                return fits(scope, conduct, self.coverage) if lent and known else None
            return worded_fit(scope, conduct, self.coverage, self.context(conduct), self.things)
        return fits(scope, conduct, self.coverage)

    def alike(self, actor: str, one: Ref, two: Ref, at: Offsets, other: Offsets) -> float:
        """How surely an actor of one report is that of another: 1 for one with a name, 0 for a body called
        by what it is in two reports that have nothing in common."""
        if not unnamed(actor) or one[0] == two[0]:
            return 1.0
        return _NAMELESS if self.common(one, two, at, other) else 0.0

    def context(self, act: Act) -> str:
        """The folded words of an act's sentence and the one before; worked out once for a sentence."""
        key = act.ref[0], act.sentence
        found = self.contexts.get(key)
        if found is None:
            found = self.contexts[key] = self.report(act.ref).context(act.sentence)
        return found

    def common(self, one: Ref, two: Ref, at: Offsets, other: Offsets) -> bool:
        """Whether two reports that call a body only by what it is may well speak of one and the same: they
        name somebody or some place in common, or the two passages share their words."""
        a, b = self.report(one), self.report(two)
        if a is b or (a.record.publisher and a.record.publisher == b.record.publisher):
            return True
        if a.named & b.named:
            return True
        return len(content_words(a.quote(at)) & content_words(b.quote(other))) > _SHARED

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


def _namesakes(a: Act, b: Act) -> bool:
    """Whether two acts speak of two places that only bear one name."""
    if not elsewhere(a.scenery, b.scenery):
        return False
    mine, its = ({p.head for p in x.recipients if p.named and p.kind not in STATE_KINDS} for x in (a, b))
    return bool(mine & its)


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
    line = without_ended(line, acts)
    return World(
        codebook=codebook,
        oppositions=ready.oppositions,
        coverage=ready.coverage,
        scope=ready.scope,
        things=ready.things,
        reports=unfolded,
        by_id=MappingProxyType({r.record.id: r for r in unfolded}),
        names=_names(unfolded, codebook),
        timeline=line,
        conduct=_conduct([a for report in unfolded for a in _reported(report)], ready.oppositions, line),
    )


class _Ready(NamedTuple):
    oppositions: Oppositions
    coverage: Coverage
    scope: ScopeWords
    things: Things
    titles: Titles
    names: Mapping[str, str]


@lru_cache(maxsize=4)
def _ready(codebook: Codebook) -> _Ready:
    """What follows from the codebook alone: every report of a stream is weighed by itself, too."""
    return _Ready(
        Oppositions.of(codebook),
        Coverage.of(codebook, words(codebook.rules["commitment"], "anybody")),
        ScopeWords.of(codebook),
        Things.read(codebook),
        Titles.of(codebook),
        MappingProxyType({id: entry.name for id, entry in codebook.actors.items()}),
    )


def _names(reports: Sequence[Unfolded], codebook: Codebook) -> Mapping[str, str]:
    known = _ready(codebook).names
    names: dict[str, str] = {}
    for report in sorted(reports, key=lambda r: r.record.id):
        for actor in report.record.actors:
            names.setdefault(canonical(actor.id), actor.name)
        for act in report.acts:
            for party in act.actors:
                if unnamed(party.actor) and party.actor:
                    names.setdefault(party.actor, party.actor.removeprefix(UNNAMED))
    return ChainMap(cast("dict[str, str]", known), names)


def _reported(report: Unfolded) -> Iterator[Act]:
    """The acts that somebody says were done: not those of which a statement is the denial."""
    denied = {s.ref for s in report.said if s.kind == "denial"}
    yield from (a for a in report.acts if not (a.positive and a.via in denied))


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
