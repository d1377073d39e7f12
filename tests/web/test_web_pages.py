"""What the pages show, asked for by plain requests."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from web_case import HARM, put_case

from saydo.model.document import Document
from saydo.store import SqliteStore
from saydo.web import create_app
from saydo.web.assets import load_modules
from saydo.web.pages import pages
from saydo.web.pages.case import VISIT_GAP_SECONDS, Visit, next_visit


def words(html: str) -> str:
    """The words of a page on one line, entities resolved."""
    from html import unescape

    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def test_the_case_says_what_came_in_what_was_found_and_what_was_skipped(client: TestClient) -> None:
    shown = words(client.get("/").text)
    assert "4 discrepancies" in shown and "6 reports" in shown
    assert "reports/torn.pdf not a PDF: it has no trailer" in shown
    assert "the reader gave up on it" in shown
    assert "28 November" not in shown and "1 June 2019, 08:00 UTC done" in shown


def test_the_strongest_discrepancy_comes_first_with_both_passages(client: TestClient) -> None:
    page = client.get("/").text
    ids = re.findall(r'<article class="discrepancy" id="d-([^"]+)"', page)
    assert ids == ["dharm", "d0", "d1", "d2"]
    second = page.split('id="d-d0"')[1].split("</article>")[0]
    assert "Promised" in second and "Reported conduct" in second
    assert len(re.findall("<mark>", second)) >= 2
    assert "/reader?report=pledge&amp;finding=s0#f-s0" in second


def test_an_empty_case_teaches_how_to_fill_it(tmp_path: Path) -> None:
    SqliteStore.for_writing(tmp_path / "new").close()
    with TestClient(create_app(tmp_path / "new"), base_url="http://127.0.0.1") as client:
        assert "saydo run" in client.get("/").text
        assert client.get("/reports").status_code == 200


def test_what_is_new_is_told_after_a_visit_and_not_in_it(tmp_path: Path) -> None:
    """A report that comes in between two visits is new in the second, and stays so while that lasts."""
    case = put_case(tmp_path / "delta")
    with TestClient(create_app(case), base_url="http://127.0.0.1") as client:
        assert "New since" not in client.get("/").text
        with SqliteStore.for_writing(case) as store:
            store.add(Document(id="late", text="A late report."), b"late", "text/plain", "late.txt")
        for _ in range(2):
            assert "1 report" in words(client.get("/").text.split("New since your last visit")[1])


def test_a_visit_ends_after_a_while_away() -> None:
    first = next_visit(None, 10, 2, now=1000)
    during = next_visit(first, 12, 2, now=1060)
    assert (during.report, during.seen_report) == (10, 12)
    later = next_visit(during, 12, 3, now=1060 + VISIT_GAP_SECONDS + 1)
    assert (later.report, later.decision) == (12, 2)
    assert Visit.read(later.written()) == later
    assert Visit.read("nonsense") is None


def test_the_reader_gives_the_text_exactly(client: TestClient) -> None:
    """The runs joined are the report's text, whatever is in it."""
    page = client.get("/reader", params={"report": "harm/../<b>"}).text
    body = page.split('<div class="text"')[1].split(">", 1)[1].split("</div>")[0]
    from html import unescape

    assert unescape(re.sub(r"<[^>]+>", "", body)).strip("\n") == HARM
    assert "SHA-256" in page and "Save the bytes as they came" in page
    assert "Fiction." in page


def test_the_reader_says_how_a_page_was_captured(client: TestClient) -> None:
    """With what the server sent beside it, as words; of a report from a file there is nothing to say."""
    page = client.get("/reader", params={"report": "harm/../<b>"}).text
    shown = words(page)
    assert re.search(
        r"2019-05-20 07:08:09 UTC ?, asked for as https://asked.example/ ?, answer 200", shown
    ), shown
    assert "What the server sent beside it (1)" in shown and "<img src=x" not in page
    assert "Captured" not in words(client.get("/reader", params={"report": "breach"}).text)


