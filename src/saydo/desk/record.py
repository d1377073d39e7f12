"""Puts together the record of one document from what linking and coding found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from saydo.model.errors import CodingError
from saydo.model.linked import LinkedMention, LinkedReading
from saydo.model.records import CoderInfo, Event, Mention, Note, Offsets, Proposition, Record, Statement, Tie

if TYPE_CHECKING:
    from saydo.coding import Coded


def assemble(
    linked: LinkedReading,
    coded: Coded,
    coder: CoderInfo,
    *,
    language: str | None = None,
    notes: tuple[Note, ...] = (),
) -> Record:
    """The record of a document. ``language`` is what was detected where the document does not say itself;
    ``notes`` come before those of linking and coding.

    Raises CodingError where an id is there twice, a reference leads nowhere or an offset lies outside of
    the text: such a record would break whatever reads it later.
    """
    document = linked.reading.document
    record = Record(
        id=document.id,
        title=document.title,
        publisher=document.publisher,
        url=document.url,
        date=document.date,
        language=document.language or language,
        text_sha256=document.text_sha256,
        coder=coder,
        sentences=tuple((sentence.start, sentence.end) for sentence in linked.reading.sentences),
        mentions=tuple(_mention(linked, mention) for mention in linked.mentions),
        actors=linked.actors,
        places=tuple(found.place for found in linked.places),
        times=tuple(found.time for found in linked.times),
        events=coded.events,
        ties=coded.ties,
        statements=coded.statements,
        propositions=coded.propositions,
        discrepancies=coded.discrepancies,
        notes=(*notes, *linked.notes, *coded.notes),
    )
    check(record, len(document.text))
    return record


def _mention(linked: LinkedReading, mention: LinkedMention) -> Mention:
    tokens = linked.reading.tokens
    start, end = tokens[mention.first].start, tokens[mention.last - 1].end
    head = tokens[mention.head]
    return Mention.model_validate(
        {
            "id": mention.id,
            "start": start,
            "end": end,
            "text": linked.reading.document.text[start:end],
            "type": mention.type,
            "actor": mention.actor,
            "head": (head.start, head.end),
            "named": mention.named,
            "stands_for": mention.stands_for,
        }
    )


def check(record: Record, length: int) -> None:
    """Raises CodingError, naming the first fault, where a record does not hold together."""
    fault = next(_Check(record, length).faults(), None)
    if fault is not None:
        raise CodingError(f"the record of {record.id!r} does not hold together: {fault}; report this line")


@dataclass(frozen=True)
class _Check:
    record: Record
    length: int
    """Code points of the text."""

    def faults(self) -> Iterator[str]:
        yield from self._twice()
        yield from self._outside()
        yield from self._nowhere()

    def _findings(self) -> tuple[tuple[Event | Tie | Statement | Proposition, ...], ...]:
        r = self.record
        return r.events, r.ties, r.statements, r.propositions

    def _twice(self) -> Iterator[str]:
        r = self.record
        for name, ids in (
            ("mention", [m.id for m in r.mentions]),
            ("actor", [a.id for a in r.actors]),
            ("finding", [f.id for found in (*self._findings(), r.discrepancies) for f in found]),
        ):
            seen: set[str] = set()
            for id in ids:
                if id in seen:
                    yield f"the {name} id {id!r} is there twice"
                seen.add(id)

    def _outside(self) -> Iterator[str]:
        for name, (start, end) in self._spans():
            if not 0 <= start < end <= self.length:
                yield f"{name} lies at {start}–{end}, outside of the text's {self.length} characters"

    def _spans(self) -> Iterator[tuple[str, Offsets]]:
        r = self.record
        for n, sentence in enumerate(r.sentences):
            yield f"sentence {n}", sentence
        for m in r.mentions:
            yield f"mention {m.id}", (m.start, m.end)
        for n, place in enumerate(r.places):
            yield f"place {n}", (place.start, place.end)
        for n, time in enumerate(r.times):
            yield f"time {n}", (time.start, time.end)
        for event in r.events:
            yield from ((f"event {event.id}", span) for span in (event.trigger, event.evidence))
        for tie in r.ties:
            yield from ((f"tie {tie.id}", span) for span in (tie.trigger, tie.evidence))
        for p in r.propositions:
            yield from ((f"proposition {p.id}", span) for span in (p.trigger, p.evidence))
        for s in r.statements:
            yield from ((f"statement {s.id}", span) for span in (*s.source, *s.cue, *s.content))

    def _nowhere(self) -> Iterator[str]:
        r = self.record
        mentions = {m.id for m in r.mentions}
        events, ties = {e.id for e in r.events}, {t.id for t in r.ties}
        statements, actors = {s.id for s in r.statements}, {a.id for a in r.actors}
        for m in r.mentions:
            yield from _missing(f"mention {m.id}", _given(m.actor), actors)
            yield from _missing(f"mention {m.id}", _given(m.stands_for), mentions)
        for e in r.events:
            yield from _missing(f"event {e.id}", (*e.actors, *e.recipients, *_given(e.weapon)), mentions)
            yield from _missing(f"event {e.id}", _given(e.attributed_to), statements)
            if e.place is not None and not 0 <= e.place < len(r.places):
                yield f"event {e.id} is at place {e.place} of {len(r.places)}"
        for t in r.ties:
            yield from _missing(f"tie {t.id}", (t.from_, t.to), mentions)
            yield from _missing(f"tie {t.id}", _given(t.attributed_to), statements)
        for p in r.propositions:
            yield from _missing(f"proposition {p.id}", (*p.actors, *p.recipients), mentions)
            yield from _missing(f"proposition {p.id}", _given(p.attributed_to), statements)
            if p.place is not None and not 0 <= p.place < len(r.places):
                yield f"proposition {p.id} is at place {p.place} of {len(r.places)}"
        for s in r.statements:
            yield from _missing(f"statement {s.id}", (*_given(s.source_mention), *s.addressees), mentions)
            yield from _missing(f"statement {s.id}", s.events, events)
            yield from _missing(f"statement {s.id}", s.ties, ties)
        for d in r.discrepancies:
            poles = [pole.id for pole in (d.statement, *d.against) if pole.document == r.id]
            told = {p.id for p in r.propositions}
            yield from _missing(f"discrepancy {d.id}", poles, events | ties | statements | told)


def _given(id: str | None) -> tuple[str, ...]:
    return () if id is None else (id,)


def _missing(name: str, ids: Iterable[str], known: set[str]) -> Iterator[str]:
    for id in ids:
        if id not in known:
            yield f"{name} refers to {id!r}, which is not there"
