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
    """Findings of the same tie; only what is said to hold or to have held.

    First those between known actors, then those with most reports.
    """
    same: dict[tuple[str, str, str], list[TieFinding]] = {}
    for found in gathered.ties:
        tie = found.tie
        if tie.polarity == "negative" or tie.realis in ("future", "hypothetical"):
            continue
        ends = (found.source, found.target)
        if tie.type in UNDIRECTED:
            ends = (min(ends), max(ends))
        same.setdefault((tie.type, *ends), []).append(found)
    return sorted(
        same.values(),
        key=lambda findings: (
            not _is_known(gathered, findings[0]),
            -len({found.document for found in findings}),
            -max(found.tie.score for found in findings),
        ),
    )


def _is_known(gathered: Gathered, found: TieFinding) -> bool:
    """Whether both ends are actors or have names, and are two: only such a tie is drawn."""
    ends = gathered.ends
    return ends[found.source].known and ends[found.target].known and found.source != found.target


def _state(findings: list[TieFinding]) -> str:
    """``ended`` where the reports that say anything all say so; ``current`` where one says it holds."""
    states = {found.tie.state for found in findings} - {"unknown"}
    return "ended" if states == {"ended"} else "current" if "current" in states else "unknown"


def ties_figure(gathered: Gathered) -> Figure | None:
    """The picture of the ties; None where there is none to draw."""
    together = _together(gathered)
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
        for findings in together
        if _is_known(gathered, findings[0])
    ]
    nodes = {key: Node(end.name, SHAPES.get(end.kind, "body")) for key, end in gathered.ends.items()}
    drawing = draw(lines, nodes)
    if drawing is None:
        return None
    shapes = {nodes[end].shape for line in lines for end in (line.source, line.target)}
    legend = tuple((SHAPE_NAMES[s], swatch_of_shape(s)) for s in SHAPE_NAMES if s in shapes) + drawing.legend
    return Figure(drawing.svg, legend, _note(gathered, together, lines, drawing.left_out))


def _note(gathered: Gathered, together: list[list[TieFinding]], lines: list[TieLine], left_out: int) -> str:
    """How to read the picture, and what it leaves out."""
    unknown = len(together) - len(lines)
    denied = len(gathered.ties) - sum(len(findings) for findings in together)
    notes = (
        (any(line.state == "ended" for line in lines), "Two strokes across a line: the tie has ended."),
        (left_out, f"{plural(left_out, 'less connected actor')} left out."),
        (unknown, f"{plural(unknown, 'tie')} of somebody whom the text does not name: only in the table."),
        (denied, f"Left out: {plural(denied, 'tie')} that a text denies, expects or only imagines."),
    )
    return " ".join(note for applies, note in notes if applies)


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
