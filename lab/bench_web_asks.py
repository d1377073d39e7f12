"""What analysts ask of a workbench: addresses of every page and API route, drawn from what a case holds."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple, get_args
from urllib.parse import urlencode

from saydo.model.lookups import Cursor
from saydo.model.records import DiscrepancyKind, EventType, StatementKind, TieType
from saydo.web import paging

PAGE_GOAL, SEARCH_GOAL = 0.2, 0.3
"""Seconds of server time that a page and a search may take at the 95th percentile."""
KINDS: Mapping[str, tuple[str, ...]] = {
    "event": get_args(EventType), "tie": get_args(TieType), "statement": get_args(StatementKind),
    "discrepancie": get_args(DiscrepancyKind),
}  # fmt: skip
FACETS = {"event": ("KGZ", "MLI", "COL", "IRQ"), "tie": ("current", "ended"), "statement": ("quoted",)}
SORTS = ("event", "tie", "statement")
NOT_ASKED = {
    "/tables/export": "a file of the whole table, not a page",
    "/audit/log.jsonl": "a file of the whole log, not a page",
    "/add/pieces": "needs material that waits", "/run/progress": "needs a run under way",
    "/api/v1/material/{number}": "needs material that waits",
    "/api/v1/progress/{number}": "needs a run under way",
}  # fmt: skip
"""Routes that a finished case has no answer for."""
Query = dict[str, Any]


class Ask(NamedTuple):
    """One request. ``of`` is the row of the table that it counts in."""

    of: str
    path: str
    fragment: bool = False
    """Whether it is asked as htmx does, for a part of the page."""

    @property
    def goal(self) -> float:
        """Seconds."""
        return SEARCH_GOAL if "search" in self.of else PAGE_GOAL


class Hand:
    """Draws from what the case holds, the same for the same seed."""

    def __init__(self, case: Path, seed: int) -> None:
        self.rng = random.Random(seed)
        self._db = sqlite3.connect(f"{(case / 'case.db').resolve().as_uri()}?mode=ro", uri=True)
        self.actors = self._column("SELECT id FROM actors ORDER BY reports DESC, id")
        self.names = dict(self._db.execute("SELECT id, name FROM actors"))
        self.tied = self._column("SELECT DISTINCT from_actor FROM spells ORDER BY 1")
        self.speakers = self._column(
            "SELECT DISTINCT speaker FROM discrepancies WHERE speaker > '' ORDER BY 1"
        )
        self.ids = self._column("SELECT id FROM discrepancies ORDER BY rank")
        self.kinds = self._column("SELECT DISTINCT kind FROM actors ORDER BY 1")
        self.people = self._column("SELECT DISTINCT who FROM decisions ORDER BY 1")
        self.publishers = self._column("SELECT DISTINCT publisher FROM documents ORDER BY 1")
        self._reports = self._number("SELECT max(position) FROM documents")
        self._spells = self._number("SELECT max(number) FROM spells")
        self._questions = self._number("SELECT count(*) FROM questions")
        self._decisions = self._number("SELECT max(number) FROM decisions")
        years = self._db.execute(
            "SELECT min(substr(date, 1, 4)), max(substr(date, 1, 4)) FROM documents WHERE date > ''"
        )
        self._years = tuple(int(year) for year in years.fetchone())

    def _column(self, sql: str) -> list[str]:
        return [value for (value,) in self._db.execute(sql)]

    def _number(self, sql: str) -> int:
        return int(self._db.execute(sql).fetchone()[0] or 0)

    def chance(self, share: float) -> bool:
        """True in this share of the cases."""
        return self.rng.random() < share

    def actor(self) -> str:
        """One of the ten named most, one anywhere, or one that few reports name; a third each."""
        n, rest = len(self.actors), self.rng.randrange(3)
        if rest == 0:
            return self.actors[self.rng.randrange(min(10, n))]
        return self.actors[self.rng.randrange(n // 2 if rest == 2 else 0, n)]

    def speaker(self) -> str:
        """Somebody against whose words something is held; the most named as likely as all others."""
        most = [each for each in self.actors[:10] if each in self.speakers]
        return self.rng.choice(most if most and self.chance(0.5) else self.speakers)

    def words(self) -> str:
        """A search: words of a passage (of four letters or more), however common; a name; the beginning of a
        word; nothing."""
        (quote,) = self.finding("quote", self.rng.choice(SORTS))
        held = [word.strip(".,") for word in quote.split() if len(word) > 3] or ["quay"]
        name = self.names[self.actor()]
        way = self.rng.randrange(8)
        if way == 0:
            return f'"{name}"'
        if way == 1:
            return f"{name.split()[-1]} {self.rng.choice(held)}"
        if way == 2:
            return f"{self.rng.choice(held)[:4]}*"
        if way == 3:
            return " ".join(self.rng.sample(held, min(3, len(held))))
        return "zenithal" if way == 4 and self.chance(0.4) else self.rng.choice(held)

    def finding(self, columns: str, sort: str) -> tuple[Any, ...]:
        """A row of ``found`` of a sort."""
        place = self.rng.randrange(1, self._reports + 1) << 20 | SORTS.index(sort) << 18
        sql = f"SELECT {columns} FROM found WHERE key >= ? AND what = ? ORDER BY key LIMIT 1"
        row = self._db.execute(sql, (place, sort)).fetchone()
        return tuple(row or self._db.execute(sql, (0, sort)).fetchone())

    def report(self) -> tuple[str, int]:
        """Id and position of a report that is coded."""
        place = self.rng.randrange(1, self._reports + 1)
        sql = (
            "SELECT d.id, d.position FROM documents d JOIN records r ON r.document = d.position "
            "WHERE d.position >= ? ORDER BY d.position LIMIT 1"
        )
        found = self._db.execute(sql, (place,)).fetchone() or self._db.execute(sql, (1,)).fetchone()
        return str(found[0]), int(found[1])

    def days(self, most: float = 0.4) -> Query:
        """Bounds in this share of the cases: a month, a year, some years, or one side only."""
        if not self.chance(most):
            return {}
        first, last = self._years
        year, way = self.rng.randint(first, last), self.rng.randrange(4)
        if way == 0:
            month = f"{year}-{self.rng.randint(1, 12):02}"
            return {"since": month, "until": month}
        if way == 1:
            return {"since": str(year), "until": str(year + self.rng.randrange(6))}
        return {"since": str(year)} if way == 2 else {"until": str(year)}

    def at(self, *values: Any) -> Query:
        """A deep page: the list from behind a row."""
        return {"at": paging.encode(Cursor(tuple(values), back=self.chance(0.2)))}

    def some(self, share: float, **query: Any) -> Query:
        """The query in this share of the cases."""
        return query if self.chance(share) else {}

    def number(self, what: str) -> int:
        """The number of a tie, a question or a decision."""
        most = {"tie": self._spells, "question": self._questions, "decision": self._decisions}[what]
        return self.rng.randrange(most + 1) if most else 0


def table(hand: Hand, sort: str, word: str, *, search: bool, paged: bool = True) -> Query:
    """A table of findings, cut down as people do; ``word`` is what the route calls the search."""
    asked: Query = {
        **hand.some(0.35, kind=hand.rng.sample(KINDS[sort], hand.rng.randint(1, 3))),
        **hand.some(0.35, actor=[hand.actor() for _ in range(hand.rng.choice((1, 1, 2)))]),
        **hand.some(0.2, facet=hand.rng.choice(FACETS[sort])), **hand.days(),
    }  # fmt: skip
    if search:
        asked[word] = hand.words()
    order = hand.rng.choice(("newest", "newest", "newest", "oldest", "surest", "doubtful"))
    if paged:
        asked["order"] = order
        if hand.chance(0.3):
            asked |= hand.at(
                *hand.finding("score, key" if order in ("surest", "doubtful") else "day, key", sort)
            )
    return asked


def deeds(hand: Hand) -> Query:
    """Discrepancies, cut down."""
    whose = hand.rng.randrange(3)
    asked: Query = {"actor": hand.speaker()} if whose == 0 else {"unnamed": 1} if hand.chance(0.1) else {}
    verdict = hand.rng.choice(("upheld", "rejected", "unclear", "undecided"))
    asked |= {
        **hand.some(0.3, kind=[hand.rng.choice(KINDS["discrepancie"])]), **hand.days(),
        **hand.some(0.25, basis=hand.rng.choice(("flagged", "inferred"))),
        **hand.some(0.25, verdict=verdict), **hand.some(0.2, review=hand.rng.choice((0, 1))),
    }  # fmt: skip
    if hand.chance(0.3) and asked.get("verdict") != "rejected":
        asked |= hand.at(hand.rng.randrange(len(hand.ids)))
    return asked


def waiting(hand: Hand, *, deep: bool) -> Query:
    """What waits for review, cut down."""
    sort = hand.rng.choice(SORTS)
    asked: Query = {
        **hand.some(0.5, what=sort), **hand.some(0.25, actor=hand.actor()), **hand.days(0.25),
        **hand.some(0.15, rule="bench"),
    }  # fmt: skip
    if "what" in asked:
        asked |= hand.some(0.5, kind=hand.rng.choice(KINDS[sort]))
    if hand.chance(0.2):
        return asked | {"order": "weight"}
    if deep:
        score, key = hand.finding("score, key", sort)
        asked |= hand.at(score, SORTS.index(sort), key >> 20, key & 0x3FFFF)
        asked["at"] = paging.encode(Cursor((score, SORTS.index(sort), key >> 20, key & 0x3FFFF)))
    return asked


def plain(hand: Hand, sort: str) -> Query:
    """The API's lists of findings, discrepancies and actors."""
    kinds = hand.kinds if sort == "actor" else KINDS[sort]
    return {
        **hand.some(0.4, kind=[hand.rng.choice(kinds)]), **hand.some(0.3, actor=[hand.actor()]),
        **hand.days(), **hand.some(0.1, report=hand.report()[0]),
        **hand.some(0.3, limit=hand.rng.choice((20, 50, 500))),
    }  # fmt: skip


