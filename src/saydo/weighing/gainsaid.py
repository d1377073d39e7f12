"""Denials told in words of which nothing is coded: the same matter, asserted by another voice elsewhere.

"The party never took a coin from the builder" · "the party took forty thousand from the builder, a clerk
testified." Compared are the words of the two: names that the denial holds must stand in the other passage
too, most of its other words as well, and the one of whom it speaks must be spoken of. Only words that few
reports of the case share count, so that in a large case it takes more than the talk of the day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from saydo.codebook.opposition import words
from saydo.model.citations import Ref, cite, plain, quoted
from saydo.model.dates import Interval
from saydo.model.ids import fold
from saydo.model.records import Offsets
from saydo.weighing.acts import Act, Said, Unfolded, content_words
from saydo.weighing.contests import ContestWords
from saydo.weighing.denial_times import told_until
from saydo.weighing.finding import Found, Place, certainty, when_said
from saydo.weighing.parties import canonical
from saydo.weighing.rarity import Passage, passages, stem, stemmed
from saydo.weighing.scope import interval_of
from saydo.weighing.times import gap, shown, widen
from saydo.weighing.world import World

NOT = re.compile(r"\b(?:not|never|no(?!\. ?\d)|nobody|nothing|none|neither|nor|without|cannot)\b|n['’]t\b")
_STRESSED = re.compile(
    r"\b(?:no (?:surprise|wonder|doubt|secret|accident|coincidence|mystery|question|mistake|exaggeration)|"
    r"not only|not just|not merely|no sooner|without doubt|without question|none other)\b"
)
"""Words with which nothing is denied: "it is *no surprise* that sales were down"."""
_UNREAL = re.compile(
    r"\b(?:would|could|might|may|should|will|if|whether|unless|fear\w*|hope\w*|plan\w*|want\w*|wish\w*|"
    r"threaten\w*|likely|unlikely|deni\w+|deny\w*|reject\w*|dismiss\w*|refus\w+)\b|\?"
)
_BEYOND = re.compile(
    r"\b(?:no|nobody|nothing|never|n['’]t|not)\b[^.;]*\b(?:more|less|better|greater|worse|other)\b[^.;]*\bthan\b"
)
"""What is said to be beyond all others is no denial."""
_BEFORE = re.compile(r"\bhad\s+(?:\w+\s+){0,2}?\w+(?:ed|en|n|t|d|k|g|ne|wn|un|ang|uck)\b")
"""Past perfect: told as earlier than what was just told."""
_NO_PART = re.compile(
    r"\bnothing to do with\b|\b(?:no|any|not? \w+) (?:part|role|hand|share|say|involvement|complicity)\b|"
    r"\b(?:involvement|complicity|participation|implicated|involved|responsib\w+|connection)\b"
)
"""That somebody had a part in what others did, or in what befell them."""
_PART = re.compile(
    r"\b(?:prepar|plann|plott|organi[sz]|fund|financ|pay|order|launch|stag|instigat|direct|help|assist|sponsor|"
    r"suppl|responsib|involv|commit|orchestrat|mastermind|arrang|authori[sz]|approv|execut|perpetrat|conspir|"
    r"collu|complicit|particip|provid|instruct|coordinat|engineer|recruit|train|deliver)\w*|"
    r"\b(?:backed|backing|backs|aided|aiding|paid|armed|arming|carried out|mounted|took part|taken part|"
    r"behind|role in|hand in|part in|joined|led|sent|gave|given|signed|knew|hired|caused)\b"
)
"""That somebody had one."""
_LONG = 24
"""Words beyond which a statement says too many things to be one denial."""
_OPENING = 12
"""Letters from the start of what is denied within which its subject begins ("that the …")."""
_YEARS = 1500
_EPISODE = 60
"""Days between a denial and a report of an earlier date within which one incident may be meant."""


class _Denied(NamedTuple):
    report: Unfolded
    said: Said
    words: frozenset[str]
    names: frozenset[str]
    always: bool


def gainsaid(world: World) -> list[Found]:
    """Every denial in words that a passage elsewhere gainsays, with the best passage of each report."""
    met: dict[tuple[Ref, Ref], tuple[_Denied, Passage, set[str]]] = {}
    rare = world.rarity.rare
    met_by = world.crossed("gainsaid", _denials, _passages, lambda key: rare(key[0]), alone=True)
    for (word,), asked, told in met_by:
        for d, passage in world.across(asked, told, lambda d: d.said.ref[0], lambda p: p.ref[0]):
            met.setdefault((d.said.ref, passage.ref), (d, passage, set()))[2].add(word)
    found: list[Found] = []
    for d, passage, words_ in met.values():
        one = _gainsays(world, d, passage, words_)
        if one is not None:
            where = " ".join(("gainsaid", *d.said.ref, passage.ref[0]))
            found.append(one._replace(once=((where, 1),)))
    return found


def _denials(world: World, report: Unfolded) -> Iterator[tuple[tuple[str], _Denied]]:
    """Stem → denials of a report that hold it."""
    cues = ContestWords.of(world.codebook)
    for said, record in zip(report.said, report.record.statements, strict=True):
        if said.who is None or said.kind not in ("denial", "assertion") or said.around() is None:
            continue
        body = " ".join(report.text[a:b] for a, b in record.content)
        contest = cues.contest(record, report.text)
        by_verb = contest is not None and not contest.bare and said.kind == "denial"
        if not by_verb and not NOT.search(
            _STRESSED.sub(" ", body.lower()).replace("without", " ")
        ):  # "were without power"
            continue
        if (
            _BEYOND.search(body.lower())
            or len(body.split()) > _LONG
            or _UNREAL.search(_without(body.lower(), by_verb))
        ):
            continue
        own = content_words(said.speaker_name)
        opening = _opening(report, said)
        stems = stemmed(said.words) - stemmed(own | content_words(opening))
        if len(stems) >= 2:
            names = _names(body) - own - {fold(w) for w in opening.split()}
            denied = _Denied(report, said, stems, names, "never" in body.lower())
            yield from (((stem,), denied) for stem in sorted(stems))


def _opening(report: Unfolded, said: Said) -> str:
    """What the one is called of whom a denial speaks first: it is compared by who it is, not by its words."""
    start = said.content[0][0]
    first = [m for m in report.record.mentions if m.actor and start <= m.start < start + _OPENING]
    return min(first, key=lambda m: m.start).text if first else ""


def _passages(world: World, report: Unfolded) -> Iterator[tuple[tuple[str], Passage]]:
    """Stem → passages of a report that hold it."""
    for passage in passages(report):
        yield from (((stem,), passage) for stem in passage.words)


def _without(body: str, by_verb: bool) -> str:
    return body if not by_verb else re.sub(r"\b(?:would|could|may|might)\b", " ", body)


def _gainsays(world: World, d: _Denied, passage: Passage, rare: set[str]) -> Found | None:
    shared = _shared(world, d, passage)
    if len(shared) <= 0.5 * len(d.words) or len(rare) < 2:
        return None
    if not shared - _who(d):
        return None  # the same people, but nothing that they did
    if passage.ref[0] == d.said.ref[0] and not _denied_itself(d) <= shared:
        return None  # one report has one matter throughout: "is no endorsement" is not gainsaid by it
    if passage.ref == d.said.ref or _meets(d, passage):
        return None
    lower = passage.text.lower()
    if _NO_PART.search(_body(d)) and not _PART.search(lower):
        return None  # had no part in the coup, and welcomed it
    if NOT.search(lower) or _UNREAL.search(lower) or not _named(d, passage):
        return None
    if passage.said is not None and any(not c.holds for c in passage.said.claims):
        return None  # "found no evidence that …"
    if passage.said is not None and not _other_voice(world, d.said, passage.said):
        return None
    if passage.act is not None and _own_words(world, d.said, passage.act):
        return None
    if not _in_time(world, d, passage) or not _about_same(world, d, passage):
        return None
    cover = len(shared) / len(d.words)
    named = 1.0 if d.names else 0.9
    mine = passage.said.score if passage.said is not None else passage.act.score  # type: ignore[union-attr]
    score = 0.9 * min(1.0, 0.55 + 0.45 * cover) * named * certainty(d.said.score, mine)
    if score < world.number("denial", "floor"):
        return None
    return _found(d, passage, shared, score)


def _denied_itself(d: _Denied) -> frozenset[str]:
    """The stem of the first word behind the negation, adverbs apart: it is that which is denied. Empty where
    a verb denies."""
    negation = NOT.search(_body(d))
    if negation is None:
        return frozenset()
    behind = fold(_body(d)[negation.end() :]).split()
    first = next((w for w in behind if not w.endswith("ly") and stem(w) in d.words), None)
    return frozenset() if first is None else frozenset({stem(first)})


def _shared(world: World, d: _Denied, passage: Passage) -> frozenset[str]:
    """The stems of what is denied that a passage has too, in the same words, in others for the same thing, or
    as another name of the same land."""
    spoken = passage.said.words if passage.said is not None else content_words(passage.text)
    there = world.things.alike(spoken)
    alike = {stem(w) for w in d.said.words if world.things(w, there)}
    alike |= {stem(n) for n in d.names if _by_another_name(d, passage, n)}
    return d.words & (passage.words | alike)


def _who(d: _Denied) -> frozenset[str]:
    """The stems of the names in a denial, and of what those are called who are known."""
    text = d.report.text
    called = (
        text[m.start : m.end]
        for m in d.report.record.mentions
        if m.actor and any(a <= m.start < b for a, b in d.said.content)
    )
    return stemmed(content_words(" ".join(called))) | frozenset(stem(n) for n in d.names)


def _body(d: _Denied) -> str:
    return " ".join(d.report.text[a:b] for a, b in d.said.content).lower()


def _meets(d: _Denied, passage: Passage) -> bool:
    if passage.report.record.id != d.report.record.id:
        return False
    a, b = passage.sentence, d.said.sentences
    return a[0] < b[1] and b[0] < a[1]


def _named(d: _Denied, passage: Passage) -> bool:
    """Whether the names that the denial holds stand in the passage's sentence too, or just before it."""
    told = set(passage.report.context(passage.sentence).split())
    missing = [name for name in d.names if name not in told]
    return not missing or all(_by_another_name(d, passage, name) for name in missing)


