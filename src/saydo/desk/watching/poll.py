"""Asking feeds that are due what is new, and fetching the articles they name: each once, politely."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qsl, urldefrag, urlencode, urlsplit, urlunsplit

from saydo.desk.watching.articles import entry_words, page_words
from saydo.desk.watching.pace import MOST, after, back_off, max_age, retry_after
from saydo.intake import (
    FEED,
    Answered,
    Entry,
    Feed,
    Fetcher,
    Limits,
    ParserProcess,
    Source,
    Unfetched,
    host_of,
)
from saydo.model.errors import InputError
from saydo.store.watching import FeedState, HostState, WaitingArticle, WatchLog, digest

TRIES = 3
"""How often a page is asked for before the entry's own words must do."""
_BUSY = (429, 503)
"""Answers by which a server asks to be left alone, whatever is asked for."""
_ADVICE = {
    401: "it lets in only who has an account",
    403: "it lets no program in, or not from here",
    404: "check the address",
}
FEED_BYTES = 20_000_000


@dataclass(frozen=True, slots=True)
class Poller:
    """Asks feeds and fetches articles into a log."""

    log: WatchLog
    fetcher: Fetcher
    parser: ParserProcess
    every: float
    limits: Limits
    now: Callable[[], float]
    chance: Callable[[], float]
    tell: Callable[[str, str], None]
    """Is told ``(address, what is the matter)``."""

    def ask(self, url: str) -> bool:
        """Asks a feed where it is due; whether it was asked."""
        state, now = self.log.feed(url), self.now()
        host = host_of(state.address)
        held = self.log.host(host)
        if max(state.next, held.next) > now:
            return False
        try:
            answer = self.fetcher.ask(state.address, state.etag, state.modified)
        except Unfetched as error:
            self._failed(state, str(error), host if error.later else None)
            return True
        except InputError as error:
            self._failed(state, str(error), None)
            return True
        self._answered(state, answer, host, held)
        return True

    def _answered(self, state: FeedState, answer: Answered, host: str, held: HostState) -> None:
        now = self.now()
        if answer.status not in (200, 304):
            asked = retry_after(answer.header("retry-after"), now)
            busy = host if answer.status in _BUSY else None
            advice = _ADVICE.get(answer.status, "it is asked again later")
            told = f"the server answered {answer.status}; {advice}"
            if answer.status == 410:
                told, asked = "the server says that the feed is gone for good; take it off the list", MOST
            self._failed(state, told, busy, asked)
            return
        if held.failures:
            self.log.put_host(host, HostState())
        asked = max(max_age(answer.header("cache-control")), retry_after(answer.header("retry-after"), now))
        if answer.status == 304:
            self._well(state, after(self.every, 0.0, asked))
            return
        source = Source(state.url, "", self.limits, self.fetcher, parser=self.parser)
        try:
            if len(answer.body) > FEED_BYTES:
                raise InputError(f"the feed is over the limit of {FEED_BYTES:,} bytes")
            found: Feed = self.parser.read(FEED, answer.body, source)
        except InputError as error:
            self._failed(state, f"what came cannot be read as a feed ({error})", None)
            return
        if found.total > len(found.entries):
            self.tell(state.url, f"only the first {len(found.entries)} of {found.total} entries were read")
        if answer.moved and answer.moved != state.address:
            self.tell(state.url, f"has moved for good to {answer.moved}, and is asked there from now on")
            state = state._replace(address=answer.moved)
        state = state._replace(etag=answer.header("etag"), modified=answer.header("last-modified"))
        self._well(state, after(self.every, found.pace, asked), found, answer)

    def _well(
        self, state: FeedState, wait: float, found: Feed | None = None, answer: Answered | None = None
    ) -> None:
        if state.fault:
            self.tell(state.url, "answers again")
        state = state._replace(next=self.now() + wait, failures=0, fault="")
        named: list[tuple[str, str, str]] = []
        keys: list[bytes] = []
        links = Counter(entry.facts.url for entry in found.entries) if found else Counter()
        for entry in found.entries if found else ():
            link = entry.facts.url or ""
            # an address that several entries share is that of no article of its own
            alone = bool(link) and links[link] == 1
            mine = _keys(state.url, entry, alone)
            if not any(self.log.met(key) or key in keys for key in mine):
                assert found is not None and answer is not None
                why = "" if alone else "the entry links to no page of its own"
                named.append((link if alone else "", entry_words(entry, found.about, answer.capture), why))
            keys += mine
        self.log.put_feed(state, named, keys)

    def _failed(self, state: FeedState, told: str, host: str | None, asked: float = 0.0) -> None:
        """Notes that a feed failed, and its host with it where that is named. It is told once, until the feed
        answers again."""
        if not state.fault:
            self.tell(state.url, told)
        failures = state.failures + 1
        wait = back_off(failures, asked, self.chance(), self.every)
        self.log.put_feed(
            state._replace(next=self.now() + wait, failures=failures, fault=state.fault or told)
        )
        if host is not None:
            self._rest(host, asked)

    def _rest(self, host: str, asked: float) -> None:
        failures = self.log.host(host).failures + 1
        wait = back_off(failures, asked, self.chance())
        self.log.put_host(host, HostState(self.now() + wait, failures))

    def fetch(self) -> None:
        """Fetches the articles that are due. A page that may be had later is tried again; one that may not,
        or not after some tries, leaves the entry's own words."""
        for article in self.log.waiting():
            if article.ready or article.next > self.now() or self._resting(article.url):
                continue
            try:
                page = self.fetcher.fetch(article.url)
            except InputError as error:
                self.log.put_article(self._unfetched(article, error))
                continue
            done = article._replace(page=page_words(page), body=page.body, why="", ready=True)
            self.log.put_article(done)

    def _resting(self, url: str) -> bool:
        try:
            return self.log.host(host_of(url)).next > self.now()
        except InputError:
            return False  # no address; fetching it says so

    def _unfetched(self, article: WaitingArticle, error: InputError) -> WaitingArticle:
        attempts, later = article.attempts + 1, isinstance(error, Unfetched) and error.later
        if not later or attempts >= TRIES:
            return article._replace(why=str(error), attempts=attempts, ready=True)
        assert isinstance(error, Unfetched)
        asked = retry_after(error.retry_after, self.now())
        if error.status in _BUSY:
            self._rest(host_of(article.url), asked)
        wait = back_off(attempts, asked, self.chance())
        return article._replace(why=str(error), attempts=attempts, next=self.now() + wait)


def _keys(feed: str, entry: Entry, alone: bool) -> tuple[bytes, ...]:
    """By what an entry is known again: what its feed calls it, and the address of its page in any feed."""
    link = entry.facts.url or ""
    words = json.dumps([entry.facts.title, entry.text])
    named = digest("entry", feed, entry.guid or (link if alone else "") or words)
    return (named, digest("page", _plain(link))) if alone else (named,)


def _plain(url: str) -> str:
    """An address without what only tells by which way a reader came."""
    try:
        parts = urlsplit(urldefrag(url).url)
    except ValueError:
        return url
    query = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not k.startswith("utm_")]
    return urlunsplit((parts.scheme, parts.netloc, parts.path, urlencode(query), ""))
