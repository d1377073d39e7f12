"""Runs: each with who asked for it, what it added and skipped; the one at work, live."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response, StreamingResponse

from saydo import desk
from saydo.model.case import SkippedInput
from saydo.model.lookups import Heading, Slice
from saydo.model.runs import RunHeld
from saydo.model.store import CaseStore
from saydo.web import paging
from saydo.web.errors import missing
from saydo.web.jobs import Job, Jobs
from saydo.web.pages import Page
from saydo.web.rendering import Links, render
from saydo.web.room import Room

router = APIRouter()
PAGE = Page("runs", "Runs", 105, router, in_nav=False)
PER_PAGE = 30
MOST_SHOWN = 200
_EVERY_SECONDS = 0.4
_HEARTBEAT = 15.0


def standing(held: RunHeld, busy: bool, latest: int) -> str:
    """How a run stands: ``at work``, ``done``, ``stopped``, ``failed``, or ``interrupted`` if it was killed.

    ``busy`` says whether some run is at work; that is the ``latest``, since one is at a time."""
    if held.ended is not None:
        return held.outcome or "done"
    return "at work" if busy and held.number == latest else "interrupted"


@dataclass(frozen=True, slots=True)
class RunsPage:
    """A stretch of the runs, latest first, each with how it stands."""

    runs: Slice[RunHeld]
    standings: tuple[str, ...]
    under_way: tuple[Job, ...]


@dataclass(frozen=True, slots=True)
class RunPage:
    """One run: live while it is under way, else as it is kept."""

    job: Job | None
    held: RunHeld | None
    standing: str
    material: int
    skipped: tuple[SkippedInput, ...]
    reports: tuple[Heading, ...]
    discrepancies: tuple[desk.DiscrepancyView, ...]
    """The strongest that rest on reports of this run."""
    resumable: bool
    """Whether its material is still there to go on with."""
    most: int = MOST_SHOWN

    @property
    def live(self) -> bool:
        """Whether there is something to wait for."""
        return (self.job is not None and not self.job.over) or self.standing == "at work"


def latest_number(store: CaseStore) -> int:
    """Number of the latest run; 0 where there is none."""
    found = store.runs_page(None, 1).items
    return found[0].number if found else 0


@router.get("/runs", name="runs")
def show_all(request: Request, at: str | None = None) -> Response:
    """All runs."""
    room, jobs = Room.of(request), Jobs.of_request(request)
    busy = desk.at_work(room.case)
    with room.open() as store:
        found = store.runs_page(paging.decode(at), PER_PAGE)
        latest = latest_number(store)
    standings = tuple(standing(held, busy, latest) for held in found.items)
    return render(request, "runs.html", RunsPage(found, standings, jobs.under_way()), active="case")


@router.get("/run", name="run")
def show(request: Request, material: int = 0, number: int = 0) -> Response:
    """One run, by its number or by the material that it is about."""
    page = _page(request, material, number)
    return render(request, "run.html", page, active="case")


def _page(request: Request, material: int, number: int) -> RunPage:
    room, jobs = Room.of(request), Jobs.of_request(request)
    busy = desk.at_work(room.case)
    with room.open() as store:
        held = store.run_held(number) if number else store.run_of(material)
        material = material or (held.material or 0 if held else 0)
        latest_of_it = store.run_of(material) if material else held
        job = jobs.of(material) if latest_of_it == held else None
        if held is None and job is None:
            raise missing("The case has no such run; see the list of runs.")
        if held is not None and job is not None and not job.over and held.ended is not None:
            held = None  # that was the run before; this one waits or has just begun
        if held is None:
            return RunPage(job, None, "", material, (), (), (), False)
        stands = standing(held, busy, latest_number(store))
        reports = store.run_reports(held.number, MOST_SHOWN)
        found = store.discrepancies_of_run(held.number, 3) if stands != "at work" else ()
        return RunPage(
            job,
            held,
            stands,
            material,
            store.run_skips(held.number, MOST_SHOWN),
            reports,
            desk.discrepancy_views(store, found),
            bool(material and jobs.inbox.pieces(material)),
        )


@router.post("/run/stop", name="run_stop")
def stop(request: Request, material: Annotated[int, Form()]) -> Response:
    """Stops a run; what it did stays done."""
    Jobs.of_request(request).stop(material)
    return RedirectResponse(Links(request).to("run", material=material), status_code=303)


@router.get("/run/progress", name="run_progress")
async def progress(request: Request, material: int) -> Response:
    """How far a run is, as server-sent events, until it has ended."""
    jobs = Jobs.of_request(request)
    if jobs.of(material) is None:
        raise missing("No run of that material is under way.")

    async def events() -> AsyncIterator[str]:
        told, quiet = "", 0.0
        while True:
            job = jobs.of(material)
            now = json.dumps(job.told() if job else {"over": True}, ensure_ascii=True)
            if now != told:
                told, quiet = now, 0.0
                yield f"data: {now}\n\n"
            elif quiet >= _HEARTBEAT:
                quiet = 0.0
                yield ": still here\n\n"
            if job is None or job.over or jobs.closed:
                return
            await asyncio.sleep(_EVERY_SECONDS)
            quiet += _EVERY_SECONDS

    return StreamingResponse(events(), media_type="text/event-stream", headers={"X-Accel-Buffering": "no"})
