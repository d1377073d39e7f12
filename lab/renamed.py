"""Other names for passages, so that a network compares the names of two passages instead of knowing them.

A group of passages with other names throughout means what it meant. A passage against what is said in which
one of the names that it shares with that is another one tells of somebody else or of somewhere else: it
settles nothing.
"""

from __future__ import annotations

import random
import re
from calendar import day_name, month_name
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

_WORD = re.compile(r"[^\W\d_]+")
_DATES = frozenset({*day_name, *month_name})
_KIN = 4
"""Letters by which two words are kin: "Togo" and "Togolese"."""
_SPOT = re.compile(r"\b(?:in|at|near|outside|to|from|off|around|over)\s+(?:the\s+)?$")
_LEAST = 3


class Names:
    """The names in some texts: words that are written with a capital and never without."""

    def __init__(self, texts: Iterable[str]) -> None:
        held = list(texts)
        self._plain = {w for text in held for w in _WORD.findall(text) if w.islower()}
        self._known = sorted({w for text in held for w in self.of(text)})

    def of(self, text: str) -> Iterator[str]:
        """The names in a text, word by word."""
        return (found.group() for found in self._spots(text))

    def _spots(self, text: str) -> Iterator[re.Match[str]]:
        for found in _WORD.finditer(text):
            word = found.group()
            if (
                len(word) >= _LEAST
                and word.istitle()
                and word not in _DATES
                and word.lower() not in self._plain
            ):
                yield found

    def others(self, texts: Sequence[str], share: float, rng: random.Random) -> dict[str, str]:
        """Other words for some of the names in texts that belong together. One of which a kin is among them
        stays: its kin would no longer be one."""
        names = {w for text in texts for w in self.of(text)}
        kin = Counter(stem(w) for w in {w.lower() for text in texts for w in _WORD.findall(text)})
        free = [w for w in sorted(names) if kin[stem(w)] == 1 and rng.random() < share]
        return {word: rng.choice(self._known) for word in free}

    def elsewhere(self, said: str, passage: str, rng: random.Random) -> str | None:
        """The passage with another word for one name that it shares with what is said: the only one, or one
        that stands first or says where. None where there is no such name."""
        shared = set(self.of(said))
        spots = [m for m in self._spots(passage) if m.group() in shared]
        runs: list[list[re.Match[str]]] = []
        for spot in spots:
            if runs and passage[runs[-1][-1].end() : spot.start()] == " ":
                runs[-1].append(spot)
            else:
                runs.append([spot])
        telling = [run for run in runs if len(runs) == 1 or _tells_who_or_where(passage, run[0].start())]
        if not telling:
            return None
        taken = {m.group(): rng.choice(self._known) for m in rng.choice(telling)}
        return renamed(passage, taken)


def stem(word: str) -> str:
    """What a word has in common with its kin."""
    return word[:_KIN].lower()


def _tells_who_or_where(passage: str, start: int) -> bool:
    return start <= _LEAST or _SPOT.search(passage[:start]) is not None


def renamed(text: str, others: Mapping[str, str]) -> str:
    """A text with other words for some."""
    return _WORD.sub(lambda found: others.get(found.group(), found.group()), text)
