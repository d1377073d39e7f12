"""Why a passage that shares words with something said may yet be of another matter: what speaks against a
finding that rests on inference.

Inference tells poorly of two passages that differ in one detail; another camp, another year, planned and not
done are what is coded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from saydo.codebook import Codebook
from saydo.codebook.opposition import words
from saydo.model.citations import Ref
from saydo.model.dates import Interval
from saydo.model.ids import fold
from saydo.model.records import DiscrepancyKind, Offsets
from saydo.model.spans import overlap
from saydo.weighing.acts import Act, Said, Unfolded, content_words
from saydo.weighing.bearings import capitals
from saydo.weighing.gainsaid import NOT, told_time
from saydo.weighing.parties import canonical, unnamed
from saydo.weighing.rarity import stemmed
from saydo.weighing.scope import any_of
from saydo.weighing.times import widen
from saydo.weighing.world import World

_SINCE_WHEN = re.compile(r"\bsince\b")
_SINCE = re.compile(r"\b(?:since|ago|after|until|till)\b")
"""Words by which a time is that from or up to which something holds."""
_BODIES = frozenset({"group", "military", "organisation", "government"})
"""Types of mentions that stand for bodies."""
_ABOUT = 7
"""Days by which two times of one matter may be told apart."""
_REPEATED, _HALF = 0.7, 0.5
"""Shares of words in common: of two passages that are one, and of what is said that is told to be so."""
_STEM = 5
"""Letters by which a name is known again: "Togo" in "Togolese"."""


class Lists(NamedTuple):
    """The word lists by which what is said and told is sifted, each finding any of its phrases."""

    to_come: re.Pattern[str]
    unreal: re.Pattern[str]
    broken_off: re.Pattern[str]
    shown_later: re.Pattern[str]
    written: re.Pattern[str]


@lru_cache(maxsize=4)
def lists(codebook: Codebook) -> Lists:
    """The lists of a codebook."""
    kinds = ("commitment", "denial", "tie")
    pledged, denied, tied = (codebook.rules[kind] for kind in kinds)
    named = (
        (pledged, "to-come"), (pledged, "unreal"), (tied, "broken-off"), (denied, "shown-later"),
        (pledged, "written"),
    )  # fmt: skip
    return Lists(*(any_of(words(rule, name)) for rule, name in named))


class Asked(NamedTuple):
    """Something said that a passage elsewhere may go against."""

    report: Unfolded
    said: Said
    at: Interval


class Telling(NamedTuple):
    """A sentence in which something is told as a fact, by a voice or by the report itself."""

    report: Unfolded
    act: Act | None
    said: Said | None
    sentence: Offsets

    @property
    def ref(self) -> Ref:
        """The record that stands for it."""
        return self.said.ref if self.said is not None else self.act.ref  # type: ignore[union-attr]

    @property
    def published(self) -> Interval | None:
        """When its report appeared."""
        return self.said.published if self.said is not None else self.act.published  # type: ignore[union-attr]


def doubts(world: World, kind: DiscrepancyKind, a: Asked, t: Telling) -> Iterator[str]:
    """What is coded that speaks against it that a passage goes against what is said, as one of a kind."""
    told = line_of(t.report, t.sentence)
    line = told.lower()
    month = told.replace("May", "").lower()
    if ("?" in told or lists(world.codebook).unreal.search(month)) and not own_words(world, a, t):
        yield "only feared or planned"
    if world.scope.kept_word(line):
        yield "told as kept"
    if _the_same(a, told):
        yield "the same words"
    if kind == "account" and _counts(a.report, a.said.sentences) and _counts(t.report, t.sentence):
        yield "numbers, which are compared by rules"
    if kind == "denial" and t.said is not None and own_words(world, a, t) and NOT.search(line):
        yield "denied once more"
    if _at_another_time(world, kind, a, t):
        yield "another time"
    if _elsewhere(world, a, t):
        yield "somewhere else"
    if _by_others(world, kind, a, t):
        yield "by others"


def own_words(world: World, a: Asked, t: Telling) -> bool:
    """Whether a passage is in the words of the same speaker, or of one who speaks for the same."""
    voices = (
        [t.said] if t.said is not None else [s for s in t.report.said if overlap(s.sentences, t.sentence)]
    )
    return any(_one_side(world, a.said, voice) for voice in voices)


def _one_side(world: World, one: Said, other: Said) -> bool:
    if one.speaker is None or other.speaker is None:
        return False
    mine, its = (world.standing(said, official=False).keys() for said in (one, other))
    return one.speaker == other.speaker or not mine.isdisjoint(its)


def _the_same(a: Asked, told: str) -> bool:
    """Whether a passage repeats what is said, or tells in its words that it is so: "has not bombed the port",
    of who said that it would not."""
    said, words_of = content_words(line_of(a.report, a.said.sentences)), content_words(told)
    if len(said & words_of) >= _REPEATED * len(said | words_of):
        return True
    body = stemmed(content_words(body_of(a.report, a.said)))
    negated = NOT.search(body_of(a.report, a.said)) and NOT.search(told.lower().replace("without", ""))
    return negated is not None and len(body & stemmed(words_of)) >= _HALF * len(body)


def _counts(report: Unfolded, sentences: Offsets) -> bool:
    """Whether somebody is counted in some sentences."""
    start, end = sentences
    return any(
        start <= act.sentence[0] < end and (act.count or act.killed or act.injured)
        for act in (*report.acts, *report.tallies)
    )


def _at_another_time(world: World, kind: DiscrepancyKind, a: Asked, t: Telling) -> bool:
    """Whether a passage tells of a time of which the words do not speak: before a promise or a break, while
    there is still time to keep it, or after a denial, unless it tells what has come to light since."""
    when = (told_time(t.report, *t.said.content) if t.said is not None else None) or told_time(
        t.report, t.sentence
    )
    if when is None and t.act is not None:
        when = t.act.when
    at = a.at
    ended = _over(world, kind, a)
    if ended:
        at = told_time(a.report, *a.said.content) or at
    if kind != "commitment" and not ended:
        if kind == "position" or when is None or when.start is None or at.end is None:
            return False
        spoken = (
            told_time(a.report, *a.said.content) if not _SINCE.search(body_of(a.report, a.said)) else None
        )
        if spoken is not None and not widen(spoken, _ABOUT).overlaps(when):
            return True
        if kind == "account":
            return False
        line = line_of(t.report, t.sentence).lower()
        return when.start > at.end and not (
            world.scope.looks_into(line) or lists(world.codebook).shown_later.search(line)
        )
    if when is not None and when.end is not None and at.start is not None and when.end < at.start:
        return True
    period = world.scope.period(a.report.record, a.report.text, a.said, a.at)
    if period.runs is not None and when is not None and not period.runs.overlaps(when):
        return True
    last = when.end if when is not None and when.end is not None else t.published.end if t.published else None
    due = period.deadline if not NOT.search(body_of(a.report, a.said)) else None
    return due is not None and last is not None and last < due


def _over(world: World, kind: DiscrepancyKind, a: Asked) -> bool:
    """Whether it is of a tie that is said to be over, or not to have held since a time."""
    line = line_of(a.report, a.said.sentences).lower()
    over = kind == "tie" and lists(world.codebook).broken_off.search(line) is not None
    return over or (kind in ("tie", "denial") and _SINCE_WHEN.search(body_of(a.report, a.said)) is not None)


def _elsewhere(world: World, a: Asked, t: Telling) -> bool:
    """Whether what is said names somebody or something beside the speaker's side, and the passage names what
    that report does not, and no more than half of it: another camp, another crew."""
    names = _named_in(a, {a.said.speaker, *world.standing(a.said)})
    spoken = {w for name in a.report.named for w in name.split()} | content_words(a.said.speaker_name)
    if not names or not capitals(t.report.text, *t.sentence) - spoken:
        return False
    context = t.report.context(t.sentence)
    before = max((s for s, _ in t.report.record.sentences if s < t.sentence[0]), default=t.sentence[0])
    spots = (m for m in t.report.record.mentions if m.actor and before <= m.start < t.sentence[1])
    there = {canonical(m.actor or "") for m in spots}
    met = sum(name.actor in there or any(f" {w[:_STEM]}" in context for w in name.words) for name in names)
    return 2 * met <= len(names)


class _Name(NamedTuple):
    """Somebody or something named in what is said."""

    words: frozenset[str]
    actor: str | None


def _named_in(a: Asked, side: set[str | None]) -> list[_Name]:
    """What is named in what is said, without the speaker's side."""
    found: list[_Name] = []
    known: set[str] = set(content_words(a.said.speaker_name))
    for start, end in a.said.content:
        for m in a.report.record.mentions:
            if m.named and start <= m.start < end:
                words = content_words(m.text) | frozenset(fold(m.text).split())
                known |= words
                actor = canonical(m.actor) if m.actor else None
                if actor not in side or actor is None:
                    found.append(_Name(words, actor))
        further = capitals(a.report.text, start, end) - known
        found += [_Name(frozenset({word}), None) for word in sorted(further)]
    return found


