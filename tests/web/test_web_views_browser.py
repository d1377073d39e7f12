"""Journeys in Chromium: search, cut down and take a table away; move the day and see a tie end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from serving import running
from web_case import put_case

from saydo.model.case import Bound, Spell
from saydo.model.store import Derived
from saydo.store import SqliteStore
from saydo.web import create_app

pytestmark = pytest.mark.browser


@pytest.fixture
def tied(tmp_path: Path) -> Iterator[str]:
    """A workbench over a case with a tie that ends with the year 2018."""
    with SqliteStore.for_writing(put_case(tmp_path / "tied")) as store:
        view = store.view()
        document, tie = next((r.id, r.ties[0].id) for r in view.records if r.ties)
        ids = [found.actor.id for found in view.actors]
        refs = ((document, tie),)
        spells = tuple(
            Spell("command", ids[n], ids[n + 1], ids[n], ids[n + 1], None, Bound("2018-01-01", True, refs),
                  until, "2018-12-31" if until else "2019-12-31", refs)
            for n, until in ((0, Bound("2018-12-31", True, refs)), (1, None))
        )  # fmt: skip
        store.put_derived(Derived(view.actors, view.discrepancies, view.commitments, spells=spells), "tied")
    with running(create_app(tmp_path / "tied")) as at:
        yield at


def test_moving_the_day_ends_a_tie(chromium: Browser, tied: str) -> None:
    """The list and the address follow the slider, and a tie opens with its words without leaving the page."""
    page = chromium.new_page()
    page.goto(f"{tied}/network?on=2018-12-30")
    slider = page.locator("#slider")
    expect(slider).to_be_visible(timeout=20_000)
    expect(page.locator(".ties li[data-number]")).to_have_count(2)
    slider.focus()
    for _ in range(2):
        slider.press("ArrowRight")
    expect(page.locator(".ties li[data-number]")).to_have_count(1, timeout=20_000)
    expect(page.locator("#on")).to_have_value("2019-01-01")
    assert "on=2019-01-01" in page.url
    page.locator(".ties li[data-number] a").click()
    expect(page.locator("dialog mark").first).to_be_visible(timeout=20_000)
    page.close()


def test_search_cut_down_and_take_away(page: Page) -> None:
    """What is taken away is what the page shows."""
    page.goto("/tables")
    page.get_by_label("Words or names").fill("shelled")
    page.get_by_role("button", name="Search").click()
    expect(page.locator(".count")).to_contain_text("with “shelled”", timeout=20_000)
    page.locator('[aria-label="Kind"] a').first.click()
    expect(page.locator('[aria-label="Kind"] a[aria-current]')).to_have_count(1)
    shown = page.locator("table.findings tbody tr").count()
    with page.expect_download() as taken:
        page.get_by_role("link", name="JSONL").click()
    lines = Path(taken.value.path()).read_text(encoding="utf-8").splitlines()
    assert len(lines) == shown > 0


def test_the_timeline_is_searched_narrowed_by_drawing_and_listed(page: Page) -> None:
    """A stretch drawn over becomes the time of the page; what is counted there is what Tables lists."""
    page.goto("/timeline")
    chart = page.locator("[data-chart] .u-over")
    expect(chart).to_be_visible(timeout=20_000)
    whole = int(page.locator(".count b").inner_text())
    page.get_by_label("Words or names").fill("shelled")
    page.get_by_role("button", name="Search").click()
    expect(page.locator(".count")).to_contain_text("with “shelled”")
    found = int(page.locator(".count b").inner_text())
    assert 0 < found < whole
    page.goto("/timeline")
    expect(chart).to_be_visible(timeout=20_000)
    box = chart.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.99, box["y"] + 60, steps=5)
    page.mouse.up()
    expect(page.get_by_role("link", name="The whole time")).to_be_visible(timeout=20_000)
    assert "since=" in page.url and "until=" in page.url
    counted = int(page.locator(".count b").inner_text())
    assert 0 < counted < whole
    page.get_by_role("link", name="These in Tables").click()
    expect(page.locator(".count b")).to_have_text(str(counted))
    page.go_back()
    page.get_by_role("link", name="The whole time").click()
    expect(page.locator(".count b")).to_have_text(str(whole))


def test_an_actor_of_the_network_leads_to_who_it_is(chromium: Browser, tied: str) -> None:
    page = chromium.new_page()
    page.goto(f"{tied}/network?on=2018-12-30")
    page.locator(".ties li[data-number] a").first.click()
    expect(page.locator("dialog mark").first).to_be_visible(timeout=20_000)
    profile = page.locator("dialog .meta a").first
    name = profile.inner_text()
    profile.click()
    expect(page).to_have_url(re.compile(r"/actor\?id="))
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    actor = page.url.split("id=")[1]
    page.goto(f"{tied}/network?on=2018-12-30&actor={actor}")
    page.locator("a.profile").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    page.close()


def test_without_webgl_the_map_is_plain_and_leads_to_the_same_rows(chromium: Browser, served: str) -> None:
    context = chromium.new_context(base_url=served)
    context.add_init_script(
        "const own = HTMLCanvasElement.prototype.getContext;"
        "HTMLCanvasElement.prototype.getContext = function (kind, ...more) {"
        " return kind.startsWith('webgl') ? null : own.call(this, kind, ...more); };"
    )
    page = context.new_page()
    page.goto("/map")
    expect(page.locator("[data-drawn=flat] svg.flat")).to_be_visible(timeout=20_000)
    assert page.locator("svg.flat .land").count() > 100
    spot = page.locator("svg.flat a").first
    told = (spot.get_attribute("aria-label") or "").split(":")[0]
    spot.press("Enter")
    expect(page).to_have_url(re.compile(r"/tables\?"))
    expect(page.locator(".count")).to_contain_text(told)
    context.close()
