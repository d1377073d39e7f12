"""The events of a case for the report: accounts of one incident taken together, as a picture and a list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from markupsafe import Markup

from saydo.export.gathered import ON_TIME_LINE, EventFinding, Gathered, SaidFinding
from saydo.export.page import EventEntry, Figure, Shown
from saydo.export.svg import element, shortened
from saydo.export.timeline_svg import Item, Lane, draw
from saydo.export.words import QUAD, QUAD_NAMES, STATEMENT, day, period, plural, when
from saydo.model.case import CaseView
from saydo.model.records import Count, EventType

MOST_EVENTS = 60
"""Events in the numbered list."""
MOST_DOTS = 1500
"""Further events in the picture, as dots without a number."""

Id = tuple[str, str]
"""Report and record."""


class EventEntries(NamedTuple):
    entries: tuple[EventEntry, ...]
    shown: Shown


class Plotted(NamedTuple):
    """An incident: its accounts, best first, and its number in the list, if it is listed."""

    accounts: tuple[EventFinding, ...]
    number: int | None


def event_entries(
    view: CaseView, gathered: Gathered, numbers: dict[str, int]
) -> tuple[EventEntries, tuple[Plotted, ...]]:
    """The list of the events that matter most, in the order of time, and every incident for the picture."""
    poles = {(p.document, p.id) for d in view.discrepancies for p in (d.statement, *d.against)}
    incidents = _incidents(view, gathered, poles)
    chosen = sorted(incidents[:MOST_EVENTS], key=lambda i: _when_key(i, numbers))
    place = {id(incident): n for n, incident in enumerate(chosen, start=1)}
    entries = tuple(_entry(n, incident, numbers) for n, incident in enumerate(chosen, start=1))
    plotted = tuple(Plotted(tuple(incident), place.get(id(incident))) for incident in incidents)
    return EventEntries(entries, Shown(len(entries), len(incidents))), plotted


def _incidents(view: CaseView, gathered: Gathered, poles: set[Id]) -> list[list[EventFinding]]:
    """Events that happened, by incident, the weightiest first; best account first in each."""
    incident_of = {member: incident.id for incident in view.incidents for member in incident.members}
    together: dict[Id, list[EventFinding]] = {}
    for found in gathered.events:
        event = found.event
        if event.polarity == "negative" or event.realis in ("future", "hypothetical"):
            continue
        key = (found.document, event.id)
        incident = incident_of.get(key)
        together.setdefault(("", incident) if incident is not None else key, []).append(found)
    for accounts in together.values():
        accounts.sort(key=lambda f: (-_told(f), -f.event.score))
    return sorted(
        together.values(),
        key=lambda accounts: (
            not any((f.document, f.event.id) in poles for f in accounts),
            not any(f.event.killed or f.event.injured for f in accounts),
            -len(accounts),
            -_told(accounts[0]),
            -accounts[0].event.score,
        ),
    )


def _told(found: EventFinding) -> int:
    """How much of who, whom, where and when an account tells."""
    event = found.event
    return (
        bool(found.who) + bool(found.whom) + bool(found.place) + (_days(found) is not None) + bool(event.mode)
    )


def _days(found: EventFinding) -> tuple[date, date] | None:
    """First and last day of an event; None where it has no date. An open end is the other end."""
    time = found.event.time
    if time is None or not (time.from_ or time.to):
        return None
    first = date.fromisoformat((time.from_ or time.to or "")[:10])
    last = date.fromisoformat((time.to or time.from_ or "")[:10])
    return (first, last) if first <= last else (last, first)


def _dated(accounts: Sequence[EventFinding]) -> EventFinding | None:
    """The best account that has a date."""
    return next((found for found in accounts if _days(found)), None)


def _when_key(accounts: Sequence[EventFinding], numbers: dict[str, int]) -> tuple[bool, date, int, int]:
    dated, best = _dated(accounts), accounts[0]
    days = _days(dated) if dated else None
    return (days is None, days[0] if days else date.min, numbers[best.document], best.event.trigger[0])


def _toll(accounts: list[EventFinding]) -> str:
    """Killed and injured over all accounts: ``2–3 killed, 5 or more injured``."""
    parts = []
    for name, counts in (
        ("killed", [f.event.killed for f in accounts if f.event.killed]),
        ("injured", [f.event.injured for f in accounts if f.event.injured]),
    ):
        if counts:
            parts.append(f"{_range(counts)} {name}")
    return ", ".join(parts)


def _range(counts: list[Count]) -> str:
    low = min(count.low for count in counts)
    if any(count.high is None for count in counts):
        return f"{low} or more"
    high = max(count.high or 0 for count in counts)
    return str(low) if low == high else f"{low}–{high}"


def _entry(number: int, accounts: list[EventFinding], numbers: dict[str, int]) -> EventEntry:
    best, dated = accounts[0], _dated(accounts)
    return EventEntry(
        number=number,
        style=f"quad{QUAD[best.event.type]}",
        type=best.event.type,
        mode=best.event.mode or "",
        date=when(dated.event.time) if dated else "",
        told=day(min((f.published for f in accounts if f.published), default=None)),
        who=", ".join(best.who),
        whom=", ".join(best.whom),
        place=best.place,
        toll=_toll(accounts),
        said_by=best.said_by,
        accounts=len(accounts),
        words=shortened(best.words, 320),
        sources=tuple(sorted({numbers[found.document] for found in accounts})),
    )


def events_figure(view: CaseView, gathered: Gathered, plotted: tuple[Plotted, ...]) -> Figure | None:
    """The picture of the events on a time axis; None where no event has a date."""
    items = []
    dots = undated = 0
    for incident in plotted:
        dated = _dated(incident.accounts)
        days = _days(dated) if dated else None
        if dated is None or days is None:
            undated += 1
            continue
        dots += incident.number is None
        if incident.number is None and dots > MOST_DOTS:
            continue
        items.append(Item(dated.event.type, *days, _label(dated), incident.number))
    items += [
        Item(said.kind, date.fromisoformat(said.first), date.fromisoformat(said.last), _said_label(said))
        for said in gathered.said
    ]
    lanes = [Lane(kind, STATEMENT[kind][1], "words") for kind in ON_TIME_LINE]
    lanes += [Lane(type, type.lower(), f"quad{QUAD[type]}") for type in sorted(QUAD, key=_lane_order)]
    published = [date.fromisoformat(d.date[:10]) for d in view.documents if d.date]
    svg = draw(items, lanes, published)
    if svg is None:
        return None
    used = {QUAD[found.event.type] for found in gathered.events}
    words = (("words: pledges, denials, threats", _swatch("words")),) if gathered.said else ()
    legend = words + tuple(
        (name, _swatch(f"quad{quad}")) for quad, name in enumerate(QUAD_NAMES, start=1) if quad in used
    )
    return Figure(svg, legend, " ".join(_notes(gathered, plotted, undated, dots)))


def _said_label(said: SaidFinding) -> str:
    return f"{period(said.first, said.last)}: {said.kind}, {said.speaker}. {shortened(said.words, 180)}"


def _notes(gathered: Gathered, plotted: tuple[Plotted, ...], undated: int, dots: int) -> list[str]:
    notes = ["A long mark is a span of days in which it happened. Numbers are those of the list below."]
    if undated:
        notes.append(f"{plural(undated, 'event')} without a date not drawn.")
    if dots > MOST_DOTS:
        notes.append(f"{plural(dots - MOST_DOTS, 'lesser event')} not drawn.")
    unreal = len(gathered.events) - sum(len(incident.accounts) for incident in plotted)
    if unreal:
        notes.append(f"{plural(unreal, 'event')} that a text denies, expects or only imagines left out.")
    return notes


def _lane_order(type: EventType) -> tuple[int, str]:
    """Conduct in conflict last, nearest to the axis of the list."""
    return QUAD[type], type


def _label(found: EventFinding) -> str:
    event = found.event
    who = ", ".join(found.who) or "actor not named"
    whom = f" → {', '.join(found.whom)}" if found.whom else ""
    where = f", {found.place}" if found.place else ""
    return f"{when(event.time)}: {event.type.lower()}, {who}{whom}{where}. {shortened(found.words, 180)}"


def _swatch(style: str) -> Markup:
    mark = element("rect", x=2.0, y=4.0, width=16.0, height=10.0, rx=5.0, class_="mark")
    lane = element("g", mark, class_=f"lane {style}")
    return element("svg", lane, viewBox="0 0 20 18", width=20.0, height=18.0, aria_hidden="true")
