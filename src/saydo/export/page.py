"""What the report shows, block by block: plain values, ready to print, nothing to look up."""

from __future__ import annotations

from typing import NamedTuple

from markupsafe import Markup


class Segment(NamedTuple):
    """A piece of a passage; ``mark`` where it is the evidence."""

    text: str
    mark: bool


class SourceLine(NamedTuple):
    """A report in the list of sources; ``number`` is what the rest of the page refers to."""

    number: int
    title: str
    publisher: str
    date: str
    author: str
    origin: str
    link: str | None
    """Web address, where it is one; any other scheme is not linked."""
    words: int
    findings: int
    source_sha256: str | None
    text_sha256: str
    captured: str = ""
    """When, from where and by what it was fetched from the web; empty where it was not."""


class PublisherLine(NamedTuple):
    name: str
    reports: int
    words: int
    period: str


class PassageBlock(NamedTuple):
    """One pole of a discrepancy."""

    heading: str
    segments: tuple[Segment, ...]
    coded: tuple[str, ...]
    """What was coded there, in words, one line a finding: type, who, when, where."""
    source: int
    title: str
    publisher: str
    date: str
    timecode: str | None


class DiscrepancyBlock(NamedTuple):
    number: int
    kind: str
    title: str
    speaker: str
    basis: str
    basis_words: str
    field: str
    explanation: tuple[Segment, ...]
    """Marked are the ids of the records, which a reader may skip."""
    score: float
    needs_review: bool
    statement: PassageBlock
    against: tuple[PassageBlock, ...]


class PledgeLine(NamedTuple):
    """A pledge and what became of it; ``conduct`` are (passage, number of its source)."""

    outcome: str
    words: str
    quoted: bool
    date: str
    source: int
    conduct: tuple[tuple[str, int], ...]


class PledgesOf(NamedTuple):
    speaker: str
    kept: int
    broken: int
    open: int
    lines: tuple[PledgeLine, ...]


class TieEntry(NamedTuple):
    """A tie in words, all reports of it together; ``words`` is the best passage for it."""

    source: str
    verb: str
    target: str
    role: str
    type: str
    state: str
    held: str
    reports: int
    words: str
    number: int
    """Number of the source the words are from."""


class EventEntry(NamedTuple):
    """An event, or several accounts of one and the same."""

    number: int
    style: str
    type: str
    mode: str
    date: str
    told: str
    """Day of the first report of it, for an event without a date."""
    who: str
    whom: str
    place: str
    toll: str
    said_by: str
    accounts: int
    words: str
    sources: tuple[int, ...]


class StatementEntry(NamedTuple):
    kind: str
    who: str
    """Who is described, for a speaker without a name; empty where the block's heading names the speaker."""
    words: str
    quoted: bool
    addressees: str
    date: str
    sources: tuple[int, ...]
    timecode: str | None


class SpeakerBlock(NamedTuple):
    name: str
    about: str
    counts: tuple[str, ...]
    rows: tuple[StatementEntry, ...]
    more: int


class ActorEntry(NamedTuple):
    name: str
    kind: str
    country: str
    aliases: str
    reports: int
    events: int
    ties: int
    statements: int
    merges: tuple[str, ...] = ()
    """Why other actors of the reports were taken for it, a sentence each."""


class Figure(NamedTuple):
    """A picture with its legend; ``note`` says what it leaves out."""

    svg: Markup
    legend: tuple[tuple[str, Markup], ...]
    note: str


class Shown(NamedTuple):
    """How many of how many a list shows."""

    shown: int
    of: int


class Page(NamedTuple):
    """The whole report."""

    name: str
    fiction: bool
    period: str
    counts: tuple[tuple[str, int, str], ...]
    """(what, how many, address of its section on the page)."""
    words: int
    publishers: tuple[PublisherLine, ...]
    skipped: tuple[tuple[str, str, bool], ...]
    """(origin, reason, harmless)."""
    skipped_shown: Shown
    discrepancies: tuple[DiscrepancyBlock, ...]
    discrepancies_shown: Shown
    pledges: tuple[PledgesOf, ...]
    pledges_shown: Shown
    ties_figure: Figure | None
    ties: tuple[TieEntry, ...]
    ties_shown: Shown
    events_figure: Figure | None
    events: tuple[EventEntry, ...]
    events_shown: Shown
    speakers: tuple[SpeakerBlock, ...]
    speakers_shown: Shown
    nameless: SpeakerBlock | None
    """What speakers without a name said."""
    unnamed: int
    """Statements of which the text says nothing about the source."""
    actors: tuple[ActorEntry, ...]
    actors_shown: Shown
    sources: tuple[SourceLine, ...]
    coder: str
