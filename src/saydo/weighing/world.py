"""Everything that is known of a case while it is weighed: reports unfolded, time line, indexes."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import ChainMap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import combinations, product
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol, TypeVar, cast

from saydo.codebook import Codebook
from saydo.codebook.opposition import Oppositions, number, words
from saydo.model.citations import Ref
from saydo.model.dates import Interval
from saydo.model.ids import fold
from saydo.model.inference import Inference
from saydo.model.records import Offsets
from saydo.weighing.acts import Act, Said, Unfolded, content_words
from saydo.weighing.conduct import Conduct, conducted, in_order
from saydo.weighing.endings import End, cut, ends_of
from saydo.weighing.independence import reprints, sketch
from saydo.weighing.parties import STATE_KINDS, Coverage, Party, unnamed
from saydo.weighing.rarity import Counted, Rarity
from saydo.weighing.scenery import elsewhere, occasions
from saydo.weighing.scope import ScopeWords, fits
from saydo.weighing.timeline import OFFICIAL, Standing, Timeline, Titles, links_of
from saydo.weighing.types import WeighedReport
from saydo.weighing.unfolding import unfold
from saydo.weighing.worded import Fit, Things, worded_fit

_ALWAYS = Interval(None, None)
_NAMELESS = 0.9
_SHARED = 3
"""Words that two passages must have in common, and one more, to be taken to speak of one unnamed body."""


S = TypeVar("S")
T = TypeVar("T")
Key = tuple[Any, ...]
"""By what reports meet; the keys of one rule can be put in order."""
Entries = Callable[["World", Unfolded], Iterable[tuple[Key, T]]]
"""What a rule reads off one report, each under the key by which it meets what it reads off others."""


class Sieve(NamedTuple):
    """Tells from a little of what one side asks and the other tells that nothing can come of it, so that the
    reports need not be read for that. It must never stand against what a rule would find."""

    asks: Callable[[World, Any], Any]
    """The little of an entry that asks."""
    tells: Callable[[World, Any], Any]
    """The little of an entry that tells."""
    may: Callable[[World, Any, Any], bool]
    """Whether something may come of the two."""


class Near(Protocol):
    """The part of a case around one report, for weighing that report alone."""

    document: str
    """The report that is weighed; the rest is what it may meet."""

    def met(self, rule: str, entries: Entries[T]) -> Iterator[tuple[Key, list[T]]]:
        """The entries of the report and of all others that share a key with it."""
        ...

    def crossed(
        self,
        rule: str,
        asking: Entries[S],
        telling: Entries[T],
        wanted: Callable[[Key], bool],
        most: int | None,
        alone: bool,
        sieve: Sieve | None,
    ) -> Iterator[tuple[Key, list[S], list[T]]]:
        """What the report asks with what others tell, and what others ask with what it tells."""
        ...

    def listed(self, rule: str, entries: Entries[T], key: Key) -> list[T]:
        """The entries of all reports under one key."""
        ...

    def of(self, principal: str, type_: str, after: date, until: date) -> Sequence[Conduct]:
        """The conduct of a principal; see :meth:`World.of`."""
        ...


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
    rarity: Rarity
    conduct: Mapping[tuple[str, str], Sequence[Conduct]]
    """(principal, type) → what it, or somebody whose conduct counts as its own, is reported to have
    done, by first day; empty where one report is weighed, which has its own way to conduct."""
    inference: Inference | None = None
    """Tells whether a passage goes against something said; None where nobody does."""
    near: Near | None = None
    """None where all reports are weighed at once."""
    lists: dict[str, dict[Key, list[object]]] = field(default_factory=dict, repr=False, compare=False)
    """What :meth:`listed` has read off all reports, rule by rule."""
    stood: dict[tuple[Ref, Party, bool], dict[str, Standing]] = field(
        default_factory=dict, repr=False, compare=False
    )
    """What :meth:`standing` has answered."""
    contexts: dict[tuple[str, Offsets], str] = field(default_factory=dict, repr=False, compare=False)
    """What :meth:`context` has worked out."""

    def met(self, rule: str, entries: Entries[T]) -> Iterator[tuple[Key, list[T]]]:
        """What a rule reads off reports, key by key; set two of one key side by side with :meth:`pairs` or
        :meth:`couples`."""
        if self.near is not None:
            yield from self.near.met(rule, entries)
            return
        found: dict[Key, list[T]] = {}
        for report in self.reports:
            for key, entry in entries(self, report):
                found.setdefault(key, []).append(entry)
        yield from sorted(found.items())

    def crossed(
        self,
        rule: str,
        asking: Entries[S],
        telling: Entries[T],
        wanted: Callable[[Key], bool] = lambda key: True,
        most: int | None = None,
        alone: bool = False,
        sieve: Sieve | None = None,
    ) -> Iterator[tuple[Key, list[S], list[T]]]:
        """What some reports ask and others tell under one key, of the keys that are ``wanted``; set one of
        each side by side with :meth:`across`. A key under which more than ``most`` reports tell something
        says nothing; the rule must then be one of :data:`saydo.weighing.upkeep.CROWDED`. ``alone``: what is
        asked and told follows from the codebook and each report by itself; only then there may be a
        ``sieve``, by which most are passed over where a case is weighed report by report."""
        if self.near is not None:
            yield from self.near.crossed(rule, asking, telling, wanted, most, alone, sieve)
            return
        asked: dict[Key, list[S]] = {}
        told: dict[Key, list[T]] = {}
        tellers: dict[Key, set[int]] = {}
        for report in self.reports:
            for key, ask in asking(self, report):
                asked.setdefault(key, []).append(ask)
        for report in self.reports if asked else ():
            for key, tell in telling(self, report):
                if key in asked:
                    told.setdefault(key, []).append(tell)
                    tellers.setdefault(key, set()).add(report.report)
        for key in sorted(told):
            if wanted(key) and (most is None or len(tellers[key]) <= most):
                yield key, asked[key], told[key]

    def across(
        self, one: Sequence[S], other: Sequence[T], at: Callable[[S], str], there: Callable[[T], str]
    ) -> Iterator[tuple[S, T]]:
        """Each of the first with each of the second; where one report is weighed, those with a pole in it.
        ``at`` and ``there`` give the document of an entry."""
        if self.near is None:
            yield from product(one, other)
            return
        mine = [b for b in other if there(b) == self.near.document]
        for a in one:
            yield from ((a, b) for b in (other if at(a) == self.near.document else mine))

    def listed(self, rule: str, entries: Entries[T], key: Key) -> list[T]:
        """What a rule reads off all reports under one key; ``entries`` may look at nothing but the report."""
        if self.near is not None:
            return self.near.listed(rule, entries, key)
        if rule not in self.lists:
            found = self.lists.setdefault(rule, {})
            for report in self.reports:
                for k, entry in entries(self, report):
                    found.setdefault(k, []).append(entry)
        return cast("list[T]", self.lists[rule].get(key, []))

    def couples(self, listed: Sequence[T], at: Callable[[T], str]) -> Iterator[tuple[T, T]]:
        """Each with each that stands behind it; where one report is weighed, those with a pole in it."""
        if self.near is None:
            yield from combinations(listed, 2)
            return
        here = [at(x) == self.near.document for x in listed]
        mine = [n for n, own in enumerate(here) if own]
        for n, a in enumerate(listed):
            if here[n]:
                yield from ((a, b) for b in listed[n + 1 :])
            else:
                yield from ((a, listed[k]) for k in mine if k > n)

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
            return worded_fit(scope, conduct, self.coverage, self.context(conduct, scope), self.things)
        return fits(scope, conduct, self.coverage)

    def alike(self, actor: str, one: Ref, two: Ref, at: Offsets, other: Offsets) -> float:
        """How surely an actor of one report is that of another: 1 for one with a name, 0 for a body called
        by what it is in two reports that have nothing in common."""
        if not unnamed(actor) or one[0] == two[0]:
            return 1.0
        return _NAMELESS if self.common(one, two, at, other) else 0.0

    def context(self, act: Act, against: Act | None = None) -> str:
        """The folded words of an act's sentence and the one before; worked out once for a sentence. Where it
        is held ``against`` the one before, that does not count: its words would meet themselves."""
        if against is not None and against.ref[0] == act.ref[0] and against.sentence[0] < act.sentence[0]:
            before = [a for a, _ in self.report(act.ref).record.sentences if a < act.sentence[0]]
            if max(before, default=-1) < against.sentence[1]:
                return f" {fold(self.report(act.ref).quote(act.sentence))} "
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
        if self.near is not None:
            return self.near.of(principal, type_, after, until)
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
        key = (said.ref, said.who, official)
        found = self.stood.get(key)
        if found is None:
            at = said.in_time() or _ALWAYS
            found = self.stood[key] = {
                s.principal: s
                for s in self.timeline.speaks_for(said.who, at, said.ref[0])
                if official or not any(link.label == OFFICIAL for link in s.steps)
            }
        return found


def _namesakes(a: Act, b: Act) -> bool:
    """Whether two acts speak of two places that only bear one name."""
    if not elsewhere(a.scenery, b.scenery):
        return False
    mine, its = ({p.head for p in x.recipients if p.named and p.kind not in STATE_KINDS} for x in (a, b))
    return bool(mine & its)


def world(reports: Sequence[WeighedReport], codebook: Codebook, inference: Inference | None = None) -> World:
    """Unfolds the reports and builds the time line and the indexes."""
    order = sorted(
        range(len(reports)), key=lambda i: (reports[i].record.date or "9999", reports[i].record.id)
    )
    alone = len(reports) < 2
    copies = set() if alone else {order[i] for i in reprints([sketch(reports[i].text) for i in order])}
    named = occasions(codebook)
    unfolded = tuple(unfold(i, report, named) for i, report in enumerate(reports) if i not in copies)
    acts = [act for report in unfolded for act in report.acts]
    ready = made_ready(codebook)
    line = Timeline.of(cut(links_of(acts, ready.currency_days, ready.titles), _ends(acts)))
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
        rarity=Counted(unfolded),
        conduct=_conduct(unfolded, ready, line),
        inference=inference,
    )


class Ready(NamedTuple):
    """What follows from the codebook alone."""

    oppositions: Oppositions
    coverage: Coverage
    scope: ScopeWords
    things: Things
    titles: Titles
    names: Mapping[str, str]
    currency_days: int
    occasions: Mapping[str, str]


@lru_cache(maxsize=4)
def made_ready(codebook: Codebook) -> Ready:
    """Made once for a codebook: every report of a stream is weighed by itself, too."""
    return Ready(
        Oppositions.of(codebook),
        Coverage.of(codebook, words(codebook.rules["commitment"], "anybody")),
        ScopeWords.of(codebook),
        Things.read(codebook),
        Titles.of(codebook),
        MappingProxyType({id: entry.name for id, entry in codebook.actors.items()}),
        int(number(codebook.rules["tie"], "currency-days")),
        occasions(codebook),
    )


def _names(reports: Sequence[Unfolded], codebook: Codebook) -> Mapping[str, str]:
    known = made_ready(codebook).names
    names: dict[str, str] = {}
    for report in sorted(reports, key=lambda r: r.record.id):
        for actor, name in report.record.names:
            names.setdefault(actor, name)
    return ChainMap(cast("dict[str, str]", known), names)


def _ends(acts: Iterable[Act]) -> dict[tuple[str, str], list[End]]:
    found: dict[tuple[str, str], list[End]] = {}
    for act in acts:
        for pair, end in ends_of(act):
            found.setdefault(pair, []).append(end)
    return found


def _conduct(
    reports: Iterable[Unfolded], ready: Ready, line: Timeline
) -> dict[tuple[str, str], tuple[Conduct, ...]]:
    found: dict[tuple[str, str], list[Conduct]] = {}
    for report in reports:
        for key, conduct in conducted(report, ready.oppositions, line):
            found.setdefault(key, []).append(conduct)
    return {key: in_order(rows) for key, rows in found.items()}
