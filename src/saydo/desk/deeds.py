"""An actor's words and deeds: what it pledged, denied and claimed on one side, conduct on the other, over
time, and which of them stand against each other. Read from indexes alone, for the sake of large cases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from saydo.desk.deeds_picture import Join, Picture, Spot, draw
from saydo.export.words import DISCREPANCY, QUAD, STATEMENT
from saydo.model.case import Commitment
from saydo.model.choices import Decision
from saydo.model.citations import Ref
from saydo.model.deeds import DeedsFilter, Glimpse, SpeakerLine
from saydo.model.lookups import Heading
from saydo.model.records import Discrepancy, EventType, StatementKind
from saydo.model.store import CaseStore

MOST_JOINS = 40
"""Discrepancies that one picture shows, the strongest."""
MOST_OTHERS = 40
"""Words, and conduct, that it shows beside them on either side."""
MOST_PLEDGES = 60
WORDS: tuple[StatementKind, ...] = ("pledge", "denial", "claim_of_responsibility", "threat", "demand")
"""What binds a speaker enough to be shown where nothing stands against it."""
CONDUCT: tuple[EventType, ...] = tuple(type for type, quad in QUAD.items() if quad in (2, 4))
"""What counts as done where nothing is set against it: material cooperation and material conflict."""
Side = Literal["said", "done"]


@dataclass(frozen=True, slots=True)
class DiscrepancyLine:
    """A discrepancy in a list: both sides in their own words."""

    id: str
    number: int
    """Its place in the list, from 1."""
    kind: str
    title: str
    speaker: str | None
    speaker_name: str
    said_heading: str
    against_heading: str
    said: str
    against: str
    said_in: Heading | None
    against_in: Heading | None
    statement: Ref
    opposed: Ref
    more: int
    basis: str
    score: float
    needs_review: bool
    verdict: Decision | None


@dataclass(frozen=True, slots=True)
class Deed:
    """Something said, or something done or said against it, in the list below the picture."""

    ref: Ref
    side: Side
    shape: str
    kind: str
    """In words."""
    day: str | None
    own_day: bool
    words: str
    heading: Heading | None
    outcome: str
    """Of a pledge: ``kept``, ``broken`` or ``open``; else empty."""
    joins: tuple[int, ...]
    """Numbers of the discrepancies that it is part of."""


@dataclass(frozen=True, slots=True)
class DeedsView:
    """Words and deeds of one actor."""

    who: SpeakerLine
    deeds: tuple[Deed, ...]
    """By day, undated ones last."""
    lines: tuple[DiscrepancyLine, ...]
    picture: Picture | None
    """None where nothing has a day."""
    cut: bool
    """Whether more lies in these dates than is shown."""
    undated: int


def discrepancy_lines(store: CaseStore, found: Sequence[Discrepancy]) -> tuple[DiscrepancyLine, ...]:
    """Discrepancies for a list, with the verdict that holds of each. Raises StoreError."""
    verdicts = dict(store.verdicts(d.id for d in found))
    for each in found:
        if each.id not in verdicts and (judged := store.rejected(each.id)) is not None:
            verdicts[each.id] = judged.decision
    names = store.names_of(d.speaker for d in found if d.speaker)
    headings = store.headings(pole.document for d in found for pole in (d.statement, d.against[0]))
    return tuple(_line(n, d, verdicts.get(d.id), names, headings) for n, d in enumerate(found, start=1))


def _line(
    number: int, d: Discrepancy, verdict: Decision | None, names: Mapping[str, str],
    headings: Mapping[str, Heading],
) -> DiscrepancyLine:  # fmt: skip
    title, said, against = DISCREPANCY[d.kind]
    facing = d.against[0]
    return DiscrepancyLine(
        id=d.id, number=number, kind=d.kind, title=title, speaker=d.speaker,
        speaker_name=_flat(names.get(d.speaker or "") or d.speaker_name or d.speaker or "speaker not named"),
        said_heading=said, against_heading=against, said=_flat(d.statement.quote),
        against=_flat(facing.quote), said_in=headings.get(d.statement.document),
        against_in=headings.get(facing.document), statement=(d.statement.document, d.statement.id),
        opposed=(facing.document, facing.id),
        more=len({(p.document, p.quote) for p in d.against}) - 1,
        basis=d.basis, score=d.score, needs_review=d.needs_review, verdict=verdict,
    )  # fmt: skip


def deeds_view(store: CaseStore, who: SpeakerLine, where: DeedsFilter) -> DeedsView:
    """Words and deeds of ``where.speaker``: the discrepancies that pass, its pledges and what became of them,
    and within the dates what else it said and did. Raises StoreError."""
    found = store.deeds_page(where, None, MOST_JOINS)
    lines = discrepancy_lines(store, found.items)
    others = _others(store, who.speaker, where)
    pledges = _pledges(store, who.speaker) if not where.kinds or "commitment" in where.kinds else {}
    sides = _sides(found.items, pledges.values(), others)
    glimpses = store.glimpses(sides)
    quotes = {(p.document, p.id): p.quote for d in found.items for p in (d.statement, *d.against)}
    deeds = _deeds(store, sides, glimpses, quotes, lines_by_ref(found.items), pledges)
    inside = [d for d in deeds if d.joins or _within(d.day, where)]
    joins = [
        Join(n, d.id, (d.statement.document, d.statement.id), _facing(d), _standing(line.verdict), line.title)
        for n, (d, line) in enumerate(zip(found.items, lines, strict=True), start=1)
    ]
    spots = [Spot(d.ref, d.side, d.shape, d.kind, d.day, d.words, bool(d.joins), d.outcome) for d in inside]
    return DeedsView(
        who=who,
        deeds=tuple(inside),
        lines=lines,
        picture=draw(spots, joins),
        cut=found.next is not None or len(others[0]) == MOST_OTHERS or len(others[1]) == MOST_OTHERS,
        undated=sum(d.day is None for d in inside),
    )


def lines_by_ref(found: Iterable[Discrepancy]) -> dict[Ref, tuple[int, ...]]:
    """Finding → numbers of the discrepancies that it is part of, in the order given; poles of one sentence
    count as its first."""
    numbers: dict[Ref, tuple[int, ...]] = {}
    for n, d in enumerate(found, start=1):
        for ref in ((d.statement.document, d.statement.id), *_facing(d)):
            numbers[ref] = (*numbers.get(ref, ()), n)
    return numbers


def _others(store: CaseStore, actor: str, where: DeedsFilter) -> tuple[tuple[Ref, ...], tuple[Ref, ...]]:
    """What else was said and done; nothing where a list is cut down to what a kind or a verdict passes."""
    if where.kinds or where.basis or where.standing or where.review is not None:
        return (), ()
    said = store.words_of(actor, WORDS, where.since, where.until, MOST_OTHERS)
    return said, store.conduct_of(actor, CONDUCT, where.since, where.until, MOST_OTHERS)


def _pledges(store: CaseStore, actor: str) -> dict[Ref, Commitment]:
    page = store.commitments_page(actor, None, None, MOST_PLEDGES)
    return {(c.document, c.statement): c for c in page.items}


def _sides(
    found: Iterable[Discrepancy],
    pledges: Iterable[Commitment],
    others: tuple[tuple[Ref, ...], tuple[Ref, ...]],
) -> dict[Ref, Side]:
    """Finding → its side; what is a pole stays on its pole's side."""
    sides: dict[Ref, Side] = {}
    for d in found:
        sides.setdefault((d.statement.document, d.statement.id), "said")
        for ref in _facing(d):
            sides.setdefault(ref, "done")
    for c in pledges:
        sides.setdefault((c.document, c.statement), "said")
        for ref in c.against[:1]:
            sides.setdefault(ref, "done")
    for ref in others[0]:
        sides.setdefault(ref, "said")
    for ref in others[1]:
        sides.setdefault(ref, "done")
    return sides


