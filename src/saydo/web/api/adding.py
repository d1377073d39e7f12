"""Adding material, running it, and how far a run is."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool

from saydo import desk
from saydo.model.runs import RunHeld
from saydo.web import paging
from saydo.web.api.answers import At, Limit, Listed, listed
from saydo.web.errors import missing
from saydo.web.jobs import Job, Jobs
from saydo.web.pages.add import begin
from saydo.web.pages.run import MOST_SHOWN, latest_number, standing
from saydo.web.room import Room
from saydo.web.who import clean, who_of

router = APIRouter(tags=["adding"])
Number = Annotated[int, Path(ge=1, le=999_999, description="Number of the material.")]


class KnownOf(BaseModel, extra="forbid"):
    """What holds of a piece where its reports do not say it themselves."""

    title: str = ""
    publisher: str = ""
    date: str = Field(default="", description="A whole day: 2019-05-09.")
    language: str = Field(default="", description="Its code, such as en.")
    url: str = ""

    def known(self) -> desk.Known:
        """For the desk."""
        return desk.Known(self.title, self.publisher, self.date, self.language, self.url)


class TextOf(KnownOf):
    """A text to add."""

    text: str


class AddressOf(BaseModel, extra="forbid"):
    """An address to add; it is fetched in the run."""

    url: str
    title: str = ""
    publisher: str = ""
    date: str = ""


class PieceOf(BaseModel):
    """A piece of material."""

    number: int
    kind: str
    name: str
    bytes: int
    reports: list[dict[str, Any]] | None
    """What a look at it found; null before the look, and for an address."""
    skipped: list[dict[str, Any]] | None


class MaterialOf(BaseModel):
    """Material that waits to be run, or is being run."""

    number: int
    looking: bool
    """Whether pieces are still being looked at: ask again."""
    pieces: list[PieceOf]


class ProgressOf(BaseModel):
    """How far a run is."""

    material: int
    who: str
    state: str
    """waiting, running, stopping, done, stopped or failed."""
    doing: str
    """What is being done, in words."""
    share: float | None
    """How much of this stage is done, 0 to 1; null where nobody knows."""
    reports: int
    words: int
    line: str
    over: bool


class SkippedOf(BaseModel):
    """Something that was skipped, and why."""

    origin: str
    reason: str
    harmless: bool


class RunOf(BaseModel):
    """A run."""

    number: int
    started: str
    ended: str | None
    standing: str
    """at work, done, stopped, failed or interrupted."""
    reason: str | None
    who: str
    material: int | None
    inputs: list[str]
    version: str
    reports: int | None
    skipped: int


class WholeRun(RunOf):
    """A run with what it added and skipped, at most 200 of each."""

    added: list[str]
    """Ids of reports."""
    skips: list[SkippedOf]


@router.post("/material")
def make(request: Request) -> MaterialOf:
    """Room for new material."""
    return MaterialOf(number=begin(request, 0), looking=False, pieces=[])


@router.get("/material/{number}")
def material(request: Request, number: Number) -> MaterialOf:
    """What was added so far, and what a look at it found. Asking has the look begin."""
    jobs = Jobs.of_request(request)
    pieces = jobs.inbox.pieces(number)
    looking = jobs.look(number) if pieces else False
    return MaterialOf(number=number, looking=looking, pieces=[_piece(piece) for piece in pieces])


@router.post(
    "/material/{number}/file",
    openapi_extra={"requestBody": {"required": True, "content": {"application/octet-stream": {}}}},
)
async def file(
    request: Request,
    number: Number,
    name: Annotated[str, Query(description="The file’s name; its end says what it is.")],
    publisher: str = "",
    date: str = "",
    language: str = "",
) -> MaterialOf:
    """Adds a file: its bytes are the body, and go to the disk as they come."""
    number = await run_in_threadpool(begin, request, number)
    known = desk.Known(publisher=publisher, date=date, language=language)
    taking = Jobs.of_request(request).inbox.receive(number, name, known)
    into = await run_in_threadpool(taking.__enter__)
    try:
        async for chunk in request.stream():
            await run_in_threadpool(into.write, chunk)
    except BaseException as error:
        taking.__exit__(type(error), error, error.__traceback__)
        raise
    await run_in_threadpool(taking.__exit__, None, None, None)
    return await run_in_threadpool(_held, request, number)


@router.post("/material/{number}/text")
def text(request: Request, number: Number, given: TextOf) -> MaterialOf:
    """Adds a text."""
    Jobs.of_request(request).inbox.add_text(begin(request, number), given.text, given.known())
    return _held(request, number)


@router.post("/material/{number}/address")
def address(request: Request, number: Number, given: AddressOf) -> MaterialOf:
    """Adds an address."""
    known = desk.Known(title=given.title, publisher=given.publisher, date=given.date)
    Jobs.of_request(request).inbox.add_address(begin(request, number), given.url, known)
    return _held(request, number)


@router.post("/material/{number}/run")
def run(
    request: Request,
    number: Number,
    who: Annotated[str, Query(description="Who asks for it.")] = "",
) -> ProgressOf:
    """Has the material run, after whatever is under way."""
    return _progress(Jobs.of_request(request).start(number, clean(who) or who_of(request)))


@router.post("/material/{number}/stop")
def stop(request: Request, number: Number) -> ProgressOf:
    """Stops its run; what was done stays done."""
    jobs = Jobs.of_request(request)
    jobs.stop(number)
    job = jobs.of(number)
    assert job is not None
    return _progress(job)


@router.get("/progress")
def progress(request: Request) -> list[ProgressOf]:
    """The run at work, and those that wait."""
    return [_progress(job) for job in Jobs.of_request(request).under_way()]


@router.get("/progress/{number}")
def progress_of(request: Request, number: Number) -> ProgressOf:
    """How far the run of some material is. Of one that another server ran, ask for the run itself."""
    job = Jobs.of_request(request).of(number)
    if job is None:
        raise missing(f"material {number} is not under way")
    return _progress(job)


@router.get("/runs")
def runs(request: Request, at: At = "", limit: Limit = 100) -> Listed[RunOf]:
    """Runs, the latest first."""
    room = Room.of(request)
    busy = desk.at_work(room.case)
    with room.open() as store:
        found = store.runs_page(paging.decode(at), limit)
        latest = latest_number(store)
    return listed(found, lambda held: RunOf(**_run(held, standing(held, busy, latest))))


@router.get("/run")
def run_held(
    request: Request, number: Annotated[int, Query(ge=1, le=2**62, description="Number of the run.")]
) -> WholeRun:
    """One run, with what it added and skipped."""
    room = Room.of(request)
    busy = desk.at_work(room.case)
    with room.open() as store:
        held = store.run_held(number)
        if held is None:
            raise missing(f"the case has no run {number}")
        stands = standing(held, busy, latest_number(store))
        added = [heading.id for heading in store.run_reports(number, MOST_SHOWN)]
        skips = [SkippedOf(**skip._asdict()) for skip in store.run_skips(number, MOST_SHOWN)]
    return WholeRun(**_run(held, stands), added=added, skips=skips)


def _run(held: RunHeld, stands: str) -> dict[str, Any]:
    told = {**held._asdict(), "standing": stands, "inputs": list(held.inputs)}
    del told["outcome"]
    return told


def _held(request: Request, number: int) -> MaterialOf:
    pieces = Jobs.of_request(request).inbox.pieces(number)
    return MaterialOf(number=number, looking=False, pieces=[_piece(piece) for piece in pieces])


def _piece(piece: desk.Piece) -> PieceOf:
    seen = piece.outlook
    return PieceOf(
        number=piece.number,
        kind=piece.kind,
        name=piece.name,
        bytes=piece.bytes,
        reports=None if seen is None else [report._asdict() for report in seen.reports],
        skipped=None
        if seen is None
        else [{"origin": o, "reason": r, "harmless": h} for o, r, h in seen.skipped],
    )


def _progress(job: Job) -> ProgressOf:
    told = job.told()
    return ProgressOf(**{name: told[name] for name in ProgressOf.model_fields})
