"""Positions taken in doing: rejecting, supporting, agreeing to a matter and later doing the reverse.

Such acts are words themselves ("the governor rejected talks"), whether a report tells of them or quotes
somebody; they are set against each other by doer, matter and time.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from saydo.codebook.opposition import table
from saydo.model.citations import Ref, cite, plain, quoted
from saydo.model.dates import Interval
from saydo.model.ids import fold
from saydo.weighing.acts import Act, Unfolded, content_words
from saydo.weighing.finding import Found, Place, certainty, when_done
from saydo.weighing.parties import unnamed
from saydo.weighing.times import eras, gap
from saydo.weighing.wording import noun
from saydo.weighing.world import World

_EMPTY = frozenset(
    "call idea proposal plan move claim report statement of for from with the and in on to by at".split()
)
"""Words that every matter shares."""


_CLAIMS = frozenset(
    {"charge", "claim", "accusation", "allegation", "criticism", "suggestion", "notion", "report"}
)


class _Stance(NamedTuple):
    act: Act
    at: Interval


def verbal_reversals(world: World) -> Iterator[Found]:
    """Verbal acts by one actor that reverse each other on one matter; the clearest counts."""
    opposed = table(world.codebook.rules["position"], "verbal")
    seen: set[tuple[str, Ref, Ref]] = set()
    for (actor, _, _), stances in world.met("verbal", _stances):
        listed = sorted(stances, key=lambda s: (s.at.start or s.at.end, s.act.ref))
        for first, second in world.couples(listed, lambda s: s.act.ref[0]):
            pair = (actor, first.act.ref, second.act.ref)
            if pair in seen or not _reverse(opposed, first.act, second.act):
                continue
            seen.add(pair)
            found = _found(world, first, second)
            if found is not None:
                # one change of heart is told many times; its clearest telling is enough
                whom = sorted({p.actor for p in first.act.recipients if p.actor})
                yield found._replace(once=((" ".join(("verbal", actor, *whom)), 1),))


def _stances(world: World, report: Unfolded) -> Iterator[tuple[tuple[str, str, int], _Stance]]:
    """(doer, word of the matter, era) → verbal acts of a report that were really done."""
    opposed = table(world.codebook.rules["position"], "verbal")
    patterns = {p for key, row in opposed.items() for p in (key, *row)}
    days = int(world.number("position", "horizon-days")) + 366
    for act in report.acts:
        if not act.positive or not any(act.doing.matches(p) for p in patterns):
            continue
        # talks that are only to come count as a position where somebody says that it is ready for them;
        # support that one would give ("the nominee, whoever it is") does not
        ready = act.realis == "future" and act.via and act.doing.type != "SUPPORT"
        if act.realis not in ("actual", "historical") and not ready:
            continue
        if {p.actor for p in act.actors} & {p.actor for p in act.recipients}:
            continue
        if act.doing.type == "REJECT" and act.objects & _CLAIMS:
            continue  # who rejects what somebody says of him takes no stand on that one
        at = act.around()
        if at is None:
            continue
        for actor in sorted({p.actor for p in act.actors if p.actor and not unnamed(p.actor)}):
            for word in sorted(_matter(act)):
                for era in eras(at, days):
                    yield (actor, word, era), _Stance(act, at)


def _matter(act: Act) -> frozenset[str]:
    found = act.objects - _EMPTY
    if act.doing.type == "CONSULT":
        return found | {"talk", "negotiation"}
    return found


def _reverse(opposed: dict[str, tuple[str, ...]], a: Act, b: Act) -> bool:
    return any(
        x.doing.matches(key) and any(y.doing.matches(p) for p in row)
        for x, y in ((a, b), (b, a))
        for key, row in opposed.items()
    )


def _found(world: World, first: _Stance, second: _Stance) -> Found | None:
    if first.at.overlaps(second.at) or gap(first.at, second.at) > world.number("position", "horizon-days"):
        return None
    # with whom: what is known of both must agree, and one at least must name somebody
    mine = {p.actor for p in first.act.recipients if p.actor}
    its = {p.actor for p in second.act.recipients if p.actor}
    named = mine & its or _named_by(world, first.act, second.act) or _named_by(world, second.act, first.act)
    shared = (_matter(first.act) & _matter(second.act)) - _EMPTY
    for party in (*first.act.recipients, *second.act.recipients):
        shared -= content_words(party.name)
    if mine and its and not named:
        return None
    # "praised her for the treaty", "blamed her for the dam": the same person, two matters
    apart = [_own_matter(act) for act in (first.act, second.act)]
    if named and all(apart) and not apart[0] & apart[1]:
        return None
    if not named and len(shared) < 2:
        return None
    base = 0.85 if named and shared else 0.75 if shared else 0.65
    score = base * certainty(first.act.score, second.act.score)
    if score < world.number("position", "floor"):
        return None
    speaker = next((p for p in first.act.actors if p.actor), None)
    sentence = world.report(second.act.ref).quote(second.act.sentence)
    return Found(
        kind="position",
        rule="position.verbal",
        speaker=speaker.raw if speaker else None,
        speaker_name=speaker.name if speaker else first.act.speaker_name,
        statement=_place(first.act),
        against=_place(second.act),
        opening=_half(first),
        against_words=f"{_half(second)}: {quoted(sentence)}",
        score=round(min(1.0, score), 3),
    )


def _own_matter(act: Act) -> frozenset[str]:
    """What an act bears on beside those whom it names."""
    found = act.objects - _EMPTY
    for party in act.recipients:
        found -= content_words(party.name) | {party.head}
    return found


def _named_by(world: World, bare: Act, full: Act) -> bool:
    """Whether an act of which nobody is coded as the other side is told with the name of the other's."""
    if any(p.actor for p in bare.recipients):
        return False
    told = f" {fold(world.report(bare.ref).quote(bare.sentence))} "
    return any(p.named and f" {fold(p.name)} " in told for p in full.recipients)


def _place(act: Act) -> Place:
    return Place(act.via or act.ref, act.sentence)


def _half(stance: _Stance) -> str:
    act = stance.act
    actor = next((p for p in act.actors if p.actor), None)
    who = plain(actor.name if actor else act.speaker_name)
    refs = [*([act.via] if act.via else []), act.ref]
    return f"{who} is reported with {noun(act)}, {when_done(act)}{cite(refs)}"
