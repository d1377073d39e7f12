"""What goes against a pledge, a denial, a position or words about a tie in other words than any rule
foresees, as natural language inference tells.

"No family with children will be deported before April" · "on Thursday night nine Afghan families were put
aboard a chartered aircraft". The other rules compare what is coded of two passages; here the two passages
themselves are put to a network (``lab/inference.py``), once they share a name and a rarer word. It also tells
the kind. Of what it is sure a finding is made, if nothing that is coded speaks against it (another doer,
another place, another time, or what is only feared), and that yields to whatever a rule understands of the
two.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from saydo.codebook.opposition import words
from saydo.model.citations import Ref, cite, plain, quoted
from saydo.model.dates import Interval
from saydo.model.inference import INFERRED
from saydo.model.records import DiscrepancyKind, Offsets
from saydo.model.spans import overlap
from saydo.weighing.acts import Said, Unfolded, as_said, content_words
from saydo.weighing.bearings import capitals
from saydo.weighing.bonds import struck
from saydo.weighing.doubts import Asked, Telling, body_of, doubts, line_of, lists, own_words
from saydo.weighing.finding import Found, Place, when_said
from saydo.weighing.hearsay import hearsay
from saydo.weighing.rarity import stemmed
from saydo.weighing.times import gap, shown
from saydo.weighing.world import World

_STANDS = frozenset({"demand", "proposal", "condemnation", "praise"})
"""Statements that take a position."""
_SAYING = _STANDS | {
    "pledge", "denial", "assertion", "prediction", "accusation", "claim_of_responsibility",
}  # fmt: skip
_TELLING = frozenset({"assertion", "accusation", "claim_of_responsibility", "condemnation"})
_STANCES = _TELLING | _STANDS | {"pledge", "denial"}
"""Statements in which the speaker of another one may say the opposite."""
_SIGNS = frozenset({"do:sign", "do:support"})
"""Kinds of deeds by which somebody puts his name to something."""
_ONE_STORY = 3650
"""Days within which two tellings of one incident are reported: courts and commissions take years."""
_SHARED = 2
"""Rarer words that two passages share in a large case, which has a talk of the day."""


def inferred(world: World) -> list[Found]:
    """Everything said that a passage elsewhere goes against, as far as inference tells."""
    if world.inference is None or (world.near is None and len(world.reports) < 2):
        return []
    pairs = [(a, t) for a, t in _met(world) if _may(world, a, t)]
    labels = world.inference.labels([(_line(a), line_of(t.report, t.sentence)) for a, t in pairs])
    found = []
    for (a, t), label in zip(pairs, labels, strict=True):
        sure = label.against >= world.number(label.kind, "inference-from")
        if sure and _stands(world, label.kind, a, t) and not any(doubts(world, label.kind, a, t)):
            found.append(_found(label.kind, a, t, label.against))
    return found


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
        stemmed(content_words(line_of(x.report, at))) for x, at in ((a, a.said.sentences), (t, t.sentence))
    )
    shared = (said & told) - stemmed(content_words(a.said.speaker_name))
    return sum(map(world.rarity.rare, sorted(shared))) >= (_SHARED if world.rarity.many() else 1)


def _line(a: Asked) -> str:
    """What is said, with the speaker's name where its sentences have it not: "He held nobody, he said"."""
    line = line_of(a.report, a.said.sentences)
    name = a.said.speaker_name
    return line if content_words(name) & content_words(line) else f"{name}: {line}"


def _asked(world: World, report: Unfolded) -> Iterator[tuple[tuple[str], Asked]]:
    """Stem → what is said in a report with it."""
    bound = [*(bond.said for bond in struck(world, report)), *_in_writing(world, report)]
    # "announced a truce" is said once
    beside = (s for s in report.said if s.kind != "assertion" or not _of_one(s, bound))
    for said in (*beside, *bound):
        at = _given(said)
        if said.kind not in _SAYING or said.who is None or not said.content or at is None:
            continue
        if "?" not in line_of(report, said.sentences) and not _leaves_a_way_out(world, report, said):
            asked = Asked(report, said, at)
            names = _names(report, said.sentences) | stemmed(content_words(said.speaker_name))
            yield from (((stem,), asked) for stem in sorted(names))


def _in_writing(world: World, report: Unfolded) -> Iterator[Said]:
    """What somebody puts his name to, of which a report tells: "signed a paper under which his guns …"."""
    binds = words(world.codebook.rules["commitment"], "binds-by")
    for act in report.acts:
        who = next((p for p in act.actors if p.actor), None)
        by = report.text[act.trigger[0] : act.trigger[1]].lower()
        told = act.via is None and act.positive and act.realis == "actual"
        if who is None or not told or act.doing.type not in _SIGNS or not by.startswith(binds):
            continue
        if lists(world.codebook).written.search(" ".join(act.words)):
            yield as_said(act, "pledge", who, act.speaker_name)


def _of_one(said: Said, others: Sequence[Said]) -> bool:
    return any(overlap(said.sentences, other.sentences) for other in others)


def _given(said: Said) -> Interval | None:
    """When something was said: a truce "until Wednesday" was declared by the day of its report."""
    at, told = said.around(), said.published
    if at is None or at.end is None or told is None or told.end is None:
        return None
    end = min(at.end, told.end)
    return Interval(min(at.start or end, end), end)


def _leaves_a_way_out(world: World, report: Unfolded, said: Said) -> bool:
    """Whether it is promised on a condition."""
    promised = (
        said.kind == "pledge" or lists(world.codebook).to_come.search(body_of(report, said)) is not None
    )
    return promised and said.kind not in _STANDS and world.scope.conditional(report.text, said)


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
    names = dict(report.record.names)
    here = [m for m in report.record.mentions if start <= m.start < end]
    named = [m.text if m.named else names.get(m.actor or "", "") for m in here]
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
    """Whether a passage tells something that may go against what is said."""
    return t.said is None or own_words(world, a, t) or t.said.kind in _TELLING


def _stands(world: World, kind: DiscrepancyKind, a: Asked, t: Telling) -> bool:
    """Whether what is coded lets a passage go against what is said as one of this kind."""
    own, published = own_words(world, a, t), t.published
    if kind == "position" and not own and _in_words(t):
        return False
    if published is None or published.end is None or a.at.end is None:
        return False
    if kind == "account":
        himself = t.said is not None and t.said.speaker is not None and t.said.speaker == a.said.speaker
        return not himself and max(gap(a.at, published), gap(published, a.at)) <= _ONE_STORY
    return kind != "commitment" or published.end > a.at.end


def _in_words(t: Telling) -> bool:
    """Whether a passage is, or holds, what somebody says."""
    return any(overlap(said.sentences, t.sentence) for said in t.report.said)


def _found(kind: DiscrepancyKind, a: Asked, t: Telling, against: float) -> Found:
    said = a.said
    body = quoted(" … ".join(a.report.text[x:y] for x, y in said.content))
    verb = {"pledge": "pledged", "denial": "denied"}.get(said.kind, "said")
    when = f"of {shown(t.published)}" if t.published else "of an unknown date"
    voice = f"{plain(t.said.speaker_name)}, in a report {when}, tells" if t.said else f"a report {when} tells"
    told = quoted(line_of(t.report, t.sentence))
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
