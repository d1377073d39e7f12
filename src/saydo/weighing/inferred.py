"""What goes against a pledge, a denial, a position or words about a tie in other words than any rule
foresees, as natural language inference tells.

"No family with children will be deported before April" · "on Thursday night nine Afghan families were put
aboard a chartered aircraft". The other rules compare what is coded of two passages; here the two passages
themselves are put to a network (``lab/inference.py``), once they share rarer words and nothing that is coded
speaks against their being of one matter: another doer, another place, another time, or what is only feared.
Only of what it is sure something is made, and that yields to whatever a rule understands of the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from saydo.codebook import Codebook
from saydo.codebook.opposition import words
from saydo.model.citations import Ref, cite, plain, quoted
from saydo.model.dates import Interval
from saydo.model.ids import fold
from saydo.model.inference import INFERRED
from saydo.model.records import DiscrepancyKind, Offsets
from saydo.model.spans import overlap
from saydo.weighing.acts import Act, Said, Unfolded, content_words
from saydo.weighing.bearings import capitals
from saydo.weighing.bonds import struck
from saydo.weighing.finding import Found, Place, when_said
from saydo.weighing.gainsaid import NOT, told_time
from saydo.weighing.hearsay import hearsay
from saydo.weighing.parties import canonical, unnamed
from saydo.weighing.rarity import stemmed
from saydo.weighing.scope import any_of
from saydo.weighing.stances import SUPPORT
from saydo.weighing.times import gap, shown, widen
from saydo.weighing.world import World

_STANDS = frozenset({"demand", "proposal", "condemnation", "praise"})
"""Statements that take a position."""
_SAYING = _STANDS | {"pledge", "denial", "assertion", "prediction"}
_TELLING = frozenset({"assertion", "accusation", "claim_of_responsibility", "condemnation"})
_STANCES = _TELLING | _STANDS | {"pledge", "denial"}
"""Statements in which the speaker of another one may say the opposite."""
_SINCE_WHEN = re.compile(r"\bsince\b")
_SINCE = re.compile(r"\b(?:since|ago|after|until|till)\b")
"""Words by which a time is that from or up to which something holds."""
_SIDES = frozenset({SUPPORT, "SUPPORT", "REJECT"})
"""Kinds of deeds that take a side, if only in words."""
_BODIES = frozenset({"group", "military", "organisation", "government"})
"""Types of mentions that stand for bodies."""
_ONE_STORY = 400
"""Days within which two tellings of one incident are reported."""
_ABOUT = 7
"""Days by which two times of one matter may be told apart."""
_REPEATED, _HALF = 0.7, 0.5
"""Shares of words in common: of two passages that are one, and of what is said that is told to be so."""
_SHARED = 2
_STEM = 5
"""Letters by which a name is known again: "Togo" in "Togolese"."""


class _Words(NamedTuple):
    """The word lists that tell what may be put to inference, each finding any of its phrases."""

    to_come: re.Pattern[str]
    unreal: re.Pattern[str]
    broken_off: re.Pattern[str]
    shown_later: re.Pattern[str]
    wished: re.Pattern[str]


@lru_cache(maxsize=4)
def _words(codebook: Codebook) -> _Words:
    kinds = ("commitment", "denial", "tie", "position")
    pledged, denied, tied, held = (codebook.rules[kind] for kind in kinds)
    lists = (
        (pledged, "to-come"), (pledged, "unreal"), (tied, "broken-off"), (denied, "shown-later"),
        (held, "wished"),
    )  # fmt: skip
    return _Words(*(any_of(words(rule, name)) for rule, name in lists))


class Asked(NamedTuple):
    """Something said that a passage elsewhere may go against."""

    report: Unfolded
    said: Said
    kind: DiscrepancyKind
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


def inferred(world: World) -> list[Found]:
    """Everything said that a passage elsewhere goes against, as far as inference tells."""
    if world.inference is None or (world.near is None and len(world.reports) < 2):
        return []
    pairs = [(a, t) for a, t in _met(world) if _may(world, a, t) and not any(doubts(world, a, t))]
    labels = world.inference.labels(
        [(_line(a.report, a.said.sentences), _line(t.report, t.sentence)) for a, t in pairs]
    )
    found = (_found(a, t, label.against) for (a, t), label in zip(pairs, labels, strict=True))
    return [f for f in found if f.score >= world.number(f.kind, "inference-from")]


def _met(world: World) -> Iterator[tuple[Asked, Telling]]:
    """What is said, with the passages of other reports that share a name with it that few use, and further
    words."""
    rare = world.rarity.rare
    met: dict[tuple[Ref, Ref], tuple[Asked, Telling]] = {}
    for _, asked, told in world.crossed("inference", _asked, _told, lambda key: rare(key[0]), alone=True):
        for a, t in world.across(asked, told, lambda a: a.said.ref[0], lambda t: t.ref[0]):
            if t.ref[0] != a.said.ref[0]:
                met.setdefault((a.said.ref, t.ref), (a, t))
    return ((a, t) for a, t in met.values() if _one_matter(world, a, t))


def _one_matter(world: World, a: Asked, t: Telling) -> bool:
    """Whether two passages share, the speaker's name apart, a word that few use, or in a large case two."""
    said, told = (
        stemmed(content_words(_line(x.report, at))) for x, at in ((a, a.said.sentences), (t, t.sentence))
    )
    shared = (said & told) - stemmed(content_words(a.said.speaker_name))
    return sum(map(world.rarity.rare, sorted(shared))) >= (_SHARED if world.rarity.many() else 1)


