"""Which discrepancies of a case are news. What is told is two passages, not an id: coding the reports anew
gives new ids, and nobody wants to hear of the same two passages again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from saydo.model.ids import fold
from saydo.model.records import Discrepancy, Pole
from saydo.model.store import CaseStore, Filter
from saydo.store.watching import PairState, WatchLog

What = Literal["new", "further", "surer"]


class Wanted(NamedTuple):
    """Which discrepancies to tell; every condition must hold."""

    kinds: tuple[str, ...] = ()
    least: float = 0.0
    """The least score."""
    actor: str = ""
    """A name, or a part of one, of the speaker."""

    def passes(self, found: Discrepancy, speaker: str) -> bool:
        """Whether one is to be told."""
        if self.kinds and found.kind not in self.kinds:
            return False
        if self.actor and f" {fold(self.actor)} " not in f" {fold(speaker)} ":
            return False
        return found.score >= self.least


class News(NamedTuple):
    """A discrepancy to be told."""

    what: What
    found: Discrepancy
    speaker: str
    against: tuple[Pole, ...]
    """Each passage once; those that are news first."""
    fresh: int
    """How many of them are."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a look at the case gave: what to tell, and how the pairs stand then."""

    news: tuple[News, ...] = ()
    pairs: tuple[PairState, ...] = ()


def gather(log: WatchLog, store: CaseStore, wanted: Wanted, *, known: bool = False) -> Gathered:
    """What is new in a case since the last look, strongest first. With ``known`` all that is there counts as
    known, and nothing is told. Raises StoreError."""
    every = tuple(store.discrepancies(Filter()))
    names = dict(store.names_of(d.speaker for d in every if d.speaker))
    work = _Work(log, wanted)
    for found in every:
        speaker = found.speaker_name or names.get(found.speaker or "") or "the report"
        if known:
            work.put(found, _passages(found.against), "known")
        else:
            work.look(found, speaker)
    return Gathered(tuple(work.news), tuple(work.pairs))


@dataclass
class _Work:
    log: WatchLog
    wanted: Wanted
    news: list[News] = field(default_factory=list)
    pairs: list[PairState] = field(default_factory=list)
    batch: dict[tuple[str, str], list[PairState]] = field(default_factory=dict)

    def look(self, found: Discrepancy, speaker: str) -> None:
        """Tells a discrepancy, holds it back, or finds that it is no news."""
        against = _passages(found.against)
        before = [self._states(found, pole) for pole in against]
        unmet = [pole for pole, states in zip(against, before, strict=True) if not _told(states)]
        if not unmet:
            return
        if not self.wanted.passes(found, speaker):
            self.put(found, unmet, "passed")
            return
        held_back = [
            s.score for states in before for s in states if s.told == "passed" and s.kind == found.kind
        ]
        if held_back and found.score <= max(held_back) and len(unmet) == len(against):
            return  # the filter is another now; the discrepancy is not
        earlier = self._told_before(found)
        # another sentence of a report that was told of is no news: most often the report was coded anew
        fresh = [pole for pole in unmet if pole.document not in earlier]
        self.put(found, unmet, "told")
        if fresh:
            what: What = "further" if earlier else "surer" if held_back else "new"
            rest = tuple(pole for pole in against if pole not in fresh)
            self.news.append(News(what, found, speaker, (*fresh, *rest), len(fresh)))

    def put(self, found: Discrepancy, poles: Iterable[Pole], told: str) -> None:
        """Notes how the pairs of a discrepancy stand."""
        said = found.statement
        for pole in poles:
            state = PairState(
                said.document,
                flat(said.quote),
                pole.document,
                flat(pole.quote),
                found.kind,
                found.score,
                told,
            )
            self.pairs.append(state)
            self.batch.setdefault((said.document, pole.document), []).append(state)

    def _states(self, found: Discrepancy, pole: Pole) -> list[PairState]:
        ends = found.statement.document, pole.document
        met: Sequence[PairState] = (*self.log.pairs(*ends), *self.batch.get(ends, ()))
        return [s for s in met if _same(s.said, found.statement.quote) and _same(s.against, pole.quote)]

    def _told_before(self, found: Discrepancy) -> frozenset[str]:
        """Reports that were told of, before this look, as standing against the same words."""
        met = self.log.told_against(found.statement.document)
        return frozenset(s.against_in for s in met if _same(s.said, found.statement.quote))


def _told(states: Iterable[PairState]) -> bool:
    return any(state.told != "passed" for state in states)


def _passages(poles: Iterable[Pole]) -> tuple[Pole, ...]:
    """Poles, each sentence once."""
    return tuple({(pole.document, pole.quote): pole for pole in reversed(tuple(poles))}.values())[::-1]


def _same(one: str, quote: str) -> bool:
    """Whether two passages of one report are the same, though their ends may be cut otherwise."""
    other = flat(quote)
    return one in other or other in one


def flat(text: str) -> str:
    """A text on one line."""
    return " ".join(text.split())


def documents_of(news: Iterable[News]) -> Iterator[str]:
    """Reports that are quoted."""
    for each in news:
        yield each.found.statement.document
        yield from (pole.document for pole in each.against)
