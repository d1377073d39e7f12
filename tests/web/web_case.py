"""Cases for the tests of the workbench: the hand-built delta of the exports, and a report that means harm."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from saydo.model.capture import Capture
from saydo.model.case import CaseActor, CaseDocument
from saydo.model.document import Document
from saydo.model.records import Actor, CoderInfo, Discrepancy, Event, Mention, Pole, Record, Statement
from saydo.model.store import Derived
from saydo.store import SqliteStore

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "export"))
from export_case import build_case

NAME = '"><img src=x onerror=alert(1)>'
TITLE = "</title><script>alert('title')</script>"
HARM = "🌊 <script>alert('text')</script> {{ 7 * 7 }} The Reed Company shelled the quay.\n\nمجلس الميناء نفى ذلك."
CODER = CoderInfo(version="0.1.0", reader="scripted 1", codebook="test 1")


def hostile() -> tuple[Document, Record]:
    """A report full of markup, with an emoji before its evidence."""
    start = HARM.index("shelled")
    sentence = (HARM.index("The Reed"), HARM.index("\n"))
    actor = Actor(id="harm", name=NAME, kind="armed group", resolved_by="name", reason=NAME)
    at = HARM.index("Reed Company")
    mention = Mention(
        id="m0",
        start=at,
        end=at + 12,
        text="Reed Company",
        type="group",
        actor="harm",
        head=(at, at + 12),
        named=True,
    )
    event = Event(
        id="e0", type="ASSAULT", trigger=(start, start + 7), actors=("m0",), evidence=(start, sentence[1]),
        rule="<b>rule</b>", score=0.9,
    )  # fmt: skip
    said = Statement(
        id="s0",
        kind="denial",
        content=((start, start + 7),),
        quoted=False,
        score=0.8,
        source=((at, at + 12),),
    )
    document = Document(
        id="harm/../<b>", text=HARM, date="2019-05-20", title=TITLE, publisher=NAME, url="javascript:alert(1)",
        metadata=(("fiction", "yes"),),
    )  # fmt: skip
    record = Record(
        id=document.id, text_sha256=document.text_sha256, coder=CODER, sentences=(sentence,), mentions=(mention,),
        actors=(actor,), events=(event,), statements=(said,), date=document.date, title=TITLE,
    )  # fmt: skip
    return document, record


def _document(held: CaseDocument) -> Document:
    return Document(
        id=held.id, text=held.text, date=held.date, title=held.title, publisher=held.publisher, url=held.url,
        language=held.language, author=held.author, timecodes=held.timecodes, metadata=held.metadata,
    )  # fmt: skip


def put_case(folder: Path) -> Path:
    """Writes the case into a folder."""
    view = build_case()
    document, record = hostile()
    discrepancy = Discrepancy(
        id="dharm", kind="denial", speaker="harm", speaker_name=NAME,
        statement=Pole(document=document.id, id="s0", quote=HARM[HARM.index("The Reed") : HARM.index("\n")]),
        against=(Pole(document="breach", id="e0", quote=view.discrepancies[0].against[0].quote),),
        basis="inferred", explanation=f"{NAME} denied it.", rule="denial", score=0.99, needs_review=True,
    )  # fmt: skip
    with SqliteStore.for_writing(folder) as store:
        number = store.begin_run("2019-06-01T08:00:00Z", ["reports"], "0.1.0")
        for held, coded in view.pairs():
            made = _document(held)
            store.add(made, made.text.encode("utf-8"), "text/plain", held.origin)
            store.put_record(coded)
        url, payload = "javascript:alert(1)", hashlib.sha256(HARM.encode("utf-8")).hexdigest()
        capture = Capture(
            "2019-05-20T07:08:09Z", "https://asked.example/", url, 200, (("x", NAME),), payload, NAME
        )
        store.add(document, HARM.encode("utf-8"), "text/html", f"reports/{NAME}.html", capture)
        store.put_record(record)
        torn = Document(id="torn", text="Nothing to read here.", date=None, title=None)
        store.add(torn, b"torn", "text/plain", "reports/torn.txt")
        store.put_failure("torn", "the reader gave up on it")
        for skipped in view.skipped:
            store.skip(skipped, "reports")
        actors = (*view.actors, CaseActor(record.actors[0], (document.id,), 1, 1, 0, 0))
        store.put_derived(
            Derived(
                tuple(sorted(actors, key=lambda a: a.actor.id)),
                (discrepancy, *view.discrepancies),
                view.commitments,
            ),
            "test 1",
        )
        store.end_run(number, "2019-06-01T08:01:00Z", "done")
    return folder
