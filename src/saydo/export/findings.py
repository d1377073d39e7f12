"""A case as rows, one table at a time, drawn lazily and in a fixed order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Literal

from saydo.export.passages import Passages, finding, hms, spans
from saydo.export.rows import (
    ActorRow,
    DiscrepancyRow,
    EventRow,
    MergedRow,
    PoleRow,
    Row,
    SightRow,
    StatementRow,
    TieRow,
)
from saydo.model.case import CaseView
from saydo.model.identity import Merge
from saydo.model.records import Pole

Table = Literal["actors", "events", "ties", "statements", "discrepancies"]
Part = Literal["actors", "events", "ties", "statements", "discrepancies", "case"]
"""What a format holds: a table, or with ``case`` the whole case together."""


def passages(view: CaseView) -> Iterator[Passages]:
    """The reports of a case with their records, in case order."""
    names = view.actor_names()
    for document, record in view.pairs():
        yield Passages(document, record, names)


def actors(view: CaseView) -> Iterator[ActorRow]:
    """Every actor of the case, by id."""
    merges = view.identities.into()
    for found in view.actors:
        yield ActorRow(
            **dict(found.actor),
            documents=found.documents,
            mentions=found.mentions,
            events=found.events,
            ties=found.ties,
            statements=found.statements,
            merged=tuple(_merged(merge) for merge in merges.get(found.actor.id, ())),
        )


def _merged(merge: Merge) -> MergedRow:
    return MergedRow(
        id=merge.merged,
        document=merge.document,
        rule=merge.rule,
        reason=merge.reason,
        decision=merge.decision,
        evidence=tuple(SightRow(**sight._asdict()) for sight in merge.evidence),
    )


def events(view: CaseView) -> Iterator[EventRow]:
    """Every event, in the order of the reports and of their text."""
    for of in passages(view):
        for event in of.record.events:
            yield EventRow(
                **dict(event),
                citation=of.cite([event.evidence]),
                trigger_words=of.text(event.trigger),
                actor_parties=of.parties(event.actors),
                recipient_parties=of.parties(event.recipients),
                where=None if event.place is None else of.record.places[event.place],
                weapon_words=of.party(event.weapon).words if event.weapon else None,
                said_by=of.said_by(event),
            )


def ties(view: CaseView) -> Iterator[TieRow]:
    """Every tie, in the order of the reports and of their text."""
    for of in passages(view):
        for tie in of.record.ties:
            yield TieRow(
                **dict(tie),
                citation=of.cite([tie.evidence]),
                trigger_words=of.text(tie.trigger),
                from_party=of.party(tie.from_),
                to_party=of.party(tie.to),
                said_by=of.said_by(tie),
            )


def statements(view: CaseView) -> Iterator[StatementRow]:
    """Every statement, in the order of the reports and of their text."""
    for of in passages(view):
        for statement in of.record.statements:
            yield StatementRow(
                **dict(statement),
                citation=of.cite(spans(statement)),
                speaker=of.speaker(statement),
                source_words=of.words(statement.source),
                cue_words=of.words(statement.cue),
                content_words=of.words(statement.content),
                addressee_parties=of.parties(statement.addressees),
            )


def discrepancies(view: CaseView) -> Iterator[DiscrepancyRow]:
    """Every discrepancy of the case, strongest first."""
    names = view.actor_names()
    for found in view.discrepancies:
        fields = dict(found)
        name = found.speaker_name or (names.get(found.speaker) if found.speaker else None)
        yield DiscrepancyRow(
            **{
                **fields,
                "speaker_name": name,
                "statement": pole(view, found.statement),
                "against": tuple(pole(view, against) for against in found.against),
            }
        )


def pole(view: CaseView, of: Pole) -> PoleRow:
    """A pole with its report; KeyError where the case lacks the report or the record it names."""
    document = view.document(of.document)
    found = finding(view.record(of.document), of.id)
    cue = document.timecode(min(start for start, _ in spans(found)))
    return PoleRow(
        **dict(of),
        record=type(found).__name__.lower(),
        title=document.title,
        publisher=document.publisher,
        published=document.date,
        url=document.url,
        timecode=hms(cue.from_seconds) if cue else None,
    )


TABLES: Mapping[Part, Callable[[CaseView], Iterator[Row]]] = MappingProxyType(
    {
        "actors": actors,
        "events": events,
        "ties": ties,
        "statements": statements,
        "discrepancies": discrepancies,
    }
)
