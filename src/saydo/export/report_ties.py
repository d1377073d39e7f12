"""The ties of a case for the report: findings of the same tie taken together, as a picture and in words."""

from __future__ import annotations

from typing import NamedTuple

from saydo.export.gathered import Gathered, TieFinding
from saydo.export.graph_svg import Node, TieLine, draw, swatch_of_shape
from saydo.export.page import Figure, Shown, TieEntry
from saydo.export.words import TIE, UNDIRECTED, period, plural

MOST_TIES = 80
SHAPES = {
    "person": "person",
    "armed group": "force",
    "military": "force",
    "police": "force",
    "movement": "force",
    "group": "force",
    "state": "state",
    "government": "state",
    "place": "place",
}
SHAPE_NAMES = {
    "person": "person",
    "force": "armed group, movement, force",
    "state": "state, government",
    "body": "organisation, other",
    "place": "place",
}


class TieEntries(NamedTuple):
    entries: tuple[TieEntry, ...]
    shown: Shown


def _together(gathered: Gathered) -> list[list[TieFinding]]:
    """Findings of the same tie, those with most reports first; only what is said to hold or to have held."""
    same: dict[tuple[str, str, str], list[TieFinding]] = {}
    for found in gathered.ties:
        tie = found.tie
        if tie.polarity == "negative" or tie.realis in ("future", "hypothetical"):
            continue
        ends = (found.source, found.target)
        if tie.type in UNDIRECTED:
            ends = (min(ends), max(ends))
        same.setdefault((tie.type, *ends), []).append(found)
    return sorted(same.values(), key=lambda f: (-len({t.document for t in f}), -max(t.tie.score for t in f)))


def _state(findings: list[TieFinding]) -> str:
    """``ended`` where the reports that say anything all say so; ``current`` where one says it holds."""
    states = {found.tie.state for found in findings} - {"unknown"}
    return "ended" if states == {"ended"} else "current" if "current" in states else "unknown"


def ties_figure(gathered: Gathered) -> Figure | None:
    """The picture of the ties; None where there is none to draw."""
    lines = [
        TieLine(
            type=findings[0].tie.type,
            source=findings[0].source,
            target=findings[0].target,
            state=_state(findings),
            since=min((f.tie.since for f in findings if f.tie.since), default=None),
            until=max((f.tie.until for f in findings if f.tie.until), default=None),
            reports=len({f.document for f in findings}),
        )
        for findings in _together(gathered)
    ]
    nodes = {key: Node(end.name, SHAPES.get(end.kind, "body")) for key, end in gathered.ends.items()}
    drawing = draw(lines, nodes)
    if drawing is None:
        return None
    shapes = {nodes[end].shape for line in lines for end in (line.source, line.target)}
    legend = tuple((SHAPE_NAMES[s], swatch_of_shape(s)) for s in SHAPE_NAMES if s in shapes) + drawing.legend
    left_out = drawing.left_out
    notes = (
        ["A line with two strokes across it is a tie that has ended."]
        if any(line.state == "ended" for line in lines)
        else []
    )
    if left_out:
        notes.append(f"{plural(left_out, 'less connected actor')} left out.")
    denied = len(gathered.ties) - sum(len(findings) for findings in _together(gathered))
    if denied:
        notes.append(f"Not drawn: {plural(denied, 'tie')} that a text denies, expects or only imagines.")
    return Figure(drawing.svg, legend, " ".join(notes))


def tie_entries(gathered: Gathered, numbers: dict[str, int]) -> TieEntries:
    """The ties in words, those with most reports first."""
    together = _together(gathered)
    entries = []
    for findings in together[:MOST_TIES]:
        best = max(findings, key=lambda f: (f.tie.score, -numbers[f.document]))
        since = min((f.tie.since for f in findings if f.tie.since), default=None)
        until = max((f.tie.until for f in findings if f.tie.until), default=None)
        entries.append(
            TieEntry(
                source=gathered.ends[best.source].name,
                verb=TIE[best.tie.type],
                target=gathered.ends[best.target].name,
                role=best.tie.role or "",
                type=best.tie.type,
                state=_state(findings),
                held=period(since, until),
                reports=len({f.document for f in findings}),
                words=best.words,
                number=numbers[best.document],
            )
        )
    return TieEntries(tuple(entries), Shown(len(entries), len(together)))
