"""A case to judge: reports of a fictional river war, each with two events, a tie and a statement."""

from __future__ import annotations

import re
from pathlib import Path

from saydo.model.document import Document
from saydo.model.records import Actor, CoderInfo, Event, Mention, Place, Record, Statement, Tie, When
from saydo.model.store import Derived
from saydo.store import SqliteStore

ACTORS = {
    id: Actor(id=id, name=name, kind="armed group", resolved_by="name", reason="reports name it")
    for id, name in (("weir", "Weir Guard"), ("fen", "Fen Militia"), ("council", "Lamp Council"))
}


def text_of(number: int) -> str:
    """The words of a report; no two are the same."""
    return (
        f"The Weir Guard shelled the Fen Militia at Tal on day {number}. The Weir Guard raided the Fen Militia. "
        f"The Lamp Council said that {number} lamps were lit. The Weir Guard is allied with the Lamp Council."
    )


def report(number: int, version: str = "0.1.0", **changes: object) -> tuple[Document, Record]:
    """A report and its record; ``changes`` are fields of its first event, ``gone`` leaves that out."""
    text = text_of(number)
    day = f"2019-03-{1 + number % 28:02d}"
    sentences = [(m.start(), m.end()) for m in re.finditer(r"[^.\s][^.]*\.", text)]
    mentions = []
    for actor in ACTORS.values():
        for found in re.finditer(actor.name, text):
            span = found.span()
            mentions.append(
                Mention(id=f"m{len(mentions)}", start=span[0], end=span[1], text=actor.name, type="group",
                        actor=actor.id, head=span, named=True)
            )  # fmt: skip

    def at(words: str) -> tuple[int, int]:
        return text.index(words), text.index(words) + len(words)

    def who(actor: str, sentence: int) -> str:
        start, end = sentences[sentence]
        return next(m.id for m in mentions if m.actor == actor and start <= m.start < end)

    place = at("Tal")
    gone = bool(changes.pop("gone", False))
    shelled = Event(
        id="e0", type="ASSAULT", mode="heavy-weapons", trigger=at("shelled"), actors=(who("weir", 0),),
        recipients=(who("fen", 0),), place=0, time=When.model_validate({"from": day, "to": day, "precision": "day"}),
        evidence=sentences[0], rule="ASSAULT/shell", score=0.92,
    ).model_copy(update=changes)  # fmt: skip
    raided = Event(
        id="e1", type="ASSAULT", trigger=at("raided"), actors=(who("weir", 1),), recipients=(who("fen", 1),),
        evidence=sentences[1], rule="ASSAULT/raid", score=0.55,
    )  # fmt: skip
    said = Statement(
        id="s0", kind="assertion", source=(at("The Lamp Council"),), source_mention=who("council", 2),
        cue=(at("said"),), content=(at(f"that {number} lamps were lit"),), quoted=False, rule="assertion/say",
        score=0.85,
    )  # fmt: skip
    allied = Tie.model_validate(
        {"id": "t0", "type": "alliance", "from": who("weir", 3), "to": who("council", 3), "state": "current",
         "evidence": sentences[3], "trigger": at("allied"), "rule": "alliance/allied", "score": 0.75}
    )  # fmt: skip
    document = Document(
        id=f"r{number}", text=text, date=day, title=f"Report {number}", publisher="River Post"
    )
    record = Record(
        id=document.id, text_sha256=document.text_sha256, date=day, title=document.title,
        coder=CoderInfo(version=version, reader="scripted 1", codebook="tiny 1"), sentences=tuple(sentences),
        mentions=tuple(mentions), actors=tuple(ACTORS.values()),
        places=(Place(start=place[0], end=place[1], text="Tal", name="Tal", lat=10.0, lon=20.0, country="TCD",
                      precision="city", score=0.9, reason="the only one"),),
        events=(raided,) if gone else (shelled, raided), ties=(allied,), statements=(said,),
    )  # fmt: skip
    return document, record


def make_case(folder: Path, reports: int = 12) -> Path:
    """Writes the case."""
    with SqliteStore.for_writing(folder) as store:
        for number in range(reports):
            document, record = report(number)
            store.add(document, document.text.encode(), "text/plain", f"reports/{document.id}.txt")
            store.put_record(record)
        store.put_derived(Derived((), ()), "0.1.0 tiny 1")
    return folder


def code_anew(folder: Path, number: int, **changes: object) -> None:
    """A later coder codes one report otherwise."""
    with SqliteStore.for_writing(folder) as store:
        store.put_record(report(number, "0.2.0", **changes)[1])