def _asked(world: World, report: Unfolded) -> Iterator[tuple[tuple[str], Asked]]:
    """Stem → what is said in a report with it."""
    bound = [bond.said for bond in struck(world, report)]
    for said in (*report.said, *bound):
        at = said.around()
        if said.kind not in _SAYING or said.who is None or not said.content or at is None or at.end is None:
            continue
        kind = _kind(world, report, said)
        if kind == "account" and any(overlap(said.sentences, b.sentences) for b in bound):
            continue  # "announced a truce"
        line = _line(report, said.sentences)
        if kind is not None and "?" not in line:
            asked = Asked(report, said, kind, at)
            yield from (((stem,), asked) for stem in sorted(_names(report, said.sentences)))


def _kind(world: World, report: Unfolded, said: Said) -> DiscrepancyKind | None:
    """What it would be if something stood against it; None where nothing is promised, denied or stood for, or
    a promise leaves a way out."""
    body = _body(report, said)
    if said.kind == "pledge" or (said.kind not in _STANDS and _words(world.codebook).to_come.search(body)):
        return None if world.scope.conditional(report.text, said) else "commitment"
    if said.kind in _STANDS or (said.kind == "assertion" and _takes_side(said)):
        return "position"
    if any(claim.act.doing.type.startswith("tie:") for claim in said.claims):
        return "tie"
    if said.kind == "denial" or NOT.search(body):
        return "denial"
    wished = _words(world.codebook).wished.search(body)
    return "account" if said.kind in ("assertion", "accusation") and not wished else None


def _takes_side(said: Said) -> bool:
    """Whether somebody says what he is for or against."""
    return any(c.act.doing.type in _SIDES and not c.future for c in said.claims)


def _told(world: World, report: Unfolded) -> Iterator[tuple[tuple[str], Telling]]:
    """Stem → what is told in a report with it, sentence by sentence."""
    seen: set[Offsets] = set()
    for telling in (*_by_voices(report), *_by_itself(report)):
        if not any(a <= telling.sentence[0] < b for a, b in seen):
            seen.add(telling.sentence)
            yield from (((stem,), telling) for stem in sorted(_names(report, telling.sentence)))


