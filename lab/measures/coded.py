"""What saydo codes, from raw text to records, by its rules and its reader together."""

from __future__ import annotations

from pathlib import Path

from lab import corpora, labels, marked
from lab.corpora import held_out
from lab.measures.tally import Figures, classes
from saydo.codebook import load
from saydo.desk.coder import code_documents
from saydo.model.document import Document
from saydo.model.records import Record
from saydo.reading.network import Network
from saydo.reading.reader import OnnxReader

Span = tuple[int, int]


def coded(gold: Path, network: Network, heldout: bool) -> Figures:
    """The PLOVER dyads from raw sentences, in which nothing is marked: an event counts as found where it has
    the gold's root type, and an actor and a recipient that share a word with the gold's. YIELD is CONCEDE or
    RETREAT. ``pair``: accuracy and macro-F1 of the type of the best-scored event between the right pair, none
    where there is no event between the two. ``either way``: the same where actor and recipient may be
    exchanged. ``any``: sentences in which the right type is coded at all, between whomever.

    ``pair`` and ``any`` are what UniversalPetrarch is measured by."""
    rows = [r for r in corpora.jsonl(gold) if not heldout or held_out(r["sentence"], marked.DYAD_SHARE)]
    parts = [marked.unmarked(row["marked"]) for row in rows]
    documents = [Document(f"r{i}", text) for i, (text, _) in enumerate(parts)]
    wanted = [row["type"] for row in rows]
    straight: list[str] = []
    turned: list[str] = []
    anywhere = 0
    for record, (_, spans), kind in zip(
        code_documents(documents, OnnxReader(network, pairs=True), load()), parts, wanted, strict=True
    ):
        if not isinstance(record, Record) or len(spans) < 2:
            straight.append("")
            turned.append("")
            continue
        between = _types(record, spans["s"], spans["t"])
        back = _types(record, spans["t"], spans["s"])
        straight.append(_best(between))
        turned.append(_best(between or back))
        anywhere += any(_root(event.type) == kind for event in record.events)
    figures = classes(straight, wanted, "pair") | classes(turned, wanted, "either way")
    return figures | {"any": anywhere / len(rows)}


def _root(kind: str) -> str:
    return "YIELD" if kind in labels.YIELD else kind


def _types(record: Record, actor: Span, recipient: Span) -> list[tuple[float, str]]:
    """Types of the events between the two, with their scores."""
    mentions = {m.id: (m.start, m.end) for m in record.mentions}
    return [
        (event.score, _root(event.type))
        for event in record.events
        if any(_touch(mentions[a], actor) for a in event.actors)
        and any(_touch(mentions[b], recipient) for b in event.recipients)
    ]


def _best(found: list[tuple[float, str]]) -> str:
    return max(found)[1] if found else ""


def _touch(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]