def _by_others(world: World, kind: DiscrepancyKind, a: Asked, t: Telling) -> bool:
    """Whether all who are known to do something in a passage are others than those of whom is spoken."""
    if kind == "commitment" and _of_strangers(world, a, t):
        return True
    start, end = t.sentence
    acts = (act for act in t.report.acts if start <= act.sentence[0] < end)
    bodies = [p for act in acts for p in act.actors if p.type != "person"]
    doers = [p for p in bodies if p.named or (p.actor and not unnamed(p.actor))]
    side = {a.said.speaker, *world.standing(a.said)}
    for first, last in a.said.content:
        spots = (m for m in a.report.record.mentions if m.actor and first <= m.start < last)
        side |= {canonical(m.actor or "") for m in spots}
    if kind in ("position", "tie") and _names_of(a, side) & content_words(line_of(t.report, t.sentence)):
        return False  # "with the vote of Australand the commission …"
    at = t.published or a.at
    spoken = content_words(f"{a.said.speaker_name} {a.said.called} {body_of(a.report, a.said)}")
    for p in doers:
        above = (s.principal for s in world.timeline.principals(p, at, t.ref[0]))
        if (p.actor and p.actor in side) or not side.isdisjoint(above) or content_words(p.name) & spoken:
            return False
    return bool(doers)


