"""Ties over time: who commanded whom on a day, with the sentences for it and those against it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from saydo.desk.case import bound, find_actors
from saydo.export.passages import Passages
from saydo.export.rows import Citation
from saydo.export.spell_words import sentence
from saydo.model.case import CaseView, Spell
from saydo.model.records import Frozen

CURRENCY_DAYS = 365
"""How long before the first and after the last report of it a tie is still likely to hold."""


class TieSource(Frozen):
    """One sentence that a tie rests on, or that speaks against it."""

    citation: Citation
    said_by: str | None = None
    """Who says so, where not the report itself."""


class TieOverTime(Frozen):
    """A tie with the time for which it held, in one sentence and with all its evidence."""

    sentence: str
    type: str
    from_actor: str
    from_name: str
    to_actor: str
    to_name: str
    role: str | None = None
    since: str | None = None
    since_stated: bool = False
    until: str | None = None
    until_stated: bool = False
    last: str | None = None
    """The last day for which a report has it hold."""
    on_the_day: str | None = None
    """Of the day asked for: ``held``, or ``likely`` where no report tells of it close by; null where no day
    was asked for."""
    evidence: tuple[TieSource, ...]
    against: tuple[TieSource, ...] = ()


def ties_over_time(
    view: CaseView,
    *,
    of: str | None = None,
    types: tuple[str, ...] = (),
    on: str | None = None,
) -> Iterator[TieOverTime]:
    """The ties of a case over time: of an actor (id, name or alias), of some types, on a day (of a month or a
    year: its last day). On a day those that held come before those that likely did. Raises InputError where
    the case knows no such actor or the day is none."""
    from saydo.weighing.spells import holds_on

    ids = set(find_actors(view, of)) if of else None
    day = date.fromisoformat(bound(on, last=True)) if on else None
    chosen: list[tuple[str, Spell]] = []
    for spell in view.spells:
        if ids is not None and not ids & {spell.from_actor, spell.to_actor}:
            continue
        if types and spell.type not in types:
            continue
        answer = holds_on(spell, day, timedelta(days=CURRENCY_DAYS)) if day else ""
        if answer is not None:
            chosen.append((answer, spell))
    names = view.actor_names()
    for answer, spell in sorted(chosen, key=lambda c: (c[0], -len(c[1].rests_on))):
        yield _answer(view, names, spell, answer or None)


def _answer(view: CaseView, names: dict[str, str], spell: Spell, day: str | None) -> TieOverTime:
    one = names.get(spell.from_actor, spell.from_name)
    other = names.get(spell.to_actor, spell.to_name)
    return TieOverTime(
        sentence=sentence(spell, one, other),
        type=spell.type,
        from_actor=spell.from_actor,
        from_name=one,
        to_actor=spell.to_actor,
        to_name=other,
        role=spell.role,
        since=spell.since.day if spell.since else None,
        since_stated=spell.since is not None and spell.since.stated,
        until=spell.until.day if spell.until else None,
        until_stated=spell.until is not None and spell.until.stated,
        last=spell.last,
        on_the_day=day,
        evidence=tuple(_source(view, ref) for ref in spell.rests_on),
        against=tuple(_source(view, ref) for ref in spell.against),
    )


def _source(view: CaseView, ref: tuple[str, str]) -> TieSource:
    document, id = ref
    of = Passages(view.document(document), view.record(document), view.actor_names())
    tie = next(t for t in of.record.ties if t.id == id)
    said_by = of.said_by(tie)
    return TieSource(citation=of.cite([tie.evidence]), said_by=said_by.name if said_by else None)
