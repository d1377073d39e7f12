"""Reader: the words of a report with its evidence marked, what was coded from them, source and hash."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from saydo import desk
from saydo.model.capture import Capture
from saydo.model.errors import InputError
from saydo.model.standing import What
from saydo.model.waiting import LogFilter, Logged, Settled
from saydo.web.deciding import judging
from saydo.web.errors import missing
from saydo.web.pages import Page
from saydo.web.rendering import Links, render
from saydo.web.room import Room
from saydo.web.who import who_of

router = APIRouter()
PAGE = Page("reader", "Reader", 31, router, in_nav=False)
_NOT_TRUE = ("", "no", "false", "0", "none")


@dataclass(frozen=True, slots=True)
class ReaderPage:
    """A report to read; ``finding`` is the id of the one that is open, or empty."""

    view: desk.ReportView
    discrepancies: tuple[desk.DiscrepancyView, ...]
    finding: str
    sides: Mapping[str, str]
    """Id of a finding → its side: what was said, done, or who is tied to whom."""
    stances: Mapping[str, Settled]
    """Id of a finding → what somebody decided about it."""
    notes: tuple[Logged, ...]
    """Notes on passages, the latest first."""
    actors: tuple[tuple[str, str], ...]
    """Mention ids and names of the actors of the report, to be chosen for a finding that is added."""
    who: str
    grades: desk.Grades
    capture: Capture | None = None
    """How it was captured from the web."""
    kinds: Mapping[What, tuple[str, ...]] = field(default_factory=lambda: desk.KINDS)

    @property
    def rejected(self) -> tuple[Settled, ...]:
        """What was rejected."""
        return tuple(s for s in self.stances.values() if s.state == "rejected")

    @property
    def link(self) -> str | None:
        """The address that the report came from, where it is one of the web; no other may become a link."""
        url = self.view.document.url
        return url if url and url.lower().startswith(("http://", "https://")) else None

    @property
    def fiction(self) -> bool:
        """Whether the report says of itself that it is made up."""
        return any(
            key.casefold() == "fiction" and value.strip().casefold() not in _NOT_TRUE
            for key, value in self.view.document.metadata
        )


@router.get("/reader", name="reader")
def show(request: Request, report: str, finding: str = "") -> Response:
    """The page."""
    with Room.of(request).open() as store:
        view = desk.report_view(store, report)
        if view is None:
            raise missing(f"The case has no report {report!r}.")
        discrepancies = desk.discrepancy_views(store, view.discrepancies)
        stances = {s.finding: s for s in store.stances_in(report)}
        notes = store.log(LogFilter(document=report, kinds=("note",), undone=False), None, 50).items
        actors = desk.named_in(store, report)
        grades = desk.grades(store, (report,), ((report, card.id) for card in view.findings))
        capture = store.capture(report)
    sides = {card.id: card.side for card in view.findings}
    page = ReaderPage(
        view, discrepancies, finding if finding in sides else "", sides, stances, notes, actors,
        who_of(request), grades, capture,
    )  # fmt: skip
    return render(request, "reader.html", page, active="reports")


@router.post("/reader/add", name="reader_add")
def add(
    request: Request,
    report: Annotated[str, Form()],
    start: Annotated[int, Form()],
    end: Annotated[int, Form()],
    kind: Annotated[str, Form()] = "",
    by: Annotated[str, Form()] = "",
    to: Annotated[str, Form()] = "",
    since: Annotated[str, Form()] = "",
    why: Annotated[str, Form()] = "",
) -> Response:
    """Adds a finding on selected words, or where the kind is ``note`` a note."""
    with judging(request) as judge:
        if kind == "note":
            judge.note(report, (start, end), why)
            return RedirectResponse(Links(request).to("reader", report=report) + "#notes", status_code=303)
        what, _, type = kind.partition(":")
        sort = next((w for w in desk.KINDS if w == what), None)
        if sort is None:
            raise InputError("choose what the words say")
        filled = desk.Filled(kind=type, by=(by,) if by else (), to=(to,) if to else (), since=since or None)
        number = judge.add(report, desk.addition(sort, (start, end), filled), why)
    return RedirectResponse(Links(request).report(report, desk.by_hand(number)), status_code=303)


@router.get("/source", name="source")
def source(request: Request, report: str) -> Response:
    """The original bytes of a report, as a file to save: never shown, whatever they are."""
    with Room.of(request).open() as store:
        held = store.report(report)
        if held is None or held.document.source_sha256 is None:
            raise missing(f"The case has no report {report!r} with its source.")
        data = store.source(held.document.source_sha256)
    name = PurePosixPath(held.document.origin.replace("\\", "/").partition("?")[0]).name
    plain = "".join(c for c in name if c.isascii() and (c.isalnum() or c in "._-")).strip(".") or "source"
    return Response(
        data,
        media_type="application/octet-stream",
        headers={"Content-Disposition": f'attachment; filename="{plain}"'},
    )
