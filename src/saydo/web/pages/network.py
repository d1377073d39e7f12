"""Network: who was tied to whom on a day, with the ties' evidence, and who came out of whom over time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from saydo import desk
from saydo.desk import network as made
from saydo.desk import words
from saydo.model.errors import InputError
from saydo.web.errors import missing
from saydo.web.pages import Page
from saydo.web.rendering import render
from saydo.web.room import Room

router = APIRouter()
PAGE = Page("network", "Network", 50, router)
MOST_LISTED = 100
GROUPS: dict[str, tuple[str, ...]] = {
    "chain": ("command", "allegiance", "leadership", "office", "succession"),
    "belonging": ("affiliation", "composition"),
    "support": ("alliance", "sponsorship", "contact"),
    "fight": ("rivalry",),
    "where": ("presence",),
}
"""Colour → the types of ties that are drawn in it."""
STATES = ("held", "likely")
_TIE: Mapping[str, str] = {str(kind): verb for kind, verb in words.TIE.items()}


@dataclass(frozen=True, slots=True)
class Listed:
    """A tie in the list beside the picture."""

    number: int
    one: str
    verb: str
    other: str
    state: str
    colour: str
    reports: int
    only_said: bool


@dataclass(frozen=True, slots=True)
class Lane:
    """An actor's time in the genealogy: ``x`` to ``x + width`` of 1,000, and what it came out of."""

    id: str
    name: str
    row: int
    x: float
    width: float
    from_rows: tuple[tuple[int, float, str, int], ...]
    """(row it came out of, where on the axis, how, number of the tie)."""


@dataclass(frozen=True, slots=True)
class NetworkPage:
    """The ties of a day, and the bounds within which the day moves."""

    on: str
    first: str
    last: str
    span: int
    """Days from the first to the last."""
    at: int
    """The day as a number of days from the first."""
    kind: tuple[str, ...]
    state: str | None
    q: str
    actor: str | None
    actor_name: str
    kinds: tuple[tuple[str, str, int], ...]
    states: tuple[tuple[str, str, None], ...]
    listed: tuple[Listed, ...]
    total: int
    actors: int
    all_ties: int
    cut: bool
    view: str
    lineage: tuple[Lane, ...]
    years: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class TiePage:
    """A tie with its passages."""

    tie: made.TieEvidence
    ends: tuple[tuple[str, str], ...]
    """Id and name of the two actors, for links to who they are."""


@router.get("/network", name="network")
def show(
    request: Request,
    on: str = "",
    kind: Annotated[list[str], Query()] = [],  # noqa: B006
    state: Literal["held", "likely"] | None = None,
    q: Annotated[str, Query(max_length=200)] = "",
    actor: str | None = None,
    view: Literal["ties", "lanes"] = "ties",
) -> Response:
    """The page. ``on`` may be a year, a month or a day, of which the last day counts."""
    kinds = desk.known_kinds("ties", kind)
    with Room.of(request).open() as store:
        found = made.network(store)
    first, last = found.days or ("", "")
    day = desk.bound(on, last=True) if on else found.latest or last
    names = {a.id: " ".join(a.name.split()) for a in found.actors}
    if actor is not None and actor not in names:
        raise InputError("that actor has no ties over time; choose another in the list")
    today = [(tie, told) for tie in found.ties if (told := tie.on(day))]
    counted = Counter(tie.type for tie, told in today if state in (None, told))
    wanted = " ".join(q.casefold().split())
    chosen = [
        (tie, told)
        for tie, told in today
        if state in (None, told)
        and (not kinds or tie.type in kinds)
        and (actor is None or actor in (tie.from_actor, tie.to_actor))
        and (not wanted or any(wanted in names[end].casefold() for end in (tie.from_actor, tie.to_actor)))
    ]
    lanes, years = _lanes(found, names) if view == "lanes" else ((), ())
    page = NetworkPage(
        on=day, first=first, last=last, span=_between(first, last), at=_between(first, day), kind=kinds,
        state=state, q=q, actor=actor, actor_name=names.get(actor or "", ""),
        kinds=tuple((k, str(_TIE[k]), n) for k, n in counted.most_common()),
        states=tuple((s, s, None) for s in STATES),
        listed=tuple(_listed(tie, told, names) for tie, told in chosen[:MOST_LISTED]), total=len(chosen),
        actors=len({end for tie, _ in chosen for end in (tie.from_actor, tie.to_actor)}),
        all_ties=len(found.ties), cut=found.cut, view=view, lineage=lanes, years=years,
    )  # fmt: skip
    return render(request, "network.html", page, active="network")


