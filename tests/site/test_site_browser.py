"""The documentation site as it is read: from the file, in a real Chromium, without a network."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from accessible import serious
from looking import take
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser
LOOKED_AT = ["index", "tutorial", "comparison", "speed", "reference/cli"]


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A window that notes every request which is not for a file beside the page."""
    context = chromium.new_context()
    opened = context.new_page()
    asked: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    yield opened
    context.close()
    assert not [url for url in asked if not url.startswith(("file:", "data:"))]


@pytest.mark.parametrize("name", LOOKED_AT)
def test_a_page_fits_its_window_and_is_pictured(chromium: Browser, site: Path, name: str) -> None:
    """At a phone's width and a desk's, in light and dark."""
    take(chromium, f"{(site / name).as_uri()}.html", f"site-{name.replace('/', '-')}")


@pytest.mark.parametrize("name", LOOKED_AT)
def test_axe_finds_nothing_serious(chromium: Browser, site: Path, name: str) -> None:
    for scheme in ("light", "dark"):
        context = chromium.new_context(color_scheme=scheme)  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(f"{(site / name).as_uri()}.html")
        assert serious(page) == [], scheme
        context.close()


def test_the_search_works_from_the_file(page: Page, site: Path) -> None:
    page.goto((site / "index.html").as_uri())
    page.get_by_role("textbox", name="Search").fill("postgresql")
    page.keyboard.press("Enter")
    expect(page.locator("#search-results a", has_text="A case in PostgreSQL").first).to_be_visible()
    page.locator("#search-results a", has_text="A case in PostgreSQL").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("A case in PostgreSQL")


def test_pictures_of_the_tutorial_are_shown(page: Page, site: Path) -> None:
    page.goto((site / "tutorial.html").as_uri())
    pictures = page.locator("article img")
    assert pictures.count() >= 5
    for number in range(pictures.count()):
        assert pictures.nth(number).evaluate("image => image.decode().then(() => image.naturalWidth)") > 1000