def _by_another_name(d: _Denied, passage: Passage, name: str) -> bool:
    """Whether a passage names the same actor or land otherwise: "Norwegian airports", "in Norway"."""
    body = d.said.content
    meant = {
        canonical(m.actor)
        for m in d.report.record.mentions
        if m.actor and name in fold(m.text).split() and any(a <= m.start < b for a, b in body)
    }
    start, end = passage.sentence
    there = (m for m in passage.report.record.mentions if m.actor and start <= m.start < end)
    return bool(meant & {canonical(m.actor or "") for m in there})


def _other_voice(world: World, mine: Said, its: Said) -> bool:
    if its.speaker is None:
        return not content_words(its.speaker_name) & content_words(mine.speaker_name)
    if its.speaker == mine.speaker or content_words(its.speaker_name) & content_words(mine.speaker_name):
        return False
    return its.speaker not in world.standing(mine)


def _own_words(world: World, mine: Said, act: Act) -> bool:
    """Whether an act in words is the denier's own ("has asked them to stop using its emblem")."""
    verbal = words(world.codebook.rules["denial"], "not-denied")
    side = world.standing(mine)
    return any(act.doing.matches(p) for p in verbal) and any(p.actor in side for p in act.actors)


def _about_same(world: World, d: _Denied, passage: Passage) -> bool:
    """Whether the passage's sentences speak of the one who is said not to have done it: whoever is named
    first in the denial, else the denier or its side."""
    doer = _doer(d)
    mine = {doer} if doer else set(world.standing(d.said))
    start, end = passage.sentence
    there = {canonical(m.actor) for m in passage.report.record.mentions if m.actor and start <= m.start < end}
    there |= _answering(world, passage)
    itself = doer is None or doer == d.said.speaker
    if mine & there or (itself and _by_its_side(d, there)) or _nobody_did(d, passage):
        return True
    spoken = set(fold(passage.report.quote(passage.sentence)).split())
    name = fold(d.said.speaker_name).split()
    if d.said.who is not None and d.said.who.kind == "person":
        name = name[-1:]
    return doer is None and bool(name) and set(name) <= spoken


