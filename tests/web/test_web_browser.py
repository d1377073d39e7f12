"""In a real Chromium: pages without faults, at any width, by keyboard, and with the browser modules at work."""

from __future__ import annotations

import pytest
from accessible import serious
from looking import take
from playwright.sync_api import Browser, Page, expect

from saydo.web.assets import load_modules

pytestmark = pytest.mark.browser
PAGES = {
    "case": "/",
    "reports": "/reports",
    "reader": "/reader?report=breach&finding=e0",
    "reader-hostile": "/reader?report=harm%2F..%2F%3Cb%3E",
    "deeds": "/deeds",
    "deeds-actor": "/deeds?actor=ilya-marsh",
    "discrepancies": "/discrepancies",
    "discrepancy": "/discrepancy?id=d0",
    "discrepancy-hostile": "/discrepancy?id=dharm",
    "dossier": "/dossier?actor=ilya-marsh",
    "tables": "/tables",
    "tables-discrepancies": "/tables?table=discrepancies",
    "timeline": "/timeline",
    "network": "/network",
    "map": "/map",
    "error": "/reader?report=nothing",
    "login": "/login",
}
"""Name of a picture → address; a page that is added belongs here."""


@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_its_window_and_is_pictured(chromium: Browser, served: str, name: str) -> None:
    take(chromium, served + PAGES[name], name)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_serious(chromium: Browser, served: str, name: str, scheme: str) -> None:
    context = chromium.new_context(base_url=served, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(PAGES[name])
    assert serious(page) == []
    context.close()


def test_the_browser_modules_are_built_and_run(page: Page) -> None:
    assert {"base", "reader"} <= set(load_modules())
    page.goto("/")
    expect(page.locator("html")).to_have_attribute("data-script", "on")


def test_hovering_a_finding_lights_its_words_and_a_click_opens_it(page: Page) -> None:
    """And the address follows, so that the link shows the same to somebody else."""
    page.goto("/reader?report=breach")
    card = page.locator("[data-finding=e0]")
    card.hover()
    expect(page.locator("mark[data-findings~=e0]").first).to_contain_class("lit")
    page.locator("mark[data-findings~=e0] a").first.click()
    expect(page.locator("[aria-current=true][data-finding]")).to_have_count(1)
    assert "finding=" in page.url
    opened = page.locator("[aria-current=true][data-finding]").get_attribute("data-finding")
    page.goto(page.url)
    expect(page.locator(f"[data-finding={opened}]")).to_have_attribute("aria-current", "true")


def test_the_marks_are_reached_by_keyboard(page: Page) -> None:
    page.goto("/reader?report=breach")
    first = page.locator("mark a").first
    first.focus()
    expect(page.locator("[data-finding].lit").first).to_be_visible()
    first.press("Enter")
    expect(page.locator("[aria-current=true][data-finding]")).to_have_count(1)


def test_the_theme_changes_at_once_and_stays(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name="Colours").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    page.get_by_role("button", name="Colours").click()
    page.goto("/reports")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_without_javascript_reading_works_all_the_same(chromium: Browser, served: str) -> None:
    """A click on marked words follows a link to the page with the finding open; the theme is a form."""
    context = chromium.new_context(base_url=served, java_script_enabled=False)
    page = context.new_page()
    page.goto("/reader?report=breach")
    page.locator("mark a").first.click()
    assert "finding=" in page.url
    expect(page.locator("[aria-current=true][data-finding]")).to_have_count(1)
    page.get_by_role("button", name="Colours").click()
    assert "finding=" in page.url, "one comes back to where one was"
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    context.close()


def test_markup_in_a_report_is_words(page: Page) -> None:
    """Nothing of it runs, nothing is fetched from elsewhere, and the words can be read as they stand."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: pytest.fail(f"a script of the report ran: {dialog.message}"))
    for path in ("/", "/reports", PAGES["reader-hostile"]):
        page.goto(path)
    expect(page.locator(".text")).to_contain_text("<script>alert('text')</script> {{ 7 * 7 }}")
    assert page.locator(".text script, .text img, main img").count() == 0
    assert {url.split("/")[2] for url in asked if not url.startswith("data:")} == {page.url.split("/")[2]}


def test_the_offsets_of_the_page_are_code_points(page: Page) -> None:
    """Behind an emoji they still point at the words that the record means."""
    page.goto(PAGES["reader-hostile"])
    run = page.locator("mark[data-findings~=e0]").first
    start = int(run.get_attribute("data-start") or -1)
    text = page.locator(".text").text_content() or ""
    assert text[start:].startswith("shelled")
    assert run.text_content() == "shelled"