def _names_of(a: Asked, side: Iterable[str | None]) -> frozenset[str]:
    """The words by which a speaker and those for whom he stands are called."""
    ids = (actor.replace("-", " ") for actor in side if actor is not None)
    return content_words(" ".join((a.said.speaker_name, *ids)))


def _of_strangers(world: World, a: Asked, t: Telling) -> bool:
    """Whether a passage names a body of which the report with the words knows nothing, and nobody of the side
    that gave them: "marines of the Tarkhan Republic", after a promise of the Omari navy."""
    start, end = t.sentence
    side, context = {a.said.speaker, *world.standing(a.said)}, t.report.context(t.sentence)
    if any(f" {w[:_STEM]}" in context for w in content_words(f"{a.said.speaker_name} {a.said.called}")):
        return False
    spots = [m for m in t.report.record.mentions if start <= m.start < end]
    if any(m.actor and canonical(m.actor) in side for m in spots):
        return False
    known = {w for name in a.report.named for w in name.split()}
    return any(m.named and m.type in _BODIES and not content_words(m.text) & known for m in spots)


def body_of(report: Unfolded, said: Said) -> str:
    """The words of a statement, in lower case."""
    return " ".join(report.text[a:b] for a, b in said.content).lower()


def line_of(report: Unfolded, sentences: Offsets) -> str:
    """Some sentences on one line."""
    return " ".join(report.quote(sentences).split())
