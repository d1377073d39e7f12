"""Runs the workbench until it is stopped."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import uvicorn

from saydo.model.errors import InputError
from saydo.web.app import create_app
from saydo.web.settings import LOOPBACK_NAMES, Settings, check_token

Started = Callable[[str], None]
"""Told the address once it answers."""


class Address(NamedTuple):
    """Where to listen. ``port`` 0 takes one that is free."""

    host: str = "127.0.0.1"
    port: int = 0
    allowed: tuple[str, ...] = ()
    """Further names to answer to, such as the one a proxy passes on."""
    proxy: str | None = None
    """Address of the one proxy whose forwarded headers are believed; None believes nobody's."""
    prefix: str = ""
    """Path below which the proxy shows the workbench."""


class Telling(uvicorn.Server):
    """A server that says when it answers."""

    def __init__(self, config: uvicorn.Config, started: Callable[[], None]) -> None:
        super().__init__(config)
        self._tell = started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Starts, and says so."""
        await super().startup(sockets)
        if self.started:
            self._tell()


def serve(
    case: Path,
    address: Address,
    *,
    token: str | None = None,
    who: str = "",
    codebook: Path | None = None,
    reader: str = "en",
    on_start: Started = lambda url: None,
) -> None:
    """Serves a case until Ctrl-C; ``on_start`` is told the address once it answers.

    ``codebook`` and ``reader`` are those of the runs that its pages begin. Raises InputError where the
    address needs a token or cannot be had, StoreError where there is no case.
    """
    token = check_token(address.host, token)
    prefix = "/" + address.prefix.strip("/") if address.prefix.strip("/") else ""
    settings = Settings(hosts=names(address), token=token, who=who, codebook=codebook, reader=reader)
    app = create_app(case, settings)
    listener = listen(address)
    host, port = listener.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    config = uvicorn.Config(
        app,
        log_level="warning",
        server_header=False,
        root_path=prefix,
        proxy_headers=address.proxy is not None,
        forwarded_allow_ips=address.proxy,
        timeout_graceful_shutdown=3,
    )
    Telling(config, lambda: on_start(f"http://{shown}:{port}{prefix}/")).run(sockets=[listener])


def names(address: Address) -> tuple[str, ...]:
    """The names in a Host header that are answered: those of this machine, the address, and those allowed."""
    any_address = address.host in ("0.0.0.0", "::")
    return (*LOOPBACK_NAMES, *(() if any_address else (address.host,)), *address.allowed)


def listen(address: Address) -> socket.socket:
    """A socket that listens there. Raises InputError where the address cannot be had."""
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((address.host, address.port))
        listener.listen(128)
    except OSError as error:
        listener.close()
        raise InputError(
            f"{address.host}:{address.port} cannot be listened on ({error.strerror or error}); "
            "choose another with --host or --port"
        ) from None
    return listener
