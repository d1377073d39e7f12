"""re3d: reports on Syria and Iraq with typed entities, as names and nominal heads."""

from __future__ import annotations

import re
from pathlib import Path

from lab import labels as L
from lab.corpora import Example, held_out, inside, jsonl, split, write_span
from saydo.reading.tokens import Tokenizer, Word

_TITLE_WORDS = re.compile(
    r"^(the|his|her|our|their|a|an|us|u\.s\.|of|for|and|secretary|state|foreign|prime|minister|president|defen[sc]e|"
    r"vice|high|representative|special|envoy|general|ambassador|king|chancellor|deputy|chief|international|"
    r"affairs|\W+)$",
    re.I,
)


def re3d(path: Path, tokenizer: Tokenizer, heldout: bool) -> list[Example]:
    """Mentions in reports on Syria and Iraq. Documents licensed for evaluation only are never trained on."""
    found = []
    documents = list(jsonl(path))
    trusted = {
        e["text"].lower() for d in documents for e in d["entities"]
        if e["confidence"] >= 0.5 and "evaluation only" not in d["licence"]
    }  # fmt: skip
    for document in documents:
        if re3d_held_out(document) is not heldout:
            continue
        parts = split(document["text"], tokenizer)
        found.extend(_re3d_sentence(document, words, trusted) for words in parts)
    return found


def re3d_held_out(document: dict) -> bool:
    return "evaluation only" in document["licence"] or held_out(document["id"], 9)


_RE3D = {
    "Person": "person", "Organisation": "organisation", "Location": "place", "Nationality": "nationality",
    "Weapon": "weapon", "MilitaryPlatform": "platform", "Money": "money", "Quantity": "quantity",
}  # fmt: skip


def _re3d_sentence(document: dict, words: list[Word], trusted: set[str]) -> Example:
    example = Example([w.text for w in words], "re3d")
    names, nominals = [0] * len(words), [0] * len(words)
    start, end = words[0].start, words[-1].end
    entities = [
        e for e in document["entities"]
        if e["type"] in _RE3D and e["start"] >= start and e["end"] <= end
        and (e["confidence"] >= 0.5 or e["type"] == "Nationality" or e["text"].lower() in trusted)
        and e["text"][:1].isalnum() | (e["text"][:1] in "$£€#")
    ]  # fmt: skip
    for entity in sorted(entities, key=lambda e: e["start"] - e["end"]):
        span = inside(words, entity["start"], entity["end"])
        if not span or words[span.start].start != entity["start"] or words[span[-1]].end != entity["end"]:
            continue
        if entity["confidence"] < 0.5 and not entity["text"][:1].isupper():
            continue
        _mark(words, span, _RE3D[entity["type"]], entity["text"], names, nominals)
    example.names, example.nominals = names, nominals
    example.entities = _whole(document, words)
    return example


def _whole(document: dict, words: list[Word]) -> list[int]:
    """re3d's own spans and types, of nested ones the longest."""
    tags = [0] * len(words)
    start, end = words[0].start, words[-1].end
    entities = [
        e for e in document["entities"]
        if e["type"] in L.ENTITY_TYPES and e["confidence"] >= 0.5 and e["start"] >= start and e["end"] <= end
    ]  # fmt: skip
    for entity in sorted(entities, key=lambda e: e["start"] - e["end"]):
        span = inside(words, entity["start"], entity["end"])
        if span and not any(tags[i] for i in span):
            begin = L.ENTITY_TAGS.index(f"B-{entity['type']}")
            for i in span:
                tags[i] = begin if i == span.start else begin + 1
    return tags


def _mark(
    words: list[Word], span: range, kind: str, text: str, names: list[int], nominals: list[int]
) -> None:
    """Write one foreign mention as a name, or as a nominal head where it is not a name."""
    stops = ("of", ",", "(", "in", "from", "who", "that", "with", "and", "at", "on", "to", "for")
    cut = next((i for i in span if i > span.start and words[i].text.lower() in stops), span.stop)
    head = words[cut - 1].text
    if kind in ("nationality", "weapon", "platform", "money", "quantity"):
        if len(span) <= 6:
            write_span(names, span.start, span.stop, kind)
        if kind in ("weapon", "platform"):
            nominals[cut - 1] = L.HEAD_TYPES.index(kind)
        return
    pieces = [words[i].text for i in span]
    titled = kind == "person" and all(_TITLE_WORDS.match(p) for p in pieces)
    is_name = head[:1].isupper() and not titled and head.lower() not in ("we", "i", "it", "he", "she", "they")
    if is_name and len(span) <= 10:
        told = L.organisation_type(text) if kind == "organisation" else kind
        write_span(names, span.start, span.stop, told)
    elif names[cut - 1] == 0 and nominals[cut - 1] == 0:
        plural = head.lower().endswith("s") or head.lower() in L.GROUPS
        nominals[cut - 1] = L.HEAD_TYPES.index(L.nominal_type(head, kind, plural))
