"""One pass over a case: what the report needs of it, small enough to hold, in a fixed order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from saydo.export.passages import Passages, flat
from saydo.export.rows import Party
from saydo.model.case import CaseView
from saydo.model.ids import fold
from saydo.model.records import Event, Statement, StatementKind, Tie

ON_TIME_LINE: tuple[StatementKind, ...] = ("pledge", "denial", "threat")
MOST_SAID = 1500
PER_SPEAKER = 8
"""Statements kept of one speaker: the most binding kinds first, then the surest."""


class TieFinding(NamedTuple):
    """A tie of one report; the ends' keys are actor ids, or the folded words where there is no actor."""

    tie: Tie
    source: str
    target: str
    words: str
    document: str


class EventFinding(NamedTuple):
    """An event of one report."""

    event: Event
    who: tuple[str, ...]
    whom: tuple[str, ...]
    place: str
    said_by: str
    words: str
    document: str
    published: str | None


class StatementFinding(NamedTuple):
    """A statement of one report."""

    statement: Statement
    who: str
    words: str
    addressees: tuple[str, ...]
    documents: tuple[str, ...]
    """Reports that have it in the same words; more than one where a report was reprinted."""
    published: str | None
    timecode: str | None


class SaidFinding(NamedTuple):
    """A statement that binds or commits its speaker, as the time line shows it."""

    kind: StatementKind
    first: str
    """First and last day on which it can have been said; the day of publication where the text has none."""
    last: str
    speaker: str
    words: str


class End(NamedTuple):
    """An end of ties: what to call it, and the kind of its actor, or the type of its mention without one."""

    name: str
    kind: str
    known: bool
    """Whether it is an actor or has a name: "the Front" is known, "the owners" are not."""


Rank = tuple[int, float, str, str]


@dataclass(slots=True)
class SpeakerFindings:
    """What one speaker said: counts of all of it, and the statements to print, best first."""

    name: str
    counts: Counter[str] = field(default_factory=Counter)
    ranked: list[tuple[Rank, StatementFinding]] = field(default_factory=list)

    def add(self, found: StatementFinding, rank: Rank) -> None:
        """Counts a statement and keeps it if it is among the best; the lowest rank is the best."""
        self.counts[found.statement.kind] += 1
        for place, (known_rank, known) in enumerate(self.ranked):
            if (known.statement.kind, known.who, known.words) == (
                found.statement.kind,
                found.who,
                found.words,
            ):
                documents = dict.fromkeys((*known.documents, *found.documents))
                self.ranked[place] = known_rank, known._replace(documents=tuple(documents))
                return
        self.ranked.append((rank, found))
        self.ranked.sort(key=lambda pair: pair[0])
        del self.ranked[PER_SPEAKER:]


@dataclass(slots=True)
class Gathered:
    """All that one pass yields."""

    ties: list[TieFinding] = field(default_factory=list)
    ends: dict[str, End] = field(default_factory=dict)
    events: list[EventFinding] = field(default_factory=list)
    speakers: dict[str, SpeakerFindings] = field(default_factory=dict)
    said: list[SaidFinding] = field(default_factory=list)
    """Statements of the kinds ``ON_TIME_LINE`` that have a date, at most ``MOST_SAID``."""
    nameless: SpeakerFindings = field(default_factory=lambda: SpeakerFindings(""))
    """What speakers said who are described ("a teacher") but neither named nor resolved. They are kept
    apart from each other: "he" is somebody else in every report."""
    unnamed: int = 0
    """Statements of which the text says nothing about the source."""
    statements: int = 0
    findings: Counter[str] = field(default_factory=Counter)
    """Findings by report."""


def gather(view: CaseView, order: dict[str, int]) -> Gathered:
    """Goes through the case once; ``order`` ranks statement kinds, the lowest first."""
    gathered = Gathered()
    names = view.actor_names()
    kinds = {found.actor.id: found.actor.kind for found in view.actors}
    for document, own in view.pairs():
        record = view.identities.applied(own)
        of = Passages(document, record, names)
        gathered.findings[document.id] = len(record.events) + len(record.ties) + len(record.statements)
        gathered.ties.extend(_ties(of, gathered.ends, kinds))
        gathered.events.extend(_events(of))
        _statements(of, gathered, order)
    return gathered


def _key(of: Passages, party: Party) -> str:
    """What tells one party from another in the case; a description holds for its report's mention only."""
    if party.actor is not None:
        return party.actor
    return f"words:{fold(party.words)}" if party.named else f"mention:{of.document.id}:{party.mention}"


def _ties(of: Passages, ends: dict[str, End], kinds: dict[str, str]) -> Iterator[TieFinding]:
    types = {mention.id: mention.type for mention in of.record.mentions}
    for tie in of.record.ties:
        keys = []
        for party in (of.party(tie.from_), of.party(tie.to)):
            key = _key(of, party)
            kind = kinds.get(party.actor, "words") if party.actor else types[party.mention]
            ends.setdefault(key, End(flat(party.name), kind, party.named or party.actor is not None))
            keys.append(key)
        quote = of.text(of.sentences([tie.evidence]))
        yield TieFinding(tie, keys[0], keys[1], flat(quote), of.document.id)


def _events(of: Passages) -> Iterator[EventFinding]:
    for event in of.record.events:
        said_by = of.said_by(event)
        place = of.record.places[event.place] if event.place is not None else None
        yield EventFinding(
            event=event,
            who=_names(of.parties(event.actors)),
            whom=_names(of.parties(event.recipients)),
            place=flat(place.name or place.text) if place else "",
            said_by=flat(said_by.name) if said_by else "",
            words=flat(of.text(of.sentences([event.evidence]))),
            document=of.document.id,
            published=of.document.date,
        )


def _names(parties: tuple[Party, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(flat(party.name) for party in parties))


def _statements(of: Passages, gathered: Gathered, order: dict[str, int]) -> None:
    for statement in of.record.statements:
        gathered.statements += 1
        speaker = of.speaker(statement)
        if speaker is None:
            gathered.unnamed += 1
            continue
        if speaker.actor is not None or speaker.named:
            entry = gathered.speakers.setdefault(_key(of, speaker), SpeakerFindings(flat(speaker.name)))
        else:
            entry = gathered.nameless
        found = StatementFinding(
            statement=statement,
            who=flat(speaker.name),
            words=of.said(statement.content),
            addressees=_names(of.parties(statement.addressees)),
            documents=(of.document.id,),
            published=of.document.date,
            timecode=of.timecode(statement.content[0][0]),
        )
        rank = (order[statement.kind], -statement.score, of.document.id, statement.id)
        entry.add(found, rank)
        said = _said(found)
        if said is not None and len(gathered.said) < MOST_SAID:
            gathered.said.append(said)


def _said(found: StatementFinding) -> SaidFinding | None:
    """What the time line shows of a statement; None where it shows nothing."""
    statement, time = found.statement, found.statement.time
    first = (time and (time.from_ or time.to)) or found.published
    if statement.kind not in ON_TIME_LINE or first is None:
        return None
    last = (time and (time.to or time.from_)) or found.published or first
    return SaidFinding(statement.kind, first[:10], last[:10], found.who, found.words)
