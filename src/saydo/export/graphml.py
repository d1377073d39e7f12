"""GraphML: ties over time as a network, as igraph, yEd, Cytoscape and networkx read it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from saydo.export.contract import Left, Sidecar, notes
from saydo.export.findings import Part
from saydo.export.networks import EDGE_VALUES, LIMITS, NODE_VALUES, count_rest, edges, node_values, nodes
from saydo.export.xml_words import element, empty, opening
from saydo.model.case import CaseView

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    ' xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns'
    ' http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">\n'
)
_TYPES = {"string": "string", "boolean": "boolean", "integer": "int"}


class GraphMl:
    """For igraph, yEd, Cytoscape and networkx: actors and their ties over time, the times as attributes."""

    name = "graphml"
    extension = ".graphml"
    media_type = "application/graphml+xml"
    tables: tuple[Part, ...] = ("case",)

    def limits(self, table: Part) -> tuple[str, ...]:
        """What a network of ties has no place for."""
        return (
            *LIMITS,
            "GraphML knows no time: since and until are plain attributes, absent where they are not known.",
        )

    def chunks(self, view: CaseView, table: Part, left: Left | None = None) -> Iterator[str]:
        """The file, a node or an edge at a time."""
        left = Left() if left is None else left
        yield _HEAD
        for of, values in (("node", NODE_VALUES), ("edge", EDGE_VALUES)):
            for name, type in values.items():
                key = {"id": f"{of}_{name}", "for_": of, "attr.name": name, "attr.type": _TYPES[type]}
                yield empty("key", **key) + "\n"
        yield opening("graph", edgedefault="directed") + "\n"
        for found in nodes(view, left):
            yield f"{opening('node', id=found.actor.id)}{_data('node', node_values(found))}</node>\n"
        for n, edge in enumerate(edges(view, left)):
            told = {name: getattr(edge, name) for name in EDGE_VALUES}
            head = opening("edge", id=f"e{n}", source=edge.source, target=edge.target)
            yield f"{head}{_data('edge', told)}</edge>\n"
        yield "</graph>\n</graphml>\n"
        count_rest(view, left)

    def sidecar(self, table: Part, file_name: str, left: Mapping[str, int] | None = None) -> Sidecar:
        """``FILE-notes.txt``."""
        return notes("the ties over time of a saydo case as GraphML", file_name, self.limits(table), left)


def _data(of: str, values: Mapping[str, str | int | bool | None]) -> str:
    return "".join(
        element("data", value, key=f"{of}_{name}") for name, value in values.items() if value is not None
    )
