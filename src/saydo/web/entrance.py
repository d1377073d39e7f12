"""Coming in with the token, going out, and what a person sets for this browser."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from saydo.web.rendering import THEME_COOKIE, THEMES, keep, render, root_path
from saydo.web.room import Room
from saydo.web.security import SESSION_COOKIE, session_of

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class LoginPage:
    """The form that asks for the token."""

    back: str
    wrong: bool


def safe_back(request: Request, back: str) -> str:
    """Where to go on: a path of this workbench, whatever was asked for."""
    root = root_path(request)
    path = back[len(root) :] if root and back.startswith(f"{root}/") else back
    inside = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return root + (path if inside and "\\" not in path else "/")


@router.get("/login")
def ask(request: Request, back: str = "/") -> Response:
    """The form."""
    return render(request, "login.html", LoginPage(safe_back(request, back), False), active="login")


@router.post("/login")
def enter(
    request: Request, token: Annotated[str, Form()] = "", back: Annotated[str, Form()] = "/"
) -> Response:
    """Lets in who shows the token."""
    room = Room.of(request)
    wanted = room.settings.token or ""
    if wanted and not hmac.compare_digest(token.strip().encode("utf-8"), wanted.encode("utf-8")):
        return render(
            request, "login.html", LoginPage(safe_back(request, back), True), active="login", status=403
        )
    answer = RedirectResponse(safe_back(request, back), status_code=303)
    keep(request, answer, SESSION_COOKIE, session_of(room), days=7)
    return answer


@router.post("/logout")
def leave(request: Request) -> Response:
    """Forgets this browser."""
    answer = RedirectResponse(f"{root_path(request)}/", status_code=303)
    answer.delete_cookie(SESSION_COOKIE, path=root_path(request) or "/")
    return answer


@router.post("/settings/theme")
def choose_theme(
    request: Request, theme: Annotated[str, Form()] = "auto", back: Annotated[str, Form()] = "/"
) -> Response:
    """Light, dark, or as the system says."""
    answer = RedirectResponse(safe_back(request, back), status_code=303)
    keep(request, answer, THEME_COOKIE, theme if theme in THEMES else "auto", days=365, script=True)
    return answer
