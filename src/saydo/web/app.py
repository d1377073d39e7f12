"""The application of one case: pages, API, files, and the guard around them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Thread

from fastapi import Depends, FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.concurrency import run_in_threadpool
from starlette.types import Scope

from saydo import __version__, desk
from saydo.desk.network import network
from saydo.model.errors import StoreError
from saydo.web import api, entrance
from saydo.web.assets import BUILT, STATIC, load_modules
from saydo.web.errors import add_handlers
from saydo.web.jobs import Jobs
from saydo.web.pages import pages
from saydo.web.rendering import prepare
from saydo.web.room import Room
from saydo.web.security import Guarded, meant
from saydo.web.settings import Settings

LARGEST_BODY = 512 * 1024 * 1024
"""Bytes of one request: what may be dropped onto the page at once."""


class Files(StaticFiles):
    """Files whose address changes with their content, so that a browser keeps them for good."""

    async def get_response(self, path: str, scope: Scope):  # type: ignore[no-untyped-def]
        """The file, to be kept."""
        answer = await super().get_response(path, scope)
        if answer.status_code == 200:
            answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return answer


def _ready(room: Room) -> None:
    """Makes beforehand what else the first who asks would wait for: the network, and the templates."""
    prepare()
    try:
        with room.open() as store:
            network(store)
    except StoreError:
        pass  # whoever asks for a page of this case is told


def create_app(case: Path, settings: Settings | None = None) -> FastAPI:
    """The workbench over a case. Raises StoreError where there is none."""
    desk.open_case(case).close()
    room = Room(case, settings or Settings())
    jobs = Jobs(case, room.settings.codebook, room.settings.reader)

    @asynccontextmanager
    async def at_work(app: FastAPI) -> AsyncIterator[None]:
        Thread(target=_ready, args=(room,), daemon=True).start()
        yield
        await run_in_threadpool(jobs.close)

    app = FastAPI(
        lifespan=at_work,
        title="saydo",
        version=__version__,
        description="A case as records: see docs/reference/records.md.",
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        dependencies=[Depends(meant)],
        max_body_size=LARGEST_BODY,
        # nothing about a case leaves this machine
        telemetry={"tracing": False, "metrics": False, "logs": False, "auto_configure": False},
    )
    app.state.room = room
    app.state.jobs = jobs
    app.state.modules = load_modules()
    app.state.paths = {}
    app.add_middleware(Guarded, room=room)
    app.mount("/static", Files(directory=STATIC), name="static")
    if BUILT.is_dir():
        app.mount("/built", Files(directory=BUILT), name="built")
    app.include_router(entrance.router)
    for page in pages():
        app.include_router(page.router, include_in_schema=False)
    # behind the pages: where both have a route of one name, a link means the page
    app.include_router(api.router())
    add_handlers(app)
    return app
