"""Partial labels: sources that tell some names of a sentence and leave the others open."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

from lab import labels as L
from lab.corpora import Example, inside, jsonl, need, split, tagged, write_span
from lab.labels import MASK
from saydo.reading.tokens import Tokenizer


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
                span = inside(words, toponym["start"], toponym["end"])
                around = [i for i in (span.start - 1, span.stop) if 0 < i < len(words)]
                if span and not any(words[i].text[:1].isupper() for i in around):
                    write_span(example.names, span.start, span.stop, "place")
            found.append(example)
    return found


def _unknown_capitals(words: list[str]) -> list[int]:
    """Name tags that words alone tell: lower case is no name, arms and money are known by sight."""
    names = [0 if w.islower() or not any(c.isalnum() for c in w) else MASK for w in words]
    for i, word in enumerate(words):
        if word in L.WEAPONS or word in L.PLATFORMS:
            first = i
            while first and words[first - 1] in L.ARMS_BEFORE:
                first -= 1
            write_span(names, first, i + 1, "weapon" if word in L.WEAPONS else "platform")
        elif word in ("$", "£", "€") and i + 1 < len(words) and words[i + 1][0].isdigit():
            last = i + 2
            while last < len(words) and words[last] in ("million", "billion", "trillion", "m", "bn"):
                last += 1
            write_span(names, i, last, "money")
        elif word.isdigit() and i + 1 < len(words) and words[i + 1].islower() and words[i + 1][-1:] == "s":
            write_span(names, i, i + 1, "quantity")
    return names


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
                span = inside(words, at, at + len(quote)) if at >= 0 else range(0)
                if not span or len(span) > 8 or not words[span[-1]].text[:1].isupper():
                    continue
                told = L.organisation_type(quote) if kind == "Org" else _DYAD_TYPES.get(kind)
                if told:
                    write_span(example.names, span.start, span.stop, told)
    return list(found.values())


_FULL_NAME = re.compile(r"^[A-Z][a-z]+ (?:[A-Z]\. )?[A-Z][a-z]?[A-Z]?[a-z]+$")


def speakers(example: Example) -> list[int]:
    """Sources that have the form of a person's full name, as names; every other capital stays unknown."""
    names = _unknown_capitals(example.words)
    for first, last in tagged(example.sources or []):
        quote = " ".join(example.words[first:last])
        if _FULL_NAME.match(quote) and L.organisation_type(quote) == "organisation":
            write_span(names, first, last, "person")
    return names


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
        names = speakers(example)
        i = 0
        while i < len(words):
            size, kind = _titled(words, i)
            if size:
                write_span(names, i, i + size, kind)
                i += size
                continue
            size, kind = self._at(words, i)
            if size and self._alone(words, i, size):
                write_span(names, i, i + size, kind)
            i += max(1, size)
        example.names = names

    def spans(self, words: list[str]) -> list[tuple[int, int]]:
        """Actors that the gazetteer or their title tells, as words ``[first, last)``."""
        found, i = [], 0
        while i < len(words):
            size = _titled(words, i)[0] or self._at(words, i)[0]
            if size:
                found.append((i, i + size))
            i += max(1, size)
        return found

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
