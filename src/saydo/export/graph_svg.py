"""The ties of a case as a picture: who stands how to whom."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import networkx as nx
from markupsafe import Markup

from saydo.export.graph_layout import Box, Point, layout
from saydo.export.svg import element, picture, shortened, text_width
from saydo.export.words import TIE, UNDIRECTED, period, plural
from saydo.model.records import TieType

MOST = 40
"""Actors in one picture; more cannot be read."""
WIDTH = 1120.0
LABEL = 14.0
"""Size of a label, pixels."""

FAMILY: Mapping[TieType, str] = MappingProxyType(
    {
        "command": "chain",
        "leadership": "chain",
        "office": "chain",
        "allegiance": "belonging",
        "affiliation": "belonging",
        "succession": "belonging",
        "composition": "belonging",
        "alliance": "support",
        "sponsorship": "support",
        "contact": "support",
        "rivalry": "against",
        "presence": "place",
    }
)
"""What gives a tie its colour; the dashes tell the types of a family apart without it."""
DASHES: Mapping[TieType, str | None] = MappingProxyType(
    {
        "command": None,
        "leadership": "7 3",
        "office": "2 3",
        "allegiance": None,
        "affiliation": "7 3",
        "succession": "9 3 2 3",
        "composition": "2 3",
        "alliance": None,
        "sponsorship": "7 3",
        "contact": "2 3",
        "rivalry": None,
        "presence": "1 4",
    }
)


class TieLine(NamedTuple):
    """A tie between two actors as the case has it, all reports of it taken together."""

    type: TieType
    source: str
    """Key of the end it goes out from."""
    target: str
    state: str
    since: str | None
    until: str | None
    reports: int


class Node(NamedTuple):
    """An end of ties: its name, and its shape (``person``, ``force``, ``state``, ``body``, ``place``)."""

    name: str
    shape: str


class Drawing(NamedTuple):
    """A picture and what belongs beside it."""

    svg: Markup
    legend: tuple[tuple[str, Markup], ...]
    left_out: int
    """Actors with ties that the picture has no room for."""


def draw(ties: Sequence[TieLine], nodes: Mapping[str, Node]) -> Drawing | None:
    """The picture of ``ties`` among the best connected of ``nodes``; None where there is nothing to draw."""
    graph, left_out = _graph([tie for tie in ties if tie.source != tie.target])
    if not graph:
        return None
    shown = [tie for tie in ties if tie.source in graph and tie.target in graph and tie.source != tie.target]
    labels = {key: shortened(nodes[key].name, 30) for key in graph}
    radii = {key: 6.5 + 3.2 * math.sqrt(graph.degree[key]) for key in graph}
    boxes = {
        key: Box(
            max(radii[key], text_width(labels[key], LABEL) / 2) + 3, radii[key] + 3, radii[key] + LABEL + 8
        )
        for key in graph
    }
    height = min(860.0, 300.0 + 14.5 * len(graph))
    places = layout(graph, boxes, WIDTH, height)
    lines = _edges(shown, nodes, places, radii)
    dots = [_dot(nodes[key], labels[key], graph.degree[key], places[key], radii[key]) for key in graph]
    about = (
        f"{plural(len(graph), 'actor')} and {plural(len(shown), 'tie')}. "
        "The table after the picture says the same in words."
    )
    svg = picture(
        WIDTH, height, "graph", "Ties between actors", about,
        element("g", *lines, class_="edges"), element("g", *dots, class_="nodes"),
    )  # fmt: skip
    used = {tie.type for tie in shown}
    legend = tuple((type, _swatch(type)) for type in TIE if type in used)
    return Drawing(svg, legend, left_out)


def _graph(ties: Sequence[TieLine]) -> tuple[nx.Graph, int]:
    """The graph of the best connected, without ends that lost all their ties, and how many are left out."""
    import networkx as nx

    whole = nx.Graph()
    for tie in ties:
        whole.add_edge(tie.source, tie.target)
    weight = Counter(end for tie in ties for end in (tie.source, tie.target))
    ranked = sorted(whole, key=lambda key: (-whole.degree[key], -weight[key], key))[:MOST]
    graph = nx.Graph()
    graph.add_nodes_from(sorted(key for key in ranked if any(n in ranked for n in whole[key])))
    graph.add_edges_from(sorted((min(a, b), max(a, b)) for a, b in whole.edges if a in graph and b in graph))
    return graph, len(whole) - len(graph)


def _edges(
    ties: Sequence[TieLine],
    nodes: Mapping[str, Node],
    places: Mapping[str, Point],
    radii: Mapping[str, float],
) -> list[Markup]:
    """The ties as curves; those between the same two actors are bent away from each other."""
    between: dict[tuple[str, str], list[TieLine]] = {}
    for tie in ties:
        between.setdefault((min(tie.source, tie.target), max(tie.source, tie.target)), []).append(tie)
    lines = []
    for (low, _), bundle in sorted(between.items()):
        for position, tie in enumerate(sorted(bundle, key=_order)):
            bend = (position - (len(bundle) - 1) / 2) * 30.0
            lines.append(_edge(tie, nodes, places, radii, bend if tie.source == low else -bend))
    return lines


def _order(tie: TieLine) -> tuple[str, ...]:
    return tie.type, tie.source, tie.target, tie.state, tie.since or "", tie.until or ""


def _edge(
    tie: TieLine,
    nodes: Mapping[str, Node],
    places: Mapping[str, Point],
    radii: Mapping[str, float],
    bend: float,
) -> Markup:
    (ax, ay), (bx, by) = places[tie.source], places[tie.target]
    length = math.hypot(bx - ax, by - ay) or 1.0
    cx = (ax + bx) / 2 - (by - ay) / length * bend
    cy = (ay + by) / 2 + (bx - ax) / length * bend
    start = _towards((ax, ay), (cx, cy), radii[tie.source] + 2)
    directed = tie.type not in UNDIRECTED
    end = _towards((bx, by), (cx, cy), radii[tie.target] + (9 if directed else 2))
    path = f"M{start[0]:.1f} {start[1]:.1f}Q{cx:.1f} {cy:.1f} {end[0]:.1f} {end[1]:.1f}"
    parts = [
        element("title", describe(tie, nodes)),
        element("path", d=path, fill="none", stroke_dasharray=DASHES[tie.type]),
    ]
    if directed:
        tip = _towards((bx, by), (cx, cy), radii[tie.target] + 1.5)
        parts.append(_arrow(tip, end))
    if tie.state == "ended":
        parts.append(_broken(((ax + bx) / 4 + cx / 2, (ay + by) / 4 + cy / 2), (bx - ax, by - ay)))
    ended = " ended" if tie.state == "ended" else ""
    return element("g", *parts, class_=f"edge {FAMILY[tie.type]}{ended}")


def describe(tie: TieLine, nodes: Mapping[str, Node]) -> str:
    """A tie in one line of words."""
    state = {"ended": ", ended", "current": "", "unknown": ""}[tie.state]
    held = period(tie.since, tie.until)
    dates = f", {held}" if held else ""
    return (
        f"{nodes[tie.source].name} {TIE[tie.type]} {nodes[tie.target].name} "
        f"({tie.type}{state}{dates}; {plural(tie.reports, 'report')})"
    )


def _towards(of: Point, to: Point, distance: float) -> Point:
    dx, dy = to[0] - of[0], to[1] - of[1]
    length = math.hypot(dx, dy) or 1.0
    return of[0] + dx / length * distance, of[1] + dy / length * distance


def _arrow(tip: Point, tail: Point) -> Markup:
    dx, dy = tip[0] - tail[0], tip[1] - tail[1]
    points = (tip, (tail[0] - dy * 0.6, tail[1] + dx * 0.6), (tail[0] + dy * 0.6, tail[1] - dx * 0.6))
    return element("polygon", points=" ".join(f"{x:.1f},{y:.1f}" for x, y in points), class_="tip")


def _broken(at: Point, along: Point) -> Markup:
    """Two strokes across the line: the tie has ended."""
    length = math.hypot(*along) or 1.0
    ux, uy = along[0] / length, along[1] / length
    strokes = []
    for shift in (-2.5, 2.5):
        x, y = at[0] + ux * shift, at[1] + uy * shift
        lean_x, lean_y = -uy * 6 + ux * 2, ux * 6 + uy * 2
        strokes.append(f"M{x - lean_x:.1f} {y - lean_y:.1f}L{x + lean_x:.1f} {y + lean_y:.1f}")
    return element("path", d="".join(strokes), class_="cut")


def _dot(node: Node, label: str, degree: int, place: Point, radius: float) -> Markup:
    x, y = place
    return element(
        "g",
        element("title", f"{node.name}: tied to {plural(degree, 'other')}"),
        shape(node.shape, x, y, radius),
        element(
            "text", label, x=x, y=y + radius + LABEL, text_anchor="middle", font_size=LABEL, class_="label"
        ),
        class_=f"node {node.shape}",
    )


def shape(name: str, x: float, y: float, radius: float) -> Markup:
    """The outline of a node: a circle for persons, a square for states, a hexagon for forces, …"""
    corners = {"state": (4, 45.0), "force": (6, 0.0), "body": (4, 0.0), "place": (3, -90.0)}.get(name)
    if corners is None:
        return element("circle", cx=x, cy=y, r=radius)
    count, turn = corners
    reach = radius * {3: 1.15, 4: 1.22, 6: 1.08}[count]
    angles = [math.radians(turn + 360 / count * i) for i in range(count)]
    points = " ".join(f"{x + reach * math.cos(a):.1f},{y + reach * math.sin(a):.1f}" for a in angles)
    return element("polygon", points=points)


def _swatch(type: TieType) -> Markup:
    line = [
        element(
            "path",
            d="M2 8L32 8" if type in UNDIRECTED else "M2 8L26 8",
            fill="none",
            stroke_dasharray=DASHES[type],
        )
    ]
    if type not in UNDIRECTED:
        line.append(_arrow((34, 8), (26.5, 8)))
    return element(
        "svg", element("g", *line, class_=f"edge {FAMILY[type]}"),
        viewBox="0 0 36 16", width=36, height=16, aria_hidden="true",
    )  # fmt: skip


def swatch_of_shape(name: str) -> Markup:
    """The outline of a node for the legend."""
    node = element("g", shape(name, 9, 9 if name != "place" else 10, 6), class_=f"node {name}")
    return element("svg", node, viewBox="0 0 18 18", width=18, height=18, aria_hidden="true")
