"""Who did it, in words: one deed to one thing, which two voices lay at the door of different doers, or of
each other ("the trawler rammed the cutter", "the cutter rammed the trawler")."""

from __future__ import annotations

from collections.abc import Iterator

from saydo.codebook.opposition import words
from saydo.model.citations import Ref, cite, plain, quoted
from saydo.weighing.acts import Act, Unfolded, content_words
from saydo.weighing.doings import WORDED
from saydo.weighing.finding import Found, Place, certainty
from saydo.weighing.parties import possessed
from saydo.weighing.times import eras, gap, widen
from saydo.weighing.world import World

_NEAR = 31
"""Days between two reports within which a deed without a date may be the same."""
_FAR = 366
"""Days between the beginnings of the times that two reports give one deed."""


def worded_accounts(world: World) -> Iterator[Found]:
    """Every pair of tellings of one deed that name different doers, at least one of them somebody's words."""
    seen: set[frozenset[Ref]] = set()
    for _, told in world.met("deed", _deeds):
        for a, b in world.couples(told, lambda act: act.ref[0]):
            pair = frozenset((a.ref, b.ref))
            if pair in seen or a.ref[0] == b.ref[0]:
                continue
            seen.add(pair)
            found = _disputed(world, *sorted((a, b), key=lambda act: act.ref))
            if found is not None:
                yield found


def _deeds(world: World, report: Unfolded) -> Iterator[tuple[tuple[str, str, str, int], Act]]:
    """(verb, word, time it is of, era) → deeds that a report tells with somebody who did them."""
    verbs = words(world.codebook.rules["account"], "deeds-in-words")
    for act in report.acts:
        verb = act.doing.type.removeprefix(WORDED)
        if act.worded and verb in verbs and act.positive and act.realis in ("actual", "historical"):
            if not _names_doer(act):
                continue
            told = {*act.words, *_doer_words(act)} - _COMMON
            if _PRONOUNS & set(act.words):  # "destroyed it": what, the sentence before may say
                told |= content_words(report.context(act.sentence))
            times = [("told", era) for era in eras(act.published, _NEAR)]
            times += [("done", era) for era in eras(act.when, _FAR)] if act.when is not None else []
            for word in sorted(told):
                yield from (((verb, word, *time), act) for time in times)


_PRONOUNS = frozenset({"it", "them", "they", "him", "her"})
_COMMON = frozenset({"people", "man", "woman", "child", "group", "house", "building", "it", "them", "they"})


def _names_doer(act: Act) -> bool:
    return bool(act.doers) or any(not possessed(p) for p in act.actors)


def _doer_words(act: Act) -> frozenset[str]:
    found = set(act.doers)
    for p in act.actors:
        found |= {w for w in p.name.lower().split() if len(w) > 3} if p.actor is None else {p.head}
    return frozenset(found)


def _disputed(world: World, a: Act, b: Act) -> Found | None:
    if a.voice == b.voice or (a.via is None and b.via is None) or not _same_time(a, b):
        return None
    mine, its = _doer_words(a), _doer_words(b)
    turned = bool(mine & set(b.words)) and bool(its & set(a.words)) and not mine & its
    one, two = world.report(a.ref), world.report(b.ref)
    shared = (set(a.words) & set(b.words)) - _COMMON
    near = {*a.words, *a.others} & {*b.words, *b.others} - _COMMON
    for act, other, report in ((a, b, two), (b, a, one)):
        if _PRONOUNS & set(other.words):
            told = report.context(other.sentence)
            met = {w for w in act.words if f" {w}" in told} - _COMMON
            shared |= met
            near |= met
    if not turned and (not shared or not _other_doers(world, a, b)):
        return None
    names = one.names_near(a.sentence) & two.names_near(b.sentence)
    if not names or (not turned and len(near | names) < 2):
        return None
    first, second = sorted((a, b), key=lambda x: (x.via is None, x.speaker is None, x.around() or 0, x.ref))
    assert first.via is not None
    said = world.said_by(first)
    score = 0.7 * (1.05 if turned else 1.0) * certainty(a.score, b.score)
    if score < world.number("account", "floor"):
        return None
    return Found(
        kind="account",
        rule="account.doer-in-words",
        speaker=said.who.raw if said and said.who else None,
        speaker_name=first.speaker_name,
        statement=Place(first.via, said.sentences if said else first.sentence),
        against=Place(second.via or second.ref, second.sentence),
        opening=(
            f"{plain(first.speaker_name)} says that {_doer(first)} did it, “{plain(first.what)}”"
            f"{cite([first.via, first.ref])}"
        ),
        against_words=(
            f"{plain(second.speaker_name)} that {_doer(second)} did: "
            f"{quoted(world.report(second.ref).quote(second.sentence))}"
            f"{cite([*([second.via] if second.via else []), second.ref])}"
        ),
        score=round(min(1.0, score), 3),
        field="actor",
    )


def _doer(act: Act) -> str:
    return plain(act.actors[0].name) if act.actors else " ".join(act.doers)


def _other_doers(world: World, a: Act, b: Act) -> bool:
    """Whether the two name different doers, of whom neither stands under the other."""
    around_a, around_b = a.around(), b.around()
    if around_a is None or around_b is None:
        return False
    for x in a.actors:
        for y in b.actors:
            if x.actor and y.actor:
                over = {s.principal for s in world.timeline.principals(x, around_a, a.ref[0])}
                under = {s.principal for s in world.timeline.principals(y, around_b, b.ref[0])}
                if over & under or world.coverage.covers(x, y) or world.coverage.covers(y, x):
                    return False
            elif x.head == y.head:
                return False
    return bool(a.actors or a.doers) and bool(b.actors or b.doers) and not _doer_words(a) & _doer_words(b)


def _same_time(a: Act, b: Act) -> bool:
    if a.when is not None and b.when is not None:
        return widen(a.when, 1).overlaps(b.when) or _loosely(a, b)
    return _loosely(a, b)


def _loosely(a: Act, b: Act) -> bool:
    """Reports of the same weeks; the day of one told long after is seldom resolved."""
    if a.published is None or b.published is None:
        return False
    first, later = sorted((a.published, b.published), key=lambda p: str(p.start))
    return gap(first, later) <= 30 and not (
        a.when and b.when and gap(*sorted((a.when, b.when), key=str)) > 21
    )
