"""Coreference within a document: which earlier mention a mention speaks of again.

Each mention looks back over the mentions before it and takes the one that scores best, or none. A score is
the product of two vectors that the network gives the mentions' head words (what the later one looks for, what
the earlier one offers) plus weights from tables: of forms, types, matching words, distance, number and part
in the sentence. Vectors and tables were trained together (``lab/links.py``); the tables stand beside the
label sets.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from saydo.model.reading import Link, ReadMention, Sentence, Token
from saydo.reading.network import Scores

WINDOW = 40
"""Mentions before a mention among which it may find the one it refers to."""
LINKED = frozenset(("person", "group", "government", "military", "organisation", "igo", "media", "place"))
"""Types of mentions that take part: things that texts speak of again."""

_PRONOUNS = {
    **dict.fromkeys(("he", "him", "his", "himself"), "he"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "she"),
    **dict.fromkeys(("it", "its", "itself"), "it"),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves"), "they"),
    **dict.fromkeys(("i", "me", "my", "mine", "myself"), "i"),
    **dict.fromkeys(("we", "us", "our", "ours", "ourselves"), "we"),
    **dict.fromkeys(("you", "your", "yours", "yourself"), "you"),
    **dict.fromkeys(("who", "whom", "whose", "which", "that"), "who"),
}
FORMS = ("he", "she", "it", "they", "i", "we", "you", "who", "definite", "indefinite", "name")
_DEFINITE = frozenset("the this that these those its their his her our my".split())
_SMALL = frozenset("the a an of and for in mr. ms. mrs. dr. gen. president minister".split())
_DISTANCES = np.array([0, 1, 2, 3, 5, 9])
_STEPS = np.array([1, 2, 3, 5, 9, 17])

TABLES = {
    "forms": (len(FORMS), len(FORMS)),
    "types": (len(FORMS), 2),
    "matches": (len(FORMS), 4),
    "distances": (len(FORMS), len(_DISTANCES)),
    "steps": (len(FORMS), len(_STEPS)),
    "numbers": (len(FORMS), 4),
    "parts": (len(FORMS), 3),
    "nested": (len(FORMS), 2),
}
"""Tables of weights, each ``[form of the later mention, value of the feature]``."""

Ints = NDArray[np.int64]


class Candidates(NamedTuple):
    """Pairs of mentions that may be one, as arrays over all pairs."""

    later: Ints
    """Index of the later mention, ascending."""
    earlier: Ints
    form: Ints
    features: dict[str, Ints]
    """Per table of weights the column that holds for the pair. ``matches`` is 0 where no word is shared, 1
    where some are, 2 where the heads are the same, 3 where all words are."""


class _Shape(NamedTuple):
    mention: int
    form: int
    type: str
    words: frozenset[str]
    head: str
    plural: int
    sentence: int
    part: int


class Linker:
    """Links a document's mentions with weights that were learnt beforehand."""

    def __init__(self, told: Mapping[str, Any]) -> None:
        self._tables = {name: np.array(told[name], dtype=np.float32) for name in TABLES}
        self._alone = np.array(told["alone"], dtype=np.float32)
        """How readily a mention of each form refers to nothing before it."""

    def links(
        self,
        tokens: Sequence[Token],
        placed: Sequence[Sentence],
        mentioned: Sequence[ReadMention],
        scores: Sequence[Scores],
    ) -> tuple[Link, ...]:
        """Links in the order of the later mentions; a mention that refers to nothing before it has none."""
        found = candidates(tokens, mentioned)
        if not len(found.later):
            return ()
        sought, offered = vectors(tokens, placed, mentioned, scores)
        total = (sought[found.later] * offered[found.earlier]).sum(axis=1)
        for name, column in found.features.items():
            total = total + self._tables[name][found.form, column]
        total = total - self._alone[found.form]
        return tuple(_best(found, total))


def _best(found: Candidates, total: NDArray[np.float32]) -> list[Link]:
    """The best candidate of each later mention, where it is better than none."""
    links: list[Link] = []
    starts = np.flatnonzero(np.r_[True, np.diff(found.later) > 0])
    for start, stop in zip(starts.tolist(), [*starts[1:].tolist(), len(total)], strict=True):
        # of equal scores the nearest wins
        best = stop - 1 - int(total[start:stop][::-1].argmax())
        if total[best] > 0:
            certainty = 1.0 / (1.0 + np.exp(-float(total[best])))
            links.append(Link(int(found.later[best]), int(found.earlier[best]), round(certainty, 4)))
    return links


