"""A comparison as one self-contained page: figures, pictures, and each event with its sentences."""

from __future__ import annotations

from typing import NamedTuple

from markupsafe import Markup

from saydo.export.compared_chart import by_type, over_time
from saydo.export.compared_tables import overlap
from saydo.export.rendered import rendered
from saydo.model.compared import NAMES, Account, CodedEvent, Comparison, Line, Match

MOST = 500
"""Events of a list on the page; the tables have all."""
_MOST_LINES = 40


class EventBlock(NamedTuple):
    """An event of one side."""

    when: str
    what: str
    who: str
    where: str
    killed: str
    accounts: tuple[Account, ...]


class MatchBlock(NamedTuple):
    ours: EventBlock
    theirs: EventBlock
    score: str
    why: tuple[str, ...]
    deaths: str
    """What the two tell of deaths, where they cannot both be right."""


class ListBlock(NamedTuple):
    """A list of events that have no partner."""

    id: str
    title: str
    about: str
    events: tuple[EventBlock, ...]
    of: int


class ComparedPage(NamedTuple):
    name: str
    theirs: str
    files: str
    period: str
    matched: int
    only_ours: int
    only_theirs: int
    figures: tuple[tuple[str, str, str], ...]
    """(what, figure, how to read it)."""
    time: Markup | None
    types: Markup | None
    by_type: tuple[Line, ...]
    by_place: tuple[Line, ...]
    places: int
    labels: tuple[tuple[str, str, int], ...]
    variants: tuple[tuple[int, str, int], ...]
    matches: tuple[MatchBlock, ...]
    lists: tuple[ListBlock, ...]
    left: tuple[tuple[str, str, int], ...]
    bad: tuple[tuple[str, int, str], ...]
    bad_all: int
    limits: str


def render(found: Comparison) -> str:
    """The page as HTML text; nothing in it is fetched or run."""
    return rendered("compared.html", build(found))


def build(found: Comparison) -> ComparedPage:
    """What the page shows."""
    theirs = NAMES[found.format]
    return ComparedPage(
        name=found.case, theirs=theirs, files=", ".join(found.files),
        period=f"{found.span[0]} to {found.span[1]}" if found.span else "",
        matched=len(found.matches), only_ours=len(found.only_ours), only_theirs=len(found.only_theirs),
        figures=tuple(figures(found)), time=over_time(found), types=by_type(found),
        by_type=found.by_type[:_MOST_LINES], by_place=found.by_place[:_MOST_LINES],
        places=len(found.by_place),
        labels=found.confusion[:_MOST_LINES],
        variants=tuple((v.days, f"{v.km:g}", v.matched) for v in found.variants),
        matches=tuple(_match(match) for match in sorted(found.matches, key=lambda m: m.ours.first)[:MOST]),
        lists=_lists(found), left=_left(found), bad=found.bad[:_MOST_LINES], bad_all=len(found.bad),
        limits=(
            f"at most {found.limits.days} days and {found.limits.km:g} km apart, score {found.limits.least:g}"
        ),
    )  # fmt: skip


