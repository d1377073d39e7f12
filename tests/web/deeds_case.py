"""A case whose discrepancies real weighing finds: a pledge, and a shelling of what it spares."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "export"))
from export_case import Report, build_case

from saydo.desk import load_codebook
from saydo.desk.corridor import corridor
from saydo.desk.derive import derive, fingerprint
from saydo.model.document import Document
from saydo.model.records import CoderInfo, Record
from saydo.store import SqliteStore

CODEBOOK = load_codebook(None)


def _pledge() -> Report:
    r = Report(
        "pledge",
        "Talks went on all week. The Reed Company pledged on 3 May 2019 that it would not shell Atyrau. The "
        "Harbour Council welcomed the pledge. *The Reed Company* had held the mole since March.",
        title="Word given on <b>Atyrau</b>",
        publisher="Estuary Post",
        date="2019-05-04",
    )
    company = r.mention("The Reed Company", "reed-company")
    place = r.place("Atyrau", "Atyrau", 47.1, 51.9, "KAZ")
    said = r.statement("pledge", company, "pledged", "that it would not shell Atyrau", events=("e0",))
    r.event(
        "ASSAULT", "shell", actors=(company,), place=place, realis="future", polarity="negative",
        attributed_to=said, mode="artillery",
    )  # fmt: skip
    return r


def _breach() -> Report:
    r = Report(
        "breach",
        "Rain fell at dawn. The Reed Company shelled Atyrau on 9 May 2019, port staff said. Three dockers were "
        "killed. The quay burned until noon.",
        title="Shells on Atyrau",
        publisher="Caspian Wire",
        date="2019-05-10",
    )
    company = r.mention("The Reed Company", "reed-company")
    place = r.place("Atyrau", "Atyrau", 47.1, 51.9, "KAZ")
    r.event("ASSAULT", "shelled", "2019-05-09", actors=(company,), place=place, mode="artillery")
    return r


def recoded(record: Record, version: str) -> Record:
    """The record as a later coder would write it: the same findings under other ids, by another version."""
    events = tuple(e.model_copy(update={"id": f"e{n + 7}"}) for n, e in enumerate(record.events))
    new = {old.id: after.id for old, after in zip(record.events, events, strict=True)}
    statements = tuple(
        s.model_copy(update={"events": tuple(new[e] for e in s.events)}) for s in record.statements
    )
    coder = CoderInfo(version=version, reader="scripted 1", codebook=CODEBOOK.version)
    return record.model_copy(update={"events": events, "statements": statements, "coder": coder})


def weigh(store: SqliteStore, version: str = "0.1.0") -> None:
    """Weighs a case as a run does."""
    coder = CoderInfo(version=version, reader="scripted 1", codebook=CODEBOOK.version)
    by = fingerprint(coder)
    store.put_derived(derive(store, CODEBOOK, corridor(), by), by)


def put_deeds(folder: Path) -> Path:
    """Writes the case into a folder."""
    view = build_case([_pledge(), _breach()])
    with SqliteStore.for_writing(folder) as store:
        for held, record in view.pairs():
            document = Document(
                id=held.id, text=held.text, date=held.date, title=held.title, publisher=held.publisher,
                url=f"https://news.example/{held.id}", language="en", metadata=held.metadata,
            )  # fmt: skip
            store.add(document, held.text.encode("utf-8"), "text/plain", held.origin)
            store.put_record(record)
        weigh(store)
    return folder


def code_anew(case: Path, version: str) -> None:
    """As if a newer coder had gone over all reports."""
    with SqliteStore.for_writing(case) as store:
        for record in [recoded(r, version) for r in store.records()]:
            store.put_record(record)
        weigh(store, version)


def copy(case: Path, to: Path) -> Path:
    """A case of one's own, to decide in."""
    shutil.copytree(case, to)
    return to
