"""In a real Chromium: from the case to a verdict and a printed dossier, by mouse and by keys."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from deeds_case import copy, put_deeds
from looking import watched
from playwright.sync_api import Browser, Page, expect
from serving import running

from saydo.desk import open_case
from saydo.web import Settings, create_app

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def weighed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return put_deeds(tmp_path_factory.mktemp("journey") / "port")


@pytest.fixture
def case(weighed: Path, tmp_path: Path) -> Path:
    return copy(weighed, tmp_path / "port")


@pytest.fixture
def desk_page(chromium: Browser, case: Path) -> Iterator[Page]:
    """A window on a workbench of its own, in which something may be decided."""
    with running(create_app(case, Settings(who="Noor"))) as at, watched(chromium, at) as page:
        yield page


def test_from_the_case_to_a_printed_dossier(desk_page: Page, case: Path) -> None:
    """The journey: the top discrepancy, both its passages in the reader, a verdict, the dossier."""
    page = desk_page
    page.goto("/")
    page.locator("article.discrepancy h3 a").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("A promise, and what was then done")
    for side, words in (("said", "that it would not shell Atyrau"), ("against", "shelled")):
        page.locator(f".poles .passage.{side} a.cited").click()
        expect(page.locator("mark.open").first).to_be_in_viewport()
        assert words in "".join(page.locator("mark.open").all_text_contents())
        page.go_back()
    page.get_by_label("Reason").select_option("the words are read rightly")
    page.get_by_label("Note").fill("the port log agrees")
    page.get_by_role("button", name="Uphold").click()
    expect(page.locator(".held")).to_contain_text("upheld by Noor")
    expect(page.locator(".history")).to_contain_text("the words are read rightly: the port log agrees")
    with open_case(case) as store:
        [decision] = store.decisions()
    assert (decision.kind, decision.who) == ("uphold", "Noor")
    page.get_by_role("link", name="Dossier").click()
    expect(page.get_by_role("button", name="Print")).to_be_visible()
    expect(page.locator(".dossier")).to_contain_text("upheld by Noor")
    paper = page.pdf(format="A4")
    assert paper.startswith(b"%PDF") and len(paper) > 5_000
    page.emulate_media(media="print")
    assert not page.locator(".bar").is_visible() and not page.get_by_role("button", name="Print").is_visible()
    expect(page.locator(".notes li")).to_have_count(2)


def test_a_verdict_by_keys_alone_and_its_undoing(desk_page: Page) -> None:
    page = desk_page
    page.goto("/discrepancies")
    page.locator(".pair-title").press("Enter")
    expect(page.get_by_label("Note")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("data-script", "on")
    page.wait_for_load_state()  # the keys come with a script of the page's own, behind the one for all
    page.keyboard.press("n")
    expect(page.get_by_label("Note")).to_be_focused()
    page.keyboard.type("u and x are only letters here")
    expect(page.get_by_label("Note")).to_have_value("u and x are only letters here")
    page.get_by_label("Note").evaluate("field => field.blur()")
    page.keyboard.press("x")
    expect(page.locator("p.caution-note")).to_contain_text("Rejected.")
    page.wait_for_load_state()
    page.keyboard.press("Backspace")
    expect(page.locator(".history li")).to_have_count(2)
    expect(page.locator(".head .standing")).to_contain_text("not decided")
    page.wait_for_load_state()
    page.keyboard.press("d")
    expect(page.locator(".dossier")).to_be_visible()


def test_the_picture_leads_to_the_pair_and_to_the_words(desk_page: Page) -> None:
    page = desk_page
    page.goto("/deeds?actor=reed-company")
    page.locator("svg .number").click()
    expect(page).to_have_url(re.compile(r"/discrepancy\?id=d-"))
    page.go_back()
    page.locator("svg .spot.said").first.click()
    expect(page.locator("mark.open").first).to_be_visible()


def test_verdicts_need_no_javascript(chromium: Browser, desk_page: Page) -> None:
    desk_page.goto("/discrepancies")
    base = desk_page.url.removesuffix("/discrepancies")
    context = chromium.new_context(base_url=base, java_script_enabled=False)
    page = context.new_page()
    page.goto("/discrepancies")
    page.locator(".pair-title").click()
    page.get_by_role("button", name="Reject").click()
    expect(page.locator("p.caution-note")).to_contain_text("Rejected.")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".head .standing")).to_contain_text("not decided")
    context.close()
