"""What somebody at the browser waits for: first paint of the pages, and pictures a second of the network
while its slider is dragged. Called by ``lab.bench_web --browser``; by itself for one address:
``python -m lab.bench_web_browser --case DIR [--seed N]``.

Chromium runs without a window. Where the machine has no graphics hardware it draws with the processor, on the
same few cores as the server and everything else: the pictures a second are then those of the slowest machine
that there is. What the page's own scripts take of each picture is given beside them; graphics hardware does
not change that part.
"""

from __future__ import annotations

import argparse
import os
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple
from urllib.parse import urlencode

from playwright.sync_api import Browser, Page, sync_playwright

from lab.bench_web_asks import MAKERS, Hand

PAINTED = (
    "/", "/add", "/deeds", "/deeds (of an actor)", "/discrepancies", "/discrepancy", "/reports", "/reader",
    "/actors", "/actor", "/network", "/map", "/timeline", "/tables", "/tables (search)", "/review", "/audit",
    "/questions", "/runs", "/settings",
)  # fmt: skip
"""Rows of ``lab.bench_web`` whose pages are painted."""
TIMES = 3
"""How often each page is painted, each time with another query, in a browser that was never there."""
PAINT_GOAL, PICTURES_GOAL = 1.0, 30.0
DRAG_SECONDS = 6.0
LAID_SECONDS = 600
"""How long to wait until the network is laid out."""
SIZE = {"width": 1440, "height": 900}
_PAINT = """() => new Promise((done) => {
    const told = () => performance.getEntriesByName('first-contentful-paint')[0];
    const wait = () => told() ? done([told().startTime,
        performance.getEntriesByType('navigation')[0].responseStart]) : setTimeout(wait, 10);
    wait();
})"""
_WATCH = """(() => {
    const plain = window.requestAnimationFrame.bind(window);
    const seen = window.__pictures = { on: false, times: [], scripts: [], moves: 0 };
    const spend = (from) => {
        if (seen.on) seen.scripts[seen.scripts.length - 1] += performance.now() - from;
    };
    window.requestAnimationFrame = (work) => plain((at) => {
        const from = performance.now();
        try { work(at); } finally { spend(from); }
    });
    const tick = (at) => {
        if (seen.on) { seen.times.push(at); seen.scripts.push(0); }
        plain(tick);
    };
    plain(tick);
    const listen = EventTarget.prototype.addEventListener;
    EventTarget.prototype.addEventListener = function (type, heard, how) {
        if (type !== 'input' || typeof heard !== 'function') return listen.call(this, type, heard, how);
        return listen.call(this, type, function (event) {
            const from = performance.now();
            if (seen.on) seen.moves += 1;
            try { return heard.call(this, event); } finally { spend(from); }
        }, how);
    };
})()"""
_BEGIN = "() => { Object.assign(window.__pictures, { times: [], scripts: [0], moves: 0, on: true }); }"
_END = "() => { const s = window.__pictures; s.on = false; return [s.times, s.scripts, s.moves]; }"


class Painted(NamedTuple):
    """First contentful paint of a page, and the moment at which the answer began to come; in seconds."""

    of: str
    paints: tuple[float, ...]
    answers: tuple[float, ...]


class Drag(NamedTuple):
    """What was drawn while the slider moved."""

    gaps: tuple[float, ...]
    """Seconds from picture to picture."""
    scripts: tuple[float, ...]
    """Seconds that the page's scripts took of each picture."""
    moves: int
    """How often the day moved on."""
    processor: float
    """Seconds of processor time that all of Chromium took meanwhile."""
    actors: int
    ties: int

    @property
    def pictures(self) -> float:
        """A second."""
        return len(self.gaps) / sum(self.gaps) if self.gaps else 0.0


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's Chromium. Raises RuntimeError where there is none."""
    where = shutil.which("chromium") or shutil.which("chromium-browser")
    if where is None:
        raise RuntimeError("Chromium is not installed; on Debian: apt-get install chromium")
    # who runs as root, as containers do, has no sandbox; frames are not held to the beat of a screen
    args = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=where, args=args)
        yield browser
        browser.close()


def paint(browser: Browser, url: str, paths: dict[str, list[str]]) -> list[Painted]:
    """Paints pages. Raises RuntimeError where a page is not there."""
    made = []
    for of, asked in paths.items():
        paints, answers = [], []
        for path in asked:
            context = browser.new_context(viewport=SIZE)  # type: ignore[arg-type]
            page = context.new_page()
            answer = page.goto(f"{url}{path}", wait_until="commit")
            if answer is None or answer.status != 200:
                raise RuntimeError(f"{path}: {answer.status if answer else 'no answer'}")
            first, began = page.evaluate(_PAINT)
            paints.append(first / 1000)
            answers.append(began / 1000)
            context.close()
        made.append(Painted(of, tuple(paints), tuple(answers)))
    return made


