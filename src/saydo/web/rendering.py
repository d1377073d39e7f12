"""From a page's context to its HTML: templates with everything escaped, and the frame around each page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast
from urllib.parse import quote, urlencode

import jinja2
from fastapi import Request
from fastapi.responses import HTMLResponse, Response

from saydo.desk import words
from saydo.model.lookups import Cursor
from saydo.web import paging
from saydo.web.assets import Module, static_version
from saydo.web.room import Room
from saydo.web.security import CSRF_COOKIE, csrf_cookie, csrf_token

THEMES = ("auto", "light", "dark")
THEME_COOKIE = "saydo_theme"
_UNPRINTABLE = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class NavLink:
    """A page in the bar."""

    title: str
    href: str
    here: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every page, whatever it shows."""

    case: str
    nav: tuple[NavLink, ...]
    theme: str
    next_theme: str
    csrf: str
    cookie_path: str
    here: str
    """Path and query of this page, to come back to."""
    signed_in: bool


class Links:
    """Addresses within the workbench, right below any prefix of a proxy. In templates: ``links``."""

    def __init__(self, request: Request) -> None:
        self._request = request

    def to(self, name: str, **query: Any) -> str:
        """The page of this name; what is None or empty is left out of the query."""
        app = self._request.app
        held: dict[str, str] = app.state.paths
        if name not in held:  # looked up once: a page has hundreds of links, to a dozen pages
            held[name] = str(app.url_path_for(name))
        return _with_query(f"{root_path(self._request)}{held[name]}", query)

    def same(self, **query: Any) -> str:
        """This page with some of its query changed (None takes a part away); a list starts anew."""
        held: dict[str, Any] = {}
        for key, value in self._request.query_params.multi_items():
            if key != "at":
                held.setdefault(key, []).append(value)
        return _with_query(f"{root_path(self._request)}{_path(self._request)}", {**held, **query})

    def at(self, cursor: Cursor | None) -> str | None:
        """This page, its list beginning at a cursor; None for None."""
        return None if cursor is None else self.same(at=paging.encode(cursor))

    def report(self, id: str, finding: str | None = None) -> str:
        """The reader at a report, a finding of it open."""
        return self.to("reader", report=id, finding=finding) + (f"#f-{finding}" if finding else "")

    def api(self, path: str) -> str:
        """An address of the JSON API."""
        return f"{root_path(self._request)}/api/v1/{path}"

    def words(self, id: str, words: str) -> str:
        """The reader at some words of a report, which the browser brings into view."""
        return self.to("reader", report=id) + f"#:~:text={quote(' '.join(words.split())[:80], safe='')}"

    def style(self, name: str) -> str:
        """A style sheet of ours."""
        return f"{root_path(self._request)}/static/{name}?v={static_version(name)}"

    def built(self, path: str) -> str:
        """A file that Vite built."""
        return f"{root_path(self._request)}/built/{path}"


def root_path(request: Request) -> str:
    """The prefix below which a proxy shows us; empty without one."""
    return str(request.scope.get("root_path", "")).rstrip("/")


def _path(request: Request) -> str:
    path, root = str(request.scope["path"]), root_path(request)
    return path[len(root) :] if root and path.startswith(f"{root}/") else path


def _with_query(path: str, query: Mapping[str, Any]) -> str:
    pairs = [
        (key, str(int(each)) if isinstance(each, bool) else str(each))
        for key, value in query.items()
        for each in (value if isinstance(value, (list, tuple)) else [value])
        if each is not None and each != ""
    ]
    return f"{path}?{urlencode(pairs, errors='replace')}" if pairs else path


@lru_cache(maxsize=1)
def environment() -> jinja2.Environment:
    """The templates: everything escaped, and an unknown name is an error."""
    made = jinja2.Environment(
        loader=jinja2.PackageLoader("saydo.web", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["day"] = words.day
    made.filters["number"] = lambda value: f"{value:,}"
    made.filters["cursor"] = lambda key: paging.encode(Cursor(tuple(key)))
    made.filters["flat"] = lambda text: " ".join(str(text or "").split())
    return made


def prepare() -> None:
    """Loads all templates, which else the first page of each kind waits for."""
    for name in environment().list_templates(extensions=["html"]):
        environment().get_template(name)


def is_fragment(request: Request) -> bool:
    """Whether htmx asks for a part of a page, not for a whole one."""
    return request.headers.get("HX-Request") == "true"


def render(
    request: Request, template: str, page: object, *, active: str = "", status: int = 200
) -> HTMLResponse:
    """A page: ``page`` is its context, a frozen dataclass, and is all that the template knows besides
    ``frame``, ``links`` and ``modules``. ``active`` names the page of the bar that this belongs to."""
    cookie = csrf_cookie(request)
    frame = _frame(request, active, cookie)
    text = (
        environment()
        .get_template(template)
        .render(page=page, frame=frame, links=Links(request), modules=modules(request))
    )
    answer = HTMLResponse(_UNPRINTABLE.sub("\ufffd", text), status_code=status)
    if request.cookies.get(CSRF_COOKIE) != cookie:
        keep(request, answer, CSRF_COOKIE, cookie)
    return answer


def keep(
    request: Request,
    answer: Response,
    name: str,
    value: str,
    *,
    days: int | None = None,
    script: bool = False,
) -> None:
    """Keeps a value in the browser, for this workbench only; ``script`` lets the page's modules read it."""
    answer.set_cookie(
        name,
        value,
        max_age=days * 86_400 if days else None,
        path=root_path(request) or "/",
        secure=request.url.scheme == "https",
        httponly=not script,
        samesite="lax",
    )


def modules(request: Request) -> Mapping[str, Module]:
    """The browser modules that are built."""
    return cast("Mapping[str, Module]", request.app.state.modules)


def _frame(request: Request, active: str, cookie: str) -> Frame:
    from saydo.web.pages import pages

    room = Room.of(request)
    links = Links(request)
    theme = request.cookies.get(THEME_COOKIE, "auto")
    theme = theme if theme in THEMES else "auto"
    return Frame(
        # who has not come in yet learns nothing, not even what the case is called
        case="" if active == "login" else room.name,
        nav=tuple(
            NavLink(page.title, links.to(page.name), page.name == active) for page in pages() if page.in_nav
        ),
        theme=theme,
        next_theme=THEMES[(THEMES.index(theme) + 1) % len(THEMES)],
        csrf=csrf_token(room, cookie),
        cookie_path=root_path(request) or "/",
        here=links.same(at=request.query_params.get("at")),
        signed_in=room.settings.token is not None,
    )
