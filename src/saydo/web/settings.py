"""How the workbench is served: to whom it answers, and who must show a token."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from pathlib import Path

from saydo.model.errors import InputError

LOOPBACK_NAMES = ("127.0.0.1", "localhost", "::1")
SHORTEST_TOKEN = 20


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that is set when the server starts; nothing of it changes later."""

    hosts: tuple[str, ...] = LOOPBACK_NAMES
    """Names in a request's Host header that are answered; any other is refused, so that no page of the web
    can reach the case under a name of its own (DNS rebinding)."""
    token: str | None = None
    """What must be shown to get in; None only where nobody but this machine can reach the server."""
    who: str = ""
    """Who decides, as the audit log names them; the pages ask where it is empty."""
    codebook: Path | None = None
    """Folder of entries that extend or replace saydo's own, for the runs of this server."""
    reader: str = "en"
    """The reader of its runs, as ``--reader`` names one."""


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach an address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def check_token(host: str, token: str | None) -> str | None:
    """The token to ask for at an address. Raises InputError where one is needed and missing or too short."""
    if token is not None and len(token) < SHORTEST_TOKEN:
        raise InputError(
            f"the token is too short to be safe; give one of {SHORTEST_TOKEN} characters or more, such as "
            "the output of: python3 -c 'import secrets; print(secrets.token_urlsafe(32))'"
        )
    if token is None and not is_loopback(host):
        raise InputError(
            f"{host} can be reached from other machines, so a token is needed: put one into the environment "
            "variable SAYDO_TOKEN or into a file named by --token-file"
        )
    return token
