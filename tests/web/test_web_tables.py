"""Tables and the timeline: what is searched, cut down, sorted and taken away is what the case holds."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile

import pytest
from fastapi.testclient import TestClient
from web_case import NAME

from saydo.desk.tables import COLUMNS
from saydo.model.lookups import Heading
from saydo.model.tables import Line
from saydo.store.tables import matching


def rows(page: str) -> list[str]:
    """The findings of a page's table, in order, as the addresses of their words."""
    return re.findall(r'<a class="words" href="([^"#]+)#f-', page)


def test_a_table_lists_every_finding_of_its_sort(client: TestClient) -> None:
    for table, what in (("events", "event"), ("ties", "tie"), ("statements", "statement")):
        page = client.get("/tables", params={"table": table}).text
        held = client.get(f"/api/v1/{table}", params={"limit": 500}).json()["items"]
        assert len(rows(page)) == len(held) > 0
        assert client.get("/api/v1/table/facets", params={"sort": what}).json()["total"] == len(held)


@pytest.mark.parametrize(
    ("told", "cell"),
    [
        ({"realis": "actual", "polarity": "positive"}, "assault"),
        ({"realis": "future", "polarity": "negative"}, "assault, not so, to come"),
        ({"realis": "hypothetical", "polarity": "positive"}, "assault, possible"),
    ],
)
def test_what_was_not_done_is_never_shown_as_a_deed(told: dict[str, str], cell: str) -> None:
    """The kind stands beside what keeps it from being a deed, in the columns that everybody sees."""
    (kind,) = [c for c in COLUMNS["event"] if c.name == "kind"]
    heading = Heading("d", "Ceasefire signed", "ceasefire.txt", "Pamir Wire", "2018-07-21")
    line = Line("d", "e0", "ASSAULT", "2018-07-21", 0.9, "stop all attacks", "{}", None, heading, ())
    assert kind.usual and kind.cell(line, told) == cell


def test_words_are_found_in_quotes_and_names(client: TestClient) -> None:
    by_quote = client.get("/tables", params={"q": "quay shell*"}).text
    assert len(rows(by_quote)) == 1 and "harm" in rows(by_quote)[0]
    by_name = client.get("/tables", params={"q": "onerror"}).text
    assert len(rows(by_name)) == 1, "the name of the actor is searched too"
    assert rows(client.get("/tables", params={"q": '"quay the"'}).text) == []
    assert "Nothing is like that" in client.get("/tables", params={"q": "nowhere"}).text


@pytest.mark.parametrize(
    "q", ['"', "AND OR NOT", "(", "a:b", "*", "'; DROP TABLE found", "NEAR(", "-", '""""']
)
def test_nothing_that_is_typed_breaks_the_search(client: TestClient, q: str) -> None:
    for table in ("events", "ties", "statements", "discrepancies"):
        assert client.get("/tables", params={"table": table, "q": q}).status_code == 200


def test_what_is_typed_becomes_words() -> None:
    assert matching('river "old road" shell*') == '"river" "old road" "shell"*'
    assert matching(' " * ( ') == ""


def test_each_facet_says_how_many_rows_it_leads_to(client: TestClient) -> None:
    for table in ("events", "ties", "statements"):
        page = client.get("/tables", params={"table": table}).text
        facet = page.split('aria-label="Kind"')[1].split("</section>")[0]
        options = re.findall(r'href="([^"]+)".*?<span class="n">(\d+)</span>', facet)
        assert options
        for href, count in options:
            assert len(rows(client.get(href.replace("&amp;", "&")).text)) == int(count)


def test_facets_count_the_same_with_and_without_a_search(client: TestClient) -> None:
    """Hits of a search are counted one by one, everything else from the index: both must agree."""
    (actor, *_) = [a["actor"]["id"] for a in client.get("/api/v1/actors").json()["items"]]
    for sort in ("event", "tie", "statement"):
        for more in ({}, {"since": "2019"}, {"until": "2019-05-01"}):
            counted = client.get("/api/v1/table/facets", params={"sort": sort, **more}).json()
            lines = client.get("/api/v1/table", params={"sort": sort, "limit": 500, **more}).json()["items"]
            assert counted["total"] == len(lines) == sum(counted["kinds"].values())
            narrowed = {"sort": sort, "actor": actor, **more}
            counted = client.get("/api/v1/table/facets", params=narrowed).json()
            lines = client.get("/api/v1/table", params={**narrowed, "limit": 500}).json()["items"]
            assert counted["total"] == len(lines)
            assert all(actor in [t["actor"] for t in line["taking"]] for line in lines)


def test_order_and_paging_leave_nothing_out(client: TestClient) -> None:
    for order in ("newest", "oldest", "surest", "doubtful"):
        found, at = [], ""
        while True:
            part = client.get("/api/v1/table", params={"order": order, "limit": 2, "at": at}).json()
            found += [(line["document"], line["finding"]["id"]) for line in part["items"]]
            at = part["next"]
            if not at:
                break
        assert len(found) == len(set(found)) == len(client.get("/api/v1/events?limit=500").json()["items"])
    newest = [line["day"] for line in client.get("/api/v1/table?order=oldest").json()["items"]]
    known = [day for day in newest if day]
    assert known == sorted(known) and newest[len(known) :] == [None] * (len(newest) - len(known))


def test_columns_are_chosen_in_the_address(client: TestClient) -> None:
    page = client.get("/tables", params={"col": ["kind", "score"]}).text
    assert re.findall(r'<th scope="col"[^>]*>([^<]+)</th>', page) == ["Event", "Certainty", "Report"]
    answer = client.get("/tables", params={"col": "colour"})
    assert answer.status_code == 400 and "no column" in answer.text