def test_the_finding_in_the_address_is_open(client: TestClient) -> None:
    page = client.get("/reader", params={"report": "breach", "finding": "e0"}).text
    assert re.findall(r'data-finding="([^"]+)" tabindex="-1" aria-current="true"', page) == ["e0"]
    assert re.search(r'<mark class="[^"]*\bopen"', page)
    nothing = client.get("/reader", params={"report": "breach", "finding": "e99"})
    assert nothing.status_code == 200 and 'aria-current="true"' not in nothing.text


def test_a_report_that_was_not_coded_says_why(client: TestClient) -> None:
    shown = words(client.get("/reader", params={"report": "torn"}).text)
    assert "Not coded. the reader gave up on it" in shown and "Nothing to read here." in shown


def test_links_between_pages_lead_to_pages(client: TestClient) -> None:
    """Never into the API, although it has parts of the same names."""
    for path in ("/", "/reports", "/deeds"):
        assert "/api/" not in re.sub(r"<form.*?</form>", "", client.get(path).text, flags=re.S)


def test_the_source_is_saved_never_shown(client: TestClient) -> None:
    """Whatever the bytes are, a browser may not take them for a page."""
    answer = client.get("/source", params={"report": "harm/../<b>"})
    assert answer.content == HARM.encode("utf-8")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert re.fullmatch(r'attachment; filename="[\w.-]+"', answer.headers["content-disposition"])


def test_a_list_is_paged_and_filtered_by_its_address(client: TestClient) -> None:
    every = re.findall(r"/reader\?report=([\w%.]+)", client.get("/reports").text)
    assert len(every) == 6 and every[-1] == "torn", "newest first, undated last"
    oldest = re.findall(r"/reader\?report=([\w%.]+)", client.get("/reports?oldest=1").text)
    assert oldest == every[::-1]
    one = client.get("/reports", params={"since": "2019-05-20", "until": "2019-05-20"}).text
    assert re.findall(r"/reader\?report=([\w%.]+)", one) == ["harm%2F..%2F%3Cb%3E"]
    assert "No report is like that" in client.get("/reports?publisher=Nobody").text
    assert re.findall(r"/reader\?report=([\w%.]+)", client.get("/reports?failed=1").text) == ["torn"]


def test_a_date_that_is_none_is_told_in_one_line(client: TestClient) -> None:
    answer = client.get("/reports?since=yesterday")
    assert answer.status_code == 400 and "is no date" in answer.text


@pytest.mark.parametrize("path", ["/nothing", "/reader?report=nothing", "/source?report=nothing"])
def test_what_is_not_there_is_told_on_a_page(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "There is nothing here" in answer.text and "To the case" in answer.text


def test_the_bar_has_each_page_once_and_says_where_one_is(client: TestClient) -> None:
    page = client.get("/reports").text
    bar = page.split('<nav class="pages"')[1].split("</nav>")[0]
    titles = [p.title for p in pages() if p.in_nav]
    assert re.findall(r"<a [^>]+>([^<]+)</a>", bar) == titles
    assert len(set(titles)) == len(titles)
    assert bar.count('aria-current="page"') == 1


def test_pages_work_where_nothing_was_built(
    case: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A line in the log says so; the pages come without modules."""
    assert load_modules(tmp_path) == {}
    assert "not built" in caplog.text
    app = create_app(case)
    app.state.modules = {}
    with TestClient(app, base_url="http://127.0.0.1") as client:
        page = client.get("/reader?report=breach")
    assert page.status_code == 200 and "<script" not in page.text


def test_below_a_proxys_prefix_every_link_has_it(case: Path) -> None:
    app = create_app(case)
    with TestClient(app, base_url="http://127.0.0.1", root_path="/cases/delta") as client:
        for path in ("/", "/cases/delta/reports", "/reader?report=breach"):
            page = client.get(path).text
            links = re.findall(r'(?:href|src|action)="(/[^"]*)"', page)
            assert links and all(link.startswith("/cases/delta/") for link in links), links
            for link in re.findall(r'(?:href|src)="(/cases/delta/(?:static|built)/[^"]*)"', page):
                assert client.get(link).status_code == 200, link
