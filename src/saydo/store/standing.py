"""People's decisions on findings in a case's database: the record as it stands is written beside the one that
was coded, and what rests on a finding that is gone goes at once."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable

from saydo.model.choices import ON_FINDINGS, Decision, findings_of
from saydo.model.records import Record
from saydo.model.standing import Stance, stand
from saydo.store import decisions, grading
from saydo.store.schema_findings import ABOUT


def about(db: sqlite3.Connection, document: str) -> list[Decision]:
    """The decisions in force on findings of a report, by number."""
    return decisions.in_force(db, f"{ABOUT} = ?", (document,), *ON_FINDINGS)


def write(db: sqlite3.Connection, coded: Record, text: str, position: int) -> Record:
    """Writes the record of a report as it stands, with what was coded beside it where that differs, and what
    holds of its findings; the rows of the one before must be gone. Gives the record as it stands."""
    standing = stand(coded, text, about(db, coded.id))
    record = standing.record
    before = None if record == coded else coded.model_dump_json(by_alias=True)
    db.execute(
        "INSERT INTO records (document, coder, json, coded) VALUES (?, ?, ?, ?)",
        (position, coded.coder.model_dump_json(), record.model_dump_json(by_alias=True), before),
    )
    db.executemany(
        "INSERT INTO stances (document, what, finding, state, decision, proposal) VALUES (?, ?, ?, ?, ?, ?)",
        [(position, s.what, s.finding, s.state, s.decision, _proposal(s)) for s in standing.stances],
    )
    db.execute("DELETE FROM lost_stances WHERE document = ?", (position,))
    db.executemany("INSERT INTO lost_stances VALUES (?, ?)", [(position, n) for n in sorted(standing.lost)])
    grading.grade(db, record, position)
    return record


def fall_behind(db: sqlite3.Connection) -> None:
    """Notes that what was derived waits to be weighed again."""
    db.execute(
        "DELETE FROM marks WHERE stage = 'behind' "
        "AND EXISTS (SELECT 1 FROM marks m WHERE m.stage = 'derived')"
    )
    db.execute("UPDATE marks SET stage = 'behind' WHERE stage = 'derived'")


def _proposal(stance: Stance) -> str | None:
    if not stance.proposal:
        return None
    now = json.loads(stance.now.model_dump_json(by_alias=True)) if stance.now else None
    return json.dumps({"fields": stance.proposal, "now": now}, ensure_ascii=False)


def lost(db: sqlite3.Connection) -> frozenset[int]:
    """Numbers of the decisions on findings that match nothing any more."""
    return frozenset(number for (number,) in db.execute("SELECT decision FROM lost_stances"))


def fall(db: sqlite3.Connection, before: Record, after: Record) -> None:
    """Takes away what was derived from findings that are gone: no page may point at what is not there."""
    document = after.id
    kept = {f.id for f in findings_of(after)}
    gone = [f.id for f in findings_of(before) if f.id not in kept]
    for id in gone:
        for table, column, key in (
            ("discrepancies", "rank", "SELECT discrepancy FROM poles WHERE document = ? AND finding = ?"),
            ("commitments", "number",
             "SELECT number FROM commitments WHERE document = ? AND statement = ?"),
        ):  # fmt: skip
            db.execute(f"DELETE FROM {table} WHERE {column} IN ({key})", (document, id))
        db.execute("DELETE FROM incident_members WHERE document = ? AND event = ?", (document, id))
        db.execute(
            "DELETE FROM weights WHERE finding = ? AND document = "
            "(SELECT position FROM documents WHERE id = ?)",
            (id, document),
        )
    if gone:
        _unrest(db, document, set(gone))


def _unrest(db: sqlite3.Connection, document: str, gone: set[str]) -> None:
    """Spells and commitments no longer name what is gone; a spell that rested on nothing else goes."""
    named = json.dumps(document)
    query = "SELECT number, json FROM spells WHERE instr(json, ?) > 0"
    for number, text in db.execute(query, (named,)).fetchall():
        spell = json.loads(text)
        left = {name: _left(spell[name], document, gone) for name in ("rests_on", "against")}
        if (left["rests_on"], left["against"]) == (spell["rests_on"], spell["against"]):
            continue
        if not left["rests_on"]:
            db.execute("DELETE FROM spells WHERE number = ?", (number,))
            continue
        for end in ("since", "until"):
            if spell[end]:
                spell[end][2] = _left(spell[end][2], document, gone)
        kept = json.dumps({**spell, **left})
        db.execute("UPDATE spells SET json = ? WHERE number = ?", (kept, number))
    query = "SELECT number, against FROM commitments WHERE instr(against, ?) > 0"
    for number, text in db.execute(query, (named,)).fetchall():
        against = json.loads(text)
        rest = _left(against, document, gone)
        if rest != against:
            # what became of the pledge is not known without what is gone, until it is weighed again
            db.execute(
                "UPDATE commitments SET against = ?, outcome = COALESCE(?, outcome) WHERE number = ?",
                (json.dumps(rest), None if rest else "open", number),
            )


def _left(refs: Iterable[list[str]], document: str, gone: set[str]) -> list[list[str]]:
    return [list(ref) for ref in refs if not (ref[0] == document and ref[1] in gone)]


WEIGH = (
    "DELETE FROM weights",
    """INSERT INTO weights (document, what, finding, weight, key)
    SELECT document, what, finding, sum(weight), (SELECT k.key FROM found k
        WHERE k.document = counted.document AND k.what = counted.what AND k.id = counted.finding) FROM (
        SELECT e.document, 'event' AS what, e.id AS finding, count(*) AS weight FROM poles o
            JOIN documents d ON d.id = o.document
            JOIN events e ON e.document = d.position AND e.id = o.finding
            GROUP BY 1, 3
        UNION ALL SELECT e.document, 'statement', e.id, count(*) FROM poles o
            JOIN documents d ON d.id = o.document
            JOIN statements e ON e.document = d.position AND e.id = o.finding GROUP BY 1, 3
        UNION ALL SELECT e.document, 'tie', e.id, count(*) FROM poles o
            JOIN documents d ON d.id = o.document JOIN ties e ON e.document = d.position AND e.id = o.finding
            GROUP BY 1, 3
        UNION ALL SELECT e.document, 'tie', e.id, count(*) FROM spells s, json_each(s.json, '$.rests_on') r
            JOIN documents d ON d.id = json_extract(r.value, '$[0]')
            JOIN ties e ON e.document = d.position AND e.id = json_extract(r.value, '$[1]') GROUP BY 1, 3
    ) AS counted GROUP BY 1, 2, 3""",
)
"""Counts anew how much rests on each finding: discrepancies, and ties over time."""