def test_a_view_exports_what_it_shows(client: TestClient) -> None:
    for table in ("events", "ties", "statements"):
        for more in ({}, {"q": "the"}, {"since": "2019-05", "order": "oldest"}):
            asked = {"table": table, **more}
            shown = rows(client.get("/tables", params=asked).text)
            text = client.get("/tables/export", params={**asked, "format": "jsonl"}).text
            lines = [json.loads(line) for line in text.splitlines()]
            assert [(line["citation"]["document"], line["id"]) for line in lines] == [
                _finding(href) for href in shown
            ]
            table_of = client.get("/tables/export", params={**asked, "format": "csv"}).text
            read = list(csv.DictReader(io.StringIO(table_of)))
            assert [row["id"] for row in read] == [line["id"] for line in lines]


def test_a_table_is_taken_with_what_tells_of_its_columns(client: TestClient) -> None:
    """The same rows, and beside them the names of the columns and what stands in them."""
    asked = {"table": "events", "q": "the", "format": "csv"}
    page = client.get("/tables", params={"q": "the"}).text
    assert "format=csv&amp;pack=1" in page and "format=jsonl&amp;pack=1" not in page
    answer = client.get("/tables/export", params={**asked, "pack": "1"})
    assert answer.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as pack:
        assert pack.testzip() is None
        assert pack.namelist() == ["saydo-events.csv", "saydo-events.csv-metadata.json"]
        assert pack.read("saydo-events.csv") == client.get("/tables/export", params=asked).content
        described = json.loads(pack.read("saydo-events.csv-metadata.json"))
    assert described["url"] == "saydo-events.csv" and described["tableSchema"]["columns"]


def test_events_are_taken_in_the_columns_of_other_data_sets(client: TestClient) -> None:
    """Cut down as the page is; the file beside it counts what those columns have no place for."""
    asked = {"table": "events", "format": "polecat", "pack": "1"}
    with zipfile.ZipFile(io.BytesIO(client.get("/tables/export", params=asked).content)) as pack:
        assert pack.namelist() == ["saydo-events.tsv", "saydo-events.tsv-metadata.json"]
        taken = pack.read("saydo-events.tsv").decode().splitlines()
        described = json.loads(pack.read("saydo-events.tsv-metadata.json"))
    left = sum(int(line.split(":")[0]) for line in described["leftOut"] if line[0].isdigit())
    shown = client.get("/tables/export", params={"table": "events", "format": "jsonl"}).text.splitlines()
    assert len(taken) - 1 + left == len(shown) and len(taken) > 1
    assert client.get("/tables/export", params={"table": "ties", "format": "polecat"}).status_code == 400


def _finding(href: str) -> tuple[str, str]:
    from urllib.parse import parse_qs, urlsplit

    asked = parse_qs(urlsplit(href.replace("&amp;", "&")).query)
    return asked["report"][0], asked["finding"][0]


def test_discrepancies_are_searched_by_the_words_of_their_passages(client: TestClient) -> None:
    for q, has in (("shelled", True), ("مجلس", False)):
        asked = {"table": "discrepancies", "q": q}
        page = client.get("/tables", params=asked).text
        text = client.get("/tables/export", params={**asked, "format": "jsonl"}).text
        ids = [json.loads(line)["id"] for line in text.splitlines()]
        assert ("dharm" in ids) is has
        assert page.count('class="c-quote said"') == len(ids)


def test_a_format_that_saydo_does_not_write_is_told_in_one_line(client: TestClient) -> None:
    answer = client.get("/tables/export", params={"format": "docx"})
    assert (
        answer.status_code == 400
        and "acled, csv, geojson, icews, jsonl, kml, parquet, polecat" in answer.text
    )


def test_names_are_escaped(client: TestClient) -> None:
    page = client.get("/tables").text
    assert NAME not in page and "&gt;&lt;img src=x" in page


def test_counts_over_time_add_up(client: TestClient) -> None:
    """By month from the counted table, by day from the index: the same findings."""
    for sort in ("event", "tie", "statement"):
        months = client.get("/api/v1/timeline", params={"sort": sort}).json()
        days = client.get("/api/v1/timeline", params={"sort": sort, "by": "day"}).json()
        dated = client.get("/api/v1/table", params={"sort": sort, "limit": 500}).json()["items"]
        total = sum(1 for line in dated if line["day"])
        assert sum(b["count"] for b in months) == sum(b["count"] for b in days) == total


def test_the_timeline_and_the_map_count_what_a_search_finds(client: TestClient) -> None:
    """And lead to the same rows in Tables."""
    for path, more in (("/timeline", {"table": "events"}), ("/map", {})):
        whole = client.get(path, params=more).text
        found = client.get(path, params={**more, "q": "shelled", "kind": "assault"}).text
        counted = [int(re.search(r"<b>(\d+)</b>", page)[1]) for page in (whole, found)]  # type: ignore[index]
        assert 0 < counted[1] < counted[0], path
        assert "with “shelled”" in found and 'name="q" value="shelled"' in found
        link = re.search(r'href="(/tables[^"]+)">These in Tables', found)[1].replace("&amp;", "&")  # type: ignore[index]
        assert len(rows(client.get(link).text)) >= counted[1]
        assert "Nothing" in client.get(path, params={**more, "q": "nowhere"}).text or path == "/map"
