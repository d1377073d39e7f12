"""``saydo open`` and ``saydo serve``: the workbench."""

from __future__ import annotations

import os
import webbrowser
from getpass import getuser
from pathlib import Path
from typing import NamedTuple

from saydo import desk, web
from saydo.cli.told import say
from saydo.model.errors import InputError

TOKEN = "SAYDO_TOKEN"


class At(NamedTuple):
    """Where and behind what to serve, as it was asked for."""

    host: str
    port: int
    allowed: tuple[str, ...]
    proxy: str | None
    prefix: str


class Runs(NamedTuple):
    """How the runs that pages begin code."""

    codebook: Path | None
    reader: str


def open_case(case: Path, port: int, browser: bool, by: str | None, runs: Runs, new: bool) -> None:
    """Serves a case to this machine and opens the browser; with ``new`` makes it where there is none."""
    if new:
        desk.make_case(case)

    def started(url: str) -> None:
        _say(case, url)
        if browser and not webbrowser.open(url):
            say("no browser could be opened; open the address yourself")

    _until_stopped(case, web.Address(port=port), None, by or _user(), runs, started)


def serve(case: Path, at: At, token_file: Path | None, runs: Runs) -> None:
    """Serves a case to a team."""
    address = web.Address(at.host, at.port, at.allowed, at.proxy, at.prefix)
    _until_stopped(
        case, address, _token(token_file), "", runs, lambda url: say(f"{case}: {url}   (Ctrl-C ends it)")
    )


def _until_stopped(
    case: Path, address: web.Address, token: str | None, who: str, runs: Runs, started: web.Started
) -> None:
    # their faults are told at once, not in the first run
    desk.load_codebook(runs.codebook)
    try:
        web.serve(
            case, address, token=token, who=who, codebook=runs.codebook, reader=runs.reader, on_start=started
        )
    except KeyboardInterrupt:
        say("stopped")


def _say(case: Path, url: str) -> None:
    say(f"{case}: {url}   (Ctrl-C ends it)")


def _token(file: Path | None) -> str | None:
    if file is None:
        return os.environ.get(TOKEN) or None
    try:
        return file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{file}: the token cannot be read ({error}); give another file") from None


def _user() -> str:
    try:
        return getuser()
    except (OSError, KeyError, ImportError):
        return ""
