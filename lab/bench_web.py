"""How fast the workbench answers over a large case:
``python -m lab.bench_web --case DIR [--asks N] [--only WORDS] [--browser] [--table FILE]``.

Serves the case on the loopback address with uvicorn and asks every page and every route of the API that
reads, ``--asks`` times each, with queries drawn from what the case holds (``lab.bench_web_asks``): actors
named most and hardly ever, common words and rare ones, names, kinds, countries, months, pages deep in a list.
All requests are mixed, one at a time. A case to ask is made by ``lab.bench_web_case``.

Server time runs from the moment at which the application is handed a request until it has handed over the
last byte. It is given twice: by the clock, and as processor time of this process, which neighbours of the
machine lengthen less (they still take caches and share the core). The first request of each kind after the
server has started stands by itself: it also fills the system's cache of files.

``--browser`` measures in Chromium the first contentful paint of the pages, each in a browser that was never
there, and the pictures a second of the network while its slider is dragged.
"""

from __future__ import annotations

import argparse
import http.client
import os
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

import uvicorn

from lab.bench_web_asks import MAKERS, NOT_ASKED, PAGE_GOAL, Ask, Hand, asks
from saydo.web import Address, create_app
from saydo.web.pages import pages
from saydo.web.serve import listen

PATIENCE = 120
"""Seconds to wait for an answer."""


class Spent(NamedTuple):
    """What one request cost the server."""

    ask: Ask
    wall: float
    """Seconds by the clock."""
    processor: float
    """Seconds of processor time."""


class Row(NamedTuple):
    """The requests of one sort."""

    of: str
    goal: float
    first: float
    walls: tuple[float, ...]
    processors: tuple[float, ...]
    worst: str
    """The address that took most processor time."""


class Clocked:
    """An application with a clock at its door."""

    def __init__(self, app: Any) -> None:
        self.app = app
        self.spent: list[tuple[float, float]] = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answers, and takes the time."""
        wall, processor = time.perf_counter(), time.process_time()
        await self.app(scope, receive, send)
        if scope["type"] == "http":
            self.spent.append((time.perf_counter() - wall, time.process_time() - processor))


@contextmanager
def served(case: Path) -> Iterator[tuple[Clocked, str]]:
    """The workbench at an address of this machine."""
    app, listener = Clocked(create_app(case)), listen(Address())
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    try:
        yield app, f"127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(timeout=10)


def ask_all(app: Clocked, address: str, asked: Sequence[Ask]) -> list[Spent]:
    """Asks one after the other. Raises RuntimeError where an answer is not what a page gives."""
    made = []
    line = http.client.HTTPConnection(address, timeout=PATIENCE)
    for ask in asked:
        before = len(app.spent)
        try:
            line.request("GET", ask.path, headers={"HX-Request": "true"} if ask.fragment else {})
            answer = line.getresponse()
            body = answer.read()
        except TimeoutError as error:
            raise RuntimeError(f"{ask.path}: no answer within {PATIENCE} seconds") from error
        if answer.status != 200:
            raise RuntimeError(f"{ask.path}: {answer.status} {body[:300]!r}")
        while len(app.spent) == before:  # the clock stops a moment behind the last byte
            time.sleep(0.0002)
        made.append(Spent(ask, *app.spent[-1]))
    line.close()
    return made


def measure(app: Clocked, address: str, asked: Sequence[Ask]) -> list[Row]:
    """Rows in the order in which the routes are listed."""
    started: dict[str, Ask] = {}
    for ask in asked:
        started.setdefault(ask.of, ask)
    first = {spent.ask.of: spent.wall for spent in ask_all(app, address, list(started.values()))}
    spent = ask_all(app, address, asked)
    rows = []
    for of in dict.fromkeys(f"{path} ({way})" if way else path for path, way, _ in MAKERS):
        mine = [each for each in spent if each.ask.of == of]
        if mine:
            worst = max(mine, key=lambda each: each.processor).ask
            rows.append(
                Row(of, worst.goal, first[of], tuple(each.wall for each in mine),
                    tuple(each.processor for each in mine), worst.path)
            )  # fmt: skip
    return rows


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that this share of the values does not exceed."""
    ordered = sorted(values)
    return ordered[max(0, min(len(ordered) - 1, -int(-share * len(ordered) // 1) - 1))]


def routes(app: Any) -> set[str]:
    """The routes of all pages and of the API that only read."""
    found = {
        str(route.path) for page in pages() for route in page.router.routes
        if "GET" in getattr(route, "methods", ())
    }  # fmt: skip
    return found | {path for path, held in app.openapi()["paths"].items() if "get" in held}


def not_asked(app: Any) -> set[str]:
    """Routes that nobody here asks, and of which it is not said why."""
    return routes(app) - {path for path, *_ in MAKERS} - set(NOT_ASKED)


def markdown(rows: Sequence[Row], load: str) -> str:
    """The table, in milliseconds."""
    head = (
        f"{load}\n\n"
        "| page or route | requests | first | median | p95 | worst | median, processor | p95, processor | "
        "worst, processor |\n|---|---|---|---|---|---|---|---|---|\n"
    )
    lines = []
    for row in rows:
        figures = [f"{1000 * row.first:.0f}"]
        for taken in (row.walls, row.processors):
            figures += [f"{1000 * each:.0f}" for each in (median(taken), percentile(taken, 0.95), max(taken))]
        over = " **" if percentile(row.processors, 0.95) > row.goal else ""
        lines.append(f"| `{row.of}`{over and ' over'} | {len(row.walls)} | {' | '.join(figures)} |")
    return head + "\n".join(lines) + "\n"


def machine() -> str:
    """What the machine is and how busy."""
    one, five, fifteen = os.getloadavg()
    return f"{os.cpu_count()} processors, load {one:.1f} (5 min {five:.1f}, 15 min {fifteen:.1f})"


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description="How fast the workbench answers over a large case.")
    parser.add_argument("--case", type=Path, required=True)
    parser.add_argument("--asks", type=int, default=40, help="requests of each sort")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="only the rows that have these words, such as /map")
    parser.add_argument("--browser", action="store_true", help="also paint and slide in Chromium")
    parser.add_argument("--table", type=Path, help="also write the tables to this file")
    parser.add_argument("--without", default="", help="but not the rows that have these")
    parser.add_argument("--worst", action="store_true", help="also say which address took longest")
    given = parser.parse_args()
    before = machine()
    told = []
    with served(given.case) as (app, address):
        left = not_asked(app.app)
        rows = measure(
            app, address, asks(Hand(given.case, given.seed), given.asks, given.only, given.without)
        )
        told.append(markdown(rows, f"{before} before; {machine()} after."))
        print(told[-1], flush=True)
        if given.worst:
            print("\n".join(f"{1000 * max(row.processors):.0f} {row.worst}" for row in rows))
        if left:
            print(f"not asked: {', '.join(sorted(left))}")
        if given.browser:
            from lab.bench_web_browser import browsed

            told.append(browsed(f"http://{address}", given.case, given.seed))
            print(told[-1])
    if given.table:
        given.table.write_text("\n".join(told), encoding="utf-8")
    slow = [row.of for row in rows if percentile(row.processors, 0.95) > row.goal]
    print(f"over {1000 * PAGE_GOAL:.0f} ms (searches 300 ms): {', '.join(slow) or 'none'}")


if __name__ == "__main__":
    main()
