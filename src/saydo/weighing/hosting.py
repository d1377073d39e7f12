"""Pledges not to let one's soil be used against others, held against what those on it, or under one's
command or in one's pay, do to others.

The content of such a pledge is no event of the speaker's own, so it is read off the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from saydo.codebook.opposition import words
from saydo.model.citations import Ref, cite, plain, quoted
from saydo.model.dates import Interval
from saydo.weighing.acts import Act, Said, Unfolded
from saydo.weighing.conduct import Conduct
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
from saydo.weighing.parties import STATE_KINDS, Party, canonical
from saydo.weighing.scope import Period
from saydo.weighing.timeline import Standing
from saydo.weighing.times import shift
from saydo.weighing.wording import noun
from saydo.weighing.world import World

_REFUSES = re.compile(r"\b(?:not|never|nor|n[’']t|no longer|no one|nobody|none|refuses? to)\b")


_FROM = re.compile(
    r"\bfrom\s+(?:\w+[\s-]+){0,4}?(?:camps?|bases?|soil|territory|hideouts?|sanctuar(?:y|ies)|positions?|side|"
    r"havens?|land|area|launch(?:ers?|ing pads?|ing sites?))\b"
)
"""From where attacks are made."""
_OPENING = 30
"""Characters at the beginning of somebody's words in which the one who promises is named."""
_REACH = 60
"""Characters after it in which the land is named."""


class Guest(NamedTuple):
    """That an armed group stands on somebody's soil or in somebody's pay, by which tie."""

    group: str
    tie: Act
    words: str


def hosts(world: World) -> Iterator[Found]:
    """Every breach of a pledge not to let one's land be used: an attack on others, after the pledge, by a
    group that the speaker commands, sponsors or lets stay."""
    rule = world.codebook.rules["commitment"]
    lets, soil = words(rule, "letting"), words(rule, "soil")
    for report, said in world.said():
        if said.kind not in ("pledge", "denial", "assertion", "prediction") or said.who is None:
            continue
        if not _forbids(report.text, said, lets, soil):
            continue
        yield from _breaches(world, report, said)


def _forbids(text: str, said: Said, lets: tuple[str, ...], soil: tuple[str, ...]) -> bool:
    """Whether the words say that nobody will be let use the land: a negation, then the letting, then the
    land, in this order within one clause or two."""
    for a, b in said.content:
        body = " ".join(text[a:b].lower().split())
        for refusal in _REFUSES.finditer(body):
            rest = re.findall(r"[\w’'-]+", body[refusal.end() : refusal.end() + 160])
            letting = next((i for i, w in enumerate(rest[:6]) if w in lets), None)
            if letting is not None and any(w in soil for w in rest[letting : letting + 16]):
                return True
    return False


def guests(world: World, report: Unfolded) -> Iterator[tuple[tuple[str], Guest]]:
    """Host → groups that a report has it sponsor, or have their bases in it, or attack from it."""
    for act in report.acts:
        if not act.positive or act.realis not in ("actual", "historical"):
            continue
        pairs: list[tuple[str | None, Party, str]] = []
        if act.doing.type == "tie:sponsorship":
            pairs = [(_land(host), guest, "sponsored by") for host in act.actors for guest in act.recipients]
        elif act.doing.type == "tie:presence":
            pairs = [(_land(host), guest, "present in") for guest in act.actors for host in act.recipients]
        elif act.doing.type == "ASSAULT":
            lands = _launched_from(report, act)
            pairs = [(land, who, "attacking from") for land in lands for who in act.actors]
        for key, guest, how in pairs:
            if key and guest.actor and key != guest.actor and guest.kind not in (*STATE_KINDS, "person"):
                yield (key,), Guest(guest.actor, act, how)


def _land(host: Party) -> str | None:
    return host.actor or (host.site.country if host.site else None)


def _launched_from(report: Unfolded, act: Act) -> Iterator[str]:
    """From whose land an attack was made, where its sentence says so: "attacked the post from a camp inside
    Costa Rica"."""
    start, end = act.sentence
    for found in _FROM.finditer(report.text, start, end):
        reach = range(found.end(), min(end, found.end() + _REACH))
        for mention in report.record.mentions:
            if (
                mention.start in reach
                and mention.actor
                and mention.type in ("place", "nationality", "government")
            ):
                yield canonical(mention.actor)
        for place in report.record.places:
            if place.start in reach and place.country:
                yield place.country