def figures(found: Comparison) -> list[tuple[str, str, str]]:
    """The figures that a reader asks for first, with what each can and cannot tell."""
    theirs, matched = NAMES[found.format], len(found.matches)
    shown = [
        ("events that both have", _percent(found.specific_agreement),
         "specific agreement, 2m / (2m + only one); nobody knows how many neither has, so that no measure "
         "can allow for chance here"),
    ]  # fmt: skip
    if matched and found.chance is not None:
        shown.append(("by chance", f"about {found.chance:.0f} of {matched}",
                      "matches that there still are with the rows' days moved by four weeks"))  # fmt: skip
    near = [m.evidence.km for m in found.matches if m.evidence.km is not None]
    if matched:
        days = sum(m.evidence.days == 0 for m in found.matches)
        shown.append(("same time", f"{days} of {matched}", "matches whose times touch"))
    if near:
        close = sum(km <= 10 for km in near)
        shown.append(("within 10 km", f"{close} of {len(near)}", "matches with a point on both sides"))
    for name, kappa in (("same type", found.types), ("same finer type", found.fine_types)):
        if kappa is not None:
            value = "not defined" if kappa.kappa is None else f"{kappa.kappa:.2f}"
            span = "" if kappa.low is None else f" ({kappa.low:.2f} to {kappa.high:.2f})"
            shown.append((name, _percent(kappa.observed),
                          f"of {kappa.pairs} pairs matched without looking at it, in {theirs}'s terms; "
                          f"kappa {value}{span}"))  # fmt: skip
    counted = [m for m in found.matches if m.ours.low is not None and m.theirs.low is not None]
    if counted:
        same = sum(overlap(m.ours, m.theirs) for m in counted)
        shown.append(
            (
                "deaths agree",
                f"{same} of {len(counted)}",
                "matches of which both tell deaths: numbers overlap",
            )
        )
    if found.weekly is not None:
        shown.append(("by week", f"r = {found.weekly:.2f}", "correlation of the weekly counts of both"))
    return shown


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.0f} %"


def _match(match: Match) -> MatchBlock:
    ours, theirs = match.ours, match.theirs
    apart = ours.low is not None and theirs.low is not None and not overlap(ours, theirs)
    deaths = f"deaths differ: {_killed(ours)} here, {_killed(theirs)} there" if apart else ""
    return MatchBlock(_block(ours), _block(theirs), f"{match.score:.2f}", match.evidence.reasons, deaths)


def _block(event: CodedEvent) -> EventBlock:
    when = event.first.isoformat() if event.first == event.last else f"{event.first} – {event.last}"
    acting = [p.name or p.country or "" for p in event.parties if p.acts is not False]
    suffering = [p.name or p.country or "" for p in event.parties if p.acts is False]
    who = ", ".join(acting) + (f" → {', '.join(suffering)}" if suffering else "")
    label = " / ".join(part for part in (event.coarse, event.fine) if part)
    where = ", ".join(part for part in (event.place, event.country) if part)
    return EventBlock(
        when if event.told else f"{when} (day of publication)", label or "; ".join(event.types), who,
        where or "place not told", _killed(event), event.accounts,
    )  # fmt: skip


def _killed(event: CodedEvent) -> str:
    if event.low is None:
        return ""
    if event.high == event.low:
        return f"{event.low} killed"
    return f"{event.low} or more killed" if event.high is None else f"{event.low} to {event.high} killed"


def _lists(found: Comparison) -> tuple[ListBlock, ...]:
    theirs = NAMES[found.format]
    texts = (
        ("only-case", "Only in the case", f"{theirs} could have these events and does not have them."),
        ("only-files", f"Only in {theirs}",
         "On the days and in the states of the case, but its reports do not tell of them, or saydo did not "
         "find them there."),
        ("beside-case", "Of the case, beside a match",
         f"They fit an event of {theirs} that fits another one of the case better: two reports that the case "
         "does not take for one event, or two events."),
        ("beside-files", f"Of {theirs}, beside a match",
         "They fit an event of the case that fits another row better: a row for another story of it, or "
         "another event."),
    )  # fmt: skip
    events = (found.only_ours, found.only_theirs, found.beside_ours, found.beside_theirs)
    return tuple(
        ListBlock(*text, tuple(_block(e) for e in sorted(own, key=lambda e: e.first)[:MOST]), len(own))
        for text, own in zip(texts, events, strict=True)
    )


def _left(found: Comparison) -> tuple[tuple[str, str, int], ...]:
    sides = (("the case", found.left_ours), (NAMES[found.format], found.left_theirs))
    return tuple(
        (side, reason, count)
        for side, left in sides
        for reason, count in sorted(left.items(), key=lambda each: (-each[1], each[0]))
        if count
    )
