"""The training sources as sentences with labels; a label that a source does not tell is masked.

Nothing of the sources is written anywhere: they are read from the folder given on the command line.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lab import labels as L
from lab.labels import MASK
from saydo.reading.sentences import paragraphs, sentences
from saydo.reading.tokens import Tokenizer, Word


class DataAbsent(Exception):
    """A source file is not where it should be."""


@dataclass
class Frame:
    """One attribution of a sentence: its cue's first word, and the role of every word with respect to it."""

    anchor: int
    roles: list[int]


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


# --- syntax ------------------------------------------------------------------------------------------


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


def treebank(path: Path, source: str) -> list[Example]:
    """A treebank's sentences with part of speech and dependencies; GUM also tells entities."""
    found = []
    for rows in conllu(path):
        example = Example([r[1].replace(" ", "") for r in rows], source)
        example.upos = [L.UPOS.index(r[3]) if r[3] in L.UPOS else MASK for r in rows]
        example.heads = [int(r[6]) for r in rows]
        example.deprels = [r[7] for r in rows]
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
            _span(names, first, i + 1, kind)
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
                _span(names, *span, told)
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


def _span(tags: list[int], first: int, last: int, kind: str) -> None:
    """Write a typed name over the words, unless one is there already."""
    if any(tags[i] > 0 for i in range(first, last)):
        return
    begin = L.NAME_TAGS.index(f"B-{kind}")
    tags[first] = begin
    for i in range(first + 1, last):
        tags[i] = begin + 1


# --- raw text ----------------------------------------------------------------------------------------


def split(text: str, tokenizer: Tokenizer) -> Iterator[list[Word]]:
    """The text's sentences as the reader itself would make them."""
    for start, end in paragraphs(text):
        words = tokenizer.words(text, start, end)
        for first, last in sentences(words):
            yield words[first:last]


def _inside(words: list[Word], start: int, end: int) -> range:
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
    found = []
    for document in jsonl(path):
        for words in split(document["text"], tokenizer):
            example = Example([w.text for w in words], "polnear")
            start, end = words[0].start, words[-1].end
            tags: dict[str, list[range]] = {"source": [], "cue": [], "content": []}
            for attribution in document["attributions"]:
                clipped = {
                    role: [_inside(words, s, e) for s, e in attribution[role] if s < end and e > start]
                    for role in tags
                }
                for role, spans in clipped.items():
                    clipped[role] = [span for span in spans if span]
                    tags[role].extend(clipped[role])
                if clipped["cue"]:
                    example.frames.append(_frame(len(words), clipped))
            example.names = _speakers(words, tags["source"])
            example.cues = _bio(len(words), tags["cue"])
            example.sources = _bio(len(words), tags["source"])
            example.contents = _bio(len(words), sorted(tags["content"], key=len, reverse=True))
            found.append(example)
    return found


_FULL_NAME = re.compile(r"^[A-Z][a-z]+ (?:[A-Z]\. )?[A-Z][a-z]?[A-Z]?[a-z]+$")


def _speakers(words: list[Word], sources: list[range]) -> list[int]:
    """Sources that have the form of a person's full name, as names; every other capital stays unknown."""
    names = _unknown_capitals([w.text for w in words])
    for span in sources:
        quote = " ".join(words[i].text for i in span)
        if _FULL_NAME.match(quote) and L.organisation_type(quote) == "organisation":
            _span(names, span.start, span.stop, "person")
    return names


def _frame(size: int, clipped: dict[str, list[range]]) -> Frame:
    roles = [0] * size
    for offset, role in ((3, "content"), (1, "source")):
        for span in clipped[role]:
            for i in span:
                roles[i] = offset if i == span.start else offset + 1
    return Frame(min(span.start for span in clipped["cue"]), roles)


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
        span = _inside(words, entity["start"], entity["end"])
        if not span or words[span.start].start != entity["start"] or words[span[-1]].end != entity["end"]:
            continue
        if entity["confidence"] < 0.5 and not entity["text"][:1].isupper():
            continue
        _mark(words, span, _RE3D[entity["type"]], entity["text"], names, nominals)
    example.names, example.nominals = names, nominals
    return example