def _names(report: Unfolded, sentences: Offsets) -> frozenset[str]:
    """The stems of the names in some sentences: what they may be met by, of all words the fewest."""
    start, end = sentences
    named = (m.text for m in report.record.mentions if m.named and start <= m.start < end)
    words = content_words(" ".join(named)) | content_words(" ".join(capitals(report.text, start, end)))
    return stemmed(words)


def _by_voices(report: Unfolded) -> Iterator[Telling]:
    for said in report.said:
        if said.kind in _STANCES and said.content:
            yield Telling(report, None, said, said.sentences)


def _by_itself(report: Unfolded) -> Iterator[Telling]:
    for act in report.acts:
        if act.via is None and act.realis in ("actual", "historical") and not hearsay(report, act):
            yield Telling(report, act, None, act.sentence)


def _may(world: World, a: Asked, t: Telling) -> bool:
    """Whether nothing that is coded speaks against it that a passage goes against what is said."""
    published = t.published
    if published is None or published.end is None or a.at.end is None:
        return False
    own = _own(a, t)
    if t.said is not None and not own and t.said.kind not in _TELLING:
        return False
    if a.kind == "position" and not own and _in_words(t):
        return False
    if a.kind == "account":
        return not own and max(gap(a.at, published), gap(published, a.at)) <= _ONE_STORY
    return a.kind != "commitment" or published.end > a.at.end


def _in_words(t: Telling) -> bool:
    """Whether a passage is, or holds, what somebody says."""
    return any(overlap(said.sentences, t.sentence) for said in t.report.said)


def doubts(world: World, a: Asked, t: Telling) -> Iterator[str]:
    """What is coded that speaks against it that a passage is of what is said."""
    told = _line(t.report, t.sentence)
    line = told.lower()
    month = told.replace("May", "").lower()
    if ("?" in told or _words(world.codebook).unreal.search(month)) and not _own(a, t):
        yield "only feared or planned"
    if world.scope.kept_word(line):
        yield "told as kept"
    if _the_same(a, told):
        yield "the same words"
    if a.kind == "account" and _counts(a.report, a.said.sentences) and _counts(t.report, t.sentence):
        yield "numbers, which are compared by rules"
    if _at_another_time(world, a, t, line):
        yield "another time"
    if _elsewhere(world, a, t):
        yield "somewhere else"
    if _by_others(world, a, t):
        yield "by others"


def _own(a: Asked, t: Telling) -> bool:
    """Whether a passage is in the words of the same speaker."""
    return t.said is not None and t.said.speaker is not None and t.said.speaker == a.said.speaker


def _the_same(a: Asked, told: str) -> bool:
    """Whether a passage repeats what is said, or tells in its words that it is so: "has not bombed the port",
    of who said that it would not."""
    said, words_of = content_words(_line(a.report, a.said.sentences)), content_words(told)
    if len(said & words_of) >= _REPEATED * len(said | words_of):
        return True
    body = stemmed(content_words(_body(a.report, a.said)))
    negated = NOT.search(_body(a.report, a.said)) and NOT.search(told.lower().replace("without", ""))
    return negated is not None and len(body & stemmed(words_of)) >= _HALF * len(body)


def _counts(report: Unfolded, sentences: Offsets) -> bool:
    """Whether somebody is counted in some sentences."""
    start, end = sentences
    return any(
        start <= act.sentence[0] < end and (act.count or act.killed or act.injured)
        for act in (*report.acts, *report.tallies)
    )


