"""Who holds a town, where it was, with what, by what cause: told by two in words that cannot both be so.

"Captured the port", "beat off the attack on the port"; "in international waters", "inside our waters";
"engine failure", "shot down". The pairs of phrases are data (``rules/account.yaml``); two tellings are of one
thing where they share names, what is spoken of, and the day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from saydo.codebook import Codebook
from saydo.codebook.opposition import table
from saydo.model.citations import Ref, cite, plain, quoted
from saydo.model.dates import Interval
from saydo.model.ids import fold
from saydo.model.records import Offsets
from saydo.weighing.acts import Act, Said, Unfolded, content_words
from saydo.weighing.bearings import day_told, filed_at, names_around
from saydo.weighing.finding import Found, Place
from saydo.weighing.sameness import GENERIC
from saydo.weighing.times import eras, gap, length, widen
from saydo.weighing.world import World

_WEEK = 10
"""Days between two reports within which what has no date may be of one time."""
_FAR = 366
_DAYS = 3
_DENYING = frozenset({"never", "not", "no", "nothing"})
_ANY_FORCE = frozenset(
    "armed force army national government navy troop soldier fighter commander said says told that".split()
)
_AFTER = 50
"""Characters behind words of taking within which the place is named."""
_STRENGTH = 0.8
_ALONE = frozenset({"control"})
"""Matters of which the place alone tells the thing."""


class Telling(NamedTuple):
    """What a passage says on one of the matters."""

    matter: str
    side: str
    phrase: str
    said: Said | None
    act: Act
    ref: Ref
    sentence: Offsets
    before: frozenset[str]
    """The words before the phrase: who does it."""
    after: frozenset[str]
    """The words right behind it."""
    voice: str
    speaker_name: str
    when: Interval | None
    published: Interval | None
    names: frozenset[str]
    filed: frozenset[str]
    words: frozenset[str]


def opposed_accounts(world: World) -> Iterator[Found]:
    """Every pair of tellings in opposed words, at least one of them somebody's."""
    seen: set[frozenset[Ref]] = set()
    for _, told in world.met("opposed", _tellings):
        for a, b in world.couples(told, lambda t: t.ref[0]):
            pair = frozenset((a.ref, b.ref))
            if len(pair) < 2 or pair in seen or a.side == b.side:
                continue
            seen.add(pair)
            if _one(a, b):
                yield _found(world, *sorted((a, b), key=_rank))


def _tellings(world: World, report: Unfolded) -> Iterator[tuple[tuple[str, str, str, int], Telling]]:
    """(matter, name, which time it is of, era) → what a report tells on it."""
    sides = opposed_phrases(world.codebook)
    done: set[tuple[str, Ref]] = set()
    for act in report.acts:
        if act.realis not in ("actual", "historical") or act.ref[1].startswith("t"):
            continue
        text = fold(report.quote(act.sentence))
        for matter, side, pattern in sides:
            found = pattern.search(text)
            ref = act.via or act.ref
            if found is None or (f"{matter} {side}", ref) in done:
                continue
            # "has never left our hands": the words of denying are part of the phrase
            if not act.positive and not _DENYING & set(found[0].split()):
                continue
            if side == "inside" and "international" in found[0]:
                continue
            done.add((f"{matter} {side}", ref))
            beside = text[: found.start()], text[found.end() : found.end() + _AFTER]
            yield from _keyed(_telling(world, report, act, (matter, side, found[0]), beside))


def _telling(
    world: World, report: Unfolded, act: Act, what: tuple[str, str, str], beside: tuple[str, str]
) -> Telling:
    _, _, phrase = what
    names, before = names_around(world, report, act)
    filed = filed_at(report)
    start = before[-1][0] if before else act.sentence[0]
    when = act.when or day_told(report, act, before)
    words = content_words(report.text[start : act.sentence[1]]) - GENERIC - names - content_words(phrase)
    return Telling(
        *what, world.said_by(act), act, act.via or act.ref, act.sentence,
        content_words(beside[0]), frozenset(beside[1].split()), act.voice, act.speaker_name,
        when, act.published, names | filed, filed - names, words,
    )  # fmt: skip


