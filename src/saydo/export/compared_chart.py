"""A comparison as pictures: what both have and what each has alone, over time and by type. Colours are given
with each shape, so that the file stands by itself."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, log10

from markupsafe import Markup

from saydo.export.svg import element, picture, shortened, text_width
from saydo.model.compared import NAMES, Comparison, Line

BOTH, CASE, FILE = "#0a7d5a", "#2473ab", "#d9822b"
_WIDTH, _LEFT, _TOP, _HEIGHT, _FOOT = 1000.0, 46.0, 34.0, 190.0, 26.0
_MOST_COLUMNS = 80
_BAR, _NAMES, _MOST_BARS = 24.0, 270.0, 16


def over_time(found: Comparison) -> Markup | None:
    """Stacked columns by week, or month or year where weeks would be too narrow; None without an event."""
    unit, columns = _columns(found.by_week)
    if not columns:
        return None
    most = max(1, *map(total, columns))
    step = _step(most)
    top = ceil(most / step) * step
    bottom = _TOP + _HEIGHT
    width = (_WIDTH - _LEFT) / len(columns)
    marks: list[str] = []
    for value in range(0, top + 1, step):
        y = bottom - value / top * _HEIGHT
        marks.append(element("line", x1=_LEFT, x2=_WIDTH, y1=y, y2=y, stroke="#888", stroke_opacity="0.35"))
        marks.append(_text(str(value), _LEFT - 6, y + 4, anchor="end"))
    every = max(1, ceil(len(columns) * 78 / (_WIDTH - _LEFT)))
    for n, line in enumerate(columns):
        x = _LEFT + n * width
        marks += _stack(line, x + width * 0.08, min(width * 0.84, 44.0), bottom, _HEIGHT / top, unit)
        if n % every == 0:
            marks.append(_text(line.key, x + width * 0.08, bottom + 17))
    theirs = NAMES[found.format]
    title = f"Events by {unit}: both, only the case, only {theirs}"
    about = (
        f"{len(found.matches)} matched, {len(found.only_ours)} only in the case, "
        f"{len(found.only_theirs)} only in {theirs}, from {columns[0].key} to {columns[-1].key}."
    )
    return picture(_WIDTH, bottom + _FOOT, "compared-time", title, about, *_legend(found), *marks)


def by_type(found: Comparison) -> Markup | None:
    """Stacked bars by type in the other data set's terms; the rarest together. None without an event."""
    lines = list(found.by_type)
    if not lines:
        return None
    if len(lines) > _MOST_BARS:
        rest = lines[_MOST_BARS - 1 :]
        lines = [
            *lines[: _MOST_BARS - 1],
            _together(f"{len(rest)} others", rest),
        ]
    most = max(map(total, lines))
    scale = (_WIDTH - _NAMES - 60) / max(1, most)
    marks: list[str] = []
    for n, line in enumerate(lines):
        y = _TOP + n * _BAR
        marks.append(_text(shortened(line.key, 40), _NAMES - 8, y + 14, anchor="end"))
        x = _NAMES
        for count, colour, words in _parts(line):
            if count:
                label = f"{line.key}: {count} {words}"
                marks.append(_box(x, y + 2, count * scale, _BAR - 7, colour, label))
                x += count * scale
        marks.append(_text(str(total(line)), x + 6, y + 14))
    title = f"Events by type: both, only the case, only {NAMES[found.format]}"
    about = "; ".join(f"{line.key}: {line.matched}, {line.only_ours}, {line.only_theirs}" for line in lines)
    height = _TOP + len(lines) * _BAR + 8
    return picture(_WIDTH, height, "compared-type", title, about, *_legend(found), *marks)


def total(line: Line) -> int:
    """All events of a line."""
    return line.matched + line.only_ours + line.only_theirs


def _together(key: str, lines: Sequence[Line]) -> Line:
    return Line(
        key,
        sum(line.matched for line in lines),
        sum(line.only_ours for line in lines),
        sum(line.only_theirs for line in lines),
    )


def _columns(weeks: Sequence[Line]) -> tuple[str, list[Line]]:
    for unit, length in (("week", 10), ("month", 7), ("year", 4)):
        found: dict[str, Line] = {}
        for line in weeks:
            key = line.key[:length]
            found[key] = _together(key, [found[key], line] if key in found else [line])
        if len(found) <= _MOST_COLUMNS or unit == "year":
            return unit, list(found.values())
    return "week", []


def _step(most: int) -> int:
    """A round distance of at most six lines."""
    rough = max(1.0, most / 5)
    ten = 10 ** int(log10(rough))
    return int(next(ten * k for k in (1, 2, 5, 10) if ten * k >= rough))


def _parts(line: Line) -> tuple[tuple[int, str, str], ...]:
    return (
        (line.matched, BOTH, "in both"),
        (line.only_ours, CASE, "only in the case"),
        (line.only_theirs, FILE, "only in the file"),
    )


def _stack(line: Line, x: float, width: float, bottom: float, scale: float, unit: str) -> list[str]:
    found: list[str] = []
    y = bottom
    for count, colour, words in _parts(line):
        if count:
            y -= count * scale
            found.append(_box(x, y, width, count * scale, colour, f"{unit} {line.key}: {count} {words}"))
    return found


def _box(x: float, y: float, width: float, height: float, colour: str, label: str) -> Markup:
    return element(
        "rect", element("title", label), x=x, y=y, width=max(width, 1.0), height=height, fill=colour
    )


def _text(words: str, x: float, y: float, anchor: str = "start") -> Markup:
    return element(
        "text",
        words,
        x=x,
        y=y,
        text_anchor=anchor,
        font_size="12",
        font_family="sans-serif",
        fill="currentColor",
    )


def _legend(found: Comparison) -> list[str]:
    marks: list[str] = []
    x = _LEFT
    for colour, words in (
        (BOTH, f"both ({len(found.matches)})"),
        (CASE, f"only the case ({len(found.only_ours)})"),
        (FILE, f"only {NAMES[found.format]} ({len(found.only_theirs)})"),
    ):
        marks.append(element("rect", x=x, y=6.0, width=12.0, height=12.0, fill=colour))
        marks.append(_text(words, x + 17, 16))
        x += text_width(words, 12) + 48
    return marks
