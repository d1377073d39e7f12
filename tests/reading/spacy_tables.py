"""A spaCy pipeline that knows a few sentences by heart: words, tags and trees stand in a table of its config.

A row is ``word tag head relation``, heads counted from 1 within the table, 0 for the root. Words that no table
knows are roots of their own.
"""

from pathlib import Path

import spacy
from spacy.attrs import DEP, HEAD, TAG
from spacy.language import Language
from spacy.tokens import Doc

GIVES = ["token.tag", "token.dep", "token.head", "token.is_sent_start", "doc.sents"]


@Language.factory("saydo_test_table", assigns=GIVES, default_config={"tables": []})
def _table(nlp: Language, name: str, tables: list[str]) -> "Table":
    return Table(tables)


@Language.component("saydo_test_silent")
def _silent(doc: Doc) -> Doc:
    """Gives nothing, and does not say so."""
    return doc


class Table:
    """Sets tags, heads and relations of the sentences it knows."""

    def __init__(self, tables: list[str]) -> None:
        self._tables = [[line.split() for line in table.strip().splitlines()] for table in tables]

    def __call__(self, doc: Doc) -> Doc:
        if not len(doc):
            return doc
        add = doc.vocab.strings.add
        rows = [[0, add("ROOT"), add("XX")] for _ in doc]
        words = [token for token in doc if not token.is_space]
        at = 0
        while at < len(words):
            texts = [token.text for token in words[at:]]
            table = next((t for t in self._tables if texts[: len(t)] == [row[0] for row in t]), [])
            for n, (_, tag, head, dep) in enumerate(table):
                here, there = words[at + n], words[at + (int(head) or n + 1) - 1]
                rows[here.i] = [(there.i - here.i) % 2**64, add(dep), add(tag)]
            at += len(table) or 1
        for token in doc:
            if token.is_space and token.i:
                rows[token.i] = [2**64 - 1, add("dep"), add("_SP")]
        import numpy

        doc.from_array([HEAD, DEP, TAG], numpy.array(rows, dtype=numpy.uint64))
        return doc


def pipeline(*tables: str, names: dict[str, str] | None = None) -> Language:
    """A blank English pipeline with the tables, and an entity ruler for names (text → label)."""
    nlp = spacy.blank("en")
    nlp.add_pipe("saydo_test_table", config={"tables": list(tables)})
    if names:
        ruler = nlp.add_pipe("entity_ruler")
        ruler.add_patterns([{"pattern": text, "label": label} for text, label in names.items()])  # type: ignore[attr-defined]
    return nlp


def saved(folder: Path, *tables: str, names: dict[str, str] | None = None) -> Path:
    """The same, written to a folder to be loaded by its path."""
    pipeline(*tables, names=names).to_disk(folder)
    return folder
