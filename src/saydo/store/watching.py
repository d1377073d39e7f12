"""Where a watch stands: when each feed is to be asked again, which articles were met, which wait to be taken
in, which pairs of passages were told, and what is still to be delivered to whom."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from saydo.model.errors import CaseBusy
from saydo.store.beside import Beside
from saydo.store.guard import guard

NAME = "watch.db"
_TABLES = (
    """
CREATE TABLE feeds (url TEXT PRIMARY KEY, address TEXT NOT NULL, etag TEXT NOT NULL, modified TEXT NOT NULL,
  next REAL NOT NULL, failures INTEGER NOT NULL, fault TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE hosts (host TEXT PRIMARY KEY, next REAL NOT NULL, failures INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE met (key BLOB PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE waiting (number INTEGER PRIMARY KEY, feed TEXT NOT NULL, url TEXT NOT NULL, entry TEXT NOT NULL,
  page TEXT NOT NULL, body BLOB, why TEXT NOT NULL, attempts INTEGER NOT NULL, next REAL NOT NULL,
  ready INTEGER NOT NULL);
CREATE TABLE pairs (said_in TEXT NOT NULL, said TEXT NOT NULL, against_in TEXT NOT NULL, against TEXT NOT
NULL, kind TEXT NOT NULL, score REAL NOT NULL, told TEXT NOT NULL, PRIMARY KEY (said_in, said, against_in,
against, kind)) WITHOUT ROWID; CREATE TABLE messages (number INTEGER PRIMARY KEY, channel TEXT NOT NULL,
message TEXT NOT NULL, attempts INTEGER NOT NULL, next REAL NOT NULL, fault TEXT NOT NULL); CREATE TABLE facts
(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID; """,
)


class FeedState(NamedTuple):
    """How a feed stands. Times are seconds since 1970."""

    url: str
    """As it is listed."""
    address: str
    """Where it lives now; another than ``url`` where it moved for good."""
    etag: str = ""
    modified: str = ""
    next: float = 0.0
    """Not to be asked before."""
    failures: int = 0
    """One after the other."""
    fault: str = ""
    """What was told of it last; empty while it is well."""


class HostState(NamedTuple):
    """How a host stands."""

    next: float = 0.0
    failures: int = 0


class WaitingArticle(NamedTuple):
    """An article that a feed named and that is not in the case yet."""

    number: int
    feed: str
    url: str
    """Empty where the entry's own words are all there is."""
    entry: str
    page: str
    """What is known of the page beside its bytes; empty before it is fetched, and where it could not be
    had."""
    body: bytes | None
    why: str
    """Why the page could not be had."""
    attempts: int
    next: float
    ready: bool
    """Whether it may be taken in."""


class PairState(NamedTuple):
    """Two passages that were met, and whether they were told: ``told``, ``known`` (there before the watch
    began) or ``passed`` (the filter held them back)."""

    said_in: str
    said: str
    against_in: str
    against: str
    kind: str
    score: float
    told: str


class Message(NamedTuple):
    """Something to be delivered by one channel."""

    number: int
    channel: str
    message: dict[str, Any]
    attempts: int
    next: float
    fault: str


def digest(*parts: str) -> bytes:
    """The key of an article that was met."""
    return sha256("\x00".join(parts).encode("utf-8", "surrogatepass")).digest()[:16]


class WatchLog(Beside):
    """The log of the watch over a case; at most one at a time. Raises CaseBusy where another is at work."""

    def __init__(self, case: Path) -> None:
        super().__init__(case, NAME, _TABLES)
        try:
            with guard(case):
                self._held = sqlite3.connect(case / "watch.lock", timeout=0.3, isolation_level=None)
            try:
                self._held.execute("BEGIN EXCLUSIVE")
            except sqlite3.OperationalError:
                self._held.close()
                raise CaseBusy(f"case {case}: another watch is at work on it; stop that first") from None
        except BaseException:
            super().close()
            raise

    def close(self) -> None:
        """Lets go of it."""
        super().close()
        self._held.close()

    def fact(self, name: str) -> str | None:
        """Something noted under a name."""
        row = self.one("SELECT value FROM facts WHERE name = ?", (name,))
        return row[0] if row else None

    def put_fact(self, name: str, value: str) -> None:
        """Notes something under a name."""
        with self.step() as db:
            db.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, value))

    def feed(self, url: str) -> FeedState:
        """How a feed stands; one that was never asked is due."""
        row = self.one("SELECT * FROM feeds WHERE url = ?", (url,))
        return FeedState(*row) if row else FeedState(url, url)

    def host(self, host: str) -> HostState:
        """How a host stands."""
        row = self.one("SELECT next, failures FROM hosts WHERE host = ?", (host,))
        return HostState(*row) if row else HostState()

    def put_host(self, host: str, state: HostState) -> None:
        """Notes how a host stands."""
        with self.step() as db:
            db.execute("INSERT OR REPLACE INTO hosts VALUES (?, ?, ?)", (host, *state))

    def met(self, key: bytes) -> bool:
        """Whether an article was met before."""
        return self.one("SELECT 1 FROM met WHERE key = ?", (key,)) is not None

    def put_feed(
        self, state: FeedState, found: Sequence[tuple[str, str, str]] = (), keys: Iterable[bytes] = ()
    ) -> None:
        """Notes how a feed stands together with the articles that it named, each with its address, its entry
        and why its page is not asked for: what a feed will not say again is never lost between the two."""
        with self.step() as db:
            db.execute("INSERT OR REPLACE INTO feeds VALUES (?, ?, ?, ?, ?, ?, ?)", state)
            db.executemany("INSERT OR IGNORE INTO met VALUES (?)", [(key,) for key in keys])
            db.executemany(
                "INSERT INTO waiting (feed, url, entry, page, body, why, attempts, next, ready) "
                "VALUES (?, ?, ?, '', NULL, ?, 0, 0, ?)",
                [(state.url, url, entry, why, int(not url)) for url, entry, why in found],
            )

    def waiting(self) -> tuple[WaitingArticle, ...]:
        """Articles that are not in the case yet, in the order in which they were met, without their bytes."""
        rows = self.rows(
            "SELECT number, feed, url, entry, page, NULL, why, attempts, next, ready FROM waiting "
            "ORDER BY number"
        )
        return tuple(WaitingArticle._make((*row[:9], bool(row[9]))) for row in rows)

    def body(self, number: int) -> bytes | None:
        """The bytes of an article's page."""
        row = self.one("SELECT body FROM waiting WHERE number = ?", (number,))
        return row[0] if row else None

    def put_article(self, article: WaitingArticle) -> None:
        """Notes what became of fetching an article."""
        with self.step() as db:
            db.execute(
                "UPDATE waiting SET page = ?, body = ?, why = ?, attempts = ?, next = ?, ready = ? "
                "WHERE number = ?",
                (article.page, article.body, article.why, article.attempts, article.next,
                 int(article.ready), article.number),
            )  # fmt: skip

    def taken(self, number: int) -> None:
        """An article is in the case, or will never be."""
        with self.step() as db:
            db.execute("DELETE FROM waiting WHERE number = ?", (number,))

    def pairs(self, said_in: str, against_in: str) -> tuple[PairState, ...]:
        """Pairs of passages of two reports that were met."""
        rows = self.rows("SELECT * FROM pairs WHERE said_in = ? AND against_in = ?", (said_in, against_in))
        return tuple(PairState(*row) for row in rows)

    def told_against(self, said_in: str) -> tuple[PairState, ...]:
        """Pairs whose statement stands in a report, those that were told or known."""
        rows = self.rows("SELECT * FROM pairs WHERE said_in = ? AND told != 'passed'", (said_in,))
        return tuple(PairState(*row) for row in rows)

    def put_pairs(
        self, pairs: Iterable[PairState], messages: Mapping[str, Sequence[Mapping[str, Any]]] | None = None
    ) -> None:
        """Notes pairs together with the messages about them, by channel: both or neither."""
        with self.step() as db:
            db.executemany("INSERT OR REPLACE INTO pairs VALUES (?, ?, ?, ?, ?, ?, ?)", list(pairs))
            for channel, each in (messages or {}).items():
                db.executemany(
                    "INSERT INTO messages (channel, message, attempts, next, fault) VALUES (?, ?, 0, 0, '')",
                    [(channel, json.dumps(message, ensure_ascii=True)) for message in each],
                )

    def messages(self, channel: str | None = None) -> tuple[Message, ...]:
        """What is still to be delivered, of one channel or of all, the oldest first."""
        where, values = ("", ()) if channel is None else (" WHERE channel = ?", (channel,))
        rows = self.rows(f"SELECT * FROM messages{where} ORDER BY number", values)
        return tuple(Message(n, c, json.loads(m), a, x, f) for n, c, m, a, x, f in rows)

    def delivered(self, numbers: Iterable[int]) -> None:
        """These need not be delivered any more."""
        with self.step() as db:
            db.executemany("DELETE FROM messages WHERE number = ?", [(n,) for n in numbers])

    def put_off(self, numbers: Iterable[int], next: float, fault: str) -> None:
        """These could not be delivered; not to be tried again before ``next``."""
        with self.step() as db:
            db.executemany(
                "UPDATE messages SET attempts = attempts + 1, next = ?, fault = ? WHERE number = ?",
                [(next, fault, n) for n in numbers],
            )