def _reports(hand: Hand) -> Query:
    _, position = hand.report()
    day, _ = hand.finding("day, key", "statement")
    return {
        **hand.some(0.3, publisher=hand.rng.choice(hand.publishers)), **hand.days(),
        **hand.some(0.1, failed=1),
        **(hand.at(day, position) if hand.chance(0.3) else {}),
    }  # fmt: skip


def _network(hand: Hand) -> Query:
    return {
        **hand.some(0.6, on=hand.finding("day", "statement")[0]),
        **hand.some(0.3, kind=["command", "alliance"]),
        **hand.some(0.2, state=hand.rng.choice(("held", "likely"))),
        **hand.some(0.2, q=hand.names[hand.actor()].split()[0]),
        **hand.some(0.3, actor=hand.rng.choice(hand.tied)),
        **hand.some(0.2, view="lanes"),
    }  # fmt: skip


def _map(hand: Hand) -> Query:
    return {
        **hand.some(0.4, kind=hand.rng.sample(KINDS["event"], 2)), **hand.some(0.35, actor=[hand.actor()]),
        **hand.days(0.5),
    }  # fmt: skip


def _timeline(hand: Hand) -> Query:
    sort = hand.rng.choice(SORTS)
    return {
        "table": f"{sort}s", **hand.some(0.3, kind=[hand.rng.choice(KINDS[sort])]),
        **hand.some(0.4, actor=[hand.actor()]), **hand.days(0.5),
    }  # fmt: skip


