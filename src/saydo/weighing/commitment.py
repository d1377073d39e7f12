"""Commitments: pledges, promises and declared truces, held against what was done afterwards."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from saydo.codebook.opposition import words
from saydo.model.citations import cite, plain, quoted
from saydo.model.ids import fold
from saydo.weighing.acts import Act, Said, Unfolded, content_words
from saydo.weighing.bonds import Bond, Held, bonds
from saydo.weighing.conduct import Conduct, personal
from saydo.weighing.finding import (
    Found,
    Place,
    certainty,
    chain,
    reported,
    when_done,
    when_said,
    who_did,
)
from saydo.weighing.parties import canonical
from saydo.weighing.scope import named_in
from saydo.weighing.times import gap, shift
from saydo.weighing.worded import Fit
from saydo.weighing.wording import infinitive, noun
from saydo.weighing.world import World

_POSSESSED = re.compile(r"['’]s?\s+(\w[\w-]*(?:\s+\w[\w-]*)?)\s*$")
"""What somebody has: "the speaker's *budget*"."""
_ATTRIBUTED = 0.9
"""Conduct that only somebody reports, beside conduct that a report states itself."""


@dataclass(slots=True)
class Commitments:
    """What became of the pledges of a case."""

    broken: list[Found] = field(default_factory=list)
    kept: list[Found] = field(default_factory=list)
    pledges: list[tuple[Unfolded, Said]] = field(default_factory=list)
    """Pledges of known speakers, whatever became of them."""


def commitments(world: World) -> Commitments:
    """Holds every pledge of a known speaker against the conduct reported after it."""
    found = Commitments()
    found.pledges += [(r, s) for r, s in world.said() if s.kind == "pledge" and s.who is not None]
    for bond in bonds(world):
        _weigh(world, bond, found)
    return found


def _weigh(world: World, bond: Bond, found: Commitments) -> None:
    act, holds = bond.claim.act, bond.claim.holds
    covered = world.oppositions.types_covered(act.doing)
    if holds:
        for conduct in _later(world, bond, world.oppositions.types_against(act.doing)):
            if conduct.act.positive and _against(world, act, conduct.act):
                _add(world, bond, conduct, "opposite", found.broken)
        for conduct in _later(world, bond, world.oppositions.types_lasting(act.doing)):
            lasts = conduct.act.positive and world.oppositions.lasts(act.doing, conduct.act.doing)
            if lasts and _overdue(world, bond, conduct):
                _add(world, bond, conduct, "overdue", found.broken)
        for conduct in _later(world, bond, covered):
            if not world.oppositions.same(act.doing, conduct.act.doing):
                continue
            if conduct.act.positive and bond.said.ref != conduct.act.ref:
                _keep(world, bond, conduct, found)
            elif not conduct.act.positive and _overdue(world, bond, conduct):
                _add(world, bond, conduct, "overdue", found.broken)
        return
    for conduct in _later(world, bond, world.oppositions.types_showing(act.doing)):
        if not world.oppositions.shows(act.doing, conduct.act.doing):
            continue
        if conduct.act.positive:
            _add(world, bond, conduct, "foresworn", found.broken)
        elif _says_kept(world, conduct.act):
            _add(world, bond, conduct, "kept", found.kept)


def _against(world: World, act: Act, conduct: Act) -> bool:
    return world.oppositions.opposite(act.doing, conduct.doing) or world.oppositions.breaks(
        act.doing, conduct.doing
    )


def _later(world: World, bond: Bond, types: tuple[str, ...]) -> Iterator[Conduct]:
    """Conduct of those bound, of these types, that came after the words and while they ran."""
    assert bond.at.end is not None
    horizon = shift(bond.at.end, int(world.number("commitment", "horizon-days")))
    seen: set[tuple[str, str]] = set()
    for actor in sorted(bond.bound):
        for type_ in types:
            for conduct in world.of(actor, type_, bond.at.start or date.min, horizon):
                if conduct.act.ref in seen or _same_words(bond, conduct.act):
                    continue
                if conduct.standing.steps and _listed(world, "in-words", conduct.act):
                    continue
                if personal(conduct):
                    continue
                if _after(bond, conduct.act) or _told_as_kept(world, bond, conduct.act):
                    seen.add(conduct.act.ref)
                    yield conduct


def _same_words(bond: Bond, act: Act) -> bool:
    """Whether an act is part of the very statement, or told in the sentence that tells of it."""
    if act.ref == bond.said.ref or (act.via is not None and act.via == bond.said.ref):
        return True
    a, b = act.sentence, bond.said.sentences
    return act.ref[0] == bond.said.ref[0] and a[0] < b[1] and b[0] < a[1]


def _after(bond: Bond, act: Act) -> bool:
    """Whether an act came after the words for certain, or was first reported after them."""
    end = bond.at.end
    assert end is not None
    if act.when is not None:
        return act.when.start is not None and act.when.start > end
    if act.realis == "historical" or act.published is None or act.published.end is None:
        return False
    return act.published.end > end


def _told_as_kept(world: World, bond: Bond, act: Act) -> bool:
    """Whether the same report tells an act further on as the keeping of a promise."""
    same = act.ref[0] == bond.said.ref[0] and act.sentence[0] >= bond.said.sentences[1]
    return same and _says_kept(world, act)


def _says_kept(world: World, act: Act) -> bool:
    return world.scope.kept_word(world.report(act.ref).quote(act.sentence))


def _runs(bond: Bond, act: Act) -> bool:
    """Whether the commitment still ran, or already ran, when the act was done."""
    if bond.period.unknown:
        return False
    around = act.around()
    due = bond.period.deadline
    if not bond.claim.holds and due is not None and around is not None and around.start is not None:
        if around.start > due:
            return False  # "will close no branch before 2020"
    if bond.period.runs is None or around is None:
        return True
    return bond.period.runs.overlaps(around)


_RUN_OUT = re.compile(
    r"\b(?:after|since|once|following|when)\b[^.;]{0,60}?\b(?:truce|ceasefire|cease-fire|armistice|pledge|promise|moratorium|agreement|accord|undertaking)\s+"
    r"(?:had\s+|has\s+)?(?:ran out|run out|expired|ended|lapsed|was called off|had been called off)\b"
)
"""How a report says of conduct that nothing bound to the contrary any more."""


def _still_due(bond: Bond, act: Act) -> bool:
    """Whether there was still time to do what was promised by a day ("will leave by June") when the opposite
    is told."""
    around = act.around()
    if not bond.claim.holds or bond.period.deadline is None or around is None or around.end is None:
        return False
    return around.end < bond.period.deadline


def _overdue(world: World, bond: Bond, conduct: Conduct) -> bool:
    """Whether the report that something promised was not done comes after it was due."""
    around = conduct.act.around()
    if around is None or around.end is None or bond.at.end is None:
        return False
    due = bond.period.deadline
    if due is None:
        due = shift(bond.at.end, int(world.number("commitment", "overdue-days")))
    reported_on = conduct.act.published.end if conduct.act.published else around.end
    return reported_on is not None and reported_on > due and around.end >= due


def _keep(world: World, bond: Bond, conduct: Conduct, found: Commitments) -> None:
    due = bond.period.deadline
    around = conduct.act.around()
    if due is not None and around is not None and around.start is not None and around.start > due:
        return
    _add(world, bond, conduct, "kept", found.kept)


def _add(world: World, bond: Bond, conduct: Conduct, rule: str, into: list[Found]) -> None:
    act = conduct.act
    if rule in ("foresworn", "opposite") and (not _runs(bond, act) or _says_kept(world, act)):
        return
    if rule == "opposite" and _still_due(bond, act):
        return
    if rule in ("foresworn", "opposite") and _RUN_OUT.search(world.report(act.ref).quote(act.sentence)):
        return
    fit = _fit(world, bond, conduct, rule)
    if fit is None:
        return
    held = bond.bound[conduct.standing.principal]
    alike = world.alike(conduct.standing.principal, bond.said.ref, act.ref, bond.said.sentences, act.sentence)
    days = gap(bond.at, act.around() or bond.at)
    score = (
        bond.base
        * fit.strength
        * alike
        * conduct.standing.directness
        * held.directness
        * (1.0 if days <= 120 else 0.93 if days <= 400 else 0.85)
        * (1.0 if act.when is not None else 0.93)
        * (_ATTRIBUTED if act.via else 1.0)
        * certainty(bond.said.score, bond.claim.act.score, act.score)
    )
    if score < world.number("commitment", "floor"):
        return
    into.append(
        Found(
            kind="commitment",
            rule=f"commitment.{rule}",
            speaker=bond.said.who.raw if bond.said.who else None,
            speaker_name=bond.said.speaker_name,
            statement=bond.statement,
            against=Place(act.ref, act.sentence),
            opening=_opening(world, bond, conduct.standing.principal, held),
            against_words=_second_half(world, conduct, rule),
            score=round(min(1.0, score), 3),
        )
    )


def _fit(world: World, bond: Bond, conduct: Conduct, rule: str) -> Fit | None:
    scope = bond.claim.act
    if world.oppositions.binds(scope.doing) and rule == "opposite":
        return _truce_fit(world, scope, conduct.act)
    if _other_matter(world, scope, conduct.act):
        return None
    fit = world.fit(scope, conduct.act)
    if scope.worded:
        return fit if fit is None or fit.on != "any" or _listed(world, "wholesale", scope) else None
    if fit is None and not scope.recipients and scope.site is None:
        fit = named_in(fold(bond.report.quote(scope.sentence)), conduct.act)
    elif fit is not None and fit.on == "any":
        fit = named_in(fold(bond.report.quote(scope.sentence)), conduct.act) or fit
    if fit is not None and fit.on == "any" and not _listed(world, "wholesale", scope):
        fit = None
    if fit is None and _struck_beside(world, scope, conduct.act):
        fit = Fit(0.8, "named beside it")
    if fit is None and rule == "kept" and _says_kept(world, conduct.act):
        return Fit(0.7, "the report's own words")
    return fit


def _other_matter(world: World, scope: Act, conduct: Act) -> bool:
    """Whether words are about something that one has ("back the speaker's *budget*") and the later words are
    not about that ("backed the speaker")."""
    if not _listed(world, "in-words", scope) or scope.worded:
        return False
    found = _POSSESSED.search(scope.what)
    thing = content_words(found.group(1)) if found and scope.recipients else frozenset()
    oneself = frozenset(words(world.codebook.rules["commitment"], "standing-for"))
    return bool(thing) and not thing & oneself and not thing & content_words(conduct.what)


def _struck_beside(world: World, scope: Act, conduct: Act) -> bool:
    """Whether one whom the words cover is named where the deed is told, and nobody else as struck: "attacked
    a post *of the Authority*, killing two soldiers"."""
    if any(p.actor for p in conduct.recipients):
        return False
    covered = {p.actor for p in scope.recipients if p.actor}
    record = world.report(conduct.ref).record
    speakers = {s.source_mention for s in record.statements}
    return any(
        m.actor is not None
        and canonical(m.actor) in covered
        and m.id not in speakers
        and conduct.trigger[1] <= m.start < conduct.sentence[1]
        for m in record.mentions
    )


