"""Where actors stand in a picture of ties, and how ties look, for whoever draws one: as in the report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from saydo.export.graph_layout import Box, Point, layout
from saydo.export.graph_svg import DASHES, FAMILY, MOST
from saydo.export.report_ties import SHAPE_NAMES as SHAPE_NAMES
from saydo.export.report_ties import SHAPES
from saydo.export.svg import shortened
from saydo.export.words import UNDIRECTED


class Plan(NamedTuple):
    """Actor → its place and its label; how many actors the picture has no room for."""

    places: dict[str, Point]
    labels: dict[str, str]
    left_out: int


def plan_of(
    ties: Sequence[tuple[str, str, str]],
    names: Mapping[str, str],
    width: float,
    height: float,
    letter: float,
) -> Plan:
    """Places for the ends of ties (type, one end, the other) on a plane; ``letter`` is the width of one."""
    import networkx as nx

    whole = nx.Graph()
    whole.add_edges_from(sorted({(min(a, b), max(a, b)) for _, a, b in ties if a != b}))
    ranked = sorted(whole, key=lambda key: (-whole.degree[key], key))[:MOST]
    kept = sorted(key for key in ranked if any(n in ranked for n in whole[key]))
    graph = nx.Graph()
    graph.add_nodes_from(kept)
    graph.add_edges_from(edge for edge in whole.edges if edge[0] in graph and edge[1] in graph)
    labels = {key: shortened(names[key], 26) for key in kept}
    boxes = {key: Box(max(12.0, len(label) * letter / 2), 14.0, 26.0) for key, label in labels.items()}
    return Plan(layout(graph, boxes, width, height), labels, len(whole) - len(kept))


def look_of_tie(type: str) -> tuple[str, tuple[float, ...] | None, bool]:
    """What gives a type of tie its colour (``chain``, ``belonging``, ``support``, ``against``, ``place``),
    its dashes, and whether it goes one way."""
    dashes = DASHES[type]  # type: ignore[index]
    return (
        FAMILY[type],  # type: ignore[index]
        tuple(map(float, dashes.split())) if dashes else None,
        type not in UNDIRECTED,
    )


def shape_of(kind: str) -> str:
    """``person``, ``force``, ``state``, ``body`` or ``place``, from the kind of an actor."""
    return SHAPES.get(kind, "body")
