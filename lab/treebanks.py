"""Treebank sentences as training examples; GUM's entities, and names and heads that trees tell."""

from __future__ import annotations

import re
from pathlib import Path

from lab import labels as L
from lab.corpora import Example, conllu, write_span
from lab.labels import MASK


def treebank(path: Path, source: str) -> list[Example]:
    """A treebank's sentences with part of speech and dependencies; GUM also tells entities."""
    found = []
    for rows in conllu(path):
        example = Example([r[1].replace(" ", "") for r in rows], source)
        example.upos = [L.UPOS.index(r[3]) if r[3] in L.UPOS else MASK for r in rows]
        example.heads = [int(r[6]) for r in rows]
        example.deprels = [r[7] for r in rows]
        example.ends = [0] * (len(rows) - 1) + [1]
        _label_tree(example, rows, _gum_entities(rows) if source == "gum" else None)
        found.append(example)
    return found


_OPEN_OR_CLOSE = re.compile(r"\((\d+)-([a-z]+)-|(\d+)\)")


def _gum_entities(rows: list[list[str]]) -> list[tuple[int, int, str]]:
    """Entity spans ``(first, last, type)`` within the sentence, from GUM's bracket notation."""
    spans, open_ = [], []
    for i, row in enumerate(rows):
        value = next((f[7:] for f in row[9].split("|") if f.startswith("Entity=")), "")
        single = re.findall(r"\((\d+)-([a-z]+)-[^()]*\)|\((\d+)-([a-z]+)-[^()]*|(\d+)\)", value)
        for one_id, one_type, open_id, open_type, close_id in single:
            if one_id:
                spans.append((i, i + 1, one_type))
            elif open_id:
                open_.append((open_id, i, open_type))
            else:
                match = next((o for o in reversed(open_) if o[0] == close_id), None)
                if match:
                    open_.remove(match)
                    spans.append((match[1], i + 1, match[2]))
    return spans


def _label_tree(example: Example, rows: list[list[str]], entities: list[tuple[int, int, str]] | None) -> None:
    """Names and nominal heads of a treebank sentence, as far as part of speech, trees and entities tell."""
    size = len(rows)
    names, nominals = [MASK] * size, [MASK] * size
    for i, row in enumerate(rows):
        upos, low = row[3], row[1].lower()
        if upos not in ("PROPN", "NUM", "SYM") and not (row[1][:1].isupper() and upos in ("ADJ", "NOUN")):
            names[i] = 0
        if upos not in ("NOUN", "PRON", "PROPN"):
            nominals[i] = 0
        if low in L.WEAPONS | L.PLATFORMS and upos == "NOUN":
            kind = "weapon" if low in L.WEAPONS else "platform"
            first = i
            while first and rows[first - 1][6] == row[0] and rows[first - 1][7] == "compound":
                first -= 1
            write_span(names, first, i + 1, kind)
            nominals[i] = L.HEAD_TYPES.index(kind)
        elif upos in ("NOUN", "PRON"):
            kind = L.head_type(row[1])
            if kind and not (kind == "person" and upos == "NOUN" and row[7] == "compound"):
                nominals[i] = L.HEAD_TYPES.index(kind)
    if entities is not None:
        _label_gum(rows, entities, names, nominals)
    example.names, example.nominals = names, nominals


def _label_gum(
    rows: list[list[str]], entities: list[tuple[int, int, str]], names: list[int], nominals: list[int]
) -> None:
    covered = [False] * len(rows)
    for first, last, kind in sorted(entities, key=lambda e: e[0] - e[1]):
        inside = range(first + 1, last + 1)
        head = next((i for i in range(first, last) if int(rows[i][6]) not in inside), first)
        upos = rows[head][3]
        if kind in ("person", "organization", "place"):
            plural = "Number=Plur" in rows[head][5]
            if upos == "PROPN":
                span = _name_span(rows, first, last, head)
                text = " ".join(rows[i][1] for i in range(*span))
                told = L.organisation_type(text) if kind == "organization" else kind
                write_span(names, *span, told)
                nominals[head] = 0
                for i in range(first, last):
                    covered[i] = covered[i] or span[0] <= i < span[1]
            elif upos in ("NOUN", "PRON", "DET"):
                nominals[head] = L.HEAD_TYPES.index(L.nominal_type(rows[head][1], kind, plural))
        elif upos in ("NOUN", "PRON") and nominals[head] == MASK:
            nominals[head] = 0
    for i, row in enumerate(rows):
        if row[3] == "PROPN" and not covered[i] and names[i] == MASK:
            names[i] = 0
        if nominals[i] == MASK and row[3] != "PROPN":
            nominals[i] = 0


def _name_span(rows: list[list[str]], first: int, last: int, head: int) -> tuple[int, int]:
    """The part of an entity that is its name: head with determiner and name parts, no clauses or
    appositions."""
    keep = {head}
    for _ in range(4):
        for i in range(first, last):
            parent = int(rows[i][6]) - 1
            relation = rows[i][7].split(":")[0]
            near = relation in (
                "det",
                "compound",
                "flat",
                "amod",
                "nummod",
                "case",
                "nmod",
                "goeswith",
                "punct",
            )
            capital = rows[i][1][:1].isupper() or relation in ("det", "case", "punct")
            if near and parent in keep and capital and not (relation == "case" and parent == head):
                keep.add(i)
    start = end = head
    while start - 1 in keep and start > first:
        start -= 1
    while end + 1 in keep and end + 1 < last:
        end += 1
    while end > head and not rows[end][1][:1].isupper():
        end -= 1
    return start, end + 1
