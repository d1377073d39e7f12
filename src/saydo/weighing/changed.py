"""Changes of position that a report itself tells: "who once praised the pact, vowed to stop it"; "walked back
the comments". Both poles are statements of one side in neighbouring sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from saydo.codebook import Codebook
from saydo.model.citations import cite, plain, quoted
from saydo.model.ids import fold
from saydo.model.records import Offsets
from saydo.weighing.acts import content_words
from saydo.weighing.contested import Page, Voiced, joined, nobody, one_side, within
from saydo.weighing.contests import LIGHT
from saydo.weighing.finding import Found, Place, certainty, when_said
from saydo.weighing.scope import any_of
from saydo.weighing.world import World

_NOT = re.compile(r"\b(?:not|never|no|nobody|none|neither|nor|without|cannot)\b|n['’]t\b")
_BESIDE = 22
"""Letters before a cue within which a word of earlier times belongs to it."""
_BACK = 3
_VALUES = {"praise": 1, "condemnation": -1, "accusation": -1}


@dataclass(frozen=True, slots=True)
class _Words:
    earlier: re.Pattern[str]
    taking_back: re.Pattern[str]
    own: re.Pattern[str]
    favouring: re.Pattern[str]
    opposing: re.Pattern[str]


@lru_cache(maxsize=4)
def _words(codebook: Codebook) -> _Words:
    ids = ("earlier-words", "taking-back", "words-of-ones-own", "favouring", "opposing")
    return _Words(*(any_of(codebook.cues[id].phrases) for id in ids))


def changed(world: World) -> list[Found]:
    """Every change of position that a report tells of, each later stand with its nearest earlier one."""
    words = _words(world.codebook)
    found: list[Found] = []
    for report in world.reports:
        if len(report.said) < 2:
            continue
        page = Page.of(report, world.codebook)
        for voiced in page.voiced:
            found += _taken_back(world, page, words, voiced)
            found += _once(world, page, words, voiced)
    return [f for f in found if f.score >= world.number("position", "floor")]


def _taken_back(world: World, page: Page, words: _Words, later: Voiced) -> Iterator[Found]:
    text = page.report.text
    cue = joined(text, later.record.cue).lower()
    verb = words.taking_back.search(cue)
    if verb is None or nobody(later.said) or _NOT.search(cue):
        return
    body = joined(text, later.record.content)
    own = words.own.search(cue[verb.end() :]) or words.own.search(" ".join(body.lower().split()[:6]))
    if own is None:
        return
    best: tuple[float, Voiced] | None = None
    for earlier in page.voiced:
        if earlier.record.id == later.record.id or not _same_side(world, later, earlier):
            continue
        strength = _how_taken_back(page, words, later, earlier)
        if strength and (best is None or (strength, earlier.first) > (best[0], best[1].first)):
            best = strength, earlier
    if best is not None:
        yield _found(world, best[1], later, "takes it back", verb.group(), best[0])


def _how_taken_back(page: Page, words: _Words, later: Voiced, earlier: Voiced) -> float:
    """How surely what is taken back is what was said earlier; 0 where it is not."""
    text = page.report.text
    spans = (*later.record.cue, *later.record.content)
    if within(earlier.record.cue, spans) and words.own.search(joined(text, earlier.record.cue).lower()):
        return 0.9
    if earlier.record.cue[0][0] > later.record.cue[0][0] or later.first - earlier.last > _BACK:
        return 0.0
    shared = _shared(earlier, later)
    bare = len(content_words(joined(text, later.record.content))) <= 2
    if len(shared) >= 2 or (bare and later.first - earlier.last <= 1):
        return 0.85 if shared else 0.75
    return 0.0


def _once(world: World, page: Page, words: _Words, earlier: Voiced) -> Iterator[Found]:
    if earlier.said.who is None or not _of_earlier(page, words, earlier):
        return
    stand = _stand(page, words, earlier)
    if not stand:
        return
    best: tuple[float, Voiced] | None = None
    for later in page.voiced:
        near = max(later.first - earlier.last, earlier.first - later.last)
        if later.record.id == earlier.record.id or near > 1 or _of_earlier(page, words, later):
            continue
        if _joined_on(page, earlier, later):
            continue
        if not _same_side(world, earlier, later) or _stand(page, words, later) != -stand:
            continue
        shared = _shared(earlier, later)
        whom = (earlier.said.actors & later.said.actors) - {earlier.said.speaker}
        valued = earlier.record.kind in _VALUES and later.record.kind in _VALUES
        if not shared and not whom and near > 0:
            continue
        if valued and not shared - _named(world, whom):
            continue  # praise and blame for one man, or for two, may be for different things
        strength = 0.9 if shared and near <= 0 else 0.8 if shared or whom else 0.7
        if best is None or strength > best[0]:
            best = strength, later
    if best is not None:
        cue = words.earlier.search(_around(page, earlier).lower())
        yield _found(world, earlier, best[1], "is now against it" if stand > 0 else "is now for it",
                     cue.group() if cue else "", best[0])  # fmt: skip


def _joined_on(page: Page, earlier: Voiced, later: Voiced) -> bool:
    """Whether one clause only goes on where the other ends: "had at first hailed the vote *and said* …"."""
    end = max(b for _, b in earlier.record.content)
    start = min((a for a, _ in later.record.cue), default=0)
    return re.fullmatch(r",?\s*and\s+(?:\w+\s+)?", page.report.text[end:start]) is not None


def _named(world: World, actors: frozenset[str]) -> frozenset[str]:
    return frozenset(w for a in actors for w in content_words(world.names.get(a, "")))


def _of_earlier(page: Page, words: _Words, voiced: Voiced) -> bool:
    return words.earlier.search(_around(page, voiced).lower()) is not None


def _around(page: Page, voiced: Voiced) -> str:
    """The cue of a statement with the few words before it, none of another clause ("…, which he once
    backed, and has embraced …")."""
    if not voiced.record.cue:
        return ""
    first, last = voiced.record.cue[0][0], voiced.record.cue[-1][1]
    floor = page.report.record.sentences[voiced.first][0]
    before = page.report.text[max(floor, first - _BESIDE) : first]
    return re.split(r"[,;:]\s|\s[-–—]+\s", before)[-1] + page.report.text[first:last]


def _stand(page: Page, words: _Words, voiced: Voiced) -> int:
    """+1 for being for something, -1 for being against it, 0 where the words do not tell."""
    kind = voiced.record.kind
    if kind in _VALUES:
        return _VALUES[kind]
    cue = joined(page.report.text, voiced.record.cue).lower()
    body = joined(page.report.text, voiced.record.content).lower()
    told = f"{cue} {' '.join(body.split()[:14])}"
    value = bool(words.favouring.search(told)) - bool(words.opposing.search(told))
    if _NOT.search(told):
        value = -value or (-1 if kind in ("pledge", "demand", "threat") else 0)
    elif not value and kind in ("pledge", "proposal"):
        value = 1
    return value


def _same_side(world: World, one: Voiced, other: Voiced) -> bool:
    if other.said.who is None and fold(other.said.speaker_name) in ("his", "her", "its", "their"):
        return other.first == one.first
    return one_side(world, one.said, other.said)


def _shared(one: Voiced, other: Voiced) -> frozenset[str]:
    names = content_words(one.said.speaker_name) | content_words(other.said.speaker_name) | LIGHT
    return (one.said.words & other.said.words) - names


def _found(world: World, earlier: Voiced, later: Voiced, how: str, cue: str, strength: float) -> Found:
    text = world.report(later.said.ref).text
    score = 0.9 * strength * certainty(earlier.said.score, later.said.score)
    return Found(
        kind="position",
        rule="position.changed",
        speaker=later.said.who.raw if later.said.who else None,
        speaker_name=later.said.speaker_name,
        statement=Place(earlier.said.ref, earlier.said.sentences),
        against=Place(later.said.ref, later.said.sentences),
        opening=(
            f"{plain(earlier.said.speaker_name)} said before [told with “{cue}”] "
            f"{_quote(text, earlier)}{cite([earlier.said.ref])}"
        ),
        against_words=(
            f"{plain(later.said.speaker_name)} {how}, {when_said(later.said)}: "
            f"{_quote(text, later)}{cite([later.said.ref])}"
        ),
        score=round(min(1.0, score), 3),
    )


def _quote(text: str, voiced: Voiced) -> str:
    spans: tuple[Offsets, ...] = (*voiced.record.cue, *voiced.record.content)
    return quoted(joined(text, tuple(sorted(spans))))
