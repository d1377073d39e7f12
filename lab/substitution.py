"""Made-up sentences for names: other names put in the place of known ones, and patterns filled with
names.

The sources tell few names of armed groups, ministries, forces and media. A tagger that has seen only
those takes an unknown name for a place. Here the contexts stay and the names change.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from pathlib import Path

from lab import labels as L
from lab.corpora import Example, need, tagged
from lab.patterns import PATTERNS, STOCK
from saydo.reading.tokens import Tokenizer

_SMALL = frozenset("of the for and in on de la el y du des al to a bin ibn".split())
_IGO_WORD = re.compile(
    r"ORGANI|UNION|COMMISSION|AGENCY|COUNCIL|BANK|COURT|COMMITTEE|FUND|PROGRAM|UNITED|CONFERENCE|TRIBUNAL|LEAGUE"
)
_ACTOR_SWAPS = ("group", "group", "government", "military", "igo", "organisation", "media", "group")


class Names:
    """Names of each type to draw from."""

    def __init__(self, folder: Path, rng: random.Random) -> None:
        self._rng = rng
        self._lists = {kind: list(names) for kind, names in STOCK.items()}
        for phrase, codes in _entries(need(folder / "phoenix-MilNonState.txt")):
            if codes:
                self._lists["group"].append(_titled(phrase))
        for phrase, codes in _entries(need(folder / "phoenix-International.txt")):
            if any(c.startswith("IGO") for c in codes) and (_IGO_WORD.search(phrase) or len(phrase) < 7):
                self._lists["igo"].append(_titled(phrase))
            elif any(c.startswith("NGO") for c in codes) and len(phrase.split()) > 1:
                self._lists["organisation"].append(_titled(phrase))
        for phrase, codes in _entries(need(folder / "phoenix-Countries.txt")):
            if any(c[3:6] == "GOV" for c in codes) and len(phrase.split()) == 2:
                first, last = _titled(phrase).split()
                self._lists["first"].append(first)
                self._lists["last"].append(last)
            elif any(len(c) == 3 for c in codes) and len(phrase.split()) < 3:
                self._lists["place"].append(_titled(phrase, acronyms=False))
        self._lists["nationality"] = sorted(L.NATIONALITIES)
        self._lists["place"] += list(L.STATES)

    def draw(self, kind: str) -> str:
        """A name of the type, made of parts where the list holds a pattern such as ``{place} Times``."""
        if kind == "person":
            kind = self._rng.choice(["plain_person", "plain_person", "titled_person"])
        if kind == "group" and self._rng.random() < 0.35:
            kind = "made_group"
        name = self._rng.choice(self._lists[kind])
        return re.sub(r"\{(\w+)\}", lambda m: self.draw(m.group(1)), name)


def _entries(path: Path) -> list[tuple[str, list[str]]]:
    """Phrases with their codes; a phrase under another's heading has the codes that stand with it."""
    found: list[tuple[str, list[str]]] = []
    waiting: list[str] = []
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        line = line.split("#")[0].strip()
        codes = re.findall(r"\[([A-Z]{3,})", line)
        phrase = re.split(r"[\[;\t(]", line)[0].strip(" +_").replace("_", " ")
        if phrase and not line.startswith("+"):
            waiting = []
        if 2 < len(phrase) < 60 and re.fullmatch(r"[A-Z' .-]+", phrase):
            waiting.append(phrase)
        if codes:
            found += [(p, codes) for p in waiting]
            waiting = []
    return found


def _titled(phrase: str, acronyms: bool = True) -> str:
    """The capitalised phrase as news writes it; one short word is taken for an acronym."""
    words = phrase.split()
    if acronyms and len(words) == 1 and (len(words[0]) < 7 or not re.search(r"[AEIOU]", words[0])):
        return words[0]
    small = [w.lower() for w in words]
    return " ".join(
        w if i and w in _SMALL else "-".join(p.capitalize() for p in w.split("-"))
        for i, w in enumerate(small)
    )


