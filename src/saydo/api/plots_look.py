"""What the pictures have in common: colours that most eyes tell apart, axes, dates, notes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from saydo.api.extras import needed

if TYPE_CHECKING:
    from matplotlib.axes import Axes

INK, SOFT, LINE = "#1c2326", "#566066", "#d8d4c8"
SAID, DONE = "#1f5f99", "#c2480a"
SERIES = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#f0e442", "#7b8388")
"""The colours of Okabe and Ito (https://jfly.uni-koeln.de/color/), which people who see colours otherwise
tell apart too; the grey is for all the rest."""


def axes(ax: Axes | None, width: float, height: float) -> Axes:
    """The axes given, or new ones of so many inches. Raises MissingExtra without matplotlib."""
    pyplot = needed("matplotlib.pyplot", "a plot")
    if ax is not None:
        return ax
    _, made = pyplot.subplots(figsize=(width, height), layout="constrained")
    made_axes: Axes = made
    return made_axes


def plain(ax: Axes, title: str) -> None:
    """A title on the left and no more lines than are needed."""
    ax.set_title(title, loc="left", color=INK, fontsize=11, fontweight="bold")
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        ax.spines[side].set_color(LINE)
    ax.tick_params(colors=SOFT, labelsize=9)
    ax.xaxis.label.set_color(SOFT)
    ax.yaxis.label.set_color(SOFT)


def dated(ax: Axes) -> None:
    """Days along the lower edge, as short as they can be said."""
    dates: Any = needed("matplotlib.dates", "a plot")
    ax.xaxis_date()
    locator = dates.AutoDateLocator(minticks=3, maxticks=8)
    ax.xaxis.set_major_locator(locator)
    ax.xaxis.set_major_formatter(dates.ConciseDateFormatter(locator))


def at(of: date) -> float:
    """A day as matplotlib counts them."""
    dates: Any = needed("matplotlib.dates", "a plot")
    return float(dates.date2num(of))


def note(ax: Axes, text: str) -> None:
    """What the picture leaves out, in small letters under the axis."""
    if text:
        label = ax.get_xlabel()
        ax.set_xlabel(f"{label}\n{text}" if label else text, color=SOFT, fontsize=9, loc="left")


def day(iso: str | None) -> date | None:
    """A whole day; None where it is none."""
    try:
        return date.fromisoformat(iso[:10]) if iso else None
    except ValueError:
        return None


def plural(number: int, one: str) -> str:
    """``1 event``, ``1,204 events``."""
    return f"{number:,} {one}{'' if number == 1 else 's'}"


def short(text: str, length: int) -> str:
    """A text on one line, cut at a word."""
    text = " ".join(text.split())
    if len(text) <= length:
        return text
    return text[: length - 1].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"