def _mark(
    words: list[Word], span: range, kind: str, text: str, names: list[int], nominals: list[int]
) -> None:
    """Write one foreign mention as a name, or as a nominal head where it is not a name."""
    stops = ("of", ",", "(", "in", "from", "who", "that", "with", "and", "at", "on", "to", "for")
    cut = next((i for i in span if i > span.start and words[i].text.lower() in stops), span.stop)
    head = words[cut - 1].text
    if kind in ("nationality", "weapon", "platform", "money", "quantity"):
        if len(span) <= 6:
            _span(names, span.start, span.stop, kind)
        if kind in ("weapon", "platform"):
            nominals[cut - 1] = L.HEAD_TYPES.index(kind)
        return
    pieces = [words[i].text for i in span]
    titled = kind == "person" and all(_TITLE_WORDS.match(p) for p in pieces)
    is_name = head[:1].isupper() and not titled and head.lower() not in ("we", "i", "it", "he", "she", "they")
    if is_name and len(span) <= 10:
        told = L.organisation_type(text) if kind == "organisation" else kind
        _span(names, span.start, span.stop, told)
    elif names[cut - 1] == 0 and nominals[cut - 1] == 0:
        plural = head.lower().endswith("s") or head.lower() in L.GROUPS
        nominals[cut - 1] = L.HEAD_TYPES.index(L.nominal_type(head, kind, plural))


# --- partial labels ----------------------------------------------------------------------------------


def toponyms(path: Path, tokenizer: Tokenizer, rng: random.Random, share: float) -> list[Example]:
    """Places in news: annotated places are names, lower-case words are not; other capitals stay unknown."""
    found = []
    for document in jsonl(path):
        for words in split(document["text"], tokenizer):
            start, end = words[0].start, words[-1].end
            here = [t for t in document["toponyms"] if t["start"] >= start and t["end"] <= end]
            if not here or rng.random() > share:
                continue
            example = Example([w.text for w in words], "toponyms")
            example.names = _unknown_capitals(example.words)
            for toponym in here:
                span = _inside(words, toponym["start"], toponym["end"])
                around = [i for i in (span.start - 1, span.stop) if 0 < i < len(words)]
                if span and not any(words[i].text[:1].isupper() for i in around):
                    _span(example.names, span.start, span.stop, "place")
            found.append(example)
    return found


def _unknown_capitals(words: list[str]) -> list[int]:
    return [
        0
        if (w.islower() and w.lower() not in L.WEAPONS | L.PLATFORMS) or not any(c.isalnum() for c in w)
        else MASK
        for w in words
    ]


_DYAD_TYPES = {"Per": "person", "PER": "person", "GPE": "place", "LOC": "place", "Loc": "place"}


def dyads(path: Path, tokenizer: Tokenizer) -> list[Example]:
    """Actors and recipients that are marked with a type; every other capital stays unknown."""
    found: dict[str, Example] = {}
    for row in jsonl(path):
        text = row["sentence"]
        for words in list(split(text, tokenizer))[:1]:
            example = found.setdefault(text, Example([w.text for w in words], "dyads"))
            if example.names is None:
                example.names = _unknown_capitals(example.words)
            for side in ("actor", "recipient"):
                kind, _, quote = row[side].partition(":")
                at = text.find(quote) if quote else -1
                span = _inside(words, at, at + len(quote)) if at >= 0 else range(0)
                if not span or len(span) > 8 or not words[span[-1]].text[:1].isupper():
                    continue
                told = L.organisation_type(quote) if kind == "Org" else _DYAD_TYPES.get(kind)
                if told:
                    _span(example.names, span.start, span.stop, told)
    return list(found.values())