def _truce_fit(world: World, scope: Act, conduct: Act) -> Fit | None:
    """Whether conduct is covered by a truce: it binds towards the other side, where it was agreed for."""
    parties = {p.actor for p in (*scope.actors, *scope.recipients) if p.actor}
    doers = {p.actor for p in conduct.actors}
    if parties & {p.actor for p in conduct.recipients} - doers:
        return Fit(0.95, "the other side of the truce")
    ground = {s.country for s in (conduct.site, *(p.site for p in conduct.recipients)) if s is not None}
    own = doers | {p.country for p in conduct.actors}
    if (parties - own) & ground:
        return Fit(0.85, "the other side's ground")
    if scope.site is not None and conduct.site is not None:
        return Fit(0.85, "place") if scope.site.agrees(conduct.site) else None
    if scope.recipients and conduct.recipients:
        return world.fit(scope, conduct)
    return Fit(0.6, "any")


def _listed(world: World, parameter: str, act: Act) -> bool:
    """Whether a list of the rule covers an act."""
    return any(act.doing.matches(p) for p in words(world.codebook.rules["commitment"], parameter))


def _opening(world: World, bond: Bond, actor: str, held: Held) -> str:
    act = bond.claim.act
    who = plain(bond.said.speaker_name) + chain(held.speaker, world.names)
    binds = ""
    if held.under is not None:
        binds = f", which binds {plain(world.names.get(actor, actor))}{chain(held.under, world.names)}"
    if bond.said.ref == act.ref:
        refs = [*([act.via] if act.via else []), *bond.grounds, act.ref]
        return f"{who} declared {noun(act)} {when_said(bond.said)}{cite(refs)}"
    stated = bond.statement.ref[1].startswith("s")
    verb = "agreed" if not stated else "pledged" if bond.said.kind == "pledge" else "announced"
    aim = "to" if bond.claim.holds else "not to"
    refs = [bond.said.ref, *bond.grounds, act.ref]
    return f"{who} {verb} {when_said(bond.said)} {aim} {infinitive(act)}{cite(refs)}{binds}"


def _second_half(world: World, conduct: Conduct, rule: str) -> str:
    act = conduct.act
    who = who_did(act, conduct.standing, world.names)
    what = {
        "foresworn": "did so",
        "opposite": f"did the opposite, {noun(act)},",
        "overdue": "is reported not to have done it",
        "kept": "did as promised",
    }[rule]
    refs = [*([act.via] if act.via else []), act.ref]
    sentence = quoted(world.report(act.ref).quote(act.sentence))
    return f"{who} {what} {when_done(act)}{reported(act)}: {sentence}{cite(refs)}"