def _facing(d: Discrepancy) -> tuple[Ref, ...]:
    """The first pole of each sentence that stands against a statement: one mark a passage."""
    first: dict[tuple[str, str], Ref] = {}
    for pole in d.against:
        first.setdefault((pole.document, pole.quote), (pole.document, pole.id))
    return tuple(first.values())


def _deeds(
    store: CaseStore,
    sides: Mapping[Ref, Side],
    glimpses: Mapping[Ref, Glimpse],
    quotes: Mapping[Ref, str],
    joins: Mapping[Ref, tuple[int, ...]],
    pledges: Mapping[Ref, Commitment],
) -> tuple[Deed, ...]:
    headings = store.headings(document for document, _ in sides)
    made = []
    for ref, side in sides.items():
        glimpse, heading = glimpses.get(ref), headings.get(ref[0])
        if glimpse is None and ref not in quotes:
            continue
        day = glimpse.day if glimpse else (heading.date or "")[:10] or None if heading else None
        shape, kind = _looks(glimpse, side)
        made.append(
            Deed(
                ref=ref, side=side, shape=shape, kind=kind, day=day,
                own_day=bool(glimpse and glimpse.own_day),
                words=_flat(glimpse.words if glimpse else quotes[ref]), heading=heading,
                outcome=pledges[ref].outcome if ref in pledges else "", joins=joins.get(ref, ()),
            )
        )  # fmt: skip
    return tuple(sorted(made, key=lambda d: (d.day or "9999-12-31", d.side != "said", d.ref)))


def _looks(glimpse: Glimpse | None, side: Side) -> tuple[str, str]:
    """Shape and word of a finding."""
    if glimpse is None:
        return "triangle", "conduct"
    if glimpse.what == "statement":
        word = next((w[0] for k, w in STATEMENT.items() if k == glimpse.kind), glimpse.kind)
        shape = {"pledge": "circle", "denial": "square"}.get(glimpse.kind, "diamond")
        return shape, word
    if glimpse.what == "tie":
        return "ring", f"tie: {glimpse.kind}"
    return "triangle", glimpse.mode or glimpse.kind.lower()


def _within(day: str | None, where: DeedsFilter) -> bool:
    if day is None:
        return not (where.since or where.until)
    return (where.since or "") <= day <= (where.until or "9999-12-31")


def _standing(verdict: Decision | None) -> str:
    return verdict.kind if verdict else "undecided"


def _flat(text: str) -> str:
    return " ".join(text.split())
