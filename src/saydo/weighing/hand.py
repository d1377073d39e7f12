"""One of those that weigh a portion: it answers from a ledger that does not change meanwhile."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from saydo.codebook import Codebook
from saydo.model.identity import Identities
from saydo.model.inference import Inference
from saydo.model.ledger import Known, Ledger
from saydo.model.records import Record
from saydo.model.store import Due
from saydo.weighing.casewide import identity, known, ties_of
from saydo.weighing.decided import lore, with_steps
from saydo.weighing.engine import ASKED, FAMILIES, MET, asked
from saydo.weighing.facts import unpacked
from saydo.weighing.finding import found_of
from saydo.weighing.garbage import uncollected
from saydo.weighing.incidents import keys_of
from saydo.weighing.keys import key_of, stretches_of
from saydo.weighing.near import Around, Finding, Later
from saydo.weighing.outcome import outcome, written
from saydo.weighing.overlay import Overlay
from saydo.weighing.portion import (
    Ask,
    Begun,
    Bring,
    Brought,
    Came,
    Change,
    Find,
    Findable,
    Look,
    Made,
    Meet,
    News,
    Over,
    Settle,
    Task,
    Weigh,
)
from saydo.weighing.session import Session
from saydo.weighing.sightings import Roll, roll
from saydo.weighing.sources import source
from saydo.weighing.step import pair_of
from saydo.weighing.types import WeighedReport
from saydo.weighing.upkeep import entry, reach
from saydo.weighing.world import Key

_RECORDS = 256
"""Records kept for the explanations of discrepancies."""


class Hand:
    """Hears news and does tasks. ``ledger`` is read only; ``reports`` gives coded reports by their numbers,
    ``record`` one by its id, None where it is not coded."""

    def __init__(
        self,
        ledger: Ledger,
        codebook: Codebook,
        reports: Callable[[Sequence[int]], Iterable[Due]],
        record: Callable[[str], Record | None],
        inference: Inference | None = None,
    ) -> None:
        self._base = ledger
        self._codebook = codebook
        self._inference = inference
        self._reports = reports
        self._record = lru_cache(_RECORDS)(record)
        self._who = Identities()
        self._over = Overlay(ledger)
        self._portion: Mapping[str, frozenset[int]] = {}
        self._brought: set[int] = set()
        """Reports of this portion that it has at hand."""
        self._read: dict[tuple[int, str], dict[str, dict[Key, list[Any]]]] = {}
        """What rules have read off them."""
        self._session: Session | None = None

    def hear(self, news: News) -> None:
        """Something is otherwise from now on."""
        if isinstance(news, Begun):
            self._who, self._decided = news.who, news.decided
            self._session = Session(self._over, self._codebook, news.decided, self._inference)
            self._record.cache_clear()
        elif isinstance(news, Change):
            self._change(news)
        elif isinstance(news, Meet):
            self._over.meet(news)
        else:
            assert isinstance(news, Over)
            self._over.clear()
            self._read.clear()
            self._brought.clear()

    def do(self, task: Task) -> Sequence[Any]:
        """The answer to a question, see :mod:`saydo.weighing.portion`."""
        with uncollected():
            match task:
                case Look(numbers):
                    return [self._look(due) for due in self._reports(numbers)]
                case Bring(numbers):
                    return [self._bring(due) for due in self._reports(numbers)]
                case Find(reports):
                    return [self._find(number, families) for number, families in reports]
                case Weigh(reports):
                    return [self._weigh(number, families) for number, families in reports]
                case Ask(numbers):
                    return [self._ask(number) for number in numbers]
                case Settle(reports):
                    return [self._settle(number, words) for number, words in reports]

    @property
    def session(self) -> Session:
        """The case as it reads it."""
        assert self._session is not None, "nobody said by what the case is weighed"
        return self._session

    def _look(self, due: Due) -> tuple[int, Known | None]:
        if due.record is None:
            return due.number, None
        return due.number, known(WeighedReport(due.record, due.text), self._codebook)

    def _bring(self, due: Due) -> Came:
        number, record, text = due
        words = len(text.split())
        if record is None:
            return Came(number, words, None)
        session = self.session
        report = WeighedReport(self._who.applied(record), text)
        session.forget_report(number)
        made = source(session, number, report)
        self._brought.add(number)
        unfolded = session.report(number)
        matcher = session.matcher
        near: set[int] = set()
        several = False
        for each in session.incidents(number):
            wide = {key_of("incident", *key) for key in keys_of(each, matcher.days_apart)}
            several = several or not near.isdisjoint(wide)
            near |= wide
        held = self._base.known_of(number)
        seen = unpacked(Roll, held.roll) if held is not None else roll(record, text, lore(self._codebook))
        who = identity(self._who, seen)
        ties = ties_of(report, self._codebook)
        brought = Brought(
            made, entry(session, unfolded), reach(session, (unfolded,)), array("q", near), several, who, ties
        )
        return Came(number, words, brought)

    def _change(self, change: Change) -> None:
        session = self.session
        self._over.change(change)
        self._read.clear()
        session.size = change.size
        for number in (change.gone | change.facts.keys()) - self._brought:
            session.forget_report(number)
        session.forget_actors(change.linked, change.named)
        self._portion = change.dirty
        for number in {*change.dirty[ASKED], *change.dirty[MET]}:
            session.forget_reach(number)

    def _find(self, number: int, families: Collection[str]) -> Findable:
        session = self.session
        report = session.report(number)
        keys: dict[str, tuple[array[int], array[int]]] = {}
        asking: set[int] = set()
        for family in families:
            near = Finding(session, report, family)
            if family != ASKED:
                FAMILIES[family](near.here)
            else:  # its rules ask for conduct alone
                for key, rows in session.see_done(report, near.here.timeline).items():
                    stretches = {stretch for row in rows for stretch in stretches_of(row.start)}
                    near.findable.update(key_of("did", *key, stretch) for stretch in stretches)
                    asking.update(key_of("asks", *key, stretch) for stretch in stretches)
            near.close()
            self._read[number, family] = near.read
            keys[family] = array("q", near.findable), array("q", near.keys)
        return Findable(number, keys, array("q", asking))

    def _weigh(self, number: int, families: Collection[str]) -> Made:
        session = self.session
        report = session.report(number)
        pairs = []
        keys: dict[str, array[int]] = {}
        for family in families:
            read = self._read.pop((number, family), None)
            later = Later(number, self._portion[family])
            near = Around(session, report, family, later=later, read=read)
            pairs += [pair_of(session, f, family) for f in FAMILIES[family](near.here)]
            near.close()
            keys[family] = array("q", near.keys)
        return Made(number, tuple(pairs), keys)

    def _ask(self, number: int) -> Made:
        session = self.session
        near = Around(session, session.report(number), ASKED, self._portion[ASKED])
        pairs = tuple(pair_of(session, f, ASKED) for f in asked(near.here))
        near.close()
        return Made(number, pairs, {ASKED: array("q", near.keys)})

    def _settle(self, number: int, words: Iterable[str]) -> tuple[int, str]:
        session = self.session
        found = map(found_of, words)
        made = outcome(
            session,
            session.report(number),
            found,
            self._decided,
            lambda d: with_steps(d, self._who, self._record),
        )
        return number, written(made)


class Alone:
    """Hands in this very process, asked one after the other; for tests, and to tell where time goes."""

    def __init__(self, hands: Sequence[Hand]) -> None:
        self._hands = hands

    def tell(self, news: News) -> None:
        """Everybody hears it."""
        for hand in self._hands:
            hand.hear(news)

    def ask(self, tasks: Sequence[Task]) -> Iterator[Sequence[Any]]:
        """The answers, in the order of the tasks."""
        for n, task in enumerate(tasks):
            yield self._hands[n % len(self._hands)].do(task)
