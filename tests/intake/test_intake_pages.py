"""Web pages: the article without its furniture, and what the page says of itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from intake_making import one, refused, take

PAGE = """<!doctype html><html lang="en-GB"><head><meta charset="utf-8">
<title>Convoy stopped at Karamyk | Alay Courier</title>
<meta property="og:site_name" content="Alay Courier"><meta name="author" content="Nargiz Ulan">
<meta property="article:published_time" content="2021-05-03T10:00:00+06:00"><meta name="fiction" content="yes">
<link rel="canonical" href="https://courier.example/convoy">
<script>var text = "not to be read";</script></head>
<body><nav><a href="/">Home</a> <a href="/p">Politics</a></nav>
<article><h1>Convoy stopped at Karamyk</h1>
<p>A convoy of nine lorries was stopped
at the Karamyk crossing on <b>Monday</b>, customs officers said, and its cargo was taken to a yard in the town.</p>
<blockquote><p>“We waited for two days,” a driver said.</p></blockquote>
<table><tr><td>lorries</td><td>nine</td></tr></table>
<p>The League, which holds the northern slope, denied that its men had stopped the convoy.</p></article>
<footer>All rights reserved</footer></body></html>"""


def test_a_page_gives_its_article_and_its_facts(tmp_path: Path) -> None:
    path = tmp_path / "convoy.html"
    path.write_text(PAGE, encoding="utf-8")
    document = one(path).document
    assert document.text.split("\n\n") == [
        "A convoy of nine lorries was stopped at the Karamyk crossing on Monday, customs officers said, and its "
        "cargo was taken to a yard in the town.",
        "“We waited for two days,” a driver said.",
        "lorries\tnine",
        "The League, which holds the northern slope, denied that its men had stopped the convoy.",
    ]
    assert document.title == "Convoy stopped at Karamyk"
    assert (document.publisher, document.author) == ("Alay Courier", "Nargiz Ulan")
    assert (document.date, document.language) == ("2021-05-03", "en-GB")
    assert document.url == "https://courier.example/convoy"
    assert ("fiction", "yes") in document.metadata


def test_reading_a_page_twice_gives_the_same(tmp_path: Path) -> None:
    """No cache or clock in the extraction shows through."""
    path = tmp_path / "again.htm"
    path.write_text(PAGE, encoding="utf-8")
    assert one(path) == one(path)


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>Short note from Rushan.</p>", "Short note from Rushan."),
        ("<html><body><div>First line.<br>Second line.</div><div>Third.</div></body></html>", None),
        ("<html><body><h2>Only a heading</h2></body></html>", "Only a heading"),
        ("<html><body><p>Tom &amp; Co.&nbsp;met</p><!-- hidden --></body></html>", "Tom & Co. met"),
    ],
)
def test_short_and_plain_pages_are_read_whole(tmp_path: Path, markup: str, text: str | None) -> None:
    path = tmp_path / "short.html"
    path.write_text(markup)
    found = one(path).document.text
    if text is None:
        assert found.replace("\n\n", "\n").split("\n") == ["First line.", "Second line.", "Third."]
    else:
        assert found == text


@pytest.mark.parametrize("encoding", ["windows-1251", "koi8-r", "utf-8"])
def test_the_declared_charset_is_believed(tmp_path: Path, encoding: str) -> None:
    page = f'<html><head><meta charset="{encoding}"></head><body><p>Глава района Рушан отверг обвинения.</p></body>'
    path = tmp_path / "ru.html"
    path.write_bytes(page.encode(encoding))
    assert one(path).document.text == "Глава района Рушан отверг обвинения."


def test_a_page_saved_as_txt_is_still_a_page(tmp_path: Path) -> None:
    path = tmp_path / "saved.txt"
    path.write_text(PAGE, encoding="utf-8")
    item = one(path)
    assert item.media_type == "text/html"
    assert "<p>" not in item.document.text


def test_a_page_without_words_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "app.html"
    path.write_text("<html><body><script>render()</script></body></html>")
    assert "no text" in refused(path).reason


def test_deep_nesting_and_odd_characters_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "deep.html"
    path.write_bytes(b"<html><body>" + b"<div>" * 900 + b"Word \x00 here." + b"</div>" * 900)
    assert "here." in one(path).document.text
    path.write_bytes(b"<html><body>" + b"<div>" * 50_000 + b"Word." + b"</div>" * 50_000)
    taken, skipped = take(path)
    assert len(taken) + len(skipped) == 1
