"""Who says what, as the records have it: statements coded from raw text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from lab import corpora
from lab.measures.attribution import ROLES, Span, touching
from lab.measures.tally import Figures, Tally
from saydo.codebook import load
from saydo.desk.coder import code_documents
from saydo.model.document import Document
from saydo.model.records import Record
from saydo.reading.network import Network
from saydo.reading.reader import OnnxReader
from saydo.reading.tokens import Tokenizer, Word

Spans = Mapping[str, Sequence[Sequence[int]]]
"""Role → spans in characters of the text."""


def said(gold: Path, network: Network) -> Figures:
    """The measure of ``attribution``, taken of the statements in the records instead of the reader's
    attributions: exact-span precision, recall and F1 of source, cue and content, sentence by sentence, over
    the sentences that hold a gold attribution. Each report is coded as a whole from its raw text; spans that
    cross a sentence end are cut there.

    The gold has thoughts, hopes and plans as well as words; those that are no statement count as missed."""
    rows = list(corpora.jsonl(gold))
    documents = [Document(f"r{i}", row["text"]) for i, row in enumerate(rows)]
    exact = {role: Tally() for role in ROLES}
    overlap = {role: (Tally(), Tally()) for role in ROLES}
    failed = sentences = 0
    for record, row in zip(code_documents(documents, OnnxReader(network), load()), rows, strict=True):
        failed += not isinstance(record, Record)
        statements = told(record) if isinstance(record, Record) else []
        for words in corpora.split(row["text"], Tokenizer()):
            example = corpora.attributed(words, row["attributions"])
            if not example.frames:
                continue
            sentences += 1
            for role, spans in within(words, statements).items():
                wanted = corpora.tagged(getattr(example, f"{role}s") or [])
                exact[role].add(spans, wanted)
                touching(spans, wanted, *overlap[role])
    figures: Figures = {"sentences": float(sentences), "failed items": float(failed)}
    for role in ROLES:
        figures |= exact[role].figures(role)
    for role, (precise, complete) in overlap.items():
        p, r = (t.right / t.wanted if t.wanted else 0.0 for t in (precise, complete))
        figures[f"{role} overlap F1"] = 2 * p * r / (p + r) if p + r else 0.0
    return figures


def told(record: Record) -> list[Spans]:
    """The statements of a record as spans by role."""
    return [{"source": s.source, "cue": s.cue, "content": s.content} for s in record.statements]


def within(words: list[Word], statements: Sequence[Spans]) -> dict[str, list[Span]]:
    """Role → the distinct spans, in words of the sentence, that statements have in it."""
    found: dict[str, set[Span]] = {role: set() for role in ROLES}
    for statement in statements:
        for role, spans in corpora.clip(words, statement).items():
            found[role].update((s.start, s.stop) for s in spans)
    return {role: sorted(spans) for role, spans in found.items()}
