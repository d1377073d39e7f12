"""Who gets in, what a browser may do with what it gets, and that a change was meant."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterable
from http.cookies import CookieError, SimpleCookie
from urllib.parse import quote, urlsplit

from fastapi import HTTPException, Request
from fastapi.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from saydo.web.room import Room

SAFE_METHODS = frozenset(("GET", "HEAD", "OPTIONS"))
CSRF_COOKIE, CSRF_FIELD, CSRF_HEADER = "saydo_csrf", "csrf_token", "X-CSRF-Token"
SESSION_COOKIE = "saydo_session"
OPEN_PATHS = ("/login", "/static/", "/built/")
"""What is answered without a token: the form that asks for it, and how it looks."""

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        # pictures are drawn here; none is ever fetched from a report's source
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "connect-src 'self'",
        # the workers of map and network are made from the page's own files
        "worker-src 'self' blob:",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


class Guarded:
    """The outermost layer: refuses foreign names, asks for the token, sets the headers of every answer."""

    def __init__(self, app: ASGIApp, room: Room) -> None:
        self._app = app
        self._room = room
        self._hosts = frozenset(host.lower().strip("[]") for host in room.settings.hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers, or passes on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refusal = self._foreign(headers) or self._unknown(scope, headers)

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    answer.setdefault(name, value)
                answer.setdefault("Cache-Control", "no-store")
            await send(message)

        await (refusal or self._app)(scope, receive, dressed)

    def _foreign(self, headers: Headers) -> Response | None:
        named = headers.getlist("host")
        if len(named) == 1 and host_of(named[0]) in self._hosts:
            return None
        return PlainTextResponse(
            "This server answers only to the names it was started with. Open the address that saydo printed, "
            "or start it with --allow-host NAME.\n",
            status_code=421,
        )

    def _unknown(self, scope: Scope, headers: Headers) -> Response | None:
        token = self._room.settings.token
        path = _route_path(scope)
        if token is None or any(path == p or (p.endswith("/") and path.startswith(p)) for p in OPEN_PATHS):
            return None
        scheme, _, shown = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and _same(shown.strip(), token):
            return None
        if _same(_cookie(headers, SESSION_COOKIE), session_of(self._room)):
            return None
        if path.startswith("/api/"):
            return JSONResponse(
                {
                    "title": "a token is needed",
                    "status": 401,
                    "detail": "send it in the header Authorization: Bearer …",
                },
                status_code=401,
                media_type="application/problem+json",
                headers={"WWW-Authenticate": "Bearer"},
            )
        query = scope.get("query_string", b"").decode("latin-1")
        back = quote(path + (f"?{query}" if query else ""), safe="")
        return RedirectResponse(f"{scope.get('root_path', '')}/login?back={back}", status_code=303)


def host_of(header: str) -> str:
    """The name in a Host header, without port and brackets."""
    try:
        return (urlsplit(f"//{header}").hostname or "").lower()
    except ValueError:
        return ""


def session_of(room: Room) -> str:
    """What the cookie of a browser that showed the token holds; it does not give the token away."""
    return room.sign("session", room.settings.token or "")


def csrf_cookie(request: Request) -> str:
    """The browser's own random value; a new one where it has none yet."""
    return request.cookies.get(CSRF_COOKIE) or secrets.token_urlsafe(24)


def csrf_token(room: Room, cookie: str) -> str:
    """The token that pages hand to this browser and that it must hand back with a change."""
    return room.sign("csrf", cookie)


async def meant(request: Request) -> None:
    """Refuses a change that does not come from a page of ours: a dependency of every route.

    The token comes in a header or a form field. A client with the bearer token is no browser and needs none.
    """
    if request.method in SAFE_METHODS:
        return
    room = Room.of(request)
    token = room.settings.token
    scheme, _, shown = request.headers.get("authorization", "").partition(" ")
    if token is not None and scheme.lower() == "bearer" and _same(shown.strip(), token):
        return
    if _from_elsewhere(request, room):
        raise HTTPException(403, "this change was asked for by another site and was not made")
    given = request.headers.get(CSRF_HEADER)
    if given is None:
        kind = request.headers.get("content-type", "").partition(";")[0]
        if kind in ("application/x-www-form-urlencoded", "multipart/form-data"):
            value = (await request.form()).get(CSRF_FIELD)
            given = value if isinstance(value, str) else None
    cookie = request.cookies.get(CSRF_COOKIE, "")
    if not cookie or not _same(given or "", csrf_token(room, cookie)):
        raise HTTPException(
            403, "the page was older than the server, so nothing was changed; reload it and do it once more"
        )


def _from_elsewhere(request: Request, room: Room) -> bool:
    """Whether the browser says that another site asks. Since no page of ours gives a referrer, a plain form
    of ours comes with the origin ``null``; then what the browser says of the site decides, and the token."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return True
    origin = request.headers.get("origin", "null")
    return origin != "null" and host_of(urlsplit(origin).netloc) not in _names(room.settings.hosts)


def _names(hosts: Iterable[str]) -> frozenset[str]:
    return frozenset(host.lower().strip("[]") for host in hosts)


def _route_path(scope: Scope) -> str:
    path, root = str(scope["path"]), str(scope.get("root_path", ""))
    return path[len(root) :] if root and path.startswith(f"{root}/") else path


def _cookie(headers: Headers, name: str) -> str:
    try:
        held = SimpleCookie(headers.get("cookie", ""))
    except CookieError:
        return ""
    return held[name].value if name in held else ""


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode("utf-8"), other.encode("utf-8"))
