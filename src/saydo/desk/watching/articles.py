"""Articles on their way from a feed into the case: as they wait in the log, and as intake takes them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, replace
from typing import Any

from saydo.intake import (
    Entry,
    Facts,
    Fetched,
    Input,
    Intaken,
    Limits,
    ParserProcess,
    Skipped,
    Source,
    take_bytes,
    take_entry,
)
from saydo.model.capture import Capture
from saydo.model.errors import InputError, StoreError
from saydo.store.watching import WaitingArticle, WatchLog

FEW_WORDS = 40
"""A page with fewer is told of: most often it is the beginning of an article that must be paid for."""
_UNREAD = "not read: "
"""How intake begins to say why it took an entry's own words."""
_PAID = re.compile(rb'"isAccessibleForFree"\s*:\s*"?false\b', re.I)


def entry_words(entry: Entry, about: Facts, capture: Capture) -> str:
    """An entry as JSON, with what its feed says of all entries and how the feed was captured."""
    return json.dumps(
        {
            "facts": asdict(entry.facts), "text": entry.text, "written": entry.written,
            "marked_up": entry.marked_up, "guid": entry.guid, "about": asdict(about),
            "capture": capture._asdict(),
        },
        ensure_ascii=True,
    )  # fmt: skip


def page_words(page: Fetched) -> str:
    """A page as JSON, without its bytes."""
    capture = page.capture._asdict() if page.capture else None
    told = {"url": page.url, "media_type": page.media_type, "charset": page.charset, "capture": capture}
    return json.dumps(told, ensure_ascii=True)


class Held:
    """Gives the one page that was fetched before, or why it could not be."""

    def __init__(self, article: WaitingArticle) -> None:
        self._article = article

    def fetch(self, url: str) -> Fetched:
        """The page. Raises InputError."""
        if not self._article.page or self._article.body is None:
            raise InputError(self._article.why or "the page was not fetched")
        told = json.loads(self._article.page)
        return Fetched(
            told["url"], self._article.body, told["media_type"], told["charset"], _capture(told["capture"])
        )


def waiting_reports(
    log: WatchLog, own: ParserProcess, notice: Callable[[str, str], None]
) -> Callable[[Sequence[Input], Limits, ParserProcess], Iterator[Intaken | Skipped]]:
    """What intake makes of the articles that are ready, for a run; each leaves the log once it is in the
    case. ``own`` parses, so that not
    every round starts a parser of its own; ``notice`` is told ``(address, what is the matter)`` of those that
    could be read in part or not at all."""

    def reads(inputs: Sequence[Input], limits: Limits, parser: ParserProcess) -> Iterator[Intaken | Skipped]:
        for each in log.waiting():
            if not each.ready:
                continue
            article = each._replace(body=log.body(each.number))
            for item in _reports(article, limits, own):
                seen = _looked_at(item, article)
                if seen[1]:
                    notice(article.url or article.feed, seen[1])
                yield seen[0]
            # asked for the next one: what was given is in the case
            log.taken(article.number)

    return reads


def _reports(article: WaitingArticle, limits: Limits, parser: ParserProcess) -> Iterator[Intaken | Skipped]:
    try:
        told = json.loads(article.entry)
        entry = Entry(_facts(told["facts"]), told["text"], told["written"], told["marked_up"], told["guid"])
        about, capture = _facts(told["about"]), _capture(told["capture"])
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError(f"an article in watch.db cannot be read ({error}); move the file away") from None
    origin = article.url or f"{article.feed}:{entry.guid or entry.facts.title or 'an entry'}"
    limits = replace(limits, fetch_linked=bool(article.url))
    source = Source(origin, "", limits, Held(article), parser=parser, capture=capture)
    yield from take_entry(entry, about, article.feed, source, take_bytes)


def _looked_at(item: Intaken | Skipped, article: WaitingArticle) -> tuple[Intaken | Skipped, str]:
    """The report, and what a person should know of it; the same stands in its metadata."""
    if isinstance(item, Skipped):
        return item, "" if item.harmless else item.reason
    words = len(item.document.text.split())
    if not article.url:
        return item, ""
    unread = next((v for k, v in item.document.metadata if k == "page" and v.startswith(_UNREAD)), None)
    if unread is not None:
        return item, f"{unread.removeprefix(_UNREAD)}; its {words} words in the feed were taken in instead"
    if _PAID.search(item.original):
        told = f"the page says that it must be paid for; {words} words of it could be read"
    elif words < FEW_WORDS:
        told = f"only {words} words could be read of the page; the rest may have to be paid for"
    else:
        return item, ""
    document = replace(item.document, metadata=(*item.document.metadata, ("incomplete", told)))
    return replace(item, document=document), told


def _facts(told: dict[str, Any]) -> Facts:
    extra = tuple((str(key), str(value)) for key, value in told["extra"])
    return Facts(**{**told, "extra": extra})


def _capture(told: dict[str, Any] | None) -> Capture | None:
    if told is None:
        return None
    headers = tuple((str(key), str(value)) for key, value in told["headers"])
    return Capture(**{**told, "headers": headers})