def vectors(
    tokens: Sequence[Token],
    placed: Sequence[Sentence],
    mentioned: Sequence[ReadMention],
    scores: Sequence[Scores],
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """What each mention looks for and what it offers, ``[mention, 64]`` each."""
    heads = [(tokens[m.head].sentence, m.head) for m in mentioned]
    both = np.stack([scores[s].links[i - placed[s].first] for s, i in heads])
    half = both.shape[1] // 2
    return both[:, :half] / np.sqrt(half), both[:, half:]


def candidates(tokens: Sequence[Token], mentioned: Sequence[ReadMention]) -> Candidates:
    """All pairs worth a score, with their features."""
    shapes = [_shape(i, m, tokens) for i, m in enumerate(mentioned) if m.type in LINKED]
    counts = np.minimum(np.arange(len(shapes)), WINDOW)
    starts = np.cumsum(counts) - counts
    later = np.repeat(np.arange(len(shapes)), counts)
    earlier = (
        np.arange(len(later)) - np.repeat(starts, counts) + np.repeat(np.arange(len(shapes)) - counts, counts)
    )

    def column(name: str) -> Ints:
        return np.array([getattr(s, name) for s in shapes], dtype=np.int64)

    form, plural, sentence = column("form"), column("plural"), column("sentence")
    kinds = {kind: n for n, kind in enumerate(sorted(LINKED))}
    kind = np.array([kinds[s.type] for s in shapes], dtype=np.int64)
    index = column("mention")
    spans = np.array([(m.first, m.last) for m in mentioned], dtype=np.int64).reshape(-1, 2)[index]
    head, words = _numbered(s.head for s in shapes), _numbered(s.words for s in shapes)
    same = head[later] == head[earlier]
    matches = np.where(same, 2 + (words[later] == words[earlier]), _shared(shapes, counts, starts))
    features = {
        "forms": form[earlier],
        "types": (kind[later] == kind[earlier]).astype(np.int64),
        "matches": matches,
        "distances": np.searchsorted(_DISTANCES, sentence[later] - sentence[earlier], side="right") - 1,
        "steps": np.searchsorted(_STEPS, later - earlier, side="right") - 1,
        "numbers": 2 * plural[later] + plural[earlier],
        "parts": column("part")[earlier],
        "nested": (spans[later, 0] < spans[earlier, 1]).astype(np.int64),
    }
    return Candidates(index[later], index[earlier], form[later], features)


def _shape(index: int, mention: ReadMention, tokens: Sequence[Token]) -> _Shape:
    head = tokens[mention.head]
    low = head.text.lower()
    words = [t.text.lower() for t in tokens[mention.first : mention.last]]
    pronoun = _PRONOUNS.get(low) if mention.first + 1 == mention.last and not mention.named else None
    if pronoun:
        form = FORMS.index(pronoun)
    elif mention.named:
        form = FORMS.index("name")
    else:
        form = FORMS.index("definite" if words[0] in _DEFINITE else "indefinite")
    plural = pronoun in ("they", "we") or (
        not pronoun and not mention.named and low.endswith("s") and head.lemma != low
    )
    part = 0 if head.deprel.startswith("nsubj") else 1 if head.deprel.startswith(("obj", "obl")) else 2
    told = frozenset(w for w in words if w not in _SMALL and w[0].isalnum())
    return _Shape(index, form, mention.type, told, pronoun or low, int(plural), head.sentence, part)


def _numbered(values: Iterable[Hashable]) -> Ints:
    """Equal numbers for equal values."""
    known: dict[Hashable, int] = {}
    return np.array([known.setdefault(value, len(known)) for value in values], dtype=np.int64)


def _shared(shapes: Sequence[_Shape], counts: Ints, starts: Ints) -> Ints:
    """1 for every pair of mentions that share a word, else 0."""
    found = np.zeros(int(counts.sum()), dtype=np.int64)
    seen: dict[str, list[int]] = {}
    for j, (shape, count, start) in enumerate(zip(shapes, counts.tolist(), starts.tolist(), strict=True)):
        first = j - count
        for word in shape.words:
            places = seen.setdefault(word, [])
            for i in reversed(places):
                if i < first:
                    break
                found[start + i - first] = 1
            places.append(j)
    return found