def _breaches(world: World, report: Unfolded, said: Said) -> Iterator[Found]:
    at = said.around()
    if at is None or at.end is None or world.scope.conditional(report.text, said):
        return
    period = world.scope.period(report.record, report.text, said, at)
    standings = {**_named_host(report, said), **world.standing(said)}
    seen: set[Ref] = set()
    for host in sorted(standings):
        actors: list[tuple[str, Guest | None]] = [(host, None)]
        here = world.listed("guest", guests, (host,))
        actors += [(g.group, g) for g in sorted(here, key=lambda g: (g.group, g.tie.ref, g.words))]
        for actor, guest in actors:
            for conduct in world.of(actor, "ASSAULT", at.end, shift(at.end, _horizon(world))):
                if conduct.act.ref in seen or not _against_others(world, said, host, conduct.act):
                    continue
                found = _found(world, said, standings[host], conduct, guest, at, period)
                if found is not None:
                    seen.add(conduct.act.ref)
                    yield found


def _named_host(report: Unfolded, said: Said) -> dict[str, Standing]:
    """The state that the words themselves begin with: "Costa Rica will not let its soil be used"."""
    start = min((a for a, _ in said.content), default=0)
    for m in report.record.mentions:
        if (
            m.actor
            and start <= m.start <= start + _OPENING
            and m.type in ("place", "nationality", "government")
        ):
            host = canonical(m.actor)
            return {host: Standing(host, 0.85, ())}
    return {}


def _horizon(world: World) -> int:
    return int(world.number("commitment", "horizon-days"))


def _against_others(world: World, said: Said, host: str, act: Act) -> bool:
    """Whether an attack struck somebody whom the pledge covers: those it names, else anybody abroad."""
    groups = world.coverage.groups
    named = [a for a in said.actors if a != host and (a in groups or a in world.codebook.actors)]
    struck = [p for p in act.recipients if p.actor or p.site]
    countries = {c for p in struck if (c := _country(p))}
    if act.site is not None and act.site.country:
        countries.add(act.site.country)
    abroad = countries - {host}
    if not abroad or (host in countries and len(countries) == 1):
        return False
    scoped = {c for a in named for c in groups.get(a, frozenset({a}))}
    return bool(abroad & scoped) if scoped else True


def _country(party: Party) -> str | None:
    if party.site is not None:
        return party.site.country
    return party.actor if party.kind in STATE_KINDS else party.country


def _found(
    world: World,
    said: Said,
    standing: Standing,
    conduct: Conduct,
    guest: Guest | None,
    at: Interval,
    period: Period,
) -> Found | None:
    act = conduct.act
    around = act.around()
    if not act.positive or around is None or around.start is None or at.end is None or around.start <= at.end:
        return None
    if period.unknown or (period.runs is not None and not period.runs.overlaps(around)):
        return None
    if guest is None and not conduct.standing.steps:
        return None  # what it does itself is another matter than what it lets others do
    score = (
        0.85
        * standing.directness
        * conduct.standing.directness
        * (0.9 if guest is not None and guest.tie.via is None else 0.75 if guest is not None else 1.0)
        * (0.9 if act.via else 1.0)
        * certainty(said.score, act.score)
    )
    if score < world.number("commitment", "floor"):
        return None
    return Found(
        kind="commitment",
        rule="commitment.soil",
        speaker=said.who.raw if said.who else None,
        speaker_name=said.speaker_name,
        statement=Place(said.ref, said.sentences),
        against=Place(act.ref, act.sentence),
        opening=_opening(world, said, standing),
        against_words=_second_half(world, conduct, guest),
        score=round(min(1.0, score), 3),
    )


def _opening(world: World, said: Said, standing: Standing) -> str:
    who = plain(said.speaker_name) + chain(standing, world.names)
    words_ = "that it would not let its land be used against others"
    return f"{who} said {when_said(said)} {words_}{cite([said.ref])}"


def _second_half(world: World, conduct: Conduct, guest: Guest | None) -> str:
    act = conduct.act
    who = who_did(act, conduct.standing, world.names)
    if guest is not None:
        via = [guest.tie.via] if guest.tie.via else []
        who += f", {guest.words} it{cite([*via, guest.tie.ref])},"
    refs = [*([act.via] if act.via else []), act.ref]
    sentence = quoted(world.report(act.ref).quote(act.sentence))
    deed = f"is reported with {noun(act)} {when_done(act)}{reported(act)}"
    return f"{who} {deed}: {sentence}{cite(refs)}"
