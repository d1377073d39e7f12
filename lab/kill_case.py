"""Reports with readings written for them, so that a run of many reports takes no model and little time."""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
from pathlib import Path

from saydo import codebook
from saydo.desk.coder import Coder
from saydo.desk.corridor import corridor
from saydo.reading.scripted import ScriptedReader
from saydo.store import SqliteStore, connect, migrate
from saydo.store.schema import MIGRATIONS

MOST = 400
_GROUPS = ("Taliban", "Hezbollah", "Hamas", "Houthis", "Naxalites")
_PLACES = ("Tajikistan", "Lebanon", "Yemen", "Nepal", "Chad", "Mali", "Jordan")
_VOW = """1 The the DET 2 det
2 {group} {group} PROPN 3 nsubj
3 vowed vow VERB 0 root
4 that that SCONJ 8 mark
5 they they PRON 8 nsubj
6 would would AUX 8 aux
7 not not PART 8 advmod
8 attack attack VERB 3 ccomp
9 {place} {place} PROPN 8 obj
10 . . PUNCT 3 punct
# mention 1-2 group named
# mention 5 group
# mention 9 place named
# attribution source=1-2 cue=3 content=4-9"""
_DEED = """1 The the DET 2 det
2 {group} {group} PROPN 3 nsubj
3 attacked attack VERB 0 root
4 {place} {place} PROPN 3 obj
5 on on ADP 7 case
6 {day} {day} NUM 7 nummod
7 May May PROPN 3 obl
8 . . PUNCT 3 punct
# mention 1-2 group named
# mention 4 place named"""


def scripts() -> dict[str, str]:
    """The readings of all texts that there are; always the same."""
    chance = random.Random(4)
    found: dict[str, str] = {}
    while len(found) < MOST:
        group, place, day = chance.choice(_GROUPS), chance.choice(_PLACES), 1 + len(found) % 28
        deed = f"The {group} attacked {place} on {day} May."
        if chance.random() < 0.4:
            found[f"The {group} vowed that they would not attack {place}.\n{deed}"] = (
                _VOW.format(group=group, place=place)
                + "\n\n"
                + _DEED.format(group=group, place=place, day=day)
            )
        else:
            found[deed + "\n" * (len(found) % 5)] = _DEED.format(group=group, place=place, day=day)
    return found


def reader(version: str = "1") -> ScriptedReader:
    """Knows these texts by heart."""
    return ScriptedReader(scripts(), f"by heart {version}")


def coder(version: str = "1") -> Coder:
    """The real rooms behind that reader."""
    return Coder(reader(version), codebook.load(), corridor())


def write_reports(folder: Path, count: int) -> Path:
    """So many reports in files of two kinds, some given twice, one broken, two that cannot be coded."""
    folder.mkdir(parents=True)
    texts = list(scripts())[:count]
    lines = [
        json.dumps(
            {
                "id": f"r{n}",
                "text": text,
                "date": f"2019-05-{1 + n % 28:02}",
                "padding": "x" * (n * 97 % 6000),
            }
        )
        for n, text in enumerate(texts)
    ]
    (folder / "wire.jsonl").write_text(
        "\n".join([*lines, '{"id": "cut', '{"text": "Never read before."}']) + "\n"
    )
    for n in range(0, count, 9):
        (folder / f"note {n}.txt").write_text(f"Date: 2019-06-{1 + n % 28:02}\n\n{texts[n]}")
    (folder / "twice.jsonl").write_text(lines[0] + "\n" + '{"text": "Nor was this."}\n')
    return folder


def make_old(done: Path, case: Path, version: int) -> None:
    """A case as the first ``version`` migrations left it, with the reports and records of a finished one."""
    case.mkdir(parents=True)
    shutil.copytree(done / "sources", case / "sources")
    db = connect.for_writing(case)
    migrate.migrate(db, case, lambda step: None, MIGRATIONS[:version])
    db.execute("ATTACH ? AS done", (str(done / "case.db"),))
    db.execute("BEGIN")
    for table in ("sources", "documents", "records"):
        held = ", ".join(f'"{row[1]}"' for row in db.execute(f"PRAGMA main.table_info({table})"))
        db.execute(f"INSERT INTO main.{table} ({held}) SELECT {held} FROM done.{table}")
    db.execute("COMMIT")
    # else a table that only the finished case has would be emptied there
    db.execute("DETACH done")
    db.execute("BEGIN")
    if version > 1:
        migrate.reindex(db, case)
    db.execute("COMMIT")
    db.close()


def content(case: Path) -> str:
    """All that a case holds, as text; its page with it. Raises where files are left over or the database is
    not whole."""
    left = list(case.rglob("*.part"))
    if left:
        raise AssertionError(f"half-written files are left: {left}")
    with sqlite3.connect(case / "case.db") as db:
        for check in ("integrity_check", "foreign_key_check"):
            found = [row for row in db.execute(f"PRAGMA {check}") if row != ("ok",)]
            if found:
                raise AssertionError(f"{check}: {found[:3]}")
    with SqliteStore.for_reading(case) as store:
        return store.dump() + (case / "report.html").read_text(encoding="utf-8")
