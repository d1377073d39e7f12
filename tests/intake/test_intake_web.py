"""Addresses and feeds, against a server on this machine."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from pathlib import Path

import pytest
from intake_making import LOCAL, Page, one, refused, server, take

from saydo.intake import Limits
from saydo.intake.fetch import Fetcher, is_private
from saydo.model.errors import InputError

HTML = {"Content-Type": "text/html; charset=utf-8"}


def page(title: str, words: str) -> Page:
    body = f"<html><head><title>{title}</title></head><body><article><p>{words}</p></article></body></html>"
    return 200, HTML, body.encode()


def test_a_page_is_fetched_and_robots_asked_first() -> None:
    with server({"/story": page("Dam", "The dam held, engineers in Roghun said.")}) as (base, asked):
        item = one(f"{base}/story")
    assert asked == ["/robots.txt", "/story"]
    assert item.document.text == "The dam held, engineers in Roghun said."
    assert (item.document.title, item.document.url) == ("Dam", f"{base}/story")
    assert item.media_type == "text/html"


def test_how_a_page_was_captured_is_kept() -> None:
    """When, from where, what the server sent beside it, by what; and the digest that binds it to the bytes."""
    headers = {**HTML, "Last-Modified": "Mon, 06 May 2019 10:00:00 GMT", "X-Twice": "a"}
    pages = {"/old": (302, {"Location": "/story"}, b""), "/story": (200, headers, page("Dam", "It held.")[2])}
    with server(pages) as (base, _):
        item = one(f"{base}/old")
    capture = item.capture
    assert capture is not None
    assert (capture.requested, capture.url, capture.status) == (f"{base}/old", f"{base}/story", 200)
    assert ("last-modified", "Mon, 06 May 2019 10:00:00 GMT") in capture.headers
    assert capture.payload == item.document.source_sha256 == hashlib.sha256(item.original).hexdigest()
    assert re.fullmatch(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ", capture.at)
    assert capture.tool.startswith("saydo/")


def test_pages_behind_a_feed_are_captured_each_for_itself() -> None:
    feed = (
        b'<rss version="2.0"><channel><title>Wire</title><item><title>Dam</title><link>/story</link></item>'
        b"<item><title>Own words</title><description>The gate stuck.</description></item></channel></rss>"
    )
    pages = {"/story": page("Dam", "It held.")}
    with server(pages) as (base, _):
        pages["/feed"] = (
            200,
            {"Content-Type": "application/rss+xml"},
            feed.replace(b"/story", f"{base}/story".encode()),
        )
        linked, own = take(f"{base}/feed")[0]
    assert linked.capture and linked.capture.url == f"{base}/story"
    assert linked.capture.payload == linked.document.source_sha256
    assert own.capture and own.capture.url == f"{base}/feed"
    assert own.capture.payload != own.document.source_sha256, "a part of the feed is not the whole of it"


def test_a_file_was_not_captured_from_the_web(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The dam held.")
    assert one(tmp_path / "a.txt").capture is None


def test_redirects_are_followed_and_noted() -> None:
    pages = {
        "/old": (302, {"Location": "/new"}, b""),
        "/new": page("New", "Moved words are still words."),
        "/loop": (301, {"Location": "/loop"}, b""),
    }
    with server(pages) as (base, _):
        document = one(f"{base}/old").document
        assert document.url == f"{base}/new"
        assert ("requested_url", f"{base}/old") in document.metadata
        assert "redirected more than 5 times" in refused(f"{base}/loop").reason


@pytest.mark.parametrize(
    ("status", "rules", "told"),
    [
        (200, b"User-agent: *\nDisallow: /private", "robots.txt"),
        (200, b"User-agent: *\nDisallow: /*/story$", "robots.txt"),
        (200, b"User-agent: saydo\nDisallow: /\n\nUser-agent: *\nAllow: /", "robots.txt"),
        (200, b"User-agent: *\nCrawl-delay: 900", "too slow"),
        (503, b"", "503"),
    ],
)
def test_robots_rules_are_kept(status: int, rules: bytes, told: str) -> None:
    pages = {
        "/robots.txt": (status, {"Content-Type": "text/plain"}, rules),
        "/private/story": page("P", "Words."),
    }
    with server(pages) as (base, asked):
        assert told in refused(f"{base}/private/story").reason
        assert asked == ["/robots.txt"]
        assert one(f"{base}/private/story", replace(LOCAL, respect_robots=False)).document.text == "Words."


def test_a_host_is_given_time_between_visits() -> None:
    waited: list[float] = []
    pages = {
        "/robots.txt": (200, {}, b"User-agent: *\nCrawl-delay: 3"),
        "/a": page("A", "a"),
        "/b": page("B", "b"),
    }
    with server(pages) as (base, _):
        fetcher = Fetcher(LOCAL, sleep=waited.append, clock=lambda: 100.0)
        fetcher.fetch(f"{base}/a")
        fetcher.fetch(f"{base}/b")
        fetcher.close()
    assert waited == [3.0, 3.0]


@pytest.mark.parametrize(
    ("path", "told"),
    [("/missing", "answered 404"), ("/big", "over the limit of 50,000 bytes"), ("/picture", "image/png")],
)
def test_answers_that_give_no_report_say_why(path: str, told: str) -> None:
    pages = {
        "/big": (200, HTML, b"<p>" + b"word " * 20_000),
        "/picture": (200, {"Content-Type": "image/png"}, b"not really"),
    }
    with server(pages) as (base, _):
        assert told in refused(f"{base}{path}", replace(LOCAL, max_bytes=50_000)).reason


def test_an_address_may_hold_any_kind_of_report() -> None:
    pages = {
        "/lines": (200, {"Content-Type": "application/x-ndjson"}, b'{"id": "a", "text": "One."}\n'),
        "/plain": (200, {"Content-Type": "text/plain; charset=koi8-r"}, "Тихо.".encode("koi8-r")),
        "/notes.md": (200, {"Content-Type": "text/plain"}, b"# Notes\n\nWords."),
    }
    with server(pages) as (base, _):
        assert one(f"{base}/lines").document.id == "a"
        assert one(f"{base}/plain").document.text == "Тихо."
        assert one(f"{base}/notes.md").media_type == "text/markdown"


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("ftp://files.example/a.txt", "only http and https"),
        ("file:///etc/hosts", "only http and https"),
        ("http://user:secret@host.example/", "password"),
        ("http://127.0.0.1:9/", "this machine"),
        ("http://localhost:9/", "this machine"),
        ("http://[::1]:9/", "this machine"),
        ("http://10.1.2.3/", "private network"),
        ("http://169.254.169.254/latest", "private network"),
        ("http:///path", "no host"),
    ],
)
def test_addresses_that_may_not_be_fetched_are_refused(url: str, told: str) -> None:
    assert told in refused(url, Limits()).reason


def test_a_redirect_into_a_private_network_is_not_followed() -> None:
    """Every hop is checked, not only the first."""
    with server({"/": (302, {"Location": "http://169.254.169.254/"}, b"")}) as (base, _):
        fetcher = Fetcher(
            Limits(delay=0.0), barred=lambda address: address != "127.0.0.1" and is_private(address)
        )
        with pytest.raises(InputError, match="private network"):
            fetcher.fetch(f"{base}/")
        fetcher.close()


@pytest.mark.parametrize(
    ("address", "private"),
    [
        ("8.8.8.8", False),
        ("2001:4860:4860::8888", False),
        ("192.168.0.1", True),
        ("100.64.0.1", True),
        ("0.0.0.0", True),
        ("224.0.0.1", True),
        ("fe80::1%eth0", True),
        ("::ffff:10.0.0.1", True),
        ("64:ff9b::7f00:1", True),
        ("2002:7f00:1::", True),
        ("fec0::1", True),
        ("::10.0.0.1", True),
        ("::ffff:0:10.0.0.1", True),
        ("64:ff9b:1::a00:1", True),
    ],
)
def test_private_addresses_are_known_in_every_dress(address: str, private: bool) -> None:
    assert is_private(address) is private


def test_a_server_that_is_gone_is_one_line() -> None:
    with server({}) as (base, _):
        pass
    assert "\n" not in refused(f"{base}/story").reason
    with pytest.raises(InputError):
        Fetcher(LOCAL).fetch(f"{base}/story")


RSS = """<?xml version="1.0" encoding="utf-8"?>
<!-- a comment --><rss version="2.0"><channel><title>Vakhsh Dispatch</title><language>en</language>
<item><title>Page one</title><link>{base}/one</link><pubDate>Mon, 02 Mar 2015 08:00:00 +0500</pubDate>
<description>Teaser of page one.</description></item>
<item><title>Barred</title><link>{base}/barred/two</link><pubDate>Tue, 03 Mar 2015 08:00:00 +0500</pubDate>
<description>&lt;p&gt;The &lt;b&gt;entry's&lt;/b&gt; own words.&lt;/p&gt;&lt;p&gt;More.&lt;/p&gt;</description></item>
<item><title>Nothing</title><link>{base}/gone</link></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Panj Log</title>
<entry><title>Level</title><id>1</id><updated>2015-04-05T06:07:08Z</updated><author><name>R. Aziz</name></author>
<content type="html">&lt;p&gt;The river rose.&lt;/p&gt;</content></entry></feed>"""


def feed_pages(base: str) -> dict[str, Page]:
    return {
        "/robots.txt": (200, {"Content-Type": "text/plain"}, b"User-agent: *\nDisallow: /barred"),
        "/feed": (200, {"Content-Type": "application/rss+xml"}, RSS.format(base=base).encode()),
        "/one": page("Page one", "The whole of page one, as its reporter wrote it in Kulob."),
    }


def test_a_feed_gives_its_pages_or_its_own_words() -> None:
    pages: dict[str, Page] = {}
    with server(pages) as (base, asked):
        pages.update(feed_pages(base))
        taken, skipped = take(f"{base}/feed")
    assert asked.count("/robots.txt") == 1
    assert "/barred/two" not in asked
    first, second = (item.document for item in taken)
    assert first.text == "The whole of page one, as its reporter wrote it in Kulob."
    assert (first.date, first.url, first.title) == ("2015-03-02", f"{base}/one", "Page one")
    assert second.text == "The entry's own words.\n\nMore."
    assert (second.publisher, second.date, second.title) == ("Vakhsh Dispatch", "2015-03-03", "Barred")
    assert "robots.txt" in dict(second.metadata)["page"]
    assert [item.origin for item in skipped] == [f"{base}/feed:3"]
    assert "404" in skipped[0].reason


def test_a_feed_in_a_file_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "log.xml"
    path.write_text(ATOM)
    document = one(path).document
    assert (document.text, document.date, document.author) == ("The river rose.", "2015-04-05", "R. Aziz")
    assert document.publisher == "Panj Log"


def test_linked_pages_stay_unfetched_where_that_is_asked(tmp_path: Path) -> None:
    path = tmp_path / "saved.rss"
    path.write_text(RSS.format(base="http://192.0.2.1"))
    taken, skipped = take(path, limits=replace(LOCAL, fetch_linked=False))
    assert [item.document.text for item in taken] == [
        "Teaser of page one.",
        "The entry's own words.\n\nMore.",
    ]
    assert len(skipped) == 1


def test_entries_beyond_the_limit_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "long.rss"
    path.write_text(RSS.format(base="http://192.0.2.1"))
    taken, skipped = take(path, limits=replace(LOCAL, fetch_linked=False, max_feed_entries=1))
    assert len(taken) == 1
    assert "first 1 of 3" in skipped[0].reason


@pytest.mark.parametrize(
    "markup", ["<config><a/></config>", "<?xml version='1.0'?>\n<rss version='2.0'></rss>"]
)
def test_xml_that_is_no_feed_is_refused(tmp_path: Path, markup: str) -> None:
    path = tmp_path / "no.xml"
    path.write_text(markup)
    refused(path)


def test_a_server_that_drips_is_given_up() -> None:
    """A byte now and then keeps no wait from ending: the whole address has its time, and no more."""
    from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
    from threading import Thread
    from time import monotonic, sleep

    class Dripping(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            for _ in range(200):
                try:
                    self.wfile.write(b"x")
                except OSError:
                    return
                sleep(0.05)

        def log_message(self, format: str, *args: object) -> None:
            return

    with ThreadingHTTPServer(("127.0.0.1", 0), Dripping) as dripping:
        Thread(target=dripping.serve_forever, daemon=True).start()
        begun = monotonic()
        limits = replace(LOCAL, max_seconds=0.5, respect_robots=False)
        told = refused(f"http://127.0.0.1:{dripping.server_port}/", limits)
        dripping.shutdown()
    assert "took more than 0.5 s" in told.reason and monotonic() - begun < 5


def test_what_a_person_knows_of_a_source_holds_where_it_is_silent(tmp_path: Path) -> None:
    from saydo.intake import Facts, Given, Intaken, read_inputs

    (tmp_path / "a.txt").write_text("publisher: Harbour Post\n\nThe dam held.")
    given = Given(str(tmp_path / "a.txt"), "added-1/1/a.txt", Facts(publisher="Wire", date="2019-05-09"))
    (item,) = read_inputs([given])
    assert isinstance(item, Intaken)
    assert (item.document.publisher, item.document.date) == ("Harbour Post", "2019-05-09")
    assert item.origin == "added-1/1/a.txt"
