"""What goes against a pledge, a denial, a position or words about a tie in other words than any rule
foresees, as natural language inference tells.

"No family with children will be deported before April" · "on Thursday night nine Afghan families were put
aboard a chartered aircraft". The other rules compare what is coded of two passages; here the two passages
themselves are put to a network (``lab/inference.py``), once they share rarer words and nothing that is coded
speaks against their being of one matter: another doer, another place, another time, or what is only feared.
Only of what it is sure something is made, and that yields to whatever a rule understands of the two.
"""

from __future__ import annotations

from collections.abc import Iterator

from saydo.model.citations import Ref, cite, plain, quoted
from saydo.model.inference import INFERRED
from saydo.model.records import DiscrepancyKind, Offsets
from saydo.model.spans import overlap
from saydo.weighing.acts import Said, Unfolded, content_words
from saydo.weighing.bearings import capitals
from saydo.weighing.bonds import struck
from saydo.weighing.doubts import Asked, Telling, body_of, doubts, line_of, lists, own_words
from saydo.weighing.finding import Found, Place, when_said
from saydo.weighing.gainsaid import NOT
from saydo.weighing.hearsay import hearsay
from saydo.weighing.rarity import stemmed
from saydo.weighing.stances import SUPPORT
from saydo.weighing.times import gap, shown
from saydo.weighing.world import World

_STANDS = frozenset({"demand", "proposal", "condemnation", "praise"})
"""Statements that take a position."""
_SAYING = _STANDS | {"pledge", "denial", "assertion", "prediction"}
_TELLING = frozenset({"assertion", "accusation", "claim_of_responsibility", "condemnation"})
_STANCES = _TELLING | _STANDS | {"pledge", "denial"}
"""Statements in which the speaker of another one may say the opposite."""
_SIDES = frozenset({SUPPORT, "SUPPORT", "REJECT"})
"""Kinds of deeds that take a side, if only in words."""
_ONE_STORY = 400
"""Days within which two tellings of one incident are reported."""
_SHARED = 2
"""Rarer words that two passages share in a large case, which has a talk of the day."""


def inferred(world: World) -> list[Found]:
    """Everything said that a passage elsewhere goes against, as far as inference tells."""
    if world.inference is None or (world.near is None and len(world.reports) < 2):
        return []
    pairs = [(a, t) for a, t in _met(world) if _may(world, a, t) and not any(doubts(world, a, t))]
    labels = world.inference.labels(
        [(line_of(a.report, a.said.sentences), line_of(t.report, t.sentence)) for a, t in pairs]
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
        stemmed(content_words(line_of(x.report, at))) for x, at in ((a, a.said.sentences), (t, t.sentence))
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
        line = line_of(report, said.sentences)
        if kind is not None and "?" not in line:
            asked = Asked(report, said, kind, at)
            yield from (((stem,), asked) for stem in sorted(_names(report, said.sentences)))


def _kind(world: World, report: Unfolded, said: Said) -> DiscrepancyKind | None:
    """What it would be if something stood against it; None where nothing is promised, denied or stood for, or
    a promise leaves a way out."""
    body = body_of(report, said)
    if said.kind == "pledge" or (said.kind not in _STANDS and lists(world.codebook).to_come.search(body)):
        return None if world.scope.conditional(report.text, said) else "commitment"
    if said.kind in _STANDS or (said.kind == "assertion" and _takes_side(said)):
        return "position"
    if any(claim.act.doing.type.startswith("tie:") for claim in said.claims):
        return "tie"
    if said.kind == "denial" or NOT.search(body):
        return "denial"
    wished = lists(world.codebook).wished.search(body)
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
    own = own_words(a, t)
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


def _found(a: Asked, t: Telling, against: float) -> Found:
    said = a.said
    kind: DiscrepancyKind = "position" if own_words(a, t) and a.kind != "tie" else a.kind
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