def _keyed(told: Telling) -> Iterator[tuple[tuple[str, str, str, int], Telling]]:
    times = [("told", era) for era in eras(told.published, _WEEK)]
    times += [("done", era) for era in eras(told.when, _FAR)] if told.when is not None else []
    for name in sorted(told.names):
        yield from (((told.matter, name, *time), told) for time in times)


@lru_cache(maxsize=4)
def opposed_phrases(codebook: Codebook) -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    """(matter, side, pattern of its phrases); ``*`` in a phrase is any word."""
    listed: Mapping[str, tuple[str, ...]] = MappingProxyType(table(codebook.rules["account"], "opposed"))
    found = []
    for name, phrases in sorted(listed.items()):
        matter, _, side = name.rpartition("-")
        words = (
            re.escape(fold(p.replace("*", "zzz"))).replace("zzz", r"\w+").replace(r"\ ", " ") for p in phrases
        )
        found.append((matter, side, re.compile(rf"\b(?:{'|'.join(words)})\b")))
    return tuple(found)


def _one(a: Telling, b: Telling) -> bool:
    """Whether two tellings by two voices are of one thing."""
    if a.voice == b.voice or (a.said is None and b.said is None):
        return False
    if a.ref[0] == b.ref[0] and a.speaker_name == b.speaker_name:
        return False
    names = (a.names & b.names) - (a.filed & b.filed)
    shared = (a.words & b.words) - names
    if not names or len(shared) < (0 if a.matter in _ALONE else 1):
        return False
    taken = next((t for t in (a, b) if t.side == "taken"), None)
    if taken is not None and not _still(taken, b if taken is a else a):
        return False
    if a.when is not None and b.when is not None:
        if any((length(w) or 10_000) > _DAYS for w in (a.when, b.when)):
            return a.when.overlaps(b.when)
        return a.matter in _ALONE or widen(a.when, 1).overlaps(b.when)
    return _apart(a, b) <= _WEEK and len(names) + len(shared) > 1


def _still(taken: Telling, held: Telling) -> bool:
    """Whether a place is held, or an attack on it beaten off, on the day when it is said to have been taken,
    or soon after."""
    if _apart(taken, held) > _WEEK or not taken.after & held.names:
        return False  # "captured twelve rebels in the town"
    if (taken.before & held.before) - _ANY_FORCE - taken.names:
        return False  # who took it beats off the next attack
    if taken.when is None or held.when is None or taken.when.start is None or held.when.end is None:
        return True
    return held.when.end >= taken.when.start


def _apart(a: Telling, b: Telling) -> int:
    if a.published is None or b.published is None:
        return _FAR
    first, later = sorted((a.published, b.published), key=str)
    return gap(first, later)


def _rank(told: Telling) -> tuple[object, ...]:
    unknown = told.said is None or told.said.speaker is None
    return told.said is None, unknown, str(told.published), told.ref


def _found(world: World, one: Telling, two: Telling) -> Found:
    said = one.said
    assert said is not None
    return Found(
        kind="account",
        rule="account.opposed",
        speaker=said.who.raw if said.who else None,
        speaker_name=one.speaker_name,
        statement=Place(one.ref, said.sentences),
        against=Place(two.ref, two.sentence),
        opening=f"{plain(one.speaker_name)} tells of it as “{one.phrase}”{cite([one.ref, one.act.ref])}",
        against_words=(
            f"{plain(two.speaker_name)} as “{two.phrase}”: "
            f"{quoted(world.report(two.ref).quote(two.sentence))}"
            f"{cite([*([two.ref] if two.said else []), two.act.ref])}"
        ),
        score=_STRENGTH,
        field=one.matter,
    )
