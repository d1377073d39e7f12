"""The ties that saydo codes, from raw text to records, against re3d's relations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import networkx

from lab import corpora, labels, marked
from lab.corpora import DataAbsent
from lab.entities import re3d_held_out
from lab.measures.tally import Figures, Tally
from saydo.codebook import load
from saydo.desk.coder import code_documents
from saydo.model.document import Document
from saydo.model.reading import Reader
from saydo.model.records import Record, Tie
from saydo.reading.network import Network
from saydo.reading.reader import OnnxReader

Span = tuple[int, int]

RELATION_OF = {
    "affiliation": "BelongsTo",
    "command": "InChargeOf", "leadership": "InChargeOf",
    "rivalry": "FightingAgainst",
    "alliance": "AlliesOf",
    "contact": "CommWith",
}  # fmt: skip
"""re3d's type of each of saydo's. Those that are not here are not counted: re3d draws no line from a title to
its state (office), and none from a group to the community that it is made of (composition)."""


_HOLDS = ("presence/control", "presence/seize")
"""Rules of ties of presence that tell of who holds a place: in re3d he is in charge of it."""


class Bond(NamedTuple):
    """A tie in re3d's terms: its type and the characters of both ends."""

    type: str
    source: Span
    target: Span


def bonds(gold: Path, network: Network, heldout: bool) -> Figures:
    """Ties of the records that saydo makes of re3d's raw text, over BelongsTo, InChargeOf, FightingAgainst,
    AlliesOf and CommWith. saydo's affiliation, command and leadership, rivalry, alliance and contact count
    as these, and presence where it is the hold of a place (InChargeOf); its other types are left out. A
    coded tie is right where a relation of its type (confidence 0.5 or more) shares a character with each of
    its ends; the last three types have no direction. Ties and relations are matched one to one, as many as
    can be; what is told twice of the same mentions counts once. A relation across sentences counts as
    missed, a tie that the text denies is not counted."""
    return measured(gold, OnnxReader(network, pairs=True), heldout)


def measured(gold: Path, reader: Reader, heldout: bool) -> Figures:
    """The same with any reader."""
    rows = [r for r in corpora.jsonl(gold) if not heldout or re3d_held_out(r)]
    documents = [Document(r["id"], r["text"], date=r.get("date")) for r in rows]
    tallies = {kind: Tally() for kind in labels.RELATION_TYPES[1:]}
    for row, record in zip(rows, code_documents(documents, reader, load()), strict=True):
        if not isinstance(record, Record):
            raise DataAbsent(f"{record.document} could not be coded: {record.reason}")
        found, wanted = list(coded(record)), list(annotated(row))
        right = {found[n].type: 0 for n in range(len(found))}
        for f, _ in matched(found, wanted):
            right[f.type] += 1
        for kind, tally in tallies.items():
            tally.right += right.get(kind, 0)
            tally.found += sum(f.type == kind for f in found)
            tally.wanted += sum(w.type == kind for w in wanted)
    figures: Figures = {}
    for kind, tally in tallies.items():
        figures |= tally.figures(f"{kind} of {tally.wanted}")
    return figures | {"ties macro-F1": sum(t.f1 for t in tallies.values()) / len(tallies)}


def coded(record: Record) -> Iterator[Bond]:
    """The ties of a record that re3d has a type for, each once."""
    mentions = {m.id: (m.start, m.end) for m in record.mentions}
    found = dict.fromkeys(
        _bond(kind, mentions[tie.from_], mentions[tie.to])
        for tie in record.ties
        if (kind := relation(tie)) is not None and tie.polarity == "positive"
    )
    yield from found


def relation(tie: Tie) -> str | None:
    """re3d's type of a tie, None where it has none."""
    return "InChargeOf" if tie.rule in _HOLDS else RELATION_OF.get(tie.type)


def annotated(row: Mapping[str, Any]) -> Iterator[Bond]:
    """The relations of a document, each once."""
    yield from dict.fromkeys(
        _bond(r["type"], (r["source"][0], r["source"][1]), (r["target"][0], r["target"][1]))
        for r in row["relations"]
        if r["type"] in labels.RELATION_TYPES and r["confidence"] >= 0.5
    )


def _bond(kind: str, source: Span, target: Span) -> Bond:
    """A tie without direction has its ends in the order of the text."""
    return Bond(kind, *(sorted((source, target)) if kind in marked.SYMMETRIC else (source, target)))


def matched(found: Sequence[Bond], wanted: Sequence[Bond]) -> list[tuple[Bond, Bond]]:
    """Coded ties and relations that are the same, one to one, as many as can be."""
    graph = networkx.Graph()
    graph.add_nodes_from(("found", n) for n in range(len(found)))
    for n, f in enumerate(found):
        for k, w in enumerate(wanted):
            if _same(f, w):
                graph.add_edge(("found", n), ("wanted", k))
    top = [node for node in graph if node[0] == "found"]
    pairs = networkx.bipartite.maximum_matching(graph, top)
    return [(found[n], wanted[pairs["found", n][1]]) for n in range(len(found)) if ("found", n) in pairs]


def _same(f: Bond, w: Bond) -> bool:
    if f.type != w.type:
        return False
    straight = _touch(f.source, w.source) and _touch(f.target, w.target)
    turned = _touch(f.source, w.target) and _touch(f.target, w.source)
    return straight or (f.type in marked.SYMMETRIC and turned)


def _touch(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]
