"""Where the nodes of a small graph go: stress majorisation, then labels pushed apart.

The positions minimise the difference between the distance on paper and the number of steps in the graph
(the criterion of Kamada and Kawai). Plain arithmetic in a fixed order: the same graph gives the same picture.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import networkx as nx

Point = tuple[float, float]


class Box(NamedTuple):
    """What must not overlap: half a width to both sides of a node, so much above it and below it."""

    half: float
    above: float
    below: float


def layout(graph: nx.Graph, boxes: Mapping[str, Box], width: float, height: float) -> dict[str, Point]:
    """Node → centre, inside ``width`` × ``height``; nodes are taken in the order of the graph."""
    nodes = list(graph)
    if not nodes:
        return {}
    places = _fitted(_stress(nodes, _distances(graph, nodes)), boxes, nodes, width, height)
    _push_apart(places, [boxes[node] for node in nodes], width, height)
    return {node: (x, y) for node, (x, y) in zip(nodes, places, strict=True)}


def _distances(graph: nx.Graph, nodes: Sequence[str]) -> list[list[float]]:
    """Steps between every two nodes; parts that nothing connects lie two steps and more apart."""
    import networkx as nx

    steps = dict(nx.all_pairs_shortest_path_length(graph))
    longest = max(max(row.values()) for row in steps.values())
    apart = 2.0 + 0.3 * longest
    return [[float(steps[a].get(b, apart)) for b in nodes] for a in nodes]


def _stress(nodes: Sequence[str], distances: list[list[float]], rounds: int = 160) -> list[list[float]]:
    count = len(nodes)
    places = [
        [math.cos(2.399963 * i) * math.sqrt(i + 0.5), math.sin(2.399963 * i) * math.sqrt(i + 0.5)]
        for i in range(count)
    ]
    for _ in range(rounds):
        for i in range(count):
            x, y = places[i]
            sum_x = sum_y = weights = 0.0
            for j in range(count):
                if i == j:
                    continue
                dx, dy = x - places[j][0], y - places[j][1]
                near = math.sqrt(dx * dx + dy * dy) or 1e-9
                wanted = distances[i][j]
                weight = 1 / (wanted * wanted)
                sum_x += weight * (places[j][0] + wanted * dx / near)
                sum_y += weight * (places[j][1] + wanted * dy / near)
                weights += weight
            if weights:
                places[i] = [sum_x / weights, sum_y / weights]
    return _turned(places)


def _turned(places: list[list[float]]) -> list[list[float]]:
    """Turned so that the longest direction lies level (the picture is wider than high)."""
    count = len(places)
    mean_x, mean_y = sum(x for x, _ in places) / count, sum(y for _, y in places) / count
    xx = sum((x - mean_x) ** 2 for x, _ in places)
    yy = sum((y - mean_y) ** 2 for _, y in places)
    xy = sum((x - mean_x) * (y - mean_y) for x, y in places)
    angle = math.atan2(2 * xy, xx - yy) / 2
    cos, sin = math.cos(angle), math.sin(angle)
    return [
        [(x - mean_x) * cos + (y - mean_y) * sin, (y - mean_y) * cos - (x - mean_x) * sin] for x, y in places
    ]


def _fitted(
    places: list[list[float]], boxes: Mapping[str, Box], nodes: Sequence[str], width: float, height: float
) -> list[list[float]]:
    """Stretched to fill the picture, leaving room for the widest label; no direction more than 1.7 times
    the other."""
    half = max(boxes[node].half for node in nodes)
    above, below = max(boxes[node].above for node in nodes), max(boxes[node].below for node in nodes)
    left, right = min(x for x, _ in places), max(x for x, _ in places)
    top, bottom = min(y for _, y in places), max(y for _, y in places)
    room_x, room_y = max(width - 2 * half, 1), max(height - above - below, 1)
    scale_x, scale_y = room_x / max(right - left, 1e-6), room_y / max(bottom - top, 1e-6)
    scale_x, scale_y = min(scale_x, 1.7 * scale_y, room_x), min(scale_y, 1.7 * scale_x, room_y)
    middle_x, middle_y = width / 2, above + room_y / 2
    return [
        [middle_x + (x - (left + right) / 2) * scale_x, middle_y + (y - (top + bottom) / 2) * scale_y]
        for x, y in places
    ]


def _push_apart(places: list[list[float]], boxes: Sequence[Box], width: float, height: float) -> None:
    """Moves overlapping boxes apart the short way, a little at a time, and keeps all inside the picture."""
    for _ in range(240):
        moved = False
        for i in range(len(places)):
            for j in range(i):
                moved |= _part(places[i], places[j], boxes[i], boxes[j])
        for place, box in zip(places, boxes, strict=True):
            place[0] = min(max(place[0], box.half), width - box.half)
            place[1] = min(max(place[1], box.above), height - box.below)
        if not moved:
            return


def _part(a: list[float], b: list[float], box_a: Box, box_b: Box, gap: float = 8.0) -> bool:
    overlap_x = box_a.half + box_b.half + gap - abs(a[0] - b[0])
    if a[1] <= b[1]:
        overlap_y = a[1] + box_a.below + box_b.above + gap - b[1]
    else:
        overlap_y = b[1] + box_b.below + box_a.above + gap - a[1]
    if overlap_x <= 0 or overlap_y <= 0:
        return False
    axis, overlap = (1, overlap_y) if overlap_y <= overlap_x else (0, overlap_x)
    sign = 1 if a[axis] > b[axis] else -1
    a[axis] += sign * overlap * 0.3
    b[axis] -= sign * overlap * 0.3
    return True
