"""Watching feeds on a server of this machine: what is asked how often, and what comes into the case."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from desk_rooms import ROOMS, PlainReader, codebook
from watch_world import BEGAN, DULL, Answer, Desk, Request, web

from saydo.desk import open_case, run
from saydo.desk.watching import FeedList, seconds_of
from saydo.desk.watching.pace import MOST, after, back_off, max_age, retry_after
from saydo.model.errors import CaseBusy, InputError

VOW = "Reef vowed to spare Tal."
DEED = "on Sunday Reef shelled Tal."
QUARTER = 900.0


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "case")


def texts(case: Path) -> list[str]:
    with closing(open_case(case)) as store:
        return [document.text for document in store.documents()]


# --- what comes in ----------------------------------------------------------------------------------


def test_articles_come_into_the_case_once_each_with_its_record_of_capture(desk: Desk) -> None:
    with web() as here:
        vow, deed = here.article("/vow", VOW), here.article("/deed", DEED)
        feed = here.feed("/feed", vow)
        assert desk.round(feed).new == 1
        here.feed("/feed", deed, vow)
        desk.time.at += QUARTER
        told = desk.round(feed)
        assert (told.new, told.news) == (1, 1)
        assert (here.times("/vow"), here.times("/deed")) == (1, 1)
    with closing(open_case(desk.case)) as store:
        captures = store.captures()
        for document in store.documents():
            assert captures[document.id].url == document.url
            assert captures[document.id].tool.startswith("saydo/")
            assert document.date == "2019-05-06", "the day that the feed gives"
    assert here.asked[0].headers["User-Agent"].startswith("saydo/")


def test_the_same_article_in_two_feeds_is_fetched_once(desk: Desk) -> None:
    with web() as here:
        story = here.article("/story", VOW)
        one = here.feed("/one", story)
        two = here.feed("/two", f"{story}?utm_source=two#top")
        assert desk.round(one, two).new == 1
    assert here.times("/story") == 1 and here.times("/story?utm_source=two") == 0


def test_entries_that_share_one_address_are_told_apart_by_their_own_words(desk: Desk) -> None:
    """The address of a home page that every entry gives is that of no article."""
    items = "".join(
        f"<item><title>{n}</title><link>BASE/</link><description>{words}</description></item>"
        for n, words in enumerate((VOW, DEED))
    )
    with web() as here:
        body = f'<rss version="2.0"><channel><title>W</title>{items}</channel></rss>'.replace(
            "BASE", here.base
        )
        here.pages["/feed"] = (200, {"Content-Type": "application/rss+xml"}, body.encode())
        assert desk.round(f"{here.base}/feed").new == 2
        assert here.times("/") == 0
    assert sorted(texts(desk.case)) == sorted((VOW, DEED))


def test_a_page_that_cannot_be_had_leaves_the_words_of_the_feed_and_that_is_told(desk: Desk) -> None:
    with web() as here:
        feed = here.feed("/feed", f"{here.base}/gone", f"{here.base}/barred")
        here.pages["/barred"] = (403, {}, b"no")
        assert desk.round(feed).new == 2
    assert sorted(texts(desk.case)) == ["own words of barred", "own words of gone"]
    assert [line.partition(": ")[2] for line in desk.told] == [
        f"the server answered 404 for {here.base}/gone; check the address; its 4 words in the feed were taken in instead",
        f"the server answered 403 for {here.base}/barred; check the address; its 4 words in the feed were taken in instead",
    ]


def test_a_page_that_may_be_had_later_is_tried_again_before_the_feed_must_do(desk: Desk) -> None:
    tries: list[Answer] = [
        (500, {}, b""),
        (200, {"Content-Type": "text/html"}, f"<p>{VOW}</p><p>{DULL}</p>".encode()),
    ]
    with web() as here:
        here.pages["/story"] = lambda request: tries.pop(0)
        feed = here.feed("/feed", f"{here.base}/story")
        first = desk.round(feed)
        assert (first.new, first.waiting) == (0, 1)
        desk.time.at = first.next
        assert desk.round(feed).new == 1
    assert desk.told == []
    assert VOW in texts(desk.case)[0]


def test_a_page_that_must_be_paid_for_or_is_nearly_empty_is_told(desk: Desk) -> None:
    with web() as here:
        paid = here.article(
            "/paid", VOW, '<script type="application/ld+json">{"isAccessibleForFree": false}</script>'
        )
        here.pages["/short"] = (
            200,
            {"Content-Type": "text/html"},
            b"<p>Subscribe to read on about the harbour.</p>",
        )
        assert desk.round(here.feed("/feed", paid, f"{here.base}/short")).new == 2
    assert desk.told[0].startswith(f"{paid}: the page says that it must be paid for; ")
    assert (
        desk.told[1]
        == f"{here.base}/short: only 7 words could be read of the page; the rest may have to be paid for"
    )
    with closing(open_case(desk.case)) as store:
        assert all("incomplete" in dict(document.metadata) for document in store.documents())


# --- politeness -------------------------------------------------------------------------------------


def test_a_feed_is_asked_conditionally_and_not_before_it_is_due(desk: Desk) -> None:
    with web() as here:
        feed = here.feed("/feed", here.article("/vow", VOW), etag='"one"')
        desk.round(feed)
        desk.time.at += QUARTER - 1
        assert desk.round(feed).asked == 0, "a restart is no reason to ask sooner"
        desk.time.at += 1
        assert desk.round(feed).asked == 1
        asked = [request.headers.get("If-None-Match") for request in here.asked if request.path == "/feed"]
        assert asked == [None, '"one"']
        assert here.times("/robots.txt") <= 2


def test_the_last_change_is_named_where_there_is_no_tag(desk: Desk) -> None:
    changed = "Mon, 06 May 2019 10:00:00 GMT"
    with web() as here:
        feed = here.feed("/feed", here.article("/vow", VOW))
        answer = here.pages["/feed"]
        assert callable(answer)

        def dated(request: Request) -> Answer:
            status, headers, body = answer(request)
            return status, {**headers, "Last-Modified": changed}, body

        here.pages["/feed"] = dated
        for _ in range(2):
            desk.round(feed)
            desk.time.at += QUARTER
        assert here.asked[-1].headers["If-Modified-Since"] == changed


@pytest.mark.parametrize(
    ("more", "headers", "wait"),
    [
        ("", {}, QUARTER),
        ("<ttl>60</ttl>", {}, 3600.0),
        ("<ttl>1</ttl>", {}, QUARTER),
        ('<sy:updatePeriod xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">daily</sy:updatePeriod><sy:updateFrequency xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">2</sy:updateFrequency>', {}, 43_200.0),
        ("", {"Cache-Control": "public, max-age=1800"}, 1800.0),
        ("<ttl>999999</ttl>", {}, MOST),
    ],
)  # fmt: skip
def test_a_feed_is_asked_no_more_often_than_it_wants(
    desk: Desk, more: str, headers: dict[str, str], wait: float
) -> None:
    with web() as here:
        feed = here.feed("/feed", here.article("/vow", VOW), more=more)
        answer = here.pages["/feed"]
        assert callable(answer)
        here.pages["/feed"] = lambda request: (
            200,
            {"Content-Type": "text/xml", **headers},
            answer(request)[2],
        )
        assert desk.round(feed).next == BEGAN + wait


def test_a_server_that_asks_for_time_gets_it_for_all_its_feeds(desk: Desk) -> None:
    with web() as here:
        busy = f"{here.base}/busy"
        here.pages["/busy"] = (429, {"Retry-After": "7200"}, b"")
        other = here.feed("/other", here.article("/vow", VOW))
        assert desk.round(busy, other).asked == 1
        assert here.times("/other") == 0
        desk.time.at += 7199
        assert desk.round(busy, other).asked == 0
        here.feed("/busy", here.base + "/vow")
        desk.time.at += 1
        assert desk.round(busy, other).asked == 2
    assert [line.partition(": ")[2] for line in desk.told] == [
        "the server answered 429; it is asked again later",
        "answers again",
    ]


def test_a_broken_feed_is_told_once_asked_ever_more_rarely_and_stops_no_other(desk: Desk) -> None:
    with web() as here:
        broken = f"{here.base}/broken"
        here.pages["/broken"] = (500, {}, b"")
        well = here.feed("/well", here.article("/vow", VOW), etag='"one"')
        assert desk.round(broken, well).new == 1
        for _ in range(40):
            desk.time.at += QUARTER
            desk.round(broken, well)
        assert here.times("/broken") == 6, "after 15, 30, 60, 120, 240 minutes"
        assert here.times("/well") == 41
    assert desk.told == [f"{broken}: the server answered 500; it is asked again later"]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"<html><body>not a feed", "cannot be read as a feed"),
        (b'<rss version="2.0"><channel>' + b"<item/>" * 400_000, "over the limit"),
        (b"\x00\x01\x02", "cannot be read as a feed"),
        (
            b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><x>&b;</x>',
            "cannot be read as a feed",
        ),
    ],
)
def test_what_is_no_feed_is_told_and_stops_no_other(desk: Desk, body: bytes, told: str) -> None:
    with web() as here:
        here.pages["/odd"] = (200, {"Content-Type": "application/rss+xml"}, body)
        well = here.feed("/well", here.article("/vow", VOW))
        assert desk.round(f"{here.base}/odd", well).new == 1
    (line,) = desk.told
    assert line.startswith(f"{here.base}/odd: ") and told in line


def test_an_empty_feed_is_no_fault(desk: Desk) -> None:
    with web() as here:
        assert desk.round(here.feed("/feed")).asked == 1
    assert desk.told == []


def test_robots_are_heeded_for_feeds_and_pages(desk: Desk) -> None:
    with web() as here:
        rules = b"User-agent: *\nDisallow: /private\nDisallow: /hidden.xml"
        here.pages["/robots.txt"] = (200, {"Content-Type": "text/plain"}, rules)
        hidden = here.feed("/hidden.xml", here.article("/deed", DEED))
        feed = here.feed("/feed", here.article("/private/vow", VOW))
        assert desk.round(hidden, feed).new == 1
        assert here.times("/private/vow") == here.times("/hidden.xml") == 0
    assert all("robots.txt" in line for line in desk.told) and len(desk.told) == 2


def test_a_feed_that_moved_for_good_is_asked_there_from_then_on(desk: Desk) -> None:
    with web() as here:
        new = here.feed("/new", here.article("/vow", VOW))
        here.pages["/old"] = (301, {"Location": "/new"}, b"")
        for _ in range(2):
            desk.round(f"{here.base}/old")
            desk.time.at += QUARTER
        assert (here.times("/old"), here.times("/new")) == (1, 2)
    assert desk.told == [f"{here.base}/old: has moved for good to {new}, and is asked there from now on"]


def test_a_feed_that_moved_for_now_is_asked_where_it_is_listed(desk: Desk) -> None:
    with web() as here:
        here.feed("/new", here.article("/vow", VOW))
        here.pages["/old"] = (302, {"Location": "/new"}, b"")
        for _ in range(2):
            desk.round(f"{here.base}/old")
            desk.time.at += QUARTER
        assert here.times("/old") == 2
    assert desk.told == []


def test_private_hosts_are_read_only_where_the_list_names_them_and_that_is_asked_for(desk: Desk) -> None:
    """A feed from outside must not make saydo look around in the network that it runs in."""
    with web() as here, web() as inside:
        secret = inside.article("/secret", "Reef shelled Tal.")
        feed = here.feed("/feed", secret)
        assert desk.round(feed, private=False).new == 0
        assert "private network" in desk.told[0]
        assert here.asked == []
        desk.time.at += QUARTER
        assert desk.round(feed, private=True).new == 1
        assert inside.asked == [], "the page lies on a host that the list does not name"
    assert texts(desk.case) == ["own words of secret"]


# --- stopping and going on --------------------------------------------------------------------------


def test_nothing_is_lost_where_a_watch_ends_between_feed_and_case(desk: Desk) -> None:
    """The feed answers 304 afterwards; what it named before is known from the log."""

    class Dies(PlainReader):
        def read_all(self, documents: object) -> object:  # type: ignore[override]
            raise KeyboardInterrupt

    with web() as here:
        feed = here.feed("/feed", here.article("/vow", VOW), here.article("/deed", DEED), etag='"one"')
        with pytest.raises(KeyboardInterrupt):
            desk.round(feed, reader=Dies)
        told = desk.round(feed)
        assert told.news == 1 and told.asked == 0
        assert (here.times("/feed"), here.times("/vow"), here.times("/deed")) == (1, 1, 1)
    assert len(texts(desk.case)) == 2 and len(desk.out) == 1


def test_a_run_at_work_is_waited_for(desk: Desk, tmp_path: Path) -> None:
    from saydo import store as cases

    with web() as here:
        feed = here.feed("/feed", here.article("/vow", VOW))
        with desk.watch(feed) as at_work:
            with closing(cases.for_writing(desk.case)):
                assert at_work.round().failed and at_work.round().failed
            (line,) = desk.told
            assert "1 articles wait" in line, "told once, however often it is tried"
            assert at_work.round().new == 1


def test_one_watch_at_a_time(desk: Desk) -> None:
    with web() as here:
        feed = here.feed("/feed")
        with desk.watch(feed), pytest.raises(CaseBusy, match="another watch"):
            desk.watch(feed).__enter__()
        desk.round(feed)


def test_the_list_may_change_while_it_is_watched(desk: Desk, tmp_path: Path) -> None:
    listed = tmp_path / "feeds.txt"
    with web() as here:
        one, two = (
            here.feed("/one", here.article("/vow", VOW)),
            here.feed("/two", here.article("/deed", DEED)),
        )
        listed.write_text(f"{one}\n")
        with desk.watch() as at_work:
            pass
        at_work = desk.watch()
        at_work.feeds = lambda: FeedList.read(str(listed), private=True)
        with at_work:
            assert at_work.round().new == 1
            listed.write_text(f"# both\n{one}\n{two}\nnot an address\n")
            assert at_work.round().new == 1
            listed.unlink()
            desk.time.at += QUARTER
            assert at_work.round().asked == 2
    assert "feeds.txt:4: 'not an address' is no address" in desk.told[0] and "cannot be read" in desk.told[1]


_KILLED = """
import sys
sys.path[:0] = {path!r}
from watch_world import Desk
from pathlib import Path
import saydo.desk.watching.watch as module
desk = Desk(Path({case!r}))
if {moment!r} == "run":
    def slow(*a, **k):
        print("here", flush=True)
        import time; time.sleep(60)
    module.Watch._gather = slow
