"""What weighing keeps of a record beside its acts and statements: small, frozen, without the text.

The names are those of the record, so that a rule need not know which of the two it reads.
"""

from __future__ import annotations

from typing import NamedTuple

from saydo.model.citations import Ref
from saydo.model.records import Discrepancy, Offsets, Record
from saydo.weighing.parties import canonical


class Spot(NamedTuple):
    """A mention; the words of one that is not a name are left out."""

    id: str
    start: int
    end: int
    text: str
    type: str
    actor: str | None
    named: bool


class Time(NamedTuple):
    """A temporal expression and the ISO dates between which it lies."""

    start: int
    end: int
    text: str
    from_: str | None
    to: str | None


class Land(NamedTuple):
    """A place that lies in a state."""

    start: int
    country: str


class Stated(NamedTuple):
    """Where the parts of a statement stand."""

    id: str
    kind: str
    source: tuple[Offsets, ...]
    cue: tuple[Offsets, ...]
    content: tuple[Offsets, ...]
    source_mention: str | None


class Flag(NamedTuple):
    """A discrepancy that the report itself points out."""

    kind: str
    field: str | None
    statement: Ref
    against: tuple[Ref, ...]


class Outline(NamedTuple):
    """What the rules ask of a record as a whole."""

    id: str
    date: str | None
    publisher: str | None
    sentences: tuple[Offsets, ...]
    mentions: tuple[Spot, ...]
    """Those that are names or of somebody known."""
    times: tuple[Time, ...]
    places: tuple[Land, ...]
    statements: tuple[Stated, ...]
    names: tuple[tuple[str, str], ...]
    """Canonical actor id and name, as this report gives it."""
    flagged: tuple[Flag, ...]

    @classmethod
    def of(cls, record: Record) -> Outline:
        """Draws the outline of a record."""
        names: dict[str, str] = {}
        for actor in record.actors:
            names.setdefault(canonical(actor.id), actor.name)
        return cls(
            record.id,
            record.date,
            record.publisher,
            record.sentences,
            tuple(
                Spot(m.id, m.start, m.end, m.text if m.named else "", m.type, m.actor, m.named)
                for m in record.mentions
                if m.named or m.actor
            ),
            tuple(Time(t.start, t.end, t.text, t.from_, t.to) for t in record.times),
            tuple(Land(p.start, p.country) for p in record.places if p.country),
            tuple(
                Stated(s.id, s.kind, s.source, s.cue, s.content, s.source_mention) for s in record.statements
            ),
            tuple(names.items()),
            tuple(_flag(d) for d in record.discrepancies if d.basis == "flagged"),
        )


def _flag(found: Discrepancy) -> Flag:
    statement = (found.statement.document, found.statement.id)
    return Flag(found.kind, found.field, statement, tuple((p.document, p.id) for p in found.against))