def _answering(world: World, passage: Passage) -> set[str]:
    """Those for whom the ones answer who do something in a passage: a state for its secret service."""
    start, end = passage.sentence
    found: set[str] = set()
    for act in passage.report.acts:
        around = act.in_time()
        if around is None or not start <= act.sentence[0] < end:
            continue
        for party in act.actors:
            found |= {s.principal for s in world.timeline.principals(party, around, passage.report.record.id)}
    return found


def _by_its_side(d: _Denied, there: set[str]) -> bool:
    """Whether the passage speaks of one whom the denial's report names about a "we" of which nothing else is
    known: who says "we do not pay gangs" speaks for somebody whom the report has named."""
    a, b = d.said.content[0]
    if not _OURSELVES.search(d.report.text[a:b][:_FIRST_WORDS].lower()):
        return False
    around = (m for m in d.report.record.mentions if m.named and m.actor and abs(m.start - a) < _NEARBY)
    return bool({canonical(m.actor or "") for m in around if m.type in _BODIES} & there)


def _nobody_did(d: _Denied, passage: Passage) -> bool:
    """Whether it is denied that anybody did it, or that there is such a thing, of a place that is named, and
    the passage has nearly all of the words."""
    body = d.report.text[d.said.content[0][0] : d.said.content[0][1]].lower().lstrip("“\"' ")
    impersonal = _IMPERSONAL.match(body.removeprefix("that ")) is not None
    return impersonal and bool(d.names) and len(d.words & passage.words) >= 0.75 * len(d.words)


