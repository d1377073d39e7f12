"""Documents with coreference chains: GUM's, and those of our own gold set."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lab.corpora import need


@dataclass
class Chained:
    """A document as sentences of words, and the chain of each word that heads a mention."""

    sentences: list[list[str]] = field(default_factory=list)
    heads: dict[int, int] = field(default_factory=dict)
    """Word of the document → chain."""

    def chain_of(self, word: int) -> int:
        """The chain that the mention headed by the word belongs to; -1 where there is none."""
        return self.heads.get(word, -1)


_MARK = re.compile(r"\((\d+)-|(?<![\w%-])(\d+)\)|(\))")


def gum_chains(path: Path) -> Iterator[Chained]:
    """GUM's documents; of mentions with one head the longest counts."""
    document = Chained()
    rows: list[list[str]] = []
    base = 0
    with need(path).open(encoding="utf-8") as lines:
        for line in [*lines, "# newdoc end"]:
            line = line.rstrip("\n")
            if line.startswith("# newdoc"):
                if document.sentences:
                    yield document
                document, base = Chained(), 0
            elif line and line[0] != "#":
                columns = line.split("\t")
                if columns[0].isdigit():
                    rows.append(columns)
            elif not line and rows:
                _add(document, rows, base)
                base += len(rows)
                rows = []


def _add(document: Chained, rows: list[list[str]], base: int) -> None:
    document.sentences.append([r[1].replace(" ", "") for r in rows])
    for chain, first, last in sorted(_spans(rows), key=lambda s: s[2] - s[1]):
        inside = range(first + 1, last + 1)
        head = next((i for i in range(first, last) if int(rows[i][6]) not in inside), first)
        document.heads[base + head] = chain


def _spans(rows: list[list[str]]) -> Iterator[tuple[int, int, int]]:
    """Chain, first and last word of the entities within one sentence."""
    opened: list[tuple[int, int]] = []
    for i, row in enumerate(rows):
        value = next((f[7:] for f in row[9].split("|") if f.startswith("Entity=")), "")
        for start, end, single in _MARK.findall(value):
            if start:
                opened.append((int(start), i))
            elif single and opened:
                chain, first = opened.pop()
                yield chain, first, i + 1
            elif end:
                match = next((o for o in reversed(opened) if o[0] == int(end)), None)
                if match:
                    opened.remove(match)
                    yield match[0], match[1], i + 1
