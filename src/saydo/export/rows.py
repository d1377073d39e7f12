"""One row per finding of a case, with ids resolved to names and offsets to words.

A row is the record's own finding (its fields and their meaning are unchanged) and, beside it, what a
reader needs who has not got the records: who is meant, in which report it stands, and the words.
"""

from __future__ import annotations

from saydo.model.records import Actor, Discrepancy, Event, Frozen, Place, Pole, Statement, Tie


class Citation(Frozen):
    """Where a finding stands: the report, the full sentence, its offsets in the report's text."""

    document: str
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    """Publication date, ISO 8601."""
    url: str | None = None
    quote: str
    """The whole sentence or sentences, exactly as in the report."""
    start: int
    end: int
    timecode: str | None = None
    """``hh:mm:ss`` at which the words are spoken, for a subtitled recording."""


class Party(Frozen):
    """One side of a finding: the mention, the actor it was resolved to, what to call it, its words."""

    mention: str
    actor: str | None = None
    name: str
    """The actor's name; the words of the text where no actor was resolved."""
    words: str
    named: bool
    """False for a description ("the militants") and for a pronoun."""


class SightRow(Frozen):
    """A mention that a merge stands on."""

    document: str
    mention: str
    start: int
    end: int
    words: str


class MergedRow(Frozen):
    """An actor of the records that was taken for this one, and why."""

    id: str
    """The id that the records give it."""
    document: str | None = None
    """The one report in which it is taken so; null where it is so in all."""
    rule: str
    reason: str
    decision: int | None = None
    """Number of the person's decision that it follows."""
    evidence: tuple[SightRow, ...] = ()


class ActorRow(Actor):
    """An actor of the case and how often it occurs there."""

    documents: tuple[str, ...]
    mentions: int
    events: int
    ties: int
    statements: int
    merged: tuple[MergedRow, ...] = ()


class EventRow(Event):
    """An event with who, whom and where by name, and the words."""

    citation: Citation
    trigger_words: str
    actor_parties: tuple[Party, ...]
    recipient_parties: tuple[Party, ...]
    where: Place | None = None
    weapon_words: str | None = None
    said_by: Party | None = None
    """Who asserts the event, where not the report itself."""


class TieRow(Tie):
    """A tie with its ends by name, and the words."""

    citation: Citation
    trigger_words: str
    from_party: Party
    to_party: Party
    said_by: Party | None = None


class StatementRow(Statement):
    """A statement with its speaker by name, and the words."""

    citation: Citation
    speaker: Party | None = None
    """The source's actor; None where the text names no source."""
    source_words: str
    cue_words: str
    content_words: str
    addressee_parties: tuple[Party, ...]


class PoleRow(Pole):
    """A pole of a discrepancy; ``quote`` is the full sentence it stands in."""

    record: str
    """``statement``, ``event`` or ``tie``."""
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    url: str | None = None
    timecode: str | None = None


class DiscrepancyRow(Discrepancy):
    """A discrepancy to be read on its own: both sides with their words and where they stand."""

    statement: PoleRow
    against: tuple[PoleRow, ...]


Row = ActorRow | EventRow | TieRow | StatementRow | DiscrepancyRow