def _at_another_time(world: World, a: Asked, t: Telling, line: str) -> bool:
    """Whether a passage tells of a time of which the words do not speak: before a promise or a break, while
    there is still time to keep it, or after a denial, unless it tells what has come to light since."""
    when = (told_time(t.report, *t.said.content) if t.said is not None else None) or told_time(
        t.report, t.sentence
    )
    if when is None and t.act is not None:
        when = t.act.when
    at = a.at
    ended = _over(world, a)
    if ended:
        at = told_time(a.report, *a.said.content) or at
    if a.kind != "commitment" and not ended:
        if a.kind == "position" or when is None or when.start is None or at.end is None:
            return False
        spoken = told_time(a.report, *a.said.content) if not _SINCE.search(_body(a.report, a.said)) else None
        if spoken is not None and not widen(spoken, _ABOUT).overlaps(when):
            return True
        return when.start > at.end and not (
            world.scope.looks_into(line) or _words(world.codebook).shown_later.search(line)
        )
    if when is not None and when.end is not None and at.start is not None and when.end < at.start:
        return True
    period = world.scope.period(a.report.record, a.report.text, a.said, a.at)
    if period.runs is not None and when is not None and not period.runs.overlaps(when):
        return True
    last = when.end if when is not None and when.end is not None else t.published.end if t.published else None
    due = period.deadline if not NOT.search(_body(a.report, a.said)) else None
    return due is not None and last is not None and last < due


def _over(world: World, a: Asked) -> bool:
    """Whether it is of a tie that is said to be over, or not to have held since a time."""
    line = _line(a.report, a.said.sentences).lower()
    over = a.kind == "tie" and _words(world.codebook).broken_off.search(line) is not None
    return over or (a.kind in ("tie", "denial") and _SINCE_WHEN.search(_body(a.report, a.said)) is not None)


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


def _by_others(world: World, a: Asked, t: Telling) -> bool:
    """Whether all who are known to do something in a passage are others than those of whom is spoken."""
    start, end = t.sentence
    acts = (act for act in t.report.acts if start <= act.sentence[0] < end)
    if a.kind == "commitment" and _of_strangers(world, a, t):
        return True
    bodies = [p for act in acts for p in act.actors if p.type != "person"]
    doers = [p for p in bodies if p.named or (p.actor and not unnamed(p.actor))]
    side = {a.said.speaker, *world.standing(a.said)}
    for first, last in a.said.content:
        spots = (m for m in a.report.record.mentions if m.actor and first <= m.start < last)
        side |= {canonical(m.actor or "") for m in spots}
    at = t.published or a.at
    spoken = content_words(f"{a.said.speaker_name} {a.said.called} {_body(a.report, a.said)}")
    for p in doers:
        above = (s.principal for s in world.timeline.principals(p, at, t.ref[0]))
        if (p.actor and p.actor in side) or not side.isdisjoint(above) or content_words(p.name) & spoken:
            return False
    return bool(doers)


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


def _body(report: Unfolded, said: Said) -> str:
    return " ".join(report.text[a:b] for a, b in said.content).lower()


def _line(report: Unfolded, sentences: Offsets) -> str:
    return " ".join(report.quote(sentences).split())


def _found(a: Asked, t: Telling, against: float) -> Found:
    said = a.said
    kind: DiscrepancyKind = "position" if _own(a, t) and a.kind != "tie" else a.kind
    body = quoted(" … ".join(a.report.text[x:y] for x, y in said.content))
    verb = {"pledge": "pledged", "denial": "denied"}.get(said.kind, "said")
    when = f"of {shown(t.published)}" if t.published else "of an unknown date"
    voice = f"{plain(t.said.speaker_name)}, in a report {when}, tells" if t.said else f"a report {when} tells"
    told = quoted(_line(t.report, t.sentence))
    return Found(
        kind=kind,
        rule=f"{kind}{INFERRED}",
        speaker=said.who.raw if said.who else None,
        speaker_name=said.speaker_name,
        statement=Place(said.ref, said.sentences),
        against=Place(t.ref, t.sentence),
        opening=f"{plain(said.speaker_name)} {verb} {when_said(said)} {body}{cite([said.ref])}",
        against_words=f"{voice} what reads as going against it: {told}{cite([t.ref])}",
        score=round(against, 3),
    )
