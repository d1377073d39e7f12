"""A text that was coded by itself, seen as a case of one report: what reads cases then reads it, too."""

from __future__ import annotations

from collections import Counter

from saydo.model.case import CaseActor, CaseDocument, CaseView
from saydo.model.document import Document
from saydo.model.records import Record


def view_of(document: Document, record: Record | None) -> CaseView:
    """The text and what was coded from it; without a record a case in which nothing is coded."""
    held = CaseDocument(
        id=document.id,
        text=document.text,
        text_sha256=document.text_sha256,
        words=len(document.text.split()),
        origin=document.title or document.url or document.id,
        date=document.date,
        title=document.title,
        publisher=document.publisher,
        url=document.url,
        language=document.language,
        author=document.author,
        timecodes=document.timecodes,
        metadata=document.metadata,
    )
    if record is None:
        return CaseView(held.origin, (held,), (), (), ())
    return CaseView(
        name=held.origin,
        documents=(held,),
        records=(record,),
        actors=_actors(record),
        discrepancies=tuple(sorted(record.discrepancies, key=lambda d: -d.score)),
        coder=record.coder,
    )


def _actors(record: Record) -> tuple[CaseActor, ...]:
    """The actors of the record by id, with how often each occurs in it."""
    of = {mention.id: mention.actor for mention in record.mentions}
    events, ties, said = Counter[str | None](), Counter[str | None](), Counter[str | None]()
    for event in record.events:
        events.update({of[mention] for mention in (*event.actors, *event.recipients)})
    for tie in record.ties:
        ties.update({of[tie.from_], of[tie.to]})
    for statement in record.statements:
        if statement.source_mention is not None:
            said[of[statement.source_mention]] += 1
    mentions = Counter(of.values())
    return tuple(
        CaseActor(actor, (record.id,), mentions[actor.id], events[actor.id], ties[actor.id], said[actor.id])
        for actor in sorted(record.actors, key=lambda actor: actor.id)
    )
