"""Mentions: who and what is spoken of, in the conventions of two gold sets."""

from __future__ import annotations

from pathlib import Path

from lab import corpora, entities, parties
from lab.corpora import held_out
from lab.measures.tally import Figures, Tally
from saydo.model.document import Document
from saydo.model.reading import Reading
from saydo.reading.network import Labels, Network, Scores
from saydo.reading.reader import OnnxReader
from saydo.reading.spans import typed_spans
from saydo.reading.tokens import Tokenizer

COARSE = {
    "person": "Person", "place": "Location", "nationality": "Nationality", "weapon": "Weapon",
    "platform": "MilitaryPlatform", "money": "Money", "quantity": "Quantity",
}  # fmt: skip
KINDS = {*COARSE.values(), "Organisation"}


def mentions(gold: Path, network: Network, heldout: bool) -> Figures:
    """Exact-span micro-F1 of typed spans. A file in CoNLL columns (``.txt``) is taken for the CAMEO NER data,
    whose types are source, target and related; JSON Lines for re3d, with the eight of its types that we have.

    re3d is scored twice: ``re3d`` is the head that was trained on its extents and types (a state that acts is
    an organisation there); ``own`` are the reader's mentions as the rest of saydo uses them, all our types of
    organisation counted as one. Gold are entities that an annotator confirmed (confidence 0.5 or more)."""
    if gold.suffix == ".txt":
        return _parties(gold, network, heldout)
    reader = OnnxReader(network)
    tokenizer = Tokenizer()
    typed, spans, own = Tally(), Tally(), Tally()
    for document in corpora.jsonl(gold):
        if heldout and not entities.re3d_held_out(document):
            continue
        wanted = {
            (e["start"], e["end"], e["type"])
            for e in document["entities"]
            if e["confidence"] >= 0.5 and e["type"] in KINDS
        }
        parts = list(corpora.split(document["text"], tokenizer))
        scores = network.score([[w.text for w in words] for words in parts])
        found = {
            (words[s.first].start, words[s.last - 1].end, kind)
            for words, score in zip(parts, scores, strict=True)
            for s, kind in _entities(score, network.labels)
        }
        typed.add(found, wanted)
        spans.add({f[:2] for f in found}, {w[:2] for w in wanted})
        own.add(_own(reader.read(Document(document["id"], document["text"]))), wanted)
    return typed.figures("re3d typed") | spans.figures("re3d spans") | own.figures("own typed")


def _entities(score: Scores, labels: Labels) -> list:
    return [(s, labels.entities[2 * s.label + 1][2:]) for s in typed_spans(score.entities)]


def _own(reading: Reading) -> set[tuple[int, int, str]]:
    tokens = reading.tokens
    return {
        (tokens[m.first].start, tokens[m.last - 1].end, COARSE.get(m.type, "Organisation"))
        for m in reading.mentions
    }


def _parties(gold: Path, network: Network, heldout: bool) -> Figures:
    tally = Tally()
    rows = [
        (words, tags)
        for words, tags in parties.sentences(gold)
        if not heldout or held_out(" ".join(words), parties.SHARE)
    ]
    for (_, tags), score in zip(rows, network.score([words for words, _ in rows]), strict=True):
        found = [
            (s.first, s.last, network.labels.parties[2 * s.label + 1][2:]) for s in typed_spans(score.parties)
        ]
        tally.add(found, parties.spans(tags))
    return {"sentences": float(len(rows))} | tally.figures("CAMEO typed")