if {moment!r} == "deliver":
    def slow(*a, **k):
        print("here", flush=True)
        import time; time.sleep(60)
    module.deliver = slow
desk.round({feed!r})
"""


@pytest.mark.parametrize("moment", ["run", "deliver"])
def test_a_watch_that_is_killed_tells_everything_once_in_the_end(desk: Desk, moment: str) -> None:
    with web() as here:
        feed = here.feed("/feed", here.article("/vow", VOW), here.article("/deed", DEED), etag='"one"')
        script = _KILLED.format(path=sys.path, case=str(desk.case), moment=moment, feed=feed)
        child = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE)
        assert child.stdout is not None and child.stdout.readline() == b"here\n"
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
        assert len(desk.out) == 0
        desk.round(feed)
        desk.round(feed)
    assert len(desk.out) == 1 and DEED in desk.out[0]


# --- lists and spans of time ------------------------------------------------------------------------


def test_feeds_are_read_from_opml_with_its_folders(tmp_path: Path) -> None:
    opml = tmp_path / "feeds.opml"
    opml.write_text(
        '<?xml version="1.0"?><!DOCTYPE opml [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
        '<opml version="2.0"><head><title>&x;</title></head><body><outline text="Harbours">'
        '<outline type="rss" text="Post" xmlUrl="https://post.example/feed"/>'
        '<outline type="rss" xmlUrl="https://post.example/feed"/></outline>'
        '<outline text="Radio" xmlurl="feed://radio.example/rss"/><outline text="a note"/>'
        '<outline xmlUrl="http://192.168.0.1/feed"/></body></opml>'
    )
    listed = FeedList.read(str(opml))
    assert listed.urls == ("https://post.example/feed", "https://radio.example/rss")
    (fault,) = listed.faults
    assert fault.startswith(f"{opml}:1: ") and "private network" in fault


@pytest.mark.parametrize(
    ("text", "why"),
    [("", "names no feed"), ("<opml><body/>", "no OPML"), ("<rss/>", "the address of a feed itself"), ("ftp://a/b", "only http")],
)  # fmt: skip
def test_a_list_without_feeds_is_refused_in_one_line(tmp_path: Path, text: str, why: str) -> None:
    (tmp_path / "list").write_text(text)
    with pytest.raises(InputError, match=why) as refused:
        FeedList.read(str(tmp_path / "list"))
    assert "\n" not in str(refused.value)


def test_spans_of_time_are_read_and_too_short_ones_refused() -> None:
    assert [seconds_of(t) for t in ("15", "15m", "2h", "1d", "600s")] == [900, 900, 7200, 86400, 600]
    for text in ("", "often", "-5m", "1w", "10s", "4m"):
        with pytest.raises(InputError):
            seconds_of(text)


def test_waiting_grows_to_a_day_and_heeds_what_is_asked_for() -> None:
    waits = [back_off(n, 0.0, 0.0) for n in range(1, 12)]
    assert waits[:3] == [300.0, 600.0, 1200.0] and waits[-1] == MOST
    assert all(w / 2 <= back_off(n, 0.0, 0.99) <= w for n, w in enumerate(waits, start=1))
    assert back_off(1, 5000.0, 0.5) == 5000.0
    assert back_off(10_000, 0.0, 0.0) == MOST
    assert after(900.0, 60.0, 0.0) == 900.0


def test_what_servers_say_about_time_is_read_in_every_form() -> None:
    now = time.mktime((2019, 5, 6, 10, 0, 0, 0, 0, 0)) - time.timezone
    assert retry_after("120", BEGAN) == 120.0
    assert retry_after("Tue, 14 Nov 2023 23:13:20 GMT", BEGAN) == 3600.0
    assert retry_after("Mon, 06 May 2019 10:00:00 GMT", BEGAN) == 0.0
    assert [retry_after(odd, now) for odd in ("", "soon", "-5", "²")] == [0.0] * 4
    assert [max_age(v) for v in ("max-age=60", "no-cache, max-age=60", "", "max-age=x")] == [60, 0, 0, 0]


def test_reports_run_by_others_are_told_too(desk: Desk, tmp_path: Path) -> None:
    """The case may be filled from elsewhere; what is new in it is news all the same."""
    (tmp_path / "deed.txt").write_text(DEED)
    with web() as here:
        feed = here.feed("/feed", here.article("/vow", VOW))
        assert desk.round(feed).news == 0
        run([str(tmp_path / "deed.txt")], desk.case, PlainReader(), codebook(), rooms=ROOMS)
        assert desk.round(feed).news == 1
