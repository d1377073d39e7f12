"""The log of the case: its head to keep elsewhere, the whole of it to save, and a check against it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from fastapi import APIRouter, Request
from fastapi.responses import Response, StreamingResponse

from saydo import desk
from saydo.model.audit import Checked, Head
from saydo.web.pages import Page
from saydo.web.rendering import render
from saydo.web.room import Room

router = APIRouter()
PAGE = Page("chain", "Log", 101, router, in_nav=False)
MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class ChainPage:
    """The head, and what a check found where one was asked for."""

    head: Head
    case: str
    """What the command line calls the case."""
    small: bool
    """Whether the case is so small that a check here reads its originals too."""
    checked: Checked | None = None
    originals: bool = False
    """Whether the check read them."""
    stamps: tuple[desk.Stamp, ...] = ()
    """The heads that were stamped, the first first."""

    @property
    def shown(self) -> int:
        """How many faults are listed."""
        return MOST_SHOWN


@router.get("/audit/chain", name="chain")
def show(request: Request) -> Response:
    """The page."""
    return render(request, "chain.html", _page(request), active="audit")


@router.post("/audit/check", name="chain_check")
def check(request: Request) -> Response:
    """Checks the case; changes nothing, but costs too much to be asked for by a link."""
    checked, originals = desk.check_here(Room.of(request).case)
    page = _page(request)
    return render(request, "chain.html", replace(page, checked=checked, originals=originals), active="audit")


@router.get("/audit/head.json", name="chain_head")
def head(request: Request) -> Response:
    """The head as a file to keep elsewhere."""
    room = Room.of(request)
    with room.open() as store:
        text = desk.head_file(room.name, desk.case_head(store))
    return _saved(Response(text, media_type="application/json"), "head.json")


@router.get("/audit/log.jsonl", name="chain_log")
def log(request: Request) -> Response:
    """The whole log, an entry a line."""
    case = Room.of(request).case

    def lines() -> Iterator[str]:
        store = desk.open_case(case)
        try:
            yield from (entry.line + "\n" for entry in store.audit_entries())
        finally:
            store.close()

    return _saved(StreamingResponse(lines(), media_type="application/jsonl"), "log.jsonl")


def _page(request: Request) -> ChainPage:
    room = Room.of(request)
    with room.open() as store:
        stamps = desk.shown_stamps(store, room.case)
        return ChainPage(desk.case_head(store), room.name, desk.is_small(store), stamps=stamps)


def _saved(answer: Response, name: str) -> Response:
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
