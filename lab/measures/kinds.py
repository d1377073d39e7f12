"""What kind of statement somebody's words are, to whom and through what, as the records have it."""

from __future__ import annotations

from pathlib import Path

from lab import corpora
from lab.measures.tally import Figures, Tally, classes
from saydo.codebook import load
from saydo.desk.coder import code_documents
from saydo.model.document import Document
from saydo.model.records import Record, Statement
from saydo.reading.network import Network
from saydo.reading.reader import OnnxReader

NONE = "none"


def kinds(gold: Path, network: Network, heldout: bool) -> Figures:
    """Kinds of statements from raw sentences: of each row the statement whose cue shares a character with the
    gold's, or none. ``kind``: accuracy and macro-F1. ``addressees``: mentions of those addressed against the
    gold's, right where they share a character. ``medium``: likewise, the words of one against those of the
    other. ``quoted``: direct speech told from indirect, of the statements found. Without ``--heldout`` the
    rows that rules were tuned on, with it those that they were not."""
    split = "heldout" if heldout else "dev"
    rows = [row for row in corpora.jsonl(gold) if row["split"] == split]
    documents = [Document(f"r{i}", row["text"]) for i, row in enumerate(rows)]
    found: list[str] = []
    addressees, medium, quoted = Tally(), Tally(), 0
    for record, row in zip(code_documents(documents, OnnxReader(network), load()), rows, strict=True):
        said = _said(record, row["cue"]) if isinstance(record, Record) else None
        found.append(said.kind if said else NONE)
        quoted += said is not None and said.quoted == row["quoted"]
        mentions = {m.id: (m.start, m.end) for m in record.mentions} if isinstance(record, Record) else {}
        told = [mentions[a] for a in said.addressees] if said else []
        wanted = [(a, b) for a, b in row["addressees"]]
        addressees.add([next((w for w in wanted if _touch(t, w)), t) for t in told], wanted)
        words = [row["text"][slice(*row["medium"])].lower()] if row["medium"] else []
        through = [said.medium.lower()] if said and said.medium else []
        medium.add([next((w for w in words if w in t or t in w), t) for t in through], words)
    figures = classes(found, [row["kind"] for row in rows], "kind")
    figures |= {"found": sum(kind != NONE for kind in found) / len(rows)}
    figures |= addressees.figures("addressees") | medium.figures("medium")
    return figures | {"quoted accuracy": quoted / max(1, sum(kind != NONE for kind in found))}


def _said(record: Record, cue: tuple[int, int]) -> Statement | None:
    return next((s for s in record.statements if any(_touch(span, cue) for span in s.cue)), None)


def _touch(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]
