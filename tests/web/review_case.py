"""A case with enough to review: short reports on a river, each with an event, a tie and a statement."""

from __future__ import annotations

from pathlib import Path

from saydo import desk
from saydo.model.document import Document
from saydo.model.records import Actor, CoderInfo, Event, Mention, Record, Statement, Tie, When
from saydo.model.store import Derived
from saydo.store import SqliteStore

PLACES = ("Tal", "Senn", "Orrin", "Vale", "Kessel", "Brack")
VERBS = ("shelled", "raided", "mined", "burned")
BRIGADE = ("kolda-river-brigade", "Kolda River Brigade", "armed group")
COUNCIL = ("fen-council", "Fen Council", "organisation")
WATCH = ("weir-watch", "Weir Watch", "armed group")


def text_of(number: int) -> str:
    """The words of one report; every third is about another group."""
    who = WATCH[1] if number % 3 == 2 else BRIGADE[1]
    verb, place = VERBS[number % len(VERBS)], PLACES[number % len(PLACES)]
    return (
        f"Report {number} from the river 🌊. The {who} {verb} the quay of {place} that week. "
        f"The Fen Council said that lamp {number} was lit. The {who} is allied with the Fen Council."
    )


def _mention(text: str, id: str, words: str, actor: str, after: int = 0) -> Mention:
    start = text.index(words, after)
    end = start + len(words)
    return Mention(
        id=id, start=start, end=end, text=words, type="group", actor=actor, head=(start, end), named=True
    )


def report(number: int, version: str = "0.1.0", first: int = 0) -> tuple[Document, Record]:
    """A report and its record; another version of the coder numbers its events from ``first``."""
    text = text_of(number)
    id, name, kind = WATCH if number % 3 == 2 else BRIGADE
    verb, place = VERBS[number % len(VERBS)], PLACES[number % len(PLACES)]
    day = f"2019-{number % 12 + 1:02}-{number % 27 + 1:02}"
    sentences = []
    at = 0
    for piece in text.split(". "):
        end = min(at + len(piece) + 1, len(text))
        sentences.append((at, end))
        at = end + 1
    said, tied = text.index("The Fen Council said"), text.rindex(f"The {name}")
    mentions = (
        _mention(text, "m0", name, id),
        _mention(text, "m1", f"quay of {place}", f"{place.lower()}-quay"),
        _mention(text, "m2", "Fen Council", COUNCIL[0], said),
        _mention(text, "m3", name, id, tied),
        _mention(text, "m4", "Fen Council", COUNCIL[0], tied),
    )
    actors = tuple(
        Actor(id=i, name=n, kind=k, resolved_by="name", reason=f"reports name {n}")
        for i, n, k in ((id, name, kind), COUNCIL, (f"{place.lower()}-quay", f"{place} quay", "organisation"))
    )
    trigger = (text.index(verb), text.index(verb) + len(verb))
    content = (text.index("that lamp"), text.index(" was lit") + len(" was lit"))
    allied = (text.index("allied"), text.index("allied") + len("allied"))
    score = 0.4 + (number * 7 % 50) / 100
    event = Event(
        id=f"e{first}", type="ASSAULT", mode=None, trigger=trigger, actors=("m0",), recipients=("m1",),
        time=When.model_validate({"from": day, "to": day, "precision": "day"}), evidence=sentences[1],
        rule="assault/verb", score=score,
    )  # fmt: skip
    tie = Tie.model_validate(
        {"id": "t0", "type": "alliance", "from": "m3", "to": "m4", "state": "current", "evidence": sentences[-1],
         "trigger": allied, "rule": "alliance/allied", "score": score + 0.05}
    )  # fmt: skip
    statement = Statement(
        id="s0", kind="assertion", source=((mentions[2].start, mentions[2].end),), source_mention="m2",
        cue=((text.index("said"), text.index("said") + 4),), content=(content,), quoted=False, score=score + 0.1,
        rule="assertion/attributed",
    )  # fmt: skip
    document = Document(
        id=f"r{number}", text=text, date=day, title=f"River report {number}", publisher="River Post"
    )
    record = Record(
        id=document.id, text_sha256=document.text_sha256, date=day, title=document.title,
        coder=CoderInfo(version=version, reader="scripted 1", codebook=desk.load_codebook().version),
        sentences=tuple(sentences), mentions=mentions, actors=actors, events=(event,), ties=(tie,),
        statements=(statement,),
    )  # fmt: skip
    return document, record


def put_review_case(folder: Path, reports: int = 14) -> Path:
    """Writes and weighs the case."""
    book = desk.load_codebook()
    with SqliteStore.for_writing(folder) as store:
        for number in range(reports):
            document, record = report(number)
            store.add(document, document.text.encode("utf-8"), "text/plain", f"reports/{document.id}.txt")
            store.put_record(record)
        store.put_derived(Derived((), ()), f"0.1.0 {book.version}")
    weigh(folder)
    return folder


def code_anew(folder: Path, reports: int = 14) -> None:
    """A later model codes the same reports, and numbers its events otherwise."""
    book = desk.load_codebook()
    with SqliteStore.for_writing(folder) as store:
        for number in range(reports):
            store.put_record(report(number, "0.2.0", first=5)[1])
        store.put_derived(Derived((), ()), f"0.2.0 {book.version}")
    weigh(folder)


def weigh(folder: Path) -> None:
    """Weighs the case as a decision would have it weighed."""
    with desk.Reviewer(folder, "test", desk.load_codebook()) as reviewer:
        reviewer.weigh()
