"""Small rooms for the tests of the desk: a reader, a linker and a coder that work on any text by plain rules,
so that what the desk does with them can be told beforehand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from saydo.codebook import Codebook
from saydo.coding import Coded
from saydo.desk import Corridor
from saydo.model.case import CaseView, Commitment
from saydo.model.choices import NO_CHOICES, Choices
from saydo.model.document import Document
from saydo.model.ids import slug
from saydo.model.linked import LinkedMention, LinkedReading
from saydo.model.reading import Reading, ReadMention, Sentence, Token
from saydo.model.records import Actor, Discrepancy, Event, Pole, Statement
from saydo.weighing import EventCluster, Weighed, WeighedReport

WORD = re.compile(r"\w+|[^\w\s]")


def codebook(version: str = "tiny 1") -> Codebook:
    """A codebook with nothing in it but a version."""
    return Codebook(
        version=version, events={}, ties={}, statements={}, contexts={}, cues={}, rules={}, actors={},
        nominals={}, offices={}, weights={},
    )  # fmt: skip


class PlainReader:
    """Splits at white space and full stops; every capitalised word is a group. A text with the word FAIL
    makes it raise."""

    def __init__(self, version: str = "plain 1") -> None:
        self.version = version
        self.read_ids: list[str] = []

    def read(self, document: Document) -> Reading:
        self.read_ids.append(document.id)
        if "FAIL" in document.text:
            raise ValueError("cannot\nread this")
        found = list(WORD.finditer(document.text))
        cuts = [n + 1 for n, m in enumerate(found) if m.group() == "."]
        bounds = sorted({0, *cuts, len(found)})
        tokens, sentences = [], []
        for number, (first, last) in enumerate(pairwise(bounds)):
            sentences.append(Sentence(found[first].start(), found[last - 1].end(), first, last, 0))
            for n in range(first, last):
                m = found[n]
                tokens.append(
                    Token(n, m.start(), m.end(), m.group(), m.group().lower(), "X", first, "dep", number)
                )
        mentions = tuple(
            ReadMention(t.i, t.i + 1, t.i, "group", True, 1.0) for t in tokens if t.text[0].isupper()
        )
        return Reading(document, tuple(tokens), tuple(sentences), mentions, (), self.version)

    def read_all(self, documents: Iterable[Document]) -> Iterator[Reading]:
        return (self.read(document) for document in documents)


def link(reading: Reading, codebook: Codebook) -> LinkedReading:
    """Every mention is the actor of its name."""
    mentions = tuple(
        LinkedMention(
            f"m{n}", m.first, m.last, m.head, m.type, True, slug(reading.tokens[m.head].text), "named"
        )
        for n, m in enumerate(reading.mentions)
    )
    names = dict.fromkeys(reading.tokens[m.head].text for m in reading.mentions)
    actors = {
        slug(name): Actor(id=slug(name), name=name, kind="armed group", resolved_by="name", reason="named")
        for name in names
    }
    return LinkedReading(reading, mentions, tuple(actors.values()), (), (), ())


def code(linked: LinkedReading, codebook: Codebook) -> Coded:
    """The word ``shelled`` is an event by the mention before it upon the one behind it; ``vowed`` a pledge of
    the mention before it. A text with the word BREAK makes it raise."""
    if "BREAK" in linked.reading.document.text:
        raise KeyError("broken rule")
    events, statements = [], []
    for token in linked.reading.tokens:
        before = [m for m in linked.mentions if m.head < token.i][-1:]
        behind = [m for m in linked.mentions if m.head > token.i][:1]
        sentence = linked.reading.sentences[token.sentence]
        where = (token.start, token.end)
        if token.text == "shelled":
            events.append(
                Event(id=f"e{len(events)}", type="ASSAULT", trigger=where, actors=tuple(m.id for m in before),
                      recipients=tuple(m.id for m in behind), evidence=(sentence.start, sentence.end),
                      rule="shelled", score=0.8)
            )  # fmt: skip
        if token.text == "vowed" and before:
            statements.append(
                Statement(id=f"s{len(statements)}", kind="pledge", source_mention=before[0].id, cue=(where,),
                          content=((token.end, sentence.end),), quoted=False, score=0.9)
            )  # fmt: skip
    return Coded(tuple(events), (), tuple(statements), (), ())


def weigh(reports: Sequence[WeighedReport], codebook: Codebook, choices: Choices = NO_CHOICES) -> Weighed:
    """Every shelling by somebody who vowed anything, in any report, breaks the vow."""
    vows, deeds = [], []
    for report in reports:
        record = report.record
        actor = {m.id: m.actor for m in record.mentions}
        vows += [(record, s, actor[s.source_mention or ""]) for s in record.statements]
        deeds += [(record, e, actor[e.actors[0]]) for e in record.events if e.actors]
        texts = {r.record.id: r.text for r in reports}
    pairs = [(vow, deed) for vow in vows for deed in deeds if vow[2] == deed[2]]
    discrepancies = tuple(
        Discrepancy(
            id=f"w{n}", kind="commitment", speaker=speaker, speaker_name=speaker,
            statement=Pole(document=a.id, id=s.id, quote=texts[a.id][s.content[0][0] : s.content[0][1]]),
            against=(Pole(document=b.id, id=e.id, quote=texts[b.id][e.evidence[0] : e.evidence[1]]),),
            basis="inferred", rule="vow", score=0.5,
            explanation=f"{speaker} vowed ({a.id}/{s.id}) and shelled ({b.id}/{e.id}).",
        )
        for n, ((a, s, speaker), (b, e, _)) in enumerate(pairs)
    )  # fmt: skip
    commitments = tuple(
        Commitment(a.id, s.id, speaker or "", speaker or "", "broken" if pairs else "open")
        for a, s, speaker in vows
    )
    members = tuple((record.id, event.id) for record, event, _ in deeds)
    clusters = (EventCluster("i0", "ASSAULT", members, "all shellings"),) if len(members) > 1 else ()
    return Weighed(discrepancies, (), clusters, commitments, ())


def render(view: CaseView) -> str:
    """One line a discrepancy."""
    return "".join(f"<p>{found.explanation}</p>\n" for found in view.discrepancies)


ROOMS = Corridor(link, code, weigh, render)


def without(name: str, rooms: Corridor = ROOMS) -> Corridor:
    """The rooms, one of which always fails."""

    def fail(*_: object) -> object:
        raise RuntimeError(f"no {name} today")

    return replace(rooms, **{name: fail})