def _actors(hand: Hand) -> Query:
    word = hand.rng.choice(hand.names[hand.actor()].split())
    return {
        **hand.some(0.5, name=word[: hand.rng.randint(1, len(word))]),
        **hand.some(0.3, kind=hand.rng.choice(hand.kinds)),
        **(hand.at(-hand.rng.randrange(200), -hand.rng.randrange(400), "") if hand.chance(0.3) else {}),
    }  # fmt: skip


def _audit(hand: Hand) -> Query:
    return {
        **hand.some(0.3, who=hand.rng.choice(hand.people or [""])),
        **hand.some(0.3, kind=hand.rng.choice(("uphold", "accept-finding", "flag-finding"))),
        **hand.some(0.3, report=hand.report()[0]),
        **(hand.at(hand.number("decision")) if hand.chance(0.3) else {}),
    }  # fmt: skip


def _one(hand: Hand) -> Query:
    document, id = hand.finding("document, id", hand.rng.choice(SORTS))
    return {
        "document": hand._db.execute("SELECT id FROM documents WHERE position = ?", (document,)).fetchone()[
            0
        ],
        "finding": id,
    }


def _reader(hand: Hand) -> Query:
    found = _one(hand)
    return {"report": found["document"], **hand.some(0.5, finding=found["finding"])}


