"""What a person, or a program, is told where something goes wrong: what happened, and what to do."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from http import HTTPStatus

from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException as AnyHTTPException

from saydo.model.errors import InputError, SaydoError
from saydo.web.rendering import render

_log = logging.getLogger("saydo.web")
_TITLES = {
    400: "That cannot be shown",
    403: "Nothing was changed",
    404: "There is nothing here",
    405: "That cannot be done here",
    409: "A run is at work",
    413: "That is too large",
    500: "Something went wrong here",
}
_ADVICE = {
    404: "The case may have been built anew since the link was made. Look for it from the start page.",
    409: "Go back in a while and do it again; see under Runs how far it is.",
    500: "The case is unharmed. Reload the page; if it happens again, report the line in the server’s log.",
}


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """What the error page shows."""

    title: str
    line: str
    advice: str
    status: int


def missing(line: str) -> HTTPException:
    """There is no such thing in the case: raise it."""
    return HTTPException(404, line)


def add_handlers(app: FastAPI) -> None:
    """Lets every error come out as a page, or as JSON from the API."""
    app.add_exception_handler(AnyHTTPException, _on_http)
    app.add_exception_handler(RequestValidationError, _on_invalid)
    app.add_exception_handler(SaydoError, _on_ours)
    app.add_exception_handler(Exception, _on_any)


def _on_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, AnyHTTPException)
    said = str(error.detail)
    plain = said == HTTPStatus(error.status_code).phrase
    return _tell(request, error.status_code, "" if plain else said)


def _on_invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    where = ".".join(str(step) for step in first["loc"][1:])
    return _tell(request, 400, f"{where or 'the request'}: {first['msg']}")


def _on_ours(request: Request, error: Exception) -> Response:
    return _tell(request, 400 if isinstance(error, InputError) else 500, str(error))


def _on_any(request: Request, error: Exception) -> Response:
    _log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return _tell(request, 500, "")


def _tell(request: Request, status: int, line: str) -> Response:
    title = _TITLES.get(status, HTTPStatus(status).phrase)
    advice = _ADVICE.get(status, "")
    if "/api/" in request.url.path:
        detail = line or advice or title
        return JSONResponse(
            {"title": title, "status": status, "detail": detail},
            status_code=status,
            media_type="application/problem+json",
        )
    return render(request, "error.html", ErrorPage(title, line, advice, status), status=status)
