"""The ties between actors on a day, as a network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from saydo import desk
from saydo.api.extras import needed
from saydo.api.plots_look import INK, LINE, SOFT, note, plain, plural

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLOURS = {
    "chain": "#1f5f99", "belonging": "#8d3d80", "support": "#0a7d5a", "against": "#c2480a",
    "place": "#7b8388",
}  # fmt: skip
MARKERS = {"person": "o", "force": "h", "state": "s", "body": "D", "place": "^"}
SIZE = 130
"""Of a node, square points."""
WIDTH, HEIGHT, LETTER = 900.0, 560.0, 7.0
"""The plane on which actors are placed, and how much of it a letter of a name takes."""


def draw_ties(ax: Axes, ties: Sequence[desk.TieOverTime], kinds: Mapping[str, str], on: str | None) -> Axes:
    """The network; ``kinds`` are the actors' kinds, which give them their shapes."""
    patches = needed("matplotlib.patches", "a plot")
    lines = needed("matplotlib.lines", "a plot")
    plan = desk.plan_of(
        [(tie.type, tie.from_actor, tie.to_actor) for tie in ties],
        {end: name for t in ties for end, name in ((t.from_actor, t.from_name), (t.to_actor, t.to_name))},
        WIDTH, HEIGHT, LETTER,
    )  # fmt: skip
    shown = [tie for tie in ties if tie.from_actor in plan.places and tie.to_actor in plan.places]
    shown = [tie for tie in shown if tie.from_actor != tie.to_actor]
    between: dict[frozenset[str], int] = {}
    used: dict[str, tuple[str, object]] = {}
    for tie in shown:
        pair = frozenset((tie.from_actor, tie.to_actor))
        number = between[pair] = between.get(pair, -1) + 1
        bend = 0.14 * ((number + 1) // 2) * (1 if number % 2 else -1)
        if tie.from_actor > tie.to_actor:
            bend = -bend
        family, dash, directed = desk.look_of_tie(tie.type)
        style: object = (0, tuple(d / 1.6 for d in dash)) if dash else "solid"
        used[tie.type] = (COLOURS[family], style)
        ax.add_patch(patches.FancyArrowPatch(
            plan.places[tie.from_actor], plan.places[tie.to_actor], arrowstyle="-|>" if directed else "-",
            connectionstyle=f"arc3,rad={bend}", mutation_scale=11, shrinkA=8, shrinkB=8, linestyle=style,
            linewidth=0.9 if tie.on_the_day == "likely" else 1.9, color=COLOURS[family], zorder=1,
        ))  # fmt: skip
    met = {desk.shape_of(kinds.get(key, "")) for key in plan.places}
    for key, (x, y) in plan.places.items():
        shape = desk.shape_of(kinds.get(key, ""))
        fill = INK if shape == "state" else "white"
        ax.scatter([x], [y], s=SIZE, marker=MARKERS[shape], facecolor=fill, edgecolor=INK, zorder=2)
        ax.annotate(
            plan.labels[key], (x, y), xytext=(0, -11), textcoords="offset points", ha="center", va="top",
            fontsize=8.5, color=INK, zorder=3,
            bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.75, "pad": 0.4},
        )  # fmt: skip
    _frame(ax, on, shown)
    handles = [
        lines.Line2D([], [], color=colour, linestyle=style, linewidth=1.9, label=type)
        for type, (colour, style) in sorted(used.items())
    ]
    handles += [
        lines.Line2D([], [], marker=MARKERS[shape], linestyle="none", markeredgecolor=INK, label=name,
                     markerfacecolor=INK if shape == "state" else "white")
        for shape, name in desk.SHAPE_NAMES.items() if shape in met
    ]  # fmt: skip
    if handles:
        ax.legend(handles=handles, frameon=False, fontsize=8.5, loc="upper left", bbox_to_anchor=(1.0, 1.0))
    likely = sum(tie.on_the_day == "likely" for tie in shown)
    told = (
        [f"{plural(likely, 'tie')} drawn thin: likely, told of up to a year from that day"] if likely else []
    )
    told += [f"{plural(plan.left_out, 'less connected actor')} left out"] if plan.left_out else []
    note(ax, "; ".join(told))
    return ax


def _frame(ax: Axes, on: str | None, shown: Sequence[desk.TieOverTime]) -> None:
    """No axes: where an actor stands has no meaning."""
    plain(ax, f"Ties on {on}" if on else "Ties")
    ax.set_xlim(0, WIDTH)
    ax.set_ylim(HEIGHT + 18, -8)
    ax.set_xticks([])
    ax.set_yticks([])
    for spine in ax.spines.values():
        spine.set_visible(True)
        spine.set_color(LINE)
    if not shown:
        ax.text(WIDTH / 2, HEIGHT / 2, "no tie that held on this day", ha="center", color=SOFT)
