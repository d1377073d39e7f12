"""Events, ties, statements, discrepancies and actors of a case, page by page."""

from __future__ import annotations

from fastapi import APIRouter, Request
from pydantic import BaseModel

from saydo.model import records
from saydo.model.lookups import Slice
from saydo.model.store import FoundEvent, FoundStatement, FoundTie
from saydo.web.api.answers import Listed, Question, listed
from saydo.web.room import Room

router = APIRouter(tags=["findings"])


class EventOf(BaseModel):
    """An event and the report that it was coded from; mention ids are those of the report's record."""

    document: str
    event: records.Event


class TieOf(BaseModel):
    """A tie and its report."""

    document: str
    tie: records.Tie


class StatementOf(BaseModel):
    """A statement and its report."""

    document: str
    statement: records.Statement


class ActorOf(BaseModel):
    """An actor of the case and how often it occurs."""

    actor: records.Actor
    reports: int
    mentions: int
    events: int
    ties: int
    statements: int


@router.get("/events")
def events(request: Request, asked: Question) -> Listed[EventOf]:
    """Events by day."""
    with Room.of(request).open() as store:
        found: Slice[FoundEvent] = store.events_page(asked.where, asked.cursor, asked.limit)
    return listed(found, lambda f: EventOf(document=f.document, event=f.event))


@router.get("/ties")
def ties(request: Request, asked: Question) -> Listed[TieOf]:
    """Ties by day, as each report tells them."""
    with Room.of(request).open() as store:
        found: Slice[FoundTie] = store.ties_page(asked.where, asked.cursor, asked.limit)
    return listed(found, lambda f: TieOf(document=f.document, tie=f.tie))


@router.get("/statements")
def statements(request: Request, asked: Question) -> Listed[StatementOf]:
    """Statements by day."""
    with Room.of(request).open() as store:
        found: Slice[FoundStatement] = store.statements_page(asked.where, asked.cursor, asked.limit)
    return listed(found, lambda f: StatementOf(document=f.document, statement=f.statement))


@router.get("/discrepancies")
def discrepancies(request: Request, asked: Question) -> Listed[records.Discrepancy]:
    """Discrepancies, strongest first."""
    with Room.of(request).open() as store:
        found = store.discrepancies_page(asked.where, asked.cursor, asked.limit)
    return listed(found, lambda d: d)


@router.get("/actors")
def actors(request: Request, asked: Question) -> Listed[ActorOf]:
    """Actors, those named in most reports first."""
    with Room.of(request).open() as store:
        found = store.actors_page(asked.where, asked.cursor, asked.limit)
    return listed(
        found,
        lambda a: ActorOf(
            actor=a.actor, reports=len(a.documents), mentions=a.mentions, events=a.events, ties=a.ties,
            statements=a.statements,
        ),
    )  # fmt: skip
