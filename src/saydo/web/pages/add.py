"""Add: files, addresses and text into a case, with a look at what they hold before anything is run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, NamedTuple

from fastapi import APIRouter, File, Form, Request, UploadFile
from fastapi.responses import RedirectResponse, Response

from saydo import desk
from saydo.model.errors import InputError
from saydo.web.jobs import Jobs
from saydo.web.pages import Page
from saydo.web.rendering import Links, render
from saydo.web.room import Room
from saydo.web.who import clean, remember, who_of

router = APIRouter()
PAGE = Page("add", "Add", 15, router)
_CHUNK = 1024 * 1024
MOST_ADDRESSES = 200
Word = Annotated[str, Form()]


class Refused(NamedTuple):
    """Something that was not taken, and why."""

    name: str
    reason: str


class Waiting(NamedTuple):
    """Material that was added and not run to its end."""

    number: int
    pieces: int
    state: str


@dataclass(frozen=True, slots=True)
class AddPage:
    """The forms, and the material that is being put together."""

    material: int
    """0 before anything was added."""
    pieces: tuple[desk.Piece, ...]
    looking: bool
    refused: tuple[Refused, ...]
    waiting: tuple[Waiting, ...]
    who: str
    under_way: bool
    """Whether this material is being run already."""

    @property
    def reports(self) -> int:
        """How many reports the look found that are new, and those behind addresses counted as one each."""
        seen = sum(
            1 for p in self.pieces if p.outlook for report in p.outlook.reports if report.known is None
        )
        return seen + sum(1 for p in self.pieces if p.kind == "address")


def _page(request: Request, material: int, refused: tuple[Refused, ...] = ()) -> AddPage:
    jobs = Jobs.of_request(request)
    pieces = jobs.inbox.pieces(material) if material else ()
    job = jobs.of(material)
    with Room.of(request).open() as store:
        waiting = []
        for number in jobs.inbox.numbers():
            if number == material:
                continue
            held, other = store.run_of(number), jobs.of(number)
            state = "not run yet" if held is None else "run, with something skipped"
            if held is not None and held.outcome != "done":
                state = held.outcome or "interrupted"
            if other is not None and not other.over:
                state = "under way"
            waiting.append(Waiting(number, len(jobs.inbox.pieces(number)), state))
    return AddPage(
        material if pieces or refused else 0,
        pieces,
        bool(pieces) and jobs.look(material),
        refused,
        tuple(waiting),
        who_of(request),
        job is not None and not job.over,
    )


@router.get("/add", name="add")
def show(request: Request, material: int = 0) -> Response:
    """The page."""
    return render(request, "add.html", _page(request, material), active="add")


@router.get("/add/pieces", name="add_pieces")
def pieces(request: Request, material: int) -> Response:
    """The part of the page that shows what the look found so far."""
    return render(request, "add_pieces.html", _page(request, material), active="add")


def begin(request: Request, material: int) -> int:
    """The material to add to: the one that was named, or a new one."""
    jobs = Jobs.of_request(request)
    job = jobs.of(material)
    if job is not None and not job.over:
        raise InputError("this material is being run; begin a new one with the page Add")
    if material:
        return material
    with Room.of(request).open() as store:
        behind = store.latest_material()
    return jobs.inbox.make(behind)


def _back(request: Request, material: int, refused: list[Refused]) -> Response:
    if refused:
        return render(request, "add.html", _page(request, material, tuple(refused)), active="add")
    return RedirectResponse(Links(request).to("add", material=material), status_code=303)


@router.post("/add/files", name="add_files")
def files(
    request: Request,
    files: Annotated[list[UploadFile], File()],
    material: Annotated[int, Form()] = 0,
    publisher: Word = "",
    date: Word = "",
    language: Word = "",
) -> Response:
    """Takes files in, each by itself: one that cannot be kept stops none of the others."""
    material = begin(request, material)
    inbox = Jobs.of_request(request).inbox
    known = desk.Known(publisher=publisher, date=date, language=language)
    refused = []
    for file in files:
        name = file.filename or ""
        if not name and not file.size:
            continue
        try:
            with inbox.receive(material, name, known) as into:
                while data := file.file.read(_CHUNK):
                    into.write(data)
        except InputError as error:
            refused.append(Refused(desk.harmless(name), str(error)))
    return _back(request, material, refused)


@router.post("/add/addresses", name="add_addresses")
def addresses(
    request: Request,
    addresses: Word = "",
    material: Annotated[int, Form()] = 0,
    title: Word = "",
    publisher: Word = "",
    date: Word = "",
) -> Response:
    """Takes addresses in, one a line. They are fetched in the run."""
    material = begin(request, material)
    inbox = Jobs.of_request(request).inbox
    refused = []
    lines = [line.strip() for line in addresses.splitlines() if line.strip()]
    if not lines:
        refused.append(Refused("addresses", "there is none; write one a line"))
    for line in lines[:MOST_ADDRESSES]:
        try:
            inbox.add_address(material, line, desk.Known(title=title, publisher=publisher, date=date))
        except InputError as error:
            refused.append(Refused(line[:200], str(error)))
    if len(lines) > MOST_ADDRESSES:
        refused.append(Refused(f"{len(lines) - MOST_ADDRESSES} more addresses", "too many at once"))
    return _back(request, material, refused)


@router.post("/add/text", name="add_text")
def text(
    request: Request,
    text: Word = "",
    material: Annotated[int, Form()] = 0,
    title: Word = "",
    publisher: Word = "",
    date: Word = "",
    url: Word = "",
    language: Word = "",
) -> Response:
    """Takes a pasted text in."""
    material = begin(request, material)
    known = desk.Known(title, publisher, date, language, url)
    try:
        Jobs.of_request(request).inbox.add_text(material, text, known)
    except InputError as error:
        return _back(request, material, [Refused(title or "the text", str(error))])
    return _back(request, material, [])


@router.post("/add/remove", name="add_remove")
def remove(request: Request, material: Annotated[int, Form()], piece: Annotated[int, Form()] = 0) -> Response:
    """Takes a piece out again, or with no number all of them."""
    begin(request, material)
    inbox = Jobs.of_request(request).inbox
    if piece:
        inbox.remove(material, piece)
    else:
        inbox.empty(material)
    return RedirectResponse(Links(request).to("add", material=material if piece else None), status_code=303)


@router.post("/add/run", name="add_run")
def run(request: Request, material: Annotated[int, Form()], who: Word = "") -> Response:
    """Has the material run; the page of the run shows how far it is."""
    name = clean(who) or who_of(request)
    Jobs.of_request(request).start(material, name)
    answer = RedirectResponse(Links(request).to("run", material=material), status_code=303)
    if clean(who):
        remember(request, answer, who)
    return answer