class Gazetteer:
    """Actor names with their codes, for partial labels in news text; nothing of it is shipped."""

    def __init__(self, folder: Path) -> None:
        self._names: dict[str, tuple[int, str]] = {}
        self._longest = 1
        for name in ("Countries", "International", "MilNonState"):
            for phrase, kind in self._entries(need(folder / f"phoenix-{name}.txt"), name):
                key = phrase.lower()
                self._names.setdefault(key, (len(phrase.split()), kind))
                self._longest = max(self._longest, len(phrase.split()))
        self._names.update({name.lower(): (len(name.split()), "place") for name in L.STATES})

    @staticmethod
    def _entries(path: Path, name: str) -> Iterator[tuple[str, str]]:
        phrases: list[str] = []
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
            line = line.split("#")[0].strip()
            codes = re.findall(r"\[([A-Z]{3,})", line)
            phrase = re.split(r"[\[;\t]", line)[0].strip(" +_").replace("_", " ")
            if line and not line.startswith("+") and phrase:
                phrases = [phrase]
            elif phrase:
                phrases.append(phrase)
            kind = next(filter(None, (_code_type(code, name) for code in codes)), None)
            if codes and kind:
                yield from ((p, kind) for p in phrases if len(p) > 3)

    def label(self, example: Example) -> None:
        """Name tags from the gazetteer over an example that has none."""
        words = example.words
        names = example.names or _unknown_capitals(words)
        i = 0
        while i < len(words):
            size, kind = _titled(words, i)
            if size:
                _span(names, i, i + size, kind)
                i += size
                continue
            size, kind = self._at(words, i)
            if size and self._alone(words, i, size):
                _span(names, i, i + size, kind)
            i += max(1, size)
        example.names = names

    def _at(self, words: list[str], i: int) -> tuple[int, str]:
        if not words[i][:1].isupper():
            return 0, ""
        for size in range(min(self._longest, 7, len(words) - i), 0, -1):
            hit = self._names.get(" ".join(words[i : i + size]).lower().replace(" - ", "-"))
            if hit and words[i + size - 1][:1].isupper():
                return size, hit[1]
        return 0, ""

    @staticmethod
    def _alone(words: list[str], i: int, size: int) -> bool:
        """Whether the hit is not part of a longer run of capitalised words."""
        before = i > 1 and words[i - 1][:1].isupper()
        after = i + size < len(words) and words[i + size][:1].isupper()
        return not before and not after


_PERSON_TITLES = frozenset(
    """Mr. Mrs. Ms. Dr. Gen. Sen. Rep. Gov. Lt. Col. Sgt. Capt. Maj. President Senator Congressman Secretary
    Minister Chancellor Mayor Judge Justice King Prince Pope""".split()
)


def _titled(words: list[str], i: int) -> tuple[int, str]:
    """A name that its title or its form gives away: a titled person, a nationality before a common noun."""
    if words[i] in L.NATIONALITIES and i + 1 < len(words) and words[i + 1].islower():
        return 1, "nationality"
    if words[i] not in _PERSON_TITLES:
        return 0, ""
    end = i + 1
    while end < len(words) and words[end][:1].isupper() and words[end] not in _PERSON_TITLES:
        end += 1
    fits = 1 < end - i < 5 and not any(L.organisation_type(w) != "organisation" for w in words[i + 1 : end])
    return (end - i, "person") if fits else (0, "")


def _code_type(code: str, name: str) -> str | None:
    if code.startswith(("IGO",)):
        return "igo"
    if name == "MilNonState" or code[3:6] in ("REB", "UAF", "SEP", "INS", "OPP"):
        return "group"
    if code[3:6] == "MIL":
        return "military"
    if code[3:6] == "MED":
        return "media"
    if len(code) == 3 and name == "Countries":
        return "place"
    if code.startswith("NGO"):
        return "organisation"
    return None
