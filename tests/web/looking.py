"""Pictures of a page, to be looked at: into the folder that ``SAYDO_SCREENSHOTS`` names, else nowhere."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page

WIDTHS = (1440, 390)
SCHEMES = ("light", "dark")


@contextmanager
def watched(chromium: Browser, url: str) -> Iterator[Page]:
    """A window on the workbench; any error that a script throws, or that the page's policy stops, fails the
    test."""
    context = chromium.new_context(base_url=url, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
    yield page
    context.close()
    assert not faults


def folder() -> Path | None:
    """Where pictures go; None where nobody asked for any."""
    named = os.environ.get("SAYDO_SCREENSHOTS")
    return Path(named) if named else None


def take(browser: Browser, url: str, name: str) -> list[Path]:
    """Takes a page at both widths, light and dark; says where the pictures are. A page that is wider than the
    window is a fault: nobody reads sideways."""
    where, made = folder(), []
    for scheme in SCHEMES:
        for width in WIDTHS:
            context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
            page = context.new_page()
            page.goto(url)
            beyond = page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            assert beyond <= 0, f"{name} at {width} pixels is {beyond} pixels too wide"
            if where is not None:
                where.mkdir(parents=True, exist_ok=True)
                path = where / f"{name}-{width}-{scheme}.png"
                page.screenshot(path=str(path), full_page=True)
                made.append(path)
            context.close()
    return made
