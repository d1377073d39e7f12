"""What speaks for and against two actors being one: nodes over all reports, objections, common company."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from saydo.model.identity import Sight
from saydo.model.ids import digest, fold
from saydo.model.records import Actor
from saydo.weighing.recent import Recent
from saydo.weighing.sightings import Key, Lore, Roll, Seen, common_ground, letters_of, title_only

_ARMED = frozenset(["REB", "UAF", "PRM", "CRM"])
_OFFICIAL = frozenset(["GOV", "MIL", "COP", "SPY", "JUD", "LEG"])
_FAR_APART = 30
"""Years between the reports of two actors from which on they are hardly one."""
_LOOKED_AT = 40
"""Reports of one actor whose company is looked at; the latest tell most."""
_COMPANIES = 8192
"""Answers about company that are kept."""
_TRUST = ("codebook", "office", "person", "name", "introduced", "alias", "coreference")


@dataclass
class Node:
    """One actor over all reports, before anything is merged. What is asked of it is worked out once: nothing
    is added to ``seen`` after that."""

    id: str
    seen: list[Seen] = field(default_factory=list)

    @cached_property
    def best(self) -> Seen:
        """The report that shows it most plainly."""
        return min(self.seen, key=lambda s: (_TRUST.index(s.resolved_by), s.document))

    @cached_property
    def name(self) -> str:
        return self.best.name

    @cached_property
    def listed(self) -> bool:
        return self.seen[0].listed

    @cached_property
    def person(self) -> bool:
        """Whether most reports take it for a person."""
        return 2 * sum(s.person for s in self.seen) > len(self.seen)

    @cached_property
    def key(self) -> Key:
        return self.best.key

    @cached_property
    def letters(self) -> str | None:
        """Its name's letters, where the name is an abbreviation."""
        return letters_of(self.name)

    def mostly(self, values: Iterable[str | None]) -> str | None:
        """The value that two thirds of the reports which know one agree on."""
        counts = Counter(v for v in values if v)
        if not counts:
            return None
        value, count = min(counts.items(), key=lambda item: (-item[1], item[0]))
        return value if 3 * count >= 2 * counts.total() else None

    @cached_property
    def country(self) -> str | None:
        return self.mostly(s.country for s in self.seen if s.told)

    @cached_property
    def side(self) -> str | None:
        """``armed`` or ``official``, where the reports tell."""
        return self.mostly(
            "armed" if s.sector in _ARMED else "official" if s.sector in _OFFICIAL else None
            for s in self.seen
        )

    @cached_property
    def documents(self) -> set[str]:
        return {s.document for s in self.seen}

    @cached_property
    def sight(self) -> Sight:
        """Its name in the first report that shows it plainly."""
        return self.best.sight


@dataclass(frozen=True, slots=True)
class Census:
    """All actors of all reports, and who is named with whom."""

    nodes: Mapping[str, Node]
    rolls: Mapping[str, Roll]
    aside: Mapping[tuple[str, str], str]
    """(report, id of its record) → id, for those that an equal name does not make one with others."""
    counts: Mapping[str, int]
    common: int
    """An actor named in more reports than this tells nothing by being named in both."""
    _company: Recent[frozenset[str], frozenset[str]] = field(
        default_factory=lambda: Recent(_COMPANIES), repr=False, compare=False
    )

    def company(self, documents: Iterable[str]) -> frozenset[str]:
        """Everybody, but the most common, who is named in some reports."""
        key = frozenset(documents)
        held = self._company.get(key)
        if held is None:
            latest = sorted(key, key=lambda d: (str(self.rolls[d].date or ""), d))[-_LOOKED_AT:]
            named = {s.id for document in latest for s in self.rolls[document].seen}
            held = frozenset(id for id in named if self.counts[id] <= self.common)
            self._company.put(key, held)
        return held

    def shared(self, one: Iterable[str], other: Iterable[str], but: Iterable[str]) -> str | None:
        """The rarest actor that is named in reports of both, by name; None where there is none."""
        both = (self.company(one) & self.company(other)) - frozenset(but)
        both = frozenset(id for id in both if id in self.nodes)
        if not both:
            return None
        return self.nodes[min(both, key=lambda id: (self.counts[id], id))].name


