"""What several reports tell of one event, put together for data sets that have one row for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from saydo.export.codes import ARMED_GROUPS, CIVILIANS, STATE_FORCES
from saydo.export.contract import Left
from saydo.export.told_events import Side, ToldEvent, happened, incidents, told_events
from saydo.model.case import CaseView
from saydo.model.records import Place

_FINEST = ("exact", "city", "district", "admin1", "water", "region", "country")
STATES = frozenset(("state", "de facto state", "government", "military", "police", "intelligence service"))
GROUPS = frozenset(("armed group", "criminal organisation"))


class Accounts(NamedTuple):
    """One event as all its reports tell it."""

    members: tuple[ToldEvent, ...]
    mode: str | None
    """The first that a report gives."""
    actors: tuple[Side, ...]
    recipients: tuple[Side, ...]
    place: Place | None
    """The most exact one."""
    first: date | None
    last: date | None
    """The shortest time that a report gives; None where it is open on a side."""
    low: int | None
    high: int | None
    """Fewest and most killed; ``high`` is None also where a report leaves it open."""
    exact: int | None
    """How many were killed, where all reports that count agree on a number."""

    @property
    def id(self) -> str:
        """That of the first account."""
        return self.members[0].id

    @property
    def day(self) -> date | None:
        """The day, where it is known."""
        return self.first if self.first == self.last else None

    @property
    def days(self) -> int | None:
        """How long the time is within which it happened, in days."""
        return (self.last - self.first).days + 1 if self.first and self.last else None


def all_accounts(view: CaseView, left: Left) -> Iterator[Accounts]:
    """The events that happened, those of several reports once; events that a report tells of as not so, to
    come or possible are counted in ``left``."""
    for members in incidents(view, told_events(view)):
        real = tuple(happened(members, left))
        if real:
            yield put_together(real)


def put_together(members: tuple[ToldEvent, ...]) -> Accounts:
    """Several accounts as one."""
    killed = [told.event.killed for told in members if told.event.killed is not None]
    exact = {count.low if count.low == count.high else None for count in killed}
    highs = [count.high for count in killed]
    first, last = _shortest(members)
    return Accounts(
        members=members,
        mode=next((told.event.mode for told in members if told.event.mode), None),
        actors=_once(side for told in members for side in told.actors),
        recipients=_once(side for told in members for side in told.recipients),
        place=min(
            (told.place for told in members if told.place and told.place.name),
            key=lambda place: _FINEST.index(place.precision) if place.precision else len(_FINEST),
            default=None,
        ),
        first=first,
        last=last,
        low=min((count.low for count in killed), default=None),
        high=None if None in highs else max((high for high in highs if high is not None), default=None),
        exact=exact.pop() if len(exact) == 1 else None,
    )


def is_state(side: Side) -> bool:
    """Whether somebody acts for a state."""
    return side.kind in STATES or (side.sector in STATE_FORCES and side.kind != "person")


def is_group(side: Side) -> bool:
    """Whether somebody is armed and acts for no state."""
    return not is_state(side) and (side.kind in GROUPS or side.sector in ARMED_GROUPS)


def is_civilian(side: Side) -> bool:
    """Whether somebody is known to bear no arms for anybody; officials are civilians in person."""
    officials = side.kind == "person" and side.sector in ("GOV", "LEG", "JUD")
    return not is_group(side) and not is_state(side) and (officials or side.sector in CIVILIANS)


def _once(sides: Iterable[Side]) -> tuple[Side, ...]:
    """Each name once, known ones before others; a town that is attacked is no actor."""
    found: dict[str, Side] = {}
    for side in (side for side in sides if not side.thing):
        found.setdefault(side.name, side)
    return tuple(sorted(found.values(), key=lambda side: not side.known))


def _shortest(members: tuple[ToldEvent, ...]) -> tuple[date | None, date | None]:
    spans = []
    for told in members:
        time = told.event.time
        if time and time.from_ and time.to:
            spans.append((date.fromisoformat(time.from_), date.fromisoformat(time.to)))
    return min(spans, key=lambda span: (span[1] - span[0], span), default=(None, None))
