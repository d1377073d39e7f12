"""Who answered to whom, and when: the ties of all reports on one time line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from saydo.codebook import Codebook
from saydo.codebook.opposition import words
from saydo.model.citations import Ref
from saydo.model.dates import Interval
from saydo.weighing.acts import Act
from saydo.weighing.parties import STATE_KINDS, Party, state_of, unnamed
from saydo.weighing.times import shift, without

LED_BY = "led by"
OFFICIAL = "official"
"""Label of the step from a person in government to its state that no tie tells of."""
_DEPTH = 3
_LOOSE = frozenset({
    "party", "media", "company", "parliament", "judiciary", "igo", "state group", "community", "civilians",
    "opposition", "coalition", "protesters", "refugees",
})  # fmt: skip
_ATTRIBUTED = 0.75
"""How much a link counts for that somebody only says, beside one that a report states itself."""


class Link(NamedTuple):
    """One step from an actor up to the one whose conduct or word its own counts as."""

    upper: str
    label: str
    """``command``, ``leadership``, ``led by``, ``affiliation``, ``office``, ``forces``, ``government`` or
    ``official``."""
    during: Interval
    directness: float
    ref: Ref | None
    """The tie; None where the codebook knows it (a state's own forces)."""

    def local(self, lower: str) -> bool:
        """Whether it holds in its own report alone: at one end is a body that goes by what it is."""
        return unnamed(lower) or unnamed(self.upper)


class Standing(NamedTuple):
    """That an actor counts as another: by which steps and how directly."""

    principal: str
    directness: float
    steps: tuple[Link, ...]


class Tied(NamedTuple):
    """A link from one actor up to another, as a tie makes it."""

    lower: str
    link: Link
    speaks: bool
    """Whether the lower one speaks for the upper one."""
    told: date | None
    """Since when the report has it hold, or its own day."""


_Above = Callable[[str, Interval], Sequence[Link]]


@dataclass(frozen=True, slots=True)
class Timeline:
    """The links of a case; ask :meth:`principals` whose conduct somebody's conduct is."""

    up: Mapping[str, tuple[Link, ...]]
    """Actor → links upward for conduct."""
    voice: Mapping[str, tuple[Link, ...]]
    """Actor → links to those for whom it speaks."""

    @classmethod
    def of(cls, ties: Iterable[Tied]) -> Timeline:
        """The time line of all links of a case."""
        up: dict[str, list[Link]] = {}
        voice: dict[str, list[Link]] = {}
        for tied in ties:
            if tied.speaks:
                voice.setdefault(tied.lower, []).append(tied.link)
            up.setdefault(tied.lower, []).append(tied.link)
        return cls(
            MappingProxyType({k: ordered(v) for k, v in up.items()}),
            MappingProxyType({k: ordered(v) for k, v in voice.items()}),
        )

    def principals(self, party: Party, at: Interval, document: str) -> tuple[Standing, ...]:
        """Everyone whose conduct counts what ``party`` of a report did at that time: itself first, then
        upward. Ties of a body that goes by what it is ("the party") hold in the report that tells them."""
        return self._climb(party, at, self.above, document, own_forces=True)

    def speaks_for(self, party: Party, at: Interval, document: str) -> tuple[Standing, ...]:
        """Everyone for whom the words of an actor of a report stand at that time: itself first."""
        return self._climb(party, at, self.spoken_for, document, own_forces=False)

    def above(self, actor: str, at: Interval) -> Sequence[Link]:
        """The links from an actor upward for conduct at that time, and maybe others."""
        return self.up.get(actor, ())

    def spoken_for(self, actor: str, at: Interval) -> Sequence[Link]:
        """The links from an actor to those for whom it speaks at that time, and maybe others."""
        return self.voice.get(actor, ())

    def _climb(
        self, party: Party, at: Interval, above: _Above, document: str, *, own_forces: bool
    ) -> tuple[Standing, ...]:
        if party.actor is None:
            return ()
        found = [Standing(party.actor, 1.0, ())]
        state = state_of(party)
        if state and state[0] != party.actor and (own_forces or not state[1]):
            label = "forces" if state[1] else "government"
            link = Link(state[0], label, Interval(None, None), 0.9, None)
            found.append(Standing(state[0], link.directness, (link,)))
        elif not own_forces and party.kind == "person" and party.sector == "GOV" and party.country:
            link = Link(party.country, OFFICIAL, Interval(None, None), 0.85, None)
            found.append(Standing(party.country, link.directness, (link,)))
        return self._walk(found, at, above, document)

    def _walk(
        self, found: list[Standing], at: Interval, above: _Above, document: str
    ) -> tuple[Standing, ...]:
        best = {s.principal: s for s in found}
        frontier = found
        for _ in range(_DEPTH):
            reached: list[Standing] = []
            for standing in frontier:
                if standing.steps and standing.steps[-1].label == LED_BY:
                    continue  # what a group does is its leader's, not that of everything else he leads
                for link in above(standing.principal, at):
                    if link.upper in best or not link.during.overlaps(at):
                        continue
                    if link.local(standing.principal) and link.ref and link.ref[0] != document:
                        continue
                    if link.label == LED_BY and standing.steps:
                        continue  # nor does a leader answer for all that others who hold posts there do
                    step = Standing(
                        link.upper, standing.directness * link.directness, (*standing.steps, link)
                    )
                    best[link.upper] = step
                    reached.append(step)
            frontier = reached
        return tuple(best.values())


@dataclass(frozen=True, slots=True)
class Titles:
    """Which titles let their holders speak and act for whom."""

    private: frozenset[str]
    """Words of titles whose holders speak for themselves ("senator", "former")."""
    national: frozenset[str]
    """Titles whose holders speak for a state."""

    @classmethod
    def of(cls, codebook: Codebook) -> Titles:
        rule = codebook.rules["position"]
        ids = words(rule, "offices-of-state")
        return cls(
            frozenset(words(rule, "own-voice-titles")),
            frozenset(t.lower() for id in ids if id in codebook.offices for t in codebook.offices[id].titles),
        )

    def represents(self, role: str | None, whole: Party) -> bool:
        """Whether the holder of an office in ``whole`` stands for it."""
        title = " ".join((role or "").lower().split())
        if self.private & set(title.split()):
            return False
        if whole.kind in STATE_KINDS:
            # a governor or a professor holds an office in a state, but is not its voice
            return any(title == known or title.endswith(" " + known) for known in self.national)
        return True


def links_of(acts: Iterable[Act], currency_days: int, titles: Titles) -> Iterator[Tied]:
    """The links that some acts make. A tie without dates holds ``currency_days`` around its report."""
    for act in acts:
        kind = act.doing.type.removeprefix("tie:")
        if kind not in ("command", "leadership", "affiliation", "office") or not _stands(act):
            continue
        during = _validity(act, currency_days)
        if during is None:
            continue
        begun = act.when.start if act.when else None
        told = begun or (act.published.end if act.published else None)
        sure = _ATTRIBUTED if act.via else 1.0
        for lower, upper, directness, label in _edges(kind, act, titles):
            if label == LED_BY and act.via and act.speaker not in (lower, upper):
                continue  # what a group does is not laid at the door of whomever an opponent calls its head
            link = Link(upper, label, during, round(directness * sure, 3), act.ref)
            # nobody speaks for those whose leader others only call him ("a founder of the Front, she said")
            speaks = label in ("leadership", "office") and (act.via is None or act.speaker == lower)
            yield Tied(lower, link, speaks, told)


def ordered(links: Iterable[Link]) -> tuple[Link, ...]:
    """The most direct link first, so that a walk meets the best way to each principal first."""
    return tuple(sorted(links, key=_order))


def changed(before: Sequence[Link], after: Sequence[Link]) -> list[Interval]:
    """The times for which somebody's links upward may lead elsewhere than before. A link makes no difference
    where another one of its kind that was there, and is there still, goes before it."""
    was, now = set(before), set(after)
    still = [link for link in ordered(after) if link in was]
    found: list[Interval] = []
    for link in was ^ now:
        left = [link.during]
        for other in still:
            if (other.upper, other.label) != (link.upper, link.label):
                continue
            if _order(other) > _order(link):
                break
            left = [part for each in left for part in without(each, other.during)]
        found += left
    return found


def _order(link: Link) -> tuple[float, str, date, Ref]:
    """Of equally direct ones the one that holds since longest: what later reports tell again changes nothing
    for the time for which it is known already."""
    return (-link.directness, link.upper, link.during.start or date.min, link.ref or ("", ""))


def _stands(act: Act) -> bool:
    """Whether a tie is asserted to hold, or to have held until a known day."""
    if act.realis not in ("actual", "historical"):
        return False
    return act.positive or (act.ended and act.when is not None and act.when.end is not None)


def _edges(kind: str, act: Act, titles: Titles) -> list[tuple[str, str, float, str]]:
    """(lower, upper, directness, label) for one tie. Only bodies that act as one, which parties, media,
    firms, parliaments and alliances of states do not, answer for what their people do."""
    found: list[tuple[str, str, float, str]] = []
    for a in act.actors:
        for b in act.recipients:
            if a.actor is None or b.actor is None or a.actor == b.actor:
                continue
            if kind == "command":
                if not (a.kind == "person" and b.kind == "person"):
                    found.append((b.actor, a.actor, 0.9, kind))
            elif kind == "leadership":
                if titles.represents(act.role, b):
                    found.append((a.actor, b.actor, 0.9, kind))
                if b.kind not in _LOOSE and b.kind not in STATE_KINDS:
                    found.append((b.actor, a.actor, 0.85, LED_BY))
            elif kind == "office":
                if titles.represents(act.role, b):
                    found.append((a.actor, b.actor, 0.9, kind))
            elif a.kind not in STATE_KINDS and a.kind != "state group" and b.kind not in _LOOSE:
                found.append((a.actor, b.actor, 0.75, kind))
    return found


def _validity(act: Act, currency_days: int) -> Interval | None:
    """From when to when a tie is taken to hold."""
    published = act.published.end if act.published else None
    start = act.when.start if act.when else None
    end = act.when.end if act.when else None
    if start is None and end is None and published is None:
        return None
    if start is None:
        start = _moved(end or published, -currency_days)
    if end is None and not act.ended:
        # "since 2011" in a report of 2014 holds at least until the report
        later = max(d for d in (published, start) if d is not None)
        end = _moved(later, currency_days)
    return Interval(start, end)


def _moved(day: date | None, days: int) -> date | None:
    return shift(day, days) if day else None