def _pair(hand: Hand) -> Query:
    one, other = hand.rng.sample(hand.actors[:10] if hand.chance(0.3) else hand.actors, 2)
    return {"one": one, "other": other}


def _narrow(hand: Hand) -> Query:
    sort = hand.rng.choice(SORTS)
    return {"sort": sort, **table(hand, sort, "words", search=False, paged=False)}


def _sorted(search: bool, paged: bool) -> Callable[[Hand], Query]:
    def asked(hand: Hand) -> Query:
        sort = hand.rng.choice(SORTS)
        return {"sort": sort, **table(hand, sort, "words", search=search, paged=paged)}

    return asked


def _tables(search: bool) -> Callable[[Hand], Query]:
    def asked(hand: Hand) -> Query:
        sort = hand.rng.choice(SORTS)
        return {"table": f"{sort}s", **table(hand, sort, "q", search=search)}

    return asked


def _discrepancies(search: bool) -> Callable[[Hand], Query]:
    def asked(hand: Hand) -> Query:
        return {
            "table": "discrepancies", **hand.some(0.3, kind=[hand.rng.choice(KINDS["discrepancie"])]),
            **hand.some(0.3, actor=[hand.actor()]), **hand.days(0.3),
            **({"q": hand.words()} if search else {}),
            **(hand.at(hand.rng.randrange(len(hand.ids))) if hand.chance(0.3) else {}),
        }  # fmt: skip

    return asked


