"""Search by meaning with the reader's sentence vectors."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from lab import corpora
from lab.measures.tally import Figures
from saydo.model.document import Document
from saydo.reading.network import Network
from saydo.reading.reader import OnnxReader


def search(gold: Path, network: Network) -> Figures:
    """Whether a report's title finds the report: titles ask, reports answer by their best sentence (scalar
    product). Mean reciprocal rank, and how often the report comes first. Rows with ``title`` and ``text``; a
    title that the text begins with is cut off it; titles that occur twice are left out."""
    rows = [row for row in corpora.jsonl(gold) if row.get("title") and row["text"].strip()]
    titles = [row["title"] for row in rows]
    rows = [row for row in rows if titles.count(row["title"]) == 1]
    reader = OnnxReader(network)
    asked = reader.vectors([row["title"] for row in rows])
    best = np.full((len(rows), len(rows)), -1.0, dtype=np.float32)
    documents = [
        Document(str(i), row["text"].strip().removeprefix(row["title"])) for i, row in enumerate(rows)
    ]
    for i, reading in enumerate(reader.read_all(documents)):
        if reading.vectors is not None and len(reading.vectors):
            best[:, i] = (asked @ reading.vectors.T).max(axis=1)
    own = best[np.arange(len(rows)), np.arange(len(rows))]
    ranks = 1 + (best > own[:, None]).sum(axis=1)
    return {
        "reports": float(len(rows)),
        "mean reciprocal rank": float((1 / ranks).mean()),
        "first": float((ranks == 1).mean()),
    }
