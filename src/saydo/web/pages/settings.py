"""Settings: the name under which decisions are written down, and how runs of this server code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from saydo.web.entrance import safe_back
from saydo.web.pages import Page
from saydo.web.rendering import render
from saydo.web.room import Room
from saydo.web.settings import Settings
from saydo.web.who import remember, who_of

router = APIRouter()
PAGE = Page("settings", "Settings", 110, router, in_nav=False)


@dataclass(frozen=True, slots=True)
class SettingsPage:
    """What can be set here, and what was set when the server started."""

    who: str
    server: Settings
    back: str
    grading: bool
    """Whether the case uses grades."""


@router.get("/settings", name="settings")
def show(request: Request, back: str = "/") -> Response:
    """The page."""
    room = Room.of(request)
    with room.open() as store:
        grading = store.grading()
    page = SettingsPage(who_of(request), room.settings, safe_back(request, back), grading)
    return render(request, "settings.html", page, active="settings")


@router.post("/settings/who", name="settings_who")
def name_yourself(
    request: Request, who: Annotated[str, Form()] = "", back: Annotated[str, Form()] = "/"
) -> Response:
    """Keeps the name in this browser, and goes back to where it was asked for."""
    answer = RedirectResponse(safe_back(request, back), status_code=303)
    remember(request, answer, who)
    return answer
