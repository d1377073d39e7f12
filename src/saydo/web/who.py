"""Who works here: the name under which decisions and runs are written down. Given once, never asked twice."""

from __future__ import annotations

from urllib.parse import quote, unquote

from fastapi import Request
from fastapi.responses import Response

from saydo.web.rendering import keep
from saydo.web.room import Room

WHO_COOKIE = "saydo_who"
LONGEST_NAME = 80


def who_of(request: Request) -> str:
    """The name that this browser gave, else the one that the server was started with; empty for neither."""
    return clean(unquote(request.cookies.get(WHO_COOKIE, ""))) or Room.of(request).settings.who


def remember(request: Request, answer: Response, name: str) -> None:
    """Keeps a name in this browser; an empty one is forgotten."""
    keep(request, answer, WHO_COOKIE, quote(clean(name), safe=""), days=365)


def clean(name: str) -> str:
    """A name on one line, not too long."""
    return " ".join("".join(c if c.isprintable() else " " for c in name).split())[:LONGEST_NAME]
