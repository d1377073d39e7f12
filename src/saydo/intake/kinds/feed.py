"""RSS and Atom feeds: the page behind each entry where it may be fetched, otherwise the entry's own words."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, BinaryIO, NamedTuple

from saydo.intake.assemble import assemble
from saydo.intake.kinds.html import fragment_text
from saydo.intake.results import Intaken, Skipped
from saydo.intake.sniff import FEED, HTML, TEXT, identify
from saydo.intake.source import Clean, Facts, Source
from saydo.intake.streams import HEAD, read_all
from saydo.model.errors import InputError

TakeBytes = Callable[[bytes, Source], Iterator[Intaken | Skipped]]


def read(stream: BinaryIO, source: Source, take: TakeBytes) -> Iterator[Intaken | Skipped]:
    """The reports of a feed, in its order; raises InputError where it is none that can be read."""
    data = read_all(stream, source.limits.max_bytes, "for one feed")
    found: Feed = source.parser.read(FEED, data, source) if source.parser else parsed(data, source)
    if not found.entries:
        raise InputError("the feed has no entries")
    for number, entry in enumerate(found.entries, start=1):
        yield from take_entry(entry, found.about, source.origin, source.part(str(number)), take)
    if found.total > len(found.entries):
        most = len(found.entries)
        yield Skipped(source.origin, f"only the first {most} of {found.total} entries of the feed were read")


class Entry(NamedTuple):
    """An entry: what it says of itself, and its own words, as text and as they are written."""

    facts: Facts
    text: str
    written: str
    marked_up: bool
    guid: str = ""
    """What the feed knows the entry by; empty where it does not say."""


class Feed(NamedTuple):
    """The entries that are read, what the feed says of all, and how many it has."""

    entries: tuple[Entry, ...]
    about: Facts
    total: int
    pace: float = 0.0
    """Seconds between two visits that the feed asks for (``ttl``, ``sy:updatePeriod``); 0 where it does
    not."""


def parsed(data: bytes, source: Source) -> Feed:
    """What stands in a feed; raises InputError where it is none."""
    import feedparser

    # From a stream, never from text: given a string the library would open files and addresses by itself.
    feed = feedparser.parse(io.BytesIO(data), response_headers={"content-type": "application/xml"})
    if not feed.version and not feed.entries:
        raise InputError("is XML but no feed that can be read; there is no reader for it")
    about = Facts(publisher=feed.feed.get("title") or None, language=feed.feed.get("language") or None)
    most = source.limits.max_feed_entries
    entries = tuple(_parsed(entry) for entry in feed.entries[:most])
    return Feed(entries, about, len(feed.entries), _pace(feed.feed))


_PERIODS = {
    "hourly": 3600.0,
    "daily": 86400.0,
    "weekly": 604800.0,
    "monthly": 2592000.0,
    "yearly": 31536000.0,
}


def _pace(channel: Any) -> float:
    ttl = str(channel.get("ttl") or "").strip()
    asked = float(ttl) * 60 if ttl.isascii() and ttl.isdigit() and len(ttl) < 7 else 0.0
    period = _PERIODS.get(str(channel.get("sy_updateperiod") or "").strip().lower(), 0.0)
    often = str(channel.get("sy_updatefrequency") or "").strip()
    times = int(often) if often.isascii() and often.isdigit() and len(often) < 5 else 1
    return max(asked, period / max(times, 1))


def _parsed(entry: Any) -> Entry:
    facts = Facts(
        title=entry.get("title") or None,
        author=entry.get("author") or None,
        date=entry.get("published") or entry.get("updated") or None,
        url=entry.get("link") or None,
    )
    contents = entry.get("content") or ([entry["summary_detail"]] if entry.get("summary_detail") else [])
    content = max(contents, key=lambda item: len(item.get("value", "")), default=None)
    value = content.get("value", "") if content is not None else ""
    marked_up = content is not None and content.get("type") != "text/plain"
    words = fragment_text(value) if marked_up else value.strip()
    return Entry(facts, words, value, marked_up, str(entry.get("id") or ""))


def take_entry(
    entry: Entry, about: Facts, feed: str, source: Source, take: TakeBytes
) -> Iterator[Intaken | Skipped]:
    """The reports of one entry of a feed: those of the page that it links to, else its own words."""
    link = entry.facts.url
    facts = entry.facts.noting(("feed", feed)).or_else(about)
    why_not = "the entry links to no page"
    if link and source.limits.fetch_linked:
        taken = _linked(link, facts, source, take)
        if isinstance(taken, list):
            yield from taken
            return
        why_not = taken
    elif link:
        why_not = "linked pages are not fetched"
    yield _own_words(entry, replace(source, facts=facts.noting(("page", f"not read: {why_not}"))), why_not)


def _linked(link: str, facts: Facts, source: Source, take: TakeBytes) -> list[Intaken | Skipped] | str:
    """What the linked page gives, or why it gives nothing."""
    try:
        page = source.fetcher.fetch(link)
    except InputError as err:
        return str(err)
    if page.media_type == FEED or _is_feed(page.body):
        return "the entry links to another feed"
    part = replace(
        source,
        name=page.url.partition("?")[0].rsplit("/", 1)[-1],
        media_type=page.media_type,
        charset=page.charset,
        facts=replace(facts, url=page.url),
        capture=page.capture,
    )
    taken = list(take(page.body, part))
    if all(isinstance(item, Skipped) for item in taken):
        return taken[0].reason if taken and isinstance(taken[0], Skipped) else "the page holds nothing"
    return taken


def _is_feed(body: bytes) -> bool:
    try:
        return identify(body[:HEAD], "", None) == FEED
    except InputError:
        return False


def _own_words(entry: Entry, source: Source, why_not: str) -> Intaken | Skipped:
    if not entry.text:
        return Skipped(source.origin, f"the entry has no words of its own, and {why_not}")
    original = entry.written.encode("utf-8", "surrogatepass")
    return assemble(Clean(entry.text), original, HTML if entry.marked_up else TEXT, source)
