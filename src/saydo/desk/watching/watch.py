"""The watch itself: round after round, ask what is due, run what is new, tell what was found."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from saydo.codebook.entries import Codebook
from saydo.desk.case import make_case, open_case
from saydo.desk.corridor import Corridor
from saydo.desk.run import Asked, Settings, run
from saydo.desk.watching.articles import waiting_reports
from saydo.desk.watching.channels import Channel, deliver
from saydo.desk.watching.feeds import FeedList
from saydo.desk.watching.news import Gathered, Wanted, gather
from saydo.desk.watching.pace import LEAST, MOST, clock_words
from saydo.desk.watching.poll import Poller
from saydo.desk.watching.words import message
from saydo.intake import Fetcher, Limits, ParserProcess, host_of
from saydo.model.errors import InputError, SaydoError
from saydo.model.reading import Reader
from saydo.store.watching import WatchLog

WHO = "saydo watch"
_UNFINISHED = "a run was begun"


@dataclass(frozen=True, slots=True)
class World:
    """What a watch takes from outside, so that a test can give it."""

    now: Callable[[], float] = time.time
    """Seconds since 1970, UTC."""
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random


class Told(NamedTuple):
    """What a round did."""

    asked: int
    """Feeds that were asked."""
    new: int
    """Reports that came into the case."""
    news: int
    """Discrepancies that are told for the first time."""
    waiting: int
    """Articles that wait to be fetched again."""
    next: float
    """When there is something to do again."""
    failed: bool = False
    """Whether the case could not be run, or something could not be delivered."""


@dataclass
class Watch:
    """Watches feeds for a case. Use it as a context; one at a time for a case."""

    case: Path
    feeds: Callable[[], FeedList]
    """Reads the list of feeds; asked in every round, so that the list may be changed meanwhile."""
    reader: Callable[[], Reader]
    """Makes the reader, when there is something to read."""
    codebook: Codebook
    channels: Sequence[Channel]
    tell: Callable[[str, str], None]
    """Is told ``(where, what is the matter)``, of each matter once."""
    every: float = 900.0
    wanted: Wanted = field(default_factory=Wanted)
    private: bool = False
    """Whether the hosts of the list may be of this machine or a private network."""
    world: World = World()
    limits: Limits = field(default_factory=Limits)
    rooms: Corridor | None = None
    settings: Settings = field(default_factory=Settings)
    _reader: Reader | None = None
    _list: FeedList = field(default_factory=lambda: FeedList(()))
    _faults: set[str] = field(default_factory=set)
    _known: int = 0
    _case_fault: str = ""

    def __enter__(self) -> Watch:
        self._list = self.feeds()  # a list that cannot be read is told before anything is made
        make_case(self.case)
        self._log = WatchLog(self.case)
        self._parser = ParserProcess()
        self._fetcher = self._fetching()
        try:
            self._begin()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._parser.close()
        self._fetcher.close()
        self._log.close()

    def _begin(self) -> None:
        """What the case holds before it is watched is no news."""
        if self._log.fact("began") is None:
            with closing(open_case(self.case)) as store:
                there = gather(self._log, store, self.wanted, known=True)
            self._log.put_pairs(there.pairs)
            self._log.put_fact("began", clock_words(self.world.now()))
            self._known = len({(p.said_in, p.said, p.against_in, p.against) for p in there.pairs})

    @property
    def known(self) -> int:
        """Pairs of passages that were there when the case began to be watched; 0 if that was before."""
        return self._known

    def _fetching(self) -> Fetcher:
        homes = self._list.homes() if self.private else ()
        return Fetcher(self.limits, sleep=self.world.sleep, clock=self.world.now, homes=homes)

    def round(self) -> Told:
        """One round. What goes wrong with a feed, an article or a channel is told and stops no other; raises
        SaydoError only where the log of the watch itself cannot be kept."""
        self._read_list()
        poller = Poller(
            self._log, self._fetcher, self._parser, self.every, self.limits, self.world.now,
            self.world.chance, self.tell,
        )  # fmt: skip
        asked = sum(poller.ask(url) for url in self._list.urls)
        poller.fetch()
        new, failed = self._run()
        found = self._gather()
        for channel in self.channels:
            deliver(self._log, channel, self.world.now, self.world.chance(), self.tell)
        left = self._log.waiting()
        undelivered = [m for m in self._log.messages() if m.channel in {c.name for c in self.channels}]
        return Told(asked, new, len(found.news), len(left), self._next(), failed or bool(undelivered))

    def _read_list(self) -> None:
        """The list anew; one that cannot be read any more leaves the last that could."""
        try:
            listed = self.feeds()
        except InputError as error:
            self._once(str(error), "the list of feeds")
            return
        for fault in listed.faults:
            self._once(fault, "the list of feeds")
        if listed.urls != self._list.urls:
            self._list = listed
            self._fetcher.close()
            self._fetcher = self._fetching()

    def _once(self, told: str, where: str) -> None:
        if told not in self._faults:
            self._faults.add(told)
            self.tell(where, told)

    def _run(self) -> tuple[int, bool]:
        """Runs the articles that are ready; how many reports are new, and whether that failed."""
        ready = [article for article in self._log.waiting() if article.ready]
        if not ready and not self._log.fact(_UNFINISHED):
            return 0, False
        # also where all was taken in and somebody stopped the coding of it
        self._log.put_fact(_UNFINISHED, "yes")
        names = list(dict.fromkeys(article.url or article.feed for article in ready))
        try:
            if self._reader is None:
                self._reader = self.reader()
            summary = run(
                names, self.case, self._reader, self.codebook,
                settings=self.settings, rooms=self.rooms, asked=Asked(WHO),
                clock=lambda: clock_words(self.world.now()),
                reads=waiting_reports(self._log, self._parser, self.tell),
            )  # fmt: skip
        except SaydoError as error:
            if str(error) != self._case_fault:  # it is tried every minute, and told once
                self.tell("the case", f"{error}; {len(ready)} articles wait until then")
            self._case_fault = str(error)
            return 0, True
        self._case_fault = ""
        self._log.put_fact(_UNFINISHED, "")
        return summary.new, False

    def _gather(self) -> Gathered:
        """What is new in the case, whoever ran it, into the log together with the messages about it."""
        with closing(open_case(self.case)) as store:
            if store.derived_by() is None and store.behind() is None:
                return Gathered()  # a run is at work, or was stopped; the next look finds what it found
            found = gather(self._log, store, self.wanted)
            at, case = clock_words(self.world.now()), self.case.resolve().name
            told = [message(news, store, case, at) for news in found.news]
        if found.pairs:
            self._log.put_pairs(found.pairs, {channel.name: told for channel in self.channels})
        return found

    def _next(self) -> float:
        """When there is something to do again."""
        due = []
        for url in self._list.urls:
            state = self._log.feed(url)
            due.append(max(state.next, self._log.host(host_of(state.address)).next))
        due += [article.next for article in self._log.waiting()]
        names = {channel.name for channel in self.channels}
        due += [each.next for each in self._log.messages() if each.channel in names]
        now = self.world.now()
        return min(max(min(due, default=now + self.every), now + 1.0), now + MOST)

    def forever(self, after: Callable[[Told], None]) -> None:
        """Round after round, until somebody presses Ctrl-C; ``after`` is told what each did."""
        while True:
            told = self.round()
            after(told)
            # after a round in which the case was busy, articles are due at once: a moment's rest even then
            least = LEAST / 5 if told.failed else 1.0
            self.world.sleep(max(told.next - self.world.now(), least))
