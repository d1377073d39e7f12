"""Pictures of a case with matplotlib. Each is drawn on the axes given or on new ones, and gives them back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from saydo import desk
from saydo.api.extras import needed
from saydo.api.plots_look import SERIES, at, axes, dated, day, note, plain, plural
from saydo.model.errors import InputError

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from saydo.api.findings import Findings
    from saydo.model.case import CaseView
    from saydo.model.store import CaseStore

Every = Literal["day", "week", "month"]
MOST_DAYS = {"day": 1, "week": 7, "month": 31}


class Plots:
    """The pictures of a case, as ``case.plot``. All need matplotlib: ``pip install 'saydo[plot]'``.

    Only what happened is drawn: what a text denies, expects or imagines is left out, and said to be. Several
    reports of one event, as far as the case has matched them, count once.
    """

    def __init__(
        self,
        view: CaseView,
        store: CaseStore,
        events: Findings[desk.EventRow],
        ties: Callable[..., list[desk.TieOverTime]],
    ) -> None:
        self._view, self._store, self._events, self._ties = view, store, events, ties

    def events(
        self,
        *,
        every: Every = "week",
        actor: str | None = None,
        kind: str | Sequence[str] | None = None,
        since: str | None = None,
        until: str | None = None,
        ax: Axes | None = None,
    ) -> Axes:
        """Events a week by type: a bar for each week, the seven commonest types in colours of their own.

        An event belongs to the week in which it happened; one whose days are less sure than the bars are
        wide, or that has none, is counted in the note. ``every``: ``day``, ``week`` (from Monday) or
        ``month``; the other conditions are those of :meth:`Findings.where`. Raises InputError, MissingExtra.
        """
        if every not in MOST_DAYS:
            raise InputError(f"every={every!r} is unknown; choose 'day', 'week' or 'month'")
        found = self._events.where(actor=actor, kind=kind, since=since, until=until)
        bins: dict[date, Counter[str]] = {}
        undated = 0
        for row in happened(self._view, found):
            start = _bin(row, every)
            if start is None:
                undated += 1
            else:
                bins.setdefault(start, Counter())[row.type] += 1
        ax = axes(ax, 9, 4)
        self._bars(ax, bins, every)
        plain(ax, f"Events a {every} by type")
        ax.set_ylabel("events")
        ax.set_xlabel("day" if every == "day" else f"first day of the {every}")
        note(
            ax, f"Not drawn: {plural(undated, 'event')} of which the {every} is not known." if undated else ""
        )
        return ax

    @staticmethod
    def _bars(ax: Axes, bins: dict[date, Counter[str]], every: Every) -> None:
        totals = sum(bins.values(), Counter[str]())
        common = [type for type, _ in sorted(totals.items(), key=lambda t: (-t[1], t[0]))]
        series = common if len(common) <= len(SERIES) - 1 else common[: len(SERIES) - 1]
        starts = _all_bins(bins, every)
        below = [0] * len(starts)
        rest = [type for type in common if type not in series]
        width = {"day": 0.9, "week": 6.3, "month": 27.0}[every]
        for colour, types in zip(SERIES, [[type] for type in series], strict=False):
            below = _stack(ax, starts, bins, types, types[0].lower(), colour, below, width)
        if rest:
            _stack(ax, starts, bins, rest, "all others", SERIES[-1], below, width)
        if starts:
            dated(ax)
            ax.legend(frameon=False, fontsize=9, loc="upper left", bbox_to_anchor=(1.0, 1.0))
        ax.yaxis.set_major_locator(needed("matplotlib.ticker", "a plot").MaxNLocator(integer=True))

    def ties(
        self,
        on: str | None = None,
        *,
        actor: str | None = None,
        types: Sequence[str] = (),
        ax: Axes | None = None,
    ) -> Axes:
        """Who was tied to whom on a day (of a month or a year: its last; without one the day of the last
        report). Ties that no report tells of close to that day, and no report ends, are likely: thin. At most
        forty actors, the best connected. Raises InputError, MissingExtra."""
        from saydo.api.plots_ties import draw_ties

        if on is None:
            published = sorted(d.date for d in self._view.documents if d.date)
            on = published[-1] if published else None
        ties = self._ties(actor=actor, types=types, on=on)
        kinds = {found.actor.id: found.actor.kind for found in self._view.actors}
        return draw_ties(axes(ax, 9, 6), ties, kinds, on)

    def say_do(
        self, actor: str, *, since: str | None = None, until: str | None = None, ax: Axes | None = None
    ) -> Axes:
        """What an actor said, above, and what it did or is reported to have done, below, over time. Lines
        join a statement with what stands against it; the number is that of the list beneath, strongest first.

        ``actor``: id, name or alias; ``since``, ``until``: a year, a month or a day. Raises InputError where
        the case has no such actor, MissingExtra.
        """
        from saydo.api.plots_deeds import draw_deeds

        return draw_deeds(self._view, self._store, actor, since, until, ax)

    def map(
        self,
        *,
        actor: str | None = None,
        kind: str | Sequence[str] | None = None,
        since: str | None = None,
        until: str | None = None,
        ax: Axes | None = None,
    ) -> Axes:
        """Where events happened: a disc for each place, its area by their number; a ring where no more than
        the district, province or country is known. Degrees, WGS 84, on country outlines of Natural Earth that
        come with saydo. Raises InputError, MissingExtra."""
        from saydo.api.plots_map import draw_map

        found = self._events.where(actor=actor, kind=kind, since=since, until=until)
        return draw_map(axes(ax, 9, 6), happened(self._view, found))


def happened(view: CaseView, rows: Iterable[desk.EventRow]) -> list[desk.EventRow]:
    """Events that happened, each once: of several accounts the one whose day and place are surest."""
    incident_of = {member: incident.id for incident in view.incidents for member in incident.members}
    best: dict[object, desk.EventRow] = {}
    for row in rows:
        if row.polarity == "negative" or row.realis in ("future", "hypothetical"):
            continue
        ref = (row.citation.document, row.id)
        key: object = incident_of.get(ref, ref)
        known = best.get(key)
        if known is None or _known(row) > _known(known):
            best[key] = row
    return list(best.values())


def _known(row: desk.EventRow) -> tuple[bool, bool, float]:
    return _days(row) is not None, row.where is not None and row.where.lat is not None, row.score


def _days(row: desk.EventRow) -> tuple[date, date] | None:
    first = day(row.time.from_ or row.time.to) if row.time else None
    last = day(row.time.to or row.time.from_) if row.time else None
    return (first, last) if first and last and first <= last else None


def _bin(row: desk.EventRow, every: Every) -> date | None:
    """The first day of the bin that an event belongs to; None where that is not known."""
    days = _days(row)
    if days is None or (days[1] - days[0]).days >= MOST_DAYS[every]:
        return None
    first, last = (_start(each, every) for each in days)
    return first if first == last or every == "week" else None


def _start(of: date, every: Every) -> date:
    if every == "month":
        return of.replace(day=1)
    return of - timedelta(days=of.weekday()) if every == "week" else of


def _all_bins(bins: dict[date, Counter[str]], every: Every) -> list[date]:
    """Every bin from the first to the last, empty ones too."""
    if not bins:
        return []
    starts, start, last = [], min(bins), max(bins)
    while start <= last:
        starts.append(start)
        start = _start(start + timedelta(days=MOST_DAYS[every] if every != "month" else 32), every)
    return starts


def _stack(
    ax: Axes, starts: list[date], bins: dict[date, Counter[str]], types: Sequence[str], label: str,
    colour: str, below: list[int], width: float,
) -> list[int]:  # fmt: skip
    heights = [sum(bins.get(start, Counter())[type] for type in types) for start in starts]
    ax.bar(
        [at(start) for start in starts], heights, width, bottom=below, align="edge", color=colour,
        edgecolor="white", linewidth=0.5, label=f"{label} ({sum(heights)})",
    )  # fmt: skip
    return [a + b for a, b in zip(below, heights, strict=True)]
