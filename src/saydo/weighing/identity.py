"""Which actors of all reports are one: proposals decided, each merge with its reason, the rest as questions.

A merge needs exactly one candidate with nothing against it. Where there are several, or where country, kind,
side or dates speak against the one, nothing is merged: the question waits for a person, whose decision goes
before every rule. The result does not depend on the order of the reports.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain

from saydo.model.choices import ActorAnchor, Choices, Decision
from saydo.model.identity import Candidate, Identities, Merge, Question
from saydo.model.ids import digest, fold
from saydo.model.records import Actor
from saydo.weighing import namesakes
from saydo.weighing.likeness import Census, Groups, Node, census, united
from saydo.weighing.namesakes import Proposal, Proposals
from saydo.weighing.namesakes_titles import titles_alone
from saydo.weighing.sightings import Lore, Roll, Seen

_MOST = 8
"""Most candidates that a question lists."""
Spot = tuple[str, str]
"""(report, id of its record)."""


def identities(rolls: Iterable[Roll], lore: Lore, choices: Choices) -> Identities:
    """Works out who is who over all reports."""
    rolls = tuple(rolls)
    told = _Told.of(choices, rolls)
    counted = census(rolls, lore, told.aside)
    groups = Groups(counted.nodes, told.apart)
    work = _Work(counted, groups, told)
    work.follow()
    work.decide(namesakes.same_spelling(counted, groups, lore))
    for rule in (
        namesakes.also_known_as,
        namesakes.wordings,
        namesakes.shorter_names,
    ):
        work.decide(rule(counted, groups))
    work.decide(namesakes.abbreviations(counted, groups, lore))
    work.decide(namesakes.misread_abbreviations(counted, groups))
    work.decide(namesakes.last_names(counted, groups, lore))
    work.decide(titles_alone(counted, groups, lore))
    return work.done()


@dataclass(slots=True)
class _Told:
    """What people have decided on actors, in ids of this case."""

    aside: frozenset[Spot] = frozenset()
    apart: tuple[tuple[str, str], ...] = ()
    apart_here: frozenset[tuple[str, str, str]] = frozenset()
    """(report, id, id): not one in this report."""
    same: tuple[tuple[str, str, str | None, Decision], ...] = ()
    """(id, id that it is, report or None for all, decision)."""
    lost: frozenset[int] = frozenset()

    @classmethod
    def of(cls, choices: Choices, rolls: Sequence[Roll]) -> _Told:
        decisions = list(choices.in_force("same-actor", "not-same-actor"))
        if not decisions:
            return cls()
        known = _Known(rolls)
        last: dict[frozenset[tuple[str, str | None]], tuple[Decision, list[tuple[str, str | None]]]] = {}
        lost: set[int] = set()
        for decision in decisions:
            ends = [(known.id(a), a.document) for a in decision.actors]
            if len(ends) != 2 or any(id is None for id, _ in ends):
                lost.add(decision.number)
                continue
            pair = [(str(id), document) for id, document in ends]
            last[frozenset(pair)] = decision, pair
        return cls._sorted(last.values(), lost)

    @classmethod
    def _sorted(
        cls, decided: Iterable[tuple[Decision, list[tuple[str, str | None]]]], lost: set[int]
    ) -> _Told:
        aside: set[Spot] = set()
        apart: list[tuple[str, str]] = []
        here: set[tuple[str, str, str]] = set()
        same: list[tuple[str, str, str | None, Decision]] = []
        for decision, pair in decided:
            (one, where), (other, there) = sorted(pair, key=lambda end: (end[1] is None, end))
            document = where or there
            if decision.kind == "same-actor":
                same.append((one, other, document, decision))
            elif document is None:
                apart.append((one, other))
            elif one == other:
                aside.add((document, one))
            else:
                here.add((document, one, other))
        return cls(frozenset(aside), tuple(apart), frozenset(here), tuple(same), frozenset(lost))


class _Known:
    """Finds the actors that decisions name."""

    def __init__(self, rolls: Sequence[Roll]) -> None:
        self._ids = {s.id for roll in rolls for s in roll.seen}
        self._spots = {(s.document, s.id) for roll in rolls for s in roll.seen}
        self._names: dict[str, set[str]] = {}
        for roll in rolls:
            for seen in roll.seen:
                self._names.setdefault(fold(seen.name), set()).add(seen.id)

    def id(self, anchor: ActorAnchor) -> str | None:
        """The id that an anchor means now; None where no actor of the case, or more than one, is meant."""
        held = self._ids if anchor.document is None else None
        if held is not None and anchor.id in held:
            return anchor.id
        if anchor.document is not None and (anchor.document, anchor.id) in self._spots:
            return anchor.id
        named = self._names.get(fold(anchor.name), set())
        if anchor.document is not None:
            named = {id for id in named if (anchor.document, id) in self._spots}
        return next(iter(named)) if len(named) == 1 else None


@dataclass
class _Work:
    census: Census
    groups: Groups
    told: _Told
    merges: list[Merge] = field(default_factory=list)
    here: dict[Spot, str] = field(default_factory=dict)
    open: dict[tuple[str, bool, frozenset[str]], list[list[Proposal]]] = field(default_factory=dict)
    """(who, whether only in some reports, whom it may be) → the proposals, a list for each report."""

    def follow(self) -> None:
        """What people decided, before any rule."""
        nodes = self.census.nodes
        for one, other, document, decision in self.told.same:
            spots = tuple(nodes[id].sight for id in (one, other) if id in nodes)
            if document is None and len(spots) == 2:
                self.groups.join(one, other)
            elif document is not None and other in nodes:
                self.here[document, one] = other
            else:
                continue
            reason = f"{decision.who} decided so on {decision.at[:10]}"
            reason += f": {decision.why}" if decision.why else ""
            self.merges.append(Merge(other, one, document, "decision", reason, spots, decision.number))

    def decide(self, proposals: Proposals) -> None:
        """Merges where one candidate is left and nothing speaks against it; else the question stays open."""
        for found in proposals:
            left = [p for p in found if self._may(p)]
            roots = {self.groups.root(p.other) for p in left}
            if not left:
                continue
            best = min(left, key=lambda p: (p.against != "", p.other))
            if len(roots) == 1 and not best.against:
                self._merge(best)
            else:
                key = (best.one, best.document is not None, frozenset(roots))
                self.open.setdefault(key, []).append(left)

    def _may(self, p: Proposal) -> bool:
        if p.document is None:
            return self.groups.root(p.one) != self.groups.root(p.other) and self.groups.may(p.one, p.other)
        if (p.document, p.one) in self.here:
            return False
        if any((p.document, p.one, m) in self.told.apart_here for m in self.groups.members(p.other)):
            return False
        return not self.groups.held_apart(p.one, p.other)

    def _merge(self, p: Proposal) -> None:
        if p.document is None:
            self.groups.join(p.one, p.other)
        else:
            self.here[p.document, p.one] = p.other
        self.merges.append(Merge(p.other, p.one, p.document, p.rule, p.reason, p.evidence))

    def done(self) -> Identities:
        """Everything, with ids as the case has them."""
        nodes, groups = self.census.nodes, self.groups
        aside = set(self.census.aside.values())
        whole: dict[str, str] = {}
        here = {spot: groups.head(id) for spot, id in self.here.items()}
        heads = {head for spot, head in here.items()}
        for root in groups.heads():
            head = groups.head(root)
            heads.add(head)
            whole |= {m: head for m in groups.members(root) if m != head and m not in aside}
        for spot, id in self.census.aside.items():
            here.setdefault(spot, groups.head(id))
            heads.add(here[spot])
        extra: dict[str, list[Seen]] = {}
        for (document, id), head in sorted(here.items()):
            seen = next((s for s in self.census.rolls[document].seen if s.id == id), None)
            if seen is not None:
                extra.setdefault(head, []).append(seen)
        actors: dict[str, Actor] = {h: united(groups, nodes, h, extra.get(h, ())) for h in sorted(heads)}
        merges = (m._replace(actor=m.merged, merged=m.actor) if self._turned(m) else m for m in self.merges)
        ordered = tuple(sorted(merges, key=lambda m: (m.actor, m.merged, m.document or "")))
        return Identities(whole, here, actors, ordered, self._questions(), self.told.lost)

    def _turned(self, m: Merge) -> bool:
        """Whether what a rule took for the lesser of the two gives both its id."""
        return m.document is None and self.groups.head(m.merged) == m.merged

    def _questions(self) -> tuple[Question, ...]:
        made: dict[str, Question] = {}
        for (one, local, _), lists in self.open.items():
            left = [p for p in chain(*lists) if self._may(p)]
            documents = sorted({p.document for p in left if p.document})
            candidates = self._candidates(left)
            if not candidates:
                continue
            id = "q" + digest(one, str(local), *sorted(c.actor for c in candidates))[:8]
            node = self.census.nodes[one]
            evidence = dict.fromkeys(p.evidence[0] for p in left if p.evidence)
            made[id] = Question(id, one, node.name, tuple(documents), candidates, tuple(evidence)[:_MOST])
        return tuple(sorted(made.values(), key=self._weight))

    def _candidates(self, left: list[Proposal]) -> tuple[Candidate, ...]:
        """Whom they may be, those with nothing against them and most reports first."""
        best: dict[str, Proposal] = {}
        for p in sorted(left, key=lambda p: (p.against != "", p.document or "", p.other)):
            best.setdefault(self.groups.head(p.other), p)
        nodes = self.census.nodes
        ranked = sorted(best.items(), key=lambda i: (i[1].against != "", -len(nodes[i[0]].documents), i[0]))
        return tuple(
            Candidate(id, nodes[id].name, p.reason, p.against, p.evidence[1:]) for id, p in ranked[:_MOST]
        )

    def _weight(self, question: Question) -> tuple[int, str]:
        """The questions that touch most reports come first."""
        node: Node = self.census.nodes[question.actor]
        return -len(question.documents or node.documents), question.id
