"""Reports of a case and the record of each."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel

from saydo import desk
from saydo.model.lookups import ReportFilter
from saydo.model.records import Record
from saydo.web import paging
from saydo.web.api.answers import At, Limit, Listed, Since, Until, letter, listed
from saydo.web.errors import missing
from saydo.web.room import Room

router = APIRouter(tags=["reports"])


class ReportOf(BaseModel):
    """A report in a list."""

    id: str
    title: str | None
    origin: str
    publisher: str | None
    date: str | None
    words: int
    failure: str | None
    """Why it could not be coded."""
    events: int
    ties: int
    statements: int


class WholeReport(BaseModel):
    """A report with its text. Offsets of its record are code points into `text`."""

    id: str
    text: str
    text_sha256: str
    source_sha256: str | None
    origin: str
    title: str | None
    publisher: str | None
    author: str | None
    date: str | None
    url: str | None
    language: str | None
    coded: bool
    failure: str | None
    source_grade: str | None
    """A to F; null where nobody gave one, or the case does not use grades."""


@router.get("/reports")
def reports(
    request: Request,
    publisher: Annotated[str | None, Query(description="Only of this publisher; empty: of none.")] = None,
    since: Since = "",
    until: Until = "",
    failed: Annotated[bool, Query(description="Only those that could not be coded.")] = False,
    at: At = "",
    limit: Limit = 100,
) -> Listed[ReportOf]:
    """Reports, the newest first; those without a date last."""
    where = ReportFilter(
        publisher=publisher,
        since=desk.bound(since, last=False) if since else None,
        until=desk.bound(until, last=True) if until else None,
        failed=failed,
    )
    with Room.of(request).open() as store:
        found = store.reports(where, paging.decode(at), limit)
    return listed(
        found,
        lambda r: ReportOf(
            id=r.id, title=r.title, origin=r.origin, publisher=r.publisher, date=r.date, words=r.words,
            failure=r.failure, events=r.events, ties=r.ties, statements=r.statements,
        ),
    )  # fmt: skip


@router.get("/report")
def report(request: Request, id: Annotated[str, Query(description="The report's id.")]) -> WholeReport:
    """One report, with its text."""
    with Room.of(request).open() as store:
        held = store.report(id)
        grades = desk.grades(store, (id,))
    if held is None:
        raise missing(f"the case has no report {id!r}")
    d = held.document
    return WholeReport(
        id=d.id, text=d.text, text_sha256=d.text_sha256, source_sha256=d.source_sha256, origin=d.origin,
        title=d.title, publisher=d.publisher, author=d.author, date=d.date, url=d.url, language=d.language,
        coded=held.coded, failure=held.failure, source_grade=letter(grades.source(id)),
    )  # fmt: skip


@router.get("/record")
def record(request: Request, id: Annotated[str, Query(description="The report's id.")]) -> Record:
    """What was coded from one report: a record as `saydo code` writes it."""
    with Room.of(request).open() as store:
        held = store.report(id)
        if held is None:
            raise missing(f"the case has no report {id!r}")
        if not held.coded:
            raise missing(f"report {id!r} was not coded: {held.failure or 'run the case again'}")
        return store.record(id)
