"""In a real Chromium: grades turned on, given beside the words, shown everywhere, taken back from the log."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from accessible import serious
from deeds_case import put_deeds
from looking import take, watched
from playwright.sync_api import Browser, Page, expect
from serving import running

from saydo import desk
from saydo.web import Settings, create_app

pytestmark = pytest.mark.browser
PAGES = {
    "grades": "/grades",
    "reader-graded": "/reader?report=pledge",
    "tables-graded": "/tables?table=statements",
    "tables-discrepancies-graded": "/tables?table=discrepancies",
    "dossier-graded": "/dossier",
    "audit-graded": "/audit",
}


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return put_deeds(tmp_path_factory.mktemp("graded") / "port")


@pytest.fixture(scope="module")
def at(port: Path) -> Iterator[str]:
    """The address at which the case is graded."""
    with running(create_app(port, Settings(who="Noor"))) as at:
        yield at


@pytest.fixture
def page(chromium: Browser, at: str) -> Iterator[Page]:
    with watched(chromium, at) as page:
        yield page


def test_grades_are_turned_on_given_seen_and_taken_back(page: Page, port: Path) -> None:
    """From the settings to the words of a report, to the table, and back through the audit log."""
    page.goto("/settings")
    page.get_by_role("link", name="turn it on").click()
    page.get_by_role("button", name="Turn them on").click()
    expect(page.get_by_role("heading", name="In this case they are on")).to_be_visible()
    page.goto("/reader?report=pledge")
    page.get_by_text("grade the source").click()
    page.locator(".report .grading select").select_option("C")
    page.locator(".report .grading input[name=why]").fill("often late")
    page.get_by_role("button", name="Give it").first.click()
    expect(page.locator(".report .grade-source")).to_contain_text("C fairly reliable")
    card = page.locator("#f-s0")
    card.get_by_text("grade the claim").click()
    card.locator(".grading select").select_option("2")
    card.get_by_role("button", name="Give it").click()
    expect(page.locator("#f-s0 .grade-claim")).to_contain_text("2 probably true")
    page.goto("/tables?table=statements")
    expect(page.locator("td.c-source_grade")).to_contain_text("C")
    expect(page.locator("td.c-claim_grade")).to_contain_text("2")
    page.goto("/discrepancies")
    page.locator(".pair-title").click()
    expect(page.locator(".passage.said .grade-source")).to_contain_text("C fairly reliable")
    page.goto("/audit")
    page.locator(".log li").filter(has_text="graded a claim").get_by_role("button", name="Undo").click()
    page.goto("/reader?report=pledge")
    expect(page.locator("#f-s0 .grade-claim")).to_have_count(0)
    expect(page.locator(".report .grade-source")).to_have_count(1)
    with desk.open_case(port) as store:
        assert [d.kind for d in store.decisions()] == ["show-grades", "grade-source", "grade-claim", "undo"]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_with_grades_fits_its_window_and_axe_finds_nothing_serious(
    chromium: Browser, at: str, name: str
) -> None:
    take(chromium, at + PAGES[name], name)
    for scheme in ("light", "dark"):
        context = chromium.new_context(base_url=at, color_scheme=scheme)  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(PAGES[name])
        for closed in page.locator(".grading details").all()[:3]:
            closed.evaluate("form => form.setAttribute('open', '')")
        assert serious(page) == []
        context.close()
