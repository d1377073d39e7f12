"""TimelineJS: events on a time line that a page can show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from saydo.export.case_parts import headline, json_array, source
from saydo.export.contract import Left, Sidecar, notes
from saydo.export.findings import Part
from saydo.export.told_events import ONLY_HAPPENED, ToldEvent, happened, told_events
from saydo.export.words import QUAD, QUAD_NAMES, period
from saydo.model.case import CaseView

NO_TIME = "events of which the text gives no time"


class TimelineJs:
    """For a page with TimelineJS: the events that have a time, with their words and sources."""

    name = "timelinejs"
    extension = ".json"
    media_type = "application/json"
    tables: tuple[Part, ...] = ("events",)

    def limits(self, table: Part) -> tuple[str, ...]:
        """What a time line has no place for."""
        return (
            ONLY_HAPPENED,
            "Events of which the text gives no time are left out, and counted. A time of more than a day "
            "has an end_date, and says in display_date what is known; of one that is open on a side the "
            "known day stands for both.",
            "Places, contexts, numbers of killed and injured, and how sure the coding is stand nowhere but "
            "in the words. group is the PLOVER quad.",
            "TimelineJS is slow with more than a few hundred events: take a part of a large case.",
        )

    def chunks(self, view: CaseView, table: Part, left: Left | None = None) -> Iterator[str]:
        """The file, an event a line."""
        return json_array(_slides(view, Left() if left is None else left), '{"events":[', "]}\n")

    def sidecar(self, table: Part, file_name: str, left: Mapping[str, int] | None = None) -> Sidecar:
        """``FILE-notes.txt``."""
        return notes("the events of a saydo case for TimelineJS", file_name, self.limits(table), left)


def _slides(view: CaseView, left: Left) -> Iterator[dict[str, Any]]:
    for told in happened(told_events(view), left):
        time = told.event.time
        first, last = (time.from_, time.to) if time else (None, None)
        begin = first or last
        if begin is None:
            left[NO_TIME] += 1
            continue
        slide: dict[str, Any] = {"unique_id": told.id, "start_date": _date(begin)}
        if last and last != begin:
            slide["end_date"] = _date(last)
        if told.day is None:
            slide["display_date"] = _uncertain(first, last)
        slide["text"] = {"headline": escape(headline(told)), "text": _words(told)}
        slide["group"] = QUAD_NAMES[QUAD[told.event.type] - 1]
        yield slide


def _uncertain(first: str | None, last: str | None) -> str:
    whole = period(first, last)
    return f"some time in {whole}" if first and last and "–" not in whole else f"some time: {whole}"


def _words(told: ToldEvent) -> str:
    """What TimelineJS shows as HTML: nothing of the report is markup."""
    said = f" Asserted by {escape(told.said_by)}." if told.said_by else ""
    where = escape(source(told))
    if told.url and told.url.startswith(("http://", "https://")):
        where = f'<a href="{escape(told.url)}">{where}</a>'
    return f"<p>“{escape(told.quote)}”</p><p>{where}.{said}</p>"


def _date(day: str) -> dict[str, int]:
    parts = [int(part) for part in day[:10].split("-")]
    return dict(zip(("year", "month", "day"), parts, strict=False))