MAKERS: tuple[tuple[str, str, Callable[[Hand], Query]], ...] = (
    ("/", "", lambda hand: {}),
    ("/add", "", lambda hand: {}),
    ("/settings", "", lambda hand: {}),
    ("/runs", "", lambda hand: {}),
    ("/run", "", lambda hand: {"number": 1}),
    ("/deeds", "", lambda hand: hand.some(0.2, at=paging.encode(Cursor((-5, -1, -1, hand.actor()))))),
    (
        "/deeds",
        "of an actor",
        lambda hand: {**deeds(hand), "actor": hand.speaker(), "unnamed": None, "at": None},
    ),
    ("/discrepancies", "", deeds),
    ("/discrepancy", "", lambda hand: {"id": hand.rng.choice(hand.ids)}),
    ("/dossier", "", lambda hand: {**deeds(hand), "at": None}),
    ("/dossier.md", "", lambda hand: {"actor": hand.speaker()}),
    ("/reports", "", _reports),
    ("/reader", "", _reader),
    ("/source", "", lambda hand: {"report": hand.report()[0]}),
    ("/actors", "", _actors),
    ("/actor", "", lambda hand: {"id": hand.actor()}),
    ("/actors/pair", "", _pair),
    ("/questions", "", lambda hand: {"skip": hand.number("question")}),
    ("/network", "", _network),
    ("/network/tie", "", lambda hand: {"number": hand.number("tie")}),
    ("/map", "", _map),
    ("/timeline", "", _timeline),
    ("/tables", "", _tables(False)),
    ("/tables", "search", _tables(True)),
    ("/tables", "discrepancies", _discrepancies(False)),
    ("/tables", "discrepancies, search", _discrepancies(True)),
    ("/review", "", lambda hand: waiting(hand, deep=False)),
    ("/review", "next", lambda hand: waiting(hand, deep=True)),
    ("/review", "one", _one),
    (
        "/review",
        "decided",
        lambda hand: {"state": hand.rng.choice(("accepted", "flagged", "rejected", "proposal"))},
    ),
    ("/review/bulk", "", lambda hand: waiting(hand, deep=False)),
    ("/audit", "", _audit),
    ("/audit/chain", "", lambda hand: {}),
    ("/audit/head.json", "", lambda hand: {}),
    ("/grades", "", lambda hand: {}),
    ("/api/v1/audit/head", "", lambda hand: {}),
    ("/api/v1/audit/stamps", "", lambda hand: {}),
    ("/api/v1/audit/entries", "", lambda hand: {}),
    ("/api/v1/grades", "", lambda hand: {}),
    ("/api/v1/grades/report", "", lambda hand: {"id": hand.report()[0]}),
    ("/api/v1/progress", "", lambda hand: {}),
    ("/api/v1/runs", "", lambda hand: {}),
    ("/api/v1/run", "", lambda hand: {"number": 1}),
    ("/api/v1/decisions", "", _audit),
    ("/api/v1/review", "", lambda hand: waiting(hand, deep=hand.chance(0.4))),
    ("/api/v1/reviewed", "", lambda hand: hand.some(0.7, state=["accepted"])),
    (
        "/api/v1/speakers",
        "",
        lambda hand: hand.some(0.2, at=paging.encode(Cursor((-5, -1, -1, hand.actor())))),
    ),
    ("/api/v1/speaker", "", lambda hand: {"actor": hand.actor()}),
    (
        "/api/v1/commitments",
        "",
        lambda hand: {**hand.some(0.5, actor=hand.speaker()), **hand.some(0.4, outcome="broken")},
    ),
    ("/api/v1/deeds", "", deeds),
    ("/api/v1/discrepancy", "", lambda hand: {"id": hand.rng.choice(hand.ids)}),
    ("/api/v1/dossier", "", lambda hand: {"actor": hand.speaker()}),
    ("/api/v1/events", "", lambda hand: plain(hand, "event")),
    ("/api/v1/ties", "", lambda hand: plain(hand, "tie")),
    ("/api/v1/statements", "", lambda hand: plain(hand, "statement")),
    ("/api/v1/discrepancies", "", lambda hand: plain(hand, "discrepancie")),
    ("/api/v1/actors", "", lambda hand: plain(hand, "actor")),
    ("/api/v1/network", "", lambda hand: {}),
    ("/api/v1/map", "", _map),
    ("/api/v1/reports", "", _reports),
    ("/api/v1/report", "", lambda hand: {"id": hand.report()[0]}),
    ("/api/v1/record", "", lambda hand: {"id": hand.report()[0]}),
    ("/api/v1/table", "", _sorted(False, True)),
    ("/api/v1/table", "search", _sorted(True, True)),
    ("/api/v1/table/facets", "", _sorted(False, False)),
    ("/api/v1/table/facets", "search", _sorted(True, False)),
    ("/api/v1/timeline", "", _narrow),
)
"""Route, what is asked of it, and how its query is drawn."""


def asks(hand: Hand, of_each: int, only: str = "", without: str = "") -> list[Ask]:
    """So many requests of each sort, those of all sorts mixed; ``only`` keeps the rows that have these words,
    ``without`` leaves out those that have them."""
    made = []
    for path, way, maker in MAKERS:
        of = f"{path} ({way})" if way else path
        for _ in range(of_each if only in of and not (without and without in of) else 0):
            query = {key: value for key, value in maker(hand).items() if value is not None}
            address = f"{path}?{urlencode(query, doseq=True)}" if query else path
            made.append(Ask(of, address, way == "next"))
    hand.rng.shuffle(made)
    return made
