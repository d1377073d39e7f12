"""A workbench that really runs, and one asked in process by somebody who may change things."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from fastapi.testclient import TestClient

from saydo.web import Address, Settings, create_app
from saydo.web.serve import listen


@contextmanager
def running(app: FastAPI, grace: int | None = None) -> Iterator[str]:
    """The address at which an application runs; ``grace`` is how many seconds its last answers may take."""
    listener = listen(Address())
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=grace))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join(timeout=20)


@contextmanager
def as_person(folder: Path, who: str = "Noor") -> Iterator[TestClient]:
    """A client that brings the token by which changes are accepted."""
    app = create_app(folder, Settings(who=who))
    with TestClient(app, base_url="http://127.0.0.1", follow_redirects=False) as made:
        page = made.get("/settings").text
        made.headers["X-CSRF-Token"] = re.search(r'csrf-token" content="([^"]+)"', page)[1]  # type: ignore[index]
        yield made