_OURSELVES = re.compile(r"\b(?:we|our|us)\b")
_IMPERSONAL = re.compile(
    r"(?:nobody|no one|no-one|none of|not one|not a single|no \w+|there (?:is|are|was|were) no)\b"
)
_BODIES = frozenset({"group", "organisation", "military", "government"})
_FIRST_WORDS = 40
_NEARBY = 1200
"""Letters from a statement within which its report names whom the speaker speaks for."""


def _doer(d: _Denied) -> str | None:
    """The actor with whose name or description the words of a denial begin."""
    start = d.said.content[0][0]
    opening = [m for m in d.report.record.mentions if m.actor and start <= m.start < start + _OPENING]
    return canonical(min(opening, key=lambda m: m.start).actor or "") if opening else None


def _in_time(world: World, d: _Denied, passage: Passage) -> bool:
    """Whether the passage may tell of what the denial speaks of: of what lay before it, and where both name a
    time, of one time."""
    spans = passage.said.content if passage.said is not None else (passage.sentence,)
    at, when = d.said.around(), told_time(passage.report, *spans)
    if at is None or at.end is None:
        return False
    meant = told_time(d.report, *d.said.content)
    if when is not None:
        if when.start is not None and when.start > at.end:
            return False
        if meant is not None:
            return widen(meant, 2).overlaps(when)
        return d.always or gap(when, at) <= _YEARS
    published = _published(passage)
    if published is None or published.end is None:
        return True
    if published.end <= at.end:
        return d.always or gap(published, at) <= _EPISODE
    earlier = _BEFORE.search(passage.text.lower()) is not None
    if (d.always or earlier) and gap(at, published) <= _YEARS:
        return True
    told = passage.report.quote(passage.sentence).lower()
    return published.end <= told_until(world, at) and world.scope.looks_into(told)


def told_time(report: Unfolded, *spans: Offsets) -> Interval | None:
    """The first time that some words name, as far as it could be dated."""
    for time in report.record.times:
        if any(a <= time.start and time.end <= b for a, b in spans):
            found = interval_of(time.from_, time.to)
            if found is not None:
                return found
    return None


def _published(passage: Passage) -> Interval | None:
    if passage.said is not None:
        return passage.said.published
    return passage.act.published if passage.act is not None else None


def _found(d: _Denied, passage: Passage, shared: frozenset[str], score: float) -> Found:
    said = d.said
    body = " … ".join(d.report.text[a:b] for a, b in said.content)
    voice = plain(passage.said.speaker_name) if passage.said is not None else "the report itself"
    on = ", ".join(sorted(shared)[:5])
    published = _published(passage)
    when = f"in a report of {shown(published)}" if published else "at an unknown date"
    return Found(
        kind="denial",
        rule="denial.gainsaid",
        speaker=said.who.raw if said.who else None,
        speaker_name=said.speaker_name,
        statement=Place(said.ref, said.sentences),
        against=Place(passage.ref, passage.sentence),
        opening=f"{plain(said.speaker_name)} denied {when_said(said)} {quoted(body)}{cite([said.ref])}",
        against_words=(
            f"{voice} says otherwise {when} [same words: {on}]: "
            f"{quoted(passage.report.quote(passage.sentence))}{cite([passage.ref])}"
        ),
        score=round(min(1.0, score), 3),
    )


def _names(body: str) -> frozenset[str]:
    """Names in the words of a denial: capitalised words inside a sentence."""
    found = re.findall(r"(?<=[\w,;:’'\"”] )[A-Z][\w-]+", body)
    return frozenset(fold(w) for w in found if len(w) > 2)
