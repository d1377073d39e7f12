"""Reports coded by saydo's own rules, to teach the network where events stand: ``RUNDIR/silver.jsonl``.

The rules of the installed package code a sample of the training reports. What they find is right about three
times in four; the network learns from it with a low weight, and learns from everything else what the rules
miss.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path

from lab.corpora import jsonl

SOURCES = (
    ("attribution/polnear-train.jsonl", "text", 330),
    ("places/lgl.jsonl", "text", 200),
    ("templates/muc4-train.jsonl", "doctext", 350),
)
_DATE = "2015-06-01"
_KEPT = ("mentions", "events", "ties")


def make(data: Path, out: Path) -> None:
    """Write text and record of each report, one a line. Takes some minutes."""
    from saydo.codebook import load
    from saydo.desk.coder import code_documents
    from saydo.model.document import Document
    from saydo.model.records import Record
    from saydo.reading import load_reader

    documents = [Document(f"r{i}", text, date=_DATE) for i, text in enumerate(_sample(data))]
    fresh = out.with_suffix(".new")
    with fresh.open("w", encoding="utf-8") as lines:
        coded = code_documents(documents, load_reader(), load())
        for document, record in zip(documents, coded, strict=True):
            if isinstance(record, Record):
                kept = record.model_dump(mode="json", by_alias=True, include=set(_KEPT))
                print(json.dumps({"text": document.text, "record": kept}), file=lines)
    fresh.replace(out)


def _sample(data: Path) -> Iterator[str]:
    rng = random.Random(5)
    for path, field, count in SOURCES:
        rows = list(jsonl(data / path))
        for i in sorted(rng.sample(range(len(rows)), min(count, len(rows)))):
            yield rows[i][field]
