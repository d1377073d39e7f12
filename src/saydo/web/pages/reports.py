"""Reports: everything that came in, by date, to pick one to read."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import Response

from saydo import desk
from saydo.model.lookups import ReportFilter, ReportLine, Slice
from saydo.web import paging
from saydo.web.pages import Page
from saydo.web.rendering import render
from saydo.web.room import Room

router = APIRouter()
PAGE = Page("reports", "Reports", 30, router)
PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class ReportsPage:
    """A stretch of the list, and what it is cut down to."""

    reports: Slice[ReportLine]
    where: ReportFilter
    publishers: tuple[tuple[str | None, int], ...]
    total: int
    failed: int
    since: str
    until: str


@router.get("/reports", name="reports")
def show(
    request: Request,
    publisher: str | None = None,
    since: str = "",
    until: str = "",
    failed: bool = False,
    oldest: bool = False,
    at: str | None = None,
) -> Response:
    """The page. ``since`` and ``until`` may be a year, a month or a day."""
    where = ReportFilter(
        publisher=publisher,
        since=desk.bound(since, last=False) if since else None,
        until=desk.bound(until, last=True) if until else None,
        failed=failed,
        newest_first=not oldest,
    )
    with Room.of(request).open() as store:
        found = store.reports(where, paging.decode(at), PER_PAGE)
        came = store.intake()
    page = ReportsPage(found, where, came.publishers, came.reports, came.failed, since, until)
    return render(request, "reports.html", page, active="reports")
