"""The events of files, those that can be in a case; everything else is counted with its reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from saydo.model.compared import NAMES, BadRow, CodedEvent, Format
from saydo.secondcoder.cells import Unreadable
from saydo.secondcoder.files import Source, rows
from saydo.secondcoder.formats import read_event
from saydo.secondcoder.known import Known, land_of

_MACHINES: frozenset[Format] = frozenset(("polecat", "icews"))
"""They code every story anew, so that one event has many rows."""
OTHER_DAYS = "events on days of which the case tells nothing"
OTHER_STATES = "events in states of which the case tells nothing"
NO_TYPE = "rows of kinds that are no event in PLOVER, such as plain statements"
TOO_LITTLE = "events with nobody named and no place finer than a state, which nothing tells from others"
SAME_EVENT = "rows that repeat another row's event"


@dataclass(frozen=True, slots=True)
class Window:
    """What a case tells of: the days and the states."""

    first: date
    last: date
    countries: frozenset[str]


@dataclass
class Loaded:
    """What files of one format hold."""

    format: Format
    events: list[CodedEvent] = field(default_factory=list)
    rows: int = 0
    bad: list[BadRow] = field(default_factory=list)
    left: Counter[str] = field(default_factory=Counter)
    first: date | None = None
    """Of all rows, those outside the window too."""
    last: date | None = None
    countries: set[str] = field(default_factory=set)

    def cover(self, event: CodedEvent) -> None:
        """Counts an event in what the files cover."""
        self.first = min(self.first or event.first, event.first)
        self.last = max(self.last or event.last, event.last)
        if event.country:
            self.countries.add(event.country)


def load(sources: Sequence[Source], known: Known, window: Window | None) -> Loaded:
    """The events of files of one format. A row that cannot be read is told and never stops the load."""
    format = sources[0].format
    found = Loaded(format)
    kept: dict[object, CodedEvent] = {}
    for source in sources:
        torn: list[BadRow] = []  # could not even be split
        odd: list[BadRow] = []
        for row in rows(source, torn):
            found.rows += 1
            try:
                event = read_event(row, format, known)
            except Unreadable as error:
                odd.append(BadRow(row.file, row.line, str(error)))
                continue
            found.cover(event)
            why = _outside(event, window)
            if why is not None:
                found.left[why] += 1
                continue
            key = _same(event, format)
            if key in kept:
                found.left[SAME_EVENT] += 1
                event = _merged(kept[key], event)
            kept[key] = event
        found.rows += len(torn)
        found.bad += sorted((*torn, *odd), key=lambda each: each.line)
    found.events = list(kept.values())
    return found


def _outside(event: CodedEvent, window: Window | None) -> str | None:
    if not event.types:
        return NO_TYPE
    if not tells_enough(event):
        return TOO_LITTLE
    if window is None:
        return None
    if event.last < window.first or event.first > window.last:
        return OTHER_DAYS
    if event.country and window.countries and not land_of(event.country) & window.countries:
        return OTHER_STATES
    return None


def tells_enough(event: CodedEvent) -> bool:
    """Whether an event can be told from others of its day."""
    placed = bool(event.place) or (event.lat is not None and event.fineness != "country")
    return placed or any(party.name or party.country for party in event.parties)


def _same(event: CodedEvent, format: Format) -> object:
    """What rows of one event share: where people code, the id; else day, kind, parties and place."""
    if format not in _MACHINES:
        return event.id
    return event.first, event.coarse, event.fine, event.place, event.country, frozenset(event.parties)


def _merged(one: CodedEvent, other: CodedEvent) -> CodedEvent:
    """Two rows of one event: a row for each actor, or for each story."""
    parties = tuple(dict.fromkeys((*one.parties, *other.parties)))
    return replace(one, parties=parties, accounts=(*one.accounts, *other.accounts))


def beyond(events: Iterable[CodedEvent], loaded: Loaded, days: int) -> tuple[list[CodedEvent], Counter[str]]:
    """The events of a case that the files can have, and the others by reason."""
    kept, left = [], Counter[str]()
    name = NAMES[loaded.format]
    for event in events:
        if not tells_enough(event):
            left[TOO_LITTLE] += 1
        elif loaded.first is None or loaded.last is None:
            left[f"events for which the files of {name} have no row at all"] += 1
        elif (loaded.first - event.last).days > days or (event.first - loaded.last).days > days:
            left[f"events before or after the days of the files of {name}"] += 1
        elif event.country and not land_of(event.country) & loaded.countries:
            left[f"events in states of which the files of {name} tell nothing"] += 1
        else:
            kept.append(event)
    return kept, left


def window_of(events: Sequence[CodedEvent], days: int) -> Window | None:
    """What a case tells of, with some days to either side; None where it has no event."""
    if not events:
        return None
    first, last = min(e.first for e in events), max(e.last for e in events)
    countries = frozenset(e.country for e in events if e.country)
    if any(e.country is None for e in events):
        # an event whose place is not told may be anywhere its parties are from
        countries |= {p.country for e in events if e.country is None for p in e.parties if p.country}
    return Window(
        date.fromordinal(max(1, first.toordinal() - days)),
        date.fromordinal(min(date.max.toordinal(), last.toordinal() + days)),
        countries,
    )