def drag(browser: Browser, url: str, seconds: float = DRAG_SECONDS) -> Drag:
    """Drags the slider of the network with the mouse from its beginning to its end and back. Raises
    RuntimeError where the page draws none."""
    context = browser.new_context(viewport=SIZE)  # type: ignore[arg-type]
    page = context.new_page()
    page.add_init_script(_WATCH)
    page.goto(f"{url}/network")
    slider = page.locator("#slider")
    slider.wait_for(state="visible", timeout=60_000)
    page.locator("[data-laid]").wait_for(timeout=1000 * LAID_SECONDS)
    if page.locator("[data-stage]").is_hidden():
        raise RuntimeError("this Chromium draws no network: it has no WebGL 2")
    held = page.evaluate("async (url) => (await (await fetch(url)).json())", f"{url}/api/v1/network")
    times, scripts, moves, processor = _dragged(page, slider.bounding_box(), seconds)
    context.close()
    gaps = tuple((after - before) / 1000 for before, after in pairwise(times))
    ends, ties = len(held["actors"]), len(held["ties"])
    return Drag(gaps, tuple(each / 1000 for each in scripts if each), moves, processor, ends, ties)


def _dragged(page: Page, box: Any, seconds: float) -> tuple[list[float], list[float], int, float]:
    middle, left, width = box["y"] + box["height"] / 2, box["x"] + 9, box["width"] - 18
    page.mouse.move(left, middle)
    page.mouse.down()
    page.mouse.move(left + 1, middle)
    page.wait_for_timeout(1000)
    page.evaluate(_BEGIN)
    began, spent, share = time.monotonic(), _processor_time(), 0.0
    while share < 2:
        share = (time.monotonic() - began) / (seconds / 2)
        page.mouse.move(left + width * (share if share <= 1 else max(0.0, 2 - share)), middle)
    times, scripts, moves = page.evaluate(_END)
    spent = _processor_time() - spent
    page.mouse.up()
    return times, scripts, moves, spent


def _processor_time() -> float:
    """Seconds that the programs which this one started have used so far; 0 where the system does not tell."""
    parents: dict[int, tuple[int, float]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:  # it has ended meanwhile
            continue
        parents[int(stat.parent.name)] = int(fields[1]), (int(fields[11]) + int(fields[12])) / 100
    mine, found = {os.getpid()}, 0.0
    while more := {pid for pid, (parent, _) in parents.items() if parent in mine} - mine:
        mine |= more
    for pid in mine - {os.getpid()}:
        found += parents[pid][1]
    return found


def addresses(hand: Hand, of_each: int = TIMES) -> dict[str, list[str]]:
    """Row → what is asked of it."""
    made: dict[str, list[str]] = {}
    for path, way, maker in MAKERS:
        of = f"{path} ({way})" if way else path
        if of in PAINTED:
            queries = [{k: v for k, v in maker(hand).items() if v is not None} for _ in range(of_each)]
            made[of] = [f"{path}?{urlencode(query, doseq=True)}" if query else path for query in queries]
    return made


def markdown(painted: Sequence[Painted], dragged: Drag) -> str:
    """Both tables."""
    one, five, fifteen = os.getloadavg()
    lines = [
        f"{os.cpu_count()} processors, load {one:.1f} (5 min {five:.1f}, 15 min {fifteen:.1f}); Chromium.",
        "",
        "| page | first contentful paint, median | worst | of it until the answer began, median |",
        "|---|---|---|---|",
    ]
    for row in painted:
        figures = (median(row.paints), max(row.paints), median(row.answers))
        over = " over" if median(row.paints) > PAINT_GOAL else ""
        lines.append(f"| `{row.of}`{over} | {' | '.join(f'{1000 * f:.0f} ms' for f in figures)} |")
    gaps, scripts = sorted(dragged.gaps), sorted(dragged.scripts)
    each = dragged.processor / max(1, dragged.moves)
    lines += [
        "",
        f"| network of {dragged.actors:,} actors and {dragged.ties:,} ties, slider dragged |  |",
        "|---|---|",
        f"| pictures a second | {dragged.pictures:.0f} |",
        f"| between two pictures, median | {1000 * median(gaps):.0f} ms |",
        f"| between two pictures, 95th percentile | {1000 * gaps[int(0.95 * (len(gaps) - 1))]:.0f} ms |",
        f"| the page's scripts, median of a picture with any | {1000 * median(scripts):.0f} ms |",
        f"| the page's scripts, 95th percentile | {1000 * scripts[int(0.95 * (len(scripts) - 1))]:.0f} ms |",
        f"| moves of the day | {dragged.moves} |",
        f"| processor time of Chromium for each move | {1000 * each:.0f} ms |",
    ]
    return "\n".join(lines) + "\n"


def browsed(url: str, case: Path, seed: int) -> str:
    """Paints and drags against a server; gives the tables as Markdown."""
    with chromium() as browser:
        return markdown(paint(browser, url, addresses(Hand(case, seed))), drag(browser, url))


def main() -> None:
    """The command."""
    from lab.bench_web import served

    parser = argparse.ArgumentParser(description="First paint, and pictures a second of the network.")
    parser.add_argument("--case", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--drag", action="store_true", help="only the network")
    given = parser.parse_args()
    with served(given.case) as (_, address), chromium() as browser:
        url = f"http://{address}"
        paints = [] if given.drag else paint(browser, url, addresses(Hand(given.case, given.seed)))
        print(markdown(paints, drag(browser, url)))


if __name__ == "__main__":
    main()