def census(rolls: Iterable[Roll], lore: Lore, apart: frozenset[tuple[str, str]]) -> Census:
    """Counts the actors; ``apart`` are (report, id) that a person holds apart from others of that id."""
    by_document = {r.document: r for r in sorted(rolls, key=lambda r: r.document)}
    nodes: dict[str, Node] = {}
    aside: dict[tuple[str, str], str] = {}
    for each in by_document.values():
        for seen in each.seen:
            id = seen.id
            if title_only(seen, lore) or (seen.document, seen.id) in apart:
                id = f"{seen.id}~{digest(seen.document)[:6]}"
                aside[seen.document, seen.id] = id
            nodes.setdefault(id, Node(id)).seen.append(seen)
    counts = common_ground(by_document.values())
    return Census(nodes, by_document, aside, counts, max(3, len(by_document) // 40))


def objection(a: Node, b: Node, *, names: bool = True) -> str:
    """What speaks against two actors being one, in words; empty where nothing does. Without ``names`` it does
    not count that a report has both, or what sort each is taken for."""
    if names and a.person != b.person:
        return "one is a person, the other is not"
    mine, its = a.country, b.country
    if mine and its and mine != its:
        return f"one is of {mine}, the other of {its}"
    # of letters that no state stands by, the sort is but guessed ("the MFR headquarters")
    guessed = not names and any(n.letters and not n.country and not n.listed for n in (a, b))
    if a.side and b.side and a.side != b.side and not guessed:
        return "one is an armed group's, the other a state's"
    years = [sorted(s.date.year for s in n.seen if s.date) for n in (a, b)]
    if years[0] and years[1] and max(years[1][0] - years[0][-1], years[0][0] - years[1][-1]) > _FAR_APART:
        return f"their reports lie more than {_FAR_APART} years apart"
    together = sorted(a.documents & b.documents)
    if names and together:
        return f"{together[0]} names both as two"
    return ""


class Groups:
    """Actors taken for one so far; holds apart what must be apart."""

    def __init__(self, nodes: Mapping[str, Node], apart: Iterable[tuple[str, str]]) -> None:
        self._nodes = nodes
        self._root: dict[str, str] = {}
        self._members: dict[str, list[str]] = {}
        """Of those that are more than one; most actors of a case are nobody else."""
        self._apart: dict[str, set[str]] = {}
        for one, other in apart:
            self._apart.setdefault(one, set()).add(other)
            self._apart.setdefault(other, set()).add(one)

    def root(self, id: str) -> str:
        """The id that stands for all that are one with ``id``."""
        while id in self._root:
            id = self._root[id]
        return id

    def members(self, id: str) -> list[str]:
        """Everybody who is one with ``id``."""
        root = self.root(id)
        return self._members.get(root) or [root]

    def listed(self, id: str) -> str | None:
        """The codebook's actor among them."""
        return next((m for m in self.members(id) if self._nodes[m].listed), None)

    def held_apart(self, one: str, other: str) -> bool:
        """Whether somebody decided that the two, or actors that are one with them, are not one."""
        others = set(self.members(other))
        return any(self._apart.get(m, set()) & others for m in self.members(one))

    def may(self, one: str, other: str) -> bool:
        """Whether the two may be made one: no decision and no codebook keeps them apart."""
        if self.root(one) == self.root(other):
            return True
        if self.listed(one) and self.listed(other):
            return False
        return not self.held_apart(one, other)

    def join(self, one: str, other: str) -> None:
        """Makes the two one."""
        a, b = sorted((self.root(one), self.root(other)))
        if a != b:
            self._root[b] = a
            self._members[a] = sorted(self._members.get(a, [a]) + self._members.pop(b, [b]))

    def head(self, id: str) -> str:
        """The actor by whose id all that are one with ``id`` go: the codebook's, else the fullest and most
        named."""

        def rank(member: str) -> tuple[bool, bool, bool, bool, int, str]:
            node = self._nodes[member]
            single = node.letters is not None or len(node.key) < 2
            titled = node.person and len(fold(node.name).split()) > len(node.key)
            return (not node.listed, "~" in member, single, titled, -len(node.documents), member)

        return min(self.members(id), key=rank)

    def heads(self) -> Iterator[str]:
        """One id of each group of more than one."""
        return iter(sorted(self._members))


def united(groups: Groups, nodes: Mapping[str, Node], head: str, extra: Iterable[Seen] = ()) -> Actor:
    """The actor that a group is in the case, with all its names; ``extra`` are those that count as it in
    single reports."""
    members = [nodes[m] for m in groups.members(head)]
    best = nodes[head].best.actor
    names: dict[str, None] = {}
    for node in sorted(members, key=lambda n: (n.id != head, n.id)):
        for seen in sorted(node.seen, key=lambda s: s.document):
            for name in (seen.name, *seen.aliases):
                names.setdefault(name)
    for seen in extra:
        names.setdefault(seen.name)
    every = Node(head, [s for n in members for s in n.seen])
    return best.model_copy(
        update={
            "id": head,
            "aliases": tuple(n for n in names if n != best.name),
            "country": best.country or every.country,
            "sector": best.sector or every.mostly(s.sector for s in every.seen),
        }
    )
