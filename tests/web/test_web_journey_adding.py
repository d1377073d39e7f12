"""The journey of adding, in a real Chromium: paste one report, choose a file with another, run, follow the run, and
open the discrepancy between them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from accessible import serious
from looking import take
from playwright.sync_api import Browser, Page, expect
from serving import running

from saydo.desk import make_case
from saydo.web import Settings, create_app

pytestmark = pytest.mark.browser
ROOT = Path(__file__).resolve().parents[2]
VOW = "The Taliban vowed that they would not attack Tajikistan."
DEED = "The Taliban attacked Tajikistan on 9 May."


@pytest.fixture
def at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a workbench over an empty case, whose reader takes two seconds over a report."""
    paths = [str(ROOT / "src"), str(ROOT / "tests/cli")]
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(paths))
    monkeypatch.setenv("SAYDO_TEST_SECONDS", "2")
    make_case(tmp_path / "border")
    app = create_app(tmp_path / "border", Settings(reader="cli_reader:reader"))
    with running(app, grace=3) as at:
        yield at


def added(page: Page, at: str, file: Path) -> None:
    """Adds the vow by paste and the deed by file; ends on the look at both."""
    page.goto(f"{at}/")
    page.get_by_role("link", name="Add reports").click()
    page.get_by_label("Words of one report").fill(VOW)
    text = page.locator("section[aria-labelledby=h-text]")
    text.get_by_label("Title").fill("A vow at the border")
    text.get_by_label("Publisher").fill("Harbour Post")
    text.get_by_label("Published on").fill("2019-05-03")
    page.get_by_role("button", name="Add text").click()
    files = page.locator("section[aria-labelledby=h-files]")
    files.locator("summary").click()
    files.get_by_label("Published on").fill("2019-05-10")
    page.get_by_label("Drop files here").set_input_files(file)
    expect(page.locator(".piece-list > li")).to_have_count(2, timeout=30_000)
    expect(page.get_by_role("status").filter(has_text="2 reports that are new")).to_be_visible(timeout=60_000)


def test_two_reports_are_added_and_run_and_their_discrepancy_opened(
    chromium: Browser, at: str, tmp_path: Path
) -> None:
    (tmp_path / "deed.txt").write_text(DEED)
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
    added(page, at, tmp_path / "deed.txt")
    assert serious(page) == []
    take(chromium, page.url, "add")
    page.get_by_label("Your name, for the log of runs").fill("Ana")
    page.get_by_role("button", name="Run", exact=True).click()
    expect(page.locator("[data-doing]")).to_have_text("Reading and coding", timeout=60_000)
    assert serious(page) == []
    take(chromium, page.url, "run-live")
    # the page is loaded anew by itself once the run has ended
    expect(page.get_by_role("heading", name="What rests on the new reports")).to_be_visible(timeout=90_000)
    take(chromium, page.url, "run")
    assert serious(page) == []
    page.locator(".discrepancy a.cited").first.click()
    expect(page.locator("[aria-current=true][data-finding]")).to_have_count(1)
    expect(page.locator(".text")).to_contain_text("vowed that they would not attack")
    for name, path in (("runs", "/runs"), ("settings", "/settings"), ("case-new", "/")):
        page.goto(at + path)
        assert serious(page) == []
        take(chromium, at + path, name)
    context.close()
    assert not faults


def test_files_can_be_dropped_anywhere_and_one_that_is_refused_is_told(chromium: Browser, at: str) -> None:
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"{at}/add")
    page.route("**/file?*bad*", lambda route: route.fulfill(status=400, json={"detail": "is over the limit"}))
    page.evaluate(
        """() => { const data = new DataTransfer();
        data.items.add(new File(["It rained."], "weather.txt")); data.items.add(new File(["x"], "bad.txt"));
        document.querySelector("h1").dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true })); }"""
    )
    expect(page.locator("[data-sending]")).to_contain_text("1 of 2 were taken")
    expect(page.locator("[data-sending] li")).to_have_text("bad.txt: is over the limit")
    page.get_by_role("link", name="Go on with those that were taken").click()
    expect(page.locator(".piece-list > li")).to_have_count(1)
    expect(page.locator(".piece-list")).to_contain_text("weather.txt")
    context.close()


def test_adding_and_running_work_without_javascript(chromium: Browser, at: str, tmp_path: Path) -> None:
    """A plain page loads itself anew until the look, and the run, are done."""
    (tmp_path / "weather.txt").write_text("It rained.")
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{at}/add")
    page.get_by_label("Drop files here").set_input_files(tmp_path / "weather.txt")
    page.get_by_role("button", name="Add files").click()
    expect(page.get_by_role("status").filter(has_text="1 report that is new")).to_be_visible(timeout=60_000)
    page.get_by_role("button", name="Run", exact=True).click()
    expect(page.get_by_role("heading", name="Added 1")).to_be_visible(timeout=90_000)
    context.close()
