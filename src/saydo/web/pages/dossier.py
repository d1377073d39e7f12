"""Dossier: an actor, a discrepancy or a filter as a page to print and as Markdown."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import Response

from saydo import desk
from saydo.desk.dossier import printed
from saydo.model.ids import slug
from saydo.web.deeds_asked import AskedDeeds
from saydo.web.pages import Page
from saydo.web.rendering import render
from saydo.web.room import Room

router = APIRouter()
PAGE = Page("dossier", "Dossier", 22, router, in_nav=False)


@dataclass(frozen=True, slots=True)
class DossierPage:
    """A dossier to print."""

    dossier: desk.Dossier

    @property
    def made(self) -> str:
        """When it was made, for a reader."""
        return printed(self.dossier.made)


@router.get("/dossier", name="dossier")
def show(request: Request, asked: AskedDeeds) -> Response:
    """The page; its address says what is in it."""
    return render(request, "dossier.html", DossierPage(_made(request, asked)), active="deeds")


@router.get("/dossier.md", name="dossier_markdown")
def as_markdown(request: Request, asked: AskedDeeds) -> Response:
    """The same as Markdown, to be saved."""
    made = _made(request, asked)
    name = slug(made.title)[:60] or "dossier"
    return Response(
        desk.markdown(made),
        media_type="text/markdown; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{_ascii(name)}.md"'},
    )


def _made(request: Request, asked: AskedDeeds) -> desk.Dossier:
    room = Room.of(request)
    with room.open() as store:
        return desk.dossier(store, room.name, asked.where, tuple(asked.id), asked.cursor)


def _ascii(name: str) -> str:
    return "".join(c for c in name if c.isascii() and (c.isalnum() or c in "-_")) or "dossier"
