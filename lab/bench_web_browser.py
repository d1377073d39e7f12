"""The browser's part of ``lab.bench_web``: when a page is first painted, and how smoothly the network's days
slide. Chromium draws in software here, on the same processors as the server."""

from __future__ import annotations

import os
import shutil
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import NamedTuple

from playwright.sync_api import Browser, Page, sync_playwright

from lab.bench_web_asks import Hand

VISITS = 5
SLIDE_SECONDS = 6.0
_PAINT = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? -1"
_COUNT = """() => {
    const told = (window.counted = []);
    const next = (at) => { told.push(at); window.frame = requestAnimationFrame(next); };
    window.frame = requestAnimationFrame(next);
}"""
_STOP = "() => { cancelAnimationFrame(window.frame); return window.counted; }"


class Slide(NamedTuple):
    """How the network moved."""

    actors: int
    ties: int
    frames: float
    """Frames a second, over the whole slide."""
    slowest: float
    """Milliseconds between two frames, at the 95th percentile."""


def browsed(url: str, case: Path, seed: int, visits: int = VISITS) -> str:
    """Both measurements as Markdown. Raises RuntimeError where there is no Chromium."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        raise RuntimeError("Chromium is not installed; on Debian: apt-get install chromium")
    sandbox = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=sandbox)
        paints = {path: paint(browser, url + path, visits) for path in _pages(Hand(case, seed))}
        moved = slide(browser, url)
        browser.close()
    head = f"\n| page | first contentful paint, median of {visits} | slowest |\n|---|---|---|\n"
    rows = "".join(
        f"| `{path.partition('?')[0]}` | {median(taken):.0f} | {max(taken):.0f} |\n"
        for path, taken in paints.items()
    )
    return (
        f"{head}{rows}\nNetwork of {moved.actors:,} actors and {moved.ties:,} ties, its slider dragged for "
        f"{SLIDE_SECONDS:.0f} seconds: {moved.frames:.0f} frames a second; 95 of 100 frames come within "
        f"{moved.slowest:.0f} ms of the one before.\n"
    )


def _pages(hand: Hand) -> list[str]:
    """A page of each sort."""
    actor, report = hand.actors[0], hand.report()[0]
    return [
        "/", "/deeds", f"/deeds?actor={hand.speaker()}", "/discrepancies", f"/discrepancy?id={hand.ids[0]}",
        "/reports", f"/reader?report={report}", "/actors", f"/actor?id={actor}", "/network", "/map",
        "/timeline", "/tables", "/tables?table=statements&q=market", "/review", "/audit", "/add",
    ]  # fmt: skip


def paint(browser: Browser, url: str, visits: int) -> list[float]:
    """Milliseconds from the request to the first contentful paint, each in a browser that was never there."""
    taken = []
    for _ in range(visits):
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        page = context.new_page()
        page.goto(url, wait_until="load")
        # the page's policy lets nothing wait inside it
        while (painted := float(page.evaluate(_PAINT))) < 0:
            page.wait_for_timeout(20)
        taken.append(painted)
        context.close()
    return taken


def slide(browser: Browser, url: str) -> Slide:
    """Drags the slider of the network to and fro, and counts frames."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    with page.expect_response(lambda answer: "/api/v1/network" in answer.url, timeout=60_000) as answer:
        page.goto(f"{url}/network")
    held = answer.value.json()
    # the layout is worked out once, in a worker, before anybody slides
    page.wait_for_selector("[data-network][data-laid=yes]", timeout=300_000)
    page.wait_for_timeout(500)
    frames = _dragged(page)
    context.close()
    apart = sorted(b - a for a, b in pairwise(frames))
    return Slide(
        len(held["actors"]), len(held["ties"]), 1000 * len(apart) / (frames[-1] - frames[0]),
        apart[int(0.95 * (len(apart) - 1))],
    )  # fmt: skip


def _dragged(page: Page) -> list[float]:
    """Times of the frames, in milliseconds, while the pointer drags the slider."""
    box = page.locator("#slider").bounding_box()
    assert box is not None, "the slider is there"
    middle, left, width = box["y"] + box["height"] / 2, box["x"] + 8, box["width"] - 16
    page.mouse.move(left + width / 2, middle)
    page.mouse.down()
    page.evaluate(_COUNT)
    begun = page.evaluate("() => performance.now()")
    step = 0
    while page.evaluate("() => performance.now()") - begun < 1000 * SLIDE_SECONDS:
        step += 1
        share = abs((step / 120) % 2 - 1)  # to and fro
        page.mouse.move(left + width * share, middle)
    frames: list[float] = page.evaluate(_STOP)
    page.mouse.up()
    return frames
