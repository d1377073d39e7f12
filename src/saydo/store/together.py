"""Who is who, ties over time and verdicts: from what was derived to the rows of its tables, and back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from types import MappingProxyType

from saydo.model.case import Bound, Spell
from saydo.model.identity import Candidate, Identities, Merge, Question, Sight
from saydo.model.records import Actor
from saydo.model.store import Derived
from saydo.store.columns import Row

TOGETHER = ("identities", "merges", "questions", "spells", "verdicts", "lost_decisions")
"""The tables that hold it."""
TABLES = (
    """CREATE TABLE identities (
        actor TEXT NOT NULL, document TEXT, in_case TEXT NOT NULL, UNIQUE (actor, document)
    )""",
    "CREATE INDEX identities_by_case ON identities (in_case)",
    """CREATE TABLE merges (
        number INTEGER PRIMARY KEY, actor TEXT NOT NULL, merged TEXT NOT NULL, document TEXT,
        rule TEXT NOT NULL, reason TEXT NOT NULL, evidence TEXT NOT NULL,
        decision INTEGER REFERENCES decisions (number)
    )""",
    "CREATE INDEX merges_by_actor ON merges (actor)",
    """CREATE TABLE questions (
        number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, actor TEXT NOT NULL, name TEXT NOT NULL,
        documents TEXT NOT NULL, candidates TEXT NOT NULL, evidence TEXT NOT NULL
    )""",
    """CREATE TABLE spells (
        number INTEGER PRIMARY KEY, type TEXT NOT NULL, from_actor TEXT NOT NULL, to_actor TEXT NOT NULL,
        since TEXT, until TEXT, json TEXT NOT NULL
    )""",
    "CREATE INDEX spells_by_ends ON spells (from_actor, to_actor)",
    """CREATE TABLE verdicts (
        discrepancy TEXT PRIMARY KEY, decision INTEGER NOT NULL REFERENCES decisions (number)
    )""",
    "CREATE TABLE lost_decisions (decision INTEGER PRIMARY KEY REFERENCES decisions (number))",
)


def rows(derived: Derived) -> Iterator[Row]:
    """Every row, in the order of the columns of its table."""
    who = derived.identities
    for actor, in_case in sorted(who.whole.items()):
        yield Row("identities", (actor, None, in_case))
    for (document, actor), in_case in sorted(who.here.items()):
        yield Row("identities", (actor, document, in_case))
    for n, m in enumerate(who.merges):
        evidence = json.dumps(m.evidence)
        yield Row("merges", (n, m.actor, m.merged, m.document, m.rule, m.reason, evidence, m.decision))
    for n, q in enumerate(who.questions):
        documents, candidates = json.dumps(q.documents), json.dumps(q.candidates)
        yield Row("questions", (n, q.id, q.actor, q.name, documents, candidates, json.dumps(q.evidence)))
    for n, s in enumerate(derived.spells):
        since, until = s.since.day if s.since else None, s.until.day if s.until else None
        yield Row("spells", (n, s.type, s.from_actor, s.to_actor, since, until, json.dumps(s._asdict())))
    for id, decision in sorted(derived.verdicts.items()):
        yield Row("verdicts", (id, decision))
    for decision in sorted(derived.lost):
        yield Row("lost_decisions", (decision,))


def identities(db: sqlite3.Connection) -> Identities:
    """Who is who in the case."""
    whole: dict[str, str] = {}
    here: dict[tuple[str, str], str] = {}
    for actor, document, in_case in db.execute("SELECT actor, document, in_case FROM identities"):
        if document is None:
            whole[actor] = in_case
        else:
            here[document, actor] = in_case
    named = db.execute("SELECT json FROM actors WHERE id IN (SELECT in_case FROM identities)")
    actors = {a.id: a for a in (Actor.model_validate_json(text) for (text,) in named)}
    return Identities(
        MappingProxyType(whole), MappingProxyType(here), MappingProxyType(actors), _merges(db), _questions(db)
    )


def _merges(db: sqlite3.Connection, where: str = "", values: Sequence[str] = ()) -> tuple[Merge, ...]:
    query = (
        f"SELECT actor, merged, document, rule, reason, evidence, decision FROM merges{where} ORDER BY number"
    )
    return tuple(
        Merge(actor, merged, document, rule, reason, _sights(json.loads(evidence)), decision)
        for actor, merged, document, rule, reason, evidence, decision in db.execute(query, tuple(values))
    )


def merges_with(db: sqlite3.Connection, ids: Sequence[str]) -> tuple[Merge, ...]:
    """The merges on either side of which one of these ids of the records stands."""
    listed = json.dumps(list(ids))
    one = "IN (SELECT value FROM json_each(?))"
    return _merges(db, f" WHERE actor {one} OR merged {one}", (listed, listed))


def questions_about(db: sqlite3.Connection, actor: str | None, limit: int, skip: int) -> tuple[Question, ...]:
    """Open questions that an actor is in, as the one asked about or as a candidate; of all where None."""
    limits = (str(limit), str(skip))
    if actor is None:
        return _questions(db, " ORDER BY number LIMIT CAST(? AS INTEGER) OFFSET CAST(? AS INTEGER)", limits)
    where = (
        " WHERE actor = ? OR EXISTS (SELECT 1 FROM json_each(candidates) c "
        "WHERE json_extract(c.value, '$[0]') = ?) "
        "ORDER BY number LIMIT CAST(? AS INTEGER) OFFSET CAST(? AS INTEGER)"
    )
    return _questions(db, where, (actor, actor, *limits))


def _sights(held: list[list[object]]) -> tuple[Sight, ...]:
    return tuple(Sight(*each) for each in held)  # type: ignore[arg-type]


def _questions(
    db: sqlite3.Connection, where: str = " ORDER BY number", values: Sequence[str] = ()
) -> tuple[Question, ...]:
    query = f"SELECT id, actor, name, documents, candidates, evidence FROM questions{where}"
    return tuple(
        Question(
            id, actor, name, tuple(json.loads(documents)),
            tuple(Candidate(c[0], c[1], c[2], c[3], _sights(c[4])) for c in json.loads(candidates)),
            _sights(json.loads(evidence)),
        )
        for id, actor, name, documents, candidates, evidence in db.execute(query, tuple(values))
    )  # fmt: skip


def spells(db: sqlite3.Connection) -> tuple[Spell, ...]:
    """Ties over time, in the order in which they were put."""
    return tuple(read_spell(text) for (text,) in db.execute("SELECT json FROM spells ORDER BY number"))


def spells_about(db: sqlite3.Connection, actor: str, limit: int) -> tuple[Spell, ...]:
    """Ties over time at one of whose ends an actor stands, by type and beginning."""
    query = (
        "SELECT json FROM (SELECT number, type, since, json FROM spells WHERE from_actor = ? "
        "UNION SELECT number, type, since, json FROM spells WHERE to_actor = ?) AS s "
        "ORDER BY type, since IS NULL, since, number LIMIT ?"
    )
    return tuple(read_spell(text) for (text,) in db.execute(query, (actor, actor, limit)))


def read_spell(text: str) -> Spell:
    """A tie over time from its JSON."""
    made: dict[str, object] = json.loads(text)
    for end in ("since", "until"):
        bound = made[end]
        if isinstance(bound, list):
            made[end] = Bound(bound[0], bound[1], _pairs(bound[2]))
    for listed in ("rests_on", "against"):
        made[listed] = _pairs(made[listed])
    return Spell(**made)  # type: ignore[arg-type]


def _pairs(held: object) -> tuple[tuple[str, str], ...]:
    return tuple((one, other) for one, other in held)  # type: ignore[attr-defined]


def verdicts(db: sqlite3.Connection) -> dict[str, int]:
    """Id of a discrepancy → number of the decision that holds of it."""
    return dict(db.execute("SELECT discrepancy, decision FROM verdicts"))


def lost(db: sqlite3.Connection) -> frozenset[int]:
    """Numbers of the decisions that match nothing in the case any more."""
    return frozenset(number for (number,) in db.execute("SELECT decision FROM lost_decisions"))
