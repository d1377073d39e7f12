"""GEXF 1.2draft: ties over time as a network whose edges have spells, as Gephi and networkx read it.

Written here and not with networkx, which calls the format of dates by a name that Gephi does not know and
puts the day of writing into the file. networkx reads a side that is open as the word None.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from saydo.export.contract import Left, Sidecar, notes
from saydo.export.findings import Part
from saydo.export.networks import (
    EDGE_VALUES,
    LIMITS,
    NODE_VALUES,
    Edge,
    count_rest,
    edges,
    node_values,
    nodes,
)
from saydo.export.xml_words import element, empty, opening
from saydo.model.case import CaseActor, CaseView

_NODE = tuple(name for name in NODE_VALUES if name != "label")
_EDGE = tuple(name for name in EDGE_VALUES if name not in ("label", "weight"))
"""What GEXF has no place of its own for."""


class Gexf:
    """For Gephi and networkx: actors and their ties over time, each edge with the time for which it holds."""

    name = "gexf"
    extension = ".gexf"
    media_type = "application/gexf+xml"
    tables: tuple[Part, ...] = ("case",)

    def limits(self, table: Part) -> tuple[str, ...]:
        """What a network of ties has no place for."""
        return (
            *LIMITS,
            "A spell that is open on a side has no start or no end; networkx reads that as the word None.",
        )

    def chunks(self, view: CaseView, table: Part, left: Left | None = None) -> Iterator[str]:
        """The file, a node or an edge at a time."""
        left = Left() if left is None else left
        yield '<?xml version="1.0" encoding="UTF-8"?>\n'
        yield '<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">\n'
        yield f"<meta>{element('creator', 'saydo')}{element('description', view.name)}</meta>\n"
        yield '<graph mode="dynamic" defaultedgetype="directed" timeformat="date">\n'
        yield opening("attributes", class_="node", mode="static")
        for name in _NODE:
            yield empty("attribute", id=name, title=name, type=NODE_VALUES[name])
        yield "</attributes>\n" + opening("attributes", class_="edge", mode="static")
        for name in _EDGE:
            yield empty("attribute", id=f"e_{name}", title=name, type=EDGE_VALUES[name])
        yield "</attributes>\n<nodes>\n"
        for found in nodes(view, left):
            yield _node(found)
        yield "</nodes>\n<edges>\n"
        for n, edge in enumerate(edges(view, left)):
            yield _edge(n, edge)
        yield "</edges>\n</graph>\n</gexf>\n"
        count_rest(view, left)

    def sidecar(self, table: Part, file_name: str, left: Mapping[str, int] | None = None) -> Sidecar:
        """``FILE-notes.txt``."""
        return notes("the ties over time of a saydo case as GEXF", file_name, self.limits(table), left)


def _values(values: Mapping[str, str | int | bool | None], prefix: str = "") -> str:
    return "".join(
        empty("attvalue", for_=prefix + name, value=value)
        for name, value in values.items()
        if value is not None
    )


def _node(found: CaseActor) -> str:
    values = node_values(found)
    node = opening("node", id=found.actor.id, label=values.pop("label"))
    return f"{node}<attvalues>{_values(values)}</attvalues></node>\n"


def _edge(number: int, edge: Edge) -> str:
    values = {name: getattr(edge, name) for name in _EDGE}
    spell = empty("spell", start=edge.since, end=edge.until) if edge.since or edge.until else ""
    head = opening(
        "edge", id=str(number), source=edge.source, target=edge.target, label=edge.label, weight=edge.weight
    )
    spells = f"<spells>{spell}</spells>" if spell else ""
    return f"{head}<attvalues>{_values(values, 'e_')}</attvalues>{spells}</edge>\n"
