"""Case: what came in, what was found, what is new since the last visit, the strongest discrepancies first."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import Response

from saydo import desk
from saydo.model.ids import digest
from saydo.model.lookups import News, Overview, RunLine
from saydo.model.store import Filter
from saydo.web.jobs import Job, Jobs
from saydo.web.pages import Page
from saydo.web.rendering import keep, render
from saydo.web.room import Room

router = APIRouter()
PAGE = Page("case", "Case", 10, router)

SHOWN_DISCREPANCIES = 5
VISIT_GAP_SECONDS = 30 * 60
"""After how long away a new visit begins."""
_VISIT = re.compile(r"(\d{1,18})\.(\d{1,18})-(\d{1,18})\.(\d{1,18})-(\d{1,18})")


@dataclass(frozen=True, slots=True)
class Visit:
    """Where the case stood when the last visit ended, and where it stands in this one."""

    report: int
    decision: int
    seen_report: int
    seen_decision: int
    at: int
    """When a page was last looked at, in seconds since 1970."""

    @staticmethod
    def read(cookie: str) -> Visit | None:
        """The visit that a cookie holds; None where it holds none."""
        found = _VISIT.fullmatch(cookie)
        return Visit(*(int(part) for part in found.groups())) if found else None

    def written(self) -> str:
        """As a cookie holds it."""
        return f"{self.report}.{self.decision}-{self.seen_report}.{self.seen_decision}-{self.at}"


def next_visit(before: Visit | None, report: int, decision: int, now: int) -> Visit:
    """The visit after a look at the case: the same one, or a new one where the last look was long ago. What
    was there at the end of the last visit is what counts as seen."""
    if before is None:
        return Visit(report, decision, report, decision, now)
    if now - before.at > VISIT_GAP_SECONDS:
        return Visit(before.seen_report, before.seen_decision, report, decision, now)
    return Visit(before.report, before.decision, report, decision, now)


@dataclass(frozen=True, slots=True)
class CasePage:
    """The case at a glance."""

    overview: Overview
    news: News | None
    """None where nothing is new, or on the first visit."""
    discrepancies: tuple[desk.DiscrepancyView, ...]
    under_way: tuple[Job, ...]
    """Runs of this server that are at work or wait."""
    busy: bool
    """Whether a run is at work, of the command line too."""

    def standing(self, run: RunLine) -> str:
        """How a run stands."""
        if run.ended:
            return run.outcome or "done"
        return "at work" if self.busy and run == self.overview.runs[0] else "interrupted"

    @property
    def counts(self) -> tuple[tuple[int, str], ...]:
        """How many of what, in the plural or singular that fits."""
        t = self.overview.tally
        named = (
            (t.discrepancies, "discrepancy", "discrepancies"),
            (t.statements, "statement", "statements"),
            (t.events, "event", "events"),
            (t.ties, "tie", "ties"),
            (t.actors, "actor", "actors"),
            (t.documents, "report", "reports"),
        )
        return tuple((n, one if n == 1 else many) for n, one, many in named)


@router.get("/", name="case")
def show(request: Request) -> Response:
    """The page."""
    room = Room.of(request)
    cookie = f"saydo_visit_{digest(str(room.case.resolve()))[:8]}"
    with room.open() as store:
        overview = store.overview()
        visit = next_visit(
            Visit.read(request.cookies.get(cookie, "")),
            overview.latest_report,
            overview.latest_decision,
            int(time.time()),
        )
        news = store.news(visit.report, visit.decision)
        strongest = store.discrepancies_page(Filter(), None, SHOWN_DISCREPANCIES).items
        views = desk.discrepancy_views(store, strongest)
    answer = render(
        request,
        "case.html",
        CasePage(
            overview,
            news if any(news) else None,
            views,
            Jobs.of_request(request).under_way(),
            desk.at_work(room.case),
        ),
        active="case",
    )
    keep(request, answer, cookie, visit.written(), days=365)
    return answer
