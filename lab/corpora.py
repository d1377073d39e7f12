"""The training sources as sentences with labels; a label that a source does not tell is masked.

Nothing of the sources is written anywhere: they are read from the folder given on the command line.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from lab import labels as L
from saydo.reading import sentences
from saydo.reading.tokens import Tokenizer, Word


class DataAbsent(Exception):
    """A source file is not where it should be."""


@dataclass
class Frame:
    """One attribution of a sentence: its cue's first word, and the role of every word with respect to it."""

    anchor: int
    roles: list[int]
    cue_end: int = -1
    """Behind the last word of the cue."""


@dataclass
class Pair:
    """Two marked mentions of a sentence, as words ``[first, last)``, with what is told of them.

    ``told`` holds, head by head (``event``, ``tie``, ``relation``), the labels that would be right: several
    where a source does not tell them apart. A head that the source says nothing of is not in it.
    """

    actor: tuple[int, int]
    recipient: tuple[int, int]
    told: dict[str, tuple[int, ...]]
    weight: float = 1.0


@dataclass
class Example:
    """One sentence; a task whose field is None is not annotated in its source."""

    words: list[str]
    source: str
    upos: list[int] | None = None
    heads: list[int] | None = None
    """Head of each word, counted from 1; 0 is the root."""
    deprels: list[str] | None = None
    names: list[int] | None = None
    nominals: list[int] | None = None
    cues: list[int] | None = None
    sources: list[int] | None = None
    contents: list[int] | None = None
    frames: list[Frame] = field(default_factory=list)
    entities: list[int] | None = None
    parties: list[int] | None = None
    ends: list[int] | None = None
    triggers: list[int] | None = None
    realis: list[int] | None = None
    polarity: list[int] | None = None
    pairs: list[Pair] = field(default_factory=list)


def need(path: Path) -> Path:
    """The path, or an error that says what is missing and how to go on."""
    if not path.is_file():
        raise DataAbsent(f"{path} is not there; pass the folder of the training data as --data")
    return path


def held_out(key: str, share: int) -> bool:
    """Whether a document belongs to the held-out part: one in ``share`` by the hash of its id."""
    return int(hashlib.sha256(key.encode()).hexdigest(), 16) % share == 0


def jsonl(path: Path) -> Iterator[dict]:
    with need(path).open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def conllu(path: Path) -> Iterator[list[list[str]]]:
    """Sentences as rows of the ten CoNLL-U columns, without multi-word and empty tokens."""
    rows: list[list[str]] = []
    with need(path).open(encoding="utf-8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if not line and rows:
                yield rows
                rows = []
            elif line and line[0] != "#":
                columns = line.split("\t")
                if columns[0].isdigit():
                    rows.append(columns)
    if rows:
        yield rows


def split(text: str, tokenizer: Tokenizer) -> Iterator[list[Word]]:
    """The text's sentences as the reader itself would make them."""
    return (words for _, words in sentences.split(text, tokenizer.words(text)))


def inside(words: list[Word], start: int, end: int) -> range:
    """Indices of the words that overlap the characters ``[start, end)``."""
    first = next((i for i, w in enumerate(words) if w.end > start), len(words))
    last = next((i for i, w in enumerate(words) if w.start >= end), len(words))
    return range(first, max(first, last))


def _bio(size: int, spans: Iterable[range]) -> list[int]:
    tags = [0] * size
    for span in spans:
        for i in span:
            tags[i] = 1 if i == span.start else 2
    return tags


def polnear(path: Path, tokenizer: Tokenizer) -> list[Example]:
    """Attribution cut to sentences; spans that cross a sentence end are clipped, sentence by sentence."""
    return [
        attributed(words, document["attributions"])
        for document in jsonl(path)
        for words in split(document["text"], tokenizer)
    ]


def attributed(words: list[Word], attributions: Sequence[Mapping[str, Sequence[Sequence[int]]]]) -> Example:
    """One sentence with the parts that attributions (role → spans in characters of the text) have in it."""
    example = Example([w.text for w in words], "polnear")
    tags: dict[str, list[range]] = {"source": [], "cue": [], "content": []}
    for attribution in attributions:
        clipped = clip(words, attribution)
        for role, spans in clipped.items():
            tags[role].extend(spans)
        if clipped["cue"]:
            example.frames.append(_frame(len(words), clipped))
    example.cues = _bio(len(words), tags["cue"])
    example.sources = _bio(len(words), tags["source"])
    example.contents = _bio(len(words), sorted(tags["content"], key=len, reverse=True))
    return example


def clip(words: list[Word], attribution: Mapping[str, Sequence[Sequence[int]]]) -> dict[str, list[range]]:
    """Role → the words of a sentence that each of the attribution's spans covers, where it covers any."""
    start, end = words[0].start, words[-1].end
    return {
        role: [s for a, b in attribution[role] if a < end and b > start and (s := inside(words, a, b))]
        for role in ("source", "cue", "content")
    }


def _frame(size: int, clipped: dict[str, list[range]]) -> Frame:
    roles = [0] * size
    for offset, role in ((3, "content"), (1, "source")):
        for span in clipped[role]:
            for i in span:
                roles[i] = offset if i == span.start else offset + 1
    first = min(clipped["cue"], key=lambda span: span.start)
    return Frame(first.start, roles, first.stop)


def joined(examples: Sequence[Example], count: int, rng: random.Random) -> list[Example]:
    """Two or three sentences that follow one another as one, many without their stops or capitals.

    They teach where a sentence ends where the rules of punctuation do not tell.
    """
    found: list[Example] = []
    while len(found) < count:
        at = rng.randrange(len(examples) - 3)
        group = examples[at : at + rng.choice((1, 2, 2, 3))]
        if len({e.source for e in group}) > 1 or sum(len(e.words) for e in group) > 80:
            continue
        drop, lower = rng.random() < 0.5, rng.random() < 0.5
        words: list[str] = []
        ends: list[int] = []
        for e in group:
            whole = e.words[:-1] if drop and len(e.words) > 3 and e.words[-1] in ".!?" else e.words
            words += [w.lower() for w in whole] if lower else whole
            ends += [0] * (len(whole) - 1) + [1]
        found.append(Example(words, "joined", ends=ends))
    return found


def write_span(tags: list[int], first: int, last: int, kind: str) -> None:
    """Write a typed name over the words, unless one is there already."""
    if any(tags[i] > 0 for i in range(first, last)):
        return
    begin = L.NAME_TAGS.index(f"B-{kind}")
    tags[first] = begin
    for i in range(first + 1, last):
        tags[i] = begin + 1


def tagged(tags: Sequence[int]) -> list[tuple[int, int]]:
    """Spans ``[first, last)`` of BIO tags."""
    spans: list[tuple[int, int]] = []
    for i, tag in enumerate(tags):
        if tag == 1:
            spans.append((i, i + 1))
        elif tag == 2 and spans and spans[-1][1] == i:
            spans[-1] = (spans[-1][0], i + 1)
        elif tag == 2:
            spans.append((i, i + 1))
    return spans
