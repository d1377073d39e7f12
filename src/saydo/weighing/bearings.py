"""Where and when an act is set, as its sentence and those before it tell by names and days."""

from __future__ import annotations

import re
from functools import lru_cache

from saydo.codebook import Codebook
from saydo.model.dates import Interval
from saydo.model.ids import fold
from saydo.model.records import Offsets
from saydo.weighing.acts import Act, Unfolded, content_words
from saydo.weighing.parties import STATE_KINDS
from saydo.weighing.times import length, span
from saydo.weighing.world import World

SHORT = 8
"""Days: what is told of a longer time has no day of its own."""
_WIDE = frozenset(
    "the north south east west northern southern eastern western central new old san santa saint upper lower "
    "great city province district county region river lake mount port island state street square national "
    "republic democratic united party union army police force forces ministry government commission body "
    "council hospital university court radio news agency international general front people del "
    "los african european asian american arab".split()
)
"""Words of names that tell nothing of where something happened."""
NEAR = 31
"""Days between two reports within which what has no date may be of one time."""
_BEHIND = 5
_BACK = 2
"""Sentences before an act in which its place and its day may be told."""


_DATELINE = re.compile(r"\s*([A-ZÀ-Þ][A-ZÀ-Þ'’ -]{2,30})(?:,[^-–—\n]{0,40})? [-–—]{1,2} ")


def filed_at(report: Unfolded) -> frozenset[str]:
    """The words of a dateline: where a report was sent from, which may be where it all happened."""
    found = _DATELINE.match(report.text)
    return frozenset(w for w in fold(found[1]).split() if len(w) > 2) - _WIDE if found else frozenset()


def names_around(world: World, report: Unfolded, act: Act) -> tuple[frozenset[str], list[Offsets]]:
    """The words of names around an act that may tell where or at what it happened, and the sentences before
    it that were asked."""
    before = [s for s in report.record.sentences if s[0] < act.sentence[0]][-_BACK:]
    start = before[0][0] if before else act.sentence[0]
    barred = content_words(act.speaker_name)
    barred |= _WIDE | _states(world.codebook) | _persons(report)
    places = (
        m.text
        for m in report.record.mentions
        if m.named and m.type == "place" and start <= m.start < act.sentence[1]
    )
    told = {w for text in places for w in fold(text).split() if len(w) > 2}
    names = (capitals(report.text, start, act.sentence[1]) | told) - barred
    if act.site is not None and act.site.local:
        names |= frozenset(act.site.name.split()) - _WIDE
    return names, before


_CAPITAL = re.compile(r"(?<=[\w,;:'’\"”)] )[A-ZÀ-Þ][\w’-]+|(?<=\bthe )[A-ZÀ-Þ][\w’-]+")
_NOT_NAMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july "
    "august september october november december easter christmas ramadan".split()
)


def capitals(text: str, start: int, end: int) -> frozenset[str]:
    """The words written as names in a stretch of text, but for those that begin a sentence."""
    found = (fold(w.removesuffix("'s").removesuffix("’s")) for w in _CAPITAL.findall(text, start, end))
    return frozenset(p for w in found for p in w.split("-") if len(p) > 2) - _NOT_NAMES


def _persons(report: Unfolded) -> frozenset[str]:
    """The words of the names of persons, who speak of what happened anywhere."""
    named = (m.text for m in report.record.mentions if m.named and m.type == "person")
    return frozenset(fold(w) for text in named for w in text.split())


def day_told(report: Unfolded, act: Act, before: list[tuple[int, int]]) -> Interval | None:
    """The day told last before a number whose clause names none, in what is said and not of when."""
    for start, end in (act.sentence, *reversed(before)):
        own = act.via if (start, end) == act.sentence else None
        told = [
            s.content
            for s in report.record.statements
            if (s.id == own[1] if own else any(a < end and start < b for a, b in s.content))
        ]
        # "announced the capture of a thousand men *on Friday*": right behind what is said
        inside = tuple((a, b + _BEHIND) for content in told for a, b in content) or ((start, end),)
        inside = tuple((max(a, start), min(b, end)) for a, b in inside)
        found = [
            time
            for t in report.record.times
            if any(a <= t.start < b for a, b in inside)
            for time in (_closed(t.from_, t.to),)
            if time is not None
        ]
        if found:
            return min(found, key=lambda t: length(t) or 0)
    return None


def _closed(first: str | None, last: str | None) -> Interval | None:
    start, end = span(first), span(last)
    if start is None or end is None or start.start is None or end.end is None:
        return None
    found = Interval(start.start, end.end)
    return found if (length(found) or 0) <= SHORT else None


@lru_cache(maxsize=4)
def _states(codebook: Codebook) -> frozenset[str]:
    """The words of the names of states, which are too wide to tell one occasion by."""
    return frozenset(
        word
        for entry in codebook.actors.values()
        if entry.kind in STATE_KINDS
        for name in (entry.name, *entry.aliases, *entry.adjectives, *entry.demonyms)
        for word in fold(name).split()
    )
