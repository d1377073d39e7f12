"""A verdict on a discrepancy, followed at once in what was derived: the lists of discrepancies, the pledge
that it rests on, the weights. What else follows from it, weighing the case brings."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

from saydo.model.choices import VERDICTS, Decision, DiscrepancyAnchor, FindingAnchor, found_again
from saydo.model.records import Discrepancy, Pole
from saydo.store import decisions, standing
from saydo.store.migrate import parse
from saydo.store.schema_deeds import JUDGED, NEEDS_REVIEW

_KINDS = "kind IN ('uphold', 'reject', 'unclear')"
_WHAT = """SELECT d.position, f.what FROM documents d JOIN found f ON f.document = d.position
    WHERE d.id = ? AND f.id = ?"""
_NEEDS = f"COALESCE({NEEDS_REVIEW}, 0)"


def follow(db: sqlite3.Connection, about: Decision, folder: Path) -> None:
    """Lets what was derived follow the verdict that now holds where ``about`` was given or undone; nothing
    happens in a case of which nothing is derived."""
    judged, anchor = about.judged, about.discrepancy
    if judged is None or anchor is None:
        return
    if not db.execute("SELECT 1 FROM marks WHERE stage IN ('derived', 'behind')").fetchone():
        return
    id = _id_now(db, about, judged)
    held = decisions.in_force(
        db, f"{_KINDS} AND {JUDGED} IN (?, ?) OR number IN "
        "(SELECT decision FROM verdicts WHERE discrepancy = ?)", (id, judged.id, id), *VERDICTS,
    )  # fmt: skip
    db.execute("DELETE FROM verdicts WHERE discrepancy = ?", (id,))
    there = _rank(db, id) is not None
    if held and held[-1].kind == "reject":
        if there:
            _take_out(db, id)
    elif there or _put_back(db, judged, anchor, folder):
        if held:
            db.execute("INSERT INTO verdicts VALUES (?, ?)", (id, held[-1].number))
    standing.fall_behind(db)


def _id_now(db: sqlite3.Connection, about: Decision, judged: Discrepancy) -> str:
    """The id that the discrepancy has since it was last weighed."""
    row = db.execute("SELECT discrepancy FROM verdicts WHERE decision = ?", (about.number,)).fetchone()
    return str(row[0]) if row and _rank(db, judged.id) is None else judged.id


def _rank(db: sqlite3.Connection, id: str) -> int | None:
    row = db.execute("SELECT rank FROM discrepancies WHERE id = ?", (id,)).fetchone()
    return int(row[0]) if row else None


def _take_out(db: sqlite3.Connection, id: str) -> None:
    (text,) = db.execute("SELECT json FROM discrepancies WHERE id = ?", (id,)).fetchone()
    found = Discrepancy.model_validate_json(text)
    db.execute("DELETE FROM discrepancies WHERE id = ?", (id,))
    _weigh(db, found, -1)
    # a pledge is open again once nothing stands against it
    gone = {(pole.document, pole.id) for pole in found.against}
    for number, against in db.execute(
        "SELECT number, against FROM commitments WHERE document = ? AND statement = ?",
        (found.statement.document, found.statement.id),
    ).fetchall():
        left = [ref for ref in json.loads(against) if tuple(ref) not in gone]
        if len(left) != len(json.loads(against)):
            db.execute(
                "UPDATE commitments SET against = ?, outcome = COALESCE(?, outcome) WHERE number = ?",
                (json.dumps(left), None if left else "open", number),
            )


def _put_back(db: sqlite3.Connection, judged: Discrepancy, anchor: DiscrepancyAnchor, folder: Path) -> bool:
    """Puts a discrepancy that is no longer rejected among the others; False where its words are read
    otherwise now, and weighing must tell."""
    if len(anchor.against) != len(judged.against):
        return False
    statement = _again(db, judged.statement, anchor.statement, folder)
    against = [_again(db, p, a, folder) for p, a in zip(judged.against, anchor.against, strict=True)]
    if statement is None or None in against:
        return False
    d = judged.model_copy(update={"statement": statement, "against": tuple(p for p in against if p)})
    rank = _free(db, d)
    db.execute(
        "INSERT INTO discrepancies VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (rank, d.id, d.kind, d.speaker, d.basis, d.field, d.rule, d.score, d.model_dump_json()),
    )
    for n, pole in enumerate((d.statement, *d.against)):
        db.execute("INSERT INTO poles VALUES (?, ?, ?, ?)", (rank, n, pole.document, pole.id))
    _weigh(db, d, 1)
    if d.kind == "commitment":
        _broken(db, d)
    return True


def _broken(db: sqlite3.Connection, d: Discrepancy) -> None:
    """A pledge is broken again by what stands against it."""
    for number, text in db.execute(
        "SELECT number, against FROM commitments WHERE document = ? AND statement = ?",
        (d.statement.document, d.statement.id),
    ).fetchall():
        against = [tuple(ref) for ref in json.loads(text)]
        against += [ref for pole in d.against if (ref := (pole.document, pole.id)) not in against]
        db.execute(
            "UPDATE commitments SET against = ?, outcome = 'broken' WHERE number = ?",
            (json.dumps(against), number),
        )


def _again(db: sqlite3.Connection, pole: Pole, anchor: FindingAnchor, folder: Path) -> Pole | None:
    """A passage under the id that its finding has in the present record."""
    row = db.execute(
        "SELECT r.json FROM records r JOIN documents d ON d.position = r.document WHERE d.id = ?",
        (anchor.document,),
    ).fetchone()
    ids = found_again(parse(row[0], folder), anchor) if row else ()
    if pole.id in ids:
        return pole
    return pole.model_copy(update={"id": ids[0]}) if ids else None


def _free(db: sqlite3.Connection, d: Discrepancy) -> int:
    """The rank where it belongs, if one is free there, as it is where it was taken out; else behind all."""
    asked = (d.needs_review, d.needs_review, d.score)
    bounds = [
        db.execute(
            f"SELECT COALESCE(max(rank), -1) FROM discrepancies WHERE {_NEEDS} < ? OR ({_NEEDS} = ? "
            f"AND score {test} ?)",
            asked,
        ).fetchone()[0]
        for test in (">", ">=")
    ]
    (last,) = db.execute("SELECT COALESCE(max(rank), -1) FROM discrepancies").fetchone()
    held = db.execute("SELECT rank FROM discrepancies WHERE rank BETWEEN ? AND ?", (bounds[0], bounds[1] + 1))
    taken = {rank for (rank,) in held}
    free = (rank for rank in range(bounds[0] + 1, bounds[1] + 2) if rank not in taken)
    return int(next(free, last + 1))


def _weigh(db: sqlite3.Connection, found: Discrepancy, by: int) -> None:
    """How much rests on each of its passages."""
    for pole in (found.statement, *found.against):
        row = db.execute(_WHAT, (pole.document, pole.id)).fetchone()
        if row is None:
            continue  # a clause that is opposed, of which nobody decides
        db.execute(
            "INSERT INTO weights (document, what, finding, weight, key) VALUES (?, ?, ?, ?, "
            "(SELECT k.key FROM found k WHERE k.document = ? AND k.what = ? AND k.id = ?)) "
            "ON CONFLICT (document, what, finding) DO UPDATE SET weight = weights.weight + excluded.weight",
            (*row, pole.id, by, *row, pole.id),
        )
        db.execute(
            "DELETE FROM weights WHERE document = ? AND what = ? AND finding = ? AND weight <= 0",
            (*row, pole.id),
        )