def substituted(
    examples: Sequence[Example], names: Names, tokenizer: Tokenizer, rng: random.Random
) -> list[Example]:
    """The examples that hold names, each once more with most of its names replaced."""
    found = []
    for example in examples:
        spans = named_spans(example.names or [])
        if not spans or len(example.words) > 60:
            continue
        fresh = Example([], "made")
        fresh.names, fresh.nominals = [], []
        at = 0
        for first, last, kind in spans:
            _copy(fresh, example, at, first)
            at = last
            if rng.random() < 0.25 or kind in ("quantity", "weapon", "platform"):
                _copy(fresh, example, first, last)
                continue
            if kind in ("group", "government", "military", "igo", "media", "organisation"):
                kind = kind if rng.random() < 0.4 else rng.choice(_ACTOR_SWAPS)
            _put(fresh, names.draw(kind), kind, tokenizer)
        _copy(fresh, example, at, len(example.words))
        found.append(fresh)
    return found


def speakers_replaced(
    examples: Sequence[Example], names: Names, tokenizer: Tokenizer, rng: random.Random, count: int
) -> list[Example]:
    """Sentences in which a named source has become a name of any type of actor; other names stay open."""
    fit = [e for e in examples if e.sources and any(n > 0 for n in e.names or []) and len(e.words) < 50]
    found = []
    for example in rng.sample(fit, min(count, len(fit))):
        fresh = Example([], "made")
        fresh.names, fresh.nominals = [], []
        at = 0
        for first, last in tagged(example.sources or []):
            assert example.names is not None
            if (
                first < at
                or example.names[first] <= 0
                or not all(example.names[i] > 0 for i in range(first, last))
            ):
                continue
            kind = rng.choice(("person", *_ACTOR_SWAPS))
            _copy(fresh, example, at, first)
            _put(fresh, names.draw(kind), kind, tokenizer)
            at = last
        _copy(fresh, example, at, len(example.words))
        found.append(fresh)
    return found


def patterned(names: Names, tokenizer: Tokenizer, rng: random.Random, count: int) -> list[Example]:
    """Patterns of news sentences with drawn names in their slots; nominal heads are marked ``word/type``."""
    found = []
    for _ in range(count):
        example = Example([], "made")
        example.names, example.nominals = [], []
        for part in re.split(r"(\{\w+\})", rng.choice(PATTERNS)):
            slot = re.fullmatch(r"\{(\w+)\}", part)
            if slot:
                kind = slot.group(1)
                if kind == "actor":
                    kind = rng.choice(_ACTOR_SWAPS)
                _put(example, names.draw(kind), kind, tokenizer)
            else:
                _plain(example, part, tokenizer)
        example.words[0] = example.words[0][:1].upper() + example.words[0][1:]
        found.append(example)
    return found


def named_spans(tags: Sequence[int]) -> list[tuple[int, int, str]]:
    """Typed spans of name tags."""
    spans: list[tuple[int, int, str]] = []
    for i, tag in enumerate(tags):
        if tag > 0 and L.NAME_TAGS[tag][0] == "B":
            spans.append((i, i + 1, L.NAME_TAGS[tag][2:]))
        elif tag > 0 and spans:
            spans[-1] = (spans[-1][0], i + 1, spans[-1][2])
    return spans


def _copy(fresh: Example, example: Example, first: int, last: int) -> None:
    fresh.words += example.words[first:last]
    fresh.names += (example.names or [])[first:last]  # type: ignore[operator]
    nominals = example.nominals or [L.MASK] * len(example.words)
    fresh.nominals += nominals[first:last]  # type: ignore[operator]


def _put(fresh: Example, name: str, kind: str, tokenizer: Tokenizer) -> None:
    words = [w.text for w in tokenizer.words(name)]
    begin = L.NAME_TAGS.index(f"B-{kind}")
    fresh.words += words
    fresh.names += [begin] + [begin + 1] * (len(words) - 1)  # type: ignore[operator]
    head = L.HEAD_TYPES.index(kind) if kind in ("weapon", "platform") else 0
    fresh.nominals += [0] * (len(words) - 1) + [head]  # type: ignore[operator]


def _plain(example: Example, text: str, tokenizer: Tokenizer) -> None:
    for chunk in text.split():
        marked = re.fullmatch(r"(\w+)/([a-z]+)(\W*)", chunk)
        word = marked.group(1) + marked.group(3) if marked else chunk
        kind = marked.group(2) if marked else "O"
        for piece in tokenizer.words(word):
            example.words.append(piece.text)
            example.names.append(0)  # type: ignore[union-attr]
            told = L.HEAD_TYPES.index(kind) if piece.text.isalpha() else 0
            example.nominals.append(told)  # type: ignore[union-attr]
