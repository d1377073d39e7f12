"""Reader: the words of a report with its evidence marked, what was coded from them, source and hash."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from fastapi import APIRouter, Request
from fastapi.responses import Response

from saydo import desk
from saydo.web.errors import missing
from saydo.web.pages import Page
from saydo.web.rendering import render
from saydo.web.room import Room

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
    sides = {card.id: card.side for card in view.findings}
    page = ReaderPage(view, discrepancies, finding if finding in sides else "", sides)
    return render(request, "reader.html", page, active="reports")


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