@router.get("/network/tie", name="network_tie")
def tie(request: Request, number: Annotated[int, Query(ge=0, lt=2**31)]) -> Response:
    """A tie with the passages it rests on."""
    with Room.of(request).open() as store:
        found = made.tie_evidence(store, number)
        if found is None:
            raise missing("the case has no such tie")
        ends = (found.spell.from_actor, found.spell.to_actor)
        names = store.names_of(ends)
    page = TiePage(found, tuple((id, names[id]) for id in ends if id in names))
    return render(request, "network_tie.html", page, active="network")


def colour_of(kind: str) -> str:
    """The colour in which a type of tie is drawn."""
    return next(colour for colour, kinds in GROUPS.items() if kind in kinds)


def _between(first: str, day: str) -> int:
    return (date.fromisoformat(day) - date.fromisoformat(first)).days if first and day else 0


def _listed(tie: made.TieSpan, told: str, names: dict[str, str]) -> Listed:
    return Listed(
        tie.number, names[tie.from_actor], _TIE[tie.type], names[tie.to_actor], told,
        colour_of(tie.type), tie.reports, tie.only_said,
    )  # fmt: skip


def _lanes(
    found: made.Network, names: dict[str, str]
) -> tuple[tuple[Lane, ...], tuple[tuple[str, float], ...]]:
    """A lane for each actor that came out of another, or that another came out of: by when they are first
    told of, children below their parents."""
    born = [tie for tie in found.ties if tie.type == "succession"]
    ends = {end for tie in born for end in (tie.from_actor, tie.to_actor)}
    days: dict[str, list[str]] = {end: [] for end in ends}
    for tie in found.ties:
        for end in {tie.from_actor, tie.to_actor} & ends:
            days[end] += [d for d in (tie.held or ()) if "0001" < d[:4] < "9999"]
    parents: dict[str, list[made.TieSpan]] = {}
    for tie in born:
        if tie.held:
            parents.setdefault(tie.from_actor, []).append(tie)
    for end, births in parents.items():  # who came out of another was not there before
        birth = min(tie.held[0] for tie in births if tie.held)
        days[end] = [birth, *(d for d in days[end] if d > birth)]
    ordered = _family_order(born, {end: min(told, default="9999") for end, told in days.items()})[:80]
    known = [d for end in ordered for d in days[end]]
    if not known:
        return (), ()
    first = date.fromisoformat(min(known)) - timedelta(days=90)
    whole = max(1, (date.fromisoformat(max(known)) - first).days + 90)

    def x(day: str) -> float:
        return round(1000 * (date.fromisoformat(day) - first).days / whole, 1)

    rows = {end: n for n, end in enumerate(ordered)}
    lanes = []
    for end in ordered:
        told = days[end] or [min(known)]
        came_from = tuple(
            (rows[t.to_actor], x(t.held[0]), t.role or "came out of", t.number)
            for t in parents.get(end, ()) if t.to_actor in rows and t.held
        )  # fmt: skip
        start = x(min(told))
        lanes.append(Lane(end, names[end], rows[end], start, max(4.0, x(max(told)) - start), came_from))
    step = max(1, whole // 365 // 10)
    begin = first.year + 1
    years = tuple(
        (str(year), x(f"{year}-01-01")) for year in range(begin, first.year + whole // 365 + 1, step)
    )
    return tuple(lanes), years


def _family_order(born: list[made.TieSpan], since: dict[str, str]) -> list[str]:
    children: dict[str, list[str]] = {}
    for tie in born:
        children.setdefault(tie.to_actor, []).append(tie.from_actor)
    roots = sorted(set(since) - {tie.from_actor for tie in born}, key=lambda end: (since[end], end))
    order: dict[str, None] = {}
    for root in (*roots, *sorted(since, key=lambda end: (since[end], end))):
        waiting = [root]
        while waiting:
            end = waiting.pop()
            if end not in order:
                order[end] = None
                waiting += sorted(children.get(end, ()), key=lambda c: (since[c], c), reverse=True)
    return list(order)
