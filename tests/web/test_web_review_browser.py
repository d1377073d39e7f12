"""Review in a real Chromium: by keyboard alone, with corrections, undoing, and a coding anew in between."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from accessible import serious
from looking import take, watched
from playwright.sync_api import Browser, Page, expect
from review_case import code_anew, put_review_case
from serving import running

from saydo import desk
from saydo.model.waiting import LogFilter
from saydo.store import SqliteStore
from saydo.web import Settings, create_app

pytestmark = pytest.mark.browser
PAGES = {
    "review": "/review",
    "review-filtered": "/review?what=event&order=weight&since=2019",
    "review-decided": "/review?state=accepted",
    "review-nothing": "/review?state=flagged",
    "review-bulk": "/review/bulk?decision=reject&what=tie",
    "actors": "/actors",
    "actor": "/actor?id=kolda-river-brigade",
    "actors-pair": "/actors/pair?one=kolda-river-brigade&other=weir-watch",
    "questions": "/questions",
    "audit": "/audit",
    "chain": "/audit/chain",
    "reader-reviewed": "/reader?report=r3",
}


@pytest.fixture(scope="module")
def river(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return put_review_case(tmp_path_factory.mktemp("browser") / "river", reports=16)


@pytest.fixture(scope="module")
def at(river: Path) -> Iterator[str]:
    """The address at which the case is reviewed."""
    app = create_app(river, Settings(who="Noor"))
    with running(app) as at:
        yield at


@pytest.fixture
def page(chromium: Browser, at: str) -> Iterator[Page]:
    with watched(chromium, at) as page:
        yield page


def in_view(page: Page) -> str:
    item = page.locator("[data-item]:visible")
    return f"{item.get_attribute('data-document')} {item.get_attribute('data-finding')}"


def decided(river: Path) -> list[str]:
    """What was decided and still holds, the first decision first."""
    store = desk.open_case(river)
    try:
        log = store.log(LogFilter(undone=False), None, 500).items
    finally:
        store.close()
    return [each.decision.kind for each in reversed(log) if each.decision.undoes is None]


def wait_for(river: Path, count: int) -> None:
    until = time.monotonic() + 15
    while len(decided(river)) != count and time.monotonic() < until:
        time.sleep(0.05)
    assert len(decided(river)) == count


def test_thirty_findings_are_reviewed_by_keyboard_alone(page: Page, river: Path) -> None:
    """And no key waits for the server: the next one is in view before the decision is written down."""
    page.goto("/review")
    seen = []
    for number in range(30):
        seen.append(in_view(page))
        page.keyboard.press("x" if number % 5 == 4 else "a")
        assert in_view(page) != seen[-1]
    wait_for(river, 30)
    assert len(set(seen)) == 30
    assert decided(river).count("reject-finding") == 6
    expect(page.locator("[data-decided]")).to_have_text("30")
    page.reload()
    expect(page.locator("[data-decided]")).to_have_text("30")
    assert in_view(page) not in seen


def test_backspace_takes_back_and_space_decides_nothing(page: Page, river: Path) -> None:
    page.goto("/review")
    before = len(decided(river))
    first = in_view(page)
    page.keyboard.press("Space")
    second = in_view(page)
    assert second != first and len(decided(river)) == before
    page.keyboard.press("x")
    wait_for(river, before + 1)
    page.keyboard.press("Backspace")
    assert in_view(page) == second
    wait_for(river, before)
    page.keyboard.press("Backspace")
    assert in_view(page) == first
    assert len(decided(river)) == before


def test_a_finding_is_corrected_with_the_keyboard(page: Page, river: Path) -> None:
    page.goto("/review?what=event")
    before = len(decided(river))
    id = in_view(page).split()
    page.keyboard.press("e")
    chosen = page.locator("[data-item]:visible select[name=kind]")
    expect(chosen).to_be_focused()
    chosen.select_option("COERCE")
    page.keyboard.press("Enter")
    page.locator("[data-item]:visible .edit button").press("Enter")
    page.wait_for_url("**/review?what=event*")
    assert len(decided(river)) == before + 1
    page.goto(f"/review?document={id[0]}&finding={id[1]}")
    expect(page.locator("[data-item] h2")).to_have_text("COERCE")


def test_letters_written_into_a_field_decide_nothing(page: Page, river: Path) -> None:
    page.goto("/review")
    before = len(decided(river))
    page.locator("[data-item]:visible .actions input[name=why]").fill("")
    page.locator("[data-item]:visible .actions input[name=why]").press_sequentially("axf ")
    assert len(decided(river)) == before


def test_the_keys_are_told(page: Page) -> None:
    page.goto("/review")
    expect(page.locator("[data-help]")).to_be_hidden()
    page.keyboard.press("?")
    expect(page.locator("[data-help]")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("[data-help]")).to_be_hidden()


def test_what_was_rejected_is_still_rejected_after_coding_anew(page: Page, river: Path) -> None:
    page.goto("/review?what=event")
    document = in_view(page).split()[0]
    page.keyboard.press("x")
    expect(page.locator("[data-told]")).to_contain_text("written down as decision")
    code_anew(river, reports=16)
    page.goto(f"/review?state=rejected&report={document}")
    expect(page.locator(".settled .item h2").filter(has_text="ASSAULT")).to_have_count(1)
    page.goto(f"/review?what=event&report={document}")
    expect(page.locator("[data-item]")).to_have_count(0)


def test_two_actors_are_merged_and_the_merge_is_undone(page: Page) -> None:
    page.goto("/actor?id=kolda-river-brigade")
    page.get_by_placeholder("name or id of another").fill("weir watch")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Are these two one?")
    page.get_by_label("Why").fill("the same banner")
    page.get_by_role("button", name="Merge them").click()
    expect(page.locator(".merges")).to_contain_text("Weir Watch")
    page.get_by_role("button", name="Undo this merge").click()
    expect(page.locator("#h-merges")).to_have_count(0)
    page.goto("/audit")
    expect(page.locator(".log li").first).to_contain_text("took a decision back")
    expect(page.locator(".log")).to_contain_text("the same banner")


def test_selected_words_become_a_finding_at_their_code_points(page: Page, river: Path) -> None:
    """Behind an emoji, too, which is two units to the browser and one code point to the records."""
    page.goto("/reader?report=r3")
    page.evaluate(
        """() => {
          const walk = document.createTreeWalker(document.querySelector('.text'), NodeFilter.SHOW_TEXT);
          while (walk.nextNode()) {
            const at = walk.currentNode.data.indexOf('the quay of');
            if (at < 0) continue;
            getSelection().setBaseAndExtent(walk.currentNode, at + 4, walk.currentNode, at + 8);
            document.dispatchEvent(new PointerEvent('pointerup'));
            return;
          }
        }"""
    )
    expect(page.locator("[data-selected]")).to_have_text("quay")
    page.locator("[data-adding] select[name=kind]").select_option("event:MOBILIZE")
    page.get_by_role("button", name="Add it").click()
    expect(page.locator("[data-finding][aria-current=true]")).to_contain_text("MOBILIZE")
    expect(page.locator("mark.open")).to_contain_text("quay")
    store = desk.open_case(river)
    (made,) = (e for e in store.record("r3").events if e.rule == "person")
    text = store.document("r3").text
    store.close()
    assert text[slice(*made.trigger)] == "quay"


def test_without_javascript_one_reviews_with_buttons(chromium: Browser, at: str, river: Path) -> None:
    context = chromium.new_context(base_url=at, java_script_enabled=False)
    page = context.new_page()
    page.goto("/review?what=tie")
    before, first = len(decided(river)), in_view(page)
    page.locator("[data-item]:visible").get_by_text("Skip").click()
    second = in_view(page)
    assert second != first
    page.locator("[data-item]:visible").get_by_role("button", name="Flag").click()
    assert in_view(page) != second
    assert len(decided(river)) == before + 1
    page.goto("/audit")
    page.get_by_role("button", name="Undo decision").first.click()
    assert len(decided(river)) == before
    context.close()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_its_window_and_is_pictured(chromium: Browser, at: str, name: str) -> None:
    take(chromium, at + PAGES[name], name)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_serious(chromium: Browser, at: str, name: str, scheme: str) -> None:
    context = chromium.new_context(base_url=at, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(PAGES[name])
    assert serious(page) == []
    context.close()


def test_while_a_run_writes_what_is_decided_waits_in_the_page(
    chromium: Browser, at: str, river: Path
) -> None:
    """One goes on deciding; nothing is lost, and nobody has to decide twice."""
    context = chromium.new_context(base_url=at)
    page = context.new_page()
    page.goto("/review?what=statement")
    told = page.locator("[data-waits]")
    expect(told).to_be_hidden()
    with SqliteStore.for_writing(river) as run:
        before = len(run.decisions())
        page.keyboard.press("f")
        page.keyboard.press("f")
        expect(told).to_contain_text("A run is writing to the case")
        assert len(run.decisions()) == before
    expect(told).to_be_hidden(timeout=15_000)
    expect(page.locator("[data-told]")).to_contain_text("written down")
    with desk.open_case(river) as store:
        assert len(store.decisions()) == before + 2
    context.close()
