"""Which words few reports of a case use: only these tell that two passages speak of one matter.

A word is rare as long as no more than one report in fifty uses it, and never once forty do. The size of the
case is read in powers of two, so that a case that grows by a report does not put in question what was found
with the words of all others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

from saydo.model.citations import Ref
from saydo.model.records import Offsets
from saydo.weighing.acts import Act, Said, Unfolded, content_words
from saydo.weighing.contests import LIGHT

_SHARE = 50
_LEAST = 3
_MOST = 40
_MANY = 64
"""Reports from which on a case has a talk of the day."""
_CLAIMING = frozenset({"assertion", "accusation", "claim_of_responsibility"})


class Rarity(Protocol):
    """What is asked of the words of a case."""

    def rare(self, stem: str) -> bool:
        """Whether few reports use a word, by its stem."""
        ...

    def many(self) -> bool:
        """Whether there are so many reports that common words tell nothing."""
        ...


class Counted:
    """Counts the words of all reports when it is first asked."""

    def __init__(self, reports: Sequence[Unfolded]) -> None:
        self._reports = reports
        self._counts: Counter[str] | None = None

    def rare(self, stem: str) -> bool:
        """Whether few reports use a word, by its stem."""
        if self._counts is None:
            self._counts = Counter(stem for report in self._reports for stem in report.stems)
        return self._counts[stem] <= few(len(self._reports))

    def many(self) -> bool:
        """Whether there are so many reports that common words tell nothing."""
        return many(len(self._reports))


def few(size: int) -> int:
    """How many reports of a case of this size may use a word that still tells a matter."""
    step = 1 << (size.bit_length() - 1) if size else 0
    return min(_MOST, max(_LEAST, step // _SHARE))


def many(size: int) -> bool:
    """Whether a case of this size has a talk of the day."""
    return size >= _MANY


class Passage(NamedTuple):
    """Something asserted: by a voice that is quoted, or by a report itself."""

    report: Unfolded
    said: Said | None
    act: Act | None
    sentence: Offsets
    words: frozenset[str]
    """Stems of its words."""
    text: str

    @property
    def ref(self) -> Ref:
        return self.said.ref if self.said is not None else self.act.ref  # type: ignore[union-attr]


def passages(report: Unfolded) -> Iterator[Passage]:
    """What is asserted in a report, by voices and in its own."""
    for said in report.said:
        if said.kind in _CLAIMING and said.content:
            text = " ".join(report.text[a:b] for a, b in said.content)
            yield Passage(report, said, None, said.sentences, stemmed(said.words), text)
    seen: set[Offsets] = set()
    for act in report.acts:
        if act.via is None and act.positive and act.realis in ("actual", "historical"):
            if act.sentence not in seen and not act.doing.type.startswith("tie:"):
                seen.add(act.sentence)
                text = report.quote(act.sentence)
                yield Passage(report, None, act, act.sentence, stemmed(content_words(text)), text)


def used(report: Unfolded) -> frozenset[str]:
    """The stems of the words of all that is asserted in a report."""
    return frozenset(stem for passage in passages(report) for stem in passage.words)


def stemmed(words: frozenset[str]) -> frozenset[str]:
    """The stems of words that say anything of the matter."""
    return frozenset(stem(w) for w in words - LIGHT)


def stem(word: str) -> str:
    """The first five letters of a longer word: ``received`` and ``receive``, ``refugee`` and ``refuge``."""
    return word[:5] if len(word) > 5 else word
