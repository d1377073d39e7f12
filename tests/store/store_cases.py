"""Documents and records made by hand, and strategies for random ones, for the tests of the store."""

from __future__ import annotations

import hashlib

from hypothesis import strategies as st

from saydo.model.case import CaseActor, Commitment, Incident
from saydo.model.document import Document, TimeCode, text_sha256
from saydo.model.records import (
    Actor,
    CoderInfo,
    Count,
    Discrepancy,
    Event,
    Mention,
    Note,
    Place,
    Pole,
    Record,
    Statement,
    Tie,
    When,
)
from saydo.model.store import Derived
from saydo.store import SqliteStore

CODER = CoderInfo(version="0.1.0", reader="scripted 1", codebook="saydo-abc")

TEXT = "The Reef Battalion vowed not to shell Tal. On 9 May its gunners shelled Tal and killed four."


def document(id: str = "d1", text: str = TEXT, date: str | None = "2019-05-10") -> Document:
    return Document(
        id=id,
        text=text,
        date=date,
        title="Shells on Tal",
        publisher="Harbour Post",
        url="https://example.org/tal",
        language="en",
        author="A. Writer",
        timecodes=(TimeCode(0, 10, 1.5, 3.0),),
        metadata=(("fiction", "yes"), ("fiction", "twice")),
    )


def original(of: Document) -> bytes:
    return f"{of.id}\n{of.text}".encode()


def add(store: SqliteStore, of: Document) -> str:
    """Takes a document in and gives its id in the case."""
    return store.add(of, original(of), "text/plain", f"inbox/{of.id}.txt").id


def record(
    id: str = "d1", text: str = TEXT, date: str | None = "2019-05-10", coder: CoderInfo = CODER
) -> Record:
    """A record with one finding of each kind."""
    mentions = (
        Mention(id="m0", start=0, end=18, text=text[0:18], type="group", actor="reef-battalion", head=(9, 18),
                named=True),
        Mention(id="m1", start=38, end=41, text=text[38:41], type="place", head=(38, 41), named=True),
        Mention(id="m2", start=52, end=63, text=text[52:63], type="group", actor="reef-battalion",
                head=(56, 63), named=False),
        Mention(id="m3", start=72, end=75, text=text[72:75], type="group", actor="tal-council", head=(72, 75),
                named=True),
    )  # fmt: skip
    return Record(
        id=id,
        text_sha256=text_sha256(text),
        date=date,
        coder=coder,
        sentences=((0, 42), (43, 93)),
        mentions=mentions,
        actors=(
            Actor(id="reef-battalion", name="Reef Battalion", kind="armed group", country="XYZ", sector="REB",
                  resolved_by="introduced", reason="introduced in the text"),
            Actor(id="tal-council", name="Tal Council", kind="organisation", aliases=("the council",),
                  resolved_by="name", reason="named"),
        ),
        places=(Place(start=38, end=41, text="Tal", name="Tal", country="KGZ", lat=1.5, lon=2.5, score=0.5,
                      precision="city", reason="one place of that name"),),
        events=(
            Event(id="e0", type="ASSAULT", mode="heavy-weapons", trigger=(64, 71), actors=("m2",),
                  recipients=("m3",), place=0, time=When.model_validate(
                      {"from": "2019-05-09", "to": "2019-05-09", "precision": "day"}),
                  killed=Count(low=4, high=4, text="four"), evidence=(52, 92), rule="shell", score=0.8),
        ),
        ties=(
            Tie.model_validate(
                {"id": "t0", "type": "presence", "from": "m0", "to": "m1", "state": "current",
                 "since": "2018-01-01", "evidence": (0, 42), "trigger": (19, 24), "rule": "r", "score": 0.5}
            ),
        ),
        statements=(
            Statement(id="s0", kind="pledge", source=((0, 18),), source_mention="m0", addressees=("m3",),
                      cue=((19, 24),), content=((25, 41),), quoted=False, score=0.9),
        ),
        discrepancies=(),
        notes=(Note(about="its", reason="refers to the battalion", start=52, end=55),),
    )  # fmt: skip


def derived(document: str = "d1") -> Derived:
    """What weighing would find in a case with that one report."""
    return Derived(
        actors=(CaseActor(record().actors[0], (document,), 2, 1, 1, 1),),
        discrepancies=(
            Discrepancy(id="x0", kind="commitment", speaker="reef-battalion", speaker_name="Reef Battalion",
                        statement=Pole(document=document, id="s0", quote=TEXT[:42]),
                        against=(Pole(document=document, id="e0", quote=TEXT[43:]),), basis="inferred",
                        explanation="It vowed not to, and did.", rule="commitment", score=0.8),
        ),
        commitments=(
            Commitment(document, "s0", "reef-battalion", "Reef Battalion", "broken", ((document, "e0"),)),
        ),
        incidents=(Incident("i0", "ASSAULT", ((document, "e0"), (document, "e0~")), "same day and place"),),
    )  # fmt: skip


WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=0, max_size=40)
NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
MAYBE = st.none() | WORDS
DATES = st.none() | st.dates().map(lambda day: day.isoformat())
SCORES = st.floats(0, 1)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Any document that UTF-8 can hold."""
    text = draw(WORDS)
    return Document(
        id=draw(NAMES), text=text, date=draw(DATES), title=draw(MAYBE), publisher=draw(MAYBE),
        url=draw(MAYBE), language=draw(MAYBE), author=draw(MAYBE),
        source_sha256=draw(st.none() | st.just(hashlib.sha256(text.encode()).hexdigest())),
        timecodes=tuple(draw(st.lists(st.builds(TimeCode, st.integers(0, 9), st.integers(10, 20),
                                                st.floats(0, 1e6), st.floats(0, 1e6)), max_size=3))),
        metadata=tuple(draw(st.lists(st.tuples(WORDS, WORDS), max_size=3))),
    )  # fmt: skip


@st.composite
def records(draw: st.DrawFn, id: str) -> Record:
    """Any record of a document: mentions, events that refer to them, notes; huge tolls and odd names too."""
    mentions = tuple(
        Mention(id=f"m{n}", start=n, end=n + 1, text=draw(NAMES), type="group", actor=draw(st.none() | NAMES),
                head=(n, n + 1), named=draw(st.booleans()))
        for n in range(draw(st.integers(1, 4)))
    )  # fmt: skip
    ids = st.lists(st.sampled_from([m.id for m in mentions]), unique=True, max_size=3).map(tuple)
    events = tuple(
        Event(id=f"e{n}", type=draw(st.sampled_from(["ASSAULT", "AID"])), trigger=(0, 1), actors=draw(ids),
              recipients=draw(ids), evidence=(0, 1), rule=draw(WORDS), score=draw(SCORES),
              killed=draw(st.none() | st.builds(Count, low=st.integers(0, 10**30), high=st.none(),
                                                text=WORDS)),
              time=draw(st.none() | st.builds(
                  lambda a, b: When.model_validate({"from": a, "to": b, "precision": "day"}), DATES, DATES)))
        for n in range(draw(st.integers(0, 3)))
    )  # fmt: skip
    actors = tuple(
        Actor(id=name, name=draw(WORDS), kind=draw(WORDS), resolved_by="name", reason=draw(WORDS))
        for name in dict.fromkeys(m.actor for m in mentions if m.actor)
    )
    notes = tuple(draw(st.lists(st.builds(Note, about=WORDS, reason=WORDS), max_size=2)))
    return Record(
        id=id, title=draw(MAYBE), text_sha256=text_sha256(draw(WORDS)), coder=CODER, mentions=mentions,
        actors=actors, events=events, notes=notes,
    )  # fmt: skip
