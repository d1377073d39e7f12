"""An actor's words and deeds over time, and which of them stand against each other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from saydo import desk
from saydo.api.plots_look import DONE, INK, LINE, SAID, SOFT, at, axes, dated, day, note, plain, plural, short
from saydo.model.deeds import DeedsFilter
from saydo.model.errors import InputError

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from saydo.model.case import CaseView
    from saydo.model.store import CaseStore

Ref = tuple[str, str]
ROWS = 5
"""Rows of marks on either side; what finds no row shares the outermost."""
LISTED = 8
"""Discrepancies that are listed beneath a picture of its own."""


def draw_deeds(
    case: CaseView, store: CaseStore, actor: str, since: str | None, until: str | None, ax: Axes | None
) -> Axes:
    """The picture for the first actor that the name means."""
    id = desk.find_actors(case, actor)[0]
    who = store.speaker(id)
    if who is None:
        raise InputError(f"no actor {actor!r} in the case {case.name}; see case.actors")
    where = DeedsFilter(
        speaker=id,
        since=desk.bound(since, last=False) if since else None,
        until=desk.bound(until, last=True) if until else None,
    )
    view = desk.deeds_view(store, who, where)
    own = ax is None
    ax = axes(ax, 10, 4.2 + (0.36 * min(len(view.lines), LISTED) if own else 0))
    placed = _placed(view.deeds)
    _marks(ax, view.deeds, placed)
    _joins(ax, view.lines, placed)
    plain(ax, f"{who.name}: words and deeds")
    _axis(ax, placed)
    told = [plural(view.undated, "finding") + " without a day not drawn"] if view.undated else []
    told += ["only the strongest and the first are drawn; choose fewer days to see more"] if view.cut else []
    note(ax, "; ".join(told) + ("\n\n" + _list(view.lines) if own and view.lines else ""))
    return ax


def _placed(deeds: Sequence[desk.Deed]) -> dict[Ref, tuple[date, float]]:
    """Finding → day and height: words above 0, conduct below, in rows so that marks and their words lie
    apart; what is in a discrepancy comes first, nearest to the middle."""
    days = {deed.ref: found for deed in deeds if (found := day(deed.day)) is not None}
    if not days:
        return {}
    unit = max((max(days.values()) - min(days.values())).days / 100, 0.25)
    taken: dict[tuple[str, int], list[tuple[float, float]]] = {}
    placed: dict[Ref, tuple[date, float]] = {}
    for deed in sorted(deeds, key=lambda deed: (not deed.joins, deed.day or "")):
        when = days.get(deed.ref)
        if when is None:
            continue
        left = when.toordinal() - unit
        right = when.toordinal() + unit * (1.2 + (1.25 * len(_word(deed)) if deed.joins else 0))
        free = (
            n for n in range(ROWS) if all(right <= a or b <= left for a, b in taken.get((deed.side, n), ()))
        )
        row = next(free, ROWS - 1)
        taken.setdefault((deed.side, row), []).append((left, right))
        placed[deed.ref] = when, (row + 1.0) * (1 if deed.side == "said" else -1)
    return placed


def _word(deed: desk.Deed) -> str:
    """What stands beside a mark."""
    return deed.kind.lower().split(" · ")[0]


def _marks(ax: Axes, deeds: Sequence[desk.Deed], placed: dict[Ref, tuple[date, float]]) -> None:
    """A mark for each finding; those in a discrepancy are filled and have their kind beside them."""
    for side, colour, marker, other in (("said", SAID, "o", "words"), ("done", DONE, "s", "conduct")):
        for joined in (True, False):
            chosen = [d for d in deeds if d.side == side and bool(d.joins) == joined]
            spots = [placed[d.ref] for d in chosen if d.ref in placed]
            if spots:
                ax.scatter(
                    [at(x) for x, _ in spots], [y for _, y in spots], s=46 if joined else 26, marker=marker,
                    zorder=3,
                    facecolor=colour if joined else "white", edgecolor=colour,
                    label=f"{side}, in a discrepancy" if joined else f"other {other}",
                )  # fmt: skip
    for deed in deeds:
        if deed.ref in placed and deed.joins:
            ax.annotate(
                _word(deed), (at(placed[deed.ref][0]), placed[deed.ref][1]), xytext=(6, 3), color=INK,
                textcoords="offset points", fontsize=8, zorder=4,
            )  # fmt: skip


def _joins(ax: Axes, lines: Sequence[desk.DiscrepancyLine], placed: dict[Ref, tuple[date, float]]) -> None:
    for line in lines:
        if line.statement not in placed or line.opposed not in placed:
            continue
        (x, y), (to_x, to_y) = placed[line.statement], placed[line.opposed]
        ax.plot([at(x), at(to_x)], [y, to_y], color=SOFT, linewidth=1.0, zorder=2)
        share = (0.5, 0.38, 0.62)[line.number % 3]
        middle = at(x) + (at(to_x) - at(x)) * share
        ax.text(
            middle, y + (to_y - y) * share, str(line.number), fontsize=8, ha="center", va="center", color=INK,
            zorder=5, bbox={"boxstyle": "circle,pad=0.2", "facecolor": "white", "edgecolor": SOFT},
        )  # fmt: skip


def _axis(ax: Axes, placed: dict[Ref, tuple[date, float]]) -> None:
    if not placed:
        ax.text(0.5, 0.5, "nothing that has a day", ha="center", color=SOFT, transform=ax.transAxes)
        ax.set_xticks([])
        ax.set_yticks([])
        return
    ax.axhline(0, color=LINE, linewidth=6, zorder=1)
    above = max(1.0, *(y for _, y in placed.values())) + 0.9
    below = min(-1.0, *(y for _, y in placed.values())) - 0.9
    ax.set_ylim(below, above)
    ax.set_yticks([above / 2, below / 2], ["said", "done"], rotation=90, va="center")
    ax.tick_params(axis="y", length=0, labelsize=10)
    ax.margins(x=0.08)
    ax.set_xlabel("day, or day of the report where the text tells none")
    dated(ax)
    ax.legend(frameon=False, fontsize=8.5, loc="upper left", bbox_to_anchor=(1.0, 1.0))


def _list(lines: Sequence[desk.DiscrepancyLine]) -> str:
    told = [
        f"{line.number}  {line.kind}, {line.score:.2f}:  {short(line.said, 54)}  |  {short(line.against, 54)}"
        for line in lines[:LISTED]
    ]
    more = len(lines) - LISTED
    return "\n".join([*told, *([f"and {more:,} more: case.discrepancies has them"] if more > 0 else [])])
